#pragma once
/// Turns reminders that are due into mails, and sends them. Safe to run twice and on several hosts: reminders are
/// claimed, and each becomes one mail for each recipient (B-11).
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

class SendMeetingReminderJob {
 public:
  SendMeetingReminderJob(Transactions& transactions, MailDelivery& delivery, const SettingsSource& settings,
                         const Clock& clock)
      : transactions_(transactions), delivery_(delivery), settings_(settings), clock_(clock) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  Transactions& transactions_;
  MailDelivery& delivery_;
  const SettingsSource& settings_;
  const Clock& clock_;
};

}  // namespace scheduling
