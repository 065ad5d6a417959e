// Two instances and forty people on one team page at once: nobody is met twice, counts are fair, and nothing deadlocks.
#include <atomic>
#include <thread>

#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

struct TeamCrowd : TeamWorld {
  std::string deadlocks() {
    return world.sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
};

struct Counts {
  std::atomic<int> booked{0};
  std::atomic<int> taken{0};
  std::atomic<int> other{0};
};

void count(Counts& counts, const BookingResult& result) {
  if (result.booking)
    ++counts.booked;
  else if (result.refusal.code == Code::slot_taken)
    ++counts.taken;
  else
    ++counts.other;
}

// EVIDENCE: B-10.2
TEST_F(TeamCrowd, FortyPeopleOnTwoInstancesFillATeamWithoutMeetingAnybodyTwice) {
  PageMembers members{{rosa()}};
  for (int i = 0; i < 4; ++i) members.push_back({add_member("m" + std::to_string(i))});
  make_team("round_robin", members);
  const std::string before = deadlocks();
  world.elsewhere();
  Counts counts;
  std::vector<std::thread> people;
  for (int i = 0; i < 40; ++i)
    people.emplace_back([&, i] {
      const std::string start = "2025-01-14T1" + std::to_string(4 + i % 6) + ":00:00Z";
      const std::string email = "p" + std::to_string(i) + "@prospect.test";
      count(counts, try_book(i % 2 == 0 ? world.wiring() : world.elsewhere(), start, email));
    });
  for (std::thread& each : people) each.join();
  // Six starts with five members: four of the starts are asked for by seven people, two by six.
  EXPECT_EQ(counts.booked, 30);
  EXPECT_EQ(counts.taken, 10);
  EXPECT_EQ(counts.other, 0);
  EXPECT_EQ(world.sql("SELECT count(*) FROM (SELECT user_id, start_time FROM meeting_hosts GROUP BY 1, 2 "
                      "HAVING count(*) > 1) AS twice"),
            "0");
  EXPECT_EQ(world.sql("SELECT min(meetings) || ' ' || max(meetings) FROM turn_balances"), "6 6");
  EXPECT_EQ(deadlocks(), before);
}

TEST_F(TeamCrowd, ATeamAndItsMembersOwnPagesShareTheirTime) {
  const UserId mo = add_member("mo");
  make_team("round_robin", {{rosa()}, {mo}});
  PagePatch own;
  own.slug = "mo";
  own.name = "Mo";
  own.timezone = "America/New_York";
  const Actor mos{mo, false, "America/New_York"};
  const auto page = world.wiring().scheduling.create_page(mos, own);
  ASSERT_TRUE(page);
  MeetingTypePatch type;
  type.page = page->id;
  type.name = "Call";
  type.slug = "call";
  type.duration_minutes = 30;
  ASSERT_TRUE(world.wiring().scheduling.create_type(mos, type));
  const std::string before = deadlocks();
  Counts counts;
  std::vector<std::thread> people;
  for (int i = 0; i < 30; ++i)
    people.emplace_back([&, i] {
      BookingCommand command = BookingWorld::request("2025-01-14T1" + std::to_string(4 + i % 5) + ":30:00Z",
                                                     "p" + std::to_string(i) + "@prospect.test");
      if (i % 3 == 0) command.page_slug = "mo";
      count(counts, (i % 2 == 0 ? world.wiring() : world.elsewhere()).booking.book(command));
    });
  for (std::thread& each : people) each.join();
  EXPECT_EQ(counts.booked, 10) << "two hosts, five starts, more people than that for each";
  EXPECT_EQ(counts.other, 0);
  EXPECT_EQ(deadlocks(), before);
}

}  // namespace
}  // namespace scheduling::test
