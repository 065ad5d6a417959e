#include <gtest/gtest.h>

#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

struct MeetingTypesApi : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  crm::sdk::UserId rep = world.add_user("rep@example.com");
  crm::sdk::UserId other = world.add_user("other@example.com");
  const std::string types = "/api/v1/scheduling/meeting-types";
  std::string page = world.post("/api/v1/scheduling/pages", rep, R"({"name":"A","slug":"a"})").at("data.id");

  TestResponse make(const std::string& fields) {
    return world.post(types, rep,
                      R"({"scheduling_page_id":)" + page + R"(,"name":"Call","duration_minutes":30)" + fields + "}");
  }
  std::string path(const TestResponse& response) const { return types + "/" + response.at("data.id"); }
};

constexpr const char* k_everything = R"(,"slug":"intro","description":"d","location_type":"teams",
  "location_details":"link","color":"#ABCDEF","is_active":false,"display_order":7,
  "questions":[{"id":"q1","label":"Why?","type":"select","required":true,"options":["a","b"]}],
  "settings":{"slot_interval_minutes":15,"align":"clock","buffer_before_minutes":5,"buffer_after_minutes":10,
    "minimum_notice_minutes":60,"max_days_in_advance":null,"bookable_from":"2025-01-01","bookable_until":"2025-12-31",
    "daily_limit":3,"weekly_limit":9,"available_days":[1,2,3],"available_hours":[{"start_time":"09:00","end_time":"24:00"}],
    "cancel_notice_minutes":120,"reschedule_notice_minutes":240,"reminder_offsets_minutes":[1440,60],
    "confirmation":{"message":"Thanks","redirect_url":"https://x.example/done"},
    "event":{"title":"{{meeting_type}} with {{attendee_name}}","description":"Hi"},
    "owner_first":"prefer","owner_wait_days":7,"reassign_on_reschedule":true,"requires_confirmation":true,"confirmation_hours":12})";

TEST_F(MeetingTypesApi, KeepsEveryFieldAsSent) {
  const TestResponse made = make(k_everything);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.location, path(made));
  EXPECT_EQ(made.at("data.slug"), "intro");
  EXPECT_EQ(made.at("data.location_type"), "teams");
  EXPECT_EQ(made.at("data.color"), "#abcdef");
  EXPECT_EQ(made.at("data.display_order"), "7");
  EXPECT_EQ(made.at("data.questions.0.options.1"), "b");
  EXPECT_EQ(made.at("data.settings.align"), "clock");
  EXPECT_EQ(made.at("data.settings.max_days_in_advance"), "null");
  EXPECT_EQ(made.at("data.settings.available_days"), "[1,2,3]");
  EXPECT_EQ(made.at("data.settings.available_hours.0.end_time"), "24:00");
  EXPECT_EQ(made.at("data.settings.reminder_offsets_minutes"), "[1440,60]");
  EXPECT_EQ(made.at("data.settings.confirmation.redirect_url"), "https://x.example/done");
  EXPECT_EQ(made.at("data.settings.event.title"), "{{meeting_type}} with {{attendee_name}}");
  EXPECT_EQ(made.at("data.settings.owner_first"), "prefer");
  EXPECT_EQ(made.at("data.settings.owner_wait_days"), "7");
  EXPECT_EQ(made.at("data.settings.confirmation_hours"), "12");
  EXPECT_EQ(world.get(path(made), rep).body, made.body);
  const std::string data = made.body.substr(8, made.body.size() - 9);
  EXPECT_EQ(world.put(path(made), rep, data).body, made.body) << "an answer can be sent back as it is";
}

TEST_F(MeetingTypesApi, ARuleIsInheritedAgainByItsName) {
  const TestResponse made = make(k_everything);
  const TestResponse changed = world.put(path(made), rep, R"({"settings":{"daily_limit":2},
    "inherited_settings":["max_days_in_advance","event","daily_limit"]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("data.settings.max_days_in_advance"), "(absent)");
  EXPECT_EQ(changed.at("data.settings.event"), "(absent)");
  EXPECT_EQ(changed.at("data.settings.daily_limit"), "2") << "what is set is not inherited";
  EXPECT_EQ(changed.at("data.settings.weekly_limit"), "9");
  const TestResponse refused = world.put(path(made), rep, R"({"inherited_settings":["no_such_rule"]})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.fields().find("inherited_settings"), std::string::npos) << refused.body;
}

TEST_F(MeetingTypesApi, SettingsMergeOneLevelDeepAndQuestionsAreReplaced) {
  const TestResponse made = make(k_everything);
  const TestResponse changed = world.put(path(made), rep, R"({"settings":{"daily_limit":null,"weekly_limit":4,
      "confirmation":{"message":"Bye"}},"questions":[]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("data.settings.daily_limit"), "(absent)");
  EXPECT_EQ(changed.at("data.settings.weekly_limit"), "4");
  EXPECT_EQ(changed.at("data.settings.align"), "clock");
  EXPECT_EQ(changed.at("data.settings.confirmation.message"), "Bye");
  EXPECT_EQ(changed.at("data.settings.confirmation.redirect_url"), "(absent)");
  EXPECT_EQ(changed.at("data.questions.size"), "0");
  EXPECT_EQ(changed.at("data.description"), "d");
}

TEST_F(MeetingTypesApi, NamesMissingAndBrokenValues) {
  EXPECT_EQ(world.post(types, rep, "{}").fields(),
            "scheduling_page_id:required name:required duration_minutes:required");
  EXPECT_EQ(make(R"(,"settings":{"align":"sideways"})").fields(), "settings.align:invalid_option");
  EXPECT_EQ(make(R"(,"settings":{"algin":"clock"})").fields(), "settings.algin:unknown_field");
  EXPECT_EQ(make(R"(,"settings":{"buffer_before_minutes":"5"})").fields(), "settings.buffer_before_minutes:wrong_type");
  EXPECT_EQ(make(R"(,"location_type":"moon")").fields(), "location_type:invalid_option");
  EXPECT_EQ(make(R"(,"questions":[{"id":"a","label":"","type":"text"}])").fields(), "questions[0].label:required");
  EXPECT_EQ(make(R"(,"questions":[{"id":"a","label":"x"}])").fields(), "questions[0].type:required");
  EXPECT_EQ(make(R"(,"questions":[{"id":"a","label":"x","type":"text","colour":1}])").fields(),
            "questions[0].colour:unknown_field");
  EXPECT_EQ(make(R"(,"display_order":-1)").fields(), "display_order:out_of_range");
  for (const char* minutes : {"4", "721", "-30", "99999999999999999999"}) {
    const TestResponse bad = world.post(
        types, rep, R"({"scheduling_page_id":)" + page + R"(,"name":"C","duration_minutes":)" + minutes + "}");
    EXPECT_EQ(bad.status, 422) << minutes;
  }
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_types"), "0");
}

TEST_F(MeetingTypesApi, ForeignPagesAndTypesDoNotExist) {
  const TestResponse made = make("");
  EXPECT_EQ(
      world.post(types, other, R"({"scheduling_page_id":)" + page + R"(,"name":"C","duration_minutes":30})").status,
      404);
  EXPECT_EQ(world.get(path(made), other).status, 404);
  EXPECT_EQ(world.put(path(made), other, R"({"name":"X"})").status, 404);
  EXPECT_EQ(world.del(path(made), other).status, 404);
  EXPECT_EQ(world.get(types + "?scheduling_page_id=" + page, other).at("data.size"), "0");
}

TEST_F(MeetingTypesApi, SlugsAreUniqueWithinAPageAndFreeAfterArchiving) {
  const TestResponse first = make("");
  EXPECT_EQ(first.at("data.slug"), "call");
  EXPECT_EQ(make("").at("data.slug"), "call-2");
  EXPECT_EQ(make(R"(,"slug":"call")").code(), "slug_taken");
  EXPECT_EQ(world.del(path(first), rep).status, 204);
  EXPECT_EQ(world.get(path(first), rep).status, 404);
  EXPECT_EQ(make(R"(,"slug":"call")").status, 201);
  const std::string second_page = world.post("/api/v1/scheduling/pages", rep, R"({"name":"B"})").at("data.id");
  EXPECT_EQ(
      world
          .post(types, rep,
                R"({"scheduling_page_id":)" + second_page + R"(,"name":"Call","duration_minutes":15,"slug":"call"})")
          .status,
      201);
}

TEST_F(MeetingTypesApi, ListsByDisplayOrderAndPage) {
  make(R"(,"slug":"last","display_order":2)");
  make(R"(,"slug":"first","display_order":0)");
  make(R"(,"slug":"middle","display_order":1)");
  const TestResponse all = world.get(types + "?limit=2", rep);
  EXPECT_EQ(all.at("data.0.slug"), "first");
  EXPECT_EQ(all.at("data.1.slug"), "middle");
  const TestResponse rest = world.get(types + "?limit=2&cursor=" + all.at("next_cursor"), rep);
  EXPECT_EQ(rest.at("data.0.slug"), "last");
  EXPECT_EQ(rest.at("next_cursor"), "null");
  EXPECT_EQ(world.get(types + "?scheduling_page_id=zero", rep).fields(), "scheduling_page_id:invalid_format");
}

TEST_F(MeetingTypesApi, ATypeStaysOnItsPage) {
  const TestResponse made = make("");
  EXPECT_EQ(world.put(path(made), rep, R"({"scheduling_page_id":)" + page + "}").status, 200);
  EXPECT_EQ(world.put(path(made), rep, R"({"scheduling_page_id":99999})").fields(),
            "scheduling_page_id:not_changeable");
}

TEST_F(MeetingTypesApi, ExplainsWhichRuleRefusesAStart) {
  const TestResponse made = make(R"(,"settings":{"minimum_notice_minutes":0})");
  const auto why = [&](const std::string& start) {
    return world.get("/api/v1/scheduling/explain?meeting_type_id=" + made.at("data.id") + "&start=" + start, rep);
  };
  EXPECT_EQ(why("2025-01-14T14:00:00Z").at("data.rule"), "outside_hours");
  world.put("/api/v1/scheduling/availability", rep,
            R"({"rules":[{"day_of_week":2,"start_time":"09:00","end_time":"17:00"}]})");
  EXPECT_EQ(why("2025-01-14T14:00:00Z").at("data.bookable"), "true");
  EXPECT_EQ(why("2025-01-14T14:00:00Z").at("data.rule"), "null");
  EXPECT_EQ(why("2025-01-14T14:07:00Z").at("data.rule"), "off_grid");
  EXPECT_EQ(why("2025-01-07T14:00:00Z").at("data.rule"), "notice");
  world.post("/api/v1/scheduling/overrides", rep, R"({"date":"2025-01-14","is_available":false})");
  EXPECT_EQ(why("2025-01-14T14:00:00Z").at("data.rule"), "overridden");
  EXPECT_EQ(why("yesterday").fields(), "start:invalid_format");
  EXPECT_EQ(world
                .get("/api/v1/scheduling/explain?meeting_type_id=" + made.at("data.id") + "&start=2025-01-14T14:00:00Z",
                     other)
                .status,
            404);
}

}  // namespace
}  // namespace scheduling::test
