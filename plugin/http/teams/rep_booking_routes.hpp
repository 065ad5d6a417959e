#pragma once
/// POST /api/v1/scheduling/bookings and GET /api/v1/scheduling/slots: a rep books for a contact. POST
/// /api/v1/scheduling/invitations: or gives the contact a link to do so.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/teams/inviting.hpp"
#include "plugin/services/teams/rep_bookings.hpp"

namespace scheduling {

class RepBookingRoutes {
 public:
  RepBookingRoutes(const BookingParts& parts, MeetingBookingService& meetings, crm::sdk::Site& site, crm::sdk::Log& log)
      : bookings_(parts), inviting_(parts), meetings_(meetings), zones_(parts.zones), site_(site), log_(log) {}
  crm::sdk::Response book(const crm::sdk::Request& request);
  crm::sdk::Response slots(const crm::sdk::Request& request);
  crm::sdk::Response invite(const crm::sdk::Request& request);

 private:
  RepBookings bookings_;
  Inviting inviting_;
  MeetingBookingService& meetings_;
  const ZoneSource& zones_;
  crm::sdk::Site& site_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
