#pragma once
/// Scheduled jobs.
///
/// An instance is one server process of the CRM; several instances may share one database. Ticks come from
/// monotonic time; after downtime a job runs once, not once per missed tick.
/// Since: SDK 1.0
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "crm/sdk/outcome.hpp"

namespace crm::sdk {

struct JobReport {
  std::int64_t handled = 0;  ///< rows done in this run
  bool more = false;         ///< the batch was full: run again soon
  std::string note;          ///< one line for the admin page
};

/// Thread: a job thread of the instance. Must return soon after `stop` is requested, and must be safe to
/// run twice: an instance may die in the middle.
using JobBody = std::function<Outcome<JobReport>(std::stop_token stop)>;

/// Where a job runs. The words of to_string() are the manifest's "runs_on".
enum class RunsOn : std::uint8_t {
  one_instance,    ///< on one instance at a time, however many share the database
  every_instance,  ///< on every instance, also at the same time: the body itself claims the rows it works on.
                   ///< The interval counts on each instance for itself. A run that handled nothing costs the
                   ///< CRM nothing, so such a job may come every second
};
constexpr std::string_view to_string(RunsOn runs_on) {
  return runs_on == RunsOn::one_instance ? "one_instance" : "every_instance";
}

struct Job {
  std::string name;               ///< "SendMeetingReminderJob"; unique in the CRM
  std::chrono::seconds interval;  ///< from the end of one run to the start of the next
  JobBody body;
  RunsOn runs_on = RunsOn::one_instance;
};

/// What a module may ask of its own jobs.
class Jobs {
 public:
  virtual ~Jobs() = default;
  /// Runs the job soon instead of at its next tick, so that work which was just committed does not wait.
  ///
  /// Call it after the commit: a run that starts before it does not see the work. It returns at once, and many
  /// calls before the next run are one. It wakes the job on this instance only; a job of one instance that
  /// runs on another one at that moment runs here afterwards. A nudge is a hint: it is lost when the instance
  /// ends, so the interval still decides how late work can be. Unknown names are ignored.
  virtual void nudge(std::string_view job) noexcept = 0;
};

}  // namespace crm::sdk
