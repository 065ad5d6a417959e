#pragma once
/// Writes meetings into their hosts' calendars, and tells hosts whose calendar is no longer connected. Runs on every
/// instance: each message is one's at a time.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

class WriteCalendarEventsJob {
 public:
  WriteCalendarEventsJob(OutboxWorker& writes, OutboxWorker& notices) : writes_(writes), notices_(notices) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  OutboxWorker& writes_;
  OutboxWorker& notices_;
};

}  // namespace scheduling
