#include "reference_host/jobs/job_claim.hpp"

namespace crm::app {

using sdk::Outcome;

Outcome<std::optional<JobClaim>> JobClaim::take(PgDatabase& database, std::string_view name) {
  auto connection = database.connect_direct();
  if (!connection) return sdk::fail(connection.error());
  auto rows = (*connection)
                  ->query("SELECT pg_try_advisory_lock(" + std::to_string(k_claim_class) + ", " +
                          std::to_string(claim_number(name)) + ")");
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() != 1 || (*rows)->text(0, 0) != "t") return std::nullopt;
  return std::optional<JobClaim>(JobClaim(std::move(*connection)));
}

Outcome<sdk::JobReport> JobClaim::run(const JobSurroundings& surroundings, std::string_view owner, const sdk::Job& job,
                                      std::stop_token stop) {
  PgDatabase& database = surroundings.database;
  if (auto begun = record_start(database, job.name, owner, surroundings.clock.now()); !begun)
    return sdk::fail(begun.error());
  FinishedRun run = run_job(surroundings, job, std::move(stop));
  const bool is_told = database.is_away();
  if (!run.report && !is_told) surroundings.log.error("job.failed", {{"job", job.name}, {"what", run.record.error}});
  if (auto ended = record_end(database, job.name, run.record); !ended && !is_told)
    surroundings.log.warning("job.unrecorded", {{"job", job.name}, {"what", ended.error().message}});
  connection_.reset();
  return std::move(run.report);
}

}  // namespace crm::app
