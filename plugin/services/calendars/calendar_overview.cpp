#include "plugin/services/calendars/calendar_overview.hpp"

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"

namespace scheduling {
namespace {

/// Who has more than that in trouble has one cause, not many.
constexpr int k_named = 5;

}  // namespace

Done CalendarOverview::refresh() {
  const Instant stale = clock_.now() - settings_.current().broken_calendars.stale_after;
  auto seen = transactions_.reading([&](Transaction& transaction) -> Result<CalendarHealth> {
    auto counts = transaction.calendars().counts(k_named, stale);
    if (!counts) return fail(std::move(counts.error()));
    CalendarHealth health{std::move(*counts), {}};
    for (const CalendarConnection& each : health.counts.first) {
      auto owner = transaction.users().find(each.user);
      if (!owner) return fail(std::move(owner.error()));
      health.owners.push_back(std::move(owner->name));
    }
    return health;
  });
  if (!seen) return fail(std::move(seen.error()));
  const std::lock_guard lock(mutex_);
  last_ = std::move(*seen);
  return {};
}

std::optional<CalendarHealth> CalendarOverview::last_health() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

}  // namespace scheduling
