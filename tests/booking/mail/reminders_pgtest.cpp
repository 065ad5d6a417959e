// EVIDENCE: B-11.1
// Reminders by the moved clock: each (meeting, offset, recipient) at most once, and at least once unless it ended.
#include <gtest/gtest.h>

#include <set>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_start = "2025-01-15T15:00:00Z";

/// Runs the reminder job at that time; who got a mail.
std::multiset<std::string> at_time(BookingWorld& world, std::string_view now) {
  world.set_now(now);
  world.post_office().take();
  const auto report = world.wiring().jobs.send_reminders.run({});
  if (!report) throw std::runtime_error(report.error().message);
  std::multiset<std::string> all;
  for (const Posted& mail : world.post_office().take()) all.insert(mail.to);
  return all;
}

using Names = std::multiset<std::string>;
const Names k_nobody{};
const Names k_ada{"ada@prospect.test"};

/// With the mails of the booking itself out of the way.
Booking booked(BookingWorld& world, const std::string& start = k_start) {
  Booking booking = world.book(start);
  if (!world.wiring().mail_delivery.deliver({}, 100)) throw std::runtime_error("not delivered");
  return booking;
}

TEST(Reminders, GoOutADayAndAnHourBefore) {
  BookingWorld world;
  const Booking booking = booked(world);
  EXPECT_EQ(at_time(world, "2025-01-14T14:59:59Z"), k_nobody);
  EXPECT_FALSE(world.booking().get(world.rep(), booking.details.meeting.id)->reminder_sent);
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), k_ada);
  EXPECT_TRUE(world.booking().get(world.rep(), booking.details.meeting.id)->reminder_sent);
  EXPECT_EQ(at_time(world, "2025-01-14T15:01:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T13:59:59Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T14:00:00Z"), k_ada);
  EXPECT_EQ(at_time(world, "2025-01-15T14:59:00Z"), k_nobody);
}

TEST(Reminders, FollowTheTypesListAndReachGuests) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.reminder_offsets_minutes = std::vector<std::int64_t>{30, 2880};
  });
  world.set_now("2025-01-13T10:00:00Z");
  BookingCommand request = BookingWorld::request(k_start);
  request.attendee.guests = {"bob@prospect.test"};
  ASSERT_TRUE(world.booking().book(request).booking);
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 100));
  const Names both{"ada@prospect.test", "bob@prospect.test"};
  EXPECT_EQ(at_time(world, "2025-01-13T15:00:00Z"), both);
  // What the type says later is for later meetings.
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.reminder_offsets_minutes = std::vector<std::int64_t>{120};
  });
  EXPECT_EQ(at_time(world, "2025-01-15T13:00:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T14:30:00Z"), both);
}

TEST(Reminders, NoneWhenTheTypeWantsNone) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.reminder_offsets_minutes = std::vector<std::int64_t>{};
  });
  booked(world);
  EXPECT_EQ(at_time(world, "2025-01-15T14:30:00Z"), k_nobody);
}

TEST(Reminders, SkipTheOneWhoseTimeHadPassedWhenBooking) {
  BookingWorld world;
  world.set_now("2025-01-14T15:00:00Z");
  booked(world);  // exactly a day ahead: inside that window
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T14:00:00Z"), k_ada);
}

TEST(Reminders, FollowAMoveAndForgetTheOldTime) {
  BookingWorld world;
  const Booking booking = booked(world);
  ASSERT_TRUE(world.booking().reschedule({booking.token, "2025-01-16T15:00:00Z", std::nullopt, "test"}).booking);
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 100));
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T15:00:00Z"), k_ada);
  EXPECT_EQ(at_time(world, "2025-01-16T14:00:00Z"), k_ada);
}

TEST(Reminders, EndWithACancellationAlsoWhenTheyWaitInTheOutbox) {
  BookingWorld world;
  const Booking booking = booked(world);
  world.post_office().configured = false;  // the mail server is away when the reminder is due
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), k_nobody);
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  EXPECT_EQ(world.sql("SELECT status FROM outbox WHERE kind = 'mail_reminder'"), "dropped");
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_reminders"), "0");
  world.post_office().configured = true;
  EXPECT_EQ(at_time(world, "2025-01-15T14:00:00Z"), (Names{"ada@prospect.test", "rosa@example.test"}))
      << "the cancellations";
}

TEST(Reminders, AreCaughtUpAfterDowntimeUnlessTheMeetingEnded) {
  BookingWorld world;
  booked(world);
  EXPECT_EQ(at_time(world, "2025-01-15T14:30:00Z"), (Names{"ada@prospect.test", "ada@prospect.test"}))
      << "both are late";
  EXPECT_EQ(at_time(world, "2025-01-15T14:31:00Z"), k_nobody);
  auto health = world.wiring().mail_overview.health();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->counts.reminders.sent, 2);
  EXPECT_EQ(health->counts.reminders.late, 2);
  BookingWorld other;
  booked(other);
  EXPECT_EQ(at_time(other, "2025-01-15T15:10:00Z"), (Names{"ada@prospect.test", "ada@prospect.test"}))
      << "not over yet";
  BookingWorld third;
  booked(third);
  EXPECT_EQ(at_time(third, "2025-01-15T15:30:00Z"), k_nobody);
}

TEST(Reminders, AreNotRepeatedWhenTheClockGoesBack) {
  BookingWorld world;
  booked(world);
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), k_ada);
  EXPECT_EQ(at_time(world, "2025-01-14T12:00:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:30Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T14:00:00Z"), k_ada);
}

TEST(Reminders, ReachHostsWhenTheAdministratorWantsThat) {
  BookingWorld world;
  booked(world);
  world.set_settings(R"({"remind_hosts":true})");
  EXPECT_EQ(at_time(world, "2025-01-14T15:00:00Z"), (Names{"ada@prospect.test", "rosa@example.test"}));
  EXPECT_EQ(at_time(world, "2025-01-14T15:01:00Z"), k_nobody);
}

TEST(Reminders, AreStoredInTheFormOfEarlierVersions) {
  BookingWorld world;
  booked(world);
  world.set_settings(R"({"remind_hosts":true})");
  at_time(world, "2025-01-14T15:00:00Z");
  const std::string md5 = world.sql("SELECT md5('ada@prospect.test')");
  const std::string rows =
      "SELECT effect_key || ' ' || coalesce(recipient, 'NULL') || ' ' || (due_at = '2025-01-14T15:00:00Z') || ' ' || "
      "payload FROM outbox WHERE kind = 'mail_reminder' ORDER BY id OFFSET ";
  EXPECT_EQ(world.sql(rows + "0 LIMIT 1"),
            "1:reminder:1440:" + md5 +
                R"( ada@prospect.test true {"role": "attendee", "locale": "", "sequence": "0", )"
                R"("timezone": "Europe/Berlin", "offset_minutes": "1440"})");
  EXPECT_EQ(world.sql(rows + "1"), R"(1:reminder:1440:host NULL true {"role": "host", "locale": "", "sequence": "0", )"
                                   R"("timezone": "", "offset_minutes": "1440"})")
      << "a host reads the zone of the day";
}

TEST(Reminders, OfARequestBeginWithItsConfirmation) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  const Booking booking = booked(world);
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_reminders"), "0");
  world.set_now("2025-01-14T16:00:00Z");  // less than a day ahead: only the hour's remains
  ASSERT_TRUE(world.booking().confirm(world.rep(), booking.details.meeting.id, "test"));
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 100));
  EXPECT_EQ(at_time(world, "2025-01-15T13:59:00Z"), k_nobody);
  EXPECT_EQ(at_time(world, "2025-01-15T14:00:00Z"), k_ada);
}

}  // namespace
}  // namespace scheduling::test
