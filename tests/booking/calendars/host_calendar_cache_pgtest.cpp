// What is kept in memory about hosts never decides a booking once it is out of date, and is not listed for long.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "tests/booking/calendars/host_calendars.hpp"

namespace scheduling::test {
namespace {

TEST_F(HostCalendars, ABookingFollowsRulesThatChangedElsewhereAMomentAgo) {
  ASSERT_TRUE(world.elsewhere().availability.save(world.rep(), new_york_office_hours("12:00")));
  EXPECT_EQ(refused(k_tuesday_nine), Code::outside_rules);
}

TEST_F(HostCalendars, ABookingSeesAMeetingThatWasBookedElsewhereAMomentAgo) {
  ASSERT_TRUE(world.elsewhere().booking.book(BookingWorld::request(k_tuesday_nine, "bob@prospect.test")).booking);
  EXPECT_EQ(refused(k_tuesday_nine), Code::slot_taken);
}

TEST_F(HostCalendars, ABookingSeesExternalBusyTimeThatWasWrittenAMomentAgo) {
  connect_calendar();
  add_event("e", k_tuesday_nine, "1 hour");
  EXPECT_EQ(refused(k_tuesday_nine), Code::slot_taken);
}

TEST_F(HostCalendars, ABookingReadsATypeAgainThatChangedElsewhere) {
  MeetingTypePatch asks;
  asks.questions = std::vector<QuestionDraft>{{"why", "Why?", "text", true, {}}};
  ASSERT_TRUE(world.elsewhere().scheduling.update_type(world.rep(), world.call(), asks));
  EXPECT_EQ(refused(k_tuesday_nine), Code::invalid_input);
  MeetingTypePatch closes;
  closes.is_active = false;
  ASSERT_TRUE(world.elsewhere().scheduling.update_type(world.rep(), world.call(), closes));
  EXPECT_EQ(refused(k_tuesday_nine), Code::not_found);
}

TEST_F(HostCalendars, ABookingFollowsASlugToItsNewOwner) {
  const Actor otto = add_host("otto");
  Wiring& elsewhere = world.elsewhere();
  ASSERT_TRUE(elsewhere.scheduling.archive_page(world.rep(), world.page_id()));
  ASSERT_TRUE(elsewhere.scheduling.release_slug("rosa"));
  ASSERT_TRUE(elsewhere.availability.save(otto, new_york_office_hours()));
  PagePatch page_patch;
  page_patch.slug = "rosa";
  page_patch.name = "Otto";
  const auto page = elsewhere.scheduling.create_page(otto, page_patch);
  ASSERT_TRUE(page);
  MeetingTypePatch type_patch;
  type_patch.page = page->id;
  type_patch.name = "Call";
  type_patch.slug = "call";
  type_patch.duration_minutes = 60;
  ASSERT_TRUE(elsewhere.scheduling.create_type(otto, type_patch));
  const BookingResult answer = world.booking().book(BookingWorld::request(k_tuesday_nine));
  ASSERT_TRUE(answer.booking) << name_of(answer.refusal.code);
  EXPECT_EQ(answer.booking->details.meeting.host, otto.id);
  EXPECT_EQ(answer.booking->details.meeting.time.length(), std::chrono::minutes{60});
}

TEST_F(HostCalendars, OnesOwnChangesAreListedAtOnce) {
  const Booking booked = world.book(k_tuesday_nine);
  EXPECT_FALSE(lists(listed(world.wiring()), k_tuesday_nine));
  ASSERT_TRUE(world.booking().cancel_by_link(booked.token, {}, "r"));
  EXPECT_TRUE(lists(listed(world.wiring()), k_tuesday_nine));
  ASSERT_TRUE(world.wiring().availability.add_override(world.rep(), {"2025-01-14", false, {}, {}, {}}));
  EXPECT_FALSE(lists(listed(world.wiring()), k_tuesday_nine));
}

TEST_F(HostCalendars, ChangesElsewhereAreListedSoon) {
  ASSERT_TRUE(world.elsewhere().booking.book(BookingWorld::request(k_tuesday_nine, "bob@prospect.test")).booking);
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(world.wiring()), k_tuesday_nine); }));
  world.sql("UPDATE meeting_types SET is_active = false");  // whoever writes it
  EXPECT_TRUE(becomes_true([&] { return listed(world.wiring()).empty(); }));
}

TEST_F(HostCalendars, AChangeThatCommitsLateIsNotMissed) {
  Wiring& wiring = world.wiring();
  auto slow = wiring.crm.database.acquire();
  ASSERT_TRUE(slow && (*slow)->begin());
  ASSERT_TRUE((*slow)->run({"late_change", "UPDATE availability_rules SET start_time = '12:00'"}));
  // Others write, commit and are asked about, more than once, while it has still not committed.
  for (const char* name : {"otto", "olga", "omar"}) {
    ASSERT_TRUE(wiring.availability.save(add_host(name), new_york_office_hours()));
    EXPECT_TRUE(lists(listed(wiring), k_tuesday_nine));
  }
  ASSERT_TRUE((*slow)->commit());
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(wiring), k_tuesday_nine); }));
}

TEST_F(HostCalendars, WhatIsKeptIsWhatIsStored) {
  connect_calendar();
  std::mt19937 random(20250114);
  const auto any_of = [&](const auto& items) { return items[random() % items.size()]; };
  std::vector<std::string> tokens;
  for (unsigned step = 0; step < 100; ++step) {
    Wiring& by = random() % 3 == 0 ? world.elsewhere() : world.wiring();
    const auto free = stored(world.wiring());
    ASSERT_FALSE(free.empty());
    const std::string start = format_instant(any_of(free).start());
    const unsigned what = tokens.empty() ? 0 : random() % 8;
    bool is_by_sql = false;
    if (what <= 2) {
      const auto answer = by.booking.book(BookingWorld::request(start, "p" + std::to_string(step) + "@x.test"));
      ASSERT_TRUE(answer.booking) << step << ": listed and not booked, " << name_of(answer.refusal.code);
      tokens.push_back(answer.booking->token);
    } else if (what == 3) {
      by.booking.cancel_by_link(any_of(tokens), {}, "r");
    } else if (what == 4) {
      by.booking.reschedule({any_of(tokens), start, {}, "r"});
    } else if (what == 5) {
      is_by_sql = true;
      add_event("e" + std::to_string(step), start, std::to_string(random() % 3 * 20 + 5) + " minutes");
    } else if (what == 6) {
      is_by_sql = true;
      world.sql(random() % 2 == 0 ? "DELETE FROM external_busy WHERE id = (SELECT max(id) FROM external_busy)"
                                  : "UPDATE external_busy SET end_time = end_time + interval '25 minutes' "
                                    "WHERE id = (SELECT min(id) FROM external_busy)");
    } else {
      const auto buffer = static_cast<std::int64_t>(random() % 4 * 5);
      AvailabilityPatch patch;
      patch.buffer_after_minutes = buffer;
      ASSERT_TRUE(by.availability.save(world.rep(), patch));
    }
    const auto now_stored = stored(world.wiring());
    if (&by == &world.wiring() && !is_by_sql)
      ASSERT_EQ(listed(world.wiring()), now_stored) << "step " << step;
    else
      ASSERT_TRUE(becomes_true([&] { return listed(world.wiring()) == now_stored; })) << "step " << step;
  }
  EXPECT_GT(tokens.size(), 20U);
  EXPECT_GT(world.wiring().calendars.counts().followed, 10U) << "what others changed was followed";
}

TEST_F(HostCalendars, ManyReadersAndWritersAtOnceLeaveNothingStale) {
  std::atomic<int> booked = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned worker = 0; worker < 6; ++worker)
      threads.emplace_back([&, worker] {
        std::mt19937 random(worker);
        Wiring& by = worker % 3 == 0 ? world.elsewhere() : world.wiring();
        for (unsigned round = 0; round < 12; ++round) {
          const auto free = listed(by);
          if (free.empty()) continue;
          const std::string start = format_instant(free[random() % free.size()].start());
          const std::string email = std::to_string(worker) + "." + std::to_string(round) + "@x.test";
          const auto answer = by.booking.book(BookingWorld::request(start, email));
          if (answer.booking) ++booked;
          if (answer.booking && round % 3 == 0) by.booking.cancel_by_link(answer.booking->token, {}, "r");
        }
      });
  }
  EXPECT_GT(booked, 20);
  // Whoever wrote last, the other one follows within a second.
  EXPECT_TRUE(becomes_true([&] { return listed(world.wiring()) == stored(world.wiring()); }));
  EXPECT_TRUE(becomes_true([&] { return listed(world.elsewhere()) == stored(world.wiring()); }));
  EXPECT_EQ(
      world.sql(
          "SELECT count(*) FROM meeting_hosts a JOIN meeting_hosts b ON a.meeting_id < b.meeting_id AND a.is_live "
          "AND b.is_live AND a.start_time < b.end_time AND b.start_time < a.end_time"),
      "0");
}

TEST_F(HostCalendars, MemoryIsBounded) {
  constexpr std::size_t k_bytes = 20'000;
  Wiring& wiring = world.wiring();
  HostVersionPoller versions(wiring.transactions, wiring.settings);
  HostCalendarCache small(wiring.transactions, versions, wiring.zones, wiring.clock, wiring.settings, k_bytes);
  AvailabilityService availability(wiring.transactions, small, wiring.zones, wiring.clock, wiring.settings);
  const MeetingType type = wiring.scheduling.public_type("rosa", "call").value().type;
  const std::size_t expected = listed(wiring).size();
  std::vector<UserId> hosts;
  for (int i = 0; i < 40; ++i) {
    const Actor host = add_host("host" + std::to_string(i));
    ASSERT_TRUE(wiring.availability.save(host, new_york_office_hours()));
    hosts.push_back(host.id);
  }
  std::size_t bytes_max = 0;
  for (int round = 0; round < 2; ++round)
    for (const UserId host : hosts) {
      ASSERT_EQ(availability.slots(type, host, week()).value().size(), expected);
      bytes_max = std::max(bytes_max, small.bytes());
    }
  EXPECT_LE(bytes_max, k_bytes);
  EXPECT_GT(bytes_max, k_bytes / 2) << "some are kept";
}

TEST_F(HostCalendars, ATeamPageListsItsMembersTimesAndFollowsWhoIsOne) {
  const Actor mo = add_host("Mo");
  ASSERT_TRUE(world.wiring().availability.save(mo, new_york_office_hours("09:00", "18:00")));
  world.book(k_tuesday_nine);
  const char* const at_five = "2025-01-14T22:00:00Z";  // 17:00 in New York, only Mo works then
  const std::string page = "(SELECT id FROM scheduling_pages WHERE slug = 'rosa')";
  world.sql("INSERT INTO page_members (scheduling_page_id, user_id) SELECT " + page + ", id FROM users WHERE id IN (" +
            std::to_string(world.rep().id.value) + ", " + std::to_string(mo.id.value) + ")");
  world.sql("UPDATE scheduling_pages SET assignment = 'round_robin' WHERE slug = 'rosa'");
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), at_five); }));
  EXPECT_TRUE(lists(listed(world.wiring()), k_tuesday_nine)) << "Mo is free then";
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
  EXPECT_EQ(refused("2025-01-14T22:30:00Z"), Code::broken) << "what is listed books";

  world.sql("UPDATE scheduling_pages SET assignment = 'collective' WHERE slug = 'rosa'");
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(world.wiring()), at_five); }));
  EXPECT_FALSE(lists(listed(world.wiring()), k_tuesday_nine));
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));

  world.sql("UPDATE page_members SET is_active = false WHERE user_id = " + std::to_string(world.rep().id.value));
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), at_five); })) << "Mo is the team";
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
}

}  // namespace
}  // namespace scheduling::test
