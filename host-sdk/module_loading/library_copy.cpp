#include "module_loading/library_copy.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace crm::app {
namespace {

constexpr const char* k_unfinished = ".part";

std::string hash_of(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < 12 && i < length; ++i) {
    text += hex[digest[i] >> 4U];
    text += hex[digest[i] & 15U];
  }
  return text;
}

std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot be read");
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

/// Whoever may write into the folder may have us run anything.
void secure(const std::string& folder) {
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    throw std::runtime_error(folder + ": " + std::strerror(errno));
  struct stat about {};
  if (::lstat(folder.c_str(), &about) != 0 || !S_ISDIR(about.st_mode))
    throw std::runtime_error(folder + " is no folder");
  if (about.st_uid != ::geteuid()) throw std::runtime_error(folder + " belongs to somebody else");
  if ((about.st_mode & 077) != 0 && ::chmod(folder.c_str(), 0700) != 0)
    throw std::runtime_error(folder + ": " + std::strerror(errno));
}

bool is_copy(const std::string& name) {
  return name.ends_with(".so") || name.ends_with(std::string(".so") + k_unfinished);
}

void remove_leftovers(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!is_copy(entry.path().filename().string())) continue;
    const int fd = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) continue;
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
    ::close(fd);
  }
}

/// A new file that is locked for as long as `fd` is open; -1 with errno when there is one of this name.
int make_locked(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0) ::flock(fd, LOCK_SH);
  return fd;
}

bool write_all(int fd, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return ::fchmod(fd, 0500) == 0;
}

}  // namespace

LibraryCopy::LibraryCopy(const std::string& file, const std::string& folder) {
  const std::string bytes = content_of(file);
  const std::string home = std::filesystem::absolute(folder).lexically_normal();
  secure(home);
  remove_leftovers(home);
  // The process id is for people: it says whose copy it is. Two containers may have the same; the lock decides.
  const std::string target = std::filesystem::path(home) / (std::filesystem::path(file).stem().string() + "-" +
                                                            hash_of(bytes) + "-" + std::to_string(::getpid()) + ".so");
  const std::string partial = target + k_unfinished;
  // Another process may take a file for a leftover before it is locked: then once more.
  for (int tries = 0; path_.empty() && tries < 5; ++tries) {
    remove();
    lock_ = make_locked(partial);
    if (lock_ < 0 && errno == EEXIST) {
      ::unlink(partial.c_str());
      continue;
    }
    if (lock_ < 0 || !write_all(lock_, bytes))
      throw std::runtime_error("cannot be copied to " + home + ": " + std::strerror(errno));
    if (::rename(partial.c_str(), target.c_str()) == 0) path_ = target;
  }
  if (path_.empty()) throw std::runtime_error("cannot be copied to " + home + ": " + std::strerror(errno));
}

LibraryCopy::LibraryCopy(LibraryCopy&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

LibraryCopy& LibraryCopy::operator=(LibraryCopy&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

void LibraryCopy::remove() noexcept {
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
  if (lock_ >= 0) ::close(std::exchange(lock_, -1));
}

}  // namespace crm::app
