#pragma once
/// POST /api/v1/scheduling/bookings and GET /api/v1/scheduling/slots: a rep books for a contact.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/teams/rep_bookings.hpp"

namespace scheduling {

class RepBookingRoutes {
 public:
  RepBookingRoutes(const BookingParts& parts, MeetingBookingService& meetings, crm::sdk::Log& log)
      : bookings_(parts), meetings_(meetings), zones_(parts.zones), log_(log) {}
  crm::sdk::Response book(const crm::sdk::Request& request);
  crm::sdk::Response slots(const crm::sdk::Request& request);

 private:
  RepBookings bookings_;
  MeetingBookingService& meetings_;
  const ZoneSource& zones_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
