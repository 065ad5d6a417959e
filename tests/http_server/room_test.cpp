// Half-sent requests and slow readers: who must make room, and what they may cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/http_server/raw_client.hpp"
#include "tests/http_server/running_server.hpp"

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

const std::string k_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string k_half_head = "GET /hello HTTP/1.1\r\nHost: x\r\nA: b";
const std::string k_half_body =
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"half\":";
const std::string k_half_chunk =
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n{";

crm::app::HttpServerConfig patient() {
  auto config = RunningServer::quick();
  config.request_deadline = 600s;
  config.keep_alive = 600s;
  config.send_deadline = 600s;
  return config;
}

std::string hello(int port, const char* from) {
  RawClient client(port, from);
  client.send(k_hello);
  return client.read_answer();
}

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

class HalfSent : public testing::TestWithParam<std::string> {};

TEST_P(HalfSent, HoldNoThread) {
  auto config = patient();
  config.workers = 4;
  config.unfinished_per_client_max = 1000;
  RunningServer server(config);
  std::vector<RawClient> half;
  for (int i = 0; i < 322; ++i) {
    half.emplace_back(server.port());
    half.back().send(GetParam());
  }
  for (const char* from : {"127.0.0.1", "127.0.0.2"})
    EXPECT_THAT(hello(server.port(), from), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(server.server().stats().shed, 0u);
}

TEST_P(HalfSent, MakeRoomForTheirOwn) {
  auto config = patient();
  config.unfinished_per_client_max = 50;
  RunningServer server(config);
  RawClient other(server.port(), "127.0.0.2");
  other.send(GetParam());
  std::vector<RawClient> half;
  for (int i = 0; i < 60; ++i) {
    half.emplace_back(server.port());
    half.back().send(GetParam());
    std::this_thread::sleep_for(20ms);  // until it has been read, so that they are in order
  }
  EXPECT_THAT(hello(server.port(), "127.0.0.1"), StartsWith("HTTP/1.1 200 "));
  EXPECT_GE(server.server().stats().shed, 10u);
  EXPECT_THAT(half.front().read_all(), StartsWith("HTTP/1.1 408 "));  // the one that reads for longest
  EXPECT_FALSE(half.back().is_closed(50ms));
  EXPECT_FALSE(other.is_closed(50ms));
}

TEST(SilentConnections, OfOneOfficeCutNoUploadShort) {
  auto config = patient();
  config.silent_per_client_max = 10;
  config.unfinished_per_client_max = 10;
  RunningServer server(config);
  RawClient upload(server.port());
  upload.send(k_half_body);
  std::vector<RawClient> silent;
  for (int i = 0; i < 30; ++i) {
    silent.emplace_back(server.port());
    silent.back().send(k_hello);
    EXPECT_THAT(silent.back().read_answer(), StartsWith("HTTP/1.1 200 "));
    std::this_thread::sleep_for(20ms);  // until no thread stays with it, so that they are in order
  }
  EXPECT_TRUE(silent.front().is_closed(2000ms));
  EXPECT_FALSE(silent.back().is_closed(50ms));
  upload.send("\"whole\"}    ");
  EXPECT_THAT(upload.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST_P(HalfSent, GiveWayWhenRoomIsShort) {
  auto config = patient();
  config.connections_max = 40;
  RunningServer server(config);
  RawClient silent(server.port(), "127.0.0.3");
  silent.send(k_hello);
  EXPECT_THAT(silent.read_answer(), StartsWith("HTTP/1.1 200 "));
  std::vector<RawClient> half;
  for (int i = 0; i < 39; ++i) {
    half.emplace_back(server.port());
    half.back().send(GetParam());
    if (i == 0) std::this_thread::sleep_for(500ms);  // so that it has been reading for longest
  }
  std::this_thread::sleep_for(300ms);  // younger ones may have their bytes on the way
  EXPECT_THAT(hello(server.port(), "127.0.0.2"), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(server.server().stats().shed, 1u);
  EXPECT_THAT(half.front().read_all(), StartsWith("HTTP/1.1 408 "));
  silent.send(k_hello);
  EXPECT_THAT(silent.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST_P(HalfSent, OfATrustedProxyAreNotCounted) {
  auto config = patient();
  config.unfinished_per_client_max = 5;
  config.trusted_proxies = {"127.0.0.1"};
  RunningServer server(config);
  std::vector<RawClient> half;
  for (int i = 0; i < 30; ++i) {
    half.emplace_back(server.port());
    half.back().send(GetParam());
  }
  EXPECT_THAT(hello(server.port(), "127.0.0.1"), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(server.server().stats().shed, 0u);
}

TEST_P(HalfSent, AreCutAtTheirDeadline) {
  auto config = RunningServer::quick();
  RunningServer server(config);
  RawClient half(server.port());
  half.send(GetParam());
  EXPECT_THAT(half.read_all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(server.handled, 0);
}

INSTANTIATE_TEST_SUITE_P(Room, HalfSent, testing::Values(k_half_head, k_half_body, k_half_chunk),
                         [](const auto& one) { return "Kind" + std::to_string(one.index); });

crm::sdk::Route large_route(std::size_t bytes) {
  return {crm::sdk::Method::get, "/large", crm::sdk::Access::open, crm::sdk::RateClass::none,
          [bytes](const crm::sdk::Request&) { return crm::sdk::Response::json(200, std::string(bytes, 'x')); }};
}

const std::string k_large = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::size_t k_large_bytes = 8 * 1024 * 1024;

TEST(SlowReaders, HoldNoThreadAndGetTheirAnswer) {
  auto config = patient();
  config.workers = 2;
  RunningServer server(config);
  server.add(large_route(k_large_bytes));
  std::vector<RawClient> slow;
  for (int i = 0; i < 5; ++i) {
    slow.emplace_back(server.port(), "127.0.0.2", 4096);
    slow.back().send(k_large);
  }
  EXPECT_THAT(hello(server.port(), "127.0.0.1"), StartsWith("HTTP/1.1 200 "));
  ASSERT_TRUE(eventually([&] { return server.server().stats().held > 0; }));
  for (RawClient& one : slow) {
    one.read_fast();
    EXPECT_GT(one.read_answer(60s).size(), k_large_bytes);
  }
  EXPECT_EQ(server.server().stats().shed, 0u);
  EXPECT_TRUE(eventually([&] { return server.server().stats().held == 0; }));
}

TEST(SlowReaders, CannotHoldMoreThanTheLimitInMemory) {
  auto config = patient();
  config.held_bytes_max = 3 * k_large_bytes;
  RunningServer server(config);
  server.add(large_route(k_large_bytes));
  std::vector<RawClient> slow;
  for (int i = 0; i < 12; ++i) {
    slow.emplace_back(server.port(), "127.0.0.2", 4096);
    slow.back().send(k_large);
    const auto answered = static_cast<std::uint64_t>(i) + 1;
    ASSERT_TRUE(eventually([&] { return server.server().stats().requests == answered; }));
    ASSERT_TRUE(eventually([&] { return server.server().stats().held <= config.held_bytes_max; }));
  }
  EXPECT_GT(server.server().stats().shed, 0u);
  EXPECT_THAT(hello(server.port(), "127.0.0.1"), StartsWith("HTTP/1.1 200 "));
  slow.back().read_fast();
  EXPECT_GT(slow.back().read_answer(60s).size(), k_large_bytes);  // the last one came when the others had given way
  EXPECT_LT(slow.front().read_all().size(), k_large_bytes);
}

TEST(HalfSentBodies, CannotHoldMoreThanTheLimitInMemory) {
  auto config = patient();
  config.held_bytes_max = 100'000;
  RunningServer server(config);
  server.add({crm::sdk::Method::post, "/upload", crm::sdk::Access::open, crm::sdk::RateClass::none,
              [](const crm::sdk::Request&) { return crm::sdk::Response::json(200, "{}"); }, 256 * 1024});
  std::vector<RawClient> half;
  for (int i = 0; i < 5; ++i) {
    half.emplace_back(server.port(), "127.0.0.2");
    half.back().send(
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n" +
        std::string(60'000, 'x'));
    std::this_thread::sleep_for(50ms);  // until it has been read, so that they are in order
  }
  ASSERT_TRUE(eventually([&] { return server.server().stats().shed == 4 && server.server().stats().held <= 100'000; }));
  EXPECT_THAT(half.front().read_all(), StartsWith("HTTP/1.1 408 "));
  half.back().send(std::string(30'000, 'x'));
  EXPECT_THAT(half.back().read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST(KeepAlive, IsLongerForATrustedProxy) {
  auto config = RunningServer::quick();
  config.keep_alive = 2s;
  config.proxy_keep_alive = 75s;
  config.trusted_proxies = {"127.0.0.2"};
  RunningServer server(config);
  EXPECT_THAT(hello(server.port(), "127.0.0.1"), HasSubstr("Keep-Alive: timeout=2\r\n"));
  EXPECT_THAT(hello(server.port(), "127.0.0.2"), HasSubstr("Keep-Alive: timeout=75\r\n"));
}

TEST(Port, IsSharedWithNobody) {
  RunningServer first;
  auto config = RunningServer::quick();
  config.port = first.port();
  crm::app::RouteTable routes;
  FixedUsers users;
  QuietLog log;
  crm::app::HttpServer second(config, routes, users, log, {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("port " + std::to_string(first.port()) + " is taken"));
}

TEST(Port, OfAStrangeAddressIsRefusedWithAReason) {
  for (const char* address : {"203.0.113.77", "2001:db8::77"}) {
    const auto opened = crm::app::ListeningSocket::open(address, 0);
    ASSERT_FALSE(opened) << address;
    EXPECT_THAT(opened.error().message, HasSubstr("--bind")) << address;
  }
  EXPECT_THAT(crm::app::ListeningSocket::open("localhost", 0).error().message, HasSubstr("must be a numeric address"));
}

}  // namespace
