#pragma once
/// The ledger of a team page's turn: what each booking credited to its candidates, and who paid for it.
///
/// A page's bookings wait for each other under its lock, which comes before the locks of hosts (see BookingStore).
/// Cancelling a meeting and recording a no-show take its entries back in the database itself, whoever does it.
/// Errors: those of the database. Source: behaviour B-10; ADR 0033.
#include <optional>
#include <span>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"

namespace scheduling {

/// What a member's standing entries sum up to.
struct MemberTurn {
  UserId user{};
  double credits = 0;
  std::int64_t meetings = 0;       ///< paid for
  std::int64_t eligible = 0;       ///< bookings in which the member was a candidate
  std::int64_t last_assigned = 0;  ///< rises with every assignment; 0: none that stands

  double balance() const { return credits - static_cast<double>(meetings); }
};

/// What a team's booking is decided on, as it was under the page's lock.
struct OpenedTurn {
  std::vector<CalendarUpdate> calendars{};  ///< in the order asked for; the hosts are not locked
  std::vector<MemberTurn> members{};        ///< everybody whom the page names, by user id
};

class TurnRepository {
 public:
  virtual ~TurnRepository() = default;
  /// Waits for everybody else who books on that page. One round trip.
  virtual Result<OpenedTurn> open(PageId page, std::span<const HeldCalendar> calendars) = 0;
  /// The lock alone; a failure to get it may be reported by the next call.
  virtual Done lock(PageId page) = 0;
  virtual Result<std::vector<MemberTurn>> members(PageId page) = 0;
  /// The payment of that chain of moves goes to `host`; who is no member of the page takes the whole booking out of the
  /// ledger. Nothing where the booking has no entries. Call lock() before.
  virtual Done move(MeetingId chain, UserId host) = 0;
  /// The last decision about each of these meetings, in their order; none: nothing was written down.
  virtual Result<std::vector<std::optional<AssignmentRecord>>> assignments(std::span<const MeetingId> meetings) = 0;
};

}  // namespace scheduling
