#pragma once
/// Runs the scheduled jobs of the CRM and its modules, on one instance at a time or on every instance.
///
/// A job of one instance is due `interval` after its last run ended, on any instance. While it runs, the instance
/// holds a claim: a session-level advisory lock on a connection of its own, which PostgreSQL frees at once when
/// the process dies. A job of every instance is due `interval` after its last run here. Each job has a thread of
/// its own, so a slow job delays no other.
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
  bool is_running = false;  ///< on any instance; of a job of every instance: here
  std::optional<sdk::Micros> last_started_at;
  std::chrono::milliseconds last_duration{};
  std::string last_error;  ///< of the last run that ended, and where, if it matters; empty: it succeeded
  std::string last_note;
  std::int64_t handled_total = 0;
  std::optional<sdk::Micros> next_due_at;  ///< by the CRM's clock; empty while it runs
};

class JobRunner final : public sdk::Jobs {
 public:
  /// `instance` tells the instances of one database apart, also two on one machine.
  JobRunner(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string instance = own_name());
  ~JobRunner() override;  ///< stops
  static std::string own_name();

  sdk::Done add(std::string_view owner, sdk::Job job);
  void nudge(std::string_view job) noexcept override;
  /// Requests stop of the owner's running jobs, waits for them, and destroys their functions.
  void remove_owner(std::string_view owner);
  void start();
  void stop();
  /// Runs a job now, on this instance and in the caller's thread; `not_found` for an unknown name, `conflict`
  /// when it still runs elsewhere after five seconds.
  sdk::Outcome<sdk::JobReport> run_once(std::string_view name);
  sdk::Outcome<std::vector<JobState>> states();

 private:
  struct Entry;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
