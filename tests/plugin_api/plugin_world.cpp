#include "tests/plugin_api/plugin_world.hpp"

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>
#include <Poco/StringTokenizer.h>
#include <Poco/URI.h>

#include <map>
#include <sstream>
#include <stdexcept>

#include "plugin/surface/demo_page.hpp"
#include "plugin/surface/surface.hpp"
#include "plugin/surface/wiring.hpp"
#include "reference_host/database/pg_database.hpp"
#include "tests/plugin_api/collecting_loader.hpp"
#include "tests/plugin_api/fake_crm.hpp"

namespace scheduling::test {

using namespace crm::sdk;

void SteadyClock::set(std::string_view rfc3339) {
  now_ = parse_instant(rfc3339).value();
}

void QuietLog::write(LogLevel, std::string_view, std::initializer_list<Pair>) noexcept {}

namespace {

std::string text_of(const Poco::Dynamic::Var& value) {
  if (value.isEmpty()) return "null";
  std::ostringstream out;
  Poco::JSON::Stringifier::stringify(value, out);
  return out.str();
}

std::vector<std::string> split(std::string_view text, const char* by) {
  const Poco::StringTokenizer parts{std::string(text), by};
  return {parts.begin(), parts.end()};
}

}  // namespace

std::string TestResponse::at(std::string_view path) const {
  Poco::JSON::Parser parser;
  Poco::Dynamic::Var value = parser.parse(body);
  for (const std::string& step : split(path, ".")) {
    if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
      const auto object = value.extract<Poco::JSON::Object::Ptr>();
      if (!object->has(step)) return "(absent)";
      value = object->get(step);
    } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
      const auto array = value.extract<Poco::JSON::Array::Ptr>();
      if (step == "size") return std::to_string(array->size());
      if (std::stoul(step) >= array->size()) return "(absent)";
      value = array->get(static_cast<unsigned>(std::stoul(step)));
    } else {
      return "(absent)";
    }
  }
  return value.isString() ? value.extract<std::string>() : text_of(value);
}

std::string TestResponse::fields() const {
  std::string text;
  for (int i = 0; at("errors." + std::to_string(i)) != "(absent)"; ++i) {
    const std::string error = "errors." + std::to_string(i);
    text += (text.empty() ? "" : " ") + at(error + ".field") + ":" + at(error + ".code");
  }
  return text;
}

struct PluginWorld::Impl {
  Impl(const std::string& url, SteadyClock& clock)
      : database(url, {}, log), users(), services{database, clock,    log,     users, records,
                                                  mailer,   settings, secrets, site,  jobs} {}

  void load() {
    loader = {};
    wiring = std::make_unique<Wiring>(services, SCHEDULING_MODULE_FOLDER);
    if (auto done = register_surface(loader, *wiring); !done) throw std::runtime_error(done.error().message);
  }

  QuietLog log;
  crm::app::PgDatabase database;
  TableUsers users;
  NoRecords records;
  NoMailer mailer;
  FixedSettings settings;
  PlainSecrets secrets;
  ExampleSite site;
  NoJobs jobs;
  Services services;
  std::unique_ptr<Wiring> wiring;
  CollectingLoader loader;
};

PluginWorld::PluginWorld(const std::string& database_url) : impl_(std::make_unique<Impl>(database_url, clock)) {
  clock.set("2025-01-13T12:00:00Z");  // a Monday
  impl_->load();
}
PluginWorld::~PluginWorld() = default;

std::string PluginWorld::sql(const std::string& statement) {
  auto direct = impl_->database.connect_direct();
  if (!direct) throw std::runtime_error(direct.error().message);
  auto rows = (*direct)->query(statement);
  if (!rows) throw std::runtime_error(rows.error().message);
  if ((*rows)->size() == 0) return "(none)";
  return (*rows)->is_null(0, 0) ? "(null)" : std::string((*rows)->text(0, 0));
}

crm::sdk::UserId PluginWorld::add_user(const std::string& email, Role role, const std::string& timezone) {
  const std::string id =
      sql("INSERT INTO users (email, email_key, name, password_hash, role, timezone, created_at) VALUES ('" + email +
          "', '" + email + "', 'Rep " + email + "', 'x', '" + (role == Role::admin ? "admin" : "rep") + "', '" +
          timezone + "', '2025-01-01') RETURNING id");
  return crm::sdk::UserId{std::stoll(id)};
}

TestResponse PluginWorld::call(Method method, const std::string& target, crm::sdk::UserId user, const std::string& body,
                               const std::string& accept) {
  const Poco::URI uri(target);
  const auto session = impl_->database.acquire();
  const auto found = impl_->users.find(**session, user);
  Request request;
  request.method = method;
  const std::string path = uri.getPath();
  request.path = path;
  request.target = target;
  request.body = body;
  request.request_id = "test";
  request.headers.push_back({"Content-Type", "application/json"});
  request.headers.push_back({"Accept", accept});
  const auto query = uri.getQueryParameters();
  for (const auto& [name, value] : query) request.query.push_back({name, value});
  if (found) request.principal = Principal{found->id, found->email, found->name, found->role, found->timezone};
  const Response response = impl_->loader.handle(request);
  TestResponse seen{response.status, response.body, {}};
  for (const Header& header : response.headers)
    if (header.name == "Location") seen.location = header.value;
  return seen;
}

crm::sdk::Outcome<JobReport> PluginWorld::run_job(std::string_view name) {
  return impl_->loader.job(name).body(std::stop_token{});
}

crm::sdk::Done PluginWorld::contact_merged(std::int64_t gone, std::int64_t stays) {
  return in_transaction(impl_->database, [&](Session& session) -> crm::sdk::Done {
    Record before, after;
    before.id = RecordId{gone};
    after.id = RecordId{stays};
    const Cause cause;
    return impl_->loader.record_hook("contacts", RecordEvent::merged)(session,
                                                                      {RecordEvent::merged, &before, &after, &cause});
  });
}

crm::sdk::Done PluginWorld::user_left(crm::sdk::UserId user) {
  sql("UPDATE users SET is_active = false WHERE id = " + std::to_string(user.value));
  return in_transaction(impl_->database, [&](Session& session) -> crm::sdk::Done {
    auto found = impl_->users.find(session, user);
    if (!found) return crm::sdk::fail(found.error());
    return impl_->loader.user_hook(UserEvent::deactivated)(session, {UserEvent::deactivated, &*found, nullptr});
  });
}

void PluginWorld::set_settings(const std::string& json) {
  impl_->settings.text = json;
}

void PluginWorld::make_demo_page() {
  create_demo_page(*impl_->wiring);
}

}  // namespace scheduling::test
