#pragma once
/// POST /api/v1/calendar/notify/{provider}: providers tell that a calendar changed. Public; whoever calls gets one
/// answer, whether the channel is known or not.
#include "crm/sdk/http.hpp"
#include "plugin/services/calendars/calendar_push.hpp"

namespace scheduling {

class CalendarNotify {
 public:
  explicit CalendarNotify(CalendarPush& push) : push_(push) {}
  crm::sdk::Response receive(const crm::sdk::Request& request);

 private:
  crm::sdk::Response from_google(const crm::sdk::Request& request);
  crm::sdk::Response from_outlook(const crm::sdk::Request& request);

  CalendarPush& push_;
};

}  // namespace scheduling
