// A booking end to end on a real database: what commits together, and what is refused.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

// Tuesday, 14 January 2025: 9:00 in New York is 14:00 in UTC.
constexpr const char* k_nine = "2025-01-14T14:00:00Z";
constexpr const char* k_half_past_nine = "2025-01-14T14:30:00Z";

// EVIDENCE: B-7.1
TEST(Booking, CommitsContactMeetingActivityAuditAndMailsTogether) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request(k_nine);
  request.attendee.phone = "+1 212 555 0123";
  request.attendee.guests = {"guest@prospect.test"};
  request.attendee.utm = {{"source", "mail"}};
  const BookingResult answer = world.booking().book(request);
  ASSERT_TRUE(answer.booking);
  const Meeting& meeting = answer.booking->details.meeting;
  EXPECT_EQ(world.sql("SELECT status || ' ' || attendee_email || ' ' || timezone FROM scheduled_meetings"),
            "scheduled ada@prospect.test Europe/Berlin");
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_hosts WHERE is_live"), "1");
  EXPECT_EQ(
      world.sql(
          "SELECT data->>'source' || ' ' || (data->>'utm_source') || ' ' || (data->>'phone') FROM module_records"),
      "meeting_scheduler mail +12125550123");
  EXPECT_EQ(world.sql("SELECT owner_user_id FROM module_records"), std::to_string(world.rep().id.value));
  EXPECT_EQ(world.sql("SELECT kind || '|' || subject FROM activities"),
            "meeting|Discovery Call with Ada Lovelace was booked.");
  EXPECT_EQ(world.sql("SELECT data->>'meeting_id' FROM activities"), std::to_string(meeting.id.value));
  EXPECT_EQ(world.sql("SELECT to_char(occurs_at, 'YYYY-MM-DD HH24:MI') FROM activities"), "2025-01-14 14:00");
  EXPECT_EQ(world.sql("SELECT string_agg(action || ':' || actor, ',') FROM scheduling_audit"), "booked:attendee");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_booked' AND status = 'waiting'"), "3");
  EXPECT_EQ(world.sql("SELECT assignment_reason FROM scheduling_audit"), "personal");
  EXPECT_EQ(world.sql("SELECT octet_length(token_hash) FROM manage_tokens"), "32");
}

TEST(Booking, KeepsNothingInClearThatOpensTheLink) {
  BookingWorld world;
  const Booking booked = world.book(k_nine);
  EXPECT_EQ(booked.token.size(), 43U);
  EXPECT_EQ(world.sql("SELECT count(*) FROM manage_tokens WHERE encode(token_sealed, 'escape') LIKE '%" + booked.token +
                      "%'"),
            "0");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE payload::text LIKE '%" + booked.token + "%'"), "0");
  EXPECT_EQ(world.sql("SELECT count(*) FROM activities WHERE data::text LIKE '%" + booked.token + "%'"), "0");
}

// EVIDENCE: B-7.3
TEST(Booking, RefusesByRuleOrByBusyTimeAndOffersWhatIsFree) {
  BookingWorld world;
  world.book(k_nine);
  const BookingResult taken = world.booking().book(BookingWorld::request(k_nine, "bob@prospect.test"));
  EXPECT_EQ(taken.refusal.code, Code::slot_taken);
  ASSERT_EQ(taken.alternatives.size(), 5U);
  for (const char* start : {"2025-01-14T14:10:00Z", "2025-01-18T15:00:00Z", "2025-01-13T12:30:00Z",
                            "2025-09-01T15:00:00Z", "1999-01-01T00:00:00Z"}) {
    const BookingResult refused = world.booking().book(BookingWorld::request(start));
    EXPECT_EQ(refused.refusal.code, Code::outside_rules) << start;
    EXPECT_FALSE(refused.alternatives.empty()) << start;
  }
  for (const Instant start : taken.alternatives)
    EXPECT_TRUE(world.booking().book(BookingWorld::request(format_instant(start))).booking) << format_instant(start);
  EXPECT_EQ(world.sql("SELECT count(*) FROM module_records"), "1");
}

TEST(Booking, NamesEveryFieldThatIsWrongAtOnce) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request("tomorrow", "no-address");
  request.timezone = "Mars/Olympus";
  request.attendee.attendee_name = " ";
  request.idempotency_key = std::string(256, 'k');
  const BookingResult refused = world.booking().book(request);
  ASSERT_EQ(refused.refusal.code, Code::invalid_input);
  std::string fields;
  for (const FieldError& field : refused.refusal.fields) fields += field.field + ":" + field.code + " ";
  EXPECT_EQ(fields,
            "start:invalid_format timezone:invalid_timezone idempotency_key:too_long attendee_name:required "
            "attendee_email:invalid_email ");
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "0");
}

// EVIDENCE: B-7.2
TEST(Booking, OneOfAHundredWinsTheSlotAndTheOthersAreToldWhatIsFree) {
  BookingWorld world;
  std::atomic<int> won{0}, taken{0}, other{0}, without_alternatives{0};
  std::vector<std::thread> prospects;
  for (int i = 0; i < 100; ++i)
    prospects.emplace_back([&, i] {
      const BookingResult answer =
          world.booking().book(BookingWorld::request(k_nine, "p" + std::to_string(i) + "@prospect.test"));
      if (answer.booking)
        ++won;
      else if (answer.refusal.code == Code::slot_taken)
        answer.alternatives.empty() ? ++without_alternatives : ++taken;
      else
        ++other;
    });
  for (std::thread& prospect : prospects) prospect.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(taken, 99);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(without_alternatives, 0);
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
  EXPECT_EQ(world.sql("SELECT count(*) FROM module_records"), "1");
}

// EVIDENCE: B-7.4
TEST(Booking, ARepeatedRequestGetsTheSameMeetingAndTheSameLink) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request(k_nine);
  request.idempotency_key = "form-1-of-a-browser";
  const BookingResult first = world.booking().book(request);
  const BookingResult again = world.booking().book(request);
  ASSERT_TRUE(first.booking && again.booking);
  EXPECT_FALSE(first.booking->is_repeated);
  EXPECT_TRUE(again.booking->is_repeated);
  EXPECT_EQ(again.booking->token, first.booking->token);
  EXPECT_EQ(again.booking->details.meeting.id, first.booking->details.meeting.id);
  BookingCommand different = request;
  different.attendee.notes = "Something else";
  EXPECT_EQ(world.booking().book(different).refusal.code, Code::idempotency_conflict);
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");

  ASSERT_TRUE(world.booking().cancel_by_link(first.booking->token, std::nullopt, "r"));
  const BookingResult reborn = world.booking().book(request);
  ASSERT_TRUE(reborn.booking);
  EXPECT_FALSE(reborn.booking->is_repeated);
  EXPECT_NE(reborn.booking->token, first.booking->token);
}

TEST(Booking, AKeyThatIsEasilyGuessedIsRefused) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request(k_nine);
  for (const std::size_t length : {1U, 15U, 256U}) {
    request.idempotency_key = std::string(length, 'k');
    const BookingResult refused = world.booking().book(request);
    ASSERT_EQ(refused.refusal.code, Code::invalid_input) << length;
    EXPECT_EQ(refused.refusal.fields.front().field, "idempotency_key");
  }
  for (const std::size_t length : {16U, 255U}) {
    request.idempotency_key = std::string(length, 'k');
    request.start = length == 16U ? k_nine : k_half_past_nine;
    EXPECT_TRUE(world.booking().book(request).booking) << length;
  }
}

TEST(Booking, TheSameKeyFromManyThreadsMakesOneMeeting) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request(k_nine);
  request.idempotency_key = "a-double-click-key";
  std::atomic<int> made{0}, repeated{0}, refused{0};
  std::vector<std::thread> clicks;
  for (int i = 0; i < 12; ++i)
    clicks.emplace_back([&] {
      const BookingResult answer = world.booking().book(request);
      if (!answer.booking)
        ++refused;
      else
        ++(answer.booking->is_repeated ? repeated : made);
    });
  for (std::thread& click : clicks) click.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(repeated, 11);
  EXPECT_EQ(refused, 0);
}

// EVIDENCE: B-7.6
TEST(Booking, FindsTheContactWhateverCaseAndFormTheAddressHas) {
  BookingWorld world;
  const crm::sdk::UserId somebody = world.add_user("other@example.test", "Other");
  const auto grace =
      world.add_contact(R"({"name":"Grace Hopper","emails":["GR\u00c9CE@Prospect.test"],"phone":""})", somebody);
  BookingCommand request = BookingWorld::request(k_nine,
                                                 "gre\xcc\x81"
                                                 "ce@prospect.test");
  request.attendee.attendee_name = "G. M. Hopper";
  request.attendee.phone = "+12125550123";
  const BookingResult answer = world.booking().book(request);
  ASSERT_TRUE(answer.booking) << answer.refusal.detail;
  EXPECT_EQ(answer.booking->details.meeting.contact->value, grace);
  EXPECT_EQ(world.sql("SELECT data->>'name' FROM module_records WHERE id = " + std::to_string(grace)), "Grace Hopper");
  EXPECT_EQ(world.sql("SELECT data->>'phone' FROM module_records WHERE id = " + std::to_string(grace)), "")
      << "a public booking writes nothing into a contact";
  EXPECT_EQ(world.sql("SELECT data->'suggestions'->>'name' FROM activities"), "G. M. Hopper");
}

TEST(Booking, OfSeveralContactsTakesTheHostsOwnThenTheLowestId) {
  BookingWorld world;
  const crm::sdk::UserId somebody = world.add_user("other@example.test", "Other");
  const crm::sdk::UserId rosa{world.rep().id.value};
  const auto first = world.add_contact(R"({"name":"A","email":"ada@prospect.test"})", somebody);
  const auto own = world.add_contact(R"({"name":"B","email":"ada@prospect.test"})", rosa);
  EXPECT_EQ(world.book(k_nine).details.meeting.contact->value, own);
  world.sql("UPDATE module_records SET owner_user_id = NULL WHERE id = " + std::to_string(own) + " RETURNING 1");
  EXPECT_EQ(world.book(k_half_past_nine).details.meeting.contact->value, first);
}

TEST(Booking, AWaitingMeetingHoldsItsTimeUntilTheHostSays) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  const Booking first = world.book(k_nine);
  EXPECT_EQ(first.details.meeting.status, MeetingStatus::pending);
  EXPECT_EQ(world.booking().book(BookingWorld::request(k_nine, "b@prospect.test")).refusal.code, Code::slot_taken);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_requested'"), "2");
  const auto confirmed = world.booking().confirm(world.rep(), first.details.meeting.id, "r");
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->status, MeetingStatus::scheduled);

  const Booking second = world.book(k_half_past_nine, "c@prospect.test");
  const auto declined = world.booking().decline(world.rep(), second.details.meeting.id, "Fully booked", "r");
  ASSERT_TRUE(declined);
  EXPECT_EQ(declined->status, MeetingStatus::cancelled);
  EXPECT_EQ(world.sql("SELECT cancel_reason FROM scheduled_meetings WHERE status = 'cancelled'"), "Fully booked");
  EXPECT_EQ(world.booking().confirm(world.rep(), second.details.meeting.id, "r").error().code, Code::conflict);
}

TEST(Booking, ConfirmingChecksAgainWhetherTheTimeIsFree) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  const Booking waiting = world.book(k_nine);
  world.sql(
      "WITH c AS (INSERT INTO calendar_connections (user_id, provider, access_token) VALUES (" +
      std::to_string(world.rep().id.value) +
      ", 'google', 'x') RETURNING id) INSERT INTO external_busy (user_id, calendar_connection_id, external_event_id, "
      "start_time, end_time) SELECT " +
      std::to_string(world.rep().id.value) + ", id, 'e', '2025-01-14 14:10Z', '2025-01-14 14:20Z' FROM c RETURNING 1");
  EXPECT_EQ(world.booking().confirm(world.rep(), waiting.details.meeting.id, "r").error().code, Code::slot_taken);
  EXPECT_EQ(world.sql("SELECT status FROM scheduled_meetings"), "pending");
}

}  // namespace
}  // namespace scheduling::test
