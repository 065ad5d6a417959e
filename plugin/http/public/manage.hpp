#pragma once
/// /schedule/manage/{token} and what it leads to: look, cancel, move, save to a calendar.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

class Manage {
 public:
  struct Parts {
    AvailabilityService& availability;
    MeetingBookingService& booking;
    const PublicViews& views;
    const CalendarFile& calendar_file;
    const Clock& clock;
    crm::sdk::Site& site;
    crm::sdk::Log& log;
  };
  explicit Manage(const Parts& parts) : parts_(parts) {}

  crm::sdk::Response show(const crm::sdk::Request& request);
  crm::sdk::Response month(const crm::sdk::Request& request);
  crm::sdk::Response cancel(const crm::sdk::Request& request);
  crm::sdk::Response reschedule(const crm::sdk::Request& request);
  crm::sdk::Response invite(const crm::sdk::Request& request);

 private:
  struct PageNotice {  ///< what the page says on top
    std::string tone{};
    std::string title{};  ///< keys of the text table
    std::string text{};
    bool with_host = false;   ///< and how to reach the host
    bool is_booking = false;  ///< the page is what a booking ends on
    std::string reason{};     ///< for cancelling, as it was typed
    std::string reason_error{};
  };
  struct Refused {  ///< a move that was tried
    BookingResult answer{};
    std::optional<Instant> start{};
    std::string timezone{};
  };
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);
  crm::sdk::Response details_html(int status, const ManagedMeeting& managed, const std::string& token,
                                  const PageNotice& page_notice);
  View notice_view(const ManagedMeeting& managed, const PageNotice& page_notice) const;
  View booked_view(const ManagedMeeting& managed, const std::string& token);
  View changes_view(const ManagedMeeting& managed, const std::string& token, bool is_over) const;
  View refused_move_view(const SpokenZone& zone, const CalendarQuery& query, const BookingResult& refused) const;
  crm::sdk::Response move_page(int status, const ManagedMeeting& managed, const crm::sdk::Request& request,
                               const Refused& refused);
  SlotsIn slots_for(const MeetingDetails& details) const;
  crm::sdk::Response cancel_form(const crm::sdk::Request& request);
  crm::sdk::Response reschedule_form(const crm::sdk::Request& request);
  /// The page after a POST: how things stand now, under `said`.
  crm::sdk::Response page_after(int status, const crm::sdk::Request& request, const PageNotice& page_notice);

  Parts parts_;
};

}  // namespace scheduling
