#include "plugin/jobs/send_meeting_reminder_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 500;
constexpr int k_mails_max = 1000;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> SendMeetingReminderJob::run(std::stop_token stop) {
  const auto queued = reminders_.queue(k_batch);
  if (!queued) return crm::sdk::fail(to_failure(queued.error()));
  crm::sdk::JobReport report;
  report.handled = queued->mails;
  report.more = queued->reminders >= k_batch;
  report.note = std::to_string(queued->reminders) + " reminders due, " + std::to_string(queued->mails) + " mails";
  // Whoever waits for reminders need not wait for the next round of the outbox too.
  auto round = delivery_.deliver(stop, k_mails_max);
  if (!round) return crm::sdk::fail(to_failure(round.error()));
  if (!round->halted.empty()) report.note += "; mail waits: " + round->halted;
  return report;
}

}  // namespace scheduling
