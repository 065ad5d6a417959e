// Zones as browsers and CRMs name them: taken under any name, kept under their own.
#include <gtest/gtest.h>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

std::string booking_in(const std::string& zone) {
  return R"({"start":"2025-01-14T14:00:00Z","attendee_name":"Ada","attendee_email":"ada@prospect.test","timezone":")" +
         zone + "\"}";
}

struct ZoneNames : testing::Test {
  BookingWorld world;
  std::string stored() { return world.sql("SELECT timezone FROM scheduled_meetings ORDER BY id DESC LIMIT 1"); }
};

// EVIDENCE: B-1.4
TEST_F(ZoneNames, SlotsAnswerUnderTheZonesOwnName) {
  const Response alias = world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=Asia/Calcutta");
  EXPECT_EQ(alias.status, 200);
  EXPECT_EQ(at(alias, "data.timezone"), "Asia/Kolkata");
  EXPECT_EQ(at(alias, "data.slots.0.offset_minutes"), "330");
  EXPECT_EQ(at(world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=Zulu"), "data.timezone"), "UTC");
  EXPECT_EQ(at(world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=Etc/GMT+5"), "data.timezone"),
            "Etc/GMT+5");
  for (const std::string name : {"EST", "HST", "Mars/Olympus", "..%2F..%2Fetc%2Fpasswd", ""}) {
    const Response refused = world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=" + name);
    EXPECT_EQ(refused.status, 422) << name;
    EXPECT_EQ(at(refused, "errors.0.field") + ":" + at(refused, "errors.0.code"), "timezone:invalid_timezone") << name;
  }
}

TEST_F(ZoneNames, ABookingKeepsTheZonesOwnName) {
  const Response booked = world.post("/schedule/rosa/call/book", booking_in("Asia/Calcutta"));
  ASSERT_EQ(booked.status, 201) << booked.body;
  EXPECT_EQ(at(booked, "data.meeting.timezone"), "Asia/Kolkata");
  EXPECT_EQ(stored(), "Asia/Kolkata");
  const std::string url = at(booked, "data.manage_url");
  const std::string move = "/schedule/reschedule/" + url.substr(url.rfind('/') + 1);
  const Response moved = world.post(move, R"({"start":"2025-01-14T15:00:00Z","timezone":"US/Pacific"})");
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(stored(), "America/Los_Angeles");
}

// EVIDENCE: B-1.4
TEST_F(ZoneNames, NamesThatSomeMachinesReportAreTaken) {
  int hour = 14;
  for (const std::string name : {"CET", "EET", "EST5EDT", "MST7MDT", "WET", "Europe/Kiev"}) {
    const Response slots = world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=" + name);
    EXPECT_EQ(slots.status, 200) << name;
    std::string body = booking_in(name);
    body.replace(body.find("T14"), 3, "T" + std::to_string(hour++));
    const Response booked = world.post("/schedule/rosa/call/book", body);
    EXPECT_EQ(booked.status, 201) << name << booked.body;
    EXPECT_EQ(at(booked, "data.meeting.timezone"), at(slots, "data.timezone")) << name;
    const std::string url = at(booked, "data.manage_url");
    EXPECT_EQ(world.page(url.substr(url.find("/schedule"))).status, 200) << name;
  }
}

TEST_F(ZoneNames, AnUnknownZoneIsTheCallersMistake) {
  for (const char* name : {"EST", "HST", "Mars/Olympus", "../../etc/passwd", ""}) {
    const Response refused = world.post("/schedule/rosa/call/book", booking_in(name));
    EXPECT_EQ(refused.status, 422) << name;
    EXPECT_EQ(at(refused, "errors.0.field") + ":" + at(refused, "errors.0.code"), "timezone:invalid_timezone") << name;
  }
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "0");
}

TEST_F(ZoneNames, PagesSpeakInTheZoneAnAliasStandsFor) {
  const Response page = world.page("/schedule/rosa/call?date=2025-01-14&timezone=Asia/Calcutta");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<option value=\"Asia/Kolkata\" selected>"), std::string::npos);
  EXPECT_EQ(page.body.find("value=\"Asia/Calcutta\""), std::string::npos);
  EXPECT_EQ(world.page("/schedule/rosa/call?date=2025-01-14&timezone=Mars/Olympus").status, 200)
      << "the page's own zone";
}

TEST_F(ZoneNames, AliasesStoredBeforeGoOnWorking) {
  const Booking booking = world.book("2025-01-14T14:00:00Z");
  world.sql("UPDATE scheduled_meetings SET timezone = 'Asia/Calcutta'");
  world.sql("UPDATE scheduling_pages SET timezone = 'US/Eastern'");
  world.sql("UPDATE scheduling_schedules SET timezone = 'US/Eastern'");
  EXPECT_EQ(world.page("/schedule/manage/" + booking.token).status, 200);
  EXPECT_NE(world.page("/schedule/manage/" + booking.token).body.find("7:30"), std::string::npos)
      << "evening in Kolkata";
  EXPECT_EQ(world.get("/schedule/manage/" + booking.token + "/invite.ics").status, 200);
  const Response slots = world.get("/schedule/rosa/call/slots?date=2025-01-15");
  EXPECT_EQ(at(slots, "data.slots.0.local"), "2025-01-15T09:00");
  const Response moved = world.post("/schedule/reschedule/" + booking.token, R"({"start":"2025-01-15T15:00:00Z"})");
  EXPECT_EQ(moved.status, 200) << moved.body;
}

}  // namespace
}  // namespace scheduling::test
