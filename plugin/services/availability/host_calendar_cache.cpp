#include "plugin/services/availability/host_calendar_cache.hpp"

#include <algorithm>
#include <utility>

namespace scheduling {
namespace {

using std::chrono::days;

/// What most requests ask about, loaded at once: the form's month and the next, with the weeks around.
constexpr days k_usual_before{15};
constexpr days k_usual_after{80};
/// A stretch longer than this is answered, not kept.
constexpr days k_kept_max{400};

std::size_t size_of(const CachedCalendar& cached) {
  const HostCalendar& calendar = cached.calendar;
  const HostSchedule& schedule = calendar.schedule;
  return 256 + sizeof(CachedCalendar) + calendar.meetings.capacity() * sizeof(BookedMeeting) +
         calendar.external_busy.ranges().size() * sizeof(TimeRange) +
         schedule.overrides.capacity() * (sizeof(DayOverride) + 32) +
         schedule.hours.rules().size() * (sizeof(WeeklyRule) + sizeof(LocalSpan));
}

}  // namespace

Result<CachedCalendarPtr> HostCalendarCache::calendar(UserId host, TimeRange span) {
  if (auto refreshed = versions_.refresh(); !refreshed) return fail(std::move(refreshed.error()));
  if (auto found = known(host, span, versions_.newest(host).calendar, versions_.epoch())) return found;
  return transactions_.reading([&](Transaction& transaction) { return load(transaction, host, span); });
}

Result<CachedCalendarPtr> HostCalendarCache::calendar_at(Transaction& transaction, UserId host, TimeRange span,
                                                         std::int64_t version) {
  if (auto found = known(host, span, version, versions_.epoch())) return found;
  return load(transaction, host, span);
}

CachedCalendarPtr HostCalendarCache::known(UserId host, TimeRange span, std::int64_t version_min, std::uint64_t epoch) {
  const std::lock_guard lock(mutex_);
  const Entry* entry = calendars_.find(host);
  if (!entry || entry->epoch != epoch) return nullptr;
  const CachedCalendar& cached = *entry->calendar;
  return cached.version >= version_min && cached.covers.contains(span) ? entry->calendar : nullptr;
}

Result<CachedCalendarPtr> HostCalendarCache::load(Transaction& transaction, UserId host, TimeRange span) {
  const std::uint64_t epoch = versions_.epoch();
  const Cover cover = cover_of(span);
  auto loaded = load_host_calendar(transaction, zones_, host, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  return keep(host, std::move(*loaded), cover, epoch);
}

Result<std::vector<CachedCalendarPtr>> HostCalendarCache::calendars(std::span<const UserId> hosts, TimeRange span) {
  if (auto refreshed = versions_.refresh(); !refreshed) return fail(std::move(refreshed.error()));
  std::vector<CachedCalendarPtr> found;
  found.reserve(hosts.size());
  const std::uint64_t epoch = versions_.epoch();
  for (const UserId host : hosts) found.push_back(known(host, span, versions_.newest(host).calendar, epoch));
  if (std::ranges::find(found, nullptr) == found.end()) return found;
  auto loaded =
      transactions_.reading([&](Transaction& transaction) { return load_missing(transaction, hosts, span, found); });
  if (!loaded) return fail(std::move(loaded.error()));
  return found;
}

/// Fills the gaps in `calendars`.
Done HostCalendarCache::load_missing(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                                     std::vector<CachedCalendarPtr>& calendars) {
  const std::uint64_t epoch = versions_.epoch();
  std::vector<UserId> missing;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) missing.push_back(hosts[i]);
  const Cover cover = cover_of(span);
  auto loaded = load_host_calendars(transaction, zones_, missing, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  auto next = loaded->begin();
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) calendars[i] = keep(hosts[i], std::move(*next++), cover, epoch);
  return {};
}

HostCalendarCache::Cover HostCalendarCache::cover_of(TimeRange needed) const {
  const Instant now = clock_.now();
  const TimeRange usual{std::min(needed.start(), now - k_usual_before), std::max(needed.end(), now + k_usual_after)};
  const bool is_kept = usual.length() <= k_kept_max;
  return {is_kept ? usual : needed, is_kept};
}

CachedCalendarPtr HostCalendarCache::keep(UserId host, LoadedCalendar loaded, const Cover& cover, std::uint64_t epoch) {
  auto cached =
      std::make_shared<const CachedCalendar>(CachedCalendar{std::move(loaded.calendar), loaded.version, cover.span});
  // Without a schedule the zone comes from the CRM's user, which has no version.
  if (!cover.is_kept || !loaded.has_schedule) return cached;
  const std::lock_guard lock(mutex_);
  const Entry* before = calendars_.find(host);
  const bool is_newer_known = before && before->epoch == epoch && before->calendar->version > cached->version;
  if (!is_newer_known) calendars_.put(host, {cached, epoch}, size_of(*cached));
  return cached;
}

void HostCalendarCache::booked(UserId host, std::int64_t version, const BookedMeeting& meeting) {
  const std::lock_guard lock(mutex_);
  const Entry* entry = calendars_.find(host);
  if (!entry) return;
  const CachedCalendar& before = *entry->calendar;
  if (before.version != version || !before.covers.contains(meeting.time)) return;
  auto after = std::make_shared<CachedCalendar>(before);
  after->calendar.add(meeting);
  ++after->version;
  const std::size_t bytes = size_of(*after);
  calendars_.put(host, {std::move(after), entry->epoch}, bytes);
}

std::size_t HostCalendarCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return calendars_.bytes();
}

}  // namespace scheduling
