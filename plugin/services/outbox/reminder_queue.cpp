#include "plugin/services/outbox/reminder_queue.hpp"

namespace scheduling {

Result<QueuedReminders> ReminderQueue::queue_due(int count) {
  const bool to_hosts = settings_.current().remind_hosts;
  return transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().queue_reminders(clock_.now(), count, to_hosts); });
}

}  // namespace scheduling
