#pragma once
/// /schedule/{slug}…: what a prospect sees and sends.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

class PublicBooking {
 public:
  struct Parts {
    SchedulingService& scheduling;
    AvailabilityService& availability;
    MeetingBookingService& booking;
    const PublicViews& views;
    const ZoneSource& zones;
    const Clock& clock;
    crm::sdk::Site& site;
    crm::sdk::Log& log;
  };
  explicit PublicBooking(const Parts& parts) : parts_(parts) {}

  crm::sdk::Response page(const crm::sdk::Request& request);
  crm::sdk::Response theme(const crm::sdk::Request& request);
  crm::sdk::Response type(const crm::sdk::Request& request);
  crm::sdk::Response slots(const crm::sdk::Request& request);
  crm::sdk::Response book(const crm::sdk::Request& request);

 private:
  using PublicType = SchedulingService::PublicType;
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);
  crm::sdk::Response type_page(const PublicType& found, const crm::sdk::Request& request);
  crm::sdk::Response calendar_page(const PublicType& found, const SpokenZone& zone, const crm::sdk::Request& request,
                                   const View& notice);
  crm::sdk::Response details_page(int status, const PublicType& found, const SpokenZone& zone,
                                  std::optional<Instant> start, const FormBody& values, const BookingResult& refused);
  crm::sdk::Response book_form(const crm::sdk::Request& request);
  crm::sdk::Response refused_form(const crm::sdk::Request& request, const FormBody& form, const BookingResult& answer);
  std::string host_name(const SchedulingPage& page) const;

  Parts parts_;
};

/// {"alternatives":[…]} for a refused start; the plain problem for everything else.
crm::sdk::Response refused_booking(const BookingResult& answer, crm::sdk::Log& log, const crm::sdk::Request& request);

}  // namespace scheduling
