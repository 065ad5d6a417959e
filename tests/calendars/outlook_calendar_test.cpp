// EVIDENCE: B-9.1
// What the adapter asks Graph, and what it makes of each answer. No network. Named after what its documentation says.
#include "plugin/adapters/outlook/outlook_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <thread>

#include "plugin/adapters/icu/icu_windows_zones.hpp"
#include "plugin/adapters/outlook/outlook_json.hpp"
#include "tests/calendars/scripted_http.hpp"

namespace scheduling::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

std::string graph_error(const std::string& code) {
  return R"({"error":{"code":")" + code + R"(","message":"x","innerError":{"request-id":"r"}}})";
}

class Outlook : public ::testing::Test {
 protected:
  Outlook() : outlook(http, settings, zones) {}
  void answer(HttpAnswer answer) { http.answers = {std::move(answer)}; }
  const HttpCall& last() const { return http.calls.back(); }
  std::vector<RemoteEvent> events(const std::string& items) {
    answer(answered(200, R"({"@odata.deltaLink":"https://graph.microsoft.com/v1.0/d","value":[)" + items + "]}"));
    auto page = outlook.changes("t", "c", window());
    return page ? page->events : std::vector<RemoteEvent>{};
  }
  static ReadingPlace window() {
    ReadingPlace place;
    place.from = parse_instant("2026-02-01T00:00:00Z").value();
    place.until = parse_instant("2028-02-01T00:00:00Z").value();
    place.is_primary = true;
    return place;
  }
  static EventDraft draft() {
    EventDraft draft;
    draft.id = "try1";
    draft.mark = "uid@crm";
    draft.start = parse_instant("2026-02-03T15:00:00Z").value();
    draft.end = parse_instant("2026-02-03T15:30:00Z").value();
    draft.summary = "Call";
    draft.description = "About it";
    draft.attendees = {{"ada@prospect.test", "Ada"}};
    return draft;
  }

  ScriptedHttp http;
  FixedSettings settings;
  IcuWindowsZones zones;
  OutlookCalendar outlook;
};

TEST_F(Outlook, AsksForUtcAndIdsThatStayWithEveryCall) {
  answer(answered(200, R"({"id":"a"})"));
  outlook.find_event("t", "c", "a");
  outlook.insert_event("t", "c", draft());
  outlook.update_event("t", "c", draft(), "W/\"1\"");
  outlook.delete_event("t", "c", "a", true);
  for (const HttpCall& call : http.calls)
    EXPECT_THAT(
        call.headers,
        Contains(Pair("Prefer", AllOf(HasSubstr("outlook.timezone=\"UTC\""), HasSubstr("IdType=\"ImmutableId\"")))));
}

TEST_F(Outlook, AFirstReadingHasAWindowAndALaterOneIsTheLinkAsItWasGiven) {
  answer(answered(200, R"({"value":[],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x?$deltatoken=A%20b"})"));
  auto page = outlook.changes("t", "c", window());
  ASSERT_TRUE(page);
  EXPECT_THAT(last().url, HasSubstr("/me/calendarView/delta?startDateTime=2026-02-01T00%3A00%3A00Z"));
  ReadingPlace later;
  later.sync_token = page->sync_token;
  ASSERT_TRUE(outlook.changes("t", "c", later));
  EXPECT_EQ(last().url, "https://graph.microsoft.com/v1.0/x?$deltatoken=A%20b");
  ReadingPlace other = window();
  other.is_primary = false;
  ASSERT_TRUE(outlook.changes("t", "c=", other));
  EXPECT_THAT(last().url, HasSubstr("/me/calendars/c%3D/calendarView/delta"));
}

TEST_F(Outlook, ALinkToAnotherServerIsNotFollowed) {
  ReadingPlace place;
  for (const char* const link : {"https://evil.example/v1.0/x", "https://graph.microsoft.com.evil.example/x", "x"}) {
    place.sync_token = link;
    EXPECT_TRUE(outlook.changes("t", "c", place).is(ProviderTrouble::place_unknown)) << link;
  }
  EXPECT_TRUE(http.calls.empty());
}

TEST_F(Outlook, ShowAsDecides) {
  const std::pair<const char*, bool> cases[] = {{"busy", true},    {"tentative", true}, {"oof", true},
                                                {"unknown", true}, {"free", false},     {"workingElsewhere", false}};
  for (const auto& [shown, is_busy] : cases) {
    const auto found = events(std::string(R"({"id":"a","showAs":")") + shown + "\"}");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(blocks(found.front()), is_busy) << shown;
  }
  EXPECT_FALSE(blocks(events(R"({"id":"a","showAs":"busy","isCancelled":true})").front()));
  EXPECT_FALSE(blocks(events(R"({"id":"a","showAs":"busy","responseStatus":{"response":"declined"}})").front()));
}

TEST_F(Outlook, TimesHaveNoOffsetAndAllDayIsADate) {
  const auto found = events(R"(
    {"id":"a","start":{"dateTime":"2026-02-03T15:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-02-03T15:30:00.0000000","timeZone":"UTC"}},
    {"id":"b","isAllDay":true,"start":{"dateTime":"2026-02-04T00:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-02-05T00:00:00.0000000","timeZone":"UTC"}},
    {"id":"c","start":{"dateTime":"2026-02-03T15:00:00.0000000","timeZone":"W. Europe Standard Time"}})");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(std::get<Instant>(*found[0].start), parse_instant("2026-02-03T15:00:00Z").value());
  EXPECT_EQ(std::get<LocalDate>(*found[1].end).text(), "2026-02-05");
  EXPECT_EQ(std::get<RemoteWallTime>(*found[2].start).zone, "Europe/Berlin");
}

TEST_F(Outlook, WhatWasRemovedComesFirstAndMastersOfSeriesTakeNoTime) {
  const auto found = events(
      R"({"id":"a","showAs":"busy","type":"occurrence"},{"id":"m","type":"seriesMaster"},{"id":"a","@removed":{"reason":"changed"}})");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].is_cancelled);
  EXPECT_FALSE(found[1].is_cancelled);
}

struct RefusalCase {
  int status;
  const char* code;
  ProviderTrouble reading;
  ProviderTrouble writing;
};

TEST_F(Outlook, EachRefusalIsATroubleOfTheClosedList) {
  using enum ProviderTrouble;
  const RefusalCase cases[] = {
      {400, "ErrorInvalidRequest", refused, refused},
      {400, "SyncStateNotFound", place_unknown, refused},
      {400, "ResyncRequired", place_unknown, refused},
      {401, "InvalidAuthenticationToken", token_refused, token_refused},
      {403, "ErrorAccessDenied", scope_missing, scope_missing},
      {403, "Other", refused, refused},
      {404, "ErrorItemNotFound", not_found, not_found},
      {409, "ErrorDuplicateTransactionId", already_exists, already_exists},
      {410, "SyncStateNotFound", place_unknown, not_found},
      {410, "whatever", place_unknown, not_found},
      {412, "ErrorIrresolvableConflict", changed, changed},
      {429, "ApplicationThrottled", rate_limited, rate_limited},
      {500, "generalException", unavailable, unknown},
      {503, "serviceNotAvailable", unavailable, unknown},
  };
  for (const RefusalCase& each : cases) {
    answer(answered(each.status, graph_error(each.code)));
    EXPECT_TRUE(outlook.changes("t", "c", window()).is(each.reading)) << each.status << " " << each.code;
    EXPECT_TRUE(outlook.insert_event("t", "c", draft()).is(each.writing)) << each.status << " " << each.code;
  }
}

TEST_F(Outlook, AnInsertBearsItsTransactionAndOurMarksAndHidesGuests) {
  answer(answered(201, R"({"id":"AAk","@odata.etag":"W/\"1\""})"));
  auto made = outlook.insert_event("t", "c", draft());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->id, "AAk") << "Graph gives the id";
  EXPECT_THAT(last().body, AllOf(HasSubstr(R"("transactionId":"uid@crm#try1")"), HasSubstr(R"("hideAttendees":true)"),
                                 HasSubstr(R"("value":"uid@crm")"), HasSubstr("ada@prospect.test")));
  ASSERT_TRUE(outlook.update_event("t", "c", draft(), "W/\"1\""));
  EXPECT_EQ(last().method, "PATCH");
  EXPECT_THAT(last().headers, Contains(Pair("If-Match", "W/\"1\"")));
  EXPECT_THAT(last().body, AllOf(Not(HasSubstr("attendees")), Not(HasSubstr("transactionId"))));
}

TEST_F(Outlook, ALostInsertIsFoundByItsMark) {
  answer(answered(200, R"({"value":[{"id":"AAk"}]})"));
  EXPECT_EQ(outlook.find_inserted("t", "c", draft())->id, "AAk");
  EXPECT_THAT(last().url, HasSubstr("try1"));
  answer(answered(200, R"({"value":[]})"));
  EXPECT_TRUE(outlook.find_inserted("t", "c", draft()).is(ProviderTrouble::not_found));
  answer(answered(200, "<html>"));
  EXPECT_TRUE(outlook.find_inserted("t", "c", draft()).is(ProviderTrouble::unavailable)) << "no clear word";
}

/// Lists of changes hold no extended properties; the name of the try, which they do hold, begins with the meeting's
/// UID.
TEST_F(Outlook, OwnEventsAreKnownByTheirMarkInListsAndByThemselves) {
  const auto listed =
      events(R"({"id":"a","transactionId":"uid@crm#try1"},{"id":"b","transactionId":"7f3a-of-another-app"},
                                {"id":"c"},{"id":"d","transactionId":"#"})");
  ASSERT_EQ(listed.size(), 4U);
  EXPECT_EQ(listed[0].mark, "uid@crm");
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(listed[i].mark, std::nullopt) << listed[i].id;
  answer(answered(200, R"({"value":[{"id":"AAk","singleValueExtendedProperties":[{"id":")" +
                           std::string(k_outlook_mark) + R"(","value":"uid@crm"}]}]})"));
  auto found = outlook.find_marked("t", "c", "uid@crm");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->mark, "uid@crm");
  EXPECT_THAT(last().url, HasSubstr("uid%40crm"));
  answer(answered(200, R"({"value":[]})"));
  EXPECT_TRUE(outlook.find_marked("t", "c", "it's").is(ProviderTrouble::not_found));
  EXPECT_THAT(last().url, HasSubstr("it%27%27s"));
}

/// Answers when it is let.
class SlowHttp final : public HttpClient {
 public:
  HttpAnswer send(const HttpCall&) override {
    {
      const std::lock_guard lock(mutex);
      most = std::max(most.load(), ++inside);
    }
    gate.acquire();
    --inside;
    return answered(200, R"({"id":"a"})");
  }
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::counting_semaphore<> gate{0};
  std::mutex mutex;
};

TEST(OutlookTurns, AMailboxIsAskedFourTimesAtOnceAndNoMailboxWaitsForAnother) {
  SlowHttp http;
  FixedSettings settings;
  IcuWindowsZones zones;
  OutlookCalendar outlook(http, settings, zones);
  const auto inside_becomes = [&](int count) {
    for (int tries = 0; http.inside != count && tries < 1000; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    return http.inside == count;
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 9; ++i) threads.emplace_back([&] { outlook.find_event("rosa", "c", "a"); });
  EXPECT_TRUE(inside_becomes(4));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(http.most, 4);
  threads.emplace_back([&] { outlook.find_event("otto", "c", "a"); });
  EXPECT_TRUE(inside_becomes(5));
  http.gate.release(10);
  threads.clear();
  EXPECT_LE(http.most, 5);
  EXPECT_EQ(http.inside, 0);
}

TEST_F(Outlook, TheTextThatTeamsWroteStays) {
  EventDraft moved = draft();
  moved.keeps_body = true;
  answer(answered(200, R"({"id":"AAk"})"));
  ASSERT_TRUE(outlook.update_event("t", "c", moved, ""));
  EXPECT_THAT(last().body, Not(HasSubstr("\"body\"")));
}

TEST_F(Outlook, ARoomIsAskedForOnlyWhereTheMailboxHasTeams) {
  EventDraft wish = draft();
  wish.room = EventRoom::teams;
  http.answers = {
      answered(200, R"({"allowedOnlineMeetingProviders":["teamsForBusiness"]})"),
      answered(201, R"({"id":"a","isOnlineMeeting":true,"onlineMeeting":{"joinUrl":"https://teams.example/x"}})")};
  auto made = outlook.insert_event("t", "c", wish);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->join_url, "https://teams.example/x");
  EXPECT_THAT(last().body, HasSubstr(R"("onlineMeetingProvider":"teamsForBusiness")"));
  http.answers = {answered(200, R"({"allowedOnlineMeetingProviders":["skypeForConsumer"]})"),
                  answered(201, R"({"id":"a"})")};
  ASSERT_TRUE(outlook.insert_event("t", "c", wish));
  EXPECT_THAT(last().body, Not(HasSubstr("isOnlineMeeting")));
}

TEST_F(Outlook, GrantedScopesAreComparedAndARefreshTokenIsNeeded) {
  const auto with = [&](const std::string& scope, const std::string& more = R"(,"refresh_token":"r")") {
    answer(answered(200, R"({"access_token":"a","expires_in":3599,"scope":")" + scope + "\"" + more + "}"));
    return outlook.exchange("code", "verifier", "https://crm.example/cb");
  };
  EXPECT_TRUE(with("Calendars.ReadWrite MailboxSettings.Read"));
  EXPECT_TRUE(with("https://graph.microsoft.com/Calendars.ReadWrite https://graph.microsoft.com/MailboxSettings.Read"));
  EXPECT_TRUE(with("Calendars.Read MailboxSettings.Read").is(ProviderTrouble::scope_missing));
  EXPECT_TRUE(with("Calendars.ReadWrite").is(ProviderTrouble::scope_missing));
  EXPECT_TRUE(with("Calendars.ReadWrite MailboxSettings.Read", "").is(ProviderTrouble::scope_missing));
}

TEST_F(Outlook, ReactsToTheErrorOfADeadGrantNeverToItsText) {
  answer(answered(400, R"({"error":"invalid_grant","error_description":"AADSTS700082","error_codes":[700082]})"));
  EXPECT_TRUE(outlook.refresh("r").is(ProviderTrouble::consent_gone));
  answer(answered(400, R"({"error":"invalid_request","error_description":"invalid_grant"})"));
  EXPECT_TRUE(outlook.refresh("r").is(ProviderTrouble::refused));
  answer(answered(401, R"({"error":"invalid_client"})"));
  EXPECT_TRUE(outlook.refresh("r").is(ProviderTrouble::refused));
}

TEST(WindowsZones, EveryNameOfWindowsIsOneOfIana) {
  const IcuWindowsZones zones;
  EXPECT_EQ(zones.iana_name("Eastern Standard Time"), "America/New_York");
  EXPECT_EQ(zones.iana_name("W. Europe Standard Time"), "Europe/Berlin");
  EXPECT_EQ(zones.iana_name("Europe/Vienna"), "Europe/Vienna");
  EXPECT_EQ(zones.iana_name(""), "");
}

}  // namespace
}  // namespace scheduling::testing
