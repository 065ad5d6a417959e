#pragma once
/// A booking against the database, in three steps: open, prepare, commit. Each costs one round trip, however many
/// hosts and rows it touches; the third travels together with COMMIT.
///
/// Use the steps in this order, inside one writing transaction. The hosts' locks are held until it ends.
/// Locks are taken in one order everywhere, so that no two transactions wait for each other: hosts by ascending id,
/// then the attendee's address, then what is counted (networks, pages, recipients) in the order of its locks' numbers.
/// Whoever holds one of the later ones must not ask for an earlier one.
/// Errors: those of the database. Source: behaviour B-6, B-7; ADR 0008.
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"

namespace scheduling {

/// A host whose calendar nobody else changes until the transaction ends.
struct LockedHost {
  Person person;
  CalendarUpdate update;  ///< what memory has is true if it has this version
};

/// What public bookings used up under `key` since an instant, up to now. Keys name a network, a page or a recipient.
struct UseQuestion {
  std::string key{};
  Instant since{};
};
struct Use {
  std::int64_t bookings = 0;
  std::int64_t mails = 0;
};

/// What is asked about the person who books, and about what they used up.
struct AttendeeQuestions {
  std::string email{};                     ///< as typed; it is locked, so that two bookings make one contact
  std::string key{};                       ///< EmailAddress::key()
  std::int64_t open_meetings_counted = 0;  ///< no more than these are counted
  std::vector<std::string> recipients{};   ///< addresses that may be users' of the CRM
  std::vector<UseQuestion> uses{};         ///< each locked until the transaction ends, so that no two count alike
  Instant now{};
};

struct OpenedBooking {
  std::vector<LockedHost> hosts{};            ///< in the order asked for
  std::vector<Contact> contacts{};            ///< those with the attendee's address, lowest id first
  std::int64_t open_meetings = 0;             ///< of the attendee's address, scheduled or pending and not over
  bool is_known_address = false;              ///< it had a meeting that was confirmed
  std::vector<std::string> user_addresses{};  ///< of the recipients asked for
  std::vector<Use> uses{};                    ///< in the order asked for
};

/// The contact that a booking belongs to.
struct ContactChoice {
  std::optional<ContactId> known{};  ///< none: a new one is made
  UserId owner{};                    ///< of a new one
  TextFields fields{};               ///< all of a new one's; a known one stays as it is
  bool is_postponed = false;         ///< the address is not proved yet: no contact for now
};

struct PreparedBooking {
  MeetingId meeting{};
  std::optional<ContactId> contact{};
};

class BookingStore {
 public:
  virtual ~BookingStore() = default;
  /// Waits for everybody else who books on these hosts or changes their rules, then reads hosts and contacts.
  /// `attendee`: null asks for the hosts alone. `not_found` for an unknown host.
  virtual Result<OpenedBooking> open(std::span<const HeldCalendar> hosts, const AttendeeQuestions* attendee) = 0;
  /// When fewer than `max` bookings will stand under that key since `question.since`; none: they do so now.
  virtual Result<std::optional<Instant>> next_room(const UseQuestion& question, std::int64_t max, Instant now) = 0;
  /// Gives the meeting its id, and makes the contact where there is none. `invalid_input` with the CRM's message when a
  /// hook of the CRM refuses the contact.
  virtual Result<PreparedBooking> prepare(const ContactChoice& contact) = 0;
  /// Instead of prepare(), when a meeting is rescheduled: the old half leaves the host's time, so that the new one may
  /// overlap it, and the new one gets its id. None when the old half is no longer what `old_half.from` says.
  virtual Result<std::optional<MeetingId>> release(const StatusChange& old_half) = 0;
  /// Writes the meeting, everything in it and the contact's activity. It is the last call of the transaction, and what
  /// refuses it is what Transactions::in_transaction() returns: `slot_taken` when the time of one of the hosts is not
  /// free after all; `conflict` naming "idempotency_key" when another transaction just used that key.
  virtual Done commit(const NewMeeting& meeting, const std::optional<MeetingActivity>& activity) = 0;
  /// Instead of commit(), for a meeting that waited for its attendee to prove their address; false when it does not
  /// wait any more.
  virtual Result<bool> verify(const VerifiedMeeting& meeting, const MeetingActivity& activity) = 0;
  /// What was used up before that instant counts no more, and is not kept.
  virtual Done forget_uses(Instant before) = 0;
};

}  // namespace scheduling
