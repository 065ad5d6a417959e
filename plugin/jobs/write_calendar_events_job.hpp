#pragma once
/// Makes rooms, writes meetings into their hosts' calendars, and tells hosts whose calendar is no longer connected.
/// Runs on every instance: each message is one's at a time.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

class WriteCalendarEventsJob {
 public:
  WriteCalendarEventsJob(OutboxWorker& rooms, OutboxWorker& writes, OutboxWorker& notices)
      : rooms_(rooms), writes_(writes), notices_(notices) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  OutboxWorker& rooms_;
  OutboxWorker& writes_;
  OutboxWorker& notices_;
};

}  // namespace scheduling
