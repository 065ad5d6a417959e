// What the manage link does, on a real database: cancel, move, and when it no longer works.
#include <gtest/gtest.h>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_nine = "2025-01-14T14:00:00Z";
constexpr const char* k_half_past_nine = "2025-01-14T14:30:00Z";
constexpr const char* k_ten = "2025-01-14T15:00:00Z";

RescheduleCommand move(const Booking& booking, const char* start) {
  return {booking.token, start, std::nullopt, "r"};
}

// EVIDENCE: B-7.7
TEST(ManageLink, MovesTheMeetingAndKeepsUidHostAndLink) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  const BookingResult moved = world.booking().reschedule(move(first, k_ten));
  ASSERT_TRUE(moved.booking) << moved.refusal.detail;
  const Meeting& meeting = moved.booking->details.meeting;
  EXPECT_EQ(meeting.rescheduled_from, first.details.meeting.id);
  EXPECT_EQ(meeting.ical_uid, first.details.meeting.ical_uid);
  EXPECT_EQ(meeting.ical_sequence, 1);
  EXPECT_EQ(world.sql("SELECT string_agg(status, ',' ORDER BY id) FROM scheduled_meetings"), "rescheduled,scheduled");
  EXPECT_EQ(world.sql("SELECT string_agg(substr(subject, 34) || to_char(occurs_at, ' HH24:MI ') || "
                      "coalesce(data->>'moved_from', ''), ',' ORDER BY id) FROM activities"),
            "was booked. 14:00 ,was moved. 15:00 2025-01-14T14:00:00Z")
      << "what happened before stays";
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_moved'"), "2");
  const auto shown = world.booking().find_by_link(first.token);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->details.meeting.id, meeting.id);
  EXPECT_TRUE(world.booking().book(BookingWorld::request(k_nine, "b@prospect.test")).booking) << "the old time is free";
}

// EVIDENCE: B-6.1
TEST(ManageLink, AMovedMeetingDoesNotCountAgainstItself) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.daily_limit = 1;
    patch.settings.buffer_before_minutes = 30;
    patch.settings.slot_interval_minutes = 15;
  });
  const Booking first = world.book(k_nine);
  const BookingResult overlapping = world.booking().reschedule(move(first, "2025-01-14T14:15:00Z"));
  ASSERT_TRUE(overlapping.booking) << overlapping.refusal.detail;
  EXPECT_EQ(world.booking().book(BookingWorld::request(k_ten, "b@prospect.test")).refusal.code, Code::slot_taken);
}

TEST(ManageLink, MovingToTheSameStartChangesNothing) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  const BookingResult same = world.booking().reschedule(move(first, k_nine));
  EXPECT_EQ(same.refusal.code, Code::invalid_input) << "a meeting does not move to its own time";
  ASSERT_EQ(same.refusal.fields.size(), 1U);
  EXPECT_EQ(same.refusal.fields[0].field + ":" + same.refusal.fields[0].code, "start:same_time");
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_moved'"), "0");
}

TEST(ManageLink, ARefusedMoveLeavesEverythingAsItWas) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  world.book(k_ten, "b@prospect.test");
  const BookingResult taken = world.booking().reschedule(move(first, k_ten));
  EXPECT_EQ(taken.refusal.code, Code::slot_taken);
  EXPECT_FALSE(taken.alternatives.empty());
  EXPECT_EQ(world.booking().reschedule(move(first, "2025-01-14T15:07:00Z")).refusal.code, Code::outside_rules);
  EXPECT_EQ(world.sql("SELECT string_agg(status, ',') FROM scheduled_meetings"), "scheduled,scheduled");
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_hosts WHERE is_live"), "2");
}

TEST(ManageLink, CancelsOnceAndAgreesWhenAskedAgain) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  const auto cancelled = world.booking().cancel_by_link(first.token, "  Plans changed ", "r");
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(cancelled->meeting.status, MeetingStatus::cancelled);
  EXPECT_TRUE(world.booking().cancel_by_link(first.token, std::nullopt, "r"));
  EXPECT_EQ(cancelled->meeting.cancellation->reason, written_reason("Plans changed"));
  EXPECT_EQ(world.sql("SELECT cancelled_by || ':' || cancel_reason FROM scheduled_meetings"), "attendee:Plans changed");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_cancelled'"), "2");
  EXPECT_EQ(
      world.sql("SELECT string_agg(subject, '|' ORDER BY id) FROM activities"),
      "Discovery Call with Ada Lovelace was booked.|Discovery Call with Ada Lovelace was cancelled by the attendee.");
  EXPECT_EQ(world.booking().reschedule(move(first, k_ten)).refusal.code, Code::conflict);
  EXPECT_TRUE(world.booking().book(BookingWorld::request(k_nine, "b@prospect.test")).booking);
}

TEST(ManageLink, KeepsOnTheTimelineWhatTheContactDoesNotSay) {
  BookingWorld world;
  world.add_contact(R"({"name":"Augusta King","email":"ada@prospect.test"})", crm::sdk::UserId{world.rep().id.value});
  const Booking first = world.book(k_nine);
  ASSERT_TRUE(world.booking().reschedule(move(first, k_ten)).booking);
  ASSERT_TRUE(world.booking().cancel_by_link(first.token, std::nullopt, "r"));
  EXPECT_EQ(world.sql("SELECT string_agg(data->'suggestions'->>'name', ',') FROM activities"),
            "Ada Lovelace,Ada Lovelace,Ada Lovelace");
}

// EVIDENCE: B-5.3
TEST(ManageLink, AsksForTheTypesOwnNotice) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.cancel_notice_minutes = 120;
    patch.settings.reschedule_notice_minutes = 600;
  });
  const Booking first = world.book(k_nine);
  world.set_now("2025-01-14T04:00:01Z");
  EXPECT_EQ(world.booking().reschedule(move(first, k_ten)).refusal.code, Code::too_late);
  world.set_now("2025-01-14T12:00:01Z");
  EXPECT_EQ(world.booking().cancel_by_link(first.token, std::nullopt, "r").error().code, Code::too_late);
  world.set_now("2025-01-14T12:00:00Z");
  EXPECT_TRUE(world.booking().cancel_by_link(first.token, std::nullopt, "r"));
}

// EVIDENCE: B-8.1
TEST(ManageLink, IsUnknownDeadOrAlive) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  for (const std::string& token :
       {std::string(43, 'A'), std::string("short"), std::string(4000, 'B'), first.token + "x"})
    EXPECT_EQ(world.booking().find_by_link(token).error().code, Code::not_found);
  world.set_now("2025-02-13T14:29:59Z");
  EXPECT_TRUE(world.booking().find_by_link(first.token));
  world.set_now("2025-02-13T14:30:00Z");
  EXPECT_EQ(world.booking().find_by_link(first.token).error().code, Code::token_expired);
  EXPECT_EQ(world.booking().cancel_by_link(first.token, std::nullopt, "r").error().code, Code::token_expired);
}

TEST(ManageLink, OutlivesTheArchivingOfItsPage) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  ASSERT_TRUE(world.wiring().scheduling.archive_page(world.rep(), world.page_id()));
  EXPECT_EQ(world.booking().book(BookingWorld::request(k_ten)).refusal.code, Code::not_found);
  ASSERT_TRUE(world.booking().find_by_link(first.token));
  EXPECT_TRUE(world.booking().cancel_by_link(first.token, std::nullopt, "r"));
}

TEST(HostsMeetings, AreTheirsAlone) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  const Actor stranger{UserId{world.add_user("other@example.test", "Other").value}, false, "UTC"};
  EXPECT_EQ(world.booking().get(stranger, first.details.meeting.id).error().code, Code::not_found);
  EXPECT_EQ(world.booking().cancel(stranger, first.details.meeting.id, {}, "r").error().code, Code::not_found);
  EXPECT_EQ(world.booking().list(stranger, {}, {}, 10)->size(), 0U);
  EXPECT_EQ(world.booking().list(world.rep(), {}, {}, 10)->size(), 1U);
  const auto cancelled = world.booking().cancel(world.rep(), first.details.meeting.id, "Ill", "r");
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(world.sql("SELECT cancelled_by FROM scheduled_meetings"), "host");
  EXPECT_EQ(world.sql("SELECT actor || ':' || user_id FROM scheduling_audit WHERE action = 'cancelled'"),
            "user:" + std::to_string(world.rep().id.value));
}

TEST(HostsMeetings, HaveAnOutcomeOnceTheyBegan) {
  BookingWorld world;
  const Booking first = world.book(k_nine);
  const MeetingId id = first.details.meeting.id;
  EXPECT_EQ(world.booking().record_outcome(world.rep(), id, MeetingStatus::no_show, "r").error().code, Code::conflict);
  world.set_now(k_nine);
  ASSERT_TRUE(world.booking().record_outcome(world.rep(), id, MeetingStatus::no_show, "r"));
  EXPECT_EQ(world.sql("SELECT status FROM scheduled_meetings"), "no_show");
  EXPECT_EQ(world.sql("SELECT subject FROM activities ORDER BY id DESC LIMIT 1"),
            "Discovery Call with Ada Lovelace did not take place: the attendee did not come.");
  EXPECT_TRUE(world.booking().record_outcome(world.rep(), id, MeetingStatus::completed, "r"));
}

TEST(HostsMeetings, GoToAnotherHostWhoIsFree) {
  BookingWorld world;
  const crm::sdk::UserId other = world.add_user("other@example.test", "Otto Other");
  const Booking first = world.book(k_nine);
  const Booking second = world.book(k_half_past_nine, "b@prospect.test");
  const UserId otto{other.value};
  const auto handed = world.reassign(world.rep(), first.details.meeting.id, otto, "r");
  ASSERT_TRUE(handed) << handed.error().detail;
  EXPECT_EQ(handed->host, otto);
  EXPECT_EQ(world.sql("SELECT user_id FROM meeting_hosts WHERE meeting_id = " +
                      std::to_string(first.details.meeting.id.value)),
            std::to_string(other.value));
  EXPECT_EQ(world.reassign(world.rep(), first.details.meeting.id, otto, "r").error().code, Code::not_found)
      << "it is no longer the rep's";
  // The time at half past nine is now taken on Otto's side by a meeting of his own.
  world.sql(
      "UPDATE meeting_hosts SET start_time = '2025-01-14 14:45Z', end_time = '2025-01-14 15:15Z' WHERE user_id = " +
      std::to_string(other.value) + " RETURNING 1");
  EXPECT_EQ(world.reassign(world.rep(), second.details.meeting.id, otto, "r").error().code, Code::slot_taken);
  EXPECT_EQ(world.reassign(world.rep(), second.details.meeting.id, UserId{999999}, "r").error().code,
            Code::invalid_input);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_reassigned'"), "3");
}

}  // namespace
}  // namespace scheduling::test
