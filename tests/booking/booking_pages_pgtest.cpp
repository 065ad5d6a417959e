// The pages around a booking: what a person reads after sending, after losing a time, after moving, after the meeting.
#include <gtest/gtest.h>

#include <regex>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

constexpr const char* k_path = "/schedule/rosa/call";

struct BookingPages : testing::Test {
  BookingWorld world;

  static bool contains(const Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
  }
  static std::string title(const Response& response) {
    std::smatch match;
    return std::regex_search(response.body, match, std::regex("<title>([^<]*)</title>")) ? match[1].str() : "";
  }
  Response send(const std::string& start, const std::string& more = "&idempotency_key=a-key-of-one-form") {
    return world.post_form(
        std::string(k_path) + "/book",
        "start=" + start + "&timezone=Europe%2FBerlin&attendee_name=Ada&attendee_email=ada%40prospect.test" + more);
  }
  std::string booked_token() {
    const std::string place = header(send("2025-01-14T14%3A00%3A00Z"), "Location");
    return place.substr(17, 43);
  }
};

TEST_F(BookingPages, SayWhoIsWrittenToAndWhichLinkToKeep) {
  const Response sent =
      send("2025-01-14T14%3A00%3A00Z", "&guests=grace%40prospect.test&idempotency_key=a-key-of-one-form");
  const Response page = world.page(header(sent, "Location"));
  const std::string token = header(sent, "Location").substr(17, 43);
  EXPECT_TRUE(contains(page, "<a href=\"https://crm.example/schedule/manage/" + token + "\">"));
  EXPECT_TRUE(contains(page, "On the way to ada@prospect.test"));
  EXPECT_TRUE(contains(page, "On the way to grace@prospect.test"));
  EXPECT_TRUE(contains(page, "On the way to Rosa Rep"));
  EXPECT_FALSE(contains(page, "rosa@example.test")) << "the host's address is the host's";
  ASSERT_TRUE(world.wiring().mail_delivery.deliver({}, 100));
  EXPECT_TRUE(contains(world.page(header(sent, "Location")), "Sent to ada@prospect.test"));
  EXPECT_FALSE(contains(world.page("/schedule/manage/" + token), "Sent to")) << "the page of a booking only";
}

TEST_F(BookingPages, OfferOnlyWhatIsAllowed) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.cancel_notice_minutes = 2880;
    patch.settings.reschedule_notice_minutes = 2880;
  });
  const std::string token = booked_token();
  const Response page = world.page("/schedule/manage/" + token + "?booked=1");
  EXPECT_TRUE(contains(page, "You are booked"));
  EXPECT_FALSE(contains(page, "?move=1"));
  EXPECT_FALSE(contains(page, "action=\"/schedule/cancel/"));
}

TEST_F(BookingPages, ARequestIsNoBooking) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
  const Response page = world.page("/schedule/manage/" + booked_token() + "?booked=1");
  EXPECT_TRUE(contains(page, "Your request was sent"));
  EXPECT_FALSE(contains(page, "You are booked"));
}

TEST_F(BookingPages, AMarkInTheAddressSaysNothingUntrue) {
  const std::string token = booked_token();
  ASSERT_TRUE(world.booking().cancel_by_link(token, std::nullopt, "r"));
  const Response cancelled = world.page("/schedule/manage/" + token + "?booked=1");
  EXPECT_FALSE(contains(cancelled, "You are booked"));
  EXPECT_TRUE(contains(cancelled, "href=\"/schedule/rosa/call\">Book another time"));
}

// EVIDENCE: B-7.4
TEST_F(BookingPages, AFormThatWasChangedLeadsToItsBooking) {
  const std::string key = "form-0123456789abcdef0123456789abcdef";
  const Response sent = send("2025-01-14T14%3A00%3A00Z", "&idempotency_key=" + key);
  const std::string token = header(sent, "Location").substr(17, 43);
  const Response changed = send("2025-01-14T14%3A00%3A00Z", "&notes=Hello&idempotency_key=" + key);
  EXPECT_EQ(changed.status, 409);
  EXPECT_TRUE(contains(changed, "href=\"/schedule/manage/" + token + "\""));
  ASSERT_EQ(send("2025-01-14T15%3A00%3A00Z", "&idempotency_key=a-key-that-others-guess").status, 303);
  const Response guessed = send("2025-01-14T15%3A00%3A00Z", "&notes=Hello&idempotency_key=a-key-that-others-guess");
  EXPECT_EQ(guessed.status, 409);
  EXPECT_FALSE(contains(guessed, "/schedule/manage/")) << "only a form's own key is a proof";
}

// EVIDENCE: B-7.2
TEST_F(BookingPages, ATakenTimeKeepsWhatWasTypedAndOpensTheDay) {
  world.add_type("ask", [](MeetingTypePatch& patch) {
    patch.questions = std::vector<QuestionDraft>{{"size", "Team size", "number", false, {}},
                                                 {"days", "Days", "multiselect", false, {"Mon", "Tue"}}};
  });
  world.book("2025-01-14T14:00:00Z");
  const std::string typed =
      "timezone=America%2FNew_York&attendee_name=Ada&attendee_email=ada%40prospect.test&notes=one%0Atwo"
      "&guests=g%40x.test&guests=h%40x.test&answers%5Bsize%5D=12&answers.days=Mon&answers.days=Tue&utm_source=mail"
      "&idempotency_key=a-key-of-one-form";
  const auto keeps = [&](const Response& page) {
    for (const std::string text :
         {"value=\"Ada\"", "value=\"ada@prospect.test\"", ">one\ntwo</textarea>", ">g@x.test\nh@x.test</textarea>",
          "name=\"answers.size\" value=\"12\"", "value=\"Mon\" checked", "value=\"Tue\" checked",
          "name=\"utm_source\" value=\"mail\"", "name=\"idempotency_key\" value=\"a-key-of-one-form\"",
          "value=\"America/New_York\""})
      EXPECT_TRUE(contains(page, text)) << text;
  };
  const Response taken = world.post_form("/schedule/rosa/ask/book", "start=2025-01-14T14%3A00%3A00Z&" + typed);
  EXPECT_EQ(taken.status, 409);
  keeps(taken);
  EXPECT_TRUE(title(taken).starts_with("Error: ")) << title(taken);
  EXPECT_TRUE(contains(taken, "role=\"alert\" tabindex=\"-1\" autofocus"));
  EXPECT_TRUE(contains(taken, "Tuesday, January 14")) << "the wanted day is open";
  EXPECT_TRUE(contains(taken, "type=\"radio\" name=\"start\" value=\"2025-01-14T14:30:00Z\" id=\"start\"><span>9:30"));
  EXPECT_TRUE(contains(taken, "value=\"2025-01-14T21:30:00Z\"")) << "all times of the day";
  EXPECT_FALSE(std::regex_search(taken.body, std::regex("type=\"radio\"[^>]*checked"))) << "nothing is chosen";
  EXPECT_FALSE(contains(taken, "type=\"hidden\" name=\"start\""));

  const Response other = world.post_form("/schedule/rosa/ask", "pick_date=2025-01-16&" + typed);
  EXPECT_EQ(other.status, 200);
  keeps(other);
  EXPECT_TRUE(contains(other, "Thursday, January 16"));
  EXPECT_TRUE(contains(other, "value=\"2025-01-16T14:00:00Z\""));
  const Response sunday = world.post_form("/schedule/rosa/ask", "pick_date=2025-01-19&" + typed);
  EXPECT_TRUE(contains(sunday, "No free times on this day"));
  const Response unchosen = world.post_form("/schedule/rosa/ask/book", typed);
  EXPECT_EQ(unchosen.status, 422);
  keeps(unchosen);
  EXPECT_TRUE(contains(unchosen, "href=\"#start\""));
  EXPECT_TRUE(contains(unchosen, "id=\"start\""));
  EXPECT_TRUE(contains(unchosen, "id=\"start-error\""));
  const Response outside = world.post_form("/schedule/rosa/ask/book", "start=2025-01-15T14%3A07%3A00Z&" + typed);
  EXPECT_EQ(outside.status, 422);
  keeps(outside);
  EXPECT_TRUE(contains(outside, "Wednesday, January 15"));
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
}

TEST_F(BookingPages, WhateverIsRefusedNothingTypedIsLost) {
  world.set_settings(R"({"blocked_senders":["prospect.test"]})");
  const Response refused = send("2025-01-14T14%3A00%3A00Z", "&notes=Hello+there&idempotency_key=a-key-of-one-form");
  EXPECT_EQ(refused.status, 403);
  EXPECT_TRUE(contains(refused, "This could not be booked"));
  EXPECT_TRUE(contains(refused, ">Hello there</textarea>"));
  EXPECT_TRUE(contains(refused, "name=\"start\" value=\"2025-01-14T14:00:00Z\""));
}

TEST_F(BookingPages, ErrorsComeFirstAndStandAtTheirFields) {
  const Response wrong = world.post_form(std::string(k_path) + "/book",
                                         "start=2025-01-14T14%3A00%3A00Z&attendee_name=&attendee_email=nobody");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(title(wrong).starts_with("Error: "));
  EXPECT_TRUE(contains(wrong, "autofocus id=\"errors\""));
  EXPECT_TRUE(contains(wrong, "href=\"#attendee_name\""));
  EXPECT_TRUE(contains(wrong, "id=\"attendee_email-error\""));
  EXPECT_TRUE(contains(wrong, "type=\"hidden\" name=\"start\" value=\"2025-01-14T14:00:00Z\"")) << "the time stays";
}

TEST_F(BookingPages, MovingOpensOnTheMeetingsDayAndMarksItsTime) {
  const std::string token = world.book("2025-01-16T14:00:00Z").token;
  const Response page = world.page("/schedule/manage/" + token + "?move=1");
  EXPECT_TRUE(contains(page, "Thursday, January 16"));
  EXPECT_TRUE(contains(page, "<span class=\"time current\" aria-current=\"time\">3:00"));
  EXPECT_FALSE(contains(page, "start=2025-01-16T14%3A00%3A00Z")) << "it cannot be chosen";
  EXPECT_TRUE(contains(page, "start=2025-01-16T14%3A30%3A00Z"));
  world.book("2025-01-17T14:00:00Z", "b@prospect.test");
  const Response taken = world.post_form("/schedule/reschedule/" + token, "start=2025-01-17T14%3A00%3A00Z");
  EXPECT_EQ(taken.status, 409);
  EXPECT_TRUE(title(taken).starts_with("Error: "));
  EXPECT_TRUE(contains(taken, "Friday, January 17")) << "the wanted day is open";
}

TEST_F(BookingPages, TheSameTimeIsRefused) {
  const std::string token = world.book("2025-01-16T14:00:00Z").token;
  const Response json = world.post("/schedule/reschedule/" + token, R"({"start":"2025-01-16T14:00:00Z"})");
  EXPECT_EQ(json.status, 422);
  EXPECT_EQ(at(json, "errors.0.field") + ":" + at(json, "errors.0.code"), "start:same_time");
  const Response form = world.post_form("/schedule/reschedule/" + token, "start=2025-01-16T14%3A00%3A00Z");
  EXPECT_EQ(form.status, 422);
  EXPECT_TRUE(contains(form, "Your meeting is at this time already"));
  EXPECT_FALSE(
      contains(world.page("/schedule/manage/" + token + "?move=1&start=2025-01-16T14:00:00Z"), "Move the meeting?"));
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
}

TEST_F(BookingPages, AReasonThatIsRefusedStaysInItsField) {
  const std::string reason(1001, 'r');
  const std::string token = world.book("2025-01-16T14:00:00Z").token;
  const Response refused = world.post_form("/schedule/cancel/" + token, "reason=" + reason);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(title(refused).starts_with("Error: "));
  EXPECT_TRUE(contains(refused, ">" + reason + "</textarea>"));
  EXPECT_TRUE(contains(refused, "id=\"reason-error\""));
}

TEST_F(BookingPages, AfterTheMeetingThePageSaysSo) {
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  world.set_now("2025-01-14T14:10:00Z");
  const Response during = world.page("/schedule/manage/" + token);
  EXPECT_TRUE(contains(during, "under way"));
  EXPECT_FALSE(contains(during, "Book another time"));
  world.set_now("2025-01-14T14:30:00Z");
  for (const char* query : {"", "?move=1", "?booked=1"}) {
    const Response after = world.page("/schedule/manage/" + token + query);
    EXPECT_TRUE(contains(after, "This meeting has taken place")) << query;
    EXPECT_TRUE(contains(after, "href=\"/schedule/rosa/call\">Book another time")) << query;
    EXPECT_FALSE(contains(after, "can no longer be")) << query;
    EXPECT_FALSE(contains(after, "?move=1\"")) << query;
  }
}

TEST_F(BookingPages, RoomsAreShownAfterBookingOnly) {
  struct {
    const char* kind;
    const char* details;
    bool is_open;
  } const cases[] = {
      {"zoom", "https://acme.zoom.us/j/1", false},       {"custom", "https://meet.example/room", false},
      {"custom", "Dial +1 202 555 0136, PIN 99", false}, {"in_person", "1 Main Street, 80331 Town", true},
      {"in_person", "see www.example.com/way", false},   {"in_person", "acme.zoom.us/j/1", false},
      {"in_person", "ring 0800 123 45 67", false}};
  for (const auto& one : cases) {
    SCOPED_TRACE(one.details);
    world.change_type(world.call(), [&](MeetingTypePatch& patch) {
      patch.location_type = one.kind;
      patch.location_details = one.details;
    });
    for (const char* path : {"/schedule/rosa", "/schedule/rosa/call", "/schedule/rosa/call?start=2025-01-16T14:00:00Z"})
      EXPECT_EQ(contains(world.page(path), one.details), one.is_open) << path;
    EXPECT_FALSE(contains(world.get("/schedule/rosa"), one.details));
    EXPECT_FALSE(contains(world.get("/schedule/rosa/call"), one.details));
    const Booking booked = world.book("2025-01-14T14:00:00Z");
    EXPECT_TRUE(contains(world.page("/schedule/manage/" + booked.token), one.details));
    ASSERT_TRUE(world.booking().cancel_by_link(booked.token, std::nullopt, "r"));
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = true; });
    const Booking asked = world.book("2025-01-14T15:00:00Z");
    const std::string manage = "/schedule/manage/" + asked.token;
    EXPECT_EQ(contains(world.page(manage), one.details), one.is_open) << "the host has not said yes";
    if (!one.is_open) {
      EXPECT_EQ(at(world.get(manage), "data.meeting.location").find(one.details), std::string::npos);
      EXPECT_FALSE(contains(world.get(manage + "/invite.ics"), one.details));
    }
    ASSERT_TRUE(world.booking().confirm(world.rep(), asked.details.meeting.id, "r"));
    EXPECT_TRUE(contains(world.page(manage), one.details));
    ASSERT_TRUE(world.booking().cancel_by_link(asked.token, std::nullopt, "r"));
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.requires_confirmation = false; });
  }
}

// EVIDENCE: B-7.5
TEST_F(BookingPages, AnswersKeepTheOrderOfTheQuestions) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.questions = std::vector<QuestionDraft>{
        {"zz", "First", "text", false, {}}, {"a", "Second", "text", false, {}}, {"mmm", "Third", "text", false, {}}};
  });
  const Response sent = send("2025-01-14T14%3A00%3A00Z", "&answers.mmm=3&answers.a=2&answers.zz=1");
  const std::string body = world.page(header(sent, "Location")).body;
  EXPECT_LT(body.find(">First<"), body.find(">Second<"));
  EXPECT_LT(body.find(">Second<"), body.find(">Third<"));
  EXPECT_NE(body.find(">First<"), std::string::npos);
}

TEST_F(BookingPages, ThePageSaysWhatBecomesOfTheDetails) {
  EXPECT_FALSE(contains(world.page("/schedule/rosa/call?start=2025-01-16T14:00:00Z"), "for this meeting only"));
  PagePatch patch;
  patch.privacy.text = "We keep your details <b>for a year</b>.";
  patch.privacy.url = "https://rosa.example/privacy";
  ASSERT_TRUE(world.wiring().scheduling.update_page(world.rep(), world.page_id(), patch));
  const Response form = world.page("/schedule/rosa/call?start=2025-01-16T14:00:00Z");
  EXPECT_TRUE(contains(form, "We keep your details &lt;b&gt;for a year&lt;/b&gt;."));
  EXPECT_TRUE(contains(form, "href=\"https://rosa.example/privacy\""));
  EXPECT_EQ(at(world.get("/schedule/rosa"), "data.privacy.url"), "https://rosa.example/privacy");
}

}  // namespace
}  // namespace scheduling::test
