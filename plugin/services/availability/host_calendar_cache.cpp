#include "plugin/services/availability/host_calendar_cache.hpp"

#include <algorithm>
#include <utility>

namespace scheduling {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds k_poll_after{250};
/// While somebody else asks the database, what is younger than this is good enough.
constexpr milliseconds k_age_max{800};
/// What most requests ask about, loaded at once: the form's month and the next, with the weeks around.
constexpr days k_usual_before{15};
constexpr days k_usual_after{80};
/// A stretch longer than this is answered, not kept.
constexpr days k_kept_max{400};

std::size_t size_of(const CachedCalendar& cached) {
  const HostCalendar& calendar = cached.calendar;
  const HostSchedule& schedule = calendar.schedule;
  return sizeof(CachedCalendar) + calendar.meetings.capacity() * sizeof(BookedMeeting) +
         calendar.external_busy.ranges().size() * sizeof(TimeRange) +
         schedule.overrides.capacity() * (sizeof(DayOverride) + 32) +
         schedule.hours.rules().size() * (sizeof(WeeklyRule) + sizeof(LocalSpan));
}

std::size_t size_of(const BookingTarget& target) {
  return sizeof(BookingTarget) + 1024 + target.type->content.questions.size() * 512;
}

}  // namespace

bool HostCalendarCache::is_fresh(milliseconds age_max) const {
  return !mark_.empty() && polled_writes_ == transactions_.writes() && steady_clock::now() - polled_at_ < age_max;
}

Done HostCalendarCache::refresh() {
  {
    const std::lock_guard lock(mutex_);
    if (is_fresh(k_poll_after)) return {};
  }
  std::unique_lock polling(polling_, std::try_to_lock);
  if (!polling.owns_lock()) {
    {
      const std::lock_guard lock(mutex_);
      if (is_fresh(k_age_max)) return {};
    }
    polling.lock();
    const std::lock_guard lock(mutex_);
    if (is_fresh(k_poll_after)) return {};  // they asked for us too
  }
  return poll();
}

Done HostCalendarCache::poll() {
  std::string mark;
  {
    const std::lock_guard lock(mutex_);
    mark = mark_;
  }
  const auto asked_at = steady_clock::now();
  const std::uint64_t writes = transactions_.writes();
  auto changes =
      transactions_.reading([&](Transaction& transaction) { return transaction.meetings().hosts_changed_since(mark); });
  if (!changes) return fail(std::move(changes.error()));
  const std::lock_guard lock(mutex_);
  if (mark.empty()) {  // what bookings left here was never watched
    hosts_.clear();
    by_use_.clear();
    owners_.clear();
    bytes_ = 0;
  }
  mark_ = std::move(changes->mark);
  for (const auto& [host, version] : changes->hosts) {
    HostVersion& newest = newest_[host];
    newest.calendar = std::max(newest.calendar, version.calendar);
    newest.pages = std::max(newest.pages, version.pages);
  }
  polled_at_ = asked_at;
  polled_writes_ = writes;
  return {};
}

HostVersion HostCalendarCache::newest(UserId host) const {
  const auto found = newest_.find(host);
  return found == newest_.end() ? HostVersion{} : found->second;
}

Result<CachedCalendarPtr> HostCalendarCache::calendar(UserId host, TimeRange span) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  {
    const std::lock_guard lock(mutex_);
    if (auto known = known_calendar(host, span, newest(host).calendar)) return known;
  }
  return transactions_.reading([&](Transaction& transaction) { return load_calendar(transaction, host, span); });
}

Result<CachedCalendarPtr> HostCalendarCache::calendar_at(Transaction& transaction, UserId host, TimeRange span,
                                                         std::int64_t version) {
  {
    const std::lock_guard lock(mutex_);
    if (auto known = known_calendar(host, span, version)) return known;
  }
  return load_calendar(transaction, host, span);
}

CachedCalendarPtr HostCalendarCache::known_calendar(UserId host, TimeRange span, std::int64_t version_min) {
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.cached) return nullptr;
  const CachedCalendar& cached = *found->second.cached;
  if (cached.version < version_min || !cached.covers.contains(span)) return nullptr;
  return touch(host).cached;
}

HostCalendarCache::Cover HostCalendarCache::cover_of(TimeRange needed) const {
  const Instant now = clock_.now();
  const TimeRange usual{std::min(needed.start(), now - k_usual_before), std::max(needed.end(), now + k_usual_after)};
  const bool is_kept = usual.length() <= k_kept_max;
  return {is_kept ? usual : needed, is_kept};
}

CachedCalendarPtr HostCalendarCache::keep(UserId host, LoadedCalendar loaded, const Cover& cover) {
  auto cached =
      std::make_shared<const CachedCalendar>(CachedCalendar{std::move(loaded.calendar), loaded.version, cover.span});
  // Without a schedule the zone comes from the CRM's user, which has no version.
  if (cover.is_kept && loaded.has_schedule) keep_calendar(host, cached);
  return cached;
}

Result<CachedCalendarPtr> HostCalendarCache::load_calendar(Transaction& transaction, UserId host, TimeRange span) {
  const Cover cover = cover_of(span);
  auto loaded = load_host_calendar(transaction, zones_, host, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  return keep(host, std::move(*loaded), cover);
}

Result<std::vector<CachedCalendarPtr>> HostCalendarCache::calendars(std::span<const UserId> hosts, TimeRange span) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  std::vector<CachedCalendarPtr> calendars;
  calendars.reserve(hosts.size());
  {
    const std::lock_guard lock(mutex_);
    for (const UserId host : hosts) calendars.push_back(known_calendar(host, span, newest(host).calendar));
  }
  if (std::ranges::all_of(calendars, [](const CachedCalendarPtr& known) { return known != nullptr; })) return calendars;
  auto loaded = transactions_.reading(
      [&](Transaction& transaction) { return load_calendars(transaction, hosts, span, calendars); });
  if (!loaded) return fail(std::move(loaded.error()));
  return calendars;
}

/// Fills the gaps in `snapshots`.
Done HostCalendarCache::load_calendars(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                                       std::vector<CachedCalendarPtr>& calendars) {
  std::vector<UserId> missing;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) missing.push_back(hosts[i]);
  const Cover cover = cover_of(span);
  auto loaded = load_host_calendars(transaction, zones_, missing, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  auto next = loaded->begin();
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!calendars[i]) calendars[i] = keep(hosts[i], std::move(*next++), cover);
  return {};
}

void HostCalendarCache::booked(UserId host, std::int64_t version, const BookedMeeting& meeting) {
  const std::lock_guard lock(mutex_);
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.cached) return;
  const CachedCalendar& before = *found->second.cached;
  if (before.version != version || !before.covers.contains(meeting.time)) return;
  auto after = std::make_shared<CachedCalendar>(before);
  after->calendar.add(meeting);
  ++after->version;
  found->second.cached = std::move(after);
  recount(host, found->second);
}

Result<BookingTargetPtr> HostCalendarCache::target(std::string_view page_slug, std::string_view type_slug) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  {
    const std::lock_guard lock(mutex_);
    auto known = known_target(page_slug, type_slug);
    if (known && known->page_version >= newest(known->page.owner).pages) return known;
  }
  return transactions_.reading(
      [&](Transaction& transaction) { return load_target(transaction, page_slug, type_slug); });
}

BookingTargetPtr HostCalendarCache::remembered_target(std::string_view page_slug, std::string_view type_slug) {
  const std::lock_guard lock(mutex_);
  return known_target(page_slug, type_slug);
}

BookingTargetPtr HostCalendarCache::known_target(std::string_view page_slug, std::string_view type_slug) {
  const auto owner = owners_.find(std::string(page_slug));
  if (owner == owners_.end()) return nullptr;
  const Host& host = touch(owner->second);
  const auto found = std::ranges::find_if(host.targets, [&](const BookingTargetPtr& target) {
    return target->type->content.slug.text() == type_slug && target->page.content.slug.text() == page_slug;
  });
  return found == host.targets.end() ? nullptr : *found;
}

Result<BookingTargetPtr> HostCalendarCache::load_target(Transaction& transaction, std::string_view page_slug,
                                                        std::string_view type_slug) {
  auto target = transaction.meeting_types().find_target(page_slug, type_slug);
  if (!target) return fail(std::move(target.error()));
  if (!*target) return BookingTargetPtr{};
  auto kept = std::make_shared<const BookingTarget>(std::move(**target));
  // A former slug can be taken over without its owner's version moving.
  const bool is_living =
      kept->type && kept->type->content.slug.text() == type_slug && kept->page.content.slug.text() == page_slug;
  if (is_living) keep_target(kept);
  return BookingTargetPtr(std::move(kept));
}

void HostCalendarCache::keep_calendar(UserId host, CachedCalendarPtr cached) {
  const std::lock_guard lock(mutex_);
  Host& entry = touch(host);
  if (entry.cached && entry.cached->version > cached->version) return;
  entry.cached = std::move(cached);
  recount(host, entry);
}

void HostCalendarCache::keep_target(BookingTargetPtr target) {
  const std::lock_guard lock(mutex_);
  const UserId owner = target->page.owner;
  Host& entry = touch(owner);
  std::erase_if(entry.targets, [&](const BookingTargetPtr& old) {
    const bool is_replaced = old->page_version < target->page_version || old->type->id == target->type->id;
    if (is_replaced) owners_.erase(old->page.content.slug.text());  // a renamed page leaves nothing behind
    return is_replaced;
  });
  owners_[target->page.content.slug.text()] = owner;
  entry.targets.push_back(std::move(target));
  recount(owner, entry);
}

HostCalendarCache::Host& HostCalendarCache::touch(UserId id) {
  auto [at, is_new] = hosts_.try_emplace(id);
  if (is_new) {
    by_use_.push_front(id);
    at->second.used = by_use_.begin();
  } else {
    by_use_.splice(by_use_.begin(), by_use_, at->second.used);
  }
  return at->second;
}

void HostCalendarCache::recount(UserId id, Host& host) {
  std::size_t bytes = 256 + (host.cached ? size_of(*host.cached) : 0);
  for (const BookingTargetPtr& target : host.targets) bytes += size_of(*target);
  bytes_ = bytes_ - host.bytes + bytes;
  host.bytes = bytes;
  while (bytes_ > bytes_max_ && by_use_.back() != id) forget(by_use_.back());
}

void HostCalendarCache::forget(UserId id) {
  const auto at = hosts_.find(id);
  for (const BookingTargetPtr& target : at->second.targets)
    if (const auto owner = owners_.find(target->page.content.slug.text());
        owner != owners_.end() && owner->second == id)
      owners_.erase(owner);
  bytes_ -= at->second.bytes;
  by_use_.erase(at->second.used);
  hosts_.erase(at);
}

std::size_t HostCalendarCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace scheduling
