// EVIDENCE: B-8.2 B-11.1
// Hosts are asked what came of their meetings, by one mail and at most one reminder of it.
#include <gtest/gtest.h>

#include "plugin/services/outbox/outbox_worker.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_start = "2025-01-15T15:00:00Z";

class OutcomeQuestionsTest : public ::testing::Test {
 protected:
  /// With the mails of the booking itself out of the way.
  Booking booked(const std::string& start = k_start) {
    Booking booking = world.book(start);
    sent();
    return booking;
  }
  /// Both jobs of that time; who got a mail.
  std::string at_time(std::string_view now) {
    world.set_now(now);
    run();
    return sent();
  }
  void run() {
    if (!world.wiring().jobs.complete_meetings.run({})) throw std::runtime_error("not completed");
    if (!world.wiring().jobs.ask_outcomes.run({})) throw std::runtime_error("not asked");
  }
  std::string sent() {
    if (!world.wiring().mail_delivery.deliver({}, 100)) throw std::runtime_error("not delivered");
    std::string all;
    for (Posted& mail : world.post_office().take()) {
      all += (all.empty() ? "" : ",") + mail.to;
      last = std::move(mail);
    }
    return all;
  }
  std::string link(const Booking& booking) {
    return "/schedule/manage/outcome/" +
           world.wiring()
               .tokens->seal_outcome_grant({booking.details.meeting.id, booking.details.meeting.host})
               .value();
  }
  std::string outcome(const Booking& booking) {
    return world.sql("SELECT status || ' ' || coalesce(outcome, '-') FROM scheduled_meetings WHERE id = " +
                     std::to_string(booking.details.meeting.id.value));
  }
  void set_rebook() {
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.no_show_rebook = true; });
  }

  BookingWorld world;
  Posted last;
};

TEST_F(OutcomeQuestionsTest, GoToTheHostAfterTheEndAndOnceMoreADayLater) {
  booked();
  EXPECT_EQ(at_time("2025-01-15T15:29:59Z"), "");
  EXPECT_EQ(at_time("2025-01-15T15:30:00Z"), "rosa@example.test");
  EXPECT_EQ(header_in(last, "Subject"), "How did it go? Ada Lovelace, Discovery Call, Wed, Jan 15, 10:00 AM");
  EXPECT_EQ(last.message.find("text/calendar"), std::string::npos) << "nothing changes in calendars";
  EXPECT_NE(last.message.find("/schedule/manage/outcome/"), std::string::npos);
  EXPECT_EQ(at_time("2025-01-15T15:31:00Z"), "");
  EXPECT_EQ(at_time("2025-01-16T15:29:59Z"), "");
  EXPECT_EQ(at_time("2025-01-16T15:30:00Z"), "rosa@example.test");
  EXPECT_EQ(header_in(last, "Subject").substr(0, 26), "Still open: how did it go?");
  EXPECT_EQ(at_time("2025-01-17T15:30:00Z") + at_time("2025-02-17T15:30:00Z"), "") << "never a third time";
  EXPECT_EQ(world.sql("SELECT count(*) FROM outcome_questions"), "0");
}

TEST_F(OutcomeQuestionsTest, AreNotAskedWhereSomebodyHasSaidIt) {
  const Booking early = booked("2025-01-15T15:00:00Z");
  const Booking late = booked("2025-01-15T16:00:00Z");
  world.set_now("2025-01-15T15:10:00Z");
  ASSERT_TRUE(world.booking().record_outcome(world.rep(), early.details.meeting.id, MeetingStatus::completed, "r"));
  EXPECT_EQ(at_time("2025-01-15T15:40:00Z"), "") << "said during the meeting";
  EXPECT_EQ(at_time("2025-01-15T16:30:00Z"), "rosa@example.test");
  ASSERT_TRUE(world.booking().record_outcome(world.rep(), late.details.meeting.id, MeetingStatus::no_show, "r"));
  EXPECT_EQ(at_time("2025-01-16T16:31:00Z"), "") << "said after the question";
  EXPECT_EQ(world.sql("SELECT count(*) FROM outcome_questions"), "0");
}

TEST_F(OutcomeQuestionsTest, AreDroppedWhenTheAnswerComesBeforeTheMailLeaves) {
  const Booking booking = booked();
  world.set_now("2025-01-15T15:30:00Z");
  run();
  ASSERT_TRUE(world.booking().record_outcome(world.rep(), booking.details.meeting.id, MeetingStatus::completed, "r"));
  EXPECT_EQ(sent(), "");
  EXPECT_EQ(world.sql("SELECT status || ': ' || last_error FROM outbox WHERE kind = 'mail_outcome'"),
            "dropped: somebody said what came of the meeting");
}

TEST_F(OutcomeQuestionsTest, AreNotAboutMeetingsThatWereOff) {
  const Booking moved = booked();
  const Booking cancelled = booked("2025-01-15T17:00:00Z");
  ASSERT_TRUE(world.booking().reschedule({moved.token, "2025-01-16T16:00:00Z", "UTC", "r"}).booking);
  ASSERT_TRUE(world.booking().cancel_by_link(cancelled.token, std::nullopt, "r"));
  sent();
  EXPECT_EQ(at_time("2025-01-15T19:00:00Z"), "");
  EXPECT_EQ(at_time("2025-01-16T16:30:00Z"), "rosa@example.test") << "about the new time alone";
}

TEST_F(OutcomeQuestionsTest, GoToTheHostOfThen) {
  const Booking booking = booked();
  const auto max = world.add_user("max@example.test", "Max");
  ASSERT_TRUE(world.reassign({UserId{1}, true, "UTC"}, booking.details.meeting.id, UserId{max.value}, "r"));
  sent();
  EXPECT_EQ(at_time("2025-01-15T15:30:00Z"), "max@example.test");
  EXPECT_EQ(world.page(link(booking)).status, 404) << "no longer Rosa's to say";
}

TEST_F(OutcomeQuestionsTest, LoseNothingWhenAProcessDiesAndAskNobodyTwice) {
  booked();
  world.set_now("2025-01-15T15:30:00Z");
  ASSERT_TRUE(world.wiring().jobs.complete_meetings.run({}));
  // Another instance goes on: the question stands in the database since the completion.
  ASSERT_TRUE(world.elsewhere().jobs.ask_outcomes.run({}));
  ASSERT_TRUE(world.wiring().jobs.ask_outcomes.run({}));
  world.sql("UPDATE outcome_questions SET times_asked = 0, due_at = now() - interval '9 years' RETURNING 1");
  ASSERT_TRUE(world.wiring().jobs.ask_outcomes.run({}));
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE kind = 'mail_outcome'"), "1");
  EXPECT_EQ(sent(), "rosa@example.test");
}

TEST_F(OutcomeQuestionsTest, AreSilentAfterALongOutage) {
  booked();
  EXPECT_EQ(at_time("2025-01-25T15:30:00Z"), "") << "ten days later nobody remembers";
}

TEST_F(OutcomeQuestionsTest, AreAnsweredOnThePageByPostAlone) {
  const Booking booking = booked();
  at_time("2025-01-15T15:30:00Z");
  const std::string path = link(booking);
  const auto page = world.page(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
  for (const char* each : {"action=\"", "value=\"completed\"", "value=\"no_show\"", "10:00"})
    EXPECT_NE(page.body.find(each), std::string::npos) << each;
  EXPECT_EQ(outcome(booking), "completed -") << "looking changes nothing";
  const auto done = world.post_form(path, "outcome=no_show");
  EXPECT_EQ(done.status, 200);
  EXPECT_NE(done.body.find("Thank you"), std::string::npos);
  EXPECT_EQ(done.body.find("value=\"no_show\""), std::string::npos) << "only the other answer is left";
  EXPECT_EQ(outcome(booking), "no_show no_show");
  EXPECT_EQ(world.post_form(path, "outcome=no_show").status, 200) << "twice is once";
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_audit WHERE action = 'outcome'"), "1");
  const auto other = world.post(path, R"({"outcome":"completed"})");
  EXPECT_EQ(at(other, "data.outcome"), "completed") << "a mistake can be mended";
  EXPECT_EQ(outcome(booking), "completed completed");
  EXPECT_EQ(world.post(path, R"({"outcome":"cancelled"})").status, 422);
  EXPECT_EQ(world.post_form(path, "outcome=later").status, 400);
  EXPECT_EQ(at(world.get(path), "data.meeting.contact_id"), "null") << "nothing of the CRM's records";
}

TEST_F(OutcomeQuestionsTest, HaveLinksThatOpenNothingElseAndEnd) {
  const Booking booking = booked();
  const std::string decide =
      world.wiring().tokens->seal_grant({booking.details.meeting.id, booking.details.meeting.host}).value();
  EXPECT_EQ(world.page("/schedule/manage/outcome/" + decide).status, 404);
  EXPECT_EQ(world.post(link(booking), R"({"outcome":"no_show"})").status, 409) << "it has not begun";
  world.set_now("2025-02-14T15:29:59Z");
  EXPECT_EQ(world.page(link(booking)).status, 200);
  world.set_now("2025-02-14T15:30:00Z");
  EXPECT_EQ(world.page(link(booking)).status, 410);
}

TEST_F(OutcomeQuestionsTest, LeadToOneOfferToBookAgain) {
  set_rebook();
  const Booking booking = booked();
  at_time("2025-01-15T15:30:00Z");
  const std::string path = link(booking);
  ASSERT_EQ(world.post(path, R"({"outcome":"no_show"})").status, 200);
  EXPECT_EQ(sent(), "ada@prospect.test") << "guests and hosts hear nothing";
  EXPECT_NE(header_in(last, "Subject").find("Sorry that we missed you"), std::string::npos);
  EXPECT_NE(last.message.find("/schedule/rosa/call"), std::string::npos);
  EXPECT_EQ(last.message.find("text/calendar"), std::string::npos);
  ASSERT_EQ(world.post(path, R"({"outcome":"completed"})").status, 200);
  ASSERT_EQ(world.post(path, R"({"outcome":"no_show"})").status, 200);
  EXPECT_EQ(sent(), "") << "once";
}

TEST_F(OutcomeQuestionsTest, OfferNothingThatIsNotWanted) {
  const Booking plain = booked();
  world.set_now("2025-01-15T15:30:00Z");
  ASSERT_EQ(world.post(link(plain), R"({"outcome":"no_show"})").status, 200);
  EXPECT_EQ(sent(), "") << "the type does not say so";
  set_rebook();
  const Booking came = booked("2025-01-15T17:00:00Z");
  world.set_now("2025-01-15T17:30:00Z");
  ASSERT_EQ(world.post(link(came), R"({"outcome":"no_show"})").status, 200);
  ASSERT_EQ(world.post(link(came), R"({"outcome":"completed"})").status, 200);
  EXPECT_EQ(sent(), "") << "they came after all";
  const Booking again = booked("2025-01-16T17:00:00Z");
  booked("2025-01-17T17:00:00Z");
  world.set_now("2025-01-16T17:30:00Z");
  ASSERT_EQ(world.post(link(again), R"({"outcome":"no_show"})").status, 200);
  EXPECT_EQ(sent(), "") << "they meet again anyway";
  EXPECT_EQ(world.sql("SELECT last_error FROM outbox ORDER BY id DESC LIMIT 1"), "the attendee has booked again");
}

}  // namespace
}  // namespace scheduling::test
