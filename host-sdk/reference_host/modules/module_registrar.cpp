#include "reference_host/modules/module_registrar.hpp"

#include "reference_host/database/migrator.hpp"
#include "reference_host/jobs/crm_jobs.hpp"
#include "reference_host/modules/asset_routes.hpp"

namespace crm::app {
namespace {

std::optional<sdk::UserEvent> user_event(const std::string& word) {
  for (int i = 0; i <= static_cast<int>(sdk::UserEvent::deleted); ++i)
    if (word == to_string(static_cast<sdk::UserEvent>(i))) return static_cast<sdk::UserEvent>(i);
  return std::nullopt;
}

std::optional<sdk::RecordEvent> record_event(const std::string& word) {
  for (int i = 0; i <= static_cast<int>(sdk::RecordEvent::owner_changed); ++i)
    if (word == to_string(static_cast<sdk::RecordEvent>(i))) return static_cast<sdk::RecordEvent>(i);
  return std::nullopt;
}

}  // namespace

sdk::Done ModuleRegistrar::migrate(const Manifest& manifest, const std::string& folder) {
  if (manifest.migrations.empty()) return {};
  const auto applied = app::migrate(database_, clock_, log_, manifest.id, folder + "/" + manifest.migrations);
  if (!applied) return sdk::fail(applied.error());
  return {};
}

sdk::Done ModuleRegistrar::go_live(const Manifest& manifest, const std::string& folder, Registrations& registrations) {
  const std::string& id = manifest.id;
  auto done = add_hooks(id, registrations);
  // Only now goes what collected events while the module was off: an event in between is heard twice,
  // which hooks must survive, and never lost.
  if (done) hooks_.remove_switched_off(id);
  if (done) done = add_jobs(id, registrations);
  if (done) done = add_routes(id, folder, registrations);
  if (!done) switch_off(manifest);
  if (done) jobs_.nudge(k_replay_job);  // what was missed is heard now
  return done;
}

sdk::Done ModuleRegistrar::add_routes(const std::string& id, const std::string& folder, Registrations& registrations) {
  std::vector<sdk::Route> routes = std::move(registrations.routes);
  for (const sdk::AssetFolder& assets : registrations.assets) {
    auto files = asset_routes(folder, assets);
    if (!files) return sdk::fail(files.error());
    for (sdk::Route& route : *files) routes.push_back(std::move(route));
  }
  return routes_.replace_owner(id, std::move(routes));
}

sdk::Done ModuleRegistrar::add_hooks(const std::string& id, Registrations& registrations) {
  for (auto& one : registrations.before_hooks)
    if (auto done = hooks_.add_before(id, one.record_module, one.event, std::move(one.hook)); !done) return done;
  for (auto& one : registrations.after_hooks)
    if (auto done = hooks_.add_after(id, one.record_module, one.event, std::move(one.hook)); !done) return done;
  for (auto& one : registrations.user_hooks)
    if (auto done = hooks_.add_user(id, one.event, std::move(one.hook)); !done) return done;
  registrations.before_hooks.clear();
  registrations.after_hooks.clear();
  registrations.user_hooks.clear();
  return {};
}

sdk::Done ModuleRegistrar::add_jobs(const std::string& id, Registrations& registrations) {
  for (sdk::Job& job : registrations.jobs)
    if (auto done = jobs_.add(id, std::move(job)); !done) return done;
  registrations.jobs.clear();
  return {};
}

void ModuleRegistrar::switch_off(const Manifest& manifest) {
  const std::string& id = manifest.id;
  routes_.switch_off(id);
  // Taken already when the module was live; one that never was is announced by its manifest.
  for (const Manifest::Route& one : manifest.routes) (void)routes_.add_switched_off(id, one.method, one.path);
  jobs_.remove_owner(id);
  hooks_.remove_switched_off(id);
  for (const Manifest::Hook& one : manifest.hooks) {
    if (one.when != "after") continue;
    if (one.on == "users") {
      if (const auto event = user_event(one.event)) hooks_.add_switched_off(id, *event);
    } else if (const auto event = record_event(one.event)) {
      hooks_.add_switched_off(id, one.on, *event);
    }
  }
  hooks_.remove_hooks(id);
}

}  // namespace crm::app
