// The public routes as a browser without script and as a program meet them.
#include <gtest/gtest.h>

#include <regex>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;
using testing::Test;

constexpr const char* k_book = "/schedule/rosa/call/book";
const std::string k_body =
    R"({"start":"2025-01-14T14:00:00Z","timezone":"Europe/Berlin","attendee_name":"Ada","attendee_email":"ada@prospect.test"})";
const std::string k_form =
    "start=2025-01-14T14%3A00%3A00Z&timezone=Europe%2FBerlin&attendee_name=Ada+%3Cb%3E&attendee_email=ada%40prospect."
    "test"
    "&idempotency_key=key-of-one-form-0001&utm_source=mail";

bool shows(const Response& response, const std::string& text) {
  return response.body.find(text) != std::string::npos;
}

/// The first match of the pattern's only group; empty when there is none.
std::string found(const Response& response, const char* pattern) {
  std::smatch match;
  return std::regex_search(response.body, match, std::regex(pattern)) ? match[1].str() : std::string();
}

std::string unescaped(std::string text) {
  for (std::size_t i; (i = text.find("&amp;")) != std::string::npos;) text.replace(i, 5, "&");
  return text;
}

TEST(PublicApi, ListsSlotsOfABookersDay) {
  BookingWorld world;
  const Response day = world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=America/New_York");
  EXPECT_EQ(day.status, 200);
  EXPECT_EQ(at(day, "data.timezone"), "America/New_York");
  EXPECT_EQ(at(day, "data.slots.size"), "16");
  EXPECT_EQ(at(day, "data.slots.0.start"), "2025-01-14T14:00:00Z");
  EXPECT_EQ(at(day, "data.slots.0.end"), "2025-01-14T14:30:00Z");
  EXPECT_EQ(at(day, "data.slots.0.local"), "2025-01-14T09:00");
  EXPECT_EQ(at(day, "data.slots.0.offset_minutes"), "-300");
  EXPECT_EQ(at(world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=Asia/Kolkata"), "data.slots.0.local"),
            "2025-01-14T00:00")
      << "half past one in the afternoon of the day before, in New York";
  EXPECT_EQ(at(world.get("/schedule/rosa/call/slots?from=2025-01-13&to=2025-01-19"), "data.slots.size"), "80");
}

TEST(PublicApi, NamesWhatIsWrongWithASlotsQuery) {
  BookingWorld world;
  const std::pair<const char*, const char*> cases[] = {{"", "date"},
                                                       {"date=2025-02-30", "date"},
                                                       {"from=2025-01-01", "to"},
                                                       {"to=2025-01-01", "from"},
                                                       {"from=2025-01-02&to=2025-01-01", "to"},
                                                       {"from=2025-01-01&to=2025-03-04", "to"},
                                                       {"date=2025-01-14&from=2025-01-14&to=2025-01-15", "date"},
                                                       {"date=2025-01-14&timezone=Nowhere", "timezone"}};
  for (const auto& [query, field] : cases) {
    const Response refused = world.get(std::string("/schedule/rosa/call/slots?") + query);
    EXPECT_EQ(refused.status, 422) << query;
    EXPECT_EQ(at(refused, "errors.0.field"), field) << query;
  }
  EXPECT_EQ(world.get("/schedule/rosa/call/slots?from=2025-01-01&to=2025-03-03").status, 200) << "62 days";
}

TEST(PublicApi, BooksMovesAndCancels) {
  BookingWorld world;
  const Response booked = world.post(k_book, k_body, "key-of-16-letters-1");
  ASSERT_EQ(booked.status, 201) << booked.body;
  EXPECT_EQ(at(booked, "data.meeting.status"), "scheduled");
  EXPECT_EQ(at(booked, "data.meeting.end_time"), "2025-01-14T14:30:00Z");
  const Response again = world.post(k_book, k_body, "key-of-16-letters-1");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, booked.body);
  const std::string token =
      at(booked, "data.manage_url").substr(std::string("https://crm.example/schedule/manage/").size());
  const Response shown = world.get("/schedule/manage/" + token);
  EXPECT_EQ(at(shown, "data.can_cancel"), "true");
  EXPECT_EQ(header(shown, "Cache-Control"), "no-store");
  const Response moved = world.post("/schedule/reschedule/" + token, R"({"start":"2025-01-14T16:00:00Z"})");
  EXPECT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(at(moved, "data.meeting.start_time"), "2025-01-14T16:00:00Z");
  EXPECT_EQ(at(moved, "data.meeting.timezone"), "Europe/Berlin");
  EXPECT_EQ(world.post("/schedule/cancel/" + token, R"({"reason":"ill"})").status, 200);
  EXPECT_EQ(world.post("/schedule/cancel/" + token, "{}").status, 200);
}

TEST(PublicApi, RefusesWhatItDoesNotKnow) {
  BookingWorld world;
  const auto refused = [&](const std::string& json) { return world.post(k_book, json); };
  const std::string open = k_body.substr(0, k_body.size() - 1);
  EXPECT_EQ(at(refused(open + R"(,"no_such":1})"), "errors.0.field"), "no_such");
  EXPECT_EQ(at(refused(open + R"(,"answers":{"nobody_asked":"x"}})"), "errors.0.field"), "answers.nobody_asked");
  EXPECT_EQ(at(refused(open + R"(,"utm":{"no_such_key":"x"}})"), "errors.0.field"), "utm.no_such_key");
  EXPECT_EQ(at(refused(open + R"(,"locale":"not a locale!"})"), "errors.0.field"), "locale");
  EXPECT_EQ(at(refused(open + R"(,"guests":["nope"]})"), "errors.0.field"), "guests[0]");
  EXPECT_EQ(refused("[]").status, 422);
  EXPECT_EQ(refused("{").status, 400);
  EXPECT_EQ(world.send({crm::sdk::Method::post, k_book, "<a/>", "application/xml", "application/json", {}}).status,
            415);
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "0");
}

TEST(PublicApi, ATakenSlotComesWithAlternatives) {
  BookingWorld world;
  ASSERT_EQ(world.post(k_book, k_body).status, 201);
  const Response taken = world.post(k_book, k_body);
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(at(taken, "code"), "slot_taken");
  EXPECT_EQ(at(taken, "alternatives.0"), "2025-01-14T14:30:00Z");
}

TEST(PublicApi, FormerSlugsLeadToTheNewOnes) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.slug = "intro"; });
  const Response moved = world.page("/schedule/rosa/call?utm_source=mail");
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(header(moved, "Location"), "/schedule/rosa/intro?utm_source=mail");
  EXPECT_EQ(world.get("/schedule/nobody").status, 404);
  EXPECT_EQ(world.page("/schedule/nobody").status, 404);
  EXPECT_TRUE(shows(world.page("/schedule/nobody"), "<h1>"));
}

TEST(PublicPages, LeadFromTypeToDayToTimeToFormToConfirmation) {
  BookingWorld world;
  const Response types = world.page("/schedule/rosa?utm_source=mail");
  ASSERT_EQ(types.status, 200);
  const std::string type_link = unescaped(found(types, "href=\"(/schedule/rosa/call[^\"]*)\""));
  EXPECT_EQ(type_link, "/schedule/rosa/call?utm_source=mail");
  const Response month = world.page(type_link);
  ASSERT_EQ(month.status, 200);
  EXPECT_TRUE(shows(month, "January 2025"));
  EXPECT_TRUE(shows(month, "America/New_York"));
  const std::string day_link = unescaped(found(month, "href=\"([^\"]*date=2025-01-15[^\"]*)\""));
  ASSERT_FALSE(day_link.empty());
  const Response day = world.page(day_link.substr(0, day_link.find('#')));
  const std::string time_link = unescaped(found(day, "href=\"([^\"]*start=[^\"]*)\""));
  ASSERT_FALSE(time_link.empty());
  const Response form = world.page(time_link);
  ASSERT_EQ(form.status, 200);
  EXPECT_EQ(found(form, "name=\"utm_source\" value=\"([^\"]*)\""), "mail");
  EXPECT_EQ(found(form, "name=\"start\" value=\"([^\"]*)\""), "2025-01-15T14:00:00Z");
  EXPECT_EQ(found(form, "name=\"idempotency_key\" value=\"(form-[^\"]*)\"").size(), 37U);
  const Response done = world.post_form(k_book, k_form);
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header(done, "Cache-Control"), "no-store");
  const std::string booked = header(done, "Location");
  EXPECT_TRUE(booked.starts_with("/schedule/manage/") && booked.ends_with("?booked=1")) << booked;
  for (int opened = 0; opened < 2; ++opened) {
    const Response shown = world.page(booked);
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(shows(shown, "You are booked"));
    EXPECT_TRUE(shows(shown, "Ada &lt;b&gt;")) << "what people type is text, never markup";
    EXPECT_TRUE(shows(shown, "3:00 PM")) << "the time is the booker's";
    EXPECT_TRUE(shows(shown, "Europe/Berlin"));
  }
  EXPECT_EQ(header(world.post_form(k_book, k_form), "Location"), booked) << "sent twice, booked once";
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
  EXPECT_EQ(world.sql("SELECT utm->>'source' FROM scheduled_meetings"), "mail");
}

TEST(PublicPages, KeepWhatWasTypedAndSayWhatIsWrong) {
  BookingWorld world;
  world.add_type("ask", [](MeetingTypePatch& patch) {
    patch.questions = std::vector<QuestionDraft>{{"size", "Team size", "number", true, {}},
                                                 {"colour", "Colour", "radio", true, {"Red", "Blue"}},
                                                 {"days", "Days", "multiselect", false, {"Mon", "Tue"}},
                                                 {"agree", "I agree", "checkbox", true, {}}};
  });
  const std::string path = "/schedule/rosa/ask/book";
  const Response wrong =
      world.post_form(path, k_form + "&answers.size=many&answers.days=Mon&answers.days=Tue&guests=nope");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(shows(wrong, "href=\"#answers.size\""));
  EXPECT_TRUE(shows(wrong, "href=\"#answers.colour\""));
  EXPECT_TRUE(shows(wrong, "href=\"#guests\""));
  EXPECT_TRUE(shows(wrong, "value=\"many\""));
  EXPECT_TRUE(shows(wrong, "value=\"ada@prospect.test\""));
  EXPECT_TRUE(shows(wrong, "value=\"Tue\" checked"));
  const Response right = world.post_form(
      path, k_form + "&answers.size=12&answers.colour=Blue&answers.days=Mon&answers.days=Tue&answers.agree=true");
  EXPECT_EQ(right.status, 303) << right.body;
  EXPECT_EQ(world.sql("SELECT answers FROM scheduled_meetings"),
            R"({"days": ["Mon", "Tue"], "size": 12, "agree": true, "colour": "Blue"})");
}

// EVIDENCE: B-7.5
TEST(PublicPages, AskForTheCountryOfAPhoneNumberAndShowWhatTheyUnderstood) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.location_details = ""; });
  const Response form = world.page("/schedule/rosa/call?start=2025-01-14T14:00:00Z&timezone=Europe/London");
  EXPECT_TRUE(shows(form, "name=\"phone_region\"")) << form.body;
  EXPECT_TRUE(shows(form, "<option value=\"GB\" selected>United Kingdom (+44)</option>"));
  const Response none = world.post_form(k_book, k_form);
  EXPECT_EQ(none.status, 422);
  EXPECT_TRUE(shows(none, "href=\"#phone\""));
  const Response open = world.post_form(k_book, k_form + "&phone=020+7946+0018&phone_region=");
  EXPECT_EQ(open.status, 422) << "nothing is guessed";
  EXPECT_TRUE(shows(open, "020 7946 0018"));
  ASSERT_LT(world.post_form(k_book, k_form + "&phone=020+7946+0018&phone_region=GB").status, 400);
  EXPECT_EQ(world.sql("SELECT phone FROM scheduled_meetings"), "+442079460018");
}

TEST(PublicPages, SayWhoCallsWhom) {
  BookingWorld world;
  const std::string they_call = world.book("2025-01-14T14:00:00Z").token;
  EXPECT_TRUE(shows(world.page("/schedule/manage/" + they_call), "Please call Rosa Rep at +1 202-555-0100"));
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.location_details = "Ask for Rosa"; });
  BookingCommand command = BookingWorld::request("2025-01-14T15:00:00Z");
  EXPECT_EQ(world.booking().book(command).refusal.fields.at(0).field, "phone");
  command.attendee.phone = "+44 20 7946 0018";
  const BookingResult booked = world.booking().book(command);
  ASSERT_TRUE(booked.booking);
  const Response page = world.page("/schedule/manage/" + booked.booking->token);
  EXPECT_TRUE(shows(page, "Rosa Rep calls you at +44 20 7946 0018")) << page.body;
  EXPECT_TRUE(shows(page, "Ask for Rosa"));
}

TEST(PublicPages, CancelAndMoveByForm) {
  BookingWorld world;
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  const Response shown = world.page("/schedule/manage/" + token);
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shows(shown, "action=\"/schedule/cancel/" + token));
  EXPECT_TRUE(shows(shown, "?move=1"));
  EXPECT_EQ(header(shown, "Referrer-Policy"), "no-referrer");
  const Response month = world.page("/schedule/manage/" + token + "?move=1&date=2025-01-14");
  EXPECT_TRUE(shows(month, "start=2025-01-14T16%3A00%3A00Z"));
  const Response moved = world.post_form("/schedule/reschedule/" + token, "start=2025-01-14T16%3A00%3A00Z");
  EXPECT_EQ(moved.status, 303);
  EXPECT_EQ(header(moved, "Location"), "/schedule/manage/" + token + "?moved=1");
  const Response now = world.page(header(moved, "Location"));
  EXPECT_TRUE(shows(now, "5:00 PM"));
  EXPECT_TRUE(shows(now, "Your meeting was moved"));
  const Response cancelled = world.post_form("/schedule/cancel/" + token, "reason=Plans+changed");
  EXPECT_EQ(cancelled.status, 200);
  EXPECT_TRUE(shows(cancelled, "Plans changed"));
  EXPECT_FALSE(shows(cancelled, "action=\"/schedule/cancel/"));
  EXPECT_EQ(world.page("/schedule/manage/" + std::string(43, 'A')).status, 404);
  world.set_now("2025-04-01T00:00:00Z");
  EXPECT_EQ(world.page("/schedule/manage/" + token).status, 410);
}

TEST(PublicPages, SayHowToReachTheHostWhenItIsTooLate) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.cancel_notice_minutes = 1440; });
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  world.set_now("2025-01-14T13:00:00Z");
  const Response late = world.post_form("/schedule/cancel/" + token, "reason=");
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(shows(late, "mailto:rosa@example.test"));
  EXPECT_EQ(at(world.post("/schedule/cancel/" + token, "{}"), "code"), "too_late");
}

TEST(PublicPages, LeadToTheTypesOwnPageAfterBooking) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.confirmation_message = "See you soon";
    patch.settings.confirmation_redirect_url = "https://thanks.example/ok";
  });
  const Response form = world.page("/schedule/rosa/call?start=2025-01-14T14%3A00%3A00Z");
  EXPECT_NE(header(form, "Content-Security-Policy").find("form-action 'self' https://thanks.example;"),
            std::string::npos);
  const Response done = world.post_form(k_book, k_form);
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header(done, "Location"), "https://thanks.example/ok");
}

TEST(PublicPages, HaveNoInlineStyleOrScript) {
  BookingWorld world;
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  for (const std::string& path : {std::string("/schedule/rosa"), std::string("/schedule/rosa/call"),
                                  std::string("/schedule/rosa/call?start=2025-01-14T15%3A00%3A00Z"),
                                  "/schedule/manage/" + token, "/schedule/manage/" + token + "?move=1"}) {
    const Response page = world.page(path);
    EXPECT_EQ(page.status, 200) << path;
    for (std::size_t at = 0; (at = page.body.find("<script ", at)) != std::string::npos; ++at) {
      const std::string element = page.body.substr(at, 60);
      const bool is_file = element.starts_with("<script type=\"module\" src=\"/schedule/assets/built/");
      EXPECT_TRUE(is_file || element.starts_with("<script type=\"application/json\" ")) << path << ": " << element;
    }
    EXPECT_FALSE(shows(page, "<script>")) << path;
    EXPECT_FALSE(shows(page, "<style")) << path;
    EXPECT_FALSE(shows(page, "style=\"")) << path;
    EXPECT_FALSE(shows(page, "{{")) << path;
    EXPECT_TRUE(header(page, "Content-Security-Policy").starts_with("default-src 'none'")) << path;
  }
}

TEST(Invitation, IsACalendarFile) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request("2025-01-14T14:00:00Z");
  request.attendee.guests = {"guest@prospect.test"};
  const BookingResult booked = world.booking().book(request);
  ASSERT_TRUE(booked.booking);
  Response file = world.get("/schedule/manage/" + booked.booking->token + "/invite.ics");
  EXPECT_EQ(file.content_type, "text/calendar; charset=utf-8");
  std::string text = file.body;
  for (std::size_t i; (i = text.find("\r\n ")) != std::string::npos;) text.erase(i, 3);  // folded lines
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\n"));
  for (const char* line : {"\r\nMETHOD:PUBLISH\r\n", "\r\nDTSTART:20250114T140000Z\r\n",
                           "\r\nDTEND:20250114T143000Z\r\n", "\r\nSEQUENCE:0\r\n",
                           "\r\nSUMMARY:Discovery Call: Rosa Rep \u2013 Ada Lovelace\r\n", "mailto:rosa@example.test"})
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  EXPECT_EQ(text.find("ATTENDEE"), std::string::npos);  // a published event names none (RFC 5546)
  ASSERT_TRUE(world.booking().cancel_by_link(booked.booking->token, std::nullopt, "r"));
  file = world.get("/schedule/manage/" + booked.booking->token + "/invite.ics");
  EXPECT_NE(file.body.find("METHOD:CANCEL"), std::string::npos);
  EXPECT_NE(file.body.find("SEQUENCE:1"), std::string::npos);
}

}  // namespace
}  // namespace scheduling::test
