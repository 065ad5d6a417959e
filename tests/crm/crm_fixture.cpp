#include "tests/crm/crm_fixture.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <stdexcept>

#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/password_routes.hpp"
#include "reference_host/auth/user_routes.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/jobs/crm_jobs.hpp"
#include "reference_host/jobs/operation_routes.hpp"
#include "reference_host/records/record_routes.hpp"

namespace crm::test {
namespace {

constexpr const char* k_schema = R"({"type":"object","properties":{
  "reply_to":{"type":"string","title":"Reply to","group":"Mail","description":"Who gets the answers"},
  "days":{"type":"integer","title":"Days","group":"Links","minimum":1,"maximum":9,"default":3},
  "blocked":{"type":"array","title":"Blocked","group":"Mail","items":{"type":"string"}},
  "policy":{"type":"string","title":"Policy","enum":["block","warn"]},
  "loud":{"type":"boolean","title":"Loud"},
  "client_secret":{"type":"string","title":"Client secret","secret":true}}})";

template <class T>
T need(sdk::Outcome<T> outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().message);
  return std::move(*outcome);
}

}  // namespace

std::string TestResponse::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string TestResponse::member(const std::string& name) const {
  const std::size_t at = body.find("\"" + name + "\":");
  if (at == std::string::npos) return {};
  std::size_t start = at + name.size() + 3;
  while (body[start] == ' ') ++start;
  if (body[start] == '"') return body.substr(start + 1, body.find('"', start + 1) - start - 1);
  return body.substr(start, body.find_first_of(",}]", start) - start);
}

std::vector<app::ModuleListing> FakeModules::modules() {
  return {{"meeting_scheduler", "Meeting Scheduler", "0.1.0", "Books meetings", state, "", health}};
}
sdk::Outcome<app::ModuleSettings> FakeModules::settings(std::string_view id) {
  if (id != "meeting_scheduler") return sdk::fail(sdk::FailureKind::not_found, "no such module");
  return app::ModuleSettings{
      k_schema, R"({"reply_to":"a<b","days":3,"policy":"warn","loud":true,"blocked":["a@x.test","b.test"]})"};
}
sdk::Done FakeModules::enable(std::string_view) {
  state = "enabled";
  return {};
}
sdk::Done FakeModules::disable(std::string_view) {
  state = "disabled";
  return {};
}
sdk::Outcome<app::ModuleParts> FakeModules::parts(std::string_view id) {
  if (id != "meeting_scheduler") return sdk::fail(sdk::FailureKind::not_found, "no such module");
  return app::ModuleParts{"Meeting Scheduler", {"/schedule"}, {"SendMeetingReminderJob"}, {"Scheduling"}, {"Meetings"}};
}
sdk::Outcome<std::vector<sdk::FieldError>> FakeModules::save_settings(std::string_view, std::string_view values_json) {
  if (refuses.empty()) saved_json = values_json;
  return refuses;
}

sdk::Outcome<sdk::Delivery> KeptMail::deliver(const sdk::Envelope&, std::string_view message) noexcept {
  if (trouble) return sdk::fail(*trouble);
  messages.emplace_back(message);
  return sdk::Delivery{sdk::DeliveryStatus::accepted, "250 ok"};
}

TestCrm::TestCrm() {
  options.development = true;
  options.public_url = "http://crm.example.test";
  db.clock().set(sdk::Micros{std::chrono::sys_days{std::chrono::year{2025} / 3 / 3} + std::chrono::hours(12)});
  secrets = need(app::SecretKey::load(folder.path() + "/secret.key")).secrets_for("host");
  hasher = std::make_unique<app::PasswordHasher>(*secrets);
  accounts = std::make_unique<app::Accounts>(hooks, *hasher, db.clock());
  credentials =
      std::make_unique<app::Credentials>(db.database(), *accounts, *hasher, db.clock(), *secrets, db.log(), true);
  crm.reset(new app::CrmServices{db.database(), db.clock(), db.log(), *secrets, options, hooks, jobs, mailer, records,
                                 *hasher, *credentials, *accounts});
  const auto add = [&](std::vector<sdk::Route> found) {
    for (sdk::Route& route : found)
      if (auto added = routes.add("host", std::move(route)); !added) throw std::runtime_error(added.error().message);
  };
  add(app::auth_routes(*crm));
  add(app::user_routes(*crm));
  add(app::password_routes(*crm));
  add(app::record_routes({db.database(), *accounts, db.log(), records}));
  add(app::operation_routes(*crm));
  add(app::html_page_routes({*crm, modules}));
  for (sdk::Job& job : app::crm_jobs(*crm)) (void)jobs.add("host", std::move(job));
  app::HttpServerConfig config;
  config.port = 0;
  config.workers = 8;
  config.login_path = "/login";
  config.rate_limits = false;
  server = std::make_unique<app::HttpServer>(config, routes, *credentials, db.log(), app::AccessSink{});
  if (auto started = server->start(); !started) throw std::runtime_error(started.error().message);
}

TestCrm::~TestCrm() {
  server->stop();
  jobs.stop();
}

TestResponse TestCrm::call(const std::string& method, const std::string& path, const std::string& body,
                           HeaderList headers) {
  Poco::Net::HTTPClientSession session("127.0.0.1", static_cast<std::uint16_t>(server->port()));
  Poco::Net::HTTPRequest request(method, path, "HTTP/1.1");
  for (const auto& [name, value] : headers) request.set(name, value);
  if (method == "POST" || method == "PUT" || !body.empty()) request.setContentLength(std::ssize(body));
  session.sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  TestResponse seen;
  std::istream& in = session.receiveResponse(response);
  Poco::StreamCopier::copyToString(in, seen.body);
  seen.status = response.getStatus();
  seen.type = response.getContentType();
  for (const auto& [name, value] : response) seen.headers.emplace(name, value);
  return seen;
}

TestResponse TestCrm::as(const std::string& token, const std::string& method, const std::string& path,
                         const std::string& body) {
  HeaderList headers = {{"Authorization", "Bearer " + token}};
  if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
  return call(method, path, body, headers);
}

TestResponse TestCrm::form(const std::string& cookie, const std::string& path, const std::string& body) {
  HeaderList headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "text/html"}};
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  return call("POST", path, body, headers);
}

TestResponse TestCrm::page(const std::string& cookie, const std::string& path) {
  HeaderList headers = {{"Accept", "text/html"}};
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  return call("GET", path, "", headers);
}

sdk::UserId TestCrm::add_user(const std::string& email, sdk::Role role, const std::string& zone) {
  return need(accounts->create(db.database(), {email, "Name of " + email, "long enough", role, zone, {}})).user.id;
}

std::string TestCrm::token_of(sdk::UserId user) {
  return need(credentials->make_token({user, "test", std::nullopt})).token;
}

std::string TestCrm::cookie_of(const std::string& email) {
  const auto result = need(credentials->log_in({email, "long enough", {}}));
  if (!result.signed_in) throw std::runtime_error("the log-in was refused");
  return "crm_session=" + result.signed_in->session_token;
}

std::string TestCrm::csrf_of(const std::string& cookie) {
  return call("GET", "/api/v1/auth/session", "", {{"Cookie", cookie}}).member("csrf_token");
}

}  // namespace crm::test
