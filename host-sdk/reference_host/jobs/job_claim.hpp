#pragma once
/// One run of one job: the claim that keeps other hosts away, and the row that tells how it went.
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::host {

class JobClaim {
 public:
  /// Empty when another host, or another thread of this one, runs the job.
  static sdk::Outcome<std::optional<JobClaim>> take(PgDatabase& database, std::string_view name);
  /// Runs the body (what it throws becomes a failure) and records the run. Call it once.
  sdk::Outcome<sdk::JobReport> run(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string_view owner,
                                   const sdk::Job& job, std::stop_token stop);

 private:
  explicit JobClaim(std::unique_ptr<PgDatabase::Direct> connection) : connection_(std::move(connection)) {}
  std::unique_ptr<PgDatabase::Direct> connection_;  ///< closing it gives the lock back
};

/// How long until the job is due, by the database's own clock; zero: now.
sdk::Outcome<std::chrono::milliseconds> time_until_due(sdk::Database& database, const sdk::Job& job);

}  // namespace crm::host
