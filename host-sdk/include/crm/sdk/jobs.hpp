#pragma once
/// Scheduled jobs.
///
/// One job runs on at most one host at a time, however many share the database. Ticks come from
/// monotonic time; after downtime a job runs once, not once per missed tick.
/// Since: SDK 1.0
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

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

}  // namespace crm::sdk
