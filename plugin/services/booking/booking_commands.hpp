#pragma once
/// Commands and results of MeetingBookingService.
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// Where a public request came from. Nothing of it is kept for longer than 48 hours.
struct ClientOrigin {
  std::string network{};           ///< "192.0.2.0/24", "2001:db8:1:2::/64"; empty: nobody knows
  bool is_unknown_proxys = false;  ///< the network is that of a proxy which the CRM was not told to trust
};

/// A rep books for somebody: the rules of the type that protect from strangers do not bind them.
struct RepBooking {
  UserId user{};
  std::optional<UserId> host{};      ///< whom the rep names; none: the page's host, or the turn
  std::optional<Contact> contact{};  ///< whom it is for; none: found or made by the address
};

struct BookingCommand {
  std::string page_slug;
  std::string type_slug;
  std::string start;                    ///< as sent
  std::optional<std::string> timezone;  ///< as sent; absent: the page's
  AttendeeDetailsDraft attendee;
  std::string browser_language{};  ///< a language tag, for mails when the attendee names none; may be empty
  std::string idempotency_key;     ///< empty: none
  std::string request_id;
  ClientOrigin client{};
  std::string form_stamp{};             ///< of FormStamps; empty: no form was shown
  bool is_honeypot_filled = false;      ///< a field that people do not see
  bool has_consent = false;             ///< to the text that the meeting type shows
  std::optional<RepBooking> rep{};      ///< none: the public form
  std::optional<std::string> invite{};  ///< the token of an invitation, as sent
};

struct RescheduleCommand {
  std::string token;
  std::string start;
  std::optional<std::string> timezone;  ///< absent: it stays
  std::string request_id;
};

/// An accepted booking or reschedule.
struct Booking {
  MeetingDetails details;
  std::string token;         ///< of the manage link
  bool is_repeated = false;  ///< the key was used before: nothing new was made
};

/// Done, or why not. `alternatives` are free starts near the refused one, where has_alternatives() says so.
struct BookingResult {
  std::optional<Booking> booking;
  Error refusal;
  std::vector<Instant> alternatives;
};

/// What a manage link leads to.
struct ManagedMeeting {
  MeetingDetails details;
  Done may_cancel;  ///< too_late or conflict say why not
  Done may_reschedule;
};

}  // namespace scheduling
