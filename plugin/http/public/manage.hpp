#pragma once
/// /schedule/manage/{token} and what it leads to: look, cancel, move, save to a calendar.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

/// What a manage page says on top.
struct ManageNotice {
  std::string tone{};
  std::string title{};  ///< keys of the text table
  std::string text{};
  bool with_host = false;   ///< and how to reach the host
  bool is_booking = false;  ///< the page is what a booking ends on
  std::string reason{};     ///< for cancelling, as it was typed
  std::string reason_error{};
};

class Manage {
 public:
  struct Parts {
    AvailabilityService& availability;
    MeetingBookingService& booking;
    const HtmlPages& pages;
    const CalendarFile& calendar_file;
    const Clock& clock;
    crm::sdk::Site& site;
    crm::sdk::Log& log;
  };
  explicit Manage(const Parts& parts) : parts_(parts) {}

  crm::sdk::Response show(const crm::sdk::Request& request);
  crm::sdk::Response cancel(const crm::sdk::Request& request);
  crm::sdk::Response reschedule(const crm::sdk::Request& request);
  crm::sdk::Response invite(const crm::sdk::Request& request);

 private:
  struct Refused {  ///< a move that was tried
    BookingResult answer{};
    std::optional<Instant> start{};
    std::string timezone{};
  };
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);
  crm::sdk::Response details_html(int status, const ManagedMeeting& managed, const crm::sdk::Request& request,
                                  const ManageNotice& page_notice);
  /// For the reader of a page about that meeting, in whose language it was booked.
  PublicViews views(const crm::sdk::Request& request, const ManagedMeeting& managed) const;
  View booked_view(const PublicViews& views, const ManagedMeeting& managed, const crm::sdk::Request& request);
  crm::sdk::Response move_page(int status, const ManagedMeeting& managed, const crm::sdk::Request& request,
                               const Refused& refused);
  crm::sdk::Response cancel_form(const crm::sdk::Request& request);
  crm::sdk::Response reschedule_form(const crm::sdk::Request& request);
  /// The page after a POST: how things stand now, under `said`.
  crm::sdk::Response page_after(int status, const crm::sdk::Request& request, const ManageNotice& page_notice);

  Parts parts_;
};

}  // namespace scheduling
