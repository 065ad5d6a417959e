#pragma once
/// /schedule/{slug}…: what a prospect sees and sends.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

class FromMemory;

class PublicBooking {
 public:
  struct Parts {
    SchedulingService& scheduling;
    AvailabilityService& availability;
    MeetingBookingService& booking;
    const HtmlPages& pages;
    const ZoneSource& zones;
    const Clock& clock;
    crm::sdk::Site& site;
    crm::sdk::Log& log;
  };
  explicit PublicBooking(const Parts& parts) : parts_(parts) {}

  crm::sdk::Response page(const crm::sdk::Request& request);
  crm::sdk::Response theme(const crm::sdk::Request& request);
  crm::sdk::Response zones(const crm::sdk::Request& request);
  crm::sdk::Response type(const crm::sdk::Request& request);
  crm::sdk::Response slots(const crm::sdk::Request& request);
  crm::sdk::Response month(const crm::sdk::Request& request);
  crm::sdk::Response choose(const crm::sdk::Request& request);
  crm::sdk::Response book(const crm::sdk::Request& request);

 private:
  using PublicType = SchedulingService::PublicType;
  /// The form, and why it is shown.
  struct DetailsPage {
    const PublicType& found;
    PublicViews views;
    SpokenZone zone;
    FormBody values;
    std::optional<Instant> start;  ///< chosen before
    Invited invited{};
    BookingResult refused{};   ///< of the form as it was sent; empty the first time
    bool is_choosing = false;  ///< the times stand in the form
    TypedBy typed_by = TypedBy::person;
    bool is_from_memory = false;
  };
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);
  crm::sdk::Response bad_form(const crm::sdk::Request& request) const;
  crm::sdk::Response in_its_frame(crm::sdk::Response response, const crm::sdk::Request& request);
  crm::sdk::Response refuse_invited(const Error& error, const crm::sdk::Request& request);
  Result<Invited> open_invited(const PublicType& found, const std::optional<std::string>& token);
  /// What the page offers, to whoever was invited or to everybody. `found` must outlive it.
  SlotsIn slots_for(const PublicType& found, const Invited& invited) const;
  crm::sdk::Response type_page(const PublicType& found, const Invited& invited, const crm::sdk::Request& request,
                               const FromMemory& from_memory);
  Result<PublicType> asked_type(const crm::sdk::Request& request);
  crm::sdk::Response calendar_page(const PublicType& found, const Invited& invited, const SpokenZone& zone,
                                   const crm::sdk::Request& request, const View& notice, const FromMemory& from_memory,
                                   const std::optional<Instant>& wanted = {});
  crm::sdk::Response form_page(const PublicType& found, const Invited& invited, const SpokenZone& zone, Instant start,
                               const crm::sdk::Request& request, const FromMemory& from_memory);
  crm::sdk::Response details_page(int status, const DetailsPage& page, const crm::sdk::Request& request);
  Result<View> choice_of(const DetailsPage& page);
  DetailsPage shown_again(const PublicType& found, const crm::sdk::Request& request, const FormBody& form,
                          Invited invited);
  BookingResult book_patiently(const BookingCommand& booking);
  crm::sdk::Response book_form(const crm::sdk::Request& request);
  Result<PublicType> type_of_form(const crm::sdk::Request& request, Code refusal);
  crm::sdk::Response refused_form(const crm::sdk::Request& request, const FormBody& form, const BookingResult& answer);
  crm::sdk::Response used_form(const crm::sdk::Request& request, const FormBody& form, const BookingResult& answer);
  std::string after_booking(const crm::sdk::Request& request, const std::string& token) const;
  std::string host_name(const SchedulingPage& page) const;

  Parts parts_;
};

/// {"alternatives":[…]} for a refused start; the plain problem for everything else.
crm::sdk::Response refused_booking(const BookingResult& answer, crm::sdk::Log& log, const crm::sdk::Request& request);

}  // namespace scheduling
