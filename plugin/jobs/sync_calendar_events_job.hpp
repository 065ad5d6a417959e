#pragma once
/// Reads the calendars that are due. Safe to run twice: a connection has one reader at a time.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/calendars/calendar_sync_service.hpp"

namespace scheduling {

class SyncCalendarEventsJob {
 public:
  explicit SyncCalendarEventsJob(CalendarSyncService& sync) : sync_(sync) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  CalendarSyncService& sync_;
};

}  // namespace scheduling
