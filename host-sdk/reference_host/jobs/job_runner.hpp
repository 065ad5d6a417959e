#pragma once
/// Runs the scheduled jobs of host and modules: most on one host at a time, some on every host.
///
/// A job of one host is due `interval` after its last run ended, on any host. The claim is a session-level
/// advisory lock on a connection of its own, held while the job runs, so that a killed host frees it at once.
/// A job of every host is due `interval` after its last run here. Each job has a thread of its own: a slow
/// one delays no other.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::app {

struct JobState {
  std::string owner;
  std::string name;
  std::chrono::seconds interval{};
  sdk::RunsOn runs_on = sdk::RunsOn::one_instance;
  bool is_running = false;  ///< on any host; of a job of every host: here
  std::optional<sdk::Micros> last_started_at;
  std::chrono::milliseconds last_duration{};
  std::string last_error;  ///< of the last run that ended, and where, if it matters; empty: it succeeded
  std::string last_note;
  std::int64_t handled_total = 0;
  std::optional<sdk::Micros> next_due_at;  ///< by the host's clock; empty while it runs
};

class JobRunner final : public sdk::Jobs {
 public:
  /// `host` tells the hosts of one database apart, also two on one machine.
  JobRunner(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string host = own_name());
  ~JobRunner() override;  ///< stops
  static std::string own_name();

  sdk::Done add(std::string_view owner, sdk::Job job);
  void nudge(std::string_view job) noexcept override;
  /// Requests stop of the owner's running jobs, waits for them, and destroys their functions.
  void remove_owner(std::string_view owner);
  void start();
  void stop();
  /// Runs a job now, on this host and in the caller's thread; `not_found` for an unknown name, `conflict`
  /// when it still runs elsewhere after five seconds.
  sdk::Outcome<sdk::JobReport> run_once(std::string_view name);
  sdk::Outcome<std::vector<JobState>> states();

 private:
  struct Entry;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
