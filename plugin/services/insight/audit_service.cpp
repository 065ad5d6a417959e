#include "plugin/services/insight/audit_service.hpp"

#include <set>

#include "plugin/ports/crm/user_directory.hpp"

namespace scheduling {
namespace {

std::set<UserId> users_in(const std::vector<LoggedChange>& changes) {
  std::set<UserId> users;
  for (const LoggedChange& each : changes) {
    if (each.user) users.insert(*each.user);
    if (each.assigned) users.insert(*each.assigned);
  }
  return users;
}

}  // namespace

Result<AuditPage> AuditService::list(const AuditFilter& filter, std::int64_t before, int count) {
  return transactions_.reading([&](Transaction& transaction) -> Result<AuditPage> {
    auto changes = transaction.audit().list(filter, before, count);
    if (!changes) return fail(std::move(changes.error()));
    AuditPage page{std::move(*changes), {}};
    auto active = transaction.users().all_active();
    if (!active) return fail(std::move(active.error()));
    for (const Person& person : *active) page.names[person.id] = person.name;
    for (const UserId user : users_in(page.changes)) {
      if (page.names.contains(user)) continue;
      auto gone = transaction.users().find(user);
      if (!gone && gone.error().code != Code::not_found) return fail(std::move(gone.error()));
      if (gone) page.names[user] = std::move(gone->name);
    }
    return page;
  });
}

}  // namespace scheduling
