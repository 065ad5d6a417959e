#pragma once
/// A rep books for a contact: any type that they may use, for themselves, a colleague, or whose turn it is.
///
/// The same transaction as a public booking, without what protects from strangers: minimum notice, required questions,
/// confirmation, limits of senders. Everything else binds.
/// Thread: any. Errors: not_found for a type that the rep may not use and for a contact that they may not see.
/// Source: behaviour B-10.
#include <optional>
#include <span>
#include <vector>

#include "plugin/services/actor.hpp"
#include "plugin/services/booking/book_meeting.hpp"
#include "plugin/services/booking/booking_parts.hpp"

namespace scheduling {

struct RepBookingDraft {
  MeetingTypeId type{};
  std::optional<ContactId> contact{};  ///< none: name and address say who it is for
  std::optional<UserId> host{};        ///< none: the page's host, or the turn
  BookingCommand booking{};            ///< start, zone, attendee and request id; the rest is filled in
};

/// A contact as the CRM shows it to `actor`; `not_found` naming `contact_id`.
Result<Contact> seen_contact(Transaction& transaction, const Actor& actor, ContactId id);

class RepBookings {
 public:
  explicit RepBookings(const BookingParts& parts) : parts_(parts), booking_(parts) {}
  BookingResult book(const Actor& actor, const RepBookingDraft& draft);
  /// The page and type of a type that the actor may use.
  Result<BookingTarget> target(const Actor& actor, MeetingTypeId type);
  Result<std::vector<TimeRange>> slots(const BookingTarget& target, std::optional<UserId> host, TimeRange window);

 private:
  Result<BookingCommand> command_of(const Actor& actor, const RepBookingDraft& draft);

  BookingParts parts_;
  BookMeeting booking_;
};

}  // namespace scheduling
