#include <gtest/gtest.h>

#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

struct PagesApi : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  crm::sdk::UserId rep = world.add_user("rep@example.com");
  crm::sdk::UserId other = world.add_user("other@example.com");
  crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  const std::string pages = "/api/v1/scheduling/pages";

  std::string page_path(const TestResponse& response) const { return pages + "/" + response.at("data.id"); }
};

TEST_F(PagesApi, CreatesAPageWithEveryFieldAsSent) {
  const TestResponse made = world.post(pages, rep, R"({"slug":"ada","name":"Ada's page","description":"Hello\nthere",
      "timezone":"Europe/Berlin","is_active":false,"branding":{"color":"#1A73E8","company_name":"ACME"}})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.location, page_path(made));
  EXPECT_EQ(made.at("data.slug"), "ada");
  EXPECT_EQ(made.at("data.user_id"), std::to_string(rep.value));
  EXPECT_EQ(made.at("data.description"), "Hello\nthere");
  EXPECT_EQ(made.at("data.timezone"), "Europe/Berlin");
  EXPECT_EQ(made.at("data.is_active"), "false");
  EXPECT_EQ(made.at("data.branding.color"), "#1a73e8");
  EXPECT_EQ(made.at("data.branding.company_name"), "ACME");
  EXPECT_EQ(made.at("data.assignment"), "personal");
  EXPECT_EQ(made.at("data.members.size"), "0");
  EXPECT_EQ(made.at("data.public_url"), "https://crm.example.com/schedule/ada");
  EXPECT_EQ(made.at("data.created_at"), "2025-01-13T12:00:00Z");
  EXPECT_EQ(made.at("data.updated_at"), "2025-01-13T12:00:00Z");
  EXPECT_EQ(world.get(page_path(made), rep).body, made.body);
}

TEST_F(PagesApi, TakesSlugFromTheNameAndZoneFromTheSchedule) {
  world.put("/api/v1/scheduling/availability", rep, R"({"timezone":"Asia/Tokyo"})");
  const TestResponse first = world.post(pages, rep, R"({"name":"Meet Ada!"})");
  EXPECT_EQ(first.at("data.slug"), "meet-ada") << first.body;
  EXPECT_EQ(first.at("data.timezone"), "Asia/Tokyo");
  EXPECT_EQ(world.post(pages, other, R"({"name":"Meet Ada!"})").at("data.slug"), "meet-ada-2");
  EXPECT_EQ(world.post(pages, rep, R"({"name":"Meet Ada!"})").at("data.slug"), "meet-ada-3");
  EXPECT_EQ(world.post(pages, other, R"({"name":"No hours"})").at("data.timezone"), "America/New_York");
}

TEST_F(PagesApi, NamesEveryFieldThatBreaksARule) {
  const TestResponse bad = world.post(pages, rep, R"({"slug":"Not A Slug","name":"","timezone":"Mars/Olympus",
      "branding":{"color":"red"},"assignment":"personal"})");
  EXPECT_EQ(bad.status, 422);
  EXPECT_EQ(bad.code(), "validation_failed");
  const std::string fields = bad.fields();
  for (const char* wanted :
       {"slug:invalid_format", "name:required", "timezone:invalid_timezone", "branding.color:invalid_color"})
    EXPECT_NE(fields.find(wanted), std::string::npos) << wanted << " in " << fields;
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_pages"), "0");
}

TEST_F(PagesApi, RefusesUnknownFieldsWrongTypesAndWhatIsNotJson) {
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","nmae":"B"})").fields(), "nmae:unknown_field");
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","branding":{"colour":"#fff"}})").fields(),
            "branding.colour:unknown_field");
  EXPECT_EQ(world.post(pages, rep, R"({"name":7})").fields(), "name:wrong_type");
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","is_active":"yes"})").fields(), "is_active:wrong_type");
  const TestResponse unreadable = world.post(pages, rep, "{\"name\":");
  EXPECT_EQ(unreadable.status, 400);
  EXPECT_EQ(unreadable.code(), "invalid_json");
}

TEST_F(PagesApi, RefusesReservedAndTakenSlugs) {
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","slug":"manage"})").fields(), "slug:reserved");
  ASSERT_EQ(world.post(pages, rep, R"({"name":"A","slug":"ada"})").status, 201);
  const TestResponse taken = world.post(pages, other, R"({"name":"B","slug":"ada"})");
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(taken.code(), "slug_taken");
  EXPECT_EQ(taken.fields(), "slug:slug_taken");
  const TestResponse mine = world.post(pages, other, R"({"name":"B","slug":"bea"})");
  const TestResponse renamed = world.put(page_path(mine), other, R"({"slug":"ada"})");
  EXPECT_EQ(renamed.status, 409);
  EXPECT_EQ(renamed.code(), "slug_taken");
  EXPECT_EQ(world.get(page_path(mine), other).at("data.slug"), "bea");
}

TEST_F(PagesApi, PutKeepsAbsentFieldsMergesBrandingAndIgnoresReadOnlyOnes) {
  const TestResponse made = world.post(
      pages, rep, R"({"name":"A","slug":"a","description":"d","branding":{"color":"#112233","company_name":"X"}})");
  world.clock.set("2025-01-14T00:00:00Z");
  const TestResponse changed = world.put(page_path(made), rep,
                                         R"({"id":999,"user_id":999,"public_url":"x","created_at":"x","updated_at":"x",
                                       "name":"B","branding":{"company_name":null,"website_url":"https://x.example"}})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("data.id"), made.at("data.id"));
  EXPECT_EQ(changed.at("data.user_id"), made.at("data.user_id"));
  EXPECT_EQ(changed.at("data.name"), "B");
  EXPECT_EQ(changed.at("data.description"), "d");
  EXPECT_EQ(changed.at("data.branding.color"), "#112233");
  EXPECT_EQ(changed.at("data.branding.company_name"), "(absent)");
  EXPECT_EQ(changed.at("data.branding.website_url"), "https://x.example");
  EXPECT_EQ(changed.at("data.updated_at"), "2025-01-14T00:00:00Z");
  EXPECT_EQ(world.put(page_path(made), rep, R"({"description":null})").at("data.description"), "null");
}

TEST_F(PagesApi, PrivacyIsStoredMergedAndChecked) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a"})");
  EXPECT_EQ(made.at("data.privacy.text") + made.at("data.privacy.url"), "nullnull");
  const std::string path = pages + "/" + made.at("data.id");
  const TestResponse both =
      world.put(path, rep, R"({"privacy":{"text":" One year.\nThen gone. ","url":"https://x.example/p"}})");
  EXPECT_EQ(both.at("data.privacy.text"), "One year.\nThen gone.");
  EXPECT_EQ(world.put(path, rep, R"({"privacy":{"url":null}})").at("data.privacy.text"), "One year.\nThen gone.");
  EXPECT_EQ(world.get(path, rep).at("data.privacy.url"), "null");
  EXPECT_EQ(world.put(path, rep, R"({"name":"B"})").at("data.privacy.text"), "One year.\nThen gone.");
  for (const char* url : {"javascript:alert(1)", "mailto:a@x.example", "x.example/p", "https://"})
    EXPECT_EQ(world.put(path, rep, R"({"privacy":{"url":")" + std::string(url) + "\"}}").fields(),
              "privacy.url:invalid_url")
        << url;
  EXPECT_EQ(world.put(path, rep, R"({"privacy":{"text":")" + std::string(1001, 'x') + "\"}}").fields(),
            "privacy.text:too_long");
  EXPECT_EQ(world.put(path, rep, R"({"privacy":{"link":"x"}})").fields(), "privacy.link:unknown_field");
  EXPECT_EQ(world.put(path, rep, R"({"privacy":"x"})").status, 422);
  EXPECT_EQ(world.put(path, rep, R"({"privacy":null})").at("data.privacy.text"), "null");
}

TEST_F(PagesApi, WebsitesThatMayFrameThePageAreStoredAsBrowsersWriteThem) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a"})");
  EXPECT_EQ(made.at("data.embed_origins.size"), "0");
  const std::string path = pages + "/" + made.at("data.id");
  const TestResponse set = world.put(path, rep,
                                     R"({"embed_origins":["HTTPS://www.X.example:443/","https://www.x.example",)"
                                     R"("http://localhost:8080","https://b\u00fccher.example"]})");
  EXPECT_EQ(set.at("data.embed_origins.size"), "3") << set.body;
  EXPECT_EQ(set.at("data.embed_origins.0"), "https://www.x.example");
  EXPECT_EQ(set.at("data.embed_origins.1"), "http://localhost:8080");
  EXPECT_EQ(set.at("data.embed_origins.2"), "https://xn--bcher-kva.example");
  EXPECT_EQ(world.put(path, rep, R"({"name":"B"})").at("data.embed_origins.size"), "3") << "absent: stays";
  EXPECT_EQ(world.put(path, rep, R"({"embed_origins":[]})").at("data.embed_origins.size"), "0");
  world.put(path, rep, R"({"embed_origins":["https://x.example"]})");
  for (const char* origin :
       {"x.example", "*", "https://*.x.example", "https://x.example/page", "https://", "null", "https://u@x.example",
        "https://x.example:0", "https://x.example:99999", "", "ftp://x.example", "https://x.example https://y.example",
        "https://x.example;", "'self'", "https://x.example?a", "https://-x.example", "https://x..example"}) {
    const TestResponse refused = world.put(path, rep, R"({"embed_origins":[")" + std::string(origin) + "\"]}");
    EXPECT_EQ(refused.status, 422) << origin;
    EXPECT_EQ(refused.fields(), "embed_origins[0]:invalid_origin") << origin;
  }
  std::string many = "\"https://x0.example\"";
  for (int i = 1; i <= 20; ++i) many += ",\"https://x" + std::to_string(i) + ".example\"";
  EXPECT_EQ(world.put(path, rep, "{\"embed_origins\":[" + many + "]}").fields(), "embed_origins:too_many");
  EXPECT_EQ(world.put(path, rep, R"({"embed_origins":"https://x.example"})").status, 422);
  EXPECT_EQ(world.put(path, rep, R"({"embed_origins":[7]})").status, 422);
  EXPECT_EQ(world.get(path, rep).at("data.embed_origins.0"), "https://x.example") << "nothing of it was stored";
  EXPECT_EQ(world.put(path, rep, R"({"embed_origins":null})").at("data.embed_origins.size"), "0");
}

TEST_F(PagesApi, AnAnswerCanBeSentBackAsItIs) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a","branding":{"color":"#112233"}})");
  const std::string data = made.body.substr(8, made.body.size() - 9);
  EXPECT_EQ(world.put(page_path(made), rep, data).body, made.body);
}

TEST_F(PagesApi, AForeignPageDoesNotExistForARepAndDoesForAnAdmin) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a"})");
  EXPECT_EQ(world.get(page_path(made), other).status, 404);
  EXPECT_EQ(world.put(page_path(made), other, R"({"name":"B"})").status, 404);
  EXPECT_EQ(world.del(page_path(made), other).status, 404);
  EXPECT_EQ(world.get(pages, other).at("data.size"), "0");
  EXPECT_EQ(world.get(pages, admin).at("data.size"), "1");
  EXPECT_EQ(world.put(page_path(made), admin, R"({"name":"B"})").at("data.name"), "B");
  EXPECT_EQ(world.put(page_path(made), admin, R"({"name":"B"})").at("data.user_id"), std::to_string(rep.value));
  for (const char* id : {"/0", "/-1", "/x", "/999999999999999999999", "/2147483648", "/1e3"})
    EXPECT_EQ(world.get(pages + id, rep).status, 404) << id;
}

TEST_F(PagesApi, DeletingArchivesPageAndTypesAndKeepsTheSlugForTheOwner) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a"})");
  world.post("/api/v1/scheduling/meeting-types", rep,
             R"({"scheduling_page_id":)" + made.at("data.id") + R"(,"name":"T","duration_minutes":30})");
  EXPECT_EQ(world.del(page_path(made), rep).status, 204);
  EXPECT_EQ(world.del(page_path(made), rep).status, 404);
  EXPECT_EQ(world.get(page_path(made), rep).status, 404);
  EXPECT_EQ(world.get("/api/v1/scheduling/meeting-types", rep).at("data.size"), "0");
  EXPECT_EQ(world.sql("SELECT count(*) FROM meeting_types WHERE archived_at IS NOT NULL"), "1");
  EXPECT_EQ(world.post(pages, other, R"({"name":"B","slug":"a"})").status, 409);
  EXPECT_EQ(world.post(pages, rep, R"({"name":"B","slug":"a"})").status, 201);
}

TEST_F(PagesApi, ListsInPagesOfTheAskedSize) {
  for (int i = 0; i < 5; ++i) world.post(pages, rep, R"({"name":"Page"})");
  const TestResponse first = world.get(pages + "?limit=2", rep);
  EXPECT_EQ(first.at("data.size"), "2");
  const TestResponse second = world.get(pages + "?limit=2&cursor=" + first.at("next_cursor"), rep);
  const TestResponse third = world.get(pages + "?limit=2&cursor=" + second.at("next_cursor"), rep);
  EXPECT_EQ(third.at("data.size"), "1");
  EXPECT_EQ(third.at("next_cursor"), "null");
  EXPECT_EQ(third.at("data.0.slug"), "page-5");
  EXPECT_EQ(world.get(pages + "?limit=5", rep).at("next_cursor"), "null");
  EXPECT_EQ(world.get(pages + "?limit=0", rep).fields(), "limit:out_of_range");
  EXPECT_EQ(world.get(pages + "?limit=101", rep).fields(), "limit:out_of_range");
  EXPECT_EQ(world.get(pages + "?cursor=a.b", rep).fields(), "cursor:invalid_format");
}

TEST_F(PagesApi, ATeamIsWhomItsOwnerNames) {
  const std::string two = R"([{"user_id":)" + std::to_string(other.value) + R"(,"weight":3},{"user_id":)" +
                          std::to_string(rep.value) + R"(,"priority":-2,"is_active":false}])";
  const TestResponse made =
      world.post(pages, rep, R"({"name":"Team","assignment":"round_robin","show_hosts":true,"members":)" + two + "}");
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(made.at("data.members.size"), "2");
  EXPECT_EQ(made.at("data.show_hosts"), "true");
  EXPECT_EQ(made.at("data.rotation.owner_bookings_count"), "false");
  EXPECT_EQ(world.get(page_path(made), other).at("data.slug"), "team") << "members read it";
  EXPECT_EQ(world.put(page_path(made), other, R"({"name":"Mine"})").status, 403);
  EXPECT_EQ(world.get(pages, other).at("data.size"), "1");
  const TestResponse counted = world.put(page_path(made), rep, R"({"rotation":{"owner_bookings_count":true}})");
  EXPECT_EQ(counted.at("data.rotation.owner_bookings_count"), "true");
  EXPECT_EQ(counted.at("data.members.size"), "2") << "absent fields stay";
  const std::string twice = R"({"members":[{"user_id":1},{"user_id":1}]})";
  EXPECT_EQ(world.put(page_path(made), rep, twice).fields(), "members[1].user_id:duplicate");
  EXPECT_EQ(world.put(page_path(made), rep, R"({"members":[{"user_id":9999}]})").fields(), "members:invalid_option");
  EXPECT_EQ(world.put(page_path(made), rep, R"({"members":[{"user_id":1,"weight":0}]})").fields(),
            "members[0].weight:out_of_range");
  const TestResponse alone = world.put(page_path(made), rep, R"({"assignment":"personal"})");
  EXPECT_EQ(alone.at("data.members.size"), "0") << alone.body;
  EXPECT_EQ(world.get(page_path(made), other).status, 404);
}

TEST_F(PagesApi, APersonalPageHasNoMembers) {
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","members":[{"user_id":1}]})").fields(), "members:not_available");
  EXPECT_EQ(world.post(pages, rep, R"({"name":"A","members":[],"assignment":"personal"})").status, 201);
}

TEST_F(PagesApi, ARenamedPageRemembersItsFormerSlug) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"old"})");
  world.put(page_path(made), rep, R"({"slug":"new"})");
  EXPECT_EQ(world.sql("SELECT scheduling_page_id FROM former_page_slugs WHERE slug = 'old'"), made.at("data.id"));
}

TEST_F(PagesApi, PagesOfAUserWhoLeftAreClosed) {
  const TestResponse made = world.post(pages, rep, R"({"name":"A","slug":"a"})");
  ASSERT_TRUE(world.user_left(rep));
  ASSERT_TRUE(world.user_left(rep)) << "an event may come twice";
  EXPECT_EQ(world.get(page_path(made), admin).at("data.is_active"), "false");
}

// EVIDENCE: B-8.3
TEST_F(PagesApi, AFormerSlugIsItsOwnersForAYearUnlessAnAdministratorReleasesIt) {
  const std::string ada = R"({"slug":"ada","name":"Ada"})";
  const TestResponse renamed = world.post(pages, rep, ada);
  ASSERT_EQ(world.put(page_path(renamed), rep, R"({"slug":"ada-l"})").status, 200);
  const TestResponse archived = world.post(pages, rep, R"({"slug":"old","name":"Old"})");
  ASSERT_EQ(world.del(page_path(archived), rep).status, 204);
  for (const char* slug : {"ada", "old"}) {
    const std::string wanted = R"({"name":"Mine","slug":")" + std::string(slug) + "\"}";
    const TestResponse refused = world.post(pages, other, wanted);
    EXPECT_EQ(refused.status, 409) << slug;
    EXPECT_EQ(refused.code(), "slug_taken");
    const TestResponse made = world.post(pages, other, R"({"name":"Other"})");
    EXPECT_EQ(world.put(page_path(made), other, wanted).status, 409) << slug;
  }
  EXPECT_EQ(world.post(pages, other, R"({"name":"Old"})").at("data.slug"), "old-2") << "a derived one passes it over";
  EXPECT_EQ(world.post(pages, admin, ada).status, 409);

  const std::string release = "/api/v1/scheduling/slugs/";
  EXPECT_EQ(world.post(release + "ada/release", admin, "").status, 204);
  EXPECT_EQ(world.post(release + "old/release", admin, "").status, 204);
  EXPECT_EQ(world.post(release + "old/release", admin, "").status, 404);
  EXPECT_EQ(world.post(pages, other, ada).status, 201);
  EXPECT_EQ(world.post(pages, other, R"({"slug":"old","name":"Mine"})").status, 201);
}

TEST_F(PagesApi, AFormerSlugIsFreeToItsOwnerAtOnceAndToOthersAfterAYear) {
  const TestResponse first = world.post(pages, rep, R"({"slug":"ada","name":"Ada"})");
  ASSERT_EQ(world.put(page_path(first), rep, R"({"slug":"ada-l"})").status, 200);
  const TestResponse again = world.post(pages, rep, R"({"slug":"ada","name":"Second"})");
  ASSERT_EQ(again.status, 201);
  ASSERT_EQ(world.del(page_path(again), rep).status, 204);
  world.clock.set("2026-01-13T12:00:00Z");
  EXPECT_EQ(world.post(pages, other, R"({"slug":"ada","name":"Mine"})").status, 409);
  world.clock.set("2026-01-14T12:00:01Z");
  EXPECT_EQ(world.post(pages, other, R"({"slug":"ada","name":"Mine"})").status, 201);
}

TEST_F(PagesApi, AColourIsShownAsAPageWouldUseIt) {
  const std::string colors = "/api/v1/scheduling/brand-colors?color=%23";
  const TestResponse yellow = world.get(colors + "FFDD00", rep);
  EXPECT_EQ(yellow.at("data.brand"), "#ffdd00");
  EXPECT_EQ(yellow.at("data.ink"), "#0f1421") << "dark text on it";
  EXPECT_NE(yellow.at("data.text"), "#ffdd00") << "too light to be text";
  EXPECT_EQ(world.get(colors + "1f6feb", rep).at("data.ink"), "#ffffff");
  const TestResponse night = world.get(colors + "0a1440", rep);
  EXPECT_EQ(night.at("data.brand"), "#0a1440");
  EXPECT_NE(night.at("data.dark.brand"), "#0a1440") << "a button of it would not stand out in the dark";
  for (const char* of : {"data.dark.ink", "data.dark.text", "data.dark.soft"}) EXPECT_EQ(night.at(of).size(), 7u) << of;
  EXPECT_EQ(world.get(colors + "12345", rep).fields(), "color:invalid_color");
  EXPECT_EQ(world.get("/api/v1/scheduling/brand-colors", rep).fields(), "color:invalid_color");
}

}  // namespace
}  // namespace scheduling::test
