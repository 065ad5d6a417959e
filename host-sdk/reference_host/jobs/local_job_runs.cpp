#include "reference_host/jobs/local_job_runs.hpp"

namespace crm::app {
namespace {

constexpr auto k_write_every = std::chrono::seconds(60);

}  // namespace

std::optional<sdk::Outcome<sdk::JobReport>> LocalJobRuns::try_run(const JobSurroundings& surroundings,
                                                                  std::string_view owner, const sdk::Job& job,
                                                                  std::stop_token stop) {
  {
    const std::lock_guard lock(mutex_);
    if (state_.is_running) return std::nullopt;
    state_.is_running = true;
  }
  FinishedRun run = run_job(surroundings, job, std::move(stop));
  write_down(surroundings, owner, job, run.record);
  const std::lock_guard lock(mutex_);
  state_.is_running = false;
  state_.last = std::move(run.record);
  return std::move(run.report);
}

bool LocalJobRuns::is_worth_writing(const RunRecord& run) const {
  return run.handled > 0 || run.error != written_error_ || !written_at_ ||
         std::chrono::steady_clock::now() - *written_at_ >= k_write_every;
}

void LocalJobRuns::write_down(const JobSurroundings& surroundings, std::string_view owner, const sdk::Job& job,
                              RunRecord run) {
  const bool is_news = is_worth_writing(run);
  run.handled = handled_unwritten_ += run.handled;
  run.runs = ++runs_unwritten_;
  if (!is_news) return;
  const bool is_told = surroundings.database.is_away();
  if (!run.error.empty() && !is_told) surroundings.log.error("job.failed", {{"job", job.name}, {"what", run.error}});
  // Counts also when it cannot be written: asking a database that is away every second helps nobody.
  written_at_ = std::chrono::steady_clock::now();
  written_error_ = run.error;
  if (auto done = record_local(surroundings.database, job.name, owner, instance_, run); !done) {
    if (!is_told) surroundings.log.warning("job.unrecorded", {{"job", job.name}, {"what", done.error().message}});
    return;
  }
  handled_unwritten_ = 0;
  runs_unwritten_ = 0;
}

void LocalJobRuns::set_due(Steady at) {
  const std::lock_guard lock(mutex_);
  state_.due_at = at;
}

LocalJobRuns::State LocalJobRuns::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace crm::app
