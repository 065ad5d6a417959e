#pragma once
/// The claim that keeps other instances from running a job while it runs on this one.
#include <memory>
#include <optional>
#include <string_view>

#include "reference_host/jobs/job_run.hpp"

namespace crm::app {

class JobClaim {
 public:
  /// Empty when another instance, or another thread of this one, runs the job.
  static sdk::Outcome<std::optional<JobClaim>> take(PgDatabase& database, std::string_view name);
  /// Runs the body and records the run. Call it once.
  sdk::Outcome<sdk::JobReport> run(const JobSurroundings& surroundings, std::string_view owner, const sdk::Job& job,
                                   std::stop_token stop);

 private:
  explicit JobClaim(std::unique_ptr<PgDatabase::Direct> connection) : connection_(std::move(connection)) {}
  std::unique_ptr<PgDatabase::Direct> connection_;  ///< closing it gives the lock back
};

}  // namespace crm::app
