#pragma once
/// Turns reminders that are due into mails, and sends them. Safe to run twice and on several instances: reminders are
/// claimed, and each becomes one mail for each recipient (B-11).
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/outbox/mail_delivery.hpp"
#include "plugin/services/outbox/reminder_queue.hpp"

namespace scheduling {

class SendMeetingReminderJob {
 public:
  SendMeetingReminderJob(ReminderQueue& reminders, MailDelivery& delivery)
      : reminders_(reminders), delivery_(delivery) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  ReminderQueue& reminders_;
  MailDelivery& delivery_;
};

}  // namespace scheduling
