// Memory follows what changed instead of reading calendars again, and never trusts numbers of another database.
#include <array>
#include <atomic>
#include <thread>

#include "tests/booking/calendars/host_calendars.hpp"

namespace scheduling::test {
namespace {

TEST_F(HostCalendars, WhatOthersChangeIsFollowedNotReadAgain) {
  connect_calendar();
  ASSERT_TRUE(lists_soon_what_is_stored());
  const std::uint64_t before = loaded();
  Wiring& elsewhere = world.elsewhere();
  const auto theirs = elsewhere.booking.book(BookingWorld::request(k_tuesday_nine, "bob@prospect.test"));
  ASSERT_TRUE(theirs.booking);
  EXPECT_EQ(refused(k_tuesday_nine), Code::slot_taken);
  ASSERT_TRUE(elsewhere.booking.reschedule({theirs.booking->token, "2025-01-14T18:00:00Z", {}, "r"}).booking);
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), k_tuesday_nine); }));
  EXPECT_EQ(refused("2025-01-14T18:00:00Z"), Code::slot_taken);
  ASSERT_TRUE(elsewhere.booking.cancel_by_link(theirs.booking->token, {}, "r"));
  EXPECT_TRUE(lists_soon_what_is_stored());
  add_event("e", k_tuesday_nine, "1 hour");
  add_event("f", "2025-01-15T14:00:00Z", "1 hour");
  EXPECT_TRUE(becomes_true([&] { return !lists(listed(world.wiring()), k_tuesday_nine); }));
  world.sql(
      "UPDATE external_busy SET start_time = start_time + interval '2 hours', end_time = end_time + interval '2 hours' "
      "WHERE external_event_id = 'e'");
  EXPECT_TRUE(lists_soon_what_is_stored());
  EXPECT_TRUE(lists(listed(world.wiring()), k_tuesday_nine));
  world.sql("DELETE FROM external_busy WHERE external_event_id = 'f'");
  EXPECT_TRUE(lists_soon_what_is_stored());
  EXPECT_EQ(loaded(), before);
  EXPECT_GE(world.wiring().calendars.counts().followed, 5U);
}

/// A reading that ends costs no instance a look at the calendar, and yet no memory takes it for unread. Whether the
/// last one was too long ago is a matter of the clock.
TEST_F(HostCalendars, AReadingThatBringsNothingIsNeitherReadNorFollowed) {
  connect_calendar();
  world.set_settings(R"({"broken_calendar_policy": "block"})");
  const auto read_at = [&](const std::string& time) {
    world.sql("UPDATE calendar_connections SET last_sync_at = '" + time + "'");
  };
  world.sql(
      "INSERT INTO connected_calendars (calendar_connection_id, user_id, provider_calendar_id, name, timezone, "
      "is_primary, can_write, checks_conflicts) SELECT id, user_id, 'c', 'c', 'UTC', true, true, true "
      "FROM calendar_connections");
  EXPECT_TRUE(becomes_true([&] { return listed(world.wiring()).empty(); })) << "it was never read";
  read_at("2025-01-13T12:00:00Z");
  ASSERT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), k_tuesday_nine); }));
  ASSERT_TRUE(becomes_true([&] { return lists(listed(world.elsewhere()), k_tuesday_nine); }));
  const auto counted = [&] {
    const auto here = world.wiring().calendars.counts();
    const auto there = world.elsewhere().calendars.counts();
    return std::array{here.loaded, here.followed, there.loaded, there.followed};
  };
  const auto before = counted();
  const std::string version = world.sql("SELECT max(calendar_version) FROM host_versions");
  for (const char* time : {"2025-01-13T12:05:00Z", "2025-01-13T12:50:00Z"}) {
    read_at(time);
    world.set_now(time);
    EXPECT_TRUE(lists(listed(world.wiring()), k_tuesday_nine));
  }
  world.set_now("2025-01-13T13:50:00Z");
  EXPECT_TRUE(lists(listed(world.wiring()), k_tuesday_nine)) << "memory knows of 12:00, the database of 12:50";
  EXPECT_TRUE(lists(listed(world.elsewhere()), k_tuesday_nine));
  world.set_now("2025-01-13T13:50:01Z");
  EXPECT_TRUE(listed(world.wiring()).empty());
  EXPECT_TRUE(listed(world.elsewhere()).empty());
  EXPECT_EQ(refused(k_tuesday_nine), Code::slot_taken);
  read_at("2025-01-13T13:50:01Z");
  EXPECT_TRUE(lists(listed(world.elsewhere()), k_tuesday_nine)) << "at once";
  EXPECT_EQ(world.sql("SELECT max(calendar_version) FROM host_versions"), version);
  EXPECT_EQ(counted(), before);
  ASSERT_TRUE(world.booking().book(BookingWorld::request(k_tuesday_nine)).booking);
  EXPECT_EQ(counted()[0], before[0]) << "a booking asks under the lock anyway";
  world.sql("UPDATE calendar_connections SET is_active = false");
  EXPECT_TRUE(becomes_true([&] { return listed(world.elsewhere()).empty(); })) << "what broke is told";
  world.sql("UPDATE calendar_connections SET is_active = true");
  EXPECT_TRUE(becomes_true([&] { return !listed(world.elsewhere()).empty(); }));
}

TEST_F(HostCalendars, MoreChangesThanARowRemembersAreReadAsAWhole) {
  connect_calendar();
  ASSERT_TRUE(lists_soon_what_is_stored());
  const std::uint64_t before = loaded();
  world.sql(
      "INSERT INTO external_busy (user_id, calendar_connection_id, external_event_id, start_time, end_time) "
      "SELECT c.user_id, c.id, n::text, t, t + interval '5 minutes' FROM calendar_connections c, generate_series(1, "
      "33) n, "
      "LATERAL (SELECT '2025-01-14T14:00:00Z'::timestamptz + n * interval '1 hour' AS t) at");
  EXPECT_TRUE(lists_soon_what_is_stored());
  EXPECT_EQ(loaded(), before + 1);
  for (int n = 1; n <= 33; ++n)
    world.sql("DELETE FROM external_busy WHERE external_event_id = '" + std::to_string(n) + "'");
  EXPECT_TRUE(lists_soon_what_is_stored());
}

TEST_F(HostCalendars, AVersionRaisedByHandIsAWholeCalendar) {
  const std::uint64_t before = loaded();
  world.sql("UPDATE host_versions SET calendar_version = calendar_version + 1, changed_by = pg_current_xact_id()");
  world.book("2025-01-14T18:00:00Z");
  EXPECT_EQ(loaded(), before + 1) << "what is remembered of the changes is not what made these versions";
  world.book("2025-01-15T18:00:00Z");
  EXPECT_EQ(loaded(), before + 1) << "from the next change on it is";
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
}

TEST_F(HostCalendars, OnesOwnBookingsNeverReadTheCalendarAgain) {
  const std::uint64_t before = loaded();
  const auto free = listed(world.wiring());
  std::atomic<int> booked = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t worker = 0; worker < 4; ++worker)
      threads.emplace_back([&, worker] {
        for (std::size_t i = worker; i < free.size() && i < 24; i += 4) {
          const std::string email = std::to_string(i) + "@x.test";
          if (world.booking().book(BookingWorld::request(format_instant(free[i].start()), email)).booking) ++booked;
        }
      });
  }
  EXPECT_GT(booked, 5);
  EXPECT_EQ(listed(world.wiring()), stored(world.wiring()));
  EXPECT_EQ(loaded(), before);
}

TEST_F(HostCalendars, ACalendarReachesFurtherByStepsNotByDays) {
  AvailabilityPatch far;
  far.max_days_in_advance = 365;
  ASSERT_TRUE(world.wiring().availability.save(world.rep(), far));
  ASSERT_TRUE(lists_soon_what_is_stored());
  const std::uint64_t before = loaded();
  int booked = 0;
  for (int week = 12; week < 26; ++week) {  // Tuesdays from April to July, 9:00 in New York
    const Instant start = parse_instant("2025-01-14T13:00:00Z").value() + std::chrono::weeks{week};
    if (world.booking().book(BookingWorld::request(format_instant(start))).booking) ++booked;
  }
  EXPECT_EQ(booked, 14);
  EXPECT_EQ(loaded(), before + 1);
  AvailabilityPatch other;
  other.buffer_after_minutes = 5;
  ASSERT_TRUE(world.wiring().availability.save(world.rep(), other));  // read anew, as far as before
  ASSERT_TRUE(world.booking().book(BookingWorld::request("2025-07-08T15:00:00Z")).booking);
  EXPECT_EQ(loaded(), before + 2);
}

/// What a fail-over to a standby does that had not received the last commits: they never were, and the numbers go on
/// from where it stood, for other content.
TEST_F(HostCalendars, NothingOfADatabaseThatLostCommitsIsTrusted) {
  Wiring& wiring = world.wiring();
  world.book(k_tuesday_nine);
  ASSERT_FALSE(lists(listed(wiring), k_tuesday_nine));
  world.sql(
      "ALTER TABLE meeting_hosts DISABLE TRIGGER USER; DELETE FROM meeting_hosts; "
      "ALTER TABLE meeting_hosts ENABLE TRIGGER USER; "
      "UPDATE host_versions SET calendar_version = calendar_version - 1, recent = recent[2:]; "
      "CREATE OR REPLACE FUNCTION database_epoch() RETURNS TEXT LANGUAGE sql AS $$ SELECT '00000002.0' $$");
  connect_calendar();
  add_event("other", "2025-01-14T16:00:00Z", "1 hour");  // takes the number that the lost meeting had
  EXPECT_EQ(refused("2025-01-14T16:00:00Z"), Code::slot_taken);
  EXPECT_TRUE(becomes_true([&] { return lists(listed(wiring), k_tuesday_nine); }));
  EXPECT_EQ(listed(wiring), stored(wiring));
  ASSERT_TRUE(world.booking().book(BookingWorld::request(k_tuesday_nine, "new@prospect.test")).booking);
}

TEST_F(HostCalendars, APageOfADatabaseThatLostCommitsIsReadAgain) {
  MeetingTypePatch closes;
  closes.is_active = false;
  ASSERT_TRUE(world.wiring().scheduling.update_type(world.rep(), world.call(), closes));
  ASSERT_TRUE(listed(world.wiring()).empty());
  world.sql(
      "ALTER TABLE meeting_types DISABLE TRIGGER USER; UPDATE meeting_types SET is_active = true; "
      "ALTER TABLE meeting_types ENABLE TRIGGER USER; "
      "CREATE OR REPLACE FUNCTION database_epoch() RETURNS TEXT LANGUAGE sql AS $$ SELECT '00000002.0' $$");
  ASSERT_TRUE(world.booking().book(BookingWorld::request(k_tuesday_nine)).booking)
      << "the same version, another database";
  EXPECT_TRUE(becomes_true([&] { return lists(listed(world.wiring()), "2025-01-14T18:00:00Z"); }));
}

}  // namespace
}  // namespace scheduling::test
