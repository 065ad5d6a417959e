#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "reference_host/http/rate_limiter.hpp"
#include "reference_host/http/route_table.hpp"
#include "reference_host/http/server_response.hpp"

namespace {

using namespace crm;
using namespace std::chrono_literals;
using sdk::Method;

sdk::Route route(Method method, std::string pattern) {
  return {method, std::move(pattern), sdk::Access::open, sdk::RateClass::none,
          [](const sdk::Request&) { return sdk::Response{}; }};
}

std::string pattern_of(const app::RouteTable::Found& found) {
  return found.route ? found.route->pattern : "";
}

TEST(RouteTable, LiteralsWinOverNamesFromTheLeft) {
  app::RouteTable table;
  for (const char* pattern :
       {"/schedule/{slug}", "/schedule/{slug}/{type}", "/schedule/manage/{token}", "/schedule/{slug}/slots", "/"})
    ASSERT_TRUE(table.add("m", route(Method::get, pattern)));
  EXPECT_EQ(pattern_of(table.find(Method::get, "/")), "/");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/manage")), "/schedule/{slug}");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/manage/slots")), "/schedule/manage/{token}");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/a/slots")), "/schedule/{slug}/slots");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/a/b")), "/schedule/{slug}/{type}");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/a/b/c")), "");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/schedule/")), "");
  EXPECT_EQ(pattern_of(table.find(Method::get, "//")), "");
  EXPECT_EQ(pattern_of(table.find(Method::get, "/" + std::string(100, '/'))), "");
}

TEST(RouteTable, ALiteralDecidesEvenWhenItHasNoSuchMethod) {
  app::RouteTable table;
  ASSERT_TRUE(table.add("m", route(Method::post, "/a/cancel/{token}")));
  ASSERT_TRUE(table.add("m", route(Method::get, "/a/{slug}/{type}")));
  const auto missed = table.find(Method::get, "/a/cancel/x");
  EXPECT_EQ(pattern_of(missed), "");
  EXPECT_EQ(missed.allow, "POST");
  const auto found = table.find(Method::get, "/a/other/x");
  EXPECT_EQ(pattern_of(found), "/a/{slug}/{type}");
  ASSERT_EQ(found.params.size(), 2u);
  EXPECT_EQ(found.params[0].second, "other");
  EXPECT_EQ(table.allowed("/a/b/c"), "GET");
  EXPECT_EQ(table.allowed("/b"), "");
}

TEST(RouteTable, RefusesDuplicatesAndMalformedPatterns) {
  app::RouteTable table;
  ASSERT_TRUE(table.add("m", route(Method::get, "/a/{id}")));
  EXPECT_EQ(table.add("n", route(Method::get, "/a/{other}")).error().kind, sdk::FailureKind::conflict);
  EXPECT_TRUE(table.add("n", route(Method::post, "/a/{other}")));
  for (const char* bad : {"", "a", "/a//b", "/a/", "/{}", "/{a", "/a b", "/a?b", "/%41"})
    EXPECT_FALSE(table.add("n", route(Method::get, bad))) << bad;
}

TEST(RouteTable, FindsWhileOwnersComeAndGo) {
  app::RouteTable table;
  ASSERT_TRUE(table.add("host", route(Method::get, "/always")));
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop) {
      EXPECT_EQ(pattern_of(table.find(Method::get, "/always")), "/always");
      const auto found = table.find(Method::get, "/some/x");
      if (found.route) {
        EXPECT_TRUE(found.route->handler);
      }
    }
  });
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(table.add("m", route(Method::get, "/some/{x}")));
    table.remove_owner("m");
  }
  stop = true;
  reader.join();
  EXPECT_EQ(table.list().size(), 1u);
}

TEST(RateLimiter, RefillsWithMonotonicTimeAndKeepsClientsApart) {
  app::RateLimiter limiter;
  auto now = app::RateLimiter::Clock::now();
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now));
  EXPECT_EQ(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now), 2s);
  EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "1.2.3.5", now));
  EXPECT_FALSE(limiter.refuse(sdk::RateClass::page, "1.2.3.4", now));
  now += 2s;
  EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now));
  EXPECT_TRUE(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now));
}

TEST(RateLimiter, OneIpv6NetworkIsOneClient) {
  app::RateLimiter limiter;
  const auto now = app::RateLimiter::Clock::now();
  for (int i = 0; i < 30; ++i)
    EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "2001:db8:1:2::" + std::to_string(i + 1), now));
  EXPECT_TRUE(limiter.refuse(sdk::RateClass::book, "2001:db8:1:2:a:b:c:d", now));
  EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "2001:db8:1:3::1", now));
}

TEST(RateLimiter, AFloodOfAddressesDoesNotFreeTheBusyOne) {
  app::RateLimiter limiter;
  auto now = app::RateLimiter::Clock::now();
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now));
  for (int i = 0; i < 200'000; ++i) {
    now += 1us;
    limiter.refuse(sdk::RateClass::book, std::to_string(i), now);
    if (i % 1000 == 0) {
      EXPECT_TRUE(limiter.refuse(sdk::RateClass::book, "1.2.3.4", now));
    }
  }
}

TEST(ServerAnswer, PagesAreForBrowsersOnly) {
  EXPECT_TRUE(app::prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
  EXPECT_FALSE(app::prefers_html("*/*"));
  EXPECT_FALSE(app::prefers_html(""));
  EXPECT_FALSE(app::prefers_html("application/json"));
  EXPECT_FALSE(app::prefers_html("application/json, text/html;q=0.5"));
}

}  // namespace
