#pragma once
/// Page, type and hosts of a booking under their locks, and who of the hosts takes the start.
///
/// One way for all pages: a personal page has one candidate, who is locked at once; a collective meeting locks all of
/// its hosts by ascending id; a team that takes turns locks its page, chooses by what stands under that lock, and locks
/// the chosen host alone. The chosen host's calendar may have changed until that lock was there: then it is looked at
/// again, and where the host is no longer free the booking begins anew (`conflict`), with what is known by then. No
/// lock is waited for while one that comes later in the order is held. Thread: any. Source: behaviour B-7, B-10; ADR
/// 0033.
#include <optional>
#include <string_view>
#include <vector>

#include "plugin/core/assignment/host_choice.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/storage/turn_repository.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"
#include "plugin/services/availability/host_calendar_cache.hpp"

namespace scheduling {

/// What the lock works with. Everything in it must outlive whoever holds it.
struct AssignmentParts {
  HostCalendarCache& calendars;
  BookingTargetCache& targets;
  AvailabilityService& availability;
};

/// What a booking asks about whoever books, together with the hosts' locks.
class AttendeeInquiry {
 public:
  virtual ~AttendeeInquiry() = default;
  /// None: there is nobody to ask about.
  virtual std::optional<AttendeeQuestions> questions(PageId page) = 0;
  virtual void take(const AttendeeQuestions& asked, OpenedBooking& answers) = 0;
};

/// Whom a booking asks for.
struct HostWish {
  std::optional<UserId> owner{};  ///< who has the contact: goes before the turn where they are free
  std::optional<UserId> named{};  ///< this host alone, without the turn
  bool waives_notice = false;     ///< the minimum notice does not bind; a start in the past is refused all the same
  bool is_invited = false;        ///< `owner` is who has the contact that an invitation names
};

/// The target as it is under its hosts' locks, and what was read with it.
struct LockedTarget {
  BookingTargetPtr target;
  std::vector<LockedHost> hosts{};     ///< in the order of their ids; none: nobody can take the start
  std::vector<Contact> contacts{};     ///< with the attendee's address
  std::optional<HostChoice> choice{};  ///< by turn
  HostWish wish{};
};

/// Whose meeting it becomes, and what decides about their time.
struct DecidedHosts {
  HostChoice choice;
  std::vector<SlotContext> contexts;  ///< of the locked hosts, in their order; none when nobody can take the start
};

/// What decides about a start lies around it.
inline TimeRange moment_of(Instant start) {
  return {start, start + std::chrono::seconds{1}};
}
std::vector<TurnStanding> standings_of(std::span<const MemberTurn> members);

class TargetLock {
 public:
  explicit TargetLock(const AssignmentParts& parts) : parts_(parts) {}
  /// `start`: none where it could not be read, which is refused later. `conflict`: page or host changed meanwhile, and
  /// memory knows it now; begin the transaction anew.
  Result<LockedTarget> lock(Transaction& transaction, std::string_view page_slug, std::string_view type_slug,
                            std::optional<Instant> start, AttendeeInquiry& inquiry, const HostWish& wish = {}) const;
  Result<DecidedHosts> decide(Transaction& transaction, const LockedTarget& locked, Instant start) const;

 private:
  Result<LockedTarget> lock_personal(Transaction& transaction, BookingTargetPtr target, AttendeeInquiry& inquiry) const;
  Result<LockedTarget> lock_in_turn(Transaction& transaction, BookingTargetPtr target, std::optional<Instant> start,
                                    AttendeeInquiry& inquiry, const HostWish& wish) const;
  Result<LockedTarget> lock_hosts(Transaction& transaction, BookingTargetPtr target, std::span<const UserId> hosts,
                                  AttendeeInquiry& inquiry) const;
  Result<LockedTarget> open(Transaction& transaction, BookingTargetPtr target, std::span<const UserId> hosts,
                            AttendeeInquiry& inquiry) const;
  /// Reads the target into memory, for the attempt that follows. Always an Error.
  Error begin_anew(Transaction& transaction, const BookingTarget& target) const;

  AssignmentParts parts_;
};

/// The turn of a page, under its lock. None: the page is no longer as `target` has it.
Result<std::optional<HostChoice>> choose_by_ledger(Transaction& transaction, const AssignmentParts& parts,
                                                   const BookingTarget& target, Instant start, const HostWish& wish);

}  // namespace scheduling
