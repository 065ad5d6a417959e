#pragma once
/// Makes rooms, writes meetings into their hosts' calendars, and tells hosts whose calendar is no longer connected.
/// Looks now and then how accounts fare. Runs on every instance: each message is one's at a time.
#include <chrono>
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/calendars/calendar_overview.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

class WriteCalendarEventsJob {
 public:
  WriteCalendarEventsJob(OutboxWorker& rooms, OutboxWorker& writes, OutboxWorker& notices, CalendarOverview& overview)
      : rooms_(rooms), writes_(writes), notices_(notices), overview_(overview) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  OutboxWorker& rooms_;
  OutboxWorker& writes_;
  OutboxWorker& notices_;
  CalendarOverview& overview_;
  std::chrono::steady_clock::time_point looked_{};  ///< one run at a time, so nobody else asks
};

}  // namespace scheduling
