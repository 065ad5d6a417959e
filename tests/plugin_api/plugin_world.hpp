#pragma once
/// The module's whole surface over a real database, called without a network: what a request answers,
/// with which status, and what then stands in the tables. The CRM around it is a small fake.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/module.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling::test {

class SteadyClock final : public crm::sdk::Clock {
 public:
  crm::sdk::Micros now() const noexcept override { return now_; }
  void set(std::string_view rfc3339);

 private:
  crm::sdk::Micros now_{};
};

class QuietLog final : public crm::sdk::Log {
 public:
  void write(crm::sdk::LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept override;
};

struct TestResponse {
  int status = 0;
  std::string body;
  std::string location;

  /// The value at a path such as "data.rules.0.start_time" as JSON text; "(absent)" when there is none.
  std::string at(std::string_view path) const;
  std::string code() const { return at("code"); }
  /// "slug:required name:too_long", in the order given.
  std::string fields() const;
};

class PluginWorld {
 public:
  /// `database_url`: a database with the host's and the module's migrations applied.
  explicit PluginWorld(const std::string& database_url);
  ~PluginWorld();

  crm::sdk::UserId add_user(const std::string& email, crm::sdk::Role role = crm::sdk::Role::rep,
                            const std::string& timezone = "America/New_York");
  /// `target`: path and query. Signed in as `user`; a body is sent as JSON.
  TestResponse call(crm::sdk::Method method, const std::string& target, crm::sdk::UserId user,
                    const std::string& body = {}, const std::string& accept = "application/json");
  TestResponse get(const std::string& target, crm::sdk::UserId user) {
    return call(crm::sdk::Method::get, target, user);
  }
  TestResponse get_csv(const std::string& target, crm::sdk::UserId user) {
    return call(crm::sdk::Method::get, target, user, {}, "text/csv");
  }
  TestResponse post(const std::string& target, crm::sdk::UserId user, const std::string& body) {
    return call(crm::sdk::Method::post, target, user, body);
  }
  TestResponse put(const std::string& target, crm::sdk::UserId user, const std::string& body) {
    return call(crm::sdk::Method::put, target, user, body);
  }
  TestResponse del(const std::string& target, crm::sdk::UserId user) {
    return call(crm::sdk::Method::del, target, user);
  }

  /// One SQL statement straight to the database; the first column of the first row.
  std::string sql(const std::string& statement);
  crm::sdk::Outcome<crm::sdk::JobReport> run_job(std::string_view name);
  /// Runs the after-hook in a transaction of its own and commits it.
  crm::sdk::Done contact_merged(std::int64_t gone, std::int64_t stays);
  crm::sdk::Done user_left(crm::sdk::UserId user);
  void make_demo_page();
  /// The module's settings from now on, a JSON object.
  void set_settings(const std::string& json);

  SteadyClock clock;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace scheduling::test
