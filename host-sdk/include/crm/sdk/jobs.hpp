#pragma once
/// Scheduled jobs.
///
/// A job runs on at most one host at a time, however many share the database, unless it was registered to
/// run everywhere (RunsOn). Ticks come from monotonic time; after downtime a job runs once, not once per
/// missed tick.
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

/// Thread: a job thread of the host. Must return soon after `stop` is requested, and must be safe to
/// run twice: a host may die in the middle.
using JobBody = std::function<Outcome<JobReport>(std::stop_token stop)>;

struct Job {
  std::string name;               ///< "SendMeetingReminderJob"; unique in the host
  std::chrono::seconds interval;  ///< from the end of one run to the start of the next
  JobBody body;
};

/// Where a job runs: Loader::register_job or Loader::register_job_everywhere. Since: SDK 1.2
enum class RunsOn : std::uint8_t {
  one_host,    ///< on one host at a time; the host that runs it holds a claim
  every_host,  ///< on every host, at the same time, too: the body itself claims the rows it works on
};
constexpr std::string_view to_string(RunsOn runs_on) {
  return runs_on == RunsOn::one_host ? "one_host" : "every_host";
}

}  // namespace crm::sdk
