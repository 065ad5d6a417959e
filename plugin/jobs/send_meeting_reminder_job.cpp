#include "plugin/jobs/send_meeting_reminder_job.hpp"

#include "plugin/ports/storage/outbox_repository.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 500;
constexpr int k_mails_max = 1000;

crm::sdk::Outcome<crm::sdk::JobReport> failed(const Error& error) {
  const bool is_away = error.code == Code::database_unavailable;
  return crm::sdk::fail(is_away ? crm::sdk::FailureKind::unavailable : crm::sdk::FailureKind::broken, error.detail);
}

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> SendMeetingReminderJob::run(std::stop_token stop) {
  const bool to_hosts = settings_.current().remind_hosts;
  auto queued = transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().queue_reminders(clock_.now(), k_batch, to_hosts); });
  if (!queued) return failed(queued.error());
  crm::sdk::JobReport report;
  report.handled = queued->mails;
  report.more = queued->reminders == k_batch;
  report.note = std::to_string(queued->reminders) + " reminders due, " + std::to_string(queued->mails) + " mails";
  // Whoever waits for reminders need not wait for the next round of the outbox too.
  auto round = delivery_.deliver(stop, k_mails_max);
  if (!round) return failed(round.error());
  if (!round->halted.empty()) report.note += "; mail waits: " + round->halted;
  return report;
}

}  // namespace scheduling
