#pragma once
/// A private PostgreSQL 15 cluster below the instance's data directory: socket only, no TCP.
///
/// Works as root (the server then runs as the unprivileged user `postgres`) and as an ordinary user.
/// The server outlives a killed instance and is found again by the next start; a cluster that crashed
/// recovers; a half-made data directory (killed during initdb) is made anew. Several instances may share
/// one data directory: the last one that ends stops the server.
#include <memory>
#include <string>

#include "crm/sdk/outcome.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/embedded_postgres/cluster_files.hpp"

namespace crm::app {

class EmbeddedPostgres {
 public:
  /// `invalid` names what is wrong with the directory (not writable, not reachable for `postgres` …).
  /// `watch` may end the start: then nothing that it began is left behind.
  static sdk::Outcome<std::unique_ptr<EmbeddedPostgres>> start(const std::string& data_dir, sdk::Log& log,
                                                               StartWatch* watch = nullptr);
  /// Stops the server (fast shutdown), unless release() was called or another instance still uses it.
  /// Close your own connections first.
  ~EmbeddedPostgres();
  EmbeddedPostgres(const EmbeddedPostgres&) = delete;
  EmbeddedPostgres& operator=(const EmbeddedPostgres&) = delete;

  const std::string& url() const { return url_; }  ///< for libpq and psql
  /// Whether another instance used this directory when this one started.
  bool is_shared() const { return is_shared_; }
  void release() { stop_on_exit_ = false; }
  /// Starts the server again when it is gone; called by DatabaseWatch.
  sdk::Done ensure_running() noexcept;

 private:
  EmbeddedPostgres(ClusterFiles files, sdk::Log& log);
  sdk::Done make_cluster();
  sdk::Done start_server();
  sdk::Done make_database();
  void end_with_the_start();
  bool is_to_end() const { return watch_ != nullptr && watch_->is_to_end(); }
  bool others_use_it() const;

  ClusterFiles files_;
  std::string url_;
  bool stop_on_exit_ = true;
  bool is_shared_ = false;
  StartWatch* watch_ = nullptr;         ///< outlives this object; none in tests
  std::shared_ptr<FileLock> presence_;  ///< shared by all instances of this directory, for as long as they live
  sdk::Log& log_;
};

}  // namespace crm::app
