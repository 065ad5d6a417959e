#pragma once
/// Reminders that are due become mails in the outbox (B-11).
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class ReminderQueue {
 public:
  ReminderQueue(Transactions& transactions, const SettingsSource& settings, const Clock& clock)
      : transactions_(transactions), settings_(settings), clock_(clock) {}

  /// At most `count` reminders; one mail for each recipient, and for the hosts where an administrator wants that.
  /// Several instances may call it at once: each call claims its rows.
  Result<QueuedReminders> queue_due(int count);

 private:
  Transactions& transactions_;
  const SettingsSource& settings_;
  const Clock& clock_;
};

}  // namespace scheduling
