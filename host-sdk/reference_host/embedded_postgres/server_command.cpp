#include "reference_host/embedded_postgres/server_command.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>

namespace crm::app {

namespace {

std::string program_path(const std::string& program) {
  const char* const folders[] = {std::getenv("CRM_PG_BINDIR"), CRM_PG_BINDIR, "/usr/lib/postgresql/15/bin"};
  for (const char* folder : folders) {
    if (!folder || !*folder) continue;
    std::string path = std::string(folder) + '/' + program;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (std::string& text : strings) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// What the child must not inherit: our sockets, our blocked signals, our environment with its passwords.
class SpawnPlan {
 public:
  /// The log lies in a folder of the server's user, who must not make root write elsewhere: no link is followed.
  explicit SpawnPlan(const std::string& log_file)
      : log_(::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    if (log_ >= 0)
      posix_spawn_file_actions_adddup2(&actions_, log_, 1);
    else
      posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, 1, 2);
    posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    // A session of its own: Ctrl-C at the instance's terminal must not reach the server.
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
    if (log_ >= 0) ::close(log_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int spawn(pid_t& pid, std::vector<std::string> command, std::vector<std::string> environment) const {
    const auto arguments = pointers(command);
    const auto variables = pointers(environment);
    return posix_spawn(&pid, arguments[0], &actions_, &attributes_, arguments.data(), variables.data());
  }

 private:
  int log_;
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

std::optional<int> wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return std::nullopt;
  return status;
}

/// initdb's children are in its session and end with it. pg_ctl gives the server a session of its own: the server is
/// ended first, and pg_ctl then ends by itself.
std::optional<int> wait_watched(pid_t pid, const ClusterFiles& files, StartWatch& watch) {
  constexpr auto k_grace = std::chrono::milliseconds(1000);
  std::optional<std::chrono::steady_clock::time_point> told;
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) return status;
    if (ended < 0 && errno != EINTR) return std::nullopt;
    if (watch.pause(std::chrono::milliseconds(10))) continue;
    if (!told) told = std::chrono::steady_clock::now();
    const auto server = files.running_server();
    if (server)
      ::kill(*server, SIGQUIT);
    else if (!files.is_made() || std::chrono::steady_clock::now() - *told > k_grace)
      ::kill(-pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace

sdk::Done run_server_command(const ClusterFiles& files, const std::string& program,
                             const std::vector<std::string>& arguments, StartWatch* watch) {
  const std::string path = program_path(program);
  if (path.empty())
    return sdk::fail(sdk::FailureKind::invalid,
                     "PostgreSQL 15's " + program + " is not installed (CRM_PG_BINDIR may name its folder)");
  std::vector<std::string> command;
  if (files.as_root) {
    const std::string uid = std::to_string(files.uid), gid = std::to_string(files.gid);
    command = {"/usr/bin/setpriv", "--reuid=" + uid,      "--regid=" + gid, "--init-groups",
               "--inh-caps=-all",  "--bounding-set=-all", "--no-new-privs"};
  }
  command.push_back(path);
  command.insert(command.end(), arguments.begin(), arguments.end());
  pid_t pid = 0;
  const int error = SpawnPlan(files.log_file)
                        .spawn(pid, command, {"PATH=/usr/bin:/bin", "HOME=" + files.home, "LANG=C.UTF-8", "TZ=UTC"});
  if (error != 0) return sdk::fail(sdk::FailureKind::broken, program + ": " + std::strerror(error));
  const auto status = watch != nullptr ? wait_watched(pid, files, *watch) : wait_for(pid);
  if (!status) return sdk::fail(sdk::FailureKind::broken, program + ": " + std::strerror(errno));
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return {};
  return sdk::fail(sdk::FailureKind::unavailable, program + " failed; see " + files.log_file);
}

}  // namespace crm::app
