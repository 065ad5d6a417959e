#pragma once
/// The table job_runs: when each job ran last, and how that went.
///
/// What is due is counted by the database's own clock: the CRM's may be frozen, and differs between instances.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

constexpr std::int64_t k_claim_class = 0x6a6f62;  ///< "job"; the two-key space of advisory locks

/// The second key of a job's claim: the same on every instance.
std::int32_t claim_number(std::string_view job);

/// One run, or several that are written down together.
struct RunRecord {
  sdk::Micros started_at{};  ///< by the CRM's clock, for people
  std::chrono::milliseconds took{};
  std::string error;  ///< empty: it succeeded
  std::string note;
  std::int64_t handled = 0;
  std::int64_t runs = 1;
};

struct JobRow {
  std::string name;
  RunRecord last;  ///< `handled` and `runs` are totals
  bool has_started = false;
  std::string failed_on;  ///< which instance reported `last.error`; only of jobs that run on every instance
  std::optional<std::chrono::milliseconds> since_end;  ///< empty: no run has ended yet
  bool is_claimed = false;                             ///< it runs now, on some instance
};

sdk::Outcome<std::vector<JobRow>> job_rows(sdk::Database& database);
/// Zero: now.
sdk::Outcome<std::chrono::milliseconds> time_until_due(sdk::Database& database, const sdk::Job& job);

sdk::Done record_start(sdk::Database& database, std::string_view job, std::string_view owner, sdk::Micros now);
sdk::Done record_end(sdk::Database& database, std::string_view job, const RunRecord& run);
/// For jobs that run on every instance: start and end at once. A failure that another instance reported within the
/// last three minutes stays.
sdk::Done record_local(sdk::Database& database, std::string_view job, std::string_view owner, std::string_view instance,
                       const RunRecord& run);

}  // namespace crm::app
