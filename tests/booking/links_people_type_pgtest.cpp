// Links as people type, forward and fill them in: never an error, nothing dropped without a word.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

struct TypedLinks : testing::Test {
  BookingWorld world;

  static bool contains(const Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
  }
  void leads(const std::string& from, const std::string& to, const std::string& accept = "text/html") {
    const Response moved = world.send({.path = from, .accept = accept});
    EXPECT_EQ(moved.status, 308) << from;
    EXPECT_EQ(header(moved, "Location"), to) << from;
  }
  /// A type with a question of each kind.
  void ask_everything() {
    world.add_type("ask", [](MeetingTypePatch& patch) {
      patch.questions = std::vector<QuestionDraft>{{"text", "Text", "text", false, {}},
                                                   {"area", "Area", "textarea", false, {}},
                                                   {"one", "One", "select", false, {"Red", "Blue"}},
                                                   {"radio", "Radio", "radio", false, {"Red", "Blue"}},
                                                   {"many", "Many", "multiselect", false, {"Mon", "Tue", "Wed"}},
                                                   {"tick", "Tick", "checkbox", false, {}},
                                                   {"size", "Size", "number", false, {}},
                                                   {"mail", "Mail", "email", false, {}},
                                                   {"web", "Web", "url", false, {}}};
    });
  }
};

// EVIDENCE: B-8.3
TEST_F(TypedLinks, SlugsLeadToTheOneAddress) {
  leads("/schedule/Rosa?utm_source=%FC&a=b", "/schedule/rosa?utm_source=%FC&a=b");
  leads("/schedule/rosa.", "/schedule/rosa");
  leads("/schedule/ROSA/Call", "/schedule/rosa/call");
  leads("/schedule/rosa/call),?name=x", "/schedule/rosa/call?name=x");
  leads("/schedule/rosa/Call", "/schedule/rosa/call", "application/json");
  leads("/schedule/Rosa/call/slots?date=2025-01-14", "/schedule/rosa/call/slots?date=2025-01-14", "application/json");
  const Response book = world.post("/schedule/rosa/CALL/book", "{}");
  EXPECT_EQ(book.status, 308);
  EXPECT_EQ(header(book, "Location"), "/schedule/rosa/call/book");
  EXPECT_EQ(world.page("/schedule/Nobody").status, 404);
  EXPECT_EQ(world.page("/schedule/rosa/Nothing").status, 404);
  EXPECT_EQ(world.post("/schedule/Nobody/call/book", "{}").status, 404);
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.slug = "intro"; });
  leads("/schedule/rosa/Call?date=2025-01-14", "/schedule/rosa/intro?date=2025-01-14");
  leads("/schedule/rosa/call/slots?date=2025-01-14", "/schedule/rosa/intro/slots?date=2025-01-14", "application/json");
}

// EVIDENCE: B-8.1
TEST_F(TypedLinks, ManageLinksWithWhatMailProgramsAppend) {
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  const std::string clean = "/schedule/manage/" + token;
  for (const std::string rest : {".", ",", ")", "%3E", ").", "%20", "%E2%80%9D", ";", "!", "%22"})
    leads(clean + rest, clean);
  leads(clean + ".?booked=1", clean + "?booked=1");
  leads(clean + ")/invite.ics", clean + "/invite.ics");
  const Response cancel = world.post("/schedule/cancel/" + token + ".", "{}");
  EXPECT_EQ(cancel.status, 308);
  EXPECT_EQ(header(cancel, "Location"), "/schedule/cancel/" + token);
  EXPECT_EQ(header(cancel, "Referrer-Policy"), "no-referrer");
  leads("/schedule/manage/request/" + std::string(43, 'A') + ".", "/schedule/manage/request/" + std::string(43, 'A'));
  std::string other = token;
  for (char& c : other) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  EXPECT_EQ(world.page("/schedule/manage/" + other).status, 404) << "letters are not folded";
}

// EVIDENCE: B-8.3
TEST_F(TypedLinks, WhatCannotBeReadIsIgnored) {
  for (const std::string query :
       {"utm_campaign=%FCbersicht", "utm_source=50%", "notes=a%0Ab", "name=%00", "date=nonsense", "month=%FF",
        "timezone=Mars/Olympus", "timezone=%FF", "start=yesterday", "answers.=1", "answers[=1", "%FF=1", "gclid=%FC"}) {
    EXPECT_EQ(world.page("/schedule/rosa?" + query).status, 200) << query;
    EXPECT_EQ(world.page("/schedule/rosa/call?" + query).status, 200) << query;
    EXPECT_EQ(world.page("/schedule/rosa/call?start=2025-01-15T14:00:00Z&" + query).status, 200) << query;
  }
}

// EVIDENCE: B-8.3
TEST_F(TypedLinks, EverythingTheFormAsksCanBeFilledIn) {
  ask_everything();
  const std::string query =
      "name=Ada&email=ada@prospect.test&phone=%2B12025550136&notes=a%0Ab&guests=g@x.test&guests=h@x.test&answers.text=T"
      "&answers.area=one%0Atwo&answers.one=Blue&answers.radio=Red&answers.many=Mon&answers.many=Wed&answers.tick=true"
      "&answers.size=12&answers[mail]=m@x.test&answers.web=https://x.test&utm_source=mail&utm_campaign=%FC";
  const Response form = world.page("/schedule/rosa/ask?start=2025-01-15T14:00:00Z&" + query);
  ASSERT_EQ(form.status, 200);
  for (const std::string text :
       {"name=\"attendee_name\" value=\"Ada\"", "name=\"attendee_email\" value=\"ada@prospect.test\"",
        "name=\"phone\" value=\"+12025550136\"", ">a\nb</textarea>", ">g@x.test\nh@x.test</textarea>",
        "name=\"answers.text\" value=\"T\"", ">one\ntwo</textarea>", "<option value=\"Blue\" selected>",
        "name=\"answers.radio\" value=\"Red\" checked", "name=\"answers.many\" value=\"Mon\" checked",
        "name=\"answers.many\" value=\"Wed\" checked", "name=\"answers.tick\" value=\"true\" checked",
        "name=\"answers.size\" value=\"12\"", "name=\"answers.mail\" value=\"m@x.test\"",
        "name=\"answers.web\" value=\"https://x.test\"", "name=\"utm_source\" value=\"mail\""})
    EXPECT_TRUE(contains(form, text)) << text << form.body;
  EXPECT_FALSE(contains(form, "utm_campaign"));
  EXPECT_FALSE(contains(form, "The link"));
  const Response month = world.page("/schedule/rosa/ask?date=2025-01-15&" + query);
  EXPECT_TRUE(contains(month, "answers.many=Mon&amp;answers.many=Wed"));
  EXPECT_TRUE(contains(month, "attendee_name=Ada&amp;"));
  const Response page = world.page("/schedule/rosa?date=2025-01-15&timezone=Europe/Berlin&" + query);
  EXPECT_TRUE(contains(page, "guests=g%40x.test&amp;guests=h%40x.test"));
  EXPECT_TRUE(contains(page, "date=2025-01-15"));
}

// EVIDENCE: B-8.3
TEST_F(TypedLinks, WhatDoesNotFitIsCutAndSaid) {
  ask_everything();
  const std::string start = "/schedule/rosa/ask?start=2025-01-15T14:00:00Z&";
  const Response fits =
      world.page(start + "notes=" + std::string(5000, 'n') + "&answers.text=" + std::string(1000, 't'));
  EXPECT_TRUE(contains(fits, std::string(5000, 'n') + "</textarea>"));
  EXPECT_TRUE(contains(fits, std::string(1000, 't') + "\""));
  EXPECT_FALSE(contains(fits, "more text than fits"));
  for (const std::string& query : {"name=" + std::string(300, 'n'), "notes=" + std::string(5001, 'n'),
                                   "answers.text=" + std::string(1001, 't'), "guests=" + std::string(3001, 'g')}) {
    const Response form = world.page(start + query);
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(contains(form, "more text than fits")) << query.substr(0, 20);
    EXPECT_TRUE(contains(form, query.substr(query.find('=') + 1, 80))) << "as much as the field takes";
  }
  for (const char* query : {"answers.one=Green", "answers.radio=Green", "answers.many=Sun", "answers.tick=perhaps"})
    EXPECT_TRUE(contains(world.page(start + query), "not offered here")) << query;
  std::string accents;
  for (int i = 0; i < 700; ++i) accents += "%C3%A9";
  const Response month = world.page("/schedule/rosa/ask?date=2025-01-15&notes=" + accents + "&answers.area=" + accents);
  const std::size_t link = month.body.find("start=2025");
  ASSERT_NE(link, std::string::npos);
  const std::size_t from = month.body.rfind("href=\"", link);
  EXPECT_LT(month.body.find('"', from + 6) - from, 8000U) << "the host reads addresses of 8 KiB";
  EXPECT_NE(month.body.substr(from, link - from).find("shortened=1"), std::string::npos);
}

TEST_F(TypedLinks, APlusThatWasNotEncodedIsMeant) {
  const Response form =
      world.page("/schedule/rosa/call?start=2025-01-15T14:00:00Z&email=ada+x@prospect.test&phone=+12025550136");
  EXPECT_TRUE(contains(form, "value=\"ada+x@prospect.test\""));
  EXPECT_TRUE(contains(form, "value=\"+12025550136\""));
}

TEST_F(TypedLinks, ManyParametersAreNoBurden) {
  std::string query;
  for (int i = 0; query.size() < 7800; ++i) query += "&utm_" + std::to_string(i) + "=1&answers.a=1";
  const Response month = world.page("/schedule/rosa/call?date=2025-01-15" + query);
  EXPECT_EQ(month.status, 200);
  const std::size_t link = month.body.find("start=2025");
  ASSERT_NE(link, std::string::npos);
  const std::size_t from = month.body.rfind("href=\"", link) + 6;
  const std::string address = month.body.substr(from, link - from);
  const auto ampersands = static_cast<std::size_t>(std::count(address.begin(), address.end(), '&'));
  EXPECT_LT(address.size() - 4 * ampersands, 7200U) << "written with &amp;; the host reads addresses of 8 KiB";
}

TEST_F(TypedLinks, MarketingValuesNeverStopABooking) {
  const std::string body =
      R"({"start":"2025-01-14T14:00:00Z","attendee_name":"Ada","attendee_email":"ada@prospect.test","utm":{"source":")" +
      std::string(400, 's') + "\"}}";
  EXPECT_EQ(world.post("/schedule/rosa/call/book", body).status, 201);
  EXPECT_EQ(world.sql("SELECT length(utm->>'source') FROM scheduled_meetings"), "255");
}

}  // namespace
}  // namespace scheduling::test
