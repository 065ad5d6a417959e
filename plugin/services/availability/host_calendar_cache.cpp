#include "plugin/services/availability/host_calendar_cache.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

/// What most requests ask about, loaded at once: the form's month and the next, with the weeks around.
constexpr days k_usual_before{15};
/// How far ahead calendars reach. Whoever looks or books further makes the host's reach grow by steps, so that it grows
/// a few times, not with each day that somebody looks further.
constexpr std::array k_reaches{days{80}, days{200}, days{400}, days{800}, days{1600}};
/// A stretch longer than this is answered, not kept.
constexpr days k_kept_max{1700};

bool follows(const HostVersion& held, const CalendarUpdate& update) {
  return held.epoch == update.version.epoch && held.calendar >= update.since;
}

bool is_at_least(const HostVersion& held, const HostVersion& version) {
  return held.epoch == version.epoch && held.calendar >= version.calendar;
}

void put_events(CachedCalendar& cached, const CalendarUpdate& update) {
  if (update.events.empty()) return;
  for (const auto& [id, time] : update.events) {
    std::erase_if(cached.events, [&](const ExternalEvent& event) { return event.id == id; });
    if (time && time->overlaps(cached.covers)) cached.events.push_back({id, *time});
  }
  std::ranges::sort(cached.events, {}, [](const ExternalEvent& event) { return event.time.start(); });
  cached.calendar.external_busy = IntervalSet{times_of(cached.events)};
}

void put_meetings(CachedCalendar& cached, const CalendarUpdate& update) {
  for (const auto& [id, meeting] : update.meetings) {
    cached.calendar.remove(id);
    if (meeting && meeting->time.overlaps(cached.covers)) cached.calendar.add(*meeting);
  }
}

std::size_t size_of(const CachedCalendar& cached) {
  const HostCalendar& calendar = cached.calendar;
  const HostSchedule& schedule = calendar.schedule;
  return 256 + sizeof(CachedCalendar) + calendar.meetings.capacity() * sizeof(BookedMeeting) +
         calendar.external_busy.ranges().size() * sizeof(TimeRange) + cached.events.capacity() * sizeof(ExternalEvent) +
         schedule.overrides.capacity() * (sizeof(DayOverride) + 32) +
         schedule.hours.rules().size() * (sizeof(WeeklyRule) + sizeof(LocalSpan));
}

}  // namespace

Result<CachedCalendarPtr> HostCalendarCache::calendar(UserId host, TimeRange span) {
  auto refreshed = versions_.refresh();
  if (!refreshed) {
    if (auto found = while_away(refreshed.error(), {&host, 1}, span)) return found->front();
    if (refreshed.error().code != Code::database_unavailable) return fail(std::move(refreshed.error()));
  } else if (auto found = current(host, span, versions_.epoch())) {
    return found;
  }
  return transactions_.reading([&](Transaction& transaction) { return follow_or_load(transaction, host, span); });
}

HeldCalendar HostCalendarCache::held(UserId host) const {
  const std::uint64_t epoch = versions_.epoch();
  const std::lock_guard lock(mutex_);
  const Entry* entry = calendars_.find(host);
  if (!entry || entry->epoch != epoch) return {host, {}};
  return {host, entry->calendar->version.calendar};
}

Result<std::vector<CachedCalendarPtr>> HostCalendarCache::calendars_at(Transaction& transaction,
                                                                       std::span<const UserId> hosts, TimeRange span,
                                                                       std::span<const CalendarUpdate> updates) {
  const std::uint64_t epoch = versions_.epoch();
  std::vector<CachedCalendarPtr> found;
  found.reserve(hosts.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) found.push_back(follow(hosts[i], span, updates[i], epoch));
  if (auto loaded = load_missing(transaction, hosts, span, found); !loaded) return fail(std::move(loaded.error()));
  return found;
}

CachedCalendarPtr HostCalendarCache::known(UserId host, TimeRange span, std::uint64_t epoch) {
  const std::lock_guard lock(mutex_);
  const Entry* entry = calendars_.find(host);
  if (!entry || entry->epoch != epoch) return nullptr;
  return entry->calendar->covers.contains(span) ? entry->calendar : nullptr;
}

/// What memory holds, whatever became of it meanwhile; empty when it may not stand in, or does not hold all.
std::optional<std::vector<CachedCalendarPtr>> HostCalendarCache::while_away(const Error& refused,
                                                                            std::span<const UserId> hosts,
                                                                            TimeRange span) {
  if (!versions_.may_list_memory(refused)) return std::nullopt;
  std::vector<CachedCalendarPtr> found;
  const std::uint64_t epoch = versions_.epoch();
  for (const UserId host : hosts) found.push_back(known(host, span, epoch));
  if (std::ranges::find(found, nullptr) != found.end()) return std::nullopt;
  versions_.count_from_memory();
  return found;
}

CachedCalendarPtr HostCalendarCache::current(UserId host, TimeRange span, std::uint64_t epoch) {
  auto found = known(host, span, epoch);
  const bool is_current = found && found->version.calendar >= versions_.newest(host).calendar;
  return is_current && !may_be_read_since(*found) ? found : nullptr;
}

/// What memory knows was read too long ago, and a reading since would have raised no version.
bool HostCalendarCache::may_be_read_since(const CachedCalendar& held) const {
  const CalendarReadings& readings = held.calendar.readings;
  if (readings.has_broken || !readings.last_of_all) return false;
  return is_unreadable(readings, settings_.current().broken_calendars.stale_after, clock_.now());
}

CachedCalendarPtr HostCalendarCache::follow(UserId host, TimeRange span, const CalendarUpdate& update,
                                            std::uint64_t epoch) {
  auto held = known(host, span, epoch);
  if (!held) return nullptr;
  const bool is_there = is_at_least(held->version, update.version);
  const bool is_ahead = is_there && held->version.calendar > update.version.calendar;
  if (is_ahead || (is_there && held->calendar.readings == update.readings)) return held;
  if (!is_there && (!update.is_complete || !follows(held->version, update))) return nullptr;
  auto after = std::make_shared<CachedCalendar>(*held);
  put_meetings(*after, update);
  put_events(*after, update);
  after->calendar.readings = update.readings;
  after->version = update.version;
  if (!is_there) ++followed_;
  return put(host, std::move(after), epoch);
}

Result<CachedCalendarPtr> HostCalendarCache::load(Transaction& transaction, UserId host, TimeRange span) {
  const std::uint64_t epoch = versions_.epoch();
  const Cover cover = cover_of(span, {&host, 1});
  auto loaded = load_host_calendar(transaction, zones_, host, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  return keep(host, std::move(*loaded), cover, epoch);
}

Result<CachedCalendarPtr> HostCalendarCache::follow_or_load(Transaction& transaction, UserId host, TimeRange span) {
  const std::uint64_t epoch = versions_.epoch();
  if (!known(host, span, epoch)) return load(transaction, host, span);
  const HeldCalendar calendar = held(host);
  auto updates = transaction.meetings().calendar_changes({&calendar, 1});
  if (!updates) return fail(std::move(updates.error()));
  if (auto followed = follow(host, span, updates->front(), epoch)) return followed;
  return load(transaction, host, span);
}

Result<std::vector<CachedCalendarPtr>> HostCalendarCache::calendars(std::span<const UserId> hosts, TimeRange span) {
  auto refreshed = versions_.refresh();
  if (!refreshed) {
    if (auto held = while_away(refreshed.error(), hosts, span)) return std::move(*held);
    if (refreshed.error().code != Code::database_unavailable) return fail(std::move(refreshed.error()));
  }
  std::vector<CachedCalendarPtr> found;
  found.reserve(hosts.size());
  const std::uint64_t epoch = versions_.epoch();
  for (const UserId host : hosts) found.push_back(refreshed ? current(host, span, epoch) : nullptr);
  if (std::ranges::find(found, nullptr) == found.end()) return found;
  auto filled = transactions_.reading([&](Transaction& transaction) -> Done {
    if (auto followed = follow_held(transaction, hosts, span, found); !followed) return followed;
    return load_missing(transaction, hosts, span, found);
  });
  if (!filled) return fail(std::move(filled.error()));
  return found;
}

/// Fills those gaps in `calendars` that memory and a few changes fill.
Done HostCalendarCache::follow_held(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                                    std::vector<CachedCalendarPtr>& calendars) {
  const std::uint64_t epoch = versions_.epoch();
  std::vector<HeldCalendar> behind;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i] && known(hosts[i], span, epoch)) {
      behind.push_back(held(hosts[i]));
      places.push_back(i);
    }
  if (behind.empty()) return {};
  auto updates = transaction.meetings().calendar_changes(behind);
  if (!updates) return fail(std::move(updates.error()));
  for (std::size_t i = 0; i < behind.size(); ++i)
    calendars[places[i]] = follow(behind[i].host, span, (*updates)[i], epoch);
  return {};
}

/// Fills the gaps in `calendars`.
Done HostCalendarCache::load_missing(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                                     std::vector<CachedCalendarPtr>& calendars) {
  const std::uint64_t epoch = versions_.epoch();
  std::vector<UserId> missing;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) missing.push_back(hosts[i]);
  if (missing.empty()) return {};
  const Cover cover = cover_of(span, missing);
  auto loaded = load_host_calendars(transaction, zones_, missing, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  auto next = loaded->begin();
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) calendars[i] = keep(hosts[i], std::move(*next++), cover, epoch);
  return {};
}

HostCalendarCache::Cover HostCalendarCache::cover_of(TimeRange needed, std::span<const UserId> hosts) const {
  const Instant now = clock_.now();
  Instant end = needed.end();
  {
    const std::lock_guard lock(mutex_);
    for (const UserId host : hosts)  // whoever was looked at further ahead is so again
      if (const Entry* entry = calendars_.find(host)) end = std::max(end, entry->calendar->covers.end());
  }
  for (const days reach : k_reaches)
    if (end <= now + reach) {
      end = now + reach;
      break;
    }
  const TimeRange usual{std::min(needed.start(), now - k_usual_before), end};
  const bool is_kept = usual.length() <= k_kept_max;
  return {is_kept ? usual : needed, is_kept};
}

CachedCalendarPtr HostCalendarCache::keep(UserId host, LoadedCalendar loaded, const Cover& cover, std::uint64_t epoch) {
  ++loaded_;
  auto cached = std::make_shared<const CachedCalendar>(
      CachedCalendar{std::move(loaded.calendar), std::move(loaded.events), std::move(loaded.version), cover.span});
  // Without a schedule the zone comes from the CRM's user, which has no version.
  if (!cover.is_kept || !loaded.has_schedule) return cached;
  return put(host, std::move(cached), epoch);
}

/// Keeps it, unless something newer is kept; returns `calendar` either way.
CachedCalendarPtr HostCalendarCache::put(UserId host, CachedCalendarPtr calendar, std::uint64_t epoch) {
  const std::size_t bytes = size_of(*calendar);
  const std::lock_guard lock(mutex_);
  const Entry* before = calendars_.find(host);
  const bool is_newer_known = before && before->epoch == epoch &&
                              before->calendar->version.epoch == calendar->version.epoch &&
                              before->calendar->version.calendar > calendar->version.calendar;
  if (!is_newer_known) calendars_.put(host, {calendar, epoch}, bytes);
  return calendar;
}

std::size_t HostCalendarCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return calendars_.bytes();
}

}  // namespace scheduling
