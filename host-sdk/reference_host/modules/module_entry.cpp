#include "reference_host/modules/module_entry.hpp"

namespace crm::app {

namespace {

/// What the module handed over beside its routes, hooks and jobs.
void forget_surface(ModuleEntry& entry) {
  entry.navigation.clear();
  entry.documents.clear();
  if (entry.health) entry.health->close();
  entry.health.reset();
  if (entry.panels) entry.panels->close();
  entry.panels.reset();
  if (entry.checklist) entry.checklist->close();
  entry.checklist.reset();
}

}  // namespace

void ModuleEntry::take_settings(std::string text) {
  stored = std::move(text);
  const auto object = settings_object(stored);
  settings.set(settings_for_module(manifest.settings, *object, *secrets), chosen_settings(manifest.settings, *object));
}

/// Each step needs the one before it:
///
/// 1. The manifest is read again, because the folder may hold a newer version by now.
/// 2. LoadedModule::load() compares every fact before it calls anything, and gets the module's functions.
/// 3. Migrations come before start(), so that start() may use the tables. They only go forward: when a later step
///    fails, the newer tables stay, and the next try finds them done.
/// 4. start() comes before go_live(), so that no request, hook or job reaches a module that is not ready.
/// 5. What go_live() does not register (navigation, documents, health, panels, checklist) is taken before it empties
/// the
///    registrations. go_live() registers all or nothing.
///
/// When a step fails, every function of the module is destroyed before the library is unloaded; otherwise
/// destroying it later would run code that is no longer there.
sdk::Done bring_up(ModuleEntry& entry, const sdk::Services& services, RegistrationTarget& target,
                   const std::string& copy_folder) {
  auto manifest = read_manifest(entry.folder);
  if (!manifest) return sdk::fail(manifest.error());
  if (manifest->id != entry.manifest.id)
    return sdk::fail(sdk::FailureKind::invalid, entry.folder + " now holds the module " + manifest->id);
  entry.manifest = std::move(*manifest);
  entry.take_settings(entry.stored);
  auto loaded = LoadedModule::load(entry.folder, entry.manifest, services, copy_folder);
  sdk::Done done;
  if (!loaded) done = sdk::fail(loaded.error());
  if (done) done = target.migrate(entry.manifest, entry.folder);
  if (done) done = (*loaded)->start();
  if (done) {
    entry.navigation = (*loaded)->registrations().navigation;
    entry.documents = (*loaded)->registrations().openapi;
    entry.health = std::make_shared<HealthBoard>(std::move((*loaded)->registrations().health));
    entry.panels = std::make_shared<PanelBoard>(std::move((*loaded)->registrations().record_panels));
    entry.checklist = std::make_shared<ChecklistBoard>(std::move((*loaded)->registrations().checklists));
    done = target.go_live(entry.manifest, entry.folder, (*loaded)->registrations());
  }
  if (!done) {
    forget_surface(entry);
    if (loaded) (void)(*loaded)->unload();
    target.switch_off(entry.manifest);
    return done;
  }
  entry.loaded = std::move(*loaded);
  return {};
}

/// The same order backwards: no new call enters and the running ones finish (switch_off), the remaining functions
/// are destroyed, and then the module is stopped, destroyed and unloaded.
sdk::Done take_down(ModuleEntry& entry, RegistrationTarget& target) {
  target.switch_off(entry.manifest);
  forget_surface(entry);
  if (!entry.loaded) return {};
  auto done = entry.loaded->unload();
  entry.loaded.reset();
  return done;
}

}  // namespace crm::app
