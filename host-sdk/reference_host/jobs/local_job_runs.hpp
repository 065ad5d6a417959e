#pragma once
/// The runs of one job of every instance, on this instance: nothing is claimed, and an idle run writes nothing.
///
/// A run is written down when it handled rows, when it failed or recovered, and once a minute, so that an
/// administrator sees it alive. The same failure over and over is logged and written once a minute.
///
/// Thread: any. On one instance the body runs in one thread at a time.
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/jobs/job_run.hpp"

namespace crm::app {

class LocalJobRuns {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  /// What this instance knows better than the table. Before the first run here `last` is empty.
  struct State {
    std::optional<RunRecord> last;
    bool is_running = false;
    Steady due_at{};
  };

  explicit LocalJobRuns(std::string instance) : instance_(std::move(instance)) {}

  /// Empty when the job runs on this instance already.
  std::optional<sdk::Outcome<sdk::JobReport>> try_run(const JobSurroundings& surroundings, std::string_view owner,
                                                      const sdk::Job& job, std::stop_token stop);
  void set_due(Steady at);
  State state() const;
  const std::string& instance() const { return instance_; }

 private:
  bool is_worth_writing(const RunRecord& run) const;
  void write_down(const JobSurroundings& surroundings, std::string_view owner, const sdk::Job& job, RunRecord run);

  const std::string instance_;
  mutable std::mutex mutex_;
  State state_;
  // Only the thread that runs the body touches what follows.
  std::optional<Steady> written_at_;
  std::string written_error_;
  std::int64_t handled_unwritten_ = 0;
  std::int64_t runs_unwritten_ = 0;
};

}  // namespace crm::app
