#pragma once
/// Hooks of all modules on records and users.
///
/// Thread: any. Owner: hooks belong to a module id and leave with it.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

class HookTable {
 public:
  explicit HookTable(sdk::Log& log);
  ~HookTable();

  sdk::Done add_before(std::string_view owner, std::string record_module, sdk::RecordEvent event,
                       sdk::BeforeRecordHook hook);
  sdk::Done add_after(std::string_view owner, std::string record_module, sdk::RecordEvent event,
                      sdk::AfterRecordHook hook);
  sdk::Done add_user(std::string_view owner, sdk::UserEvent event, sdk::AfterUserHook hook);
  /// An event that a module names in its manifest while it is switched off: such events are stored until it
  /// is on again. Leaves with remove_switched_off().
  void add_switched_off(std::string_view owner, std::string record_module, sdk::RecordEvent event);
  void add_switched_off(std::string_view owner, sdk::UserEvent event);
  void remove_switched_off(std::string_view owner);
  /// After it returns no hook of `owner` runs or will run, and the functions are destroyed. What was
  /// added as switched off stays: add that first, and no event is lost between the two.
  void remove_hooks(std::string_view owner);

  /// The first veto wins.
  std::optional<sdk::Veto> before(sdk::Session& session, const sdk::RecordChange& change);
  /// Each hook under a savepoint. A hook that fails is rolled back to it, logged, and its event is
  /// written to `hook_events`, from where the job `ReplayHookEventsJob` calls it again later.
  /// Events for modules that are switched off are queued the same way.
  sdk::Done after(sdk::Session& session, const sdk::RecordChange& change);
  sdk::Done after(sdk::Session& session, const sdk::UserChange& change);

  /// Owners with live after-hooks: whose queued events may be replayed.
  std::vector<std::string> live_owners() const;
  /// Calls the owner's hooks for one queued event, without savepoint or queue of its own. Succeeds
  /// when the owner has no such hook any more.
  sdk::Done replay(sdk::Session& session, std::string_view owner, const sdk::RecordChange& change);
  sdk::Done replay(sdk::Session& session, std::string_view owner, const sdk::UserChange& change);

 private:
  struct Entry;
  struct Impl;
  class Running;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
