#include "reference_host/modules/module_registry.hpp"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "reference_host/modules/module_entry.hpp"
#include "reference_host/modules/module_store.hpp"

namespace crm::app {
namespace {

/// A refused module is tried again after this: its files may have been replaced.
constexpr auto k_retry = std::chrono::seconds(30);

sdk::Failure unknown(std::string_view id) {
  return {sdk::FailureKind::not_found, "there is no module " + std::string(id), {}, {}, {}};
}

ModuleParts parts_of(const Manifest& manifest) {
  ModuleParts parts;
  parts.name = manifest.name.empty() ? manifest.id : manifest.name;
  for (const Manifest::Route& route : manifest.routes) {
    const std::string place = route.path.substr(0, route.path.find('/', 1));
    const bool is_public = route.access == sdk::Access::open && place != "/api";
    if (is_public &&
        std::find(parts.public_places.begin(), parts.public_places.end(), place) == parts.public_places.end())
      parts.public_places.push_back(place);
  }
  for (const Manifest::Job& job : manifest.jobs) parts.jobs.push_back(job.name);
  for (const sdk::Navigation& entry : manifest.navigation) parts.navigation.push_back(entry.label);
  for (const Manifest::RecordPanel& panel : manifest.record_panels) parts.panels.push_back(panel.title);
  return parts;
}

}  // namespace

struct ModuleRegistry::Impl {
  Impl(Surroundings given, std::atomic<bool>& ready)
      : around(std::move(given)), store(around.database, around.clock), is_ready(ready) {}

  Surroundings around;
  ModuleStore store;
  std::atomic<bool>& is_ready;
  /// Held while a module comes or goes, which may take as long as its slowest request.
  std::mutex change_mutex;
  /// Guards what the lists show; taken inside change_mutex, for moments.
  mutable std::mutex view_mutex;
  std::map<std::string, std::unique_ptr<ModuleEntry>, std::less<>> entries;
  std::map<std::string, ModuleListing, std::less<>> listings;
  std::map<std::string, std::shared_ptr<HealthBoard>, std::less<>> boards;
  std::vector<std::shared_ptr<PanelBoard>> panels;
  std::vector<std::shared_ptr<ChecklistBoard>> checklists;
  std::vector<sdk::Navigation> navigation;
  std::vector<std::string> documents;

  std::thread follower;
  std::mutex stop_mutex;
  std::condition_variable stop_wake;
  bool is_stopped = false;

  ModuleEntry* find(std::string_view id) {
    const auto found = entries.find(id);
    return found == entries.end() ? nullptr : found->second.get();
  }

  sdk::Services services_for(ModuleEntry& entry) {
    return {around.database, around.clock,   around.log,     around.users, around.records,
            around.mailer,   entry.settings, *entry.secrets, around.site,  around.jobs};
  }

  void show() {
    const std::lock_guard lock(view_mutex);
    listings.clear();
    boards.clear();
    panels.clear();
    checklists.clear();
    navigation.clear();
    documents.clear();
    bool all_live = true;
    for (const auto& [id, entry] : entries) {
      ModuleListing listing{
          id, entry->manifest.name, entry->manifest.version, entry->manifest.description, "disabled", {}, {}};
      if (entry->is_live())
        listing.state = "enabled";
      else if (entry->is_enabled)
        listing.state = "failed";
      listing.problem = entry->is_live() ? "" : entry->problem;
      all_live = all_live && (entry->is_live() || !entry->is_enabled);
      listings.emplace(id, std::move(listing));
      if (entry->health) boards.emplace(id, entry->health);
      if (entry->panels) panels.push_back(entry->panels);
      if (entry->checklist) checklists.push_back(entry->checklist);
      navigation.insert(navigation.end(), entry->navigation.begin(), entry->navigation.end());
      documents.insert(documents.end(), entry->documents.begin(), entry->documents.end());
    }
    is_ready = all_live;
  }

  void find_modules() {
    std::error_code error;
    std::vector<std::string> folders;
    for (const auto& one : std::filesystem::directory_iterator(around.plugin_dir, error))
      if (std::filesystem::exists(one.path() / "manifest.json")) folders.push_back(one.path().string());
    std::sort(folders.begin(), folders.end());
    for (const std::string& folder : folders) {
      auto manifest = read_manifest(folder);
      if (!manifest) {
        around.log.error("module.unreadable", {{"folder", folder}, {"why", manifest.error().message}});
        continue;
      }
      auto entry = std::make_unique<ModuleEntry>();
      entry->folder = folder;
      entry->manifest = std::move(*manifest);
      entry->secrets = around.secrets_for(entry->manifest.id);
      const std::string id = entry->manifest.id;
      if (!entries.emplace(id, std::move(entry)).second)
        around.log.error("module.twice", {{"folder", folder}, {"module", id}});
    }
  }

  /// Makes this instance do what the table says about one module.
  sdk::Done apply(ModuleEntry& entry) {
    if (entry.is_enabled == entry.is_live()) return {};
    sdk::Done done = entry.is_enabled ? bring_up(entry, services_for(entry), around.target, around.copy_folder)
                                      : take_down(entry, around.target);
    entry.problem = done ? "" : done.error().message;
    entry.next_try = std::chrono::steady_clock::now() + k_retry;
    if (done)
      around.log.info(entry.is_live() ? "module.enabled" : "module.disabled",
                      {{"module", entry.manifest.id}, {"version", entry.manifest.version}});
    else
      around.log.error("module.refused", {{"module", entry.manifest.id}, {"why", entry.problem}});
    return done;
  }

  sdk::Done follow_once() {
    const std::lock_guard lock(change_mutex);
    // Read inside the lock: what was read before somebody's decision here would undo it.
    auto rows = store.all();
    if (!rows) return sdk::fail(rows.error());
    bool changed = false;
    for (const ModuleStore::Row& row : *rows) {
      ModuleEntry* entry = find(row.id);
      if (entry == nullptr) continue;
      if (row.settings != entry->stored) entry->take_settings(row.settings);
      const bool is_news = row.is_enabled != entry->is_enabled;
      entry->is_enabled = row.is_enabled;
      const bool is_due =
          entry->is_enabled != entry->is_live() && (is_news || std::chrono::steady_clock::now() >= entry->next_try);
      if (is_due) (void)apply(*entry);
      changed = changed || is_news || is_due;
    }
    if (changed) show();
    return {};
  }

  void follow() {
    std::unique_lock lock(stop_mutex);
    while (!stop_wake.wait_for(lock, around.follow, [this] { return is_stopped; })) {
      lock.unlock();
      if (auto done = follow_once(); !done) around.log.warning("module.follow", {{"why", done.error().message}});
      lock.lock();
    }
  }

  sdk::Done switch_to(std::string_view id, bool is_enabled) {
    const std::lock_guard lock(change_mutex);
    ModuleEntry* entry = find(id);
    if (entry == nullptr) return sdk::fail(unknown(id));
    const bool before = entry->is_enabled;
    entry->is_enabled = is_enabled;
    sdk::Done done = apply(*entry);
    // A library that would not unload is switched off all the same; a module that is refused stays off.
    if (!done && is_enabled) entry->is_enabled = before;
    if (done || !is_enabled) {
      if (auto stored = store.set_enabled(entry->manifest.id, is_enabled); !stored) {
        entry->is_enabled = before;
        (void)apply(*entry);
        done = stored;
      }
    }
    show();
    return done;
  }
};

ModuleRegistry::ModuleRegistry(Surroundings surroundings)
    : impl_(std::make_unique<Impl>(std::move(surroundings), is_ready_)) {}

ModuleRegistry::~ModuleRegistry() {
  stop();
}

sdk::Done ModuleRegistry::start() {
  {
    const std::lock_guard lock(impl_->change_mutex);
    impl_->find_modules();
    for (const auto& [id, entry] : impl_->entries) {
      if (auto noted = impl_->store.note(id, entry->manifest.version); !noted) return noted;
    }
    const auto rows = impl_->store.all();
    if (!rows) return sdk::fail(rows.error());
    for (const ModuleStore::Row& row : *rows) {
      ModuleEntry* entry = impl_->find(row.id);
      if (entry == nullptr) continue;
      entry->is_enabled = row.is_enabled;
      entry->take_settings(row.settings);
      if (entry->is_enabled)
        (void)impl_->apply(*entry);
      else
        impl_->around.target.switch_off(entry->manifest);
    }
    impl_->show();
  }
  impl_->follower = std::thread([this] { impl_->follow(); });
  return {};
}

void ModuleRegistry::stop() {
  {
    const std::lock_guard lock(impl_->stop_mutex);
    impl_->is_stopped = true;
  }
  impl_->stop_wake.notify_all();
  if (impl_->follower.joinable()) impl_->follower.join();
  const std::lock_guard lock(impl_->change_mutex);
  for (const auto& [id, entry] : impl_->entries) {
    if (!entry->is_live()) continue;
    if (auto done = take_down(*entry, impl_->around.target); !done)
      impl_->around.log.error("module.unload", {{"module", id}, {"why", done.error().message}});
  }
  is_ready_ = false;
}

std::vector<ModuleListing> ModuleRegistry::modules() {
  std::vector<ModuleListing> all;
  std::map<std::string, std::shared_ptr<HealthBoard>, std::less<>> boards;
  {
    const std::lock_guard lock(impl_->view_mutex);
    for (const auto& [id, listing] : impl_->listings) all.push_back(listing);
    boards = impl_->boards;
  }
  // Outside the lock: a module's functions are asked. One that is going away meanwhile says nothing.
  for (ModuleListing& listing : all)
    if (const auto board = boards.find(listing.id); board != boards.end()) listing.health = board->second->ask();
  return all;
}

sdk::Outcome<ModuleSettings> ModuleRegistry::settings(std::string_view id) {
  const std::lock_guard lock(impl_->change_mutex);
  const ModuleEntry* entry = impl_->find(id);
  if (entry == nullptr) return sdk::fail(unknown(id));
  return ModuleSettings{
      entry->manifest.settings_json,
      settings_for_people(entry->manifest.settings, *settings_object(entry->stored), ShowSecrets::no)};
}

sdk::Outcome<std::string> ModuleRegistry::shown_settings(std::string_view id) {
  const std::lock_guard lock(impl_->change_mutex);
  const ModuleEntry* entry = impl_->find(id);
  if (entry == nullptr) return sdk::fail(unknown(id));
  return settings_for_people(entry->manifest.settings, *settings_object(entry->stored), ShowSecrets::as_set);
}

sdk::Done ModuleRegistry::enable(std::string_view id) {
  return impl_->switch_to(id, true);
}
sdk::Done ModuleRegistry::disable(std::string_view id) {
  return impl_->switch_to(id, false);
}

sdk::Outcome<std::vector<sdk::FieldError>> ModuleRegistry::change_settings(std::string_view id,
                                                                           const Poco::JSON::Object& changes) {
  const std::lock_guard lock(impl_->change_mutex);
  ModuleEntry* entry = impl_->find(id);
  if (entry == nullptr) return sdk::fail(unknown(id));
  auto errors = entry->manifest.settings.check(changes);
  if (!errors.empty()) return errors;
  auto stored =
      impl_->store.change_settings(entry->manifest.id, [&](const std::string& before) -> sdk::Outcome<std::string> {
        auto merged = merge_settings(entry->manifest.settings, *settings_object(before), changes, *entry->secrets);
        if (!merged) return sdk::fail(merged.error());
        return settings_text(**merged);
      });
  if (!stored) return sdk::fail(stored.error());
  entry->take_settings(*stored);
  return errors;
}

sdk::Outcome<std::vector<sdk::FieldError>> ModuleRegistry::save_settings(std::string_view id,
                                                                         std::string_view values_json) {
  return change_settings(id, *settings_object(std::string(values_json)));
}

sdk::Outcome<ModuleParts> ModuleRegistry::parts(std::string_view id) {
  const std::lock_guard lock(impl_->change_mutex);
  const ModuleEntry* entry = impl_->find(id);
  if (entry == nullptr) return sdk::fail(unknown(id));
  return parts_of(entry->manifest);
}

std::vector<sdk::Navigation> ModuleRegistry::navigation() {
  const std::lock_guard lock(impl_->view_mutex);
  return impl_->navigation;
}

std::vector<sdk::ChecklistStep> ModuleRegistry::checklist(const sdk::Principal& reader) {
  std::vector<std::shared_ptr<ChecklistBoard>> boards;
  {
    const std::lock_guard lock(impl_->view_mutex);
    boards = impl_->checklists;
  }
  std::vector<sdk::ChecklistStep> all;
  for (const auto& board : boards)
    for (sdk::ChecklistStep& step : board->ask(reader, impl_->around.log)) all.push_back(std::move(step));
  return all;
}

std::vector<ShownPanel> ModuleRegistry::panels(sdk::Session& session, const sdk::Record& record,
                                               const sdk::Principal& reader) {
  std::vector<std::shared_ptr<PanelBoard>> boards;
  {
    const std::lock_guard lock(impl_->view_mutex);
    boards = impl_->panels;
  }
  std::vector<ShownPanel> all;
  for (const auto& board : boards)
    for (ShownPanel& panel : board->show(session, record, reader, impl_->around.log)) all.push_back(std::move(panel));
  return all;
}

std::vector<std::string> ModuleRegistry::documents() {
  const std::lock_guard lock(impl_->view_mutex);
  return impl_->documents;
}

}  // namespace crm::app
