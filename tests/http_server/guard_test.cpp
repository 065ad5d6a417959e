// Who may call what, what every answer carries, and what the log may never hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http_server/raw_client.hpp"
#include "tests/http_server/running_server.hpp"

namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string ask(RunningServer& server, const std::string& line, const std::string& headers = {},
                const std::string& body = {}) {
  RawClient client(server.port());
  std::string request = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers;
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  client.send(request + "\r\n" + body);
  return client.read_all();
}

TEST(Guard, UnknownAddressIs404AsProblemOrPage) {
  RunningServer server;
  const std::string problem = ask(server, "GET /nowhere");
  EXPECT_THAT(problem, StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(problem, HasSubstr("\"code\":\"not_found\""));
  const std::string page = ask(server, "GET /nowhere", "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n");
  EXPECT_THAT(page, HasSubstr("Content-Type: text/html"));
  EXPECT_THAT(page, HasSubstr("<h1>There is nothing here</h1>"));
}

TEST(Guard, WrongMethodIs405WithAllow) {
  RunningServer server;
  for (const char* method : {"DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "FROB"}) {
    const std::string answer = ask(server, std::string(method) + " /mine");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD, PUT\r\n")) << method;
    EXPECT_THAT(answer, HasSubstr("\"code\":\"method_not_allowed\"")) << method;
  }
  EXPECT_THAT(ask(server, "TRACE /nowhere"), StartsWith("HTTP/1.1 404 "));
}

TEST(Guard, HeadIsGetWithoutBody) {
  RunningServer server;
  const std::string answer = ask(server, "HEAD /hello");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 11\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Guard, CredentialsAreAskedBeforeTheHandler) {
  RunningServer server;
  const std::string nobody = ask(server, "GET /mine");
  EXPECT_THAT(nobody, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(nobody, HasSubstr("WWW-Authenticate: Bearer\r\n"));
  EXPECT_THAT(nobody, HasSubstr("\"code\":\"unauthorized\""));
  EXPECT_THAT(ask(server, "GET /mine", "Authorization: Bearer wrong\r\n"), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(ask(server, "GET /mine", "Authorization: Bearer rep\r\n"), StartsWith("HTTP/1.1 200 "));
  const std::string rep = ask(server, "GET /admin", "Authorization: Bearer rep\r\n");
  EXPECT_THAT(rep, StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(rep, HasSubstr("\"code\":\"forbidden\""));
  EXPECT_THAT(ask(server, "GET /admin", "Authorization: Bearer admin\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST(Guard, CookieWritesNeedTheCsrfToken) {
  RunningServer server;
  const std::string session = "Cookie: session=rep\r\nContent-Type: application/json\r\n";
  const std::string without = ask(server, "PUT /mine", session, "{}");
  EXPECT_THAT(without, StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(without, HasSubstr("\"code\":\"csrf_failed\""));
  EXPECT_THAT(ask(server, "PUT /mine", session + "X-CSRF-Token: wrong\r\n", "{}"), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(ask(server, "PUT /mine", session + "X-CSRF-Token: proof\r\n", "{}"), StartsWith("HTTP/1.1 200 "));
  const std::string form = "Cookie: session=rep\r\nContent-Type: application/x-www-form-urlencoded\r\n";
  EXPECT_THAT(ask(server, "PUT /mine", form, "a=b&csrf_token=pr%6Fof"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask(server, "PUT /mine", form, "a=b&csrf_token=other"), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(ask(server, "GET /mine", "Cookie: session=rep\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST(Guard, AddressesAreDecodedAndChecked) {
  RunningServer server;
  EXPECT_THAT(ask(server, "GET /items/a%2Fb%20c?q=%C3%BC+x&e=&flag"), HasSubstr("\r\n\r\na/b c|q=\xC3\xBC x|e=|flag="));
  for (const char* bad :
       {"/items/%zz", "/items/%", "/items/%4", "/items/%FF", "/items/%C3", "/items/%00", "/items/a%0Ab"}) {
    const std::string answer = ask(server, std::string("GET ") + bad);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << bad;
    EXPECT_THAT(answer, HasSubstr("\"code\":\"invalid_encoding\"")) << bad;
  }
}

TEST(Guard, AQueryThatCannotBeReadIsNoError) {
  RunningServer server;
  const auto query_of = [&](const std::string& query) {
    const std::string answer = ask(server, "GET /items/x?" + query);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 ")) << query;
    return answer.substr(answer.find("\r\n\r\n") + 4);
  };
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(query_of("q=%FCber&e=%C3%BC"), "x|q=" + mark + "ber|e=\xC3\xBC") << "the parameters beside it stay";
  EXPECT_EQ(query_of("q=50%&e=%4"), "x|q=50" + mark + "|e=" + mark + "4");
  EXPECT_EQ(query_of("q=%zz+a"), "x|q=" + mark + "zz a");
  EXPECT_EQ(query_of("q=a%0Ab%00%7F"), "x|q=a" + mark + "b" + mark + mark);
  EXPECT_EQ(query_of("q=%ED%A0%80&e=%C0%AF"), "x|q=" + mark + mark + mark + "|e=" + mark + mark);
  EXPECT_EQ(query_of("%FF=1&%0d=2&%=3&q=4"), "x|q=4") << "what has no readable name is left out";
  std::string many;
  for (int i = 0; i < 700; ++i) many += "q=%FF&";
  EXPECT_EQ(query_of(many).substr(0, 10), "x|q=" + mark + "|q=");
}

TEST(Guard, ASlashAtTheEndLeadsToTheAddress) {
  RunningServer server;
  for (const char* path : {"/items/x/?q=%FC&e=", "/items/x//?q=%FC&e="}) {
    const std::string answer = ask(server, std::string("GET ") + path);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 308 ")) << path;
    EXPECT_THAT(answer, HasSubstr("Location: /items/x?q=%FC&e=\r\n")) << path;
  }
  EXPECT_THAT(ask(server, "GET /nowhere/"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(ask(server, "GET //items/x/"), StartsWith("HTTP/1.1 404 ")) << "never another host's address";
  EXPECT_THAT(ask(server, "GET /"), StartsWith("HTTP/1.1 404 "));
}

TEST(Guard, EveryAnswerCarriesTheSecurityHeaders) {
  RunningServer server;
  for (const char* line : {"GET /hello", "GET /nowhere", "GET /mine", "GET /items/%"}) {
    const std::string answer = ask(server, line);
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'self'")) << line;
    EXPECT_THAT(answer, HasSubstr("frame-ancestors 'none'")) << line;
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n")) << line;
    EXPECT_THAT(answer, HasSubstr("Referrer-Policy: same-origin\r\n")) << line;
    EXPECT_THAT(answer, HasSubstr("X-Request-Id: ")) << line;
    EXPECT_THAT(answer, Not(HasSubstr("Strict-Transport-Security"))) << line;
  }
  EXPECT_THAT(ask(server, "GET /secret/abc"), HasSubstr("Referrer-Policy: no-referrer\r\n"));
  auto config = RunningServer::quick();
  config.public_url = "https://crm.example.com";
  RunningServer secure(config);
  EXPECT_THAT(ask(secure, "GET /hello"), HasSubstr("Strict-Transport-Security: max-age="));
}

TEST(Guard, OnlyTheFramePolicyLetsAResponseBeFramed) {
  RunningServer server;
  const auto policy_of = [&](std::vector<std::string> origins, const std::string& own) {
    const std::string path = "/framed" + std::to_string(origins.size()) + (own.empty() ? "" : "/own");
    server.add(
        {crm::sdk::Method::get, path, crm::sdk::Access::open, crm::sdk::RateClass::none, [=](const crm::sdk::Request&) {
           auto response = crm::sdk::Response::html(200, "");
           response.frame_policy.origins = origins;
           if (!own.empty()) response.headers = {{"Content-Security-Policy", own}};
           return response;
         }});
    const std::string answer = ask(server, "GET " + path);
    const std::size_t start = answer.find("Content-Security-Policy: ") + 25;
    return answer.substr(start, answer.find("\r\n", start) - start);
  };
  EXPECT_THAT(policy_of({}, ""), testing::EndsWith("; frame-ancestors 'none'"));
  EXPECT_EQ(policy_of({}, "frame-ancestors *"), "frame-ancestors 'none'; frame-ancestors *") << "the first one counts";
  EXPECT_THAT(policy_of({"https://www.example.com"}, ""),
              testing::EndsWith("; frame-ancestors https://www.example.com"));
  EXPECT_EQ(policy_of({"https://a.example", "http://b.example:8080"}, "default-src 'none'"),
            "frame-ancestors https://a.example http://b.example:8080; default-src 'none'");
  EXPECT_THAT(policy_of({"*", "https://*", "https://a.example; script-src *"}, ""),
              testing::EndsWith("; frame-ancestors 'none'"))
      << "what is no origin allows nobody";
}

TEST(FramePolicy, KnowsAnOrigin) {
  using crm::sdk::FramePolicy;
  for (const char* good : {"https://example.com", "http://localhost:3000", "https://a-b.c1.example:65535"})
    EXPECT_TRUE(FramePolicy::is_origin(good)) << good;
  for (const char* bad : {"", "example.com", "https://", "https://Example.com", "https://a.example/",
                          "https://a.example:", "https://a.example:123456", "https://a.example:1;", "https://*.example",
                          "https://.example", "https://a..b", "ftp://a.example", "https://a.example x", "https://a'b",
                          "null", "https://u@a.example"})
    EXPECT_FALSE(FramePolicy::is_origin(bad)) << bad;
}

TEST(Guard, HandlersHeadersWinAndCannotInjectLines) {
  RunningServer server;
  server.add(
      {crm::sdk::Method::get, "/own", crm::sdk::Access::open, crm::sdk::RateClass::none, [](const crm::sdk::Request&) {
         auto response = crm::sdk::Response::json(200, "{}");
         response.headers = {{"content-security-policy", "default-src 'none'"},
                             {"X-A", "b\r\nSet-Cookie: evil=1"},
                             {"Content-Length", "7"}};
         return response;
       }});
  const std::string answer = ask(server, "GET /own");
  EXPECT_THAT(answer, HasSubstr("default-src 'none'"));
  EXPECT_THAT(answer, Not(HasSubstr("default-src 'self'")));
  EXPECT_THAT(answer, Not(HasSubstr("evil")));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 2\r\n"));
}

TEST(Guard, RequestIdIsTakenOnlyWhenSane) {
  RunningServer server;
  EXPECT_THAT(ask(server, "GET /hello", "X-Request-Id: abc-1.2_3\r\n"), HasSubstr("X-Request-Id: abc-1.2_3\r\n"));
  EXPECT_THAT(ask(server, "GET /hello", "X-Request-Id: a\"b\r\n"), Not(HasSubstr("a\"b")));
  EXPECT_THAT(ask(server, "GET /hello", "X-Request-Id: " + std::string(65, 'a') + "\r\n"), Not(HasSubstr("aaaa")));
}

TEST(Guard, WhatAHandlerThrowsIs500WithAnIdAndNothingElse) {
  RunningServer server;
  const std::string answer = ask(server, "GET /throws", "X-Request-Id: r1\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, HasSubstr("\"id\":\"r1\""));
  EXPECT_THAT(answer, Not(HasSubstr("oops")));
  EXPECT_THAT(ask(server, "GET /throws", "Accept: text/html\r\n"), HasSubstr("<h1>Something went wrong"));
}

TEST(Guard, SecretsInAddressesAreNeverLogged) {
  RunningServer server;
  ask(server, "GET /secret/hush-hush?also=hush-hush");
  ask(server, "GET /sekret/hush-hush");
  ask(server, "POST /secret/hush-hush");
  const auto lines = server.access_lines();
  ASSERT_EQ(lines.size(), 3u);
  for (const auto& line : lines) EXPECT_THAT(line, Not(HasSubstr("hush")));
  EXPECT_THAT(lines[0], HasSubstr("\"route\":\"/secret/{token}\""));
  EXPECT_THAT(lines[0], HasSubstr("\"status\":200"));
}

TEST(Guard, LoginIsSlowedDown) {
  RunningServer server;
  std::string answer;
  int allowed = 0;
  for (int i = 0; i < 15; ++i) {
    answer = ask(server, "POST /login", "Content-Type: application/json\r\n", "{}");
    if (answer.starts_with("HTTP/1.1 200 ")) ++allowed;
  }
  EXPECT_EQ(allowed, 10);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 5\r\n"));
  EXPECT_THAT(answer, HasSubstr("\"code\":\"rate_limited\""));
  EXPECT_THAT(ask(server, "GET /hello"), StartsWith("HTTP/1.1 200 "));
}

/// Each port in front of which a proxy saw one client was a client of its own once.
TEST(Guard, AnotherPortIsNoOtherClient) {
  auto config = RunningServer::quick();
  config.trusted_proxies = {"::ffff:127.0.0.1"};
  RunningServer server(config);
  int allowed = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string spellings[] = {"203.0.113.7:" + std::to_string(1000 + i), "::ffff:203.0.113.7",
                                     "[::FFFF:203.0.113.7]:" + std::to_string(i)};
    const std::string answer = ask(
        server, "POST /login", "Content-Type: application/json\r\nX-Forwarded-For: " + spellings[i % 3] + "\r\n", "{}");
    if (answer.starts_with("HTTP/1.1 200 ")) ++allowed;
  }
  EXPECT_EQ(allowed, 10);
}

TEST(Guard, SwitchedOffModuleIs503) {
  RunningServer server;
  ASSERT_TRUE(server.routes.add_switched_off("off", crm::sdk::Method::get, "/off/{slug}"));
  const std::string problem = ask(server, "GET /off/x");
  EXPECT_THAT(problem, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(problem, HasSubstr("\"code\":\"module_disabled\""));
  EXPECT_THAT(ask(server, "GET /off/x", "Accept: text/html\r\n"), HasSubstr("<h1>We will be right back</h1>"));
  EXPECT_THAT(problem, HasSubstr("Retry-After: 60\r\n"));
}

TEST(Guard, AFormForASwitchedOffModuleComesBackWithWhatWasTyped) {
  auto config = RunningServer::quick();
  config.look.stylesheet = "/style.css";
  RunningServer server(config);
  ASSERT_TRUE(server.routes.add_switched_off("off", crm::sdk::Method::post, "/off/{slug}"));
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  const std::string page =
      ask(server, "POST /off/x?y=1", form + "Accept: text/html\r\n", "name=%3CAda%3E&csrf_token=s3");
  EXPECT_THAT(page, StartsWith("HTTP/1.1 503 "));
  for (const char* part : {"Retry-After: 60\r\n", "href=\"/style.css\"", "action=\"/off/x?y=1\"",
                           "name=\"name\" value=\"&lt;Ada&gt;\"", "<dd dir=\"auto\">&lt;Ada&gt;</dd>", "value=\"s3\""})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_THAT(page, Not(HasSubstr("<dd dir=\"auto\">s3"))) << "a token is not for reading";
  EXPECT_THAT(ask(server, "POST /off/x", form, "name=Ada"), HasSubstr("\"code\":\"module_disabled\""));
}

TEST(Guard, ForeignPagesCannotLogAnybodyIn) {
  auto config = RunningServer::quick();
  config.public_url = "https://crm.example.test";
  config.rate_limits = false;
  RunningServer server(config);
  const auto from = [&](const std::string& header) {
    return ask(server, "POST /login", "Content-Type: application/json\r\n" + header + "\r\n", "{}");
  };
  for (const char* foreign :
       {"Origin: https://evil.test", "Origin: null", "Origin: http://crm.example.test",
        "Origin: https://crm.example.test.evil.test", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"})
    EXPECT_THAT(from(foreign), HasSubstr("\"code\":\"foreign_origin\"")) << foreign;
  for (const char* own : {"Origin: https://crm.example.test", "Origin: https://CRM.example.test:443",
                          "Origin: null\r\nSec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "X-None: 1"})
    EXPECT_THAT(from(own), StartsWith("HTTP/1.1 200 ")) << own;
}

TEST(Guard, BrowsersWithoutASessionAreSentToTheLogin) {
  auto config = RunningServer::quick();
  config.login_path = "/login";
  RunningServer server(config);
  EXPECT_THAT(ask(server, "GET /mine?a=b%20c", "Accept: text/html\r\n"),
              HasSubstr("Location: /login?next=%2Fmine%3Fa%3Db%2520c\r\n"));
  EXPECT_THAT(ask(server, "GET /mine"), StartsWith("HTTP/1.1 401 "));
}

TEST(Guard, TrustedProxyNamesTheClient) {
  auto config = RunningServer::quick();
  config.trusted_proxies = {"127.0.0.1"};
  RunningServer server(config);
  ask(server, "GET /hello", "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n");
  ask(server, "GET /hello", "X-Forwarded-For: 6.6.6.6\r\nx-forwarded-for: 203.0.113.9:4711\r\n");
  ask(server, "GET /hello", "X-Forwarded-For: 203.0.113.9, hidden\r\n");
  RunningServer plain;
  ask(plain, "GET /hello", "X-Forwarded-For: 203.0.113.9\r\n");
  EXPECT_THAT(server.access_lines().at(0), HasSubstr("\"client\":\"203.0.113.9\""));
  EXPECT_THAT(server.access_lines().at(1), HasSubstr("\"client\":\"203.0.113.9\""));
  EXPECT_THAT(server.access_lines().at(2), HasSubstr("\"client\":\"127.0.0.1\""));
  EXPECT_THAT(plain.access_lines().at(0), HasSubstr("\"client\":\"127.0.0.1\""));
}

}  // namespace
