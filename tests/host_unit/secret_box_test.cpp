#include "reference_host/system/secret_box.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

namespace crm::app {
namespace {

class SecretBox : public ::testing::Test {
 protected:
  SecretBox() {
    char name[] = "/tmp/crm-secret-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~SecretBox() override { std::filesystem::remove_all(folder_); }
  std::string file() const { return folder_ + "/deep/secret.key"; }
  std::unique_ptr<sdk::Secrets> secrets(std::string_view module = "meeting_scheduler") const {
    return SecretKey::load(file())->secrets_for(module);
  }
  std::string folder_;
};

TEST_F(SecretBox, OpensWhatItSealedAlsoAfterARestart) {
  const std::string plain("token\0with a zero", 17);
  const auto sealed = secrets()->seal(plain, "meetings/17");
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->find("token"), std::string::npos);
  EXPECT_EQ(secrets()->open(*sealed, "meetings/17"), plain);
  EXPECT_EQ(secrets()->open(*secrets()->seal("", ""), ""), "");
}

TEST_F(SecretBox, SealsTheSameTextDifferentlyEachTime) {
  EXPECT_NE(*secrets()->seal("same", "row"), *secrets()->seal("same", "row"));
}

TEST_F(SecretBox, RefusesAMovedValue) {
  const auto sealed = secrets()->seal("token", "meetings/17");
  EXPECT_EQ(secrets()->open(*sealed, "meetings/18").error().kind, sdk::FailureKind::invalid);
  EXPECT_FALSE(secrets("another_module")->open(*sealed, "meetings/17"));
}

TEST_F(SecretBox, RefusesEverySingleChangedByte) {
  const auto box = secrets();
  const auto sealed = box->seal("token", "row");
  for (std::size_t at = 0; at < sealed->size(); ++at) {
    std::string changed = *sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(box->open(changed, "row")) << "byte " << at;
  }
  for (std::size_t length = 0; length < sealed->size(); ++length)
    EXPECT_FALSE(box->open(sealed->substr(0, length), "row")) << "cut to " << length;
}

TEST_F(SecretBox, MakesAPrivateFileOnceForAllHosts) {
  std::vector<std::string> seals(8);
  {
    std::vector<std::jthread> hosts;
    for (std::string& seal : seals) hosts.emplace_back([&] { seal = *secrets()->seal("shared", "row"); });
  }
  for (const std::string& seal : seals) EXPECT_EQ(secrets()->open(seal, "row"), "shared");
  struct stat about {};
  ASSERT_EQ(::stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  int entries = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/deep")) entries += entry.exists();
  EXPECT_EQ(entries, 1) << "no temporary file stays behind";
}

TEST_F(SecretBox, ClosesAFileOfOursThatIsOpenToOthers) {
  const auto sealed = *secrets()->seal("token", "row");
  EXPECT_EQ(SecretKey::load(file())->warning(), "");
  for (const mode_t mode : {0644, 0660, 0604, 0666, 0640}) {
    ::chmod(file().c_str(), mode);
    const auto loaded = SecretKey::load(file());
    ASSERT_TRUE(loaded) << mode;
    EXPECT_NE(loaded->warning().find("was open to others"), std::string::npos) << mode;
    struct stat about {};
    ASSERT_EQ(::stat(file().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    EXPECT_EQ(loaded->secrets_for("meeting_scheduler")->open(sealed, "row"), "token");
  }
}

TEST_F(SecretBox, WarnsOfAFolderThatOthersWriteInto) {
  (void)secrets();
  ASSERT_EQ(::chmod((folder_ + "/deep").c_str(), 0777), 0);
  EXPECT_NE(SecretKey::load(file())->warning().find("lies in a folder"), std::string::npos);
  ASSERT_EQ(::chmod((folder_ + "/deep").c_str(), 01777), 0);
  EXPECT_EQ(SecretKey::load(file())->warning(), "");
}

TEST_F(SecretBox, FollowsOnlyLinksOfOurs) {
  const auto sealed = *secrets()->seal("token", "row");
  const std::string link = folder_ + "/link.key";
  ASSERT_EQ(::symlink(file().c_str(), link.c_str()), 0);
  EXPECT_EQ(SecretKey::load(link)->secrets_for("meeting_scheduler")->open(sealed, "row"), "token");
  EXPECT_FALSE(SecretKey::load(folder_));  // a folder is no file
  if (::geteuid() != 0) return;            // only root can make what belongs to others
  ASSERT_EQ(::lchown(link.c_str(), 65534, 65534), 0);
  EXPECT_NE(SecretKey::load(link).error().message.find("a link that belongs to somebody else"), std::string::npos);
  ASSERT_EQ(::chown(file().c_str(), 65534, 65534), 0);
  EXPECT_NE(SecretKey::load(file()).error().message.find("belongs to somebody else"), std::string::npos);
}

TEST_F(SecretBox, KeysCarryTheirNumber) {
  (void)secrets();
  std::ifstream in(file());
  std::string line;
  std::getline(in, line);
  EXPECT_TRUE(line.starts_with("1:")) << line;
  EXPECT_EQ(line.size(), 66u);
}

TEST_F(SecretBox, RefusesADamagedFile) {
  std::filesystem::create_directories(folder_ + "/deep");
  for (const std::string& text : {std::string(), std::string("short"), std::string(64, 'g'), std::string(66, 'a')}) {
    std::ofstream(file()) << text;
    const auto loaded = SecretKey::load(file());
    ASSERT_FALSE(loaded) << text;
    EXPECT_EQ(loaded.error().field, "secret-file");
  }
  std::ofstream(file()) << std::string(64, 'a') << "\n";
  EXPECT_TRUE(SecretKey::load(file()));
}

TEST_F(SecretBox, OpensWhatAnOlderKeySealedAndSaysThatItIsOld) {
  std::filesystem::create_directories(folder_ + "/deep");
  const std::string first = std::string(64, 'a');
  const std::string second = "2:" + std::string(64, 'b');
  std::ofstream(file()) << first << "\n";
  const auto before = *secrets()->seal("token", "row");
  EXPECT_TRUE(secrets()->is_current(before));
  std::ofstream(file()) << second << "\n" << first << "\n";
  const auto both = secrets();
  EXPECT_EQ(both->open(before, "row"), "token");
  EXPECT_FALSE(both->open(before, "another row"));
  EXPECT_FALSE(both->is_current(before));
  EXPECT_FALSE(both->is_current(""));
  const auto after = *both->seal("token", "row");
  EXPECT_TRUE(both->is_current(after));
  std::ofstream(file()) << second << "\n";
  EXPECT_EQ(secrets()->open(after, "row"), "token");
  EXPECT_FALSE(secrets()->open(before, "row"));
}

TEST_F(SecretBox, RefusesAFileWithUnclearKeys) {
  std::filesystem::create_directories(folder_ + "/deep");
  const std::string key(64, 'a');
  for (const std::string& text : {key + "\n" + key, "1:" + key + "\n" + key, "0:" + key, "256:" + key, "x:" + key,
                                  key + "\nshort", "2:\n" + key}) {
    std::ofstream(file()) << text;
    EXPECT_FALSE(SecretKey::load(file())) << text;
  }
}

TEST_F(SecretBox, GivesRandomBytes) {
  const auto first = secrets()->random_bytes(32);
  EXPECT_EQ(first->size(), 32u);
  EXPECT_NE(*first, *secrets()->random_bytes(32));
  EXPECT_FALSE(secrets()->random_bytes(std::size_t{1} << 40));
}

}  // namespace
}  // namespace crm::app
