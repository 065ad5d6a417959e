#include <gtest/gtest.h>

#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

struct AvailabilityApi : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  crm::sdk::UserId rep = world.add_user("rep@example.com", crm::sdk::Role::rep, "Europe/Berlin");
  crm::sdk::UserId other = world.add_user("other@example.com");
  crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  const std::string availability = "/api/v1/scheduling/availability";
  const std::string overrides = "/api/v1/scheduling/overrides";
};

TEST_F(AvailabilityApi, ANewUserHasNoHoursTheirOwnZoneAndTheDefaults) {
  const TestResponse fresh = world.get(availability, rep);
  EXPECT_EQ(
      fresh.body,
      R"({"data":{"timezone":"Europe/Berlin","today":"2025-01-13","week_start":1,"rules":[],"daily_limit":null,"weekly_limit":null,)"
      R"("defaults":{"buffer_before_minutes":0,"buffer_after_minutes":0,"minimum_notice_minutes":240,)"
      R"("max_days_in_advance":30}}})");
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_schedules"), "0");
}

TEST_F(AvailabilityApi, PutReplacesAllRulesAndKeepsWhatIsAbsent) {
  const TestResponse saved = world.put(availability, rep, R"({"timezone":"America/New_York","week_start":0,
      "rules":[{"day_of_week":1,"start_time":"09:00","end_time":"12:00"},
               {"day_of_week":1,"start_time":"10:00","end_time":"10:30","is_available":false},
               {"day_of_week":6,"start_time":"20:00","end_time":"24:00"}],
      "daily_limit":4,"weekly_limit":10,"defaults":{"buffer_before_minutes":5,"max_days_in_advance":null}})");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.at("data.rules.size"), "3");
  EXPECT_EQ(saved.at("data.rules.2.end_time"), "24:00");
  EXPECT_EQ(saved.at("data.defaults.buffer_before_minutes"), "5");
  EXPECT_EQ(saved.at("data.defaults.minimum_notice_minutes"), "240");
  EXPECT_EQ(saved.at("data.defaults.max_days_in_advance"), "null");
  EXPECT_EQ(world.get(availability, rep).body, saved.body);

  const TestResponse partly = world.put(
      availability, rep, R"({"daily_limit":null,"rules":[{"day_of_week":3,"start_time":"08:00","end_time":"09:00"}]})");
  EXPECT_EQ(partly.at("data.rules.size"), "1");
  EXPECT_EQ(partly.at("data.daily_limit"), "null");
  EXPECT_EQ(partly.at("data.weekly_limit"), "10");
  EXPECT_EQ(partly.at("data.timezone"), "America/New_York");
  EXPECT_EQ(partly.at("data.week_start"), "0");
  EXPECT_EQ(world.put(availability, rep, R"({"week_start":1})").at("data.rules.size"), "1");
  EXPECT_EQ(world.put(availability, rep, R"({"rules":[]})").at("data.rules.size"), "0");
}

TEST_F(AvailabilityApi, OneBadRuleKeepsAllTheOldOnes) {
  world.put(availability, rep, R"({"rules":[{"day_of_week":1,"start_time":"09:00","end_time":"17:00"}]})");
  const TestResponse bad =
      world.put(availability, rep, R"({"rules":[{"day_of_week":2,"start_time":"09:00","end_time":"17:00"},
      {"day_of_week":7,"start_time":"9:00","end_time":"25:00"}]})");
  EXPECT_EQ(bad.status, 422);
  const std::string fields = bad.fields();
  for (const char* wanted : {"rules[1].day_of_week:", "rules[1].start_time:", "rules[1].end_time:"})
    EXPECT_NE(fields.find(wanted), std::string::npos) << wanted << " in " << fields;
  EXPECT_EQ(world.get(availability, rep).at("data.rules.0.day_of_week"), "1");
  EXPECT_EQ(
      world.put(availability, rep, R"({"rules":[{"day_of_week":1,"start_time":"17:00","end_time":"09:00"}]})").status,
      422);
  EXPECT_EQ(world.put(availability, rep, R"({"rules":[{"day_of_week":1,"start_time":"09:00"}]})").fields(),
            "rules[0].end_time:required");
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"EST5EDT6"})").fields(), "timezone:invalid_timezone");
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"../../etc/passwd"})").fields(), "timezone:invalid_timezone");
  EXPECT_EQ(world.put(availability, rep, R"({"week_start":7})").fields(), "week_start:out_of_range");
  EXPECT_EQ(world.put(availability, rep, R"({"week_start":null})").fields(), "week_start:required");
  EXPECT_EQ(world.put(availability, rep, R"({"rules":null})").fields(), "rules:required");
  EXPECT_EQ(world.put(availability, rep, R"({"hours":[]})").fields(), "hours:unknown_field");
  EXPECT_EQ(world.put(availability, rep, R"({"defaults":{"buffer_before_minutes":-1}})").status, 422);
}

// EVIDENCE: B-1.4
TEST_F(AvailabilityApi, AnAliasIsStoredAndAnsweredUnderTheZonesOwnName) {
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"Asia/Calcutta"})").at("data.timezone"), "Asia/Kolkata");
  EXPECT_EQ(world.get(availability, rep).at("data.timezone"), "Asia/Kolkata");
  EXPECT_EQ(world.sql("SELECT timezone FROM scheduling_schedules"), "Asia/Kolkata");
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"Etc/UTC"})").at("data.timezone"), "UTC");
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"Europe/Amsterdam"})").at("data.timezone"), "Europe/Amsterdam");
  EXPECT_EQ(world.put(availability, rep, R"({"timezone":"EST5EDT"})").status, 200);
  for (const char* name : {"EST", "HST", "Mars/Olympus"}) {
    const TestResponse refused = world.put(availability, rep, R"({"timezone":")" + std::string(name) + "\"}");
    EXPECT_EQ(refused.status, 422) << name;
    EXPECT_EQ(refused.fields(), "timezone:invalid_timezone") << name;
  }
}

TEST_F(AvailabilityApi, TheZoneOfACrmUserMayBeAnAliasOrUnknown) {
  const auto pune = world.add_user("pune@example.com", crm::sdk::Role::rep, "Asia/Calcutta");
  EXPECT_EQ(world.get(availability, pune).at("data.timezone"), "Asia/Kolkata");
  EXPECT_EQ(world.post("/api/v1/scheduling/pages", pune, R"({"name":"Pune"})").at("data.timezone"), "Asia/Kolkata");
  const auto mars = world.add_user("mars@example.com", crm::sdk::Role::rep, "Mars/Olympus");
  EXPECT_EQ(world.get(availability, mars).at("data.timezone"), "UTC");
}

TEST_F(AvailabilityApi, AnAliasStoredBeforeGoesOnWorking) {
  world.put(availability, rep, R"({"rules":[{"day_of_week":1,"start_time":"09:00","end_time":"17:00"}]})");
  world.sql("UPDATE scheduling_schedules SET timezone = 'US/Eastern' RETURNING 1");
  const TestResponse page = world.post("/api/v1/scheduling/pages", rep, R"({"name":"Rep","timezone":"US/Eastern"})");
  EXPECT_EQ(page.at("data.timezone"), "America/New_York");
  const TestResponse type =
      world.post("/api/v1/scheduling/meeting-types", rep,
                 R"({"scheduling_page_id":)" + page.at("data.id") + R"(,"name":"Call","duration_minutes":30})");
  ASSERT_EQ(type.status, 201) << type.body;
  const std::string explain = "/api/v1/scheduling/explain?meeting_type_id=" + type.at("data.id") + "&start=";
  EXPECT_EQ(world.get(explain + "2025-01-20T14:00:00Z", rep).at("data.bookable"), "true");
  EXPECT_EQ(world.get(explain + "2025-01-20T13:30:00Z", rep).at("data.bookable"), "false");
  EXPECT_EQ(world.put(availability, rep, R"({"week_start":0})").at("data.timezone"), "America/New_York");
}

TEST_F(AvailabilityApi, TooManyRulesAreRefused) {
  std::string rules;
  for (int i = 0; i < 201; ++i)
    rules += std::string(i ? "," : "") + R"({"day_of_week":1,"start_time":"09:00","end_time":"17:00"})";
  EXPECT_EQ(world.put(availability, rep, R"({"rules":[)" + rules + "]}").fields(), "rules:too_many");
}

TEST_F(AvailabilityApi, OverridesAreAddedListedByDateAndDeleted) {
  const TestResponse closed =
      world.post(overrides, rep, R"({"date":"2025-12-24","is_available":false,"reason":"Holiday"})");
  ASSERT_EQ(closed.status, 201) << closed.body;
  EXPECT_EQ(closed.at("data.is_available"), "false");
  EXPECT_EQ(closed.at("data.start_time"), "null");
  EXPECT_EQ(closed.at("data.reason"), "Holiday");
  EXPECT_EQ(closed.location, overrides + "/" + closed.at("data.id"));
  const TestResponse open = world.post(
      overrides, rep, R"({"date":"2025-02-01","is_available":true,"start_time":"10:00","end_time":"24:00"})");
  EXPECT_EQ(open.at("data.end_time"), "24:00");

  const TestResponse listed = world.get(overrides + "?limit=1", rep);
  EXPECT_EQ(listed.at("data.0.date"), "2025-02-01");
  EXPECT_EQ(world.get(overrides + "?limit=1&cursor=" + listed.at("next_cursor"), rep).at("data.0.date"), "2025-12-24");
  EXPECT_EQ(world.get(overrides, other).at("data.size"), "0");
  EXPECT_EQ(world.del(overrides + "/" + open.at("data.id"), other).status, 404);
  EXPECT_EQ(world.del(overrides + "/" + open.at("data.id"), rep).status, 204);
  EXPECT_EQ(world.del(overrides + "/" + open.at("data.id"), rep).status, 404);
  EXPECT_EQ(world.del(overrides + "/" + closed.at("data.id"), admin).status, 204);
}

TEST_F(AvailabilityApi, OverridesThatMakeNoSenseAreRefused) {
  EXPECT_EQ(world.post(overrides, rep, "{}").fields(), "date:required is_available:required");
  EXPECT_EQ(world.post(overrides, rep, R"({"date":"2025-02-30","is_available":false})").status, 422);
  EXPECT_EQ(world.post(overrides, rep, R"({"date":"2025-02-01","is_available":true})").status, 422);
  EXPECT_EQ(world.post(overrides, rep, R"({"date":"2025-02-01","is_available":false,"start_time":"10:00"})").status,
            422);
  EXPECT_EQ(
      world
          .post(overrides, rep, R"({"date":"2025-02-01","is_available":false,"start_time":"11:00","end_time":"10:00"})")
          .status,
      422);
  EXPECT_EQ(world
                .post(overrides, rep,
                      R"({"date":"2025-02-01","is_available":false,"reason":")" + std::string(256, 'x') + "\"}")
                .fields(),
            "reason:too_long");
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_overrides"), "0");
}

TEST_F(AvailabilityApi, ADateTakesTwentyOverridesAndNoMore) {
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(world
                  .post(overrides, rep,
                        R"({"date":"2025-02-01","is_available":false,"start_time":"10:00","end_time":"10:15"})")
                  .status,
              201);
  EXPECT_EQ(world.post(overrides, rep, R"({"date":"2025-02-01","is_available":false})").fields(), "date:too_many");
  EXPECT_EQ(world.post(overrides, rep, R"({"date":"2025-02-02","is_available":false})").status, 201);
}

}  // namespace
}  // namespace scheduling::test
