#include "reference_host/modules/module_routes.hpp"

#include "crm/sdk/guard.hpp"
#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

std::string health_json(const std::vector<HealthLine>& lines) {
  std::string json = "[";
  for (const HealthLine& line : lines) {
    json += json.back() == '[' ? "{\"name\":" : ",{\"name\":";
    sdk::append_json_string(json, line.name);
    json += ",\"level\":";
    sdk::append_json_string(json, to_string(line.level));
    json += ",\"text\":";
    sdk::append_json_string(json, line.text);
    json += '}';
  }
  return json + "]";
}

std::string to_json(const ModuleListing& module) {
  std::string json = "{\"id\":";
  sdk::append_json_string(json, module.id);
  json += ",\"name\":";
  sdk::append_json_string(json, module.name);
  json += ",\"version\":";
  sdk::append_json_string(json, module.version);
  json += ",\"description\":";
  sdk::append_json_string(json, module.description);
  json += ",\"state\":";
  sdk::append_json_string(json, module.state);
  json += std::string(",\"is_enabled\":") + (module.state == "enabled" ? "true" : "false") + ",\"problem\":";
  if (module.problem.empty())
    json += "null";
  else
    sdk::append_json_string(json, module.problem);
  return json + ",\"health\":" + health_json(module.health) + "}";
}

Response list(ModuleRegistry& registry) {
  std::string body = "{\"data\":[";
  for (const ModuleListing& module : registry.modules()) {
    if (body.back() != '[') body += ',';
    body += to_json(module);
  }
  return Response::json(200, body + "],\"next_cursor\":null}");
}

Response one(ModuleRegistry& registry, std::string_view id) {
  for (const ModuleListing& module : registry.modules())
    if (module.id == id) return Response::json(200, "{\"data\":" + to_json(module) + "}");
  return sdk::not_found();
}

/// Why a module was not loaded, or could not be unloaded, is told to the administrator who asked for it.
Response switched(ModuleRegistry& registry, sdk::Log& log, const Request& request, const sdk::Done& done) {
  if (done) return one(registry, request.param("id"));
  const sdk::Failure& failure = done.error();
  if (failure.kind == sdk::FailureKind::not_found || failure.kind == sdk::FailureKind::unavailable)
    return sdk::failure_response(failure, log, request.request_id);
  return sdk::refuse(409, "module_refused", "The module was refused", failure.message);
}

Response show_settings(ModuleRegistry& registry, sdk::Log& log, const Request& request) {
  const auto settings = registry.shown_settings(request.param("id"));
  if (!settings) return sdk::failure_response(settings.error(), log, request.request_id);
  return Response::json(200, "{\"data\":" + *settings + "}");
}

Response change_settings(ModuleRegistry& registry, sdk::Log& log, const Request& request) {
  if (const auto known = registry.shown_settings(request.param("id")); !known)
    return sdk::failure_response(known.error(), log, request.request_id);
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  Poco::JSON::Object changes;
  for (const std::string& name : input->names())
    if (const auto value = input->anything(name)) changes.set(name, *value);
  if (auto refusal = input->refusal()) return *refusal;
  auto errors = registry.change_settings(request.param("id"), changes);
  if (!errors) return sdk::failure_response(errors.error(), log, request.request_id);
  if (!errors->empty()) return sdk::validation_failed(std::move(*errors));
  return show_settings(registry, log, request);
}

}  // namespace

std::vector<sdk::Route> module_routes(ModuleRegistry& registry, sdk::Log& log) {
  using enum sdk::Method;
  std::vector<sdk::Route> routes;
  const auto add = [&](sdk::Method method, const char* pattern, sdk::Handler handler) {
    routes.push_back({method, pattern, sdk::Access::admin, sdk::RateClass::normal,
                      sdk::guard_handler(log, pattern, std::move(handler))});
  };
  add(get, "/api/v1/modules", [&registry](const Request&) { return list(registry); });
  add(get, "/api/v1/modules/{id}", [&registry](const Request& request) { return one(registry, request.param("id")); });
  add(post, "/api/v1/modules/{id}/enable", [&registry, &log](const Request& request) {
    return switched(registry, log, request, registry.enable(request.param("id")));
  });
  add(post, "/api/v1/modules/{id}/disable", [&registry, &log](const Request& request) {
    return switched(registry, log, request, registry.disable(request.param("id")));
  });
  add(get, "/api/v1/modules/{id}/settings",
      [&registry, &log](const Request& request) { return show_settings(registry, log, request); });
  add(put, "/api/v1/modules/{id}/settings",
      [&registry, &log](const Request& request) { return change_settings(registry, log, request); });
  return routes;
}

}  // namespace crm::app
