#include "reference_host/records/hook_table.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "reference_host/records/hook_event_text.hpp"

namespace crm::app {
namespace {

constexpr sdk::Statement k_queue{
    "hook_events.queue",
    "INSERT INTO hook_events (owner, subject, event, record_module, payload, last_error, created_at, subject_ids) "
    "VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::bigint[])"};
constexpr std::string_view k_savepoint = "record_hook";

/// Which rows the event is about, as an array of PostgreSQL: events that share one are replayed in order.
std::string subject_ids(const sdk::RecordChange& change) {
  std::string ids = "{";
  for (const sdk::Record* record : {change.before, change.after})
    if (record != nullptr) ids += (ids.size() > 1 ? "," : "") + std::to_string(record->id.value);
  return ids + "}";
}
std::string subject_ids(const sdk::UserChange& change) {
  return "{" + std::to_string(change.user->id.value) + "}";
}

std::string_view module_of(const sdk::RecordChange& change) {
  return change.after != nullptr ? change.after->module : change.before->module;
}

}  // namespace

/// One hook, or an event that is stored for a module which is switched off.
struct HookTable::Entry {
  std::string owner;
  std::string record_module;  ///< empty for user events
  std::optional<sdk::RecordEvent> record_event;
  std::optional<sdk::UserEvent> user_event;
  sdk::BeforeRecordHook before;
  sdk::AfterRecordHook after;
  sdk::AfterUserHook user;
  int running = 0;
  bool switched_off = false;

  bool is_after() const { return after || user || switched_off; }
  bool hears(const sdk::RecordChange& change) const {
    return record_event == change.event && record_module == module_of(change);
  }
  bool hears(const sdk::UserChange& change) const { return user_event == change.event; }
  sdk::Done call(sdk::Session& session, const sdk::RecordChange& change) const { return after(session, change); }
  sdk::Done call(sdk::Session& session, const sdk::UserChange& change) const { return user(session, change); }
};

struct HookTable::Impl {
  sdk::Log& log;
  mutable std::mutex mutex;
  std::condition_variable finished;
  std::vector<std::shared_ptr<Entry>> entries;

  sdk::Done add(Entry entry, bool callable) {
    if (!callable) return sdk::fail(sdk::FailureKind::invalid, "an empty hook");
    const std::lock_guard lock(mutex);
    entries.push_back(std::make_shared<Entry>(std::move(entry)));
    return {};
  }
  /// Stores the event for the owner. Posted: when it fails, so does the transaction, and then there is no
  /// event either.
  template <class Change>
  static void queue(sdk::Session& session, const Entry& entry, const Change& change, std::string_view error) {
    session.post(k_queue,
                 {entry.owner, entry.record_event ? "record" : "user", event_name(change.event), entry.record_module,
                  change_json(change), error, change.occurrence.occurred_at, subject_ids(change)});
  }
  template <class Change>
  sdk::Done tell(sdk::Session& session, const Running& running, const Change& change);
};

/// The entries that match, held back from destruction while they are called. No lock is held meanwhile,
/// so a hook may change records itself.
class HookTable::Running {
 public:
  template <class Matches>
  Running(Impl& impl, Matches&& matches) : impl_(impl) {
    const std::lock_guard lock(impl_.mutex);
    for (const auto& entry : impl_.entries)
      if (matches(*entry)) {
        ++entry->running;
        entries_.push_back(entry);
      }
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (entries_.empty()) return;
    {
      const std::lock_guard lock(impl_.mutex);
      for (const auto& entry : entries_) --entry->running;
    }
    impl_.finished.notify_all();
  }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  Impl& impl_;
  std::vector<std::shared_ptr<Entry>> entries_;
};

HookTable::HookTable(sdk::Log& log) : impl_(new Impl{log, {}, {}, {}}) {}
HookTable::~HookTable() = default;

sdk::Done HookTable::add_before(std::string_view owner, std::string record_module, sdk::RecordEvent event,
                                sdk::BeforeRecordHook hook) {
  Entry entry;
  entry.owner = owner;
  entry.record_module = std::move(record_module);
  entry.record_event = event;
  entry.before = std::move(hook);
  const bool callable = static_cast<bool>(entry.before);
  return impl_->add(std::move(entry), callable);
}

sdk::Done HookTable::add_after(std::string_view owner, std::string record_module, sdk::RecordEvent event,
                               sdk::AfterRecordHook hook) {
  Entry entry;
  entry.owner = owner;
  entry.record_module = std::move(record_module);
  entry.record_event = event;
  entry.after = std::move(hook);
  const bool callable = static_cast<bool>(entry.after);
  return impl_->add(std::move(entry), callable);
}

sdk::Done HookTable::add_user(std::string_view owner, sdk::UserEvent event, sdk::AfterUserHook hook) {
  Entry entry;
  entry.owner = owner;
  entry.user_event = event;
  entry.user = std::move(hook);
  const bool callable = static_cast<bool>(entry.user);
  return impl_->add(std::move(entry), callable);
}

void HookTable::add_switched_off(std::string_view owner, std::string record_module, sdk::RecordEvent event) {
  Entry entry;
  entry.owner = owner;
  entry.record_module = std::move(record_module);
  entry.record_event = event;
  entry.switched_off = true;
  (void)impl_->add(std::move(entry), true);
}

void HookTable::add_switched_off(std::string_view owner, sdk::UserEvent event) {
  Entry entry;
  entry.owner = owner;
  entry.user_event = event;
  entry.switched_off = true;
  (void)impl_->add(std::move(entry), true);
}

void HookTable::remove_switched_off(std::string_view owner) {
  const std::lock_guard lock(impl_->mutex);
  std::erase_if(impl_->entries, [&](const auto& entry) { return entry->owner == owner && entry->switched_off; });
}

void HookTable::remove_hooks(std::string_view owner) {
  std::unique_lock lock(impl_->mutex);
  std::vector<std::shared_ptr<Entry>> leaving;
  std::erase_if(impl_->entries, [&](const auto& entry) {
    if (entry->owner != owner || entry->switched_off) return false;
    leaving.push_back(entry);
    return true;
  });
  impl_->finished.wait(lock, [&] {
    return std::all_of(leaving.begin(), leaving.end(), [](const auto& entry) { return entry->running == 0; });
  });
  lock.unlock();
  for (const auto& entry : leaving) {  // whoever still holds an entry holds no code of the module
    entry->before = nullptr;
    entry->after = nullptr;
    entry->user = nullptr;
  }
}

std::optional<sdk::Veto> HookTable::before(sdk::Session& session, const sdk::RecordChange& change) {
  const Running running(*impl_, [&](const Entry& entry) { return entry.before && entry.hears(change); });
  for (const auto& entry : running)
    if (auto veto = entry->before(session, change)) return veto;
  return std::nullopt;
}

/// Calls each hook between its own savepoint and release. The savepoint keeps the record: in PostgreSQL one
/// failed statement spoils the whole transaction, and rolling back to the savepoint heals it. After that the
/// event is stored in the same transaction, so it exists exactly when the change does. A module that is
/// switched off has no function to call; its event is stored at once.
template <class Change>
sdk::Done HookTable::Impl::tell(sdk::Session& session, const Running& running, const Change& change) {
  for (const auto& entry : running) {
    std::string error = "switched off";
    if (!entry->switched_off) {
      if (auto set = session.savepoint(k_savepoint); !set) return set;
      auto done = entry->call(session, change);
      if (done) done = session.release(k_savepoint);
      if (done) continue;
      error = done.error().message;
      log.error("hook.failed", {{"module", entry->owner}, {"event", event_name(change.event)}, {"what", error}});
      // Without the connection there is nothing to roll back to, and no record to save either.
      if (auto back = session.rollback_to(k_savepoint); !back) return back;
    }
    queue(session, *entry, change, error);
  }
  return {};
}

sdk::Done HookTable::after(sdk::Session& session, const sdk::RecordChange& change) {
  const Running running(*impl_, [&](const Entry& entry) { return entry.is_after() && entry.hears(change); });
  return impl_->tell(session, running, change);
}

sdk::Done HookTable::after(sdk::Session& session, const sdk::UserChange& change) {
  const Running running(*impl_, [&](const Entry& entry) { return entry.hears(change); });
  return impl_->tell(session, running, change);
}

std::vector<std::string> HookTable::live_owners() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<std::string> owners;
  for (const auto& entry : impl_->entries)
    if (!entry->switched_off && std::find(owners.begin(), owners.end(), entry->owner) == owners.end())
      owners.push_back(entry->owner);
  return owners;
}

sdk::Done HookTable::replay(sdk::Session& session, std::string_view owner, const sdk::RecordChange& change) {
  const Running running(*impl_,
                        [&](const Entry& entry) { return entry.after && entry.owner == owner && entry.hears(change); });
  for (const auto& entry : running)
    if (auto done = entry->call(session, change); !done) return done;
  return {};
}

sdk::Done HookTable::replay(sdk::Session& session, std::string_view owner, const sdk::UserChange& change) {
  const Running running(*impl_,
                        [&](const Entry& entry) { return entry.user && entry.owner == owner && entry.hears(change); });
  for (const auto& entry : running)
    if (auto done = entry->call(session, change); !done) return done;
  return {};
}

}  // namespace crm::app
