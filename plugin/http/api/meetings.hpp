#pragma once
/// /api/v1/scheduling/meetings: what the host or an admin sees and does.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

class Meetings {
 public:
  Meetings(MeetingBookingService& service, const ZoneSource& zones, crm::sdk::Log& log)
      : service_(service), zones_(zones), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response get(const crm::sdk::Request& request);
  crm::sdk::Response cancel(const crm::sdk::Request& request);
  crm::sdk::Response confirm(const crm::sdk::Request& request);
  crm::sdk::Response decline(const crm::sdk::Request& request);
  crm::sdk::Response outcome(const crm::sdk::Request& request);

 private:
  crm::sdk::Response csv(const crm::sdk::Request& request, const MeetingFilter& filter);
  crm::sdk::Response answer(const Result<Meeting>& meeting, const crm::sdk::Request& request);

  MeetingBookingService& service_;
  const ZoneSource& zones_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
