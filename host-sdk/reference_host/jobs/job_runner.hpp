#pragma once
/// Runs the scheduled jobs of host and modules, each on one host at a time.
///
/// A job is due `interval` after its last run ended, on any host. The claim is a session-level advisory
/// lock on a connection of its own, held while the job runs, so that a killed host frees it at once.
/// Each job has a thread of its own: a slow one delays no other.
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::host {

struct JobState {
  std::string owner;
  std::string name;
  std::chrono::seconds interval{};
  std::string last_started_at;  ///< RFC 3339 or empty
  std::int64_t last_duration_ms = 0;
  std::string last_error;       ///< empty: the last run succeeded
  std::string last_note;
  std::int64_t handled_total = 0;
};

class JobRunner {
 public:
  JobRunner(PgDatabase& database, sdk::Clock& clock, sdk::Log& log);
  ~JobRunner();  ///< stops

  sdk::Done add(std::string_view owner, sdk::Job job);
  /// Requests stop of the owner's running jobs, waits for them, and destroys their functions.
  void remove_owner(std::string_view owner);
  void start();
  void stop();
  /// Runs a job now, in the caller's thread; `not_found` for an unknown name, `conflict` when it still
  /// runs elsewhere after five seconds.
  sdk::Outcome<sdk::JobReport> run_once(std::string_view name);
  sdk::Outcome<std::vector<JobState>> states();

 private:
  struct Entry;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::host
