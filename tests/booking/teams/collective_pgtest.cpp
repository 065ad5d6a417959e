// A meeting with several hosts: all are free or nobody meets, each is told once, and any of them may handle it.
#include <map>

#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

struct Collective : TeamWorld {
  UserId mo;
  void SetUp() override {
    mo = add_member("mo", new_york_office_hours("10:00", "18:00"));
    make_team("collective", {{rosa()}, {mo}});
  }
};

const std::string k_nine = "2025-01-14T14:00:00Z";
const std::string k_ten = "2025-01-14T15:00:00Z";

// EVIDENCE: B-10.1
TEST_F(Collective, IsOfferedAndBookedWhereAllAreFree) {
  EXPECT_FALSE(lists(listed(world.wiring()), k_nine.c_str()));
  EXPECT_EQ(refused(k_nine), Code::outside_rules);
  const Meeting meeting = book(k_ten);
  EXPECT_EQ(hosts_of(meeting), (std::vector<UserId>{rosa(), mo}));
  EXPECT_EQ(world.sql("SELECT string_agg(user_id::text, ',' ORDER BY user_id) FROM meeting_hosts WHERE is_live"),
            std::to_string(rosa().value) + "," + std::to_string(mo.value));
  const AssignmentRecord record = assignment_of(meeting.id);
  EXPECT_EQ(record.reason, AssignmentReason::collective);
  EXPECT_EQ(considered_text(record, mo), "chosen collective");
  EXPECT_EQ(refused(k_ten), Code::slot_taken);
  EXPECT_FALSE(lists(listed(world.wiring()), k_ten.c_str()));
  EXPECT_EQ(world.sql("SELECT count(*) FROM turn_entries"), "0");
}

TEST_F(Collective, EachHostGetsTheirMailOnceAndMayHandleTheMeeting) {
  const Meeting meeting = book(k_ten);
  EXPECT_EQ(world.sql("SELECT string_agg(recipient, ',' ORDER BY recipient) FROM outbox WHERE kind = 'mail_booked'"),
            "ada@prospect.test,mo@example.test,rosa@example.test");
  world.wiring().jobs.deliver_mail.run({});
  std::string readers;
  for (const Posted& mail : world.post_office().take()) readers += mail.to + ",";
  EXPECT_EQ(std::ranges::count(readers, ','), 3) << readers;
  EXPECT_NE(readers.find("mo@example.test"), std::string::npos);
  const Actor mos{mo, false, "America/New_York"};
  EXPECT_EQ(world.booking().list(mos, {}, std::nullopt, 10).value().size(), 1U);
  EXPECT_TRUE(world.booking().get(mos, meeting.id));
  ASSERT_TRUE(world.booking().cancel(mos, meeting.id, std::nullopt, "r"));
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_hosts WHERE is_live"), "0");
}

TEST_F(Collective, OneOfThemHandsOverAndTheOthersStay) {
  const UserId zoe = add_member("zoe");
  const Meeting meeting = book(k_ten);
  EXPECT_EQ(handover().reassign(admin(), meeting.id, {zoe, {}, "r"}).error().fields.front().field, "from_user_id");
  auto moved = handover().reassign(admin(), meeting.id, {zoe, mo, "r"});
  ASSERT_TRUE(moved) << moved.error().detail;
  EXPECT_EQ(hosts_of(*moved), (std::vector<UserId>{rosa(), zoe}));
  EXPECT_EQ(hosts_of(world.booking().get(world.rep(), meeting.id).value()), (std::vector<UserId>{rosa(), zoe}));
  EXPECT_FALSE(world.booking().get({mo, false, "UTC"}, meeting.id)) << "not Mo's any more";
  EXPECT_EQ(handover().reassign(admin(), meeting.id, {rosa(), zoe, "r"}).error().fields.front().field, "host_user_id");
}

// EVIDENCE: B-11.3
TEST_F(Collective, WhoMeetsAnotherHostIsTold) {
  const UserId zoe = add_member("zoe");
  const Meeting meeting = book(k_ten);
  world.wiring().jobs.deliver_mail.run({});
  world.post_office().take();
  const auto told = [&](UserId from, UserId to) {
    EXPECT_TRUE(handover().reassign(admin(), meeting.id, {to, from, "r"}));
    world.wiring().jobs.deliver_mail.run({});
    std::map<std::string, std::string> subjects;
    for (const Posted& mail : world.post_office().take()) subjects[mail.to] = header_in(mail, "Subject").substr(0, 13);
    return subjects;
  };
  // Not the first of the hosts.
  const auto second = told(mo, zoe);
  EXPECT_EQ(second.at("ada@prospect.test"), "Now with Rosa");
  EXPECT_EQ(second.at("rosa@example.test"), "Hosts changed");
  EXPECT_EQ(second.at("zoe@example.test"), "Hosts changed");
  EXPECT_EQ(second.at("mo@example.test"), "Handed over t");
  EXPECT_EQ(second.size(), 4U);
  const auto first = told(rosa(), mo);
  EXPECT_EQ(first.at("ada@prospect.test"), "Now with mo, ");
  EXPECT_EQ(first.size(), 4U);
}

TEST_F(Collective, AMoveNeedsAllOfThem) {
  const BookingResult booked = try_book(world.wiring(), k_ten, "ada@prospect.test");
  const auto move = [&](const std::string& start) {
    return world.booking().reschedule({booked.booking->token, start, std::nullopt, "r"});
  };
  EXPECT_EQ(move(k_nine).refusal.code, Code::outside_rules);
  const BookingResult moved = move("2025-01-14T16:00:00Z");
  ASSERT_TRUE(moved.booking) << moved.refusal.detail;
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_hosts WHERE is_live"), "2");
}

TEST_F(Collective, NobodyMeetsWithATeamOfNobody) {
  make_team("collective", {});
  EXPECT_TRUE(listed(world.wiring()).empty());
  EXPECT_EQ(refused(k_ten), Code::outside_rules);
}

}  // namespace
}  // namespace scheduling::test
