#include "reference_host/embedded_postgres/embedded_postgres.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include "reference_host/embedded_postgres/server_command.hpp"

namespace crm::app {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds k_start_max{20};
constexpr off_t k_log_bytes_max = 16 * 1024 * 1024;

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

Connection connect(const ClusterFiles& files, const char* database, const char* user) {
  const char* names[] = {"host", "dbname", "user", "connect_timeout", "application_name", nullptr};
  const char* values[] = {files.socket_dir.c_str(), database, user, "5", "crm-host setup", nullptr};
  return {PQconnectdbParams(names, values, 0), &PQfinish};
}

std::string settings(const ClusterFiles& files) {
  return "# Written by crm-host at every start.\n"
         "listen_addresses = ''\n"
         "unix_socket_directories = '" +
         files.socket_dir +
         "'\n"
         "unix_socket_permissions = 0700\n"
         "port = 5432\n"
         "max_connections = 100\n"
         "shared_buffers = 32MB\n"
         "fsync = on\n"
         "synchronous_commit = on\n"
         "full_page_writes = on\n"
         "wal_level = minimal\n"
         "max_wal_senders = 0\n"
         "jit = off\n"
         "client_connection_check_interval = '2s'\n"  // the statements of a killed instance end, and free their locks
         "timezone = 'UTC'\n"
         "log_timezone = 'UTC'\n"
         "log_line_prefix = '%m [%p] '\n"
         "logging_collector = off\n"
         "log_min_error_statement = panic\n";  // statements carry people's names
}

void trim_log(const ClusterFiles& files) {
  const int fd = ::open(files.log_file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return;
  struct stat about {};
  // A log that stays long harms nobody.
  if (::fstat(fd, &about) == 0 && about.st_size > k_log_bytes_max && ::ftruncate(fd, 0) != 0) errno = 0;
  ::close(fd);
}

void give_to_server(const ClusterFiles& files, const std::string& file) {
  if (files.as_root && ::lchown(file.c_str(), files.uid, files.gid) != 0) return;  // the server will say so
}

}  // namespace

EmbeddedPostgres::EmbeddedPostgres(ClusterFiles files, sdk::Log& log) : files_(std::move(files)), log_(log) {}

sdk::Outcome<std::unique_ptr<EmbeddedPostgres>> EmbeddedPostgres::start(const std::string& data_dir, sdk::Log& log,
                                                                        StartWatch* watch) {
  auto files = ClusterFiles::prepare(data_dir);
  if (!files) return sdk::fail(files.error());
  std::unique_ptr<EmbeddedPostgres> cluster(new EmbeddedPostgres(std::move(*files), log));
  cluster->stop_on_exit_ = false;  // until it runs there is nothing to stop
  cluster->watch_ = watch;
  if (watch != nullptr) watch->enter("starting the private PostgreSQL in " + cluster->files_.home);
  const auto starting = FileLock::hold(cluster->files_.start_lock(), false, watch);
  if (!starting) return sdk::fail(starting.error());
  if (auto chosen = cluster->files_.choose_socket_dir(); !chosen) return sdk::fail(chosen.error());
  cluster->url_ = "postgresql:///crm?host=" + cluster->files_.socket_dir + "&user=crm";
  auto presence = FileLock::hold(cluster->files_.presence_lock(), true, watch);
  if (!presence) return sdk::fail(presence.error());
  cluster->presence_ = std::make_shared<FileLock>(std::move(*presence));
  cluster->is_shared_ = !cluster->presence_->is_alone();
  if (auto made = cluster->make_cluster(); !made) return sdk::fail(made.error());
  if (auto started = cluster->start_server(); !started) return sdk::fail(started.error());
  cluster->stop_on_exit_ = true;
  if (auto made = cluster->make_database(); !made) return sdk::fail(made.error());
  if (auto noted = write_file(cluster->files_.root + "/database-url", cluster->url_ + "\n", 0600); !noted)
    return sdk::fail(noted.error());
  return cluster;
}

/// A start that cannot be ended in order takes the server it started along, unless others use the directory.
void EmbeddedPostgres::end_with_the_start() {
  if (watch_ == nullptr) return;
  watch_->at_force([files = files_, presence = presence_] {
    if (presence->try_exclusive()) files.kill_server(std::chrono::milliseconds(400));
  });
}

/// initdb works in a folder beside and is renamed when complete, so `data` is whole or not there.
sdk::Done EmbeddedPostgres::make_cluster() {
  if (files_.is_made()) return {};
  std::error_code error;
  const std::string unfinished = files_.data + ".unfinished";
  fs::remove_all(unfinished, error);
  if (error) return sdk::fail(sdk::FailureKind::invalid, unfinished + ": " + error.message());
  if (fs::exists(files_.data)) {
    // Not ours to delete: it is kept beside, for whoever wants to look.
    std::string aside;
    for (int i = 1; aside.empty() || fs::exists(aside); ++i) aside = files_.data + ".unusable-" + std::to_string(i);
    fs::rename(files_.data, aside, error);
    if (error) return sdk::fail(sdk::FailureKind::invalid, files_.data + ": " + error.message());
    log_.warning("postgres.half_made", {{"moved_to", aside}});
  }
  log_.info("postgres.initdb", {{"folder", files_.data}});
  auto made = run_server_command(
      files_, "initdb", {"-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"}, watch_);
  if (!made) return made;
  if (auto written = write_file(unfinished + "/postgresql.conf", "include 'crm-host.conf'\n", 0600); !written)
    return written;
  give_to_server(files_, unfinished + "/postgresql.conf");
  fs::rename(unfinished, files_.data, error);
  if (error) return sdk::fail(sdk::FailureKind::invalid, files_.data + ": " + error.message());
  return {};
}

sdk::Done EmbeddedPostgres::start_server() {
  const auto deadline = std::chrono::steady_clock::now() + k_start_max;
  if (const auto pid = files_.running_server()) {
    // Ours already, or left behind by a killed instance. It may still be recovering, or be about to end.
    while (files_.running_server() && std::chrono::steady_clock::now() < deadline && !is_to_end()) {
      const char* names[] = {"host", "dbname", nullptr};
      const char* values[] = {files_.socket_dir.c_str(), "postgres", nullptr};
      if (PQpingParams(names, values, 0) == PQPING_OK) {
        log_.info("postgres.found", {{"pid", std::to_string(*pid)}});
        return {};
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  trim_log(files_);
  const std::string config = files_.data + "/crm-host.conf";
  if (auto written = write_file(config, settings(files_), 0600); !written) return written;
  give_to_server(files_, config);
  // After a killed postmaster its children need a moment to notice; until then a start is refused.
  for (;;) {
    if (files_.clear_stale_locks()) {
      auto started = run_server_command(
          files_, "pg_ctl", {"-D", files_.data, "-s", "-w", "-t", "60", "-l", files_.log_file, "start"}, watch_);
      if (started) {
        end_with_the_start();
        log_.info("postgres.started", {{"folder", files_.data}});
        return {};
      }
      if (std::chrono::steady_clock::now() >= deadline || is_to_end()) return started;
    }
    if (is_to_end()) return sdk::fail(sdk::FailureKind::broken, "told to end");
    if (std::chrono::steady_clock::now() >= deadline)
      return sdk::fail(sdk::FailureKind::unavailable, "processes of an earlier server still work in " + files_.data);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

/// The CRM's own role is no superuser, so that nothing it runs can reach files or programs.
sdk::Done EmbeddedPostgres::make_database() {
  const Connection connection = connect(files_, "postgres", "postgres");
  const auto has = [&](const char* sql) {
    const Result result(PQexec(connection.get(), sql), &PQclear);
    return PQresultStatus(result.get()) == PGRES_TUPLES_OK && PQntuples(result.get()) == 1;
  };
  const auto make = [&](const char* sql) -> sdk::Done {
    const Result result(PQexec(connection.get(), sql), &PQclear);
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return {};
    return sdk::fail(sdk::FailureKind::unavailable, PQerrorMessage(connection.get()));
  };
  if (PQstatus(connection.get()) != CONNECTION_OK)
    return sdk::fail(sdk::FailureKind::unavailable, PQerrorMessage(connection.get()));
  if (!has("SELECT 1 FROM pg_roles WHERE rolname = 'crm'"))
    if (auto made = make("CREATE ROLE crm LOGIN CREATEDB"); !made) return made;
  if (!has("SELECT 1 FROM pg_database WHERE datname = 'crm'"))
    if (auto made = make("CREATE DATABASE crm OWNER crm"); !made) return made;
  return {};
}

sdk::Done EmbeddedPostgres::ensure_running() noexcept {
  try {
    if (files_.running_server()) return {};
    log_.warning("postgres.gone");
    const auto starting = FileLock::hold(files_.start_lock(), false);
    if (!starting) return sdk::fail(starting.error());
    return start_server();
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

/// Instances that reach this cluster by its URL hold no lock in this directory, but they are connected.
bool EmbeddedPostgres::others_use_it() const {
  const Connection connection = connect(files_, "postgres", "postgres");
  const std::string sql =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'crm-host:%'"
      " AND application_name <> 'crm-host:" +
      std::to_string(getpid()) + "'";
  const Result result(PQexec(connection.get(), sql.c_str()), &PQclear);
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK && std::string_view(PQgetvalue(result.get(), 0, 0)) != "0";
}

EmbeddedPostgres::~EmbeddedPostgres() {
  if (!stop_on_exit_) return;
  try {
    const auto starting = FileLock::hold(files_.start_lock(), false);
    if (!starting || !files_.running_server()) return;
    if (!presence_->try_exclusive() || others_use_it()) {
      log_.info("postgres.left_running", {{"why", "another instance uses it"}});
      return;
    }
    // A start that was told to end has no time for a checkpoint.
    const bool is_hurried = is_to_end();
    const auto stopped = run_server_command(files_, "pg_ctl",
                                            {"-D", files_.data, "-s", "-w", "-t", is_hurried ? "1" : "30", "-m",
                                             is_hurried ? "immediate" : "fast", "stop"});
    if (!stopped)
      log_.error("postgres.not_stopped", {{"why", stopped.error().message}});
    else
      log_.info("postgres.stopped");
  } catch (const std::exception& error) {
    log_.error("postgres.not_stopped", {{"why", error.what()}});
  }
}

}  // namespace crm::app
