#include "reference_host/embedded_postgres/cluster_files.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "reference_host/embedded_postgres/folder_access.hpp"

namespace crm::app {

namespace fs = std::filesystem;

namespace {

/// 107 bytes are the kernel's limit for a socket path; "/.s.PGSQL.5432.lock" is the longest name in it.
constexpr std::size_t k_socket_dir_max = 107 - 19;
constexpr const char* k_socket_dir_prefix = "/tmp/crm-host-";

crm::sdk::Unexpected<sdk::Failure> bad_dir(const std::string& why) {
  return sdk::fail({sdk::FailureKind::invalid, "--data-dir: " + why, {}, {}, "--data-dir"});
}

std::string system_error() {
  return std::strerror(errno);
}

bool is_plain_path(const std::string& path) {
  return path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+") ==
         std::string::npos;
}

sdk::Done make_private(const std::string& folder, uid_t uid, gid_t gid) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return bad_dir(folder + ": " + system_error());
  struct stat about {};
  if (::lstat(folder.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) return bad_dir(folder + " is no folder");
  // Only what root has just made is given away: a folder of somebody else may hold anything.
  if (about.st_uid != uid && (about.st_uid != 0 || geteuid() != 0 || ::lchown(folder.c_str(), uid, gid) != 0))
    return bad_dir(folder + " belongs to somebody else");
  if (::chmod(folder.c_str(), 0700) != 0) return bad_dir(folder + ": " + system_error());
  return {};
}

/// Another user can only use our folders when it may pass through all above them. Where it may not
/// (a folder of mktemp, root's home), it gets that one right.
sdk::Done open_passage(const fs::path& folder, uid_t uid, gid_t gid) {
  for (fs::path at = folder; at != at.root_path(); at = at.parent_path())
    if (!may_enter(at.string(), uid, gid) && !grant_entry(at.string(), uid))
      return bad_dir("the user postgres, who runs the database for root, may not enter " + at.string());
  return {};
}

sdk::Done choose_user(ClusterFiles& files) {
  files.uid = geteuid();
  files.gid = getegid();
  files.as_root = files.uid == 0;
  if (!files.as_root) return {};
  const passwd* user = ::getpwnam("postgres");
  if (!user) return sdk::fail(sdk::FailureKind::invalid, "there is no user postgres to run the database for root");
  files.uid = user->pw_uid;
  files.gid = user->pw_gid;
  return {};
}

/// State letter of a process, or nothing when it is gone: 'Z' for a zombie.
std::optional<char> process_state(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  const auto paren = line.rfind(')');
  if (paren == std::string::npos || paren + 2 >= line.size()) return std::nullopt;
  return line[paren + 2];
}

bool works_in(pid_t pid, const fs::path& folder) {
  const auto state = process_state(pid);
  if (!state || *state == 'Z' || *state == 'X') return false;
  std::error_code error;
  const fs::path cwd = fs::read_symlink("/proc/" + std::to_string(pid) + "/cwd", error);
  if (!error) return cwd == folder;
  // A container's root may not look into other users' processes. The postmaster's command line names
  // the folder; its children's does not.
  std::ifstream in("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
  std::ostringstream command;
  command << in.rdbuf();
  return command.str().find('\0' + folder.string() + '\0') != std::string::npos;
}

bool somebody_works_in(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (bad == std::errc{} && end == name.data() + name.size() && works_in(pid, folder)) return true;
  }
  return false;
}

std::optional<pid_t> pid_in(const std::string& file) {
  std::ifstream in(file);
  pid_t pid = 0;
  if (!(in >> pid) || pid <= 1) return std::nullopt;
  return pid;
}

}  // namespace

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

sdk::Outcome<FileLock> FileLock::hold(const std::string& file, bool shared, StartWatch* watch) {
  FileLock lock;
  lock.fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock.fd_ < 0) return bad_dir(file + ": " + system_error());
  const int kind = shared ? LOCK_SH : LOCK_EX;
  while (::flock(lock.fd_, watch != nullptr ? kind | LOCK_NB : kind) != 0) {
    if (errno != EINTR && errno != EWOULDBLOCK) return bad_dir(file + ": " + system_error());
    if (watch != nullptr && !watch->pause(std::chrono::milliseconds(50)))
      return sdk::fail(sdk::FailureKind::broken, "told to end");
  }
  return lock;
}

bool FileLock::try_exclusive() {
  return fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
}

bool FileLock::is_alone() {
  const bool alone = try_exclusive();
  if (fd_ >= 0) ::flock(fd_, LOCK_SH);
  return alone;
}

sdk::Outcome<ClusterFiles> ClusterFiles::prepare(const std::string& root) {
  ClusterFiles files;
  if (auto chosen = choose_user(files); !chosen) return sdk::fail(chosen.error());
  std::error_code error;
  fs::create_directories(root, error);
  if (error) return bad_dir(root + ": " + error.message());
  // Links resolved, because the server's processes are recognised by their working directory.
  files.root = fs::canonical(root, error).string();
  if (error || ::access(files.root.c_str(), W_OK) != 0) return bad_dir(root + " is not writable");
  if (files.as_root)
    if (auto open = open_passage(files.root, files.uid, files.gid); !open) return sdk::fail(open.error());
  files.home = files.root + "/postgres";
  files.data = files.home + "/data";
  files.log_file = files.home + "/server.log";
  if (auto made = make_private(files.home, files.uid, files.gid); !made) return sdk::fail(made.error());
  // Ours to open, the server's to write.
  const int log = ::open(files.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (log < 0 || (files.as_root && ::fchown(log, files.uid, files.gid) != 0))
    return bad_dir(files.log_file + ": " + system_error());
  ::close(log);
  return files;
}

namespace {

/// A folder under /tmp that is private to the server's user already.
bool is_private_folder(const std::string& folder, uid_t uid) {
  struct stat about {};
  return folder.starts_with(k_socket_dir_prefix) && folder.size() <= k_socket_dir_max && is_plain_path(folder) &&
         folder.find("..") == std::string::npos && ::lstat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) &&
         about.st_uid == uid && (about.st_mode & 0777) == 0700;
}

}  // namespace

/// Nobody can prepare a folder whose name nobody can guess. It is written down, so that the next start finds a server
/// that still runs.
sdk::Done ClusterFiles::choose_socket_dir() {
  socket_dir = home;
  if (home.size() <= k_socket_dir_max && is_plain_path(home)) return {};
  const std::string note = home + "/socket-folder";
  std::ifstream noted(note);
  if (std::getline(noted, socket_dir) && is_private_folder(socket_dir, uid)) return {};
  std::string name = std::string(k_socket_dir_prefix) + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return bad_dir(name + ": " + system_error());  // mode 0700
  if (as_root && ::lchown(name.c_str(), uid, gid) != 0) return bad_dir(name + ": " + system_error());
  socket_dir = name;
  return write_file(note, name + "\n", 0600);
}

bool ClusterFiles::is_made() const {
  return fs::exists(data + "/PG_VERSION") && fs::exists(data + "/global/pg_control");
}

std::optional<pid_t> ClusterFiles::running_server() const {
  const auto pid = pid_in(data + "/postmaster.pid");
  if (!pid || !works_in(*pid, data)) return std::nullopt;
  return pid;
}

void ClusterFiles::kill_server(std::chrono::milliseconds wait) const {
  const auto until = std::chrono::steady_clock::now() + wait;
  for (auto pid = running_server(); pid && std::chrono::steady_clock::now() < until; pid = running_server()) {
    ::kill(*pid, SIGQUIT);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

bool ClusterFiles::clear_stale_locks() const {
  const std::string socket = socket_dir + "/.s.PGSQL.5432";
  bool misleading = false;
  for (const std::string& file : {data + "/postmaster.pid", socket + ".lock"}) {
    const auto pid = pid_in(file);
    // Nobody has that number: PostgreSQL sees it too, and checks the old shared memory before it starts.
    if (pid && process_state(*pid)) misleading = true;
  }
  if (!misleading) return true;
  // But a zombie, or a stranger that got the same number, it takes for a living server.
  if (running_server() || somebody_works_in(data)) return false;
  for (const std::string& file : {data + "/postmaster.pid", socket + ".lock", socket}) ::unlink(file.c_str());
  return true;
}

sdk::Done write_file(const std::string& file, const std::string& text, mode_t mode) {
  const std::string temporary = file + ".new";
  ::unlink(temporary.c_str());  // of a process that was killed
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0) return bad_dir(temporary + ": " + system_error());
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::fchmod(fd, mode);
  ::close(fd);
  if (!written || ::rename(temporary.c_str(), file.c_str()) != 0) return bad_dir(file + ": " + system_error());
  return {};
}

}  // namespace crm::app
