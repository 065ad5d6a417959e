#pragma once
/// Hooks of all modules on records and users.
///
/// Thread: any. Owner: hooks belong to a module id and leave with it.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"

namespace crm::host {

class HookTable {
 public:
  explicit HookTable(sdk::Log& log, sdk::Clock& clock);
  ~HookTable();

  sdk::Done add_before(std::string_view owner, std::string record_module, sdk::RecordEvent event, sdk::BeforeRecordHook hook);
  sdk::Done add_after(std::string_view owner, std::string record_module, sdk::RecordEvent event, sdk::AfterRecordHook hook);
  sdk::Done add_user(std::string_view owner, sdk::UserEvent event, sdk::AfterUserHook hook);
  /// After it returns no hook of `owner` runs or will run, and the functions are destroyed.
  void remove_owner(std::string_view owner);

  /// The first veto wins.
  std::optional<sdk::Veto> before(sdk::Session& session, const sdk::RecordChange& change);
  /// Each hook under a savepoint. A hook that fails is rolled back to it, logged, and its event is
  /// written to `hook_events`, from where the job `ReplayHookEventsJob` calls it again later.
  /// Events for modules that are switched off but were enabled before are queued the same way.
  sdk::Done after(sdk::Session& session, const sdk::RecordChange& change);
  sdk::Done after(sdk::Session& session, sdk::UserEvent event, const sdk::User& user);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::host
