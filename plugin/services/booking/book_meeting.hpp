#pragma once
/// How a public booking is made: target, lock, check, contact, commit.
///
/// Three round trips for a personal page (ADR 0008), one more where a team takes turns: BookingStore's open, prepare
/// and commit; what public bookings used up is read and written with them. Page, type and calendar come from memory and
/// count only while the versions read under the lock say that they are still true; otherwise they are read again.
/// Thread: any. Source: behaviour B-3, B-7.
#include <optional>
#include <vector>

#include "plugin/core/booking/meeting_clocks.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/services/assignment/target_lock.hpp"
#include "plugin/services/booking/booking_admission.hpp"
#include "plugin/services/booking/booking_commands.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/invitations/invitations.hpp"

namespace scheduling {

class BookMeeting {
 public:
  explicit BookMeeting(const BookingParts& parts)
      : parts_(parts),
        target_lock_({parts.calendars, parts.targets, parts.availability}),
        invitations_(parts.transactions, parts.availability, parts.tokens, parts.clock) {}
  BookingResult book(const BookingCommand& command);
  const Invitations& invitations() const { return invitations_; }
  Result<std::string> fresh_form_key();
  Result<std::optional<std::string>> find_by_form(std::string_view page_slug, std::string_view type_slug,
                                                  std::string_view key);

 private:
  struct Checked {
    Instant start{};
    ZoneId timezone = ZoneId::utc();
    AttendeeDetails attendee;
    std::optional<Location> location{};
    std::optional<MeetingClocks> clocks{};
    std::optional<BrokenCalendarAction> unreadable{};
  };
  Done has_room(Transaction& transaction, const BookingCommand& command, const MeetingDetails& details,
                const BookingAdmission& admission);
  Result<Booking> book_in_turn(const BookingCommand& command);
  /// Whom the booking asks for, and who was invited.
  struct Wanted {
    HostWish hosts;
    MeetingTypeId type{};              ///< of the invitation
    std::optional<Contact> contact{};  ///< of the invitation: the booking is theirs, whatever address was typed
  };
  Result<Booking> book_in(Transaction& transaction, const BookingCommand& command, const Wanted& wanted);
  Result<BookingTargetPtr> target_of(const BookingCommand& command);
  Result<std::optional<UserId>> owner_first(const BookingCommand& command, const BookingTarget& target);
  Done invite(Transaction& transaction, const BookingCommand& command, const BookingTarget* target,
              Wanted& wanted) const;
  Result<std::optional<Booking>> repeated(Transaction& transaction, const MeetingDetails& details,
                                          const BookingCommand& command);
  Result<Checked> check(const BookingCommand& command, const SchedulingPage& page, const MeetingType& type) const;
  Result<Booking> insert_booking(Transaction& transaction, const BookingCommand& command, MeetingDetails details,
                                 const Checked& checked, const LockedTarget& locked, const DecidedHosts& decided,
                                 const BookingAdmission& admission, const Wanted& wanted);
  std::vector<Instant> alternatives_for(const BookingCommand& command);

  BookingParts parts_;
  TargetLock target_lock_;
  Invitations invitations_;
};

}  // namespace scheduling
