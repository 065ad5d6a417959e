#include <algorithm>

#include "crm/sdk/form.hpp"
#include "reference_host/pages/page_routes.hpp"
#include "reference_host/pages/settings_form.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

PageData health_lines(const std::vector<HealthLine>& lines) {
  PageData list = page_list();
  for (const HealthLine& line : lines) {
    PageData entry;
    entry.set("name", line.name);
    entry.set("text", line.text);
    entry.set("level", std::string(to_string(line.level)));
    entry.set("word", line.level == sdk::HealthLevel::ok     ? "OK"
                      : line.level == sdk::HealthLevel::warn ? "Warning"
                                                             : "Error");
    list << entry;
  }
  return list;
}

Response modules_page(const PageServices& services, const Request& request, int status, const std::string& refused) {
  PageData list = page_list();
  const auto modules = services.modules.modules();
  for (const ModuleListing& module : modules) {
    const bool enabled = module.state == "enabled";
    PageData entry;
    entry.set("id", module.id);
    entry.set("name", module.name.empty() ? module.id : module.name);
    entry.set("version", module.version);
    entry.set("description", module.description);
    entry.set("state", module.state);
    if (!module.problem.empty()) entry.set("problem", module.problem);
    entry.set("has_health", !module.health.empty());
    entry.set("health", health_lines(module.health));
    entry.set("action", enabled ? "disable" : "enable");
    entry.set("action_label", enabled ? "Switch off" : "Switch on");
    list << entry;
  }
  PageData data;
  data.set("modules", list);
  data.set("has_modules", !modules.empty());
  if (!refused.empty()) data.set("refused", refused);
  return render_page(services, request, status, "modules", "Modules", data);
}

Response list(const PageServices& services, const Request& request) {
  return modules_page(services, request, 200, "");
}

Response switched(const PageServices& services, const Request& request, const sdk::Done& done) {
  if (done) return Response::see_other("/admin/modules");
  if (done.error().kind == sdk::FailureKind::not_found) return failure_page(services, request, done.error());
  return modules_page(services, request, 409, done.error().message);
}

Response enable(const PageServices& services, const Request& request) {
  return switched(services, request, services.modules.enable(request.param("id")));
}
Response disable(const PageServices& services, const Request& request) {
  return switched(services, request, services.modules.disable(request.param("id")));
}

Response settings_page(const PageServices& services, const Request& request, int status, const std::string& refused) {
  const auto settings = services.modules.settings(request.param("id"));
  if (!settings) return failure_page(services, request, settings.error());
  PageData data;
  PageData fields = settings_fields(*settings);
  data.set("id", std::string(request.param("id")));
  data.set("has_fields", fields.is_non_empty_list());
  data.set("fields", fields);
  data.set("saved", request.query_value("saved").has_value());
  if (!refused.empty()) data.set("refused", refused);
  return render_page(services, request, status, "module_settings", "Settings of " + std::string(request.param("id")),
                     data);
}

Response show_settings(const PageServices& services, const Request& request) {
  return settings_page(services, request, 200, "");
}

Response save_settings(const PageServices& services, const Request& request) {
  const auto settings = services.modules.settings(request.param("id"));
  if (!settings) return failure_page(services, request, settings.error());
  const auto values = settings_from_form(*settings, sdk::Form::read(request.body));
  auto saved =
      values ? services.modules.save_settings(request.param("id"), *values) : sdk::Done(sdk::fail(values.error()));
  if (saved) return Response::see_other("/admin/modules/" + std::string(request.param("id")) + "?saved=1");
  if (saved.error().kind != sdk::FailureKind::invalid) return failure_page(services, request, saved.error());
  return settings_page(services, request, 422, saved.error().field + ": " + saved.error().message);
}

}  // namespace

void add_module_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto add = [&](sdk::Method method, const char* pattern, PageHandler handler) {
    routes.push_back({method, pattern, Access::admin, RateClass::normal, page_handler(services, handler)});
  };
  add(get, "/admin/modules", list);
  add(get, "/admin/modules/{id}", show_settings);
  add(post, "/admin/modules/{id}", save_settings);
  add(post, "/admin/modules/{id}/enable", enable);
  add(post, "/admin/modules/{id}/disable", disable);
}

}  // namespace crm::app
