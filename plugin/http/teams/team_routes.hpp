#pragma once
/// What teams add to /api/v1/scheduling: the turn of a page, a member's break, and handing a meeting over.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/teams/meeting_handover.hpp"
#include "plugin/services/teams/team_pages.hpp"

namespace scheduling {

class TeamRoutes {
 public:
  TeamRoutes(const BookingParts& parts, MeetingBookingService& meetings, crm::sdk::Site& site, crm::sdk::Log& log)
      : pages_(parts), handover_(parts), meetings_(meetings), zones_(parts.zones), site_(site), log_(log) {}
  crm::sdk::Response colleagues(const crm::sdk::Request& request);
  crm::sdk::Response turn(const crm::sdk::Request& request);
  crm::sdk::Response set_membership(const crm::sdk::Request& request);
  crm::sdk::Response candidates(const crm::sdk::Request& request);
  crm::sdk::Response reassign(const crm::sdk::Request& request);

 private:
  TeamPages pages_;
  MeetingHandover handover_;
  MeetingBookingService& meetings_;
  const ZoneSource& zones_;
  crm::sdk::Site& site_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
