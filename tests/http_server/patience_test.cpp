// Slow clients, silent ones, too many of them, and going away in good order.
// HTTP holes: slowloris, 200 idle keep-alive connections beside live ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/http_server/raw_client.hpp"
#include "tests/http_server/running_server.hpp"

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

const std::string k_get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Patience, AByteNowAndThenIsCutAtTheDeadline) {
  RunningServer server;
  RawClient client(server.port());
  const auto start = Clock::now();
  client.send("GET /hello HTTP/1.1\r\nHost: x\r\nA: ");
  while (Clock::now() - start < 5s && client.send("a")) {
    if (client.is_closed(50ms)) break;
    if (Clock::now() - start > 900ms) break;  // the answer has come; it is read below
  }
  client.read_all(2s);
  EXPECT_LT(Clock::now() - start, 3s);
  EXPECT_EQ(server.handled, 0);
  const auto lines = server.access_lines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], HasSubstr("\"status\":408"));
}

TEST(Patience, ASilentConnectionIsClosedAfterKeepAlive) {
  RunningServer server;
  RawClient client(server.port());
  client.send(k_get);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 "));
  const auto start = Clock::now();
  EXPECT_TRUE(client.is_closed(3s));
  EXPECT_GT(Clock::now() - start, 300ms);
  EXPECT_LT(Clock::now() - start, 2s);
}

TEST(Patience, SilentConnectionsHoldNoThread) {
  auto config = RunningServer::quick();
  config.workers = 4;
  config.keep_alive = 60s;
  config.request_deadline = 60s;
  RunningServer server(config);
  std::vector<RawClient> silent;
  for (int i = 0; i < 200; ++i) {
    silent.emplace_back(server.port());
    silent.back().send(k_get);
    EXPECT_THAT(silent.back().read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  RawClient live(server.port());
  live.send(k_get);
  EXPECT_THAT(live.read_answer(), StartsWith("HTTP/1.1 200 "));
  for (RawClient& one : silent) {
    one.send(k_get);
    EXPECT_THAT(one.read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_LE(server.server().stats().threads, 4);
  EXPECT_EQ(server.server().stats().shed, 0u);
}

TEST(Patience, TwoHundredSilentConnectionsFitIntoTheDefault) {
  auto config = RunningServer::quick();
  config.workers = 256;
  config.keep_alive = 60s;
  RunningServer server(config);
  std::vector<RawClient> silent;
  for (int i = 0; i < 200; ++i) {
    silent.emplace_back(server.port());
    silent.back().send(k_get);
    EXPECT_THAT(silent.back().read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  RawClient live(server.port());
  live.send(k_get);
  EXPECT_THAT(live.read_answer(), StartsWith("HTTP/1.1 200 "));
  for (RawClient& one : silent) {
    one.send(k_get);
    EXPECT_THAT(one.read_answer(), StartsWith("HTTP/1.1 200 "));
  }
}

/// Holds handlers until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_open_; });
  }
  bool wait_inside(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 5s, [&] { return inside_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool is_open_ = false;
};

crm::sdk::Route slow_route(Gate& guard) {
  return {crm::sdk::Method::get, "/slow", crm::sdk::Access::open, crm::sdk::RateClass::none,
          [&guard](const crm::sdk::Request&) {
            guard.pass();
            return crm::sdk::Response::json(200, "{\"slow\":1}");
          }};
}

TEST(Patience, OneTooManyIsAnswered503) {
  auto config = RunningServer::quick();
  config.workers = 2;
  config.waiting_max = 1;
  RunningServer server(config);
  Gate guard;
  server.add(slow_route(guard));
  std::vector<RawClient> busy;
  for (int i = 0; i < 3; ++i) {
    busy.emplace_back(server.port());
    busy.back().send("GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    if (i < 2) {
      EXPECT_TRUE(guard.wait_inside(i + 1));
    }
  }
  std::this_thread::sleep_for(100ms);  // the third is in the waiting room when the fourth knocks
  RawClient refused(server.port());
  refused.send(k_get);
  const std::string answer = refused.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("\"code\":\"overloaded\""));
  EXPECT_FALSE(refused.was_reset());
  guard.open();
  for (RawClient& one : busy) EXPECT_THAT(one.read_all(), HasSubstr("slow"));
}

TEST(Patience, StoppingLetsARunningRequestFinish) {
  RunningServer server;
  Gate guard;
  server.add(slow_route(guard));
  RawClient client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(guard.wait_inside(1));
  auto stopped = std::async(std::launch::async, [&] { server.server().stop(); });
  EXPECT_EQ(stopped.wait_for(400ms), std::future_status::timeout);
  guard.open();
  EXPECT_THAT(client.read_all(), HasSubstr("slow"));
  EXPECT_EQ(stopped.wait_for(2s), std::future_status::ready);
}

TEST(Patience, RemovingAnOwnerWaitsForItsRequestsAndAnswers404After) {
  RunningServer server;
  Gate guard;
  auto held = std::make_shared<int>(1);
  auto route = slow_route(guard);
  route.handler = [&guard, held](const crm::sdk::Request&) {
    guard.pass();
    return crm::sdk::Response::json(200, "{}");
  };
  ASSERT_TRUE(server.routes.add("module", std::move(route)));
  EXPECT_EQ(held.use_count(), 2);
  RawClient client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(guard.wait_inside(1));
  auto removed = std::async(std::launch::async, [&] { server.routes.remove_owner("module"); });
  EXPECT_EQ(removed.wait_for(200ms), std::future_status::timeout);
  RawClient late(server.port());
  late.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(late.read_answer(), StartsWith("HTTP/1.1 404 "));
  guard.open();
  EXPECT_EQ(removed.wait_for(2s), std::future_status::ready);
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST(Patience, ThreadsComeOnlyWhenNeeded) {
  RunningServer server;
  RawClient client(server.port());
  client.send(k_get);
  client.read_answer();
  EXPECT_LE(server.server().stats().threads, 3);
}

}  // namespace
