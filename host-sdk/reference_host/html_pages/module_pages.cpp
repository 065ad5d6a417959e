#include <algorithm>

#include "crm/sdk/form.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/html_pages/settings_form.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

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
    entry.set("health", health_entries(module.health));
    entry.set("enabled", enabled);
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

/// "SendMeetingReminderJob" → "send meeting reminder"
std::string job_words(std::string_view name) {
  if (name.ends_with("Job")) name.remove_suffix(3);
  std::string words;
  for (const char c : name) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital && !words.empty()) words += ' ';
    words += is_capital ? static_cast<char>(c + 32) : c;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// Sentences, one for each kind of thing that stops.
PageData what_stops(const ModuleParts& parts) {
  PageData list = page_list();
  const auto say = [&](const std::string& text) {
    PageData line;
    line.set("text", text);
    list << line;
  };
  if (!parts.public_places.empty())
    say("Everybody who opens an address below " + joined(parts.public_places) +
        " reads that it is switched off: links that were mailed or published do not work.");
  std::vector<std::string> jobs;
  for (const std::string& name : parts.jobs) jobs.push_back(job_words(name));
  if (!jobs.empty()) say("What runs in the background stops, mails that wait included: " + joined(jobs) + ".");
  if (!parts.navigation.empty()) say("It leaves the menu: " + joined(parts.navigation) + ".");
  if (!parts.panels.empty()) say("The records' pages lose: " + joined(parts.panels) + ".");
  return list;
}

Response ask_to_disable(const PageServices& services, const Request& request) {
  const auto parts = services.modules.parts(request.param("id"));
  if (!parts) return failure_page(services, request, parts.error());
  PageData data;
  data.set("id", std::string(request.param("id")));
  data.set("name", parts->name);
  data.set("stops", what_stops(*parts));
  // What is under way, in the module's own numbers: who switches it off should know.
  for (const ModuleListing& module : services.modules.modules()) {
    if (module.id != request.param("id")) continue;
    data.set("has_health", !module.health.empty());
    data.set("health", health_entries(module.health));
  }
  return render_page(services, request, 200, "module_disable", "Switch off " + parts->name + "?", data);
}

Response disable(const PageServices& services, const Request& request) {
  if (sdk::Form::read(request.body).value("confirmed") != "yes") return ask_to_disable(services, request);
  return switched(services, request, services.modules.disable(request.param("id")));
}

std::string name_of(const PageServices& services, std::string_view id) {
  for (const ModuleListing& module : services.modules.modules())
    if (module.id == id && !module.name.empty()) return module.name;
  return std::string(id);
}

struct RefusedSettings {
  const sdk::Form& typed;
  std::vector<sdk::FieldError> errors;
};

Response settings_page(const PageServices& services, const Request& request, const RefusedSettings* refused) {
  const auto settings = services.modules.settings(request.param("id"));
  if (!settings) return failure_page(services, request, settings.error());
  PageData data;
  PageData groups =
      refused != nullptr ? settings_groups(*settings, &refused->typed, refused->errors) : settings_groups(*settings);
  data.set("id", std::string(request.param("id")));
  data.set("has_fields", groups.is_non_empty_list());
  data.set("groups", groups);
  data.set("saved", refused == nullptr && request.query_value("saved").has_value());
  data.set("refused", refused != nullptr);
  if (refused != nullptr) data.set("errors", settings_errors(*settings, refused->errors));
  return render_page(services, request, refused != nullptr ? 422 : 200, "module_settings",
                     "Settings of " + name_of(services, request.param("id")), data);
}

Response show_settings(const PageServices& services, const Request& request) {
  return settings_page(services, request, nullptr);
}

Response save_settings(const PageServices& services, const Request& request) {
  const auto settings = services.modules.settings(request.param("id"));
  if (!settings) return failure_page(services, request, settings.error());
  const sdk::Form form = sdk::Form::read(request.body);
  RefusedSettings refused{form, {}};
  SettingsAnswers answers = settings_from_form(*settings, form);
  refused.errors = std::move(answers.errors);
  if (refused.errors.empty()) {
    auto errors = services.modules.save_settings(request.param("id"), answers.json);
    if (!errors) return failure_page(services, request, errors.error());
    refused.errors = std::move(*errors);
  }
  if (!refused.errors.empty()) return settings_page(services, request, &refused);
  return Response::see_other("/admin/modules/" + std::string(request.param("id")) + "?saved=1");
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
  add(get, "/admin/modules/{id}/disable", ask_to_disable);
  add(post, "/admin/modules/{id}/disable", disable);
}

}  // namespace crm::app
