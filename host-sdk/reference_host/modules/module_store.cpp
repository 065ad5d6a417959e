#include "reference_host/modules/module_store.hpp"

namespace crm::app {
namespace {

constexpr sdk::Statement k_all{"modules.all", "SELECT id, is_enabled, settings::text FROM modules ORDER BY id"};
constexpr sdk::Statement k_note{
    "modules.note",
    "INSERT INTO modules (id, version, is_enabled, updated_at) VALUES ($1, $2, true, $3) "
    "ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, updated_at = EXCLUDED.updated_at "
    "WHERE modules.version <> EXCLUDED.version"};
constexpr sdk::Statement k_set_enabled{"modules.set_enabled",
                                       "UPDATE modules SET is_enabled = $2, updated_at = $3 WHERE id = $1"};
constexpr sdk::Statement k_lock{"modules.lock", "SELECT settings::text FROM modules WHERE id = $1 FOR UPDATE"};
constexpr sdk::Statement k_set_settings{"modules.set_settings",
                                        "UPDATE modules SET settings = $2::jsonb, updated_at = $3 WHERE id = $1"};

}  // namespace

sdk::Outcome<std::vector<ModuleStore::Row>> ModuleStore::all() {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_all);
  if (!rows) return sdk::fail(rows.error());
  std::vector<Row> all;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    all.push_back({row.next<std::string>(), row.next<bool>(), row.next<std::string>()});
  }
  return all;
}

sdk::Done ModuleStore::note(const std::string& id, const std::string& version) {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  if (auto done = (*session)->run(k_note, {id, version, clock_.now()}); !done) return sdk::fail(done.error());
  return {};
}

sdk::Done ModuleStore::set_enabled(const std::string& id, bool is_enabled) {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  if (auto done = (*session)->run(k_set_enabled, {id, is_enabled, clock_.now()}); !done) return sdk::fail(done.error());
  return {};
}

sdk::Outcome<std::string> ModuleStore::change_settings(
    const std::string& id, const std::function<sdk::Outcome<std::string>(const std::string&)>& change) {
  return sdk::in_transaction(database_, [&](sdk::Session& session) -> sdk::Outcome<std::string> {
    auto rows = session.run(k_lock, {id});
    if (!rows) return sdk::fail(rows.error());
    if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "there is no module " + id);
    auto next = change(sdk::RowReader(**rows, 0).next<std::string>());
    if (!next) return next;
    if (auto done = session.run(k_set_settings, {id, *next, clock_.now()}); !done) return sdk::fail(done.error());
    return next;
  });
}

}  // namespace crm::app
