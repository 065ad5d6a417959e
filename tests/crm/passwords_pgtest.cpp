// Own password, invitations, resets, guessing, and API tokens that end.
#include "reference_host/auth/account_links.hpp"
#include "reference_host/auth/account_mail.hpp"
#include "reference_host/auth/guess_limit.hpp"
#include "reference_host/auth/known_device.hpp"
#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using sdk::Role;

const HeaderList k_json = {{"Content-Type", "application/json"}};

/// What a signed-in browser sends.
struct Browser {
  TestCrm& crm;
  std::string cookie;
  TestResponse send(const std::string& method, const std::string& path, const std::string& body = "") {
    return crm.call(method, path, body,
                    {{"Cookie", cookie}, {"X-CSRF-Token", crm.csrf_of(cookie)}, {"Content-Type", "application/json"}});
  }
};

TestResponse log_in(TestCrm& crm, const std::string& email, const std::string& password,
                    const std::string& cookie = "") {
  HeaderList headers = k_json;
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  return crm.call("POST", "/api/v1/auth/login", R"({"email":")" + email + R"(","password":")" + password + "\"}",
                  headers);
}

std::string cookie_named(const TestResponse& response, const std::string& name) {
  for (auto [at, end] = response.headers.equal_range("Set-Cookie"); at != end; ++at)
    if (at->second.starts_with(name + "=")) return at->second.substr(0, at->second.find(';'));
  return {};
}

/// Lets waiting mails go and gives the token of the last link that was mailed.
std::string mailed_token(TestCrm& crm) {
  crm.mailer.messages.clear();
  EXPECT_TRUE(crm.jobs.run_once("SendAccountMailsJob"));
  if (crm.mailer.messages.empty()) return {};
  const std::string& mail = crm.mailer.messages.back();
  const std::string before = "/password-reset/";
  const std::size_t at = mail.find(before) + before.size();
  return mail.substr(at, mail.find('\r', at) - at);
}

TestResponse use_link(TestCrm& crm, const std::string& token, const std::string& password) {
  return crm.call("POST", "/api/v1/auth/password-reset/" + token, R"({"new_password":")" + password + "\"}", k_json);
}

TEST(OwnPassword, NeedsTheOldOneAndEndsAllButThisSession) {
  TestCrm crm;
  const auto rep = crm.add_user("rep@example.test");
  const std::string token = crm.token_of(rep), elsewhere = crm.cookie_of("rep@example.test");
  Browser here{crm, crm.cookie_of("rep@example.test")};
  const auto change = [&](const std::string& current, const std::string& wanted) {
    return here.send("PUT", "/api/v1/users/me/password",
                     R"({"current_password":")" + current + R"(","new_password":")" + wanted + "\"}");
  };
  EXPECT_TRUE(change("wrong wrong", "quite another").has(R"("current_password","code":"wrong_password")"));
  EXPECT_TRUE(change("long enough", "short").has(R"("new_password","code":"too_short")"));
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 200) << "nothing ended yet";
  const TestResponse done = change("long enough", "quite another");
  EXPECT_EQ(done.status, 204) << done.body;
  EXPECT_EQ(here.send("GET", "/api/v1/users/me").status, 200) << "this session stays";
  EXPECT_EQ(crm.page(elsewhere, "/contacts").status, 303);
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401);
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough").status, 401);
  EXPECT_EQ(log_in(crm, "rep@example.test", "quite another").status, 200);
}

TEST(OwnPassword, IsNotGuessedThroughASessionThatWasStolen) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  Browser thief{crm, crm.cookie_of("rep@example.test")};
  const std::string wrong = R"({"current_password":"wrong wrong","new_password":"quite another"})";
  for (int i = 0; i < app::k_guesses_in_a_row; ++i)
    EXPECT_EQ(thief.send("PUT", "/api/v1/users/me/password", wrong).status, 422);
  const TestResponse slowed = thief.send("PUT", "/api/v1/users/me/password", wrong);
  EXPECT_EQ(slowed.status, 429);
  EXPECT_EQ(slowed.header("Retry-After"), "120");
}

TEST(Invitations, LetAUserWithoutAPasswordChooseOne) {
  TestCrm crm;
  const std::string admin = crm.token_of(crm.add_user("admin@example.test", Role::admin));
  const TestResponse made = crm.as(admin, "POST", "/api/v1/users", R"({"email":"new@example.test","name":"Neu Ö"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.member("has_password"), "false");
  EXPECT_EQ(log_in(crm, "new@example.test", "").status, 422);
  EXPECT_EQ(log_in(crm, "new@example.test", "null").status, 401);
  const std::string token = mailed_token(crm);
  ASSERT_EQ(token.size(), 43U);
  EXPECT_TRUE(crm.mailer.messages.back().find("To: <new@example.test>\r\n") != std::string::npos);
  EXPECT_EQ(crm.db.sql("SELECT encode(token_hash, 'hex') = encode(sha256('" + token + "'), 'hex') FROM account_links"),
            "t");
  EXPECT_EQ(crm.db.sql("SELECT expires_at - created_at FROM account_links"), "3 days");
  const TestResponse page = crm.page("", "/password-reset/" + token);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.has("Welcome") && page.has("new@example.test"));
  EXPECT_EQ(crm.call("GET", "/password-reset/" + token).status, 200) << "looking changes nothing";
  EXPECT_EQ(use_link(crm, token, "short").status, 422);
  const TestResponse used = use_link(crm, token, "mine from now");
  EXPECT_EQ(used.status, 204) << used.body;
  EXPECT_EQ(log_in(crm, "new@example.test", "mine from now").status, 200);
  EXPECT_EQ(use_link(crm, token, "somebody else's").member("code"), "link_ended") << "it works once";
  EXPECT_EQ(crm.page("", "/password-reset/" + token).status, 410);
  EXPECT_EQ(use_link(crm, "A" + token.substr(1), "somebody else's").status, token[0] == 'A' ? 410 : 404);
}

TEST(Resets, EndWithTimeANewerOneAndDeactivation) {
  TestCrm crm;
  const std::string admin = crm.token_of(crm.add_user("admin@example.test", Role::admin));
  const auto rep = crm.add_user("rep@example.test");
  const std::string path = "/api/v1/users/" + std::to_string(rep.value);
  const auto ask = [&] {
    return crm.call("POST", "/api/v1/auth/password-reset", R"({"email":"REP@example.test"})", k_json);
  };
  EXPECT_EQ(ask().status, 202);
  const std::string first = mailed_token(crm);
  EXPECT_EQ(ask().status, 202);
  const std::string second = mailed_token(crm);
  EXPECT_EQ(use_link(crm, first, "quite another").status, 410) << "a newer one was made";
  crm.db.clock().set(crm.db.clock().now() + app::k_reset_life);
  EXPECT_EQ(use_link(crm, second, "quite another").status, 410) << "an hour is over";
  EXPECT_EQ(ask().status, 202);
  const std::string third = mailed_token(crm);
  EXPECT_EQ(crm.as(admin, "POST", path + "/deactivate").status, 200);
  EXPECT_EQ(crm.as(admin, "POST", path + "/activate").status, 200);
  EXPECT_EQ(use_link(crm, third, "quite another").status, 410) << "deactivated meanwhile";
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough").status, 200);
}

TEST(Resets, SayTheSameWhoeverHasTheAddress) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const auto ask = [&](const std::string& email) {
    return crm.call("POST", "/api/v1/auth/password-reset", R"({"email":")" + email + "\"}", k_json);
  };
  const TestResponse known = ask("rep@example.test"), unknown = ask("nobody@example.test");
  EXPECT_EQ(known.status, 202);
  EXPECT_EQ(unknown.status, 202);
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM account_mails"), "2") << "one row each, nobody was looked up";
  EXPECT_TRUE(crm.mailer.messages.empty()) << "nothing leaves inside the request";
  EXPECT_NE(mailed_token(crm), "");
  EXPECT_EQ(crm.mailer.messages.size(), 1U);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM account_mails"), "0");
  std::string ligatures;  // each of them is eighteen characters when it is normalised
  for (int i = 0; i < 200; ++i) ligatures += "\uFDFA";
  EXPECT_EQ(ask(ligatures + "@example.test").status, 202);
  for (int i = 0; i < 2 * app::k_forgotten_mails_max; ++i) {
    ask("rep@example.test");
    (void)mailed_token(crm);
  }
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM account_links"), std::to_string(app::k_forgotten_mails_max))
      << "no mail cannon";
}

TEST(Resets, OfAnAdminEndEverythingAtOnce) {
  TestCrm crm;
  const auto boss = crm.add_user("admin@example.test", Role::admin);
  const std::string admin = crm.token_of(boss);
  const auto rep = crm.add_user("rep@example.test");
  const std::string token = crm.token_of(rep), cookie = crm.cookie_of("rep@example.test");
  const std::string path = "/api/v1/users/" + std::to_string(rep.value) + "/reset-password";
  EXPECT_EQ(crm.as(token, "POST", path).status, 403);
  EXPECT_EQ(crm.as(admin, "POST", path).status, 202);
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401);
  EXPECT_EQ(crm.page(cookie, "/contacts").status, 303);
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough").status, 401);
  EXPECT_EQ(use_link(crm, mailed_token(crm), "quite another").status, 204);
  EXPECT_EQ(log_in(crm, "rep@example.test", "quite another").status, 200);
  EXPECT_EQ(crm.as(admin, "POST", "/api/v1/users/" + std::to_string(boss.value) + "/reset-password").member("code"),
            "own_account");
  EXPECT_EQ(crm.as(admin, "POST", "/api/v1/users/999/reset-password").status, 404);
  EXPECT_EQ(crm.as(admin, "POST", "/api/v1/users/999/invite").status, 404);
}

TEST(AccountMails, WaitVisiblyAndLeaveNoLinkBehind) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test");
  const std::string csrf = "csrf_token=" + crm.csrf_of(cookie);
  crm.mailer.configured = false;
  EXPECT_EQ(crm.form(cookie, "/admin/users", csrf + "&name=N&email=n%40x.test&role=rep&timezone=UTC").status, 303);
  EXPECT_EQ(mailed_token(crm), "");
  const TestResponse users = crm.page(cookie, "/admin/users?done=invited");
  for (const char* part :
       {"Mail is not set up", "The invitation waits until mail is set up.", "The invitation waits.", ">invited<"})
    EXPECT_TRUE(users.has(part)) << part << users.body;
  EXPECT_TRUE(crm.page(cookie, "/admin/mail").has("n@x.test"));
  crm.mailer.configured = true;
  crm.mailer.trouble = sdk::Failure{sdk::FailureKind::unavailable, "451 <later>", {}, {}, {}};
  EXPECT_TRUE(crm.jobs.run_once("SendAccountMailsJob"));
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM account_links"), "0") << "no link without its mail";
  EXPECT_TRUE(crm.page(cookie, "/admin/mail").has("451 &lt;later&gt;"));
  crm.mailer.trouble.reset();
  crm.db.sql("UPDATE account_mails SET next_attempt_wall = now() RETURNING 1");
  EXPECT_NE(mailed_token(crm), "");
  EXPECT_TRUE(crm.page(cookie, "/admin/mail").has("None."));
}

TEST(Guessing, IsSlowForOneAccountFromWherever) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const TestResponse in = log_in(crm, "rep@example.test", "long enough");
  const std::string device = cookie_named(in, "crm_device");
  ASSERT_NE(device, "");
  for (const std::string email : {"rep@example.test", "nobody@example.test"}) {
    for (int i = 0; i < app::k_guesses_in_a_row; ++i) EXPECT_EQ(log_in(crm, email, "wrong wrong").status, 401) << i;
    const TestResponse slowed = log_in(crm, email, "wrong wrong");
    EXPECT_EQ(slowed.status, 429);
    EXPECT_EQ(slowed.member("code"), "too_many_guesses");
    EXPECT_EQ(slowed.header("Retry-After"), "120");
  }
  EXPECT_EQ(log_in(crm, "REP@example.test", "long enough").status, 429) << "also with the right password";
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough", device).status, 200) << "the owner gets in";
  EXPECT_EQ(crm.form("", "/login", "email=rep%40example.test&password=long+enough").status, 429);
  for (int i = 0; i < app::k_guesses_in_a_row; ++i) (void)log_in(crm, "rep@example.test", "wrong wrong", device);
  EXPECT_EQ(log_in(crm, "rep@example.test", "wrong wrong", device).status, 429) << "a device has a count of its own";
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough", device + "A").status, 429) << "an altered cookie";
  crm.db.clock().set(crm.db.clock().now() + app::k_guess_step);
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough").status, 200) << "time passes";
}

TEST(Guessing, KnowsNoDeviceFromBeforeThePasswordChanged) {
  TestCrm crm;
  app::KnownDevices devices(*crm.secrets);
  const sdk::Micros now = crm.db.clock().now();
  const std::string one = *devices.remember("", sdk::UserId{1}, now);
  const std::string both = *devices.remember(one, sdk::UserId{2}, now + std::chrono::seconds(5));
  EXPECT_EQ(devices.find(both, sdk::UserId{1})->since, now);
  EXPECT_EQ(devices.find(both, sdk::UserId{2})->since, now + std::chrono::seconds(5));
  EXPECT_EQ(devices.find(both, sdk::UserId{1})->id, devices.find(one, sdk::UserId{1})->id);
  EXPECT_FALSE(devices.find(one, sdk::UserId{2}));
  EXPECT_FALSE(devices.find("nonsense", sdk::UserId{1}));

  const auto rep = crm.add_user("rep@example.test");
  const std::string device = cookie_named(log_in(crm, "rep@example.test", "long enough"), "crm_device");
  crm.db.clock().set(now + std::chrono::seconds(1));
  crm.db.sql("UPDATE users SET password_set_at = '2025-03-03 12:00:01Z' WHERE id = " + std::to_string(rep.value) +
             " RETURNING 1");
  for (int i = 0; i < app::k_guesses_in_a_row; ++i) (void)log_in(crm, "rep@example.test", "wrong wrong");
  EXPECT_EQ(log_in(crm, "rep@example.test", "long enough", device).status, 429);
}

TEST(ApiTokens, HaveAnEndAndALastUseAndMakeNoTokens) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  Browser browser{crm, crm.cookie_of("rep@example.test")};
  const TestResponse made = browser.send("POST", "/api/v1/auth/tokens", R"({"name":"a"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.member("expires_at"), "2025-06-01T12:00:00Z") << "90 days";
  EXPECT_EQ(browser.send("POST", "/api/v1/auth/tokens", R"({"name":"b","expires_in_days":null})").member("expires_at"),
            "null");
  for (const char* days : {"0", "3651", "1.5", "\"90\""})
    EXPECT_EQ(browser.send("POST", "/api/v1/auth/tokens", std::string(R"({"name":"c","expires_in_days":)") + days + "}")
                  .status,
              422)
        << days;
  const std::string token = made.member("token"), path = "/api/v1/auth/tokens/" + made.member("id");
  EXPECT_EQ(browser.send("GET", path).member("last_used_at"), "null");
  EXPECT_EQ(crm.as(token, "POST", "/api/v1/auth/tokens", R"({"name":"d"})").member("code"), "token_not_allowed");
  EXPECT_EQ(browser.send("GET", path).member("last_used_at"), "2025-03-03T12:00:00Z");
  EXPECT_FALSE(browser.send("GET", path).has("\"token\""));
  crm.add_user("other@example.test");
  Browser other{crm, crm.cookie_of("other@example.test")};
  EXPECT_EQ(other.send("GET", path).status, 404);
  crm.db.clock().set(crm.db.clock().now() + std::chrono::days(90));
  EXPECT_EQ(crm.as(token, "GET", "/api/v1/users/me").status, 401);
}

TEST(ForeignPages, CannotLogInNorUseACookie) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  const std::string cookie = crm.cookie_of("rep@example.test"), csrf = crm.csrf_of(cookie);
  const std::string body = R"({"email":"rep@example.test","password":"long enough"})";
  const auto from = [&](const std::string& name, const std::string& value) {
    HeaderList headers = k_json;
    headers.emplace_back(name, value);
    return crm.call("POST", "/api/v1/auth/login", body, headers);
  };
  for (const char* origin : {"https://evil.test", "null", "http://crm.example.test.evil.test", "http://127.0.0.1:1"}) {
    EXPECT_EQ(from("Origin", origin).member("code"), "foreign_origin") << origin;
    EXPECT_EQ(crm.call("POST", "/logout", "csrf_token=" + csrf,
                       {{"Cookie", cookie}, {"Origin", origin}, {"Content-Type", "application/x-www-form-urlencoded"}})
                  .status,
              403);
  }
  EXPECT_EQ(from("Sec-Fetch-Site", "cross-site").status, 403);
  EXPECT_EQ(from("Origin", "http://127.0.0.1:" + std::to_string(crm.server->port())).status, 200);
  EXPECT_EQ(crm.page(cookie, "/contacts").status, 200) << "the foreign forms ended nothing";
}

TEST(PasswordPages, WorkWithoutScripts) {
  TestCrm crm;
  crm.add_user("rep@example.test");
  EXPECT_TRUE(crm.page("", "/login").has(R"(href="/password-reset")"));
  EXPECT_EQ(crm.page("", "/password-reset").status, 200);
  const TestResponse asked = crm.form("", "/password-reset", "email=rep%40example.test");
  EXPECT_EQ(asked.status, 202);
  EXPECT_EQ(crm.form("", "/password-reset", "email=").status, 422);
  const std::string path = "/password-reset/" + mailed_token(crm);
  EXPECT_EQ(crm.form("", path, "new_password=short").status, 422);
  const TestResponse set = crm.form("", path, "new_password=quite+another");
  EXPECT_EQ(set.header("Location"), "/login?password=set");
  EXPECT_EQ(crm.page("", path).status, 410);
  EXPECT_EQ(crm.page("", "/password-reset/none").status, 404);
  const TestResponse in =
      crm.form(cookie_named(set, "crm_device"), "/login", "email=rep%40example.test&password=quite+another");
  const std::string cookie = cookie_named(in, "crm_session");
  EXPECT_TRUE(crm.page(cookie, "/profile").has("Change password"));
  const std::string csrf = "csrf_token=" + crm.csrf_of(cookie);
  EXPECT_EQ(crm.form(cookie, "/profile/password", csrf + "&current_password=x&new_password=long+enough").status, 422);
  EXPECT_EQ(crm.form(cookie, "/profile/password", csrf + "&current_password=quite+another&new_password=long+enough")
                .header("Location"),
            "/profile?password=changed");
  const TestResponse made = crm.form(cookie, "/profile/tokens", csrf + "&name=%3Cb%3E&expires_in_days=");
  EXPECT_EQ(made.status, 201);
  EXPECT_TRUE(made.has("&lt;b&gt;") && made.has("crm_") && made.has("never"));
  EXPECT_FALSE(crm.page(cookie, "/profile/tokens").has("crm_")) << "shown once";
  EXPECT_EQ(crm.form(cookie, "/profile/tokens/1/delete", csrf).status, 303);
  EXPECT_TRUE(crm.page(cookie, "/profile/tokens").has("You have no tokens"));
}

TEST(MailPage, SendsATestToTheAdminsOwnAddressAndSaysWhatHappened) {
  TestCrm crm;
  crm.add_user("admin@example.test", Role::admin);
  const std::string cookie = crm.cookie_of("admin@example.test"), csrf = "csrf_token=" + crm.csrf_of(cookie);
  EXPECT_TRUE(crm.page(cookie, "/admin/mail").has("Mail leaves as crm@example.test."));
  EXPECT_TRUE(crm.form(cookie, "/admin/mail/test", csrf).has("took a test mail to admin@example.test"));
  EXPECT_NE(crm.mailer.messages.at(0).find("To: <admin@example.test>"), std::string::npos);
  crm.mailer.trouble = sdk::Failure{sdk::FailureKind::unavailable, "nobody listens", {}, {}, {}};
  const TestResponse refused = crm.form(cookie, "/admin/mail/test", csrf);
  EXPECT_EQ(refused.status, 502);
  EXPECT_TRUE(refused.has("cannot be used: nobody listens"));
  crm.mailer.configured = false;
  EXPECT_EQ(crm.form(cookie, "/admin/mail/test", csrf).status, 409);
}

}  // namespace
}  // namespace crm::test
