#include <argon2.h>

#include "reference_host/auth/first_admin.hpp"
#include "reference_host/auth/language_tag.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/auth/zone_name.hpp"
#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using sdk::Role;

const HeaderList k_json = {{"Content-Type", "application/json"}};

TEST(Login, OpensASessionWhoseWritesNeedTheCsrfToken) {
  TestCrm crm;
  crm.add_user("Rep@Example.test");
  const TestResponse in =
      crm.call("POST", "/api/v1/auth/login", R"({"email":" rep@example.TEST ","password":"long enough"})", k_json);
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.member("email"), "Rep@Example.test");
  const std::string set = in.header("Set-Cookie");
  EXPECT_NE(set.find("; Path=/; HttpOnly; SameSite=Lax"), std::string::npos) << set;
  const std::string cookie = set.substr(0, set.find(';'));
  const std::string csrf = in.member("csrf_token");

  const TestResponse me = crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}});
  EXPECT_EQ(me.status, 200);
  EXPECT_EQ(me.member("csrf_token"), csrf) << "a script of a page that was loaded signed in finds it here";
  EXPECT_EQ(me.header("Cache-Control"), "no-store");
  HeaderList write = {{"Cookie", cookie}, {"Content-Type", "application/json"}};
  EXPECT_EQ(crm.call("POST", "/api/v1/auth/tokens", R"({"name":"x"})", write).member("code"), "csrf_failed");
  write.emplace_back("X-CSRF-Token", csrf);
  EXPECT_EQ(crm.call("POST", "/api/v1/auth/tokens", R"({"name":"x"})", write).status, 201);
  EXPECT_EQ(crm.call("POST", "/api/v1/auth/logout", "", write).status, 204);
  EXPECT_EQ(crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}}).status, 401);
}

TEST(Login, SaysTheSameForUnknownWrongAndDeactivated) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const auto rep = crm.add_user("rep@example.test");
  const auto refused = [&](const std::string& email, const std::string& password) {
    return crm.call("POST", "/api/v1/auth/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}",
                    k_json);
  };
  const TestResponse unknown = refused("nobody@example.test", "long enough");
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(unknown.member("code"), "invalid_credentials");
  EXPECT_EQ(refused("rep@example.test", "wrong wrong").body, unknown.body);
  ASSERT_TRUE(crm.accounts->deactivate(crm.db.database(), rep, {}));
  EXPECT_EQ(refused("rep@example.test", "long enough").body, unknown.body);
  EXPECT_FALSE(crm.db.log().has("wrong wrong"));
}

TEST(Login, StoresNeitherPasswordsNorTokens) {
  TestCrm crm;
  const auto rep = crm.add_user("rep@example.test");
  const std::string cookie = crm.cookie_of("rep@example.test");
  const std::string token = crm.token_of(rep);
  EXPECT_EQ(crm.db.sql("SELECT left(password_hash, 31) FROM users"), "$argon2id$v=19$m=19456,t=2,p=1$");
  EXPECT_EQ(crm.db.sql("SELECT encode(token_hash, 'hex') = encode(sha256('" + token + "'), 'hex') FROM api_tokens"),
            "t");
  EXPECT_EQ(
      crm.db.sql("SELECT count(*) FROM sessions WHERE encode(token_hash, 'escape') LIKE '%" + cookie.substr(12) + "%'"),
      "0");
}

TEST(Sessions, EndByTheHostsClock) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const std::string cookie = crm.cookie_of("rep@example.test");
  EXPECT_EQ(crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}}).status, 200);
  crm.db.clock().set(crm.db.clock().now() + app::k_session_life);
  EXPECT_EQ(crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}}).status, 401);
  EXPECT_EQ(crm.jobs.run_once("PurgeExpiredSessionsJob")->handled, 1);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM sessions"), "0");
}

TEST(Sessions, EndAtOnceWithTheUser) {
  TestCrm crm;
  const auto admin = crm.token_of(crm.add_user("admin@example.test", Role::admin));
  const auto rep = crm.add_user("rep@example.test");
  const std::string token = crm.token_of(rep);
  const std::string cookie = crm.cookie_of("rep@example.test");
  const TestResponse me = crm.as(token, "GET", "/api/v1/users/me");
  EXPECT_EQ(me.status, 200);
  EXPECT_EQ(me.body.find("csrf_token"), std::string::npos) << "writes of an API token need none";
  EXPECT_EQ(crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}}).status, 200);
  const std::string path = "/api/v1/users/" + std::to_string(rep.value);
  const TestResponse gone = crm.as(admin, "POST", path + "/deactivate");
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.member("is_active"), "false");
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401);
  EXPECT_EQ(crm.call("GET", "/api/v1/users/me", "", {{"Cookie", cookie}}).status, 401);
  EXPECT_EQ(crm.as(admin, "POST", path + "/deactivate").status, 200) << "twice is fine";
  EXPECT_EQ(crm.as(admin, "POST", path + "/activate").member("is_active"), "true");
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401) << "old tokens stay dead";
}

TEST(Users, TheLastAdminStays) {
  TestCrm crm;
  const auto first = crm.add_user("admin@example.test", Role::admin);
  const std::string admin = crm.token_of(first);
  const std::string path = "/api/v1/users/" + std::to_string(first.value) + "/deactivate";
  EXPECT_EQ(crm.as(admin, "POST", path).member("code"), "last_admin");
  crm.add_user("admin2@example.test", Role::admin);
  EXPECT_EQ(crm.as(admin, "POST", path).status, 200);
}

TEST(Users, AreMadeByAdminsWithCheckedFields) {
  TestCrm crm;
  const std::string admin = crm.token_of(crm.add_user("admin@example.test", Role::admin));
  const std::string rep = crm.token_of(crm.add_user("rep@example.test"));
  const std::string good =
      R"({"email":"new@example.test","name":"Neu","password":"long enough","role":"rep","timezone":"Asia/Kathmandu"})";
  EXPECT_EQ(crm.as(rep, "POST", "/api/v1/users", good).status, 403);
  const TestResponse made = crm.as(admin, "POST", "/api/v1/users", good);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.member("timezone"), "Asia/Kathmandu");
  EXPECT_EQ(made.body.find("long enough"), std::string::npos);
  const TestResponse again =
      crm.as(admin, "POST", "/api/v1/users", R"({"email":"NEW@example.test","name":"x","password":"long enough"})");
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.member("code"), "email_taken");
  const TestResponse bad =
      crm.as(admin, "POST", "/api/v1/users",
             R"({"email":"a b@c","name":"","password":"short","role":"boss","timezone":"../etc/passwd","age":3})");
  EXPECT_EQ(bad.status, 422);
  for (const char* part : {R"("email","code":"invalid_email")", R"("name","code":"required")",
                           R"("password","code":"too_short")", R"("role","code":"invalid_choice")",
                           R"("timezone","code":"invalid_timezone")", R"("age","code":"unknown_field")"})
    EXPECT_TRUE(bad.has(part)) << part << "\n" << bad.body;
  EXPECT_EQ(crm.as(admin, "GET", "/api/v1/users?limit=2").member("next_cursor"), "2");
  EXPECT_TRUE(crm.as(admin, "GET", "/api/v1/users?cursor=2").has("new@example.test"));
  EXPECT_EQ(crm.as(rep, "GET", "/api/v1/users").status, 403);
}

TEST(Users, HaveALanguageIfTheySaySo) {
  TestCrm crm;
  const std::string admin = crm.token_of(crm.add_user("admin@example.test", Role::admin));
  EXPECT_EQ(crm.as(admin, "GET", "/api/v1/users/me").member("locale"), "");
  const TestResponse made =
      crm.as(admin, "POST", "/api/v1/users",
             R"({"email":"new@example.test","name":"Neu","password":"long enough","locale":"de-AT"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.member("locale"), "de-AT");
  EXPECT_TRUE(crm.as(admin, "GET", "/api/v1/users").has(R"("locale":"de-AT")"));
  auto session = *crm.db.database().acquire();
  EXPECT_EQ(*crm.accounts->locale_of(*session, sdk::UserId{2}), "de-AT");
  EXPECT_EQ(*crm.accounts->locale_of(*session, sdk::UserId{1}), "");
  EXPECT_EQ(crm.accounts->locale_of(*session, sdk::UserId{3}).error().kind, sdk::FailureKind::not_found);
  ASSERT_TRUE(session->begin());
  ASSERT_TRUE(crm.accounts->change(*session, sdk::UserId{1}, {{}, {}, "fr"}));
  EXPECT_EQ(*crm.accounts->locale_of(*session, sdk::UserId{1}), "fr") << "reads in the caller's transaction";
  session->rollback();
  for (const char* bad : {"de_AT", "d", "german language", "de--AT", "de-AT\\r\\nBcc", "123"})
    EXPECT_TRUE(
        crm.as(admin, "POST", "/api/v1/users",
               std::string(R"({"email":"x@example.test","name":"x","password":"long enough","locale":")") + bad + "\"}")
            .has(R"("field":"locale")"))
        << bad;
}

TEST(Users, ChangeThemselvesAndNothingElse) {
  TestCrm crm;
  const std::string rep = crm.token_of(crm.add_user("rep@example.test"));
  const std::string other = crm.token_of(crm.add_user("rep2@example.test"));
  const auto put = [&](const std::string& body) { return crm.as(rep, "PUT", "/api/v1/users/me", body); };
  const TestResponse changed = put(R"({"name":"Zo\u00eb","timezone":"Asia/Kathmandu","locale":"zh-Hant-TW"})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.member("name"), "Zoë");
  EXPECT_EQ(changed.member("locale"), "zh-Hant-TW");
  EXPECT_EQ(crm.as(rep, "GET", "/api/v1/users/me").member("timezone"), "Asia/Kathmandu");
  const TestResponse part = put(R"({"locale":""})");
  EXPECT_EQ(part.member("locale"), "");
  EXPECT_EQ(part.member("timezone"), "Asia/Kathmandu") << "what is left away stays";
  EXPECT_EQ(put("{}").status, 200);
  const TestResponse bad =
      put(R"({"name":" ","timezone":"Mars/Base","locale":null,"role":"admin","email":"x@x.test"})");
  EXPECT_EQ(bad.status, 422);
  for (const char* part_of :
       {R"("name","code":"required")", R"("timezone","code":"invalid_timezone")", R"("locale","code":"required")",
        R"("role","code":"unknown_field")", R"("email","code":"unknown_field")"})
    EXPECT_TRUE(bad.has(part_of)) << part_of << "\n" << bad.body;
  EXPECT_EQ(put(R"({"name":5})").status, 422);
  EXPECT_EQ(crm.as(other, "GET", "/api/v1/users/me").member("timezone"), "America/New_York");
  EXPECT_EQ(crm.call("PUT", "/api/v1/users/me", "{}", {{"Content-Type", "application/json"}}).status, 401);
  const std::string cookie = crm.cookie_of("rep@example.test");
  EXPECT_EQ(
      crm.call("PUT", "/api/v1/users/me", "{}", {{"Content-Type", "application/json"}, {"Cookie", cookie}}).status, 403)
      << "no CSRF token";
}

TEST(ApiTokens, BelongToTheirUserAndCanBeTakenBack) {
  TestCrm crm;
  const std::string first = crm.token_of(crm.add_user("rep@example.test"));
  const std::string other = crm.token_of(crm.add_user("rep2@example.test"));
  const std::string cookie = crm.cookie_of("rep@example.test"), csrf = crm.csrf_of(cookie);
  const auto make = [&](const std::string& body) {
    return crm.call("POST", "/api/v1/auth/tokens", body,
                    {{"Cookie", cookie}, {"X-CSRF-Token", csrf}, {"Content-Type", "application/json"}});
  };
  const TestResponse made = make(R"({"name":"script"})");
  ASSERT_EQ(made.status, 201);
  const std::string token = made.member("token");
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").member("email"), "rep@example.test");
  EXPECT_FALSE(crm.as(first, "GET", "/api/v1/auth/tokens").has(token));
  EXPECT_EQ(crm.as(other, "DELETE", "/api/v1/auth/tokens/" + made.member("id")).status, 404);
  EXPECT_EQ(crm.as(first, "DELETE", "/api/v1/auth/tokens/" + made.member("id")).status, 204);
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401);
  for (int i = 0; i < app::k_api_tokens_max - 1; ++i) ASSERT_EQ(make(R"({"name":"more"})").status, 201);
  EXPECT_EQ(make(R"({"name":"more"})").member("code"), "too_many_tokens");
}

TEST(FirstAdmin, IsMadeThroughALinkThatWorksOnce) {
  TestCrm crm;
  const auto link = app::first_admin_link(*crm.crm);
  ASSERT_TRUE(link && *link);
  ASSERT_EQ((*link)->rfind("http://crm.example.test/setup/", 0), 0u);
  const std::string path = (*link)->substr(std::string("http://crm.example.test").size());
  EXPECT_EQ(crm.page("", path).status, 200);
  EXPECT_EQ(crm.form("", path, "name=A&email=bad&password=x&timezone=Nowhere").status, 422);
  const TestResponse made = crm.form("", path, "name=A&email=a%40example.test&password=long+enough&timezone=UTC");
  EXPECT_EQ(made.status, 303) << made.body;
  EXPECT_EQ(crm.page(made.header("Set-Cookie").substr(0, 55), "/admin/users").status, 200);
  EXPECT_EQ(crm.page("", path).status, 404);
  EXPECT_EQ(crm.form("", path, "name=A&email=b%40example.test&password=long+enough&timezone=UTC").status, 404);
  EXPECT_FALSE(*app::first_admin_link(*crm.crm)) << "somebody can log in already";
}

TEST(FirstAdmin, AnOlderLinkDiesWithTheNextStart) {
  TestCrm crm;
  const std::string old = **app::first_admin_link(*crm.crm);
  const std::string fresh = **app::first_admin_link(*crm.crm);
  EXPECT_FALSE(*app::is_setup_token(*crm.crm, old.substr(old.rfind('/') + 1)));
  EXPECT_TRUE(*app::is_setup_token(*crm.crm, fresh.substr(fresh.rfind('/') + 1)));
}

TEST(DemoUsers, AreSeededOnce) {
  TestCrm crm;
  ASSERT_TRUE(app::seed_demo_users(*crm.crm));
  ASSERT_TRUE(app::seed_demo_users(*crm.crm));
  EXPECT_EQ(crm.db.sql("SELECT string_agg(email || ' ' || role, ',' ORDER BY id) FROM users"),
            "admin@example.test admin,rep@example.test rep,rep2@example.test rep");
  EXPECT_TRUE(crm.credentials->log_in({"rep2@example.test", "rep2-demo", {}})->signed_in.has_value());
}

TEST(PasswordHasher, AgreesWithTheReferenceEncoding) {
  TestCrm crm;
  const std::string hash = *crm.hasher->hash("correct horse");
  EXPECT_TRUE(*crm.hasher->verify(hash, "correct horse"));
  EXPECT_FALSE(*crm.hasher->verify(hash, "correct horsf"));
  EXPECT_EQ(argon2id_verify(hash.c_str(), "correct horse", 13), ARGON2_OK) << "the library reads our encoding";
  EXPECT_FALSE(crm.hasher->verify("$argon2i$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$x", "x"))
      << "not our kind: an error, not a no";
}

TEST(LanguageTags, HaveTheirForm) {
  for (const char* good : {"de", "de-AT", "zh-Hant-TW", "sl-rozaj-biske-1994", "en-u-ca-gregory", "ast"})
    EXPECT_TRUE(app::is_language_tag(good)) << good;
  for (const char* bad : {"", "d", "de_AT", "-de", "de-", "de--AT", "1de", "de-abcdefghi", "de AT", "d\u00e9",
                          "de-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"})
    EXPECT_FALSE(app::is_language_tag(bad)) << bad;
}

TEST(ZoneNames, StayInsideTheZoneData) {
  for (const char* good : {"Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"})
    EXPECT_TRUE(app::is_zone_name(good)) << good;
  for (const char* bad : {"", "Mars/Base", "../../etc/passwd", "/etc/passwd", "posix/Europe/Berlin", "Europe",
                          "Europe/", "localtime", "Europe/Berlin\n", "europe/berlin", "zone.tab"})
    EXPECT_FALSE(app::is_zone_name(bad)) << bad;
}

TEST(Tokens, HaveTheLengthOf256Bits) {
  EXPECT_EQ(app::base64url(std::string("\xff\xfe\xfd", 3)), "__79");
  EXPECT_EQ(app::base64url("f"), "Zg");
  TestCrm crm;
  EXPECT_EQ(app::new_token(*crm.secrets)->size(), 43u);
}

}  // namespace
}  // namespace crm::test
