// EVIDENCE: B-8.4
// Types that ask an address which was never met before to prove itself, and contacts that the public learns nothing of.
#include <gtest/gtest.h>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_first_start = "2025-01-14T14:00:00Z";
constexpr const char* k_second_start = "2025-01-14T15:00:00Z";

class VerificationTest : public ::testing::Test {
 protected:
  VerificationTest() {
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.verify_email = "new_addresses"; });
  }
  std::string link(const Booking& booking) {
    return "/schedule/manage/verify/" + world.wiring().tokens->seal_verification(booking.details.meeting.id).value();
  }
  std::string kinds() {
    return world.sql("SELECT coalesce(string_agg(kind || ' ' || recipient, ',' ORDER BY id), '') FROM outbox");
  }
  crm::sdk::Response confirm(const Booking& booking) { return world.post(link(booking), "{}"); }

  BookingWorld world;
};

TEST_F(VerificationTest, ANewAddressGetsOneMailAndNobodyElseHearsOfIt) {
  const Booking booking = world.book(k_first_start);
  EXPECT_EQ(booking.details.meeting.status, MeetingStatus::pending);
  EXPECT_EQ(kinds(), "mail_verify ada@prospect.test");
  EXPECT_EQ(world.sql("SELECT count(*) FROM module_records"), "0");
  EXPECT_EQ(world.booking().book(BookingWorld::request(k_first_start, "b@prospect.test")).refusal.code,
            Code::slot_taken);
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 10));
  const auto posted = world.post_office().take();
  ASSERT_EQ(posted.size(), 1U);
  EXPECT_EQ(posted.front().message.find("text/calendar"), std::string::npos);

  EXPECT_EQ(world.page(link(booking)).status, 200);
  EXPECT_EQ(world.get(link(booking)).status, 200);
  EXPECT_EQ(world.sql("SELECT awaits_verification FROM scheduled_meetings"), "t") << "looking changes nothing";
}

TEST_F(VerificationTest, ThePostDoesAllThatABookingDoes) {
  BookingCommand request = BookingWorld::request(k_first_start);
  request.attendee.guests = {"guest@prospect.test"};
  const BookingResult answer = world.booking().book(request);
  ASSERT_TRUE(answer.booking);
  const auto confirmed = confirm(*answer.booking);
  EXPECT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(at(confirmed, "data.meeting.status"), "scheduled");
  EXPECT_EQ(at(confirmed, "data.meeting.contact_id"), "null");
  EXPECT_EQ(kinds(),
            "mail_verify ada@prospect.test,mail_booked rosa@example.test,mail_booked ada@prospect.test,"
            "mail_booked guest@prospect.test");
  EXPECT_EQ(world.sql("SELECT count(*) FROM module_records"), "1");
  EXPECT_EQ(world.sql("SELECT count(*) FROM activities"), "1");
  EXPECT_NE(world.sql("SELECT count(*) FROM meeting_reminders"), "0");
  EXPECT_EQ(confirm(*answer.booking).status, 200) << "twice is once";
  EXPECT_EQ(world.post_form(link(*answer.booking), "").status, 303);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox"), "4");

  EXPECT_EQ(world.book(k_second_start).details.meeting.status, MeetingStatus::scheduled) << "the address is known now";
}

TEST_F(VerificationTest, WhatTheHostHasToConfirmWaitsForTheHostThen) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  const Booking booking = world.book(k_first_start);
  EXPECT_EQ(at(confirm(booking), "data.meeting.status"), "pending");
  EXPECT_EQ(kinds(), "mail_verify ada@prospect.test,mail_requested rosa@example.test,mail_requested ada@prospect.test");
  EXPECT_EQ(world.sql("SELECT confirm_by > start_time - interval '1 minute' FROM scheduled_meetings"), "t");
}

TEST_F(VerificationTest, TheStartIsFreeAgainAfterHalfAnHour) {
  const Booking booking = world.book(k_first_start);
  world.set_now("2025-01-13T12:30:00Z");
  EXPECT_EQ(confirm(booking).status, 410);
  EXPECT_EQ(world.page(link(booking)).status, 410);
  EXPECT_EQ(world.wiring().jobs.expire_pending_meetings.run({}).value().handled, 1);
  EXPECT_EQ(kinds(), "mail_verify ada@prospect.test") << "nobody knew of it";
  EXPECT_TRUE(world.booking().book(BookingWorld::request(k_first_start, "b@prospect.test")).booking);
  EXPECT_EQ(confirm(booking).status, 410);
  EXPECT_EQ(world.get("/schedule/manage/verify/nonsense").status, 404);
}

TEST_F(VerificationTest, MovingAndTheHostsWordAreNoWayAround) {
  const Booking booking = world.book(k_first_start);
  EXPECT_EQ(world.post("/schedule/reschedule/" + booking.token, R"({"start":"2025-01-14T15:00:00Z"})").status, 409);
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "r"));
  EXPECT_EQ(kinds(), "mail_verify ada@prospect.test");
  EXPECT_EQ(confirm(booking).status, 410);
}

// EVIDENCE: B-7.6
TEST(PublicContacts, NeitherAnswersNorRecordsTellWhoIsAContact) {
  BookingWorld world;
  const auto id =
      world.add_contact(R"({"name":"Ada L.","email":"ada@prospect.test"})", crm::sdk::UserId{world.rep().id.value});
  const std::string body =
      R"({"start":"2025-01-14T14:00:00Z","attendee_name":"Ada Lovelace","phone":"+12125550123","attendee_email":)";
  const auto known = world.post("/schedule/rosa/call/book", body + R"("ada@prospect.test"})");
  const auto stranger =
      world.post("/schedule/rosa/call/book",
                 R"({"start":"2025-01-14T15:00:00Z","attendee_name":"Eve","attendee_email":"eve@prospect.test"})");
  for (const auto& answer : {known, stranger}) {
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(at(answer, "data.meeting.contact_id"), "null");
    const std::string url = at(answer, "data.manage_url");
    EXPECT_EQ(at(world.get(url.substr(url.find("/schedule"))), "data.meeting.contact_id"), "null");
  }
  const std::string contact = std::to_string(id);
  EXPECT_EQ(world.sql("SELECT data - 'email' FROM module_records WHERE id = " + contact), R"({"name": "Ada L."})");
  EXPECT_EQ(
      world.sql("SELECT string_agg(field || ':' || current || ':' || proposed, ',' ORDER BY field) FROM suggestions "
                "WHERE kind = 'contact_field' AND status = 'open' AND contact_id = " +
                contact),
      "name:Ada L.:Ada Lovelace,phone::+12125550123");
  EXPECT_EQ(
      world
          .post(
              "/schedule/rosa/call/book",
              R"({"start":"2025-01-14T16:00:00Z","attendee_name":"Ada Lovelace","attendee_email":"ada@prospect.test"})")
          .status,
      201);
  EXPECT_EQ(world.sql("SELECT count(*) FROM suggestions"), "2") << "said twice, suggested once";
}

TEST(PublicContacts, AHostSeesOfTheRecordWhatTheCrmShowsThem) {
  BookingWorld world;
  const crm::sdk::UserId other = world.add_user("other@example.test", "Other");
  const auto foreign = world.add_contact(R"({"name":"Ada","email":"ada@prospect.test"})", other);
  world.sql("INSERT INTO activities (record_id, kind, subject, occurs_at, data, key, created_at, updated_at) VALUES (" +
            std::to_string(foreign) +
            ", 'call', 'Secret talks', '2025-01-10', '{}', 'k', '2025-01-10', '2025-01-10') RETURNING 1");
  const Booking booking = world.book(k_first_start);
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 10));
  std::string host_mail;
  for (const Posted& posted : world.post_office().take())
    if (posted.to == "rosa@example.test") host_mail = posted.message;
  ASSERT_FALSE(host_mail.empty());
  EXPECT_EQ(host_mail.find("Secret talks"), std::string::npos);
  const MeetingId id = booking.details.meeting.id;
  EXPECT_EQ(world.booking().get(world.rep(), id)->contact, std::nullopt);
  EXPECT_EQ(world.booking().list(world.rep(), {}, {}, 10)->front().contact, std::nullopt);
  const Actor admin{world.rep().id, true, "UTC"};
  EXPECT_EQ(world.booking().get(admin, id)->contact, ContactId{foreign});
  world.sql("UPDATE module_records SET owner_user_id = NULL RETURNING 1");
  EXPECT_EQ(world.booking().get(world.rep(), id)->contact, ContactId{foreign}) << "nobody's records are everybody's";
}

}  // namespace
}  // namespace scheduling::test
