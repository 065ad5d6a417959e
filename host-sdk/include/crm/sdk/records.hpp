#pragma once
/// Records (`module_records`), the activity timeline, and the hooks around both.
///
/// A record is a JSON object that belongs to a CRM module ("contacts") and maybe to a user.
/// Thread:  any; each call uses the Session it is given and runs in that session's transaction.
/// Since:   SDK 1.0
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/users.hpp"

namespace crm::sdk {

struct Record {
  RecordId id;
  std::string module;
  std::string data_json;  ///< a JSON object, UTF-8
  UserId owner;           ///< zero: nobody's
  Micros created_at{};
  Micros updated_at{};
};

struct RecordDraft {
  std::string module;
  std::string data_json;
  UserId owner;
};

/// One entry of a record's timeline.
struct ActivityDraft {
  RecordId record;
  std::string kind;     ///< "meeting"
  std::string subject;  ///< one line
  Micros occurs_at{};
  std::string data_json = "{}";
  UserId user;      ///< who did it; zero: the module
  std::string key;  ///< unique per record and kind; adding the same key again replaces the entry
};

/// An entry as it stands on the timeline.
struct Activity {
  std::string kind;
  std::string subject;
  Micros occurs_at{};
  std::string data_json;
};

/// Who causes a change; given to hooks, so that a module can ignore its own writes.
struct Cause {
  std::string module_id;  ///< "meeting_scheduler"; empty when a user did it
  UserId user;
  std::string request_id;
};

/// Whoever reads says for whom (Viewer). A record that the viewer may not see is treated as one that does
/// not exist: `not_found`, or left out of a list. What a user asked for is read as that user; what the module
/// does by itself, and what the public causes, is read as the system. The CRM alone knows who may see what.
class RecordBook {
 public:
  virtual ~RecordBook() = default;
  virtual Outcome<Record> find(Session& session, const Viewer& viewer, RecordId id) noexcept = 0;
  /// Records whose `email` or one of `emails[]` equals `email` after Unicode normalisation and case
  /// folding, lowest id first. Inside a transaction it first takes a lock on that address, so that
  /// two bookings by the same stranger cannot both find nobody and create two contacts.
  virtual Outcome<std::vector<Record>> find_by_email(Session& session, const Viewer& viewer, std::string_view module,
                                                     std::string_view email) noexcept = 0;
  /// find_by_email() in two halves: the first queues lock and search (see Session::post), the second waits.
  /// A CRM that cannot queue leaves both as they are.
  virtual Ticket post_find_by_email(Session&, std::string_view /*module*/, std::string_view /*email*/) noexcept {
    return {};
  }
  virtual Outcome<std::vector<Record>> collect_find_by_email(Session& session, Ticket, const Viewer& viewer,
                                                             std::string_view module, std::string_view email) noexcept {
    return find_by_email(session, viewer, module, email);
  }
  /// Which of `ids` the viewer may see, in any order. A CRM that can ask for all at once does so.
  virtual Outcome<std::vector<RecordId>> seen(Session& session, const Viewer& viewer,
                                              std::span<const RecordId> ids) noexcept {
    std::vector<RecordId> seen;
    for (const RecordId id : ids) {
      auto record = find(session, viewer, id);
      if (record)
        seen.push_back(id);
      else if (record.error().kind != FailureKind::not_found)
        return unexpected(std::move(record.error()));
    }
    return seen;
  }
  /// Runs the before-hooks (`vetoed` when one refuses) and the after-hooks.
  virtual Outcome<RecordId> create(Session& session, const RecordDraft& draft, const Cause& cause) noexcept = 0;
  /// Replaces the record's data. Hooks as in create().
  virtual Done update(Session& session, RecordId id, std::string_view data_json, const Cause& cause) noexcept = 0;
  /// Queues the insert (see Session::post); a failure surfaces at the next collect() or commit().
  virtual Done add_activity(Session& session, const ActivityDraft& draft, const Cause& cause) noexcept = 0;
  /// The timeline, latest `occurs_at` first, at most `count`.
  virtual Outcome<std::vector<Activity>> recent_activities(Session& session, const Viewer& viewer, RecordId record,
                                                           int count) noexcept = 0;
};

enum class RecordEvent : std::uint8_t { created, updated, merged, deleted, owner_changed };
enum class UserEvent : std::uint8_t { deactivated, reactivated, deleted };

/// When an event happened, and whether a hook hears of it late.
///
/// An event is replayed when its hook failed, and when the module was off. Events about one record (or one
/// user) are replayed in the order in which they happened; an event of this moment may come before older ones
/// that still wait. So a hook that hears a replay reads the present state and does not trust the event alone.
struct Occurrence {
  Micros occurred_at{};  ///< by the CRM's Clock
  bool is_replay = false;
};

/// What a record hook is told. Views and references are valid during the call only.
struct RecordChange {
  RecordEvent event = RecordEvent::created;
  const Record* before = nullptr;  ///< null for `created`
  const Record* after = nullptr;   ///< null for `deleted`; for `merged` the record that stays
  const Cause* cause = nullptr;
  Occurrence occurrence{};
};

/// What a user hook is told. Valid during the call only.
struct UserChange {
  UserEvent event = UserEvent::deactivated;
  const User* user = nullptr;  ///< as the event left them; for `deleted` as they last were
  const Cause* cause = nullptr;
  Occurrence occurrence{};
};

struct Veto {
  std::string field;    ///< may be empty
  std::string message;  ///< shown to the user
};

/// Before the change is written; may refuse it. Runs in the CRM's transaction.
using BeforeRecordHook = std::function<std::optional<Veto>(Session&, const RecordChange&)>;
/// After the change, in the CRM's transaction under a savepoint: what it writes commits with the
/// record. On a Failure the savepoint rolls back, the record is saved all the same, and the CRM
/// queues the event and replays it; so it must survive repetition. It can refuse nothing.
using AfterRecordHook = std::function<Done(Session&, const RecordChange&)>;
/// After a user left or came back; same rules as AfterRecordHook.
using AfterUserHook = std::function<Done(Session&, const UserChange&)>;

}  // namespace crm::sdk
