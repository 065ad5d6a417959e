#pragma once
/// Sends queued outbox mails, on every instance at once. Safe to run twice: each mail is claimed.
#include <chrono>
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/outbox/mail_overview.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

class DeliverMailJob {
 public:
  DeliverMailJob(OutboxWorker& delivery, MailOverview& overview) : delivery_(delivery), overview_(overview) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  Done count_after(const DeliveryRound& round);
  static crm::sdk::JobReport report_of(const DeliveryRound& all);

  OutboxWorker& delivery_;
  MailOverview& overview_;
  std::chrono::steady_clock::time_point counted_{};  ///< one run at a time, so nobody else looks
};

}  // namespace scheduling
