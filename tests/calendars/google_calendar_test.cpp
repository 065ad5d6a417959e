// EVIDENCE: B-9.1
// What the adapter asks Google, and what it makes of each answer. No network.
#include "plugin/adapters/google/google_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/calendars/scripted_http.hpp"

namespace scheduling::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string api_error(const std::string& reason) {
  return R"({"error":{"errors":[{"domain":"global","reason":")" + reason + R"("}],"code":0,"message":"x"}})";
}

class Google : public ::testing::Test {
 protected:
  Google() : google(http, settings) {}
  void answer(HttpAnswer answer) { http.answers = {std::move(answer)}; }
  const HttpCall& last() const { return http.calls.back(); }

  ScriptedHttp http;
  FixedSettings settings;
  GoogleCalendar google;
};

EventDraft draft() {
  EventDraft draft;
  draft.id = "abc123";
  draft.mark = "uid@crm";
  draft.start = parse_instant("2026-02-03T15:00:00Z").value();
  draft.end = parse_instant("2026-02-03T15:30:00Z").value();
  draft.zone = "America/New_York";
  draft.summary = "Call";
  draft.tells_attendees = true;
  draft.attendees = {{"ada@prospect.test", "Ada"}};
  return draft;
}

TEST_F(Google, AFirstReadingHasAWindowAndALaterOneOnlyItsPlace) {
  answer(answered(200, R"({"items":[],"nextSyncToken":"s1"})"));
  ReadingPlace place;
  place.from = parse_instant("2026-02-01T00:00:00Z").value();
  place.until = parse_instant("2028-02-01T00:00:00Z").value();
  ASSERT_TRUE(google.changes("token", "rosa@example.com", place));
  EXPECT_THAT(last().url, HasSubstr("/calendars/rosa%40example.com/events?singleEvents=true&showDeleted=true"));
  EXPECT_THAT(last().url, HasSubstr("timeMin=2026-02-01T00%3A00%3A00Z"));
  place.sync_token = "s1";
  auto page = google.changes("token", "rosa@example.com", place);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->sync_token, "s1");
  EXPECT_THAT(last().url, HasSubstr("syncToken=s1"));
  EXPECT_THAT(last().url, Not(HasSubstr("timeM")));
  EXPECT_THAT(last().url, HasSubstr("singleEvents=true"));
}

TEST_F(Google, AnEmptyPageMayHaveANextOne) {
  answer(answered(200, R"({"items":[],"nextPageToken":"p2"})"));
  auto page = google.changes("token", "c", {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next_page, "p2");
  answer(answered(200, "{}"));
  EXPECT_TRUE(google.changes("token", "c", {}).is(ProviderTrouble::unavailable)) << "an answer that leads nowhere";
}

TEST_F(Google, ReadsEveryFormOfTime) {
  answer(answered(200, R"({"nextSyncToken":"s","items":[
    {"id":"a","etag":"\"1\"","start":{"dateTime":"2026-02-03T10:00:00-05:00"},"end":{"dateTime":"2026-02-03T11:00:00-05:00"}},
    {"id":"b","start":{"date":"2026-02-03"},"end":{"date":"2026-02-05"}},
    {"id":"c","start":{"dateTime":"2026-02-03T10:00:00","timeZone":"Europe/Vienna"},"end":{"dateTime":"2026-02-03T11:00:00","timeZone":"Europe/Vienna"}},
    {"id":"d","status":"cancelled"}]})"));
  auto page = google.changes("token", "c", {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->events.size(), 4U);
  EXPECT_EQ(std::get<Instant>(*page->events[0].start), parse_instant("2026-02-03T15:00:00Z").value());
  EXPECT_EQ(std::get<LocalDate>(*page->events[1].end).text(), "2026-02-05");
  EXPECT_EQ(std::get<RemoteWallTime>(*page->events[2].start).zone, "Europe/Vienna");
  EXPECT_TRUE(page->events[3].is_cancelled);
}

struct AnswerCase {
  int status;
  const char* reason;
  ProviderTrouble reading;
  ProviderTrouble writing;
};

TEST_F(Google, EachRefusalIsATroubleOfTheClosedList) {
  using enum ProviderTrouble;
  const AnswerCase cases[] = {
      {400, "badRequest", refused, refused},
      {401, "authError", token_refused, token_refused},
      {403, "rateLimitExceeded", rate_limited, rate_limited},
      {403, "userRateLimitExceeded", rate_limited, rate_limited},
      {403, "quotaExceeded", rate_limited, rate_limited},
      {403, "insufficientPermissions", scope_missing, scope_missing},
      {403, "forbidden", refused, refused},
      {404, "notFound", not_found, not_found},
      {409, "duplicate", already_exists, already_exists},
      {410, "fullSyncRequired", place_unknown, not_found},
      {410, "updatedMinTooLongAgo", place_unknown, not_found},
      {410, "whatever", place_unknown, not_found},
      {412, "conditionNotMet", changed, changed},
      {429, "rateLimitExceeded", rate_limited, rate_limited},
      {500, "backendError", unavailable, unknown},
      {503, "backendError", unavailable, unknown},
  };
  for (const AnswerCase& each : cases) {
    answer(answered(each.status, api_error(each.reason)));
    EXPECT_TRUE(google.changes("t", "c", {}).is(each.reading)) << each.status << " " << each.reason;
    EXPECT_TRUE(google.insert_event("t", "c", draft()).is(each.writing)) << each.status << " " << each.reason;
  }
}

TEST_F(Google, WhatWasLostAfterSendingMayHaveHappened) {
  HttpAnswer lost;
  lost.fate = HttpAnswer::Fate::lost;
  answer(lost);
  EXPECT_TRUE(google.insert_event("t", "c", draft()).is(ProviderTrouble::unknown));
  EXPECT_TRUE(google.changes("t", "c", {}).is(ProviderTrouble::unavailable));
  answer(HttpAnswer{});
  EXPECT_TRUE(google.insert_event("t", "c", draft()).is(ProviderTrouble::unavailable)) << "never sent";
  answer(answered(200, "<html>a proxy's page</html>"));
  EXPECT_TRUE(google.insert_event("t", "c", draft()).is(ProviderTrouble::unknown));
}

TEST_F(Google, InsertsUnderOurIdWithOurMarkAndThenNeverTouchesAttendees) {
  answer(answered(200, R"({"id":"abc123","etag":"\"1\""})"));
  ASSERT_TRUE(google.insert_event("t", "c", draft()));
  EXPECT_THAT(last().url, HasSubstr("sendUpdates=all"));
  EXPECT_THAT(last().body, HasSubstr(R"("id":"abc123")"));
  EXPECT_THAT(last().body, HasSubstr(R"("private":{"meetingScheduler":"uid@crm"})"));
  EXPECT_THAT(last().body, HasSubstr(R"("guestsCanSeeOtherGuests":false)"));
  EXPECT_THAT(last().body, HasSubstr("ada@prospect.test"));
  EXPECT_THAT(last().url, HasSubstr("conferenceDataVersion=1"));
  ASSERT_TRUE(google.update_event("t", "c", draft(), "\"1\""));
  EXPECT_THAT(last().url, HasSubstr("conferenceDataVersion=1")) << "who does not say it takes the room away";
  EXPECT_EQ(last().method, "PATCH");
  EXPECT_THAT(last().body, Not(HasSubstr("attendees")));
  EXPECT_THAT(last().headers, ::testing::Contains(std::pair<std::string, std::string>("If-Match", "\"1\"")));
}

TEST_F(Google, OwnEventsAreFoundByTheirMark) {
  const std::string marked = R"("extendedProperties":{"private":{"meetingScheduler":"uid@crm"}})";
  answer(answered(200, R"({"items":[{"id":"a","status":"cancelled",)" + marked + R"(},{"id":"b","etag":"\"2\"",)" +
                           marked + "}]}"));
  auto found = google.find_marked("t", "c", "uid@crm");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "b");
  EXPECT_EQ(found->mark, "uid@crm");
  EXPECT_THAT(last().url, HasSubstr("privateExtendedProperty=meetingScheduler%3Duid%40crm"));
  answer(answered(200, R"({"items":[]})"));
  EXPECT_TRUE(google.find_marked("t", "c", "uid@crm").is(ProviderTrouble::not_found));
  answer(answered(503, ""));
  EXPECT_TRUE(google.find_marked("t", "c", "uid@crm").is(ProviderTrouble::unavailable)) << "no clear word";
}

TEST_F(Google, AWishForARoomIsPendingUntilThereIsALink) {
  EventDraft wish = draft();
  wish.room = EventRoom::google_meet;
  wish.room_request = "wish-1";
  answer(answered(200, R"({"id":"a","conferenceData":{"createRequest":{"status":{"statusCode":"pending"}}}})"));
  EXPECT_EQ(google.insert_event("t", "c", wish)->room, RoomState::pending);
  EXPECT_THAT(last().body, HasSubstr(R"("requestId":"wish-1")"));
  EXPECT_THAT(last().body, HasSubstr("hangoutsMeet"));
  answer(answered(200, R"({"id":"a","conferenceData":{"createRequest":{"status":{"statusCode":"failure"}}}})"));
  EXPECT_EQ(google.find_event("t", "c", "a")->room, RoomState::failed);
  answer(answered(
      200,
      R"({"id":"a","conferenceData":{"entryPoints":[{"entryPointType":"phone","uri":"tel:1"},{"entryPointType":"video","uri":"https://meet.example/x"}]}})"));
  EXPECT_EQ(google.find_event("t", "c", "a")->join_url, "https://meet.example/x");
}

TEST_F(Google, WhoGrantedTooLittleIsGivenTheirGrantBack) {
  answer(answered(200, R"({"access_token":"a","refresh_token":"r","expires_in":3599,"scope":"openid"})"));
  EXPECT_TRUE(google.exchange("code", "verifier", "https://crm.example/cb").is(ProviderTrouble::scope_missing));
  EXPECT_THAT(last().url, HasSubstr("/revoke"));
  EXPECT_EQ(last().body, "token=r");
}

TEST_F(Google, OnlyInvalidGrantMeansThatConsentIsGone) {
  answer(answered(400, R"({"error":"invalid_grant","error_description":"Token has been expired or revoked."})"));
  EXPECT_TRUE(google.refresh("r").is(ProviderTrouble::consent_gone));
  answer(answered(401, R"({"error":"invalid_client"})"));
  EXPECT_TRUE(google.refresh("r").is(ProviderTrouble::refused));
  answer(answered(400, R"({"error":"invalid_request"})"));
  EXPECT_TRUE(google.refresh("r").is(ProviderTrouble::refused));
  answer(answered(503, ""));
  EXPECT_TRUE(google.refresh("r").is(ProviderTrouble::unavailable));
}

TEST_F(Google, GrantedScopesAreCompared) {
  const auto with = [&](const std::string& scope) {
    answer(answered(200, R"({"access_token":"a","expires_in":3599,"scope":")" + scope + R"("})"));
    return google.exchange("code", "verifier", "https://crm.example/cb");
  };
  const std::string base = "https://www.googleapis.com/auth/calendar";
  EXPECT_TRUE(with(base + ".events " + base + ".calendarlist.readonly openid"));
  EXPECT_TRUE(with(base)) << "more than needed";
  EXPECT_TRUE(with(base + ".events").is(ProviderTrouble::scope_missing));
  EXPECT_TRUE(with(base + ".events.readonly " + base + ".readonly").is(ProviderTrouble::scope_missing));
}

TEST_F(Google, DeletingWhatIsGoneIsTheProvidersClearWord) {
  answer(answered(410, api_error("deleted")));
  EXPECT_TRUE(google.delete_event("t", "c", "e", true).is(ProviderTrouble::not_found));
  answer(answered(204, ""));
  EXPECT_TRUE(google.delete_event("t", "c", "e", false));
  EXPECT_THAT(last().url, HasSubstr("sendUpdates=none"));
}

}  // namespace
}  // namespace scheduling::testing
