// The private copies of libraries: whose they are, and what dead processes leave behind.
#include "module_loading/library_copy.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace crm::app {
namespace {

namespace fs = std::filesystem;

class LibraryCopies : public ::testing::Test {
 protected:
  LibraryCopies() {
    char name[] = "/tmp/crm-copies-XXXXXX";
    home_ = ::mkdtemp(name);
    folder_ = home_ + "/copies";
    file_ = home_ + "/thing.so";
    std::ofstream(file_) << "code";
  }
  ~LibraryCopies() override { fs::remove_all(home_); }

  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder_)) all.insert(entry.path().filename().string());
    return all;
  }
  static std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  std::string refusal() const {
    try {
      const LibraryCopy copy(file_, folder_);
      return {};
    } catch (const std::exception& error) {
      return error.what();
    }
  }

  std::string home_, folder_, file_;
};

TEST_F(LibraryCopies, ArePrivateAndGoWithTheirOwner) {
  {
    const LibraryCopy copy(file_, folder_);
    EXPECT_EQ(text_of(copy.path()), "code");
    struct stat about {};
    ASSERT_EQ(::stat(folder_.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0700u);
    ASSERT_EQ(::stat(copy.path().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0500u);
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(LibraryCopies, OfDeadProcessesAreRemovedAndThoseInUseStay) {
  const pid_t child = ::fork();
  if (child == 0) {
    [[maybe_unused]] auto* left = new LibraryCopy(file_, folder_);
    ::_exit(0);  // as killed: nothing is cleaned up
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const auto left = names();
  ASSERT_EQ(left.size(), 1u);
  std::ofstream(folder_ + "/old-0123-1.so.part") << "half";
  std::ofstream(folder_ + "/notes.txt") << "not ours";
  const LibraryCopy first(file_, folder_);
  std::ofstream(home_ + "/other.so") << "other code";
  const LibraryCopy second(home_ + "/other.so", folder_);
  EXPECT_EQ(names(), (std::set<std::string>{"notes.txt", fs::path(first.path()).filename().string(),
                                            fs::path(second.path()).filename().string()}));
}

TEST_F(LibraryCopies, AreWrittenThroughNoLink) {
  std::string target;
  {
    const LibraryCopy copy(file_, folder_);
    target = copy.path();
  }
  const std::string victim = home_ + "/victim";
  std::ofstream(victim) << "precious";
  fs::create_symlink(victim, target + ".part");
  fs::create_symlink(victim, target);
  const LibraryCopy copy(file_, folder_);
  EXPECT_EQ(text_of(copy.path()), "code");
  EXPECT_FALSE(fs::is_symlink(copy.path()));
  EXPECT_EQ(text_of(victim), "precious");
}

TEST_F(LibraryCopies, LieInNoFolderOfOthers) {
  fs::create_directory(home_ + "/elsewhere");
  fs::create_symlink(home_ + "/elsewhere", folder_);
  EXPECT_NE(refusal().find("is no folder"), std::string::npos) << refusal();
  fs::remove(folder_);
  fs::create_directory(folder_);
  ::chmod(folder_.c_str(), 0777);
  EXPECT_EQ(refusal(), "");
  struct stat about {};
  ASSERT_EQ(::stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
  if (::geteuid() != 0) return;  // only root can make what belongs to others
  ASSERT_EQ(::chown(folder_.c_str(), 65534, 65534), 0);
  EXPECT_NE(refusal().find("belongs to somebody else"), std::string::npos) << refusal();
}

}  // namespace
}  // namespace crm::app
