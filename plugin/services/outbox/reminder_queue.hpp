#pragma once
/// Turns reminders that are due into mails that wait in the outbox, one for each recipient, each of them once
/// (ADR-0012).
///
/// Thread: any; several instances may do it at once. Source: behaviour B-11.
#include <map>
#include <string>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct QueuedReminders {
  int reminders = 0;  ///< that were due
  int mails = 0;      ///< that they became
};

/// One for each participant in their highest role; for the host where administrators want that, and where
/// the host is attendee or guest too. None when the meeting
/// is no longer on.
std::vector<OutboxMessage> reminder_mails(const DueReminder& reminder, const std::vector<std::string>& host_addresses,
                                          bool to_host);

class ReminderQueue {
 public:
  ReminderQueue(Transactions& transactions, const SettingsSource& settings, const Clock& clock)
      : transactions_(transactions), settings_(settings), clock_(clock) {}

  Result<QueuedReminders> queue(int count_max);

 private:
  using Addresses = std::map<UserId, std::string>;
  static Result<std::string> address_of(Transaction& transaction, UserId host, Addresses& known);

  Transactions& transactions_;
  const SettingsSource& settings_;
  const Clock& clock_;
};

}  // namespace scheduling
