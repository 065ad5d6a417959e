// What is kept in memory about hosts never decides a booking once it is out of date, and is not listed for long.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_nine = "2025-01-14T14:00:00Z";  // Tuesday, 9:00 in New York

TimeRange week() {
  return {parse_instant("2025-01-13T00:00:00Z").value(), parse_instant("2025-01-20T00:00:00Z").value()};
}

std::vector<TimeRange> slots_of(SchedulingService& scheduling, AvailabilityService& availability) {
  const auto found = scheduling.public_type("rosa", "call");
  if (!found) return {};
  return availability.public_slots(*found->target, week()).value();
}

std::vector<TimeRange> listed(Wiring& wiring) {
  return slots_of(wiring.scheduling, wiring.availability);
}

/// Everything read anew, by somebody who knows nothing.
std::vector<TimeRange> stored(Wiring& wiring) {
  HostVersionPoller versions(wiring.transactions);
  HostCalendarCache nothing(wiring.transactions, versions, wiring.zones, wiring.clock);
  BookingTargetCache no_targets(wiring.transactions, versions);
  SchedulingService scheduling(wiring.transactions, no_targets, wiring.zones, wiring.clock);
  AvailabilityService availability(wiring.transactions, nothing, wiring.zones, wiring.clock);
  return slots_of(scheduling, availability);
}

bool lists(const std::vector<TimeRange>& slots, const char* start) {
  const Instant wanted = parse_instant(start).value();
  return std::ranges::any_of(slots, [&](const TimeRange& slot) { return slot.start() == wanted; });
}

template <class Condition>
bool becomes_true(Condition&& condition) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

AvailabilityPatch new_york_office_hours(const std::string& from = "09:00", const std::string& until = "17:00") {
  std::vector<WeeklyRuleDraft> rules;
  for (std::int64_t day = 1; day <= 5; ++day) rules.push_back({day, from, until, true});
  AvailabilityPatch patch;
  patch.timezone = "America/New_York";
  patch.minimum_notice_minutes = 60;
  patch.rules = std::move(rules);
  return patch;
}

struct HostCalendars : testing::Test {
  BookingWorld world;
  /// Makes wiring() know page, type and calendar.
  void SetUp() override { ASSERT_TRUE(lists(listed(world.wiring()), k_nine)); }
  Code refused(const char* start) {
    const BookingResult answer = world.booking().book(BookingWorld::request(start));
    return answer.booking ? Code::broken : answer.refusal.code;
  }
  Actor add_host(const std::string& name) {
    return {UserId{world.add_user(name + "@example.test", name).value}, false, "America/New_York"};
  }
};

TEST_F(HostCalendars, ABookingFollowsRulesThatChangedElsewhereAMomentAgo) {
  ASSERT_TRUE(world.elsewhere().availability.save(world.rep(), new_york_office_hours("12:00")));
  EXPECT_EQ(refused(k_nine), Code::outside_rules);
}

TEST_F(HostCalendars, ABookingSeesAMeetingThatWasBookedElsewhereAMomentAgo) {
  ASSERT_TRUE(world.elsewhere().booking.book(BookingWorld::request(k_nine, "bob@prospect.test")).booking);
  EXPECT_EQ(refused(k_nine), Code::slot_taken);
}

TEST_F(HostCalendars, ABookingSeesExternalBusyTimeThatWasWrittenAMomentAgo) {
  world.sql(
      "INSERT INTO calendar_connections (user_id, provider, access_token) "
      "SELECT user_id, 'google', 'x' FROM scheduling_schedules");
  world.sql(
      "INSERT INTO external_busy (user_id, calendar_connection_id, external_event_id, start_time, end_time) "
      "SELECT user_id, id, 'e', '2025-01-14T14:00:00Z', '2025-01-14T15:00:00Z' FROM calendar_connections");
  EXPECT_EQ(refused(k_nine), Code::slot_taken);
}

TEST_F(HostCalendars, ABookingReadsATypeAgainThatChangedElsewhere) {
  MeetingTypePatch asks;
  asks.questions = std::vector<QuestionDraft>{{"why", "Why?", "text", true, {}}};
  ASSERT_TRUE(world.elsewhere().scheduling.update_type(world.rep(), world.call(), asks));
  EXPECT_EQ(refused(k_nine), Code::invalid_input);
  MeetingTypePatch closes;
  closes.is_active = false;
  ASSERT_TRUE(world.elsewhere().scheduling.update_type(world.rep(), world.call(), closes));
  EXPECT_EQ(refused(k_nine), Code::not_found);
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
  const BookingResult answer = world.booking().book(BookingWorld::request(k_nine));
  ASSERT_TRUE(answer.booking) << name_of(answer.refusal.code);
  EXPECT_EQ(answer.booking->details.meeting.host, otto.id);
  EXPECT_EQ(answer.booking->details.meeting.time.length(), std::chrono::minutes{60});
}

TEST_F(HostCalendars, OnesOwnChangesAreListedAtOnce) {
  const Booking booked = world.book(k_nine);
  EXPECT_FALSE(lists(listed(world.wiring()), k_nine));
  ASSERT_TRUE(world.booking().cancel_by_link(booked.token, {}, "r"));
  EXPECT_TRUE(lists(listed(world.wiring()), k_nine));
  ASSERT_TRUE(world.wiring().availability.add_override(world.rep(), {"2025-01-14", false, {}, {}, {}}));
  EXPECT_FALSE(lists(listed(world.wiring()), k_nine));
}

TEST_F(HostCalendars, ChangesElsewhereAreListedSoon) {
  ASSERT_TRUE(world.elsewhere().booking.book(BookingWorld::request(k_nine, "bob@prospect.test")).booking);
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(world.wiring()), k_nine); }));
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
    EXPECT_TRUE(lists(listed(wiring), k_nine));
  }
  ASSERT_TRUE((*slow)->commit());
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(wiring), k_nine); }));
}

TEST_F(HostCalendars, WhatIsKeptIsWhatIsStored) {
  std::mt19937 random(20250114);
  const auto any_of = [&](const auto& items) { return items[random() % items.size()]; };
  std::vector<std::string> tokens;
  for (unsigned step = 0; step < 100; ++step) {
    Wiring& by = random() % 3 == 0 ? world.elsewhere() : world.wiring();
    const auto free = stored(world.wiring());
    ASSERT_FALSE(free.empty());
    const std::string start = format_instant(any_of(free).start());
    const unsigned what = tokens.empty() ? 0 : random() % 6;
    if (what <= 2) {
      const auto answer = by.booking.book(BookingWorld::request(start, "p" + std::to_string(step) + "@x.test"));
      ASSERT_TRUE(answer.booking) << step << ": listed and not booked, " << name_of(answer.refusal.code);
      tokens.push_back(answer.booking->token);
    } else if (what == 3) {
      by.booking.cancel_by_link(any_of(tokens), {}, "r");
    } else if (what == 4) {
      by.booking.reschedule({any_of(tokens), start, {}, "r"});
    } else {
      const std::int64_t buffer = random() % 4 * 5;
      AvailabilityPatch patch;
      patch.buffer_after_minutes = buffer;
      ASSERT_TRUE(by.availability.save(world.rep(), patch));
    }
    const auto now_stored = stored(world.wiring());
    if (&by == &world.wiring())
      ASSERT_EQ(listed(world.wiring()), now_stored) << "step " << step;
    else
      ASSERT_TRUE(becomes_true([&] { return listed(world.wiring()) == now_stored; })) << "step " << step;
  }
  EXPECT_GT(tokens.size(), 20U);
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
  HostVersionPoller versions(wiring.transactions);
  HostCalendarCache small(wiring.transactions, versions, wiring.zones, wiring.clock, k_bytes);
  AvailabilityService availability(wiring.transactions, small, wiring.zones, wiring.clock);
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
  world.book(k_nine);
  const char* const at_five = "2025-01-14T22:00:00Z";  // 17:00 in New York, only Mo works then
  const std::string page = "(SELECT id FROM scheduling_pages WHERE slug = 'rosa')";
  world.sql("INSERT INTO page_members (scheduling_page_id, user_id) SELECT " + page + ", id FROM users WHERE id IN (" +
            std::to_string(world.rep().id.value) + ", " + std::to_string(mo.id.value) + ")");
  world.sql("UPDATE scheduling_pages SET assignment = 'round_robin' WHERE slug = 'rosa'");
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), at_five); }));
  EXPECT_TRUE(lists(listed(world.wiring()), k_nine)) << "Mo is free then";
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
  EXPECT_EQ(refused(at_five), Code::conflict) << "listed, not booked yet";

  world.sql("UPDATE scheduling_pages SET assignment = 'collective' WHERE slug = 'rosa'");
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(world.wiring()), at_five); }));
  EXPECT_FALSE(lists(listed(world.wiring()), k_nine));
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));

  world.sql("UPDATE page_members SET is_active = false WHERE user_id = " + std::to_string(world.rep().id.value));
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), at_five); })) << "Mo is the team";
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
}

}  // namespace
}  // namespace scheduling::test
