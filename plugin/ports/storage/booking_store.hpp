#pragma once
/// A booking against the database, in three steps: open, prepare, commit. Each costs one round trip, however many
/// hosts and rows it touches; the third travels together with COMMIT.
///
/// Use the steps in this order, inside one writing transaction. The hosts' locks are held until it ends.
/// Locks are taken in one order everywhere, so that no two transactions wait for each other: hosts by ascending id,
/// then the attendee's address. Whoever holds an address lock must not ask for a host.
/// Errors: those of the database. Source: behaviour B-6, B-7; ADR 0008.
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"

namespace scheduling {

/// A host whose calendar nobody else changes until the transaction ends.
struct LockedHost {
  Person person;
  HostVersion version;  ///< what is in memory is true if it has this version
};

struct OpenedBooking {
  std::vector<LockedHost> hosts{};  ///< in the order asked for
  std::vector<Contact> contacts{};  ///< those with the attendee's address, lowest id first
};

/// The contact that a booking belongs to.
struct ContactChoice {
  std::optional<ContactId> known{};  ///< none: a new one is made
  UserId owner{};                    ///< of a new one
  TextFields fields{};               ///< all of a new one's; added to a known one's, empty: it stays as it is
};

struct PreparedBooking {
  MeetingId meeting{};
  ContactId contact{};
};

class BookingStore {
 public:
  virtual ~BookingStore() = default;
  /// Waits for everybody else who books on these hosts or changes their rules, then reads hosts and contacts.
  /// `email`: the attendee's address; it is locked, so that two bookings by one stranger make one contact. None: no
  /// contacts are read. `not_found` for an unknown host.
  virtual Result<OpenedBooking> open(std::span<const UserId> hosts, std::optional<std::string_view> email) = 0;
  /// Gives the meeting its id, and makes or fills the contact. `invalid_input` with the CRM's message when a hook of
  /// the CRM refuses the contact.
  virtual Result<PreparedBooking> prepare(const ContactChoice& contact) = 0;
  /// Instead of prepare(), when a meeting is rescheduled: the old half leaves the host's time, so that the new one may
  /// overlap it, and the new one gets its id. None when the old half is no longer what `old_half.from` says.
  virtual Result<std::optional<MeetingId>> release(const StatusChange& old_half) = 0;
  /// Writes the meeting, everything in it and the contact's activity. It is the last call of the transaction, and what
  /// refuses it is what Transactions::in_transaction() returns: `slot_taken` when the time of one of the hosts is not
  /// free after all; `conflict` naming "idempotency_key" when another transaction just used that key.
  virtual Done commit(const NewMeeting& meeting, const std::optional<MeetingActivity>& activity) = 0;
};

}  // namespace scheduling
