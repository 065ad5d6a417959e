#pragma once
/// What keeps calendars in step, built.
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <vector>

#include "crm/sdk/services.hpp"
#include "plugin/adapters/caldav/caldav_calendar.hpp"
#include "plugin/adapters/crm/sealed_token_vault.hpp"
#include "plugin/adapters/google/google_calendar.hpp"
#include "plugin/adapters/icu/icu_windows_zones.hpp"
#include "plugin/adapters/outlook/outlook_calendar.hpp"
#include "plugin/adapters/zoom/zoom_meetings.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/calendars/calendar_connections.hpp"
#include "plugin/services/calendars/calendar_overview.hpp"
#include "plugin/services/calendars/calendar_push.hpp"
#include "plugin/services/calendars/calendar_sync_service.hpp"
#include "plugin/services/calendars/calendar_write_handler.hpp"
#include "plugin/services/calendars/host_edits.hpp"
#include "plugin/services/calendars/room_write_handler.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

/// The providers that there are.
class KnownProviders final : public CalendarProviders {
 public:
  explicit KnownProviders(std::initializer_list<CalendarProvider*> known) : known_(known) {}
  CalendarProvider* find(std::string_view name) const noexcept override {
    const auto found = std::ranges::find(known_, name, &CalendarProvider::name);
    return found == known_.end() ? nullptr : *found;
  }

 private:
  std::vector<CalendarProvider*> known_;
};

struct CalendarWiring {
  CalendarWiring(const BookingParts& parts, crm::sdk::Secrets& secrets, const Site& site,
                 const LocalizedLocation& places);

  SealedTokenVault vault;
  std::unique_ptr<HttpClient> web;
  GoogleCalendar google;
  IcuWindowsZones windows_zones;
  OutlookCalendar outlook;
  ZoomMeetings zoom;
  std::unique_ptr<CalendarObjects> calendar_objects;
  CalDavCalendar caldav;
  KnownProviders providers;
  CalendarAccess access;
  CalendarPush push;
  CalendarConnections connections;
  HostEdits edits;
  CalendarSyncService sync;
  CalendarOverview overview;
  CalendarWriteHandler write_handler;
  OutboxWorker writes;
  RoomWriteHandler room_handler;
  OutboxWorker room_writes;
};

}  // namespace scheduling
