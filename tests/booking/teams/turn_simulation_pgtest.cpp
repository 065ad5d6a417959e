// EVIDENCE: B-10.2
// Months of a team: random hours, shares and absences, bookings that are cancelled or to which nobody comes. Every
// choice is the definition's, and once what was taken back has been worked off each member is within one turn of their
// share of what they could have taken. TURN_BOOKINGS and TURN_SEED choose size and run; the seed is printed.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int k_members = 20;
constexpr int k_settling_min = 250;  ///< bookings without anything taken back, at the end

std::int64_t number_from(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoll(text, nullptr, 10) : otherwise;
}

struct SimulatedMember {
  UserId id;
  int weight = 1;
  int priority = 0;
  int opens = 9;    ///< hour of the day, UTC
  int closes = 17;  ///< likewise
  bool is_active = true;
  std::set<Instant> busy{};
  std::set<int> assigned{};  ///< numbers of the assignments that stand
  double expected = 0;       ///< the sum of the credits that stand
  int meetings = 0;
  int eligible = 0;
  double balance() const { return expected - meetings; }
};

struct SimulatedBooking {
  MeetingId meeting;
  Instant start;
  std::size_t host = 0;
  std::map<std::size_t, double> credits{};  ///< of its candidates, by their places
  int assigned = 0;
};

struct TurnSimulation : TeamWorld {
  std::mt19937_64 random;
  std::vector<SimulatedMember> members;
  std::vector<SimulatedBooking> bookings;  ///< those that stand
  Instant now = parse_instant("2025-01-13T00:00:00Z").value();
  int assignments = 0;
  int made = 0;

  int roll(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); }
  std::size_t place(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); }

  void hire() {
    PageMembers stored;
    const auto text = [](int hour) { return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00"; };
    for (int i = 0; i < k_members; ++i) {
      SimulatedMember member;
      member.opens = roll(6, 11);
      member.closes = roll(13, 20);
      member.weight = roll(1, 4);
      member.priority = roll(0, 1);
      AvailabilityPatch patch = new_york_office_hours(text(member.opens), text(member.closes));
      patch.timezone = "UTC";
      patch.minimum_notice_minutes = 0;
      member.id = add_member("m" + std::to_string(i), patch);
      stored.push_back({member.id, member.weight, member.priority, true});
      members.push_back(std::move(member));
    }
    make_team("round_robin", stored);
  }

  bool can_take(const SimulatedMember& member, Instant start) const {
    const auto day = std::chrono::floor<std::chrono::days>(start);
    const unsigned weekday = std::chrono::weekday{day}.c_encoding();
    const auto time = start - day;
    return member.is_active && weekday != 0 && weekday != 6 && time >= hours{member.opens} &&
           time + minutes{30} <= hours{member.closes} && !member.busy.contains(start);
  }
  std::map<std::size_t, double> credits_for(Instant start) const {
    std::map<std::size_t, double> credits;
    double sum = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!can_take(members[i], start)) continue;
      credits[i] = members[i].weight;
      sum += members[i].weight;
    }
    for (auto& [_, credit] : credits) credit /= sum;
    return credits;
  }
  /// By the four criteria of the definition, one after the other.
  std::size_t chosen_of(const std::map<std::size_t, double>& credits) const {
    const auto last = [](const SimulatedMember& one) { return one.assigned.empty() ? 0 : *one.assigned.rbegin(); };
    std::size_t best = credits.begin()->first;
    for (const auto& [each, credit] : credits) {
      const SimulatedMember& one = members[each];
      const SimulatedMember& other = members[best];
      const double ahead = one.balance() + credit - other.balance() - credits.at(best);
      const bool is_better = std::abs(ahead) > 1e-9           ? ahead > 0
                             : one.priority != other.priority ? one.priority > other.priority
                             : last(one) != last(other)       ? last(one) < last(other)
                                                              : one.id < other.id;
      if (is_better) best = each;
    }
    return best;
  }

  void book() {
    const Instant start = std::chrono::ceil<minutes>(now) + minutes{30} * roll(1, 240);
    const Instant on_grid = std::chrono::sys_seconds{(start.time_since_epoch() / minutes{30}) * minutes{30}};
    if (on_grid <= now) return;
    const auto credits = credits_for(on_grid);
    const std::string text = format_instant(on_grid);
    if (credits.empty()) return;
    const BookingResult result = try_book(world.wiring(), text, "p" + std::to_string(made) + "@prospect.test");
    ASSERT_TRUE(result.booking) << text << ": " << result.refusal.detail;
    const std::size_t host = chosen_of(credits);
    ASSERT_EQ(result.booking->details.meeting.host.value, members[host].id.value) << text;
    for (const auto& [each, credit] : credits) {
      members[each].expected += credit;
      ++members[each].eligible;
    }
    ++members[host].meetings;
    members[host].busy.insert(on_grid);
    members[host].assigned.insert(++assignments);
    bookings.push_back({result.booking->details.meeting.id, on_grid, host, credits, assignments});
    ++made;
  }

  /// A meeting that is ahead is cancelled; to one that has begun nobody came.
  void take_one_back() {
    if (bookings.empty()) return;
    const std::size_t which = place(bookings.size());
    const SimulatedBooking booking = bookings[which];
    const bool is_ahead = booking.start > now;
    auto done = is_ahead ? world.booking().cancel(admin(), booking.meeting, std::nullopt, "r")
                         : world.booking().record_outcome(admin(), booking.meeting, MeetingStatus::no_show, "r");
    ASSERT_TRUE(done) << done.error().detail;
    bookings.erase(bookings.begin() + static_cast<std::ptrdiff_t>(which));
    for (const auto& [each, credit] : booking.credits) {
      members[each].expected -= credit;
      --members[each].eligible;
    }
    SimulatedMember& host = members[booking.host];
    --host.meetings;
    host.assigned.erase(booking.assigned);
    if (is_ahead) host.busy.erase(booking.start);
  }

  void set_active(SimulatedMember& member, bool is_active) {
    if (member.is_active == is_active) return;
    member.is_active = is_active;
    ASSERT_TRUE(TeamPages(world.parts()).set_membership({member.id, false, "UTC"}, world.page_id(), is_active));
  }

  void compare() {
    const auto ledger = turn();
    ASSERT_EQ(ledger.size(), members.size());
    for (const MemberInTurn& one : ledger) {
      const SimulatedMember& member = *std::ranges::find(members, one.turn.user, &SimulatedMember::id);
      EXPECT_NEAR(one.turn.balance(), member.balance(), 1e-6);
      EXPECT_EQ(one.turn.meetings, member.meetings);
      EXPECT_EQ(one.turn.eligible, member.eligible);
    }
  }
};

TEST_F(TurnSimulation, EachIsWithinOneTurnOfTheirShare) {
  const auto count = static_cast<int>(number_from("TURN_BOOKINGS", 400));
  const auto seed = static_cast<std::uint64_t>(number_from("TURN_SEED", std::random_device{}()));
  std::cout << "seed " << seed << ", " << count << " bookings\n";
  SCOPED_TRACE("seed " + std::to_string(seed));
  random.seed(seed);
  hire();
  const int settling = std::max(k_settling_min, count / 10);
  while (made < count && !HasFatalFailure()) {
    now += minutes{roll(0, 22)};
    world.set_now(format_instant(now));
    const bool is_settling = made >= count - settling;
    const int what = is_settling ? 0 : roll(0, 99);
    if (is_settling)
      for (SimulatedMember& member : members) set_active(member, true);
    if (what < 85)
      book();
    else if (what < 95)
      take_one_back();
    else if (SimulatedMember& member = members[place(members.size())]; !member.is_active || roll(0, 1) == 1)
      set_active(member, !member.is_active);
    if (made % 250 == 0) compare();
  }
  compare();
  for (const SimulatedMember& member : members)
    EXPECT_LT(std::abs(member.balance()), 1) << member.meetings << " meetings, a share of " << member.expected;
}

}  // namespace
}  // namespace scheduling::test
