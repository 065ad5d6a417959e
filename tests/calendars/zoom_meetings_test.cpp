// EVIDENCE: B-9.3
// What the adapter asks Zoom, and what it makes of each answer. No network.
#include "plugin/adapters/zoom/zoom_meetings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/calendars/scripted_http.hpp"

namespace scheduling::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class SetClock final : public Clock {
 public:
  Instant now() const noexcept override { return at; }
  Instant at = parse_instant("2026-02-02T13:00:00Z").value();
};

class Zoom : public ::testing::Test {
 protected:
  Zoom() : zoom(http, settings, clock) {}
  void answer(HttpAnswer answer) { http.answers = {std::move(answer)}; }
  const HttpCall& last() const { return http.calls.back(); }
  static RoomDraft draft() {
    return {
        "uid@crm", "Call with Ada",
        TimeRange::make(parse_instant("2026-02-03T15:00:00Z").value(), parse_instant("2026-02-03T15:30:00Z").value())
            .value()};
  }

  ScriptedHttp http;
  FixedSettings settings;
  SetClock clock;
  ZoomMeetings zoom;
};

TEST_F(Zoom, MakesAMeetingWithATimeAndKeepsOnlyWhatLetsEverybodyIn) {
  answer(answered(
      201, R"({"id":91234567890,"join_url":"https://zoom.example/j/9","start_url":"https://zoom.example/s/9?zak=x"})"));
  auto made = zoom.create_room("t", "rosa@example.com", draft());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->id, "91234567890");
  EXPECT_EQ(made->join_url, "https://zoom.example/j/9");
  EXPECT_THAT(last().url, HasSubstr("/users/rosa%40example.com/meetings"));
  EXPECT_THAT(last().body, AllOf(HasSubstr(R"("start_time":"2026-02-03T15:00:00Z")"), HasSubstr(R"("type":2)"),
                                 HasSubstr(R"("duration":30)"), HasSubstr("uid@crm")));
}

TEST_F(Zoom, ATokenOfTheAccountIsKeptUntilItEndsOrIsRefused) {
  settings.zoom_account = "acc";
  answer(answered(200, R"({"access_token":"one","expires_in":3600})"));
  EXPECT_EQ(*zoom.own_access(""), "one");
  EXPECT_THAT(last().body, AllOf(HasSubstr("grant_type=account_credentials"), HasSubstr("account_id=acc")));
  EXPECT_THAT(last().headers, ::testing::Contains(::testing::Pair("Authorization", "Basic aWQ6c2VjcmV0")));
  answer(answered(200, R"({"access_token":"two","expires_in":3600})"));
  EXPECT_EQ(*zoom.own_access(""), "one");
  EXPECT_EQ(*zoom.own_access("one"), "two");
  clock.at += std::chrono::hours{1};
  answer(answered(200, R"({"access_token":"three","expires_in":3600})"));
  EXPECT_EQ(*zoom.own_access(""), "three");
}

TEST_F(Zoom, UsersConnectOnlyWhereTheCrmHasNoAccount) {
  EXPECT_TRUE(zoom.is_configured());
  EXPECT_FALSE(zoom.has_own_account());
  settings.zoom_account = "acc";
  EXPECT_FALSE(zoom.is_configured());
  EXPECT_TRUE(zoom.makes_rooms());
}

TEST_F(Zoom, ALostRoomIsFoundByItsReferenceOnAnyPage) {
  http.answers = {
      answered(200, R"({"next_page_token":"p2","meetings":[{"id":1,"agenda":"other","join_url":"x"}]})"),
      answered(
          200,
          R"({"next_page_token":"","meetings":[{"id":2,"agenda":"Reference: uid@crm","join_url":"https://zoom.example/j/2"}]})")};
  EXPECT_EQ(zoom.find_room("t", "me", draft())->id, "2");
  EXPECT_THAT(last().url, HasSubstr("next_page_token=p2"));
  answer(answered(200, R"({"next_page_token":"","meetings":[]})"));
  EXPECT_TRUE(zoom.find_room("t", "me", draft()).is(ProviderTrouble::not_found));
  answer(answered(200, "{}"));
  EXPECT_TRUE(zoom.find_room("t", "me", draft()).is(ProviderTrouble::unavailable)) << "no clear word";
}

TEST_F(Zoom, EachRefusalIsATroubleOfTheClosedList) {
  using enum ProviderTrouble;
  const std::tuple<int, int, ProviderTrouble> cases[] = {
      {400, 300, refused}, {401, 124, token_refused}, {404, 3001, not_found}, {404, 1001, refused},
      {403, 200, refused}, {429, 429, rate_limited},  {500, 0, unknown},      {503, 0, unknown},
  };
  for (const auto& [status, code, trouble] : cases) {
    answer(answered(status, R"({"code":)" + std::to_string(code) + R"(,"message":"x"})"));
    EXPECT_TRUE(zoom.update_room("t", "9", draft()).is(trouble)) << status << " " << code;
  }
}

TEST_F(Zoom, ItHasNoCalendars) {
  answer(answered(200, R"({"id":"u","email":"rosa@example.com"})"));
  auto account = zoom.calendars("t");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->account, "rosa@example.com");
  EXPECT_TRUE(account->calendars.empty());
  EXPECT_TRUE(zoom.changes("t", "c", {}).is(ProviderTrouble::refused));
}

}  // namespace
}  // namespace scheduling::testing
