#include "reference_host/html_pages/data_fields.hpp"
#include "reference_host/html_pages/local_time.hpp"
#include "reference_host/instance/public_site.hpp"
#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using sdk::Role;

TEST(LoginPage, SignsInAndOutWithoutScripts) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const TestResponse sent = crm.page("", "/contacts");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.header("Location"), "/login?next=%2Fcontacts");
  const TestResponse form = crm.page("", "/login?next=/contacts");
  EXPECT_TRUE(form.has(R"(<label for="password">)"));
  EXPECT_TRUE(form.has(R"(value="&#x2F;contacts")") || form.has(R"(value="/contacts")")) << form.body;
  const TestResponse wrong = crm.form("", "/login", "email=rep%40example.test&password=wrong+wrong");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_TRUE(wrong.has("rep@example.test"));
  EXPECT_FALSE(wrong.has("wrong wrong"));
  const TestResponse in = crm.form("", "/login", "email=rep%40example.test&password=long+enough&next=%2Fcontacts");
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(in.header("Location"), "/contacts");
  const std::string cookie = in.header("Set-Cookie").substr(0, in.header("Set-Cookie").find(';'));
  EXPECT_EQ(crm.page(cookie, "/contacts").status, 200);
  EXPECT_EQ(crm.form(cookie, "/logout", "").status, 403) << "no CSRF token";
  EXPECT_EQ(crm.form(cookie, "/logout", "csrf_token=" + crm.csrf_of(cookie)).status, 303);
  EXPECT_EQ(crm.page(cookie, "/contacts").status, 303);
}

TEST(LoginPage, SendsNobodyElsewhere) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  for (const char* next :
       {"%2F%2Fevil.test", "https%3A%2F%2Fevil.test", "%2F%5Cevil.test", "%2Fa%0d%0aX%3A1", "%2F%09%2Fevil.test",
        "%2F%252Fevil.test", "%2F%255C%252Fevil.test", "%2F.%2F%2Fevil.test", "javascript%3Aalert(1)", "evil.test",
        "%5C%5Cevil.test", "%2F%25%32%66evil.test", "%2F%C3%BC", "%2F%E2%80%8B%2Fevil.test"})
    EXPECT_EQ(crm.form("", "/login", std::string("email=rep%40example.test&password=long+enough&next=") + next)
                  .header("Location"),
              "/")
        << next;
  const TestResponse foreign =
      crm.call("POST", "/login", "email=rep%40example.test&password=long+enough",
               {{"Content-Type", "application/x-www-form-urlencoded"}, {"Sec-Fetch-Site", "cross-site"}});
  EXPECT_EQ(foreign.status, 403);
  EXPECT_EQ(foreign.header("Set-Cookie"), "");
}

TEST(ContactPages, ShowPeopleAndWhatHappened) {
  TestCrm crm;
  const auto rep = crm.add_user("rep@example.test");
  const std::string token = crm.token_of(rep), cookie = crm.cookie_of("rep@example.test");
  const TestResponse made = crm.as(
      token, "POST", "/api/v1/records",
      R"json({"module":"contacts","data":{"name":"<b>Ann</b>","email":"ann@x.test","site":"https://x.test/a","js":"javascript:alert(1)"}})json");
  auto session = *crm.db.database().acquire();
  const sdk::ActivityDraft draft{
      sdk::RecordId{1},
      "meeting",
      "Discovery & more",
      crm.db.clock().now() + std::chrono::hours(24),
      R"({"status":"scheduled","join_url":"https://meet.test/1","starts":"2025-03-09T15:00:00Z",
          "answers":[{"label":"Why?","answer":"Because"}],"guests":["a@x.test","b@x.test"]})",
      rep,
      "m1"};
  ASSERT_TRUE(session->begin());
  ASSERT_TRUE(crm.records.add_activity(*session, draft, {}));
  ASSERT_TRUE(session->commit());
  const std::string site = "http://crm.example.test";
  const std::string address = app::PublicSite(site, false, false).record_url("contacts", sdk::RecordId{1});
  ASSERT_TRUE(address.starts_with(site + "/"));
  EXPECT_EQ(crm.page(cookie, address.substr(site.size())).status, 200) << "what modules link to is there";
  EXPECT_EQ(app::PublicSite(site, false, false).record_url("deals", sdk::RecordId{1}), "") << "no page, no link";
  EXPECT_EQ(app::PublicSite(site, false, false).record_url("contacts", {}), "");
  const TestResponse list = crm.page(cookie, "/contacts?q=ANN%40");
  EXPECT_TRUE(list.has("&lt;b&gt;Ann&lt;/b&gt;")) << list.body;
  EXPECT_FALSE(list.has("<b>Ann"));
  EXPECT_TRUE(crm.page(cookie, "/contacts?q=nobody").has("Nobody matches"));
  const TestResponse page = crm.page(cookie, "/contacts/1");
  for (const char* part : {"Discovery &amp; more", "Tue, 4 Mar 2025, 07:00 EST", R"(href="https://meet.test/1")",
                           "Sun, 9 Mar 2025, 11:00 EDT", "Why?", "Because", "a@x.test, b@x.test", "America/New_York"})
    EXPECT_TRUE(page.has(part)) << part << "\n" << page.body;
  EXPECT_FALSE(page.has("href=\"javascript"));
  crm.add_user("other@example.test");
  EXPECT_EQ(crm.page(crm.cookie_of("other@example.test"), "/contacts/1").status, 404);
  EXPECT_EQ(crm.page(cookie, "/contacts/none").status, 404);
  EXPECT_EQ(crm.call("GET", "/contacts/none", "", {{"Cookie", cookie}, {"Accept", "application/json"}}).member("code"),
            "not_found");
}

TEST(ContactPages, ShowWhatModulesSayAboutTheContact) {
  TestCrm crm;
  crm.as(crm.token_of(crm.add_user("rep@example.test")), "POST", "/api/v1/records",
         R"({"module":"contacts","data":{"name":"Ann"}})");
  const std::string cookie = crm.cookie_of("rep@example.test");
  const TestResponse page = crm.page(cookie, "/contacts/1");
  EXPECT_EQ(page.status, 200);
  for (const std::string& part :
       {std::string("<h2>Meetings &amp; more</h2>"), std::string("meets &lt;them&gt;"),
        std::string(R"(<a href="/meetings/1" rel="noopener noreferrer">Next one</a>)"),
        std::string(R"(<a class="button" href="/book?contact=1">Book</a>)"),
        R"(<form method="post" action="/dismiss/1"><input type="hidden" name="csrf_token" value=")" +
            crm.csrf_of(cookie) + "\">"})
    EXPECT_TRUE(page.has(part)) << part << "\n" << page.body;
}

TEST(ContactPages, PageThroughManyContacts) {
  TestCrm crm;
  const auto rep = crm.add_user("rep@example.test");
  crm.db.sql(
      "INSERT INTO module_records (module, data, owner_user_id, created_at, updated_at) "
      "SELECT 'contacts', jsonb_build_object('name', 'Person ' || n), " +
      std::to_string(rep.value) + ", now(), now() FROM generate_series(1, 60) n RETURNING 1");
  const std::string cookie = crm.cookie_of("rep@example.test");
  const TestResponse first = crm.page(cookie, "/contacts");
  EXPECT_TRUE(first.has("Person 60") && first.has("Person 11<") && !first.has("Person 10<"));
  EXPECT_TRUE(first.has("before=11"));
  EXPECT_TRUE(crm.page(cookie, "/contacts?before=11").has("Person 10<"));
}

TEST(Pages, LoadNothingButTheStylesheet) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  for (const char* path :
       {"/", "/contacts", "/admin/users", "/admin/modules", "/admin/modules/meeting_scheduler", "/admin/jobs"}) {
    const TestResponse page = crm.page(cookie, path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
    EXPECT_FALSE(page.has("<script") || page.has(" style=") || page.has(" onclick")) << path;
    EXPECT_TRUE(page.has("/settings/scheduling")) << "modules are in the navigation";
  }
  const TestResponse home = crm.page(cookie, "/");
  const std::size_t at = home.body.find("/crm-assets/");
  const TestResponse css = crm.call("GET", home.body.substr(at, home.body.find('"', at) - at));
  EXPECT_EQ(css.status, 200);
  EXPECT_EQ(css.type, "text/css; charset=utf-8");
  EXPECT_EQ(crm.call("GET", "/crm-assets/style-000000000000.css").status, 404);
}

TEST(AdminPages, ShowWhatAModuleSaysOfItsHealth) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  EXPECT_FALSE(crm.page(cookie, "/admin/modules").has("class=\"health\"")) << "nothing said, nothing shown";
  crm.modules.health = {{"Time zones", sdk::HealthLevel::ok, "2026f is in use."},
                        {"Time zones", sdk::HealthLevel::warn, "Older than <the system's>."},
                        {"Mail", sdk::HealthLevel::error, "No server."}};
  const TestResponse page = crm.page(cookie, "/admin/modules");
  EXPECT_TRUE(page.has("<li class=\"ok\" dir=\"auto\"><strong>OK</strong> Time zones: 2026f is in use.</li>"));
  EXPECT_TRUE(
      page.has("<li class=\"warn\" dir=\"auto\"><strong>Warning</strong> Time zones: Older than &lt;the system"));
  EXPECT_TRUE(page.has("<li class=\"error\" dir=\"auto\"><strong>Error</strong> Mail: No server.</li>"));
}

TEST(HomePage, ListsWhatIsStillToDoUntilItIsDone) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  crm.add_user("rep@example.test");
  const std::string cookie = crm.cookie_of("admin@example.test");
  EXPECT_FALSE(crm.page(cookie, "/").has("Before the first meeting")) << "everything is done";
  crm.modules.steps = {{"Make a page & share it.", "/pages", false}, {"Done that.", "", true}};
  const TestResponse page = crm.page(cookie, "/");
  for (const char* part :
       {"Before the first meeting", R"(<a href="/admin/mail">Set up mail)",
        R"(To do</span> <a href="/pages">Make a page &amp; share it.</a>)", "Done</span> Done that."})
    EXPECT_TRUE(page.has(part)) << part << page.body;
  EXPECT_FALSE(crm.page(crm.cookie_of("rep@example.test"), "/").has("Before the first meeting"));
  crm.modules.steps.clear();
  crm.mailer.configured = false;
  EXPECT_TRUE(crm.page(cookie, "/").has(R"(To do</span> <a href="/admin/mail">)"));
  crm.mailer.configured = true;
  crm.modules.state = "disabled";
  EXPECT_TRUE(crm.page(cookie, "/").has(R"(To do</span> <a href="/admin/modules">)"));
}

TEST(AdminPages, AreForAdmins) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const std::string cookie = crm.cookie_of("rep@example.test");
  for (const char* path : {"/admin/users", "/admin/modules", "/admin/jobs"})
    EXPECT_EQ(crm.page(cookie, path).status, 403) << path;
  EXPECT_FALSE(crm.page(cookie, "/").has("/admin/"));
}

TEST(AdminPages, MakeAndDeactivateUsers) {
  TestCrm crm;
  const auto admin = crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  const std::string csrf = "csrf_token=" + crm.csrf_of(cookie);
  const TestResponse bad =
      crm.form(cookie, "/admin/users", csrf + "&name=N&email=x&password=short&role=rep&timezone=UTC&locale=d");
  EXPECT_TRUE(bad.has(R"(id="locale-error")"));
  EXPECT_EQ(bad.status, 422);
  EXPECT_TRUE(bad.has(R"(aria-invalid="true" aria-describedby="email-error")"));
  EXPECT_EQ(crm.form(cookie, "/admin/users",
                     csrf + "&name=N&email=n%40x.test&password=long+enough&role=admin&timezone=UTC&locale=fr-CA")
                .status,
            303);
  EXPECT_TRUE(crm.page(cookie, "/admin/users").has("<bdi>fr-CA</bdi>"));
  EXPECT_EQ(crm.form(cookie, "/admin/users", "name=N&email=m%40x.test&password=long+enough").status, 403);
  EXPECT_EQ(crm.db.sql("SELECT role FROM users WHERE email = 'n@x.test'"), "admin");
  const std::string path = "/admin/users/" + std::to_string(admin.value + 1);
  EXPECT_EQ(crm.form(cookie, path + "/deactivate", csrf).status, 303);
  EXPECT_EQ(crm.db.sql("SELECT is_active FROM users WHERE email = 'n@x.test'"), "f");
  EXPECT_EQ(crm.form(cookie, "/admin/users/" + std::to_string(admin.value) + "/deactivate", csrf).status, 409);
}

TEST(AdminPages, SwitchModulesAndSaveTheirSettings) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  const std::string csrf = "csrf_token=" + crm.csrf_of(cookie);
  for (const TestResponse& asked : {crm.page(cookie, "/admin/modules/meeting_scheduler/disable"),
                                    crm.form(cookie, "/admin/modules/meeting_scheduler/disable", csrf)}) {
    EXPECT_EQ(asked.status, 200);
    for (const char* part :
         {"Switch off Meeting Scheduler?", "below /schedule", "send meeting reminder", "Leave it on"})
      EXPECT_TRUE(asked.has(part)) << part << asked.body;
  }
  EXPECT_EQ(crm.modules.state, "enabled") << "asked first";
  EXPECT_EQ(crm.form(cookie, "/admin/modules/meeting_scheduler/disable", csrf + "&confirmed=yes").status, 303);
  EXPECT_EQ(crm.modules.state, "disabled");
  EXPECT_TRUE(crm.page(cookie, "/admin/modules").has("Switch on"));
  const TestResponse form = crm.page(cookie, "/admin/modules/meeting_scheduler");
  for (const char* part : {"a&lt;b", R"(<option value="warn" selected>)", R"(type="checkbox" value="true" checked)",
                           R"(inputmode="numeric" value="3")", R"(type="password")", "Who gets the answers"})
    EXPECT_TRUE(form.has(part)) << part << "\n" << form.body;
  const std::string path = "/admin/modules/meeting_scheduler";
  EXPECT_EQ(crm.form(cookie, path, csrf + "&s.reply_to=x%22y&s.days=7&s.policy=block&s.client_secret=").status, 303);
  EXPECT_EQ(crm.modules.saved_json, R"({"reply_to":"x\"y","days":7,"policy":"block","loud":false})");
  const TestResponse unreadable = crm.form(cookie, path, csrf + "&s.days=many&s.reply_to=kept%3C");
  EXPECT_EQ(unreadable.status, 422);
  for (const char* part : {R"(<a href="#s-days">Days</a>: This must be a number.)", R"(value="many")", "kept&lt;"})
    EXPECT_TRUE(unreadable.has(part)) << part << unreadable.body;
  crm.modules.refuses = {{"days", "out_of_range", "This must be a whole number from 1 to 9."}};
  const TestResponse refused = crm.form(cookie, path, csrf + "&s.days=77&s.policy=block");
  for (const char* part : {"Days</a>: This must be a whole number from 1 to 9.", R"(value="77" aria-invalid="true")",
                           R"(<option value="block" selected>)"})
    EXPECT_TRUE(refused.has(part)) << part << refused.body;
  EXPECT_EQ(crm.page(cookie, "/admin/modules/none").status, 404);
}

TEST(AdminPages, SortSettingsIntoGroupsAndTakeListsLineByLine) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  const std::string path = "/admin/modules/meeting_scheduler";
  const std::string body = crm.page(cookie, path).body;
  const auto at = [&](const std::string& text) {
    EXPECT_NE(body.find(text), std::string::npos) << text << body;
    return body.find(text);
  };
  EXPECT_LT(at("<legend>Mail</legend>"), at("name=\"s.reply_to\"")) << "as the manifest sorts them";
  EXPECT_LT(at("name=\"s.reply_to\""), at("name=\"s.blocked\"")) << "a group stands together";
  EXPECT_LT(at("name=\"s.blocked\""), at("<legend>Links</legend>"));
  EXPECT_LT(at("<legend>Links</legend>"), at("name=\"s.days\""));
  EXPECT_LT(at("name=\"s.days\""), at("name=\"s.policy\"")) << "without a group: by itself";
  at(R"(<p class="hint" id="h-days">From 1 to 9; 3 when nothing is set.</p>)");
  at("aria-describedby=\"h-days\"");
  at(">\na@x.test\nb.test</textarea>");
  const std::string csrf = "csrf_token=" + crm.csrf_of(cookie);
  EXPECT_EQ(crm.form(cookie, path, csrf + "&s.blocked=%20c%40x.test%20%0D%0A%0D%0Ad%22.test%0Ae.test").status, 303);
  EXPECT_NE(crm.modules.saved_json.find(R"("blocked":["c@x.test","d\".test","e.test"])"), std::string::npos)
      << crm.modules.saved_json;
  EXPECT_EQ(crm.form(cookie, path, csrf + "&s.blocked=").status, 303);
  EXPECT_NE(crm.modules.saved_json.find(R"("blocked":[])"), std::string::npos) << crm.modules.saved_json;
  crm.modules.refuses = {{"blocked", "too_long", "This may have at most 2 entries."}};
  const TestResponse refused = crm.form(cookie, path, csrf + "&s.blocked=f.test%0D%0A%3Cg%3E");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.has("f.test\r\n&lt;g&gt;</textarea>") || refused.has("f.test\n&lt;g&gt;</textarea>"))
      << refused.body;
  EXPECT_TRUE(refused.has("id=\"e-blocked\">This may have at most 2 entries."));
}

TEST(AdminPages, LeadFromANoteToWhereItIsDealtWithAndSayWhatStops) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  crm.modules.health = {{"Mail", sdk::HealthLevel::warn, "3 mails are held.", "/settings/x?status=held"}};
  EXPECT_TRUE(crm.page(cookie, "/admin/modules").has(R"(3 mails are held. <a href="/settings/x?status=held">Show)"));
  EXPECT_TRUE(crm.page(cookie, "/admin/modules/meeting_scheduler/disable").has("3 mails are held."));
}

TEST(LocalTimes, FollowTheZoneAndFallBackToUtc) {
  const sdk::Micros at{std::chrono::sys_days{std::chrono::year{2025} / 3 / 9} + std::chrono::hours(7)};
  EXPECT_EQ(app::local_time_text(at, "America/New_York"), "Sun, 9 Mar 2025, 03:00 EDT");
  EXPECT_EQ(app::local_time_text(at - std::chrono::seconds(1), "America/New_York"), "Sun, 9 Mar 2025, 01:59 EST");
  EXPECT_EQ(app::local_time_text(at, "No/Where"), "Sun, 9 Mar 2025, 07:00 UTC");
}

}  // namespace
}  // namespace crm::test
