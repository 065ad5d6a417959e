#include "plugin/adapters/postgres/pg_turn_repository.hpp"

#include <algorithm>

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/pg_meeting_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/core/number_text.hpp"
#include "plugin/json/assignment_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::turn_repository;
using crm::sdk::RowReader;

/// First key of the two-key advisory locks on pages: "pag" in ASCII.
constexpr std::int64_t k_page_lock_class = 0x706167;

Result<MemberTurn> read_turn(RowReader& row) {
  MemberTurn turn;
  turn.user = UserId{row.next<std::int64_t>()};
  turn.credits = row.next<double>();
  turn.meetings = row.next<std::int64_t>();
  turn.eligible = row.next<std::int64_t>();
  turn.last_assigned = row.next<std::int64_t>();
  return turn;
}

struct OfMeeting {
  MeetingId meeting;
  AssignmentRecord record;
};

Result<OfMeeting> read_assignment(RowReader& row) {
  OfMeeting found{MeetingId{row.next<std::int64_t>()}, {}};
  const auto reason = assignment_reason_of(row.next<std::string_view>());
  if (!reason) return fail(Code::broken, "stored reason of an assignment is none");
  found.record.reason = *reason;
  const auto strategy = row.next_or_null<std::string_view>();
  found.record.strategy = assignment_of(strategy.value_or("personal")).value_or(Assignment::personal);
  if (const auto json = row.next_or_null<std::string_view>()) {
    auto considered = parse_considered(*json);
    if (!considered) return fail(std::move(considered.error()));
    found.record.considered = std::move(*considered);
  }
  found.record.at = row.next<Instant>();
  return found;
}

}  // namespace

/// One statement behind the other: what stands behind the lock sees what its former holder committed.
Result<OpenedTurn> PgTurnRepository::open(PageId page, std::span<const HeldCalendar> calendars) {
  session_.post(query::lock_page, {k_page_lock_class, page.value});
  const auto changes = post_calendar_changes(session_, calendars);
  const auto standings = session_.post(query::standings, {page.value});
  OpenedTurn opened;
  auto updates = collect_calendar_changes(session_, changes, calendars);
  if (!updates) return fail(std::move(updates.error()));
  opened.calendars = std::move(*updates);
  auto members = session_.all<MemberTurn>(session_.collect(standings), read_turn);
  if (!members) return fail(std::move(members.error()));
  opened.members = std::move(*members);
  return opened;
}

Done PgTurnRepository::lock(PageId page) {
  session_.post(query::lock_page, {k_page_lock_class, page.value});
  return {};
}

Result<std::vector<MemberTurn>> PgTurnRepository::members(PageId page) {
  return session_.all<MemberTurn>(session_.run(query::standings, {page.value}), read_turn);
}

Done PgTurnRepository::move(MeetingId chain, UserId host) {
  struct Unpaid {
    PageId page;
    bool is_standing;
    bool is_member;
  };
  auto unpaid =
      session_.one<Unpaid>(session_.run(query::unpay, {chain.value, host.value}), [](RowReader& row) -> Result<Unpaid> {
        const PageId page{row.next<std::int64_t>()};
        const bool is_standing = row.next<bool>();
        return Unpaid{page, is_standing, row.next<bool>()};
      });
  if (!unpaid) return fail(std::move(unpaid.error()));
  if (!*unpaid) return {};
  if (!(*unpaid)->is_member) return session_.execute(query::take_back, {chain.value});
  return session_.execute(query::pay, {chain.value, host.value, (*unpaid)->page.value, (*unpaid)->is_standing});
}

Result<std::vector<std::optional<AssignmentRecord>>> PgTurnRepository::assignments(
    std::span<const MeetingId> meetings) {
  std::vector<std::optional<AssignmentRecord>> records(meetings.size());
  if (meetings.empty()) return records;
  const std::string ids = array_text_of(meetings, [](MeetingId id) { return std::to_string(id.value); });
  auto found = session_.all<OfMeeting>(session_.run(query::assignments, {ids}), read_assignment);
  if (!found) return fail(std::move(found.error()));
  for (OfMeeting& each : *found) {
    const auto place = std::ranges::find(meetings, each.meeting);
    if (place != meetings.end()) records[static_cast<std::size_t>(place - meetings.begin())] = std::move(each.record);
  }
  return records;
}

void post_turn(PgSession& session, MeetingId chain, PageId page, const std::vector<TurnEntry>& entries) {
  if (entries.empty()) return;
  session.post(
      query::add,
      {chain.value, page.value, array_text_of(entries, [](const TurnEntry& e) { return std::to_string(e.user.value); }),
       array_text_of(entries, [](const TurnEntry& e) { return number_text(e.credit); }),
       array_text_of(entries, [](const TurnEntry& e) { return std::string(e.is_paid ? "t" : "f"); })});
}

}  // namespace scheduling
