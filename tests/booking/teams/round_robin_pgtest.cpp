// A team that takes turns: who gets a booking, why, and what the ledger then says.
#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

struct RoundRobin : TeamWorld {};

// Tuesday, 14 January 2025: 9:00 in New York is 14:00 in UTC.
const std::string k_nine = "2025-01-14T14:00:00Z";
const std::string k_half_past_nine = "2025-01-14T14:30:00Z";
const std::string k_five = "2025-01-14T22:00:00Z";

// EVIDENCE: B-10.2
TEST_F(RoundRobin, OffersWhatOneMemberCanTakeAndGivesItToWhoseTurnItIs) {
  const UserId mo = add_member("mo", new_york_office_hours("09:00", "18:00"));
  make_team("round_robin", {{rosa()}, {mo}});
  EXPECT_TRUE(lists(listed(world.wiring()), k_five.c_str())) << "Mo alone is open then";
  const Meeting first = book(k_nine, "a@prospect.test");
  EXPECT_EQ(first.host, rosa()) << "level, equal priority, nobody had one: the lowest id";
  const AssignmentRecord record = assignment_of(first.id);
  EXPECT_EQ(record.strategy, Assignment::round_robin);
  EXPECT_EQ(record.reason, AssignmentReason::lowest_id);
  EXPECT_EQ(considered_text(record, rosa()), "chosen lowest_id 0.50");
  EXPECT_EQ(considered_text(record, mo), "passed_over lowest_id 0.50");
  EXPECT_TRUE(lists(listed(world.wiring()), k_nine.c_str())) << "Mo is free";
  const Meeting second = book(k_nine, "b@prospect.test");
  EXPECT_EQ(second.host, mo);
  EXPECT_EQ(assignment_of(second.id).reason, AssignmentReason::turn) << "a lone candidate";
  EXPECT_EQ(considered_text(assignment_of(second.id), rosa()), "skipped busy_meeting");
  EXPECT_EQ(refused(k_nine), Code::slot_taken);
  EXPECT_EQ(refused("2025-01-14T03:00:00Z"), Code::outside_rules);
  // Rosa: 1/2 - 1; Mo: 1/2 + 1 - 1.
  EXPECT_DOUBLE_EQ(balance(rosa()), -0.5);
  EXPECT_DOUBLE_EQ(balance(mo), 0.5);
}

TEST_F(RoundRobin, WeighsPrioritiesAndBreaksTiesByWhoWaitedLongest) {
  const UserId mo = add_member("mo");
  make_team("round_robin", {{rosa(), 3}, {mo, 1}});
  std::string hosts;
  for (int i = 0; i < 8; ++i) {
    const std::string start = "2025-01-1" + std::to_string(4 + i / 4) + "T1" + std::to_string(5 + i % 4) + ":00:00Z";
    hosts += book(start, "p" + std::to_string(i) + "@prospect.test").host == mo ? 'm' : 'r';
  }
  EXPECT_EQ(std::ranges::count(hosts, 'm'), 2) << hosts;
  make_team("round_robin", {{rosa(), 1, 0}, {mo, 1, 5}});
  const Meeting meeting = book("2025-01-16T15:00:00Z");
  EXPECT_EQ(meeting.host, mo);
  EXPECT_EQ(assignment_of(meeting.id).reason, AssignmentReason::priority);
  make_team("round_robin", {{rosa(), 1, 0}, {mo, 1, 0}});
  EXPECT_EQ(book("2025-01-16T16:00:00Z").host, rosa());
  const Meeting waited = book("2025-01-16T17:00:00Z");
  EXPECT_EQ(waited.host, mo) << "level again, and Rosa's was last";
  EXPECT_EQ(assignment_of(waited.id).reason, AssignmentReason::least_recent);
}

TEST_F(RoundRobin, GivesTheTurnBackForWhatDoesNotTakePlace) {
  const UserId mo = add_member("mo");
  make_team("round_robin", {{rosa()}, {mo}});
  const Meeting first = book(k_nine, "a@prospect.test");
  ASSERT_EQ(first.host, rosa());
  ASSERT_TRUE(world.booking().cancel(world.rep(), first.id, std::nullopt, "r"));
  EXPECT_DOUBLE_EQ(balance(rosa()), 0);
  EXPECT_DOUBLE_EQ(balance(mo), 0);
  EXPECT_EQ(book(k_nine, "b@prospect.test").host, rosa()) << "a cancelled meeting does not stand";
  const Meeting missed = book(k_half_past_nine, "c@prospect.test");
  EXPECT_EQ(missed.host, mo);
  world.set_now("2025-01-14T20:00:00Z");
  const Actor mos{mo, false, "America/New_York"};
  ASSERT_TRUE(world.booking().record_outcome(mos, missed.id, MeetingStatus::no_show, "r"));
  EXPECT_DOUBLE_EQ(balance(rosa()), -0.5);
  EXPECT_DOUBLE_EQ(balance(mo), 0.5);
  ASSERT_TRUE(world.booking().record_outcome(mos, missed.id, MeetingStatus::completed, "r"));
  EXPECT_DOUBLE_EQ(balance(rosa()), 0) << "it took place after all";
}

TEST_F(RoundRobin, AHandOverMovesThePaymentAndLeavesTheCredits) {
  const UserId mo = add_member("mo");
  const UserId zoe = add_member("zoe");
  make_team("round_robin", {{rosa()}, {mo}});
  const Meeting meeting = book(k_nine);
  ASSERT_EQ(meeting.host, rosa());
  auto moved = handover().reassign(world.rep(), meeting.id, {mo, {}, "r"});
  ASSERT_TRUE(moved) << moved.error().detail;
  EXPECT_EQ(moved->host, mo);
  EXPECT_DOUBLE_EQ(balance(rosa()), 0.5);
  EXPECT_DOUBLE_EQ(balance(mo), -0.5);
  EXPECT_EQ(assignment_of(meeting.id).reason, AssignmentReason::reassigned);
  ASSERT_TRUE(handover().reassign(admin(), meeting.id, {zoe, {}, "r"})) << "no member";
  EXPECT_DOUBLE_EQ(balance(rosa()), 0);
  EXPECT_DOUBLE_EQ(balance(mo), 0);
  ASSERT_TRUE(handover().reassign(admin(), meeting.id, {mo, {}, "r"}));
  EXPECT_DOUBLE_EQ(balance(mo), 0) << "a meeting without entries gets none";
}

TEST_F(RoundRobin, SkipsWhoPausesOrLeftAndResetsNobody) {
  const UserId mo = add_member("mo");
  make_team("round_robin", {{rosa()}, {mo}});
  book(k_nine, "a@prospect.test");
  TeamPages pages(world.parts());
  const Actor mos{mo, false, "America/New_York"};
  ASSERT_TRUE(pages.set_membership(mos, world.page_id(), false));
  const Meeting alone = book(k_half_past_nine, "b@prospect.test");
  EXPECT_EQ(alone.host, rosa());
  EXPECT_EQ(considered_text(assignment_of(alone.id), mo), "skipped paused");
  EXPECT_DOUBLE_EQ(balance(mo), 0.5) << "earned nothing, lost nothing";
  ASSERT_TRUE(pages.set_membership(mos, world.page_id(), true));
  world.sql("UPDATE users SET is_active = false WHERE id = " + std::to_string(mo.value));
  ASSERT_TRUE(world.wiring().transactions.in_transaction(
      [&](Transaction& transaction) { return world.wiring().crm_events.user_changed(transaction, mo); }));
  const Meeting again = book("2025-01-14T15:00:00Z", "c@prospect.test");
  EXPECT_EQ(considered_text(assignment_of(again.id), mo), "skipped inactive_user");
  EXPECT_EQ(world.sql("SELECT is_active FROM scheduling_pages"), "t");
}

TEST_F(RoundRobin, ListsCandidatesForAHandOverWithTheReason) {
  const UserId mo = add_member("mo");
  const UserId zoe = add_member("zoe");
  make_team("round_robin", {{rosa()}, {mo}, {zoe, 1, 0, false}});
  const Meeting first = book(k_nine, "a@prospect.test");
  const Meeting second = book(k_nine, "b@prospect.test");
  ASSERT_NE(first.host, second.host);
  const auto candidates = handover().candidates(admin(), first.id).value();
  ASSERT_EQ(candidates.size(), 2U);
  EXPECT_EQ(candidates[0].person.id, mo);
  EXPECT_FALSE(candidates[0].is_free);
  EXPECT_EQ(candidates[0].reason, "busy_meeting");
  EXPECT_EQ(candidates[1].reason, "paused");
  EXPECT_EQ(handover().reassign(admin(), first.id, {mo, {}, "r"}).error().code, Code::slot_taken);
}

TEST_F(RoundRobin, TakesTheContactsOwnerFirstWhereTheTypeAsksForThem) {
  const UserId mo = add_member("mo", new_york_office_hours("09:00", "12:00"));
  make_team("round_robin", {{rosa()}, {mo}});
  world.add_contact(R"({"name":"Ada","email":"ada@prospect.test"})", crm::sdk::UserId{mo.value});
  EXPECT_EQ(book(k_nine).host, rosa()) << "off: the turn, and the lowest id";
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.owner_first = "prefer"; });
  const Meeting owners = book(k_half_past_nine);
  EXPECT_EQ(owners.host, mo);
  const AssignmentRecord record = assignment_of(owners.id);
  EXPECT_EQ(record.reason, AssignmentReason::owner);
  EXPECT_EQ(considered_text(record, rosa()), "passed_over owner");
  EXPECT_DOUBLE_EQ(balance(mo), 0.5) << "it does not count";
  EXPECT_EQ(book("2025-01-14T19:00:00Z").host, rosa()) << "the owner is not there";
  PagePatch counted;
  counted.rotation = Rotation{true};
  ASSERT_TRUE(world.wiring().scheduling.update_page(world.rep(), world.page_id(), counted));
  const double before = balance(mo);
  ASSERT_EQ(book("2025-01-14T15:00:00Z").host, mo);
  EXPECT_DOUBLE_EQ(balance(mo), before - 0.5) << "as if the turn had chosen";
}

TEST_F(RoundRobin, CostsOneRoundTripMoreThanAPersonalPage) {
  book(k_nine, "warm@prospect.test");
  world.take_round_trips();
  book(k_half_past_nine, "personal@prospect.test");
  EXPECT_EQ(world.take_round_trips(), 3);
  const UserId mo = add_member("mo");
  make_team("round_robin", {{rosa()}, {mo}});
  book("2025-01-14T15:00:00Z", "warm2@prospect.test");
  listed(world.wiring());
  world.take_round_trips();
  book("2025-01-14T15:30:00Z", "team@prospect.test");
  EXPECT_EQ(world.take_round_trips(), 4);
}

TEST_F(RoundRobin, AMoveKeepsTheHostUnlessTheTypeLetsOthersTakeOver) {
  const UserId mo = add_member("mo", new_york_office_hours("09:00", "18:00"));
  make_team("round_robin", {{rosa()}, {mo}});
  const BookingResult booked = try_book(world.wiring(), k_nine, "a@prospect.test");
  ASSERT_EQ(booked.booking->details.meeting.host, rosa());
  const auto move = [&](const std::string& start) {
    return world.booking().reschedule({booked.booking->token, start, std::nullopt, "r"});
  };
  const BookingResult kept = move(k_half_past_nine);
  ASSERT_TRUE(kept.booking);
  EXPECT_EQ(kept.booking->details.meeting.host, rosa());
  EXPECT_EQ(assignment_of(kept.booking->details.meeting.id).reason, AssignmentReason::rescheduled);
  EXPECT_DOUBLE_EQ(balance(rosa()), -0.5) << "the chain keeps its entries";
  EXPECT_EQ(move(k_five).refusal.code, Code::outside_rules);
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.reassign_on_reschedule = true; });
  const BookingResult moved = move(k_five);
  ASSERT_TRUE(moved.booking) << moved.refusal.detail;
  EXPECT_EQ(moved.booking->details.meeting.host, mo);
  EXPECT_EQ(assignment_of(moved.booking->details.meeting.id).reason, AssignmentReason::reassigned);
  EXPECT_DOUBLE_EQ(balance(rosa()), 0.5);
  EXPECT_DOUBLE_EQ(balance(mo), -0.5);
  ASSERT_TRUE(world.booking().cancel_by_link(booked.booking->token, std::nullopt, "r"));
  EXPECT_DOUBLE_EQ(balance(rosa()), 0);
  EXPECT_DOUBLE_EQ(balance(mo), 0);
}

}  // namespace
}  // namespace scheduling::test
