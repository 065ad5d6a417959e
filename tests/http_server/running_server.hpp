#pragma once
/// A server with short deadlines and a handful of routes, for the tests of this folder.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "reference_host/http/http_server.hpp"

class QuietLog final : public crm::sdk::Log {
 public:
  void write(crm::sdk::LogLevel, std::string_view event, std::initializer_list<Pair>) noexcept override {
    const std::lock_guard lock(mutex_);
    events_.emplace_back(event);
  }
  std::vector<std::string> events() {
    const std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> events_;
};

/// `Bearer rep` and `Bearer admin` are tokens; the cookie `session=rep` has the CSRF token "proof".
class FixedUsers final : public crm::app::Authenticator {
 public:
  crm::app::Identity identify(const crm::sdk::Request& request) noexcept override {
    crm::app::Identity identity;
    const auto token = request.header("Authorization");
    crm::sdk::Principal who;
    who.id = crm::sdk::UserId{7};
    if (token == "Bearer admin") who.role = crm::sdk::Role::admin;
    if (token == "Bearer admin" || token == "Bearer rep") identity.principal = who;
    if (request.header("Cookie") == "session=rep") {
      identity.principal = who;
      identity.by_cookie = true;
      identity.csrf_token = "proof";
    }
    return identity;
  }
};

class RunningServer {
 public:
  static crm::app::HttpServerConfig quick() {
    crm::app::HttpServerConfig config;
    config.workers = 32;
    config.request_deadline = std::chrono::milliseconds(600);
    config.keep_alive = std::chrono::milliseconds(400);
    config.linger = std::chrono::milliseconds(500);
    config.stop_grace = std::chrono::milliseconds(2000);
    return config;
  }

  explicit RunningServer(crm::app::HttpServerConfig config = quick())
      : server_(config, routes, users, log, [this](std::string_view line) {
          const std::lock_guard lock(mutex_);
          lines_.emplace_back(line);
        }) {
    using namespace crm::sdk;
    add({Method::get, "/hello", Access::open, RateClass::none, [this](const Request&) {
           ++handled;
           return Response::json(200, "{\"hello\":1}");
         }});
    add({Method::post, "/echo", Access::open, RateClass::none,
         [this](const Request& request) {
           ++handled;
           return Response::json(200, std::string(request.body));
         },
         1024});
    add({Method::get, "/items/{name}", Access::open, RateClass::none, [](const Request& request) {
           std::string text(request.param("name"));
           for (const Field& field : request.query) text.append("|").append(field.name).append("=").append(field.value);
           return Response::html(200, text);
         }});
    add({Method::get, "/secret/{token}", Access::open, RateClass::token,
         [](const Request&) { return Response::json(200, "{}"); }});
    add({Method::get, "/mine", Access::user, RateClass::none,
         [](const Request&) { return Response::json(200, "{}"); }});
    add({Method::put, "/mine", Access::user, RateClass::none,
         [](const Request&) { return Response::json(200, "{}"); }});
    add({Method::get, "/admin", Access::admin, RateClass::none,
         [](const Request&) { return Response::json(200, "{}"); }});
    add({Method::post, "/login", Access::open, RateClass::login,
         [](const Request&) { return Response::json(200, "{}"); }});
    add({Method::get, "/throws", Access::open, RateClass::none,
         [](const Request&) -> Response { throw std::runtime_error("oops"); }});
    if (auto done = server_.start(); !done) throw std::runtime_error(done.error().message);
  }

  void add(crm::sdk::Route route) {
    if (auto done = routes.add("host", std::move(route)); !done) throw std::runtime_error(done.error().message);
  }
  int port() const { return server_.port(); }
  crm::app::HttpServer& server() { return server_; }
  std::vector<std::string> access_lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

  std::atomic<int> handled{0};
  QuietLog log;
  FixedUsers users;
  crm::app::RouteTable routes;

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
  crm::app::HttpServer server_;
};
