#pragma once
/// /api/v1/calendar: log-in at a provider, and the connections that come of it.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/calendars/calendar_notify.hpp"
#include "plugin/services/calendars/calendar_connections.hpp"
#include "plugin/services/calendars/calendar_sync_service.hpp"

namespace scheduling {

class CalendarConnect {
 public:
  CalendarConnect(CalendarConnections& connections, CalendarSyncService& sync, CalendarPush& push,
                  const ZoneSource& zones, crm::sdk::Log& log)
      : connections_(connections), sync_(sync), notify_(push), zones_(zones), log_(log) {}
  /// Which providers there are, and which of them the administrator has set up.
  crm::sdk::Response providers(const crm::sdk::Request& request);
  crm::sdk::Response connect(const crm::sdk::Request& request);
  crm::sdk::Response connect_caldav(const crm::sdk::Request& request);
  /// A browser comes back from the provider: whatever happened, it is led to the settings.
  crm::sdk::Response callback(const crm::sdk::Request& request);
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response update(const crm::sdk::Request& request);
  crm::sdk::Response sync(const crm::sdk::Request& request);
  crm::sdk::Response remove(const crm::sdk::Request& request);
  crm::sdk::Response notify(const crm::sdk::Request& request) { return notify_.receive(request); }

 private:
  void first_sync(ConnectionId id, const std::string& provider);
  crm::sdk::Response answer(const Result<CalendarConnection>& connection, const crm::sdk::Request& request);

  CalendarConnections& connections_;
  CalendarSyncService& sync_;
  CalendarNotify notify_;
  const ZoneSource& zones_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
