#pragma once
/// /schedule/manage/verify/{token}: where an attendee proves that the address they booked with is theirs.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

class Verification {
 public:
  Verification(MeetingBookingService& booking, const HtmlPages& pages, crm::sdk::Site& site, crm::sdk::Log& log)
      : booking_(booking), pages_(pages), site_(site), log_(log) {}

  crm::sdk::Response show(const crm::sdk::Request& request);
  crm::sdk::Response confirm(const crm::sdk::Request& request);

 private:
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);
  PublicViews views(const crm::sdk::Request& request, std::string_view stored) const;
  crm::sdk::Response page(const crm::sdk::Request& request, const MeetingDetails& details) const;

  MeetingBookingService& booking_;
  const HtmlPages& pages_;
  crm::sdk::Site& site_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
