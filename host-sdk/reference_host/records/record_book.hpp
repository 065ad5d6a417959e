#pragma once
/// Records in PostgreSQL, with the modules' hooks around every change.
///
/// Thread: any. Every call works in the session it is given; those that change something expect an open
/// transaction. Errors: `not_found` also for merged records; `vetoed` from before-hooks.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

class HookTable;

struct Activity {
  std::int64_t id = 0;
  std::string kind;
  std::string subject;
  sdk::Micros occurs_at{};
  std::string data_json;
  sdk::UserId user;
  sdk::Micros created_at{};
};

/// Which records a list shows. Empty members do not narrow.
struct RecordFilter {
  std::string_view module;
  std::string_view email;
  std::string_view words;               ///< in the name or an e-mail address, any case
  std::optional<sdk::UserId> for_user;  ///< only this user's, and nobody's
};

struct RecordEdit {
  std::optional<std::string> data_json;
  std::optional<sdk::UserId> owner;  ///< zero: nobody's
};

class PgRecordBook final : public sdk::RecordBook {
 public:
  PgRecordBook(HookTable& hooks, sdk::Clock& clock) : hooks_(hooks), clock_(clock) {}

  sdk::Outcome<sdk::Record> find(sdk::Session& session, const sdk::Viewer& viewer, sdk::RecordId id) noexcept override;
  sdk::Outcome<std::vector<sdk::Record>> find_by_email(sdk::Session& session, const sdk::Viewer& viewer,
                                                       std::string_view module,
                                                       std::string_view email) noexcept override;
  sdk::Ticket post_find_by_email(sdk::Session& session, std::string_view module,
                                 std::string_view email) noexcept override;
  sdk::Outcome<std::vector<sdk::Record>> collect_find_by_email(sdk::Session& session, sdk::Ticket ticket,
                                                               const sdk::Viewer& viewer, std::string_view,
                                                               std::string_view) noexcept override;
  sdk::Outcome<std::vector<sdk::RecordId>> seen(sdk::Session& session, const sdk::Viewer& viewer,
                                                std::span<const sdk::RecordId> ids) noexcept override;
  sdk::Outcome<sdk::RecordId> create(sdk::Session& session, const sdk::RecordDraft& draft,
                                     const sdk::Cause& cause) noexcept override;
  sdk::Done update(sdk::Session& session, sdk::RecordId id, std::string_view data_json,
                   const sdk::Cause& cause) noexcept override;
  sdk::Done add_activity(sdk::Session& session, const sdk::ActivityDraft& draft,
                         const sdk::Cause& cause) noexcept override;
  sdk::Outcome<std::vector<sdk::Activity>> recent_activities(sdk::Session& session, const sdk::Viewer& viewer,
                                                             sdk::RecordId record, int count) noexcept override;

  /// Locks the row, so that what is decided on it still holds when it is changed.
  /// The record, or the one that it was merged into.
  sdk::Outcome<sdk::Record> find_standing(sdk::Session& session, const sdk::Viewer& viewer, sdk::RecordId id) noexcept;
  sdk::Outcome<sdk::Record> lock(sdk::Session& session, sdk::RecordId id);
  sdk::Outcome<sdk::Record> change(sdk::Session& session, const sdk::Record& before, const RecordEdit& edit,
                                   const sdk::Cause& cause);
  sdk::Done remove(sdk::Session& session, const sdk::Record& record, const sdk::Cause& cause);
  /// `leaving` ends; its activities, addresses and missing values go to `surviving`. Both are locked.
  sdk::Outcome<sdk::Record> merge(sdk::Session& session, const sdk::Record& leaving, const sdk::Record& surviving,
                                  const sdk::Cause& cause);

  /// With ids above `after`, lowest first.
  sdk::Outcome<std::vector<sdk::Record>> list(sdk::Session& session, const RecordFilter& filter, std::int64_t after,
                                              int limit);
  /// With ids below `before` (0: from the newest), newest first, by `words`.
  sdk::Outcome<std::vector<sdk::Record>> search(sdk::Session& session, const RecordFilter& filter, std::int64_t before,
                                                int limit);
  /// Latest first; after the activity `after` (0: from the top).
  sdk::Outcome<std::vector<Activity>> activities(sdk::Session& session, sdk::RecordId record, std::int64_t after,
                                                 int limit);

 private:
  HookTable& hooks_;
  sdk::Clock& clock_;
};

}  // namespace crm::app
