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

std::size_t size_of(const HostSnapshot& snapshot) {
  const HostCalendar& calendar = snapshot.calendar;
  const HostSchedule& schedule = calendar.schedule;
  return sizeof(HostSnapshot) + calendar.meetings.capacity() * sizeof(BookedMeeting) +
         calendar.external_busy.ranges().size() * sizeof(TimeRange) +
         schedule.overrides.capacity() * (sizeof(DayOverride) + 32) +
         schedule.hours.rules().size() * (sizeof(WeeklyRule) + sizeof(LocalSpan));
}

std::size_t size_of(const PublicLink& link) {
  return sizeof(PublicLink) + 1024 + link.type->content.questions.size() * 512;
}

}  // namespace

bool HostSnapshots::is_fresh(milliseconds age_max) const {
  return !mark_.empty() && polled_writes_ == transactions_.writes() && steady_clock::now() - polled_at_ < age_max;
}

Done HostSnapshots::refresh() {
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

Done HostSnapshots::poll() {
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

HostVersion HostSnapshots::newest(UserId host) const {
  const auto found = newest_.find(host);
  return found == newest_.end() ? HostVersion{} : found->second;
}

Result<SnapshotPtr> HostSnapshots::state(UserId host, TimeRange span) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  {
    const std::lock_guard lock(mutex_);
    if (auto known = known_state(host, span, newest(host).calendar)) return known;
  }
  return transactions_.reading([&](Transaction& transaction) { return load_state(transaction, host, span); });
}

Result<SnapshotPtr> HostSnapshots::state_at(Transaction& transaction, UserId host, TimeRange span,
                                            std::int64_t version) {
  {
    const std::lock_guard lock(mutex_);
    if (auto known = known_state(host, span, version)) return known;
  }
  return load_state(transaction, host, span);
}

SnapshotPtr HostSnapshots::known_state(UserId host, TimeRange span, std::int64_t version_min) {
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.snapshot) return nullptr;
  const HostSnapshot& snapshot = *found->second.snapshot;
  if (snapshot.version < version_min || !snapshot.covers.contains(span)) return nullptr;
  return touch(host).snapshot;
}

HostSnapshots::Cover HostSnapshots::cover_of(TimeRange needed) const {
  const Instant now = clock_.now();
  const TimeRange usual{std::min(needed.start(), now - k_usual_before), std::max(needed.end(), now + k_usual_after)};
  const bool is_kept = usual.length() <= k_kept_max;
  return {is_kept ? usual : needed, is_kept};
}

SnapshotPtr HostSnapshots::keep(UserId host, LoadedCalendar loaded, const Cover& cover) {
  auto snapshot =
      std::make_shared<const HostSnapshot>(HostSnapshot{std::move(loaded.calendar), loaded.version, cover.span});
  // Without a schedule the zone comes from the CRM's user, which has no version.
  if (cover.is_kept && loaded.has_schedule) keep_state(host, snapshot);
  return snapshot;
}

Result<SnapshotPtr> HostSnapshots::load_state(Transaction& transaction, UserId host, TimeRange span) {
  const Cover cover = cover_of(span);
  auto loaded = load_calendar(transaction, zones_, host, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  return keep(host, std::move(*loaded), cover);
}

Result<std::vector<SnapshotPtr>> HostSnapshots::states(std::span<const UserId> hosts, TimeRange span) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  std::vector<SnapshotPtr> snapshots;
  snapshots.reserve(hosts.size());
  {
    const std::lock_guard lock(mutex_);
    for (const UserId host : hosts) snapshots.push_back(known_state(host, span, newest(host).calendar));
  }
  if (std::ranges::all_of(snapshots, [](const SnapshotPtr& known) { return known != nullptr; })) return snapshots;
  auto loaded =
      transactions_.reading([&](Transaction& transaction) { return load_states(transaction, hosts, span, snapshots); });
  if (!loaded) return fail(std::move(loaded.error()));
  return snapshots;
}

/// Fills the gaps in `snapshots`.
Done HostSnapshots::load_states(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                                std::vector<SnapshotPtr>& snapshots) {
  std::vector<UserId> missing;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!snapshots[i]) missing.push_back(hosts[i]);
  const Cover cover = cover_of(span);
  auto loaded = load_calendars(transaction, zones_, missing, cover.span);
  if (!loaded) return fail(std::move(loaded.error()));
  auto next = loaded->begin();
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!snapshots[i]) snapshots[i] = keep(hosts[i], std::move(*next++), cover);
  return {};
}

void HostSnapshots::booked(UserId host, std::int64_t version, const BookedMeeting& meeting) {
  const std::lock_guard lock(mutex_);
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.snapshot) return;
  const HostSnapshot& before = *found->second.snapshot;
  if (before.version != version || !before.covers.contains(meeting.time)) return;
  auto after = std::make_shared<HostSnapshot>(before);
  after->calendar.add(meeting);
  ++after->version;
  found->second.snapshot = std::move(after);
  recount(host, found->second);
}

Result<LinkPtr> HostSnapshots::link(std::string_view page_slug, std::string_view type_slug) {
  if (auto refreshed = refresh(); !refreshed) return fail(std::move(refreshed.error()));
  {
    const std::lock_guard lock(mutex_);
    auto known = known_link(page_slug, type_slug);
    if (known && known->page_version >= newest(known->page.owner).pages) return known;
  }
  return transactions_.reading([&](Transaction& transaction) { return load_link(transaction, page_slug, type_slug); });
}

LinkPtr HostSnapshots::remembered_link(std::string_view page_slug, std::string_view type_slug) {
  const std::lock_guard lock(mutex_);
  return known_link(page_slug, type_slug);
}

LinkPtr HostSnapshots::known_link(std::string_view page_slug, std::string_view type_slug) {
  const auto owner = owners_.find(std::string(page_slug));
  if (owner == owners_.end()) return nullptr;
  const Host& host = touch(owner->second);
  const auto found = std::ranges::find_if(host.links, [&](const LinkPtr& link) {
    return link->type->content.slug.text() == type_slug && link->page.content.slug.text() == page_slug;
  });
  return found == host.links.end() ? nullptr : *found;
}

Result<LinkPtr> HostSnapshots::load_link(Transaction& transaction, std::string_view page_slug,
                                         std::string_view type_slug) {
  auto link = transaction.meeting_types().find_link(page_slug, type_slug);
  if (!link) return fail(std::move(link.error()));
  if (!*link) return LinkPtr{};
  auto kept = std::make_shared<const PublicLink>(std::move(**link));
  // A former slug can be taken over without its owner's version moving.
  const bool is_living =
      kept->type && kept->type->content.slug.text() == type_slug && kept->page.content.slug.text() == page_slug;
  if (is_living) keep_link(kept);
  return LinkPtr(std::move(kept));
}

void HostSnapshots::keep_state(UserId host, SnapshotPtr snapshot) {
  const std::lock_guard lock(mutex_);
  Host& entry = touch(host);
  if (entry.snapshot && entry.snapshot->version > snapshot->version) return;
  entry.snapshot = std::move(snapshot);
  recount(host, entry);
}

void HostSnapshots::keep_link(LinkPtr link) {
  const std::lock_guard lock(mutex_);
  const UserId owner = link->page.owner;
  Host& entry = touch(owner);
  std::erase_if(entry.links, [&](const LinkPtr& old) {
    const bool is_replaced = old->page_version < link->page_version || old->type->id == link->type->id;
    if (is_replaced) owners_.erase(old->page.content.slug.text());  // a renamed page leaves nothing behind
    return is_replaced;
  });
  owners_[link->page.content.slug.text()] = owner;
  entry.links.push_back(std::move(link));
  recount(owner, entry);
}

HostSnapshots::Host& HostSnapshots::touch(UserId id) {
  auto [at, is_new] = hosts_.try_emplace(id);
  if (is_new) {
    by_use_.push_front(id);
    at->second.used = by_use_.begin();
  } else {
    by_use_.splice(by_use_.begin(), by_use_, at->second.used);
  }
  return at->second;
}

void HostSnapshots::recount(UserId id, Host& host) {
  std::size_t bytes = 256 + (host.snapshot ? size_of(*host.snapshot) : 0);
  for (const LinkPtr& link : host.links) bytes += size_of(*link);
  bytes_ = bytes_ - host.bytes + bytes;
  host.bytes = bytes;
  while (bytes_ > bytes_max_ && by_use_.back() != id) forget(by_use_.back());
}

void HostSnapshots::forget(UserId id) {
  const auto at = hosts_.find(id);
  for (const LinkPtr& link : at->second.links)
    if (const auto owner = owners_.find(link->page.content.slug.text()); owner != owners_.end() && owner->second == id)
      owners_.erase(owner);
  bytes_ -= at->second.bytes;
  by_use_.erase(at->second.used);
  hosts_.erase(at);
}

std::size_t HostSnapshots::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace scheduling
