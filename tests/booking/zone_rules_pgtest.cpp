// Countries change their clocks after meetings were agreed: meetings keep their instant and say what changed.
#include <gtest/gtest.h>

#include "tests/booking/booking_world.hpp"
#include "tests/zone_data/zone_folder.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

/// Three editions of zone data: as it was; New York gives up summer time in March 2025; it does not after all.
struct Editions {
  Editions() {
    before.build();
    changed.change("America/New_York", "2025 Mar 1", "-5 - EST").build();
    restored.build();
  }
  ZoneFolder before{"2024x"};
  ZoneFolder changed{"2025x"};
  ZoneFolder restored{"2025y"};
};

const std::string k_summer = "2025-03-11T14:00:00Z";  ///< Tuesday, 10:00 in New York's summer time, 15:00 in Berlin

struct ZoneRuleChange : testing::Test {
  ZoneRuleChange() {
    AvailabilityPatch no_horizon;
    no_horizon.max_days_in_advance = std::nullopt;
    auto saved = world.wiring().availability.save(world.rep(), no_horizon);
    EXPECT_TRUE(saved);
  }

  Booking book_from(const std::string& zone, const std::string& start) {
    BookingCommand request = BookingWorld::request(start);
    request.timezone = zone;
    BookingResult answer = world.booking().book(request);
    EXPECT_TRUE(answer.booking) << start << ": " << answer.refusal.detail;
    return std::move(*answer.booking);
  }
  std::int64_t run_job() {
    auto report = world.wiring().jobs.check_zone_rules.run({});
    EXPECT_TRUE(report);
    return report ? report->handled : -1;
  }
  /// What the rep reads in the list of meetings, by start.
  Response listed() {
    crm::sdk::Request request = as_rep();
    return world.wiring().handlers.meetings.list(request);
  }
  std::string change_of(MeetingId id) {
    crm::sdk::Request request = as_rep();
    const std::string text = std::to_string(id.value);
    request.params.push_back({"id", text});
    return at(world.wiring().handlers.meetings.get(request), "data.timezone_change");
  }
  crm::sdk::Request as_rep() {
    crm::sdk::Request request;
    request.principal = crm::sdk::Principal{crm::sdk::UserId{world.rep().id.value}, "", "", crm::sdk::Role::rep, "UTC"};
    return request;
  }
  std::string instants() {
    return world.sql(
        "SELECT string_agg(concat(id, start_time, end_time, updated_at, ical_sequence), ' ' ORDER BY id) FROM "
        "scheduled_meetings");
  }
  std::string audits(const std::string& action) {
    return world.sql("SELECT count(*) FROM scheduling_audit WHERE action = '" + action + "'");
  }

  Editions editions;
  BookingWorld world{editions.before.path()};
};

// EVIDENCE: B-1.4
TEST_F(ZoneRuleChange, AMeetingKeepsItsInstantAndSaysWhatItsClocksShowNow) {
  const Booking abroad = book_from("Europe/Berlin", k_summer);
  const Booking at_home = book_from("US/Eastern", "2025-03-12T14:00:00Z");
  const Booking in_winter = book_from("America/New_York", "2025-01-14T15:00:00Z");
  const Booking cancelled = book_from("America/New_York", "2025-03-13T14:00:00Z");
  ASSERT_TRUE(world.booking().cancel_by_link(cancelled.token, {}, ""));
  EXPECT_EQ(run_job(), 0);
  const std::string before = instants();

  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 2);
  EXPECT_EQ(instants(), before) << "no instant moves";
  EXPECT_EQ(change_of(abroad.details.meeting.id),
            R"({"attendee":null,"host":{"is":"2025-03-11T09:00","was":"2025-03-11T10:00"},"zone_data":"2025x"})");
  EXPECT_EQ(change_of(at_home.details.meeting.id),
            R"({"attendee":{"is":"2025-03-12T09:00","was":"2025-03-12T10:00"},)"
            R"("host":{"is":"2025-03-12T09:00","was":"2025-03-12T10:00"},"zone_data":"2025x"})");
  EXPECT_EQ(change_of(in_winter.details.meeting.id), "null");
  EXPECT_EQ(change_of(cancelled.details.meeting.id), "null") << "nobody will come";
  const Response list = listed();
  EXPECT_EQ(at(list, "data.0.timezone_change"), "null");
  EXPECT_EQ(at(list, "data.1.timezone_change.host.is"), "2025-03-11T09:00");
}

TEST_F(ZoneRuleChange, IsTraceableAndSeenOnTheContactsTimelineOnce) {
  const Booking booking = book_from("Europe/Berlin", k_summer);
  world.restart(editions.changed.path());
  for (int round = 0; round < 2; ++round) {
    world.set_now(round == 0 ? "2025-01-13T13:00:00Z" : "2025-01-15T13:00:00Z");
    EXPECT_EQ(run_job(), round == 0 ? 1 : 0) << "a second run changes nothing";
    EXPECT_EQ(audits("wall_time_changed"), "1");
    EXPECT_EQ(world.sql("SELECT details->>'host' FROM scheduling_audit WHERE action = 'wall_time_changed'"),
              "America/New_York -240 -300");
    EXPECT_EQ(world.sql("SELECT count(*) FROM activities"), "2") << "the booking's, and this";
    EXPECT_EQ(
        world.sql(
            "SELECT (data->>'host_was') || ' ' || (data->>'host_is') FROM activities WHERE subject LIKE 'Time zone%'"),
        "2025-03-11T10:00 2025-03-11T09:00");
  }
}

TEST_F(ZoneRuleChange, TheFlagGoesWhenTheRulesChangeBack) {
  const Booking booking = book_from("Europe/Berlin", k_summer);
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 1);
  world.restart(editions.restored.path());
  EXPECT_EQ(run_job(), 1);
  EXPECT_EQ(change_of(booking.details.meeting.id), "null");
  EXPECT_EQ(audits("wall_time_restored"), "1");
  EXPECT_EQ(world.sql("SELECT count(wall_time_changed_at) + count(wall_time_zone_data) FROM scheduled_meetings"), "0");
  EXPECT_EQ(world.sql("SELECT count(*) FROM activities WHERE subject LIKE 'Time zone rules changed back%'"), "1");
}

TEST_F(ZoneRuleChange, AHostWithOlderDataDoesNotUndoWhatNewerDataFound) {
  const Booking booking = book_from("Europe/Berlin", k_summer);
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 1);
  world.restart(editions.before.path());
  world.set_now("2025-01-16T12:00:00Z");
  EXPECT_EQ(run_job(), 0);
  EXPECT_NE(change_of(booking.details.meeting.id), "null");
}

TEST_F(ZoneRuleChange, WhatAHostWithOlderDataBooksIsFoundWithinADay) {
  Wiring& newer = world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 0);
  BookingResult booked = world.elsewhere().booking.book(BookingWorld::request(k_summer));
  ASSERT_TRUE(booked.booking);
  EXPECT_EQ(run_job(), 0) << "rules as new have seen all meetings an hour ago";
  world.set_now("2025-01-14T12:00:00Z");
  EXPECT_EQ(newer.jobs.check_zone_rules.run({})->handled, 1);
  EXPECT_NE(change_of(booked.booking->details.meeting.id), "null");
}

TEST_F(ZoneRuleChange, ListingAndRefusalsFollowTheNewRules) {
  EXPECT_EQ(at(world.get("/schedule/rosa/call/slots?date=2025-03-11"), "data.slots.0.start"), "2025-03-11T13:00:00Z");
  world.restart(editions.changed.path());
  const Response slots = world.get("/schedule/rosa/call/slots?date=2025-03-11");
  EXPECT_EQ(at(slots, "data.slots.0.start"), "2025-03-11T14:00:00Z");
  EXPECT_EQ(at(slots, "data.slots.0.local"), "2025-03-11T09:00");
  const auto type = world.wiring().scheduling.get_type(world.rep(), world.call());
  ASSERT_TRUE(type);
  const auto refusal =
      world.wiring().availability.explain(*type, world.rep().id, *parse_instant("2025-03-11T13:00:00Z"));
  ASSERT_TRUE(refusal);
  EXPECT_TRUE(refusal->why.rule) << "eight o'clock now";
  EXPECT_FALSE(
      world.wiring().availability.explain(*type, world.rep().id, *parse_instant("2025-03-11T21:30:00Z"))->why.rule);
}

TEST_F(ZoneRuleChange, AMovedMeetingStartsWithoutAFlag) {
  const Booking booking = book_from("Europe/Berlin", k_summer);
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 1);
  const BookingResult moved =
      world.booking().reschedule({booking.token, "2025-03-11T15:00:00Z", "America/New_York", ""});
  ASSERT_TRUE(moved.booking) << moved.refusal.detail;
  EXPECT_EQ(change_of(moved.booking->details.meeting.id), "null");
  EXPECT_EQ(world.sql("SELECT concat(host_timezone, ' ', host_offset_minutes, ' ', attendee_offset_minutes) FROM "
                      "scheduled_meetings "
                      "ORDER BY id DESC LIMIT 1"),
            "America/New_York -300 -300")
      << "agreed under the new rules";
  world.set_now("2025-01-15T12:00:00Z");
  EXPECT_EQ(run_job(), 0);
}

TEST_F(ZoneRuleChange, AnotherHostsClockIsAnotherMatter) {
  const Booking booking = book_from("America/New_York", k_summer);
  const UserId other{world.add_user("otto@example.test", "Otto").value};
  AvailabilityPatch in_berlin;
  in_berlin.timezone = "Europe/Berlin";
  auto hours = world.wiring().availability.save({other, false, "UTC"}, in_berlin);
  ASSERT_TRUE(hours);
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 1);
  const Actor admin{world.rep().id, true, "UTC"};
  const auto taken = world.reassign(admin, booking.details.meeting.id, other, "");
  ASSERT_TRUE(taken);
  ASSERT_TRUE(taken->clock_change);
  EXPECT_FALSE(taken->clock_change->change.host_offset);
  const auto stored = world.booking().get(admin, taken->id);
  EXPECT_EQ(stored->clocks,
            (MeetingClocks{*ZoneId::parse("Europe/Berlin"), std::chrono::hours{1}, std::chrono::hours{-4}}));
  EXPECT_EQ(stored->clock_change->change, (ClockChange{std::nullopt, std::chrono::hours{-5}}))
      << "the attendee's stays";
  EXPECT_EQ(stored->clock_change->change, taken->clock_change->change);
}

TEST_F(ZoneRuleChange, MeetingsBookedBeforeClocksWereWrittenDownAreLeftAlone) {
  const Booking booking = book_from("America/New_York", k_summer);
  world.sql(
      "UPDATE scheduled_meetings SET host_timezone = NULL, host_offset_minutes = NULL, attendee_offset_minutes = NULL");
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 0);
  EXPECT_EQ(change_of(booking.details.meeting.id), "null");
  const UserId other{world.add_user("otto@example.test", "Otto").value};
  EXPECT_TRUE(world.reassign({world.rep().id, true, "UTC"}, booking.details.meeting.id, other, ""));
  EXPECT_EQ(world.sql("SELECT count(host_timezone) FROM scheduled_meetings"), "0");
}

TEST_F(ZoneRuleChange, ManyMeetingsAreComparedInBatches) {
  book_from("America/New_York", k_summer);
  world.sql(
      "INSERT INTO scheduled_meetings (meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, "
      "end_time, timezone, "
      "status, chain_id, ical_uid, host_timezone, host_offset_minutes, attendee_offset_minutes) "
      "SELECT meeting_type_id, host_user_id, 'Many', 'many@prospect.test', start_time + n % 7 * interval '1 hour', "
      "end_time + n % 7 * interval '1 hour', timezone, status, 0, '', host_timezone, host_offset_minutes, "
      "attendee_offset_minutes "
      "FROM scheduled_meetings, generate_series(1, 1200) AS n");
  world.restart(editions.changed.path());
  EXPECT_EQ(run_job(), 1201);
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings WHERE host_offset_now_minutes = -300"), "1201");
  std::stop_source stopped;
  stopped.request_stop();
  world.restart(editions.restored.path());
  EXPECT_EQ(world.wiring().jobs.check_zone_rules.run(stopped.get_token())->handled, 0);
  EXPECT_EQ(run_job(), 1201) << "a run that was stopped leaves the work to the next";
}

TEST_F(ZoneRuleChange, ThePublicAnswerKeepsTheSpecsColumns) {
  const Booking booking = book_from("America/New_York", k_summer);
  world.restart(editions.changed.path());
  run_job();
  EXPECT_EQ(at(world.get("/schedule/manage/" + booking.token), "data.meeting.timezone_change"), "(absent)");
}

}  // namespace
}  // namespace scheduling::test
