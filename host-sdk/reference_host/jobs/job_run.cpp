#include "reference_host/jobs/job_run.hpp"

#include "crm/sdk/guard.hpp"

namespace crm::app {

FinishedRun run_job(const JobSurroundings& surroundings, const sdk::Job& job, std::stop_token stop) {
  RunRecord record;
  record.started_at = surroundings.clock.now();
  const auto start = std::chrono::steady_clock::now();
  auto report = sdk::guard_job(surroundings.log, job.name, job.body)(std::move(stop));
  record.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  if (report) {
    record.note = report->note;
    record.handled = report->handled;
  } else {
    record.error = report.error().message.empty() ? "it failed and did not say why" : report.error().message;
  }
  return {std::move(report), std::move(record)};
}

}  // namespace crm::app
