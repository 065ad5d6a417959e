#pragma once
/// A private PostgreSQL 15 cluster below the host's data directory: socket only, no TCP.
///
/// Works as root (the server then runs as the unprivileged user `postgres`) and as an ordinary user.
/// The server outlives a killed host and is found again by the next start; a cluster that crashed
/// recovers; a half-made data directory (killed during initdb) is made anew.
#include <memory>
#include <string>

#include "crm/sdk/outcome.hpp"
#include "crm/sdk/services.hpp"

namespace crm::host {

class EmbeddedPostgres {
 public:
  /// `invalid` names what is wrong with the directory (too long for a socket: 107 bytes, not writable …).
  static sdk::Outcome<std::unique_ptr<EmbeddedPostgres>> start(const std::string& data_dir, sdk::Log& log);
  ~EmbeddedPostgres();  ///< stops the server (fast shutdown), unless release() was called
  const std::string& url() const { return url_; }  ///< for libpq and psql
  void release() { stop_on_exit_ = false; }
  /// Starts the server again when it is gone; called by the host's watchdog.
  sdk::Done ensure_running() noexcept;

 private:
  EmbeddedPostgres() = default;
  std::string home_;
  std::string url_;
  bool stop_on_exit_ = true;
  sdk::Log* log_ = nullptr;
};

}  // namespace crm::host
