// EVIDENCE: B-7.7 B-8.2
// Meetings that wait for their host's word: confirmed, declined or expired, from the mail's link and by the job.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_start = "2025-01-16T15:00:00Z";  // Thursday, 10:00 in New York

class ApprovalTest : public ::testing::Test {
 protected:
  ApprovalTest() {
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  }

  Booking requested() {
    Booking booking = world.book(k_start);
    sent();
    return booking;
  }
  /// Kind and recipient of what was sent since the last look: "mail_confirmed ada@prospect.test".
  std::vector<std::string> sent() {
    if (!world.wiring().mail_delivery.deliver({}, 100)) throw std::runtime_error("not delivered");
    world.post_office().take();
    const std::string lines = world.sql(
        "SELECT coalesce(string_agg(kind || ' ' || recipient, ',' ORDER BY kind, recipient), '') "
        "FROM outbox WHERE status = 'done' AND id > " +
        std::to_string(seen_));
    seen_ = std::stoll(world.sql("SELECT coalesce(max(id), 0) FROM outbox"));
    std::vector<std::string> all;
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = std::min(lines.find(',', at), lines.size());
      all.push_back(lines.substr(at, end - at));
      at = end + 1;
    }
    return all;
  }
  std::string link(const Booking& booking) {
    return "/schedule/manage/request/" +
           world.wiring().tokens->seal_grant({booking.details.meeting.id, booking.details.meeting.host}).value();
  }
  Meeting stored(const Booking& booking) {
    return world.booking().get(world.rep(), booking.details.meeting.id).value();
  }
  int expire() { return static_cast<int>(world.wiring().jobs.expire_pending_meetings.run({}).value().handled); }

  BookingWorld world;

 private:
  std::int64_t seen_ = 0;
};

using Lines = std::vector<std::string>;

TEST_F(ApprovalTest, WaitForTheirHostAndHoldTheTime) {
  const Booking booking = world.book(k_start);
  EXPECT_EQ(booking.details.meeting.status, MeetingStatus::pending);
  EXPECT_EQ(format_instant(*stored(booking).confirm_by), "2025-01-15T12:00:00Z") << "48 hours";
  EXPECT_EQ(sent(), (Lines{"mail_requested ada@prospect.test", "mail_requested rosa@example.test"}));
  EXPECT_EQ(world.booking().book(BookingWorld::request(k_start, "eve@prospect.test")).refusal.code, Code::slot_taken);
}

TEST_F(ApprovalTest, NeverWaitBeyondTheirStart) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.confirmation_hours = 168; });
  EXPECT_EQ(*world.book(k_start).details.meeting.confirm_by, *parse_instant(k_start));
}

TEST_F(ApprovalTest, AreConfirmedFromTheMailsPage) {
  const Booking booking = requested();
  const std::string path = link(booking);
  const auto page = world.page(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("action=\"" + path + "/confirm\""), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("10:00"), std::string::npos) << "in the host's zone";
  EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(stored(booking).status, MeetingStatus::pending) << "looking changes nothing";
  const auto done = world.post_form(path + "/confirm", "");
  EXPECT_EQ(done.status, 200);
  EXPECT_NE(done.body.find("You confirmed the meeting"), std::string::npos);
  EXPECT_EQ(stored(booking).status, MeetingStatus::scheduled);
  EXPECT_EQ(stored(booking).ical_sequence, 1);
  EXPECT_FALSE(stored(booking).confirm_by);
  EXPECT_EQ(sent(), (Lines{"mail_confirmed ada@prospect.test", "mail_confirmed rosa@example.test"}));
  EXPECT_EQ(world.post_form(path + "/confirm", "").status, 200) << "twice is once";
  EXPECT_EQ(sent(), Lines{});
  EXPECT_EQ(world.post_form(path + "/decline", "").status, 409);
  EXPECT_EQ(world.sql("SELECT actor || user_id FROM scheduling_audit WHERE action = 'confirmed'"),
            "user" + std::to_string(booking.details.meeting.host.value));
}

TEST_F(ApprovalTest, AreDeclinedWithAReasonAndFreeTheTime) {
  const Booking booking = requested();
  const std::string path = link(booking);
  EXPECT_EQ(world.post_form(path + "/decline", "reason=" + std::string(1001, 'x')).status, 422);
  const auto done = world.post(path + "/decline", R"({"reason":"On holiday"})");
  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(at(done, "data.meeting.status"), "cancelled");
  EXPECT_EQ(at(done, "data.meeting.cancel_reason"), "On holiday");
  EXPECT_EQ(at(done, "data.can_decide"), "false");
  EXPECT_EQ(sent(), (Lines{"mail_declined ada@prospect.test", "mail_declined rosa@example.test"}));
  EXPECT_EQ(world.post(path + "/decline", "{}").status, 200) << "twice is once";
  EXPECT_EQ(world.post(path + "/confirm", "{}").status, 409);
  EXPECT_TRUE(world.booking().book(BookingWorld::request(k_start, "eve@prospect.test")).booking);
}

TEST_F(ApprovalTest, ExpireWhenNobodyAnswers) {
  const Booking booking = requested();
  world.set_now("2025-01-15T11:59:59Z");
  EXPECT_EQ(expire(), 0);
  world.set_now("2025-01-15T12:00:00Z");
  EXPECT_EQ(world.post_form(link(booking) + "/confirm", "").status, 409) << "too late, though the job has not run";
  EXPECT_EQ(world.page(link(booking)).body.find("/confirm\""), std::string::npos) << "no button that will not work";
  EXPECT_EQ(expire(), 1);
  EXPECT_EQ(expire(), 0);
  const Meeting meeting = stored(booking);
  EXPECT_EQ(meeting.status, MeetingStatus::cancelled);
  ASSERT_TRUE(meeting.cancellation);
  EXPECT_EQ(meeting.cancellation->by, CancelledBy::system);
  EXPECT_EQ(meeting.cancellation->reason, (CancelReason{CancelReasonKind::host_did_not_confirm_in_time, {}}));
  const std::string sentence = "The host did not confirm in time.";
  EXPECT_EQ(world.sql("SELECT cancel_reason || cancel_reason_kind FROM scheduled_meetings"),
            sentence + "host_did_not_confirm_in_time");
  EXPECT_EQ(at(world.get("/schedule/manage/" + booking.token), "data.meeting.cancel_reason"), sentence);
  EXPECT_NE(world.page("/schedule/manage/" + booking.token).body.find(sentence), std::string::npos);
  EXPECT_EQ(world.sql("SELECT data ->> 'cancel_reason' FROM activities ORDER BY id DESC LIMIT 1"), sentence);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE payload ? 'reason'"), "0") << "mails find it in the meeting";
  EXPECT_EQ(sent(), (Lines{"mail_expired ada@prospect.test", "mail_expired rosa@example.test"}));
  EXPECT_EQ(world.sql("SELECT actor FROM scheduling_audit WHERE action = 'expired'"), "system");
  EXPECT_TRUE(world.booking().book(BookingWorld::request(k_start, "eve@prospect.test")).booking)
      << "the time is free again";
}

TEST_F(ApprovalTest, OfOtherHostsAreNotFound) {
  const Booking booking = requested();
  const std::string old_link = link(booking);
  const auto other = world.add_user("max@example.test", "Max");
  const Actor admin{UserId{1}, true, "UTC"};
  ASSERT_TRUE(world.reassign(admin, booking.details.meeting.id, UserId{other.value}, "test"));
  EXPECT_EQ(world.page(old_link).status, 404);
  EXPECT_EQ(world.post_form(old_link + "/confirm", "").status, 404);
  EXPECT_EQ(world.sql("SELECT status FROM scheduled_meetings"), "pending");
}

TEST_F(ApprovalTest, LinksCannotBeMadeUp) {
  const Booking booking = requested();
  const std::string good = link(booking);
  std::string bent = good;
  bent[bent.size() - 10] = bent[bent.size() - 10] == 'A' ? 'B' : 'A';
  for (const std::string& path :
       {bent, good.substr(0, good.size() - 4), std::string("/schedule/manage/request/abc"),
        "/schedule/manage/request/" + std::string(5000, 'A'), "/schedule/manage/request/" + booking.token}) {
    EXPECT_EQ(world.get(path).status, 404) << path.substr(0, 60);
    EXPECT_EQ(world.post(path + "/confirm", "{}").status, 404) << path.substr(0, 60);
  }
}

TEST_F(ApprovalTest, AMovedMeetingWaitsAgain) {
  const Booking booking = requested();
  ASSERT_TRUE(world.booking().confirm(world.rep(), booking.details.meeting.id, "test"));
  const auto moved = world.booking().reschedule({booking.token, "2025-01-16T16:00:00Z", std::nullopt, "test"});
  ASSERT_TRUE(moved.booking);
  EXPECT_EQ(moved.booking->details.meeting.status, MeetingStatus::pending);
  EXPECT_TRUE(moved.booking->details.meeting.confirm_by);
  EXPECT_EQ(moved.booking->details.meeting.ical_sequence, 2);
}

// EVIDENCE: B-8.1
TEST_F(ApprovalTest, TheLinkServesThePresentHostWhileTheyAreThereAndEndsWithTheMeeting) {
  const Booking booking = requested();
  const std::string rosa = std::to_string(world.rep().id.value);
  ASSERT_EQ(at(world.get(link(booking)), "data.meeting.contact_id"), "null");
  ASSERT_EQ(at(world.get(link(booking)), "data.can_decide"), "true");

  world.sql("UPDATE users SET is_active = false WHERE id = " + rosa + " RETURNING 1");
  EXPECT_EQ(world.get(link(booking)).status, 404);
  EXPECT_EQ(world.post(link(booking) + "/confirm", "{}").status, 404);
  EXPECT_EQ(world.post(link(booking) + "/decline", "{}").status, 404);
  EXPECT_EQ(stored(booking).status, MeetingStatus::pending);
  world.sql("UPDATE users SET is_active = true WHERE id = " + rosa + " RETURNING 1");

  const crm::sdk::UserId bob = world.add_user("bob@example.test", "Bob");
  const std::string old_link = link(booking);
  ASSERT_TRUE(world.reassign(world.rep(), booking.details.meeting.id, UserId{bob.value}, "r"));
  EXPECT_EQ(world.post(old_link + "/confirm", "{}").status, 404);
  ASSERT_TRUE(world.reassign({UserId{bob.value}, false, {}}, booking.details.meeting.id, world.rep().id, "r"));

  world.set_now("2025-01-16T15:29:59Z");
  EXPECT_EQ(world.get(link(booking)).status, 200);
  world.set_now("2025-01-16T15:30:00Z");
  EXPECT_EQ(world.get(link(booking)).status, 410);
  EXPECT_EQ(world.post(link(booking) + "/decline", "{}").status, 410);
}

}  // namespace
}  // namespace scheduling::test
