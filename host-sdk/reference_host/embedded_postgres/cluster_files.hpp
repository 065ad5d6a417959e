#pragma once
/// Where a private cluster's files lie, whose they are, and who holds the directory.
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "crm/sdk/outcome.hpp"
#include "reference_host/system/start_watch.hpp"

namespace crm::app {

/// An flock(2) on a file; the kernel drops it when the process dies.
class FileLock {
 public:
  FileLock() = default;
  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileLock();
  /// Waits until the lock is free, or until `watch` says that the start is to end.
  static sdk::Outcome<FileLock> hold(const std::string& file, bool shared, StartWatch* watch = nullptr);
  /// Exchanges a shared lock for an exclusive one; false when somebody else holds it too.
  bool try_exclusive();
  /// Whether nobody else holds a lock that is shared. It stays shared.
  bool is_alone();

 private:
  int fd_ = -1;
};

struct ClusterFiles {
  std::string root;        ///< the instance's data directory
  std::string home;        ///< root/postgres, private to the server's user
  std::string data;        ///< home/data, made by initdb
  std::string log_file;    ///< home/server.log
  std::string socket_dir;  ///< see choose_socket_dir()
  bool as_root = false;
  uid_t uid = 0;  ///< who runs the server
  gid_t gid = 0;

  /// Makes the folders with their owners and rights.
  static sdk::Outcome<ClusterFiles> prepare(const std::string& root);

  /// Home, or a private folder under /tmp when that path is too long or odd. Under the start lock.
  sdk::Done choose_socket_dir();

  bool is_made() const;  ///< initdb finished here
  /// The process of postmaster.pid when it really is this cluster's running server.
  std::optional<pid_t> running_server() const;
  /// Ends the server without a farewell (it recovers at its next start), and waits until it is gone or `wait` passed.
  void kill_server(std::chrono::milliseconds wait) const;
  /// Removes lock files (postmaster.pid, the socket's) that name a zombie or a stranger, unless some
  /// process still works inside the data directory. True when nothing is in the way of a start.
  bool clear_stale_locks() const;
  std::string start_lock() const { return root + "/postgres.start.lock"; }
  std::string presence_lock() const { return root + "/postgres.hosts.lock"; }
};

/// Replaces `file` in one step.
sdk::Done write_file(const std::string& file, const std::string& text, mode_t mode);

}  // namespace crm::app
