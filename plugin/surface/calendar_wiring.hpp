#pragma once
/// What keeps calendars in step, built.
#include <memory>

#include "crm/sdk/services.hpp"
#include "plugin/adapters/caldav/caldav_calendar.hpp"
#include "plugin/adapters/crm/sealed_token_vault.hpp"
#include "plugin/adapters/google/google_calendar.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/calendars/calendar_connections.hpp"
#include "plugin/services/calendars/calendar_sync_service.hpp"
#include "plugin/services/calendars/calendar_write_handler.hpp"
#include "plugin/services/calendars/host_edits.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

/// The providers that there are.
class KnownProviders final : public CalendarProviders {
 public:
  explicit KnownProviders(std::vector<CalendarProvider*> known) : known_(std::move(known)) {}
  CalendarProvider* find(std::string_view name) const noexcept override {
    for (CalendarProvider* const each : known_)
      if (each->name() == name) return each;
    return nullptr;
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
  std::unique_ptr<CalendarObjects> calendar_objects;
  CalDavCalendar caldav;
  KnownProviders providers;
  CalendarAccess access;
  CalendarConnections connections;
  HostEdits edits;
  CalendarSyncService sync;
  CalendarWriteHandler write_handler;
  OutboxWorker writes;
};

}  // namespace scheduling
