#include "module_loading/registrations.hpp"

#include <algorithm>

namespace crm::app {
namespace {

using sdk::FailureKind;

sdk::Done malformed(std::string what) {
  return sdk::fail(FailureKind::invalid, std::move(what));
}

/// Appends unless the loader is closed or an equal entry stands there.
template <class List, class One, class Same>
sdk::Done append(bool is_closed, List& list, One&& one, const std::string& name, Same&& same) noexcept {
  if (is_closed) return sdk::fail(FailureKind::invalid, name + " was registered after load() returned");
  if (std::any_of(list.begin(), list.end(), same))
    return sdk::fail(FailureKind::conflict, name + " is registered twice");
  list.push_back(std::forward<One>(one));
  return {};
}

bool is_plain_folder(const std::string& folder) {
  return !folder.empty() &&
         folder.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
             std::string::npos;
}

}  // namespace

sdk::Done CollectingLoader::register_route(sdk::Route route) noexcept {
  const std::string name = std::string(sdk::to_string(route.method)) + " " + route.pattern;
  if (!route.pattern.starts_with('/') || !route.handler)
    return malformed("the route " + name + " needs a path and a handler");
  return append(is_closed_, into_.routes, std::move(route), name, [&](const sdk::Route& other) {
    return std::string(sdk::to_string(other.method)) + " " + other.pattern == name;
  });
}

sdk::Done CollectingLoader::register_before_hook(std::string record_module, sdk::RecordEvent event,
                                                 sdk::BeforeRecordHook hook) noexcept {
  if (record_module.empty() || !hook) return malformed("a before-hook needs a record module and a function");
  const std::string name = "the before-hook on " + record_module;
  return append(is_closed_, into_.before_hooks, Registrations::Before{record_module, event, std::move(hook)}, name,
                [&](const auto& other) { return other.record_module == record_module && other.event == event; });
}

sdk::Done CollectingLoader::register_after_hook(std::string record_module, sdk::RecordEvent event,
                                                sdk::AfterRecordHook hook) noexcept {
  if (record_module.empty() || !hook) return malformed("an after-hook needs a record module and a function");
  const std::string name = "the after-hook on " + record_module;
  return append(is_closed_, into_.after_hooks, Registrations::After{record_module, event, std::move(hook)}, name,
                [&](const auto& other) { return other.record_module == record_module && other.event == event; });
}

sdk::Done CollectingLoader::register_user_hook(sdk::UserEvent event, sdk::AfterUserHook hook) noexcept {
  if (!hook) return malformed("a user hook needs a function");
  return append(is_closed_, into_.user_hooks, Registrations::User{event, std::move(hook)}, "the hook on users",
                [&](const auto& other) { return other.event == event; });
}

sdk::Done CollectingLoader::register_job(sdk::Job job) noexcept {
  if (job.name.empty() || job.interval.count() <= 0 || !job.body)
    return malformed("a job needs a name, an interval and a body");
  const std::string name = job.name;
  return append(is_closed_, into_.jobs, std::move(job), name,
                [&](const sdk::Job& other) { return other.name == name; });
}

sdk::Done CollectingLoader::register_assets(sdk::AssetFolder folder) noexcept {
  if (!folder.url_prefix.starts_with('/') || !is_plain_folder(folder.folder))
    return malformed("the asset folder '" + folder.folder + "' must be one folder below the module");
  const std::string name = folder.url_prefix;
  return append(is_closed_, into_.assets, std::move(folder), name,
                [&](const auto& other) { return other.url_prefix == name; });
}

sdk::Done CollectingLoader::register_navigation(sdk::Navigation entry) noexcept {
  if (entry.label.empty() || !entry.path.starts_with('/'))
    return malformed("a navigation entry needs a label and a path");
  const std::string name = entry.path;
  return append(is_closed_, into_.navigation, std::move(entry), name,
                [&](const auto& other) { return other.path == name; });
}

sdk::Done CollectingLoader::register_record_panel(sdk::RecordPanel panel) noexcept {
  if (panel.record_module.empty() || panel.title.empty() || !panel.show)
    return malformed("a record panel needs a record module, a title and a function");
  const std::string name = "the panel " + panel.title + " on " + panel.record_module;
  return append(is_closed_, into_.record_panels, std::move(panel), name, [&](const sdk::RecordPanel& other) {
    return "the panel " + other.title + " on " + other.record_module == name;
  });
}

sdk::Done CollectingLoader::register_openapi(std::string document) noexcept {
  if (!document.starts_with('{')) return malformed("an OpenAPI document is a JSON object");
  return append(is_closed_, into_.openapi, std::move(document), "the OpenAPI document",
                [](const auto&) { return false; });
}

sdk::Done CollectingLoader::register_health(sdk::HealthSource source) noexcept {
  if (source.name.empty() || !source.ask) return malformed("a health source needs a name and a function");
  const std::string name = "the health of " + source.name;
  return append(is_closed_, into_.health, std::move(source), name,
                [&](const sdk::HealthSource& other) { return "the health of " + other.name == name; });
}

sdk::Done CollectingLoader::register_checklist(sdk::ChecklistFunction ask) noexcept {
  if (!ask) return malformed("a checklist needs a function");
  return append(is_closed_, into_.checklists, std::move(ask), "the checklist", [](const auto&) { return false; });
}

}  // namespace crm::app
