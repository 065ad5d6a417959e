// EVIDENCE: B-9.1
// What the adapter writes to CalDAV servers, and what it makes of answers that differ from server to server. No
// network.
#include "plugin/adapters/caldav/caldav_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/adapters/ical/ical_objects.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "tests/calendars/scripted_http.hpp"

namespace scheduling::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* k_written = "/cal/";

class CalDavWriting : public ::testing::Test {
 protected:
  CalDavWriting() {
    draft.id = "abc";
    draft.mark = "uid";
    draft.start = parse_instant("2026-02-02T10:00:00Z").value();
    draft.end = draft.start + std::chrono::minutes{30};
  }
  static HttpAnswer answer(int status, std::string body = "",
                           std::vector<std::pair<std::string, std::string>> headers = {}) {
    HttpAnswer answer = answered(status, std::move(body));
    answer.headers = std::move(headers);
    return answer;
  }
  std::string insert() {
    auto made = calendar.insert_event(account.text(), k_written, draft);
    return made ? made->id + " " + made->etag : std::string(name_of(made.error().trouble));
  }
  std::string sent(std::size_t call, std::string_view name) const {
    for (const auto& [known, value] : server.calls[call].headers)
      if (known == name) return value;
    return "";
  }

  ScriptedHttp server;
  FixedSettings settings;
  FixedClock clock;
  TzZoneSource zones;
  std::unique_ptr<CalendarObjects> objects = make_ical_objects(zones);
  CalDavCalendar calendar{server, *objects, settings, clock};
  DavAccount account{"https://dav.example.com/", "", "rosa", "secret", {}};
  EventDraft draft;
};

TEST_F(CalDavWriting, AnyGoodStatusIsGood) {
  for (const int status : {200, 201, 204}) {
    server.answers = {answer(status, "", {{"ETag", "\"1\""}})};
    EXPECT_EQ(insert(), "/cal/abc.ics \"1\"");
    EXPECT_EQ(sent(server.calls.size() - 1, "If-None-Match"), "*");
  }
}

TEST_F(CalDavWriting, AUidThatIsTakenIsOneAnswerInFourForms) {
  const std::string inside =
      R"(<multistatus xmlns="DAV:"><response><href>/cal/abc.ics</href><status>HTTP/1.1 412 x</status></response></multistatus>)";
  for (const HttpAnswer& each :
       {answer(412), answer(409, "<C:no-uid-conflict/>"), answer(403, "<C:no-uid-conflict/>"), answer(207, inside)}) {
    server.answers = {each};
    EXPECT_EQ(insert(), "already_exists") << each.status;
  }
  server.answers = {answer(403, "<D:need-privileges/>")};
  EXPECT_EQ(insert(), "refused");
}

TEST_F(CalDavWriting, WhatNobodyKnowsIsUnknown) {
  HttpAnswer lost;
  lost.fate = HttpAnswer::Fate::lost;
  server.answers = {lost};
  EXPECT_EQ(insert(), "unknown");
  server.answers = {answer(500)};
  EXPECT_EQ(insert(), "unknown");
  server.answers = {HttpAnswer{}};
  EXPECT_EQ(insert(), "unavailable") << "nothing was sent";
  server.answers = {answer(507)};
  EXPECT_EQ(insert(), "unavailable");
}

TEST_F(CalDavWriting, LogsInTheWayTheServerWants) {
  server.answers = {answer(401, "", {{"WWW-Authenticate", "Basic realm=\"x\""}}), answer(201, "", {{"ETag", "\"1\""}})};
  insert();
  EXPECT_EQ(sent(0, "Authorization"), "");
  EXPECT_EQ(sent(1, "Authorization"), "Basic cm9zYTpzZWNyZXQ=");
  server.calls.clear();
  server.answers = {answer(401, "",
                           {{"WWW-Authenticate", "Basic realm=\"x\""},
                            {"WWW-Authenticate", R"(Digest realm="r", nonce="n", qop="auth", algorithm=MD5)"}}),
                    answer(201, "", {{"ETag", "\"1\""}})};
  insert();
  EXPECT_THAT(sent(1, "Authorization"), HasSubstr("Digest "));
  EXPECT_THAT(sent(1, "Authorization"), HasSubstr("uri=\"/cal/abc.ics\""));
  EXPECT_THAT(sent(1, "Authorization"), ::testing::Not(HasSubstr("secret")));
  server.answers = {answer(401, "", {{"WWW-Authenticate", "Basic realm=\"x\""}})};
  EXPECT_EQ(insert(), "token_refused");
}

TEST_F(CalDavWriting, EveryCallIsGuarded) {
  server.answers = {answer(302, "", {{"Location", "https://dav.example.com/other/"}}),
                    answer(201, "", {{"ETag", "\"1\""}})};
  insert();
  ASSERT_EQ(server.calls.size(), 2U);
  for (const HttpCall& call : server.calls) EXPECT_TRUE(call.guard);
  server.calls.clear();
  server.answers = {answer(302, "", {{"Location", "https://evil.test/"}})};
  EXPECT_EQ(insert(), "refused");
  EXPECT_EQ(server.calls.size(), 1U) << "nothing goes elsewhere";
}

TEST_F(CalDavWriting, AnUpdateIsOfTheVersionThatWasRead) {
  draft.id = "/cal/abc.ics";
  const std::string text =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:uid\r\nDTSTART:20260101T000000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:"
      "VCALENDAR\r\n";
  server.answers = {answer(200, text, {{"ETag", "\"1\""}}), answer(204, "", {{"ETag", "\"2\""}})};
  const auto changed = calendar.update_event(account.text(), k_written, draft, "\"1\"");
  ASSERT_TRUE(changed);
  EXPECT_EQ(sent(1, "If-Match"), "\"1\"");
  EXPECT_THAT(server.calls[1].body, HasSubstr("DTSTART:20260202T100000Z"));
  server.answers = {answer(200, text, {{"ETag", "\"3\""}})};
  EXPECT_TRUE(calendar.update_event(account.text(), k_written, draft, "\"1\"").is(ProviderTrouble::changed));
  server.answers = {answer(404)};
  EXPECT_TRUE(calendar.update_event(account.text(), k_written, draft, "\"1\"").is(ProviderTrouble::not_found));
}

}  // namespace
}  // namespace scheduling::testing
