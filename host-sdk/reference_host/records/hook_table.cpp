#include "reference_host/records/hook_table.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "reference_host/records/hook_event_text.hpp"

namespace crm::host {
namespace {

constexpr sdk::Statement k_queue{
    "hook_events.queue",
    "INSERT INTO hook_events (owner, subject, event, record_module, payload, last_error, created_at) "
    "VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)"};
constexpr std::string_view k_savepoint = "record_hook";

std::string_view module_of(const sdk::RecordChange& change) {
  return change.after != nullptr ? change.after->module : change.before->module;
}

}  // namespace

/// One hook, or the wish of a switched-off module to hear later.
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
};

struct HookTable::Impl {
  sdk::Log& log;
  sdk::Clock& clock;
  mutable std::mutex mutex;
  std::condition_variable finished;
  std::vector<std::shared_ptr<Entry>> entries;

  sdk::Done add(Entry entry, bool callable) {
    if (!callable) return sdk::fail(sdk::FailureKind::invalid, "an empty hook");
    const std::lock_guard lock(mutex);
    entries.push_back(std::make_shared<Entry>(std::move(entry)));
    return {};
  }
  sdk::Done queue(sdk::Session& session, const Entry& entry, std::string_view subject, std::string_view event,
                  const std::string& payload, std::string_view error) {
    // Posted: when it fails, so does the transaction, and then there is no event either.
    session.post(k_queue, {entry.owner, subject, event, entry.record_module, payload, error, clock.now()});
    return {};
  }
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

HookTable::HookTable(sdk::Log& log, sdk::Clock& clock) : impl_(new Impl{log, clock, {}, {}, {}}) {}
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

sdk::Done HookTable::after(sdk::Session& session, const sdk::RecordChange& change) {
  const Running running(*impl_, [&](const Entry& entry) { return entry.is_after() && entry.hears(change); });
  for (const auto& entry : running) {
    std::string error = "switched off";
    if (!entry->switched_off) {
      if (auto set = session.savepoint(k_savepoint); !set) return set;
      auto done = entry->after(session, change);
      if (done) done = session.release(k_savepoint);
      if (done) continue;
      error = done.error().message;
      impl_->log.error("hook.failed", {{"module", entry->owner}, {"event", event_name(change.event)}, {"what", error}});
      // Without the connection there is nothing to roll back to, and no record to save either.
      if (auto back = session.rollback_to(k_savepoint); !back) return back;
    }
    impl_->queue(session, *entry, "record", event_name(change.event), change_json(change), error);
  }
  return {};
}

sdk::Done HookTable::after(sdk::Session& session, sdk::UserEvent event, const sdk::User& user) {
  const Running running(*impl_, [&](const Entry& entry) { return entry.user_event == event; });
  for (const auto& entry : running) {
    std::string error = "switched off";
    if (!entry->switched_off) {
      if (auto set = session.savepoint(k_savepoint); !set) return set;
      auto done = entry->user(session, event, user);
      if (done) done = session.release(k_savepoint);
      if (done) continue;
      error = done.error().message;
      impl_->log.error("hook.failed", {{"module", entry->owner}, {"event", event_name(event)}, {"what", error}});
      if (auto back = session.rollback_to(k_savepoint); !back) return back;
    }
    impl_->queue(session, *entry, "user", event_name(event), user_json(user), error);
  }
  return {};
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
    if (auto done = entry->after(session, change); !done) return done;
  return {};
}

sdk::Done HookTable::replay(sdk::Session& session, std::string_view owner, sdk::UserEvent event,
                            const sdk::User& user) {
  const Running running(
      *impl_, [&](const Entry& entry) { return entry.user && entry.owner == owner && entry.user_event == event; });
  for (const auto& entry : running)
    if (auto done = entry->user(session, event, user); !done) return done;
  return {};
}

}  // namespace crm::host
