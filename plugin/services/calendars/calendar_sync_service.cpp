#include "plugin/services/calendars/calendar_sync_service.hpp"

#include <algorithm>
#include <unordered_map>

#include "plugin/core/outbox/retry_policy.hpp"
#include "plugin/services/calendars/remote_times.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

using std::chrono::seconds;

constexpr seconds k_interval{300};
/// What a whole reading looks at. It is renewed a month before bookings could reach its end.
constexpr days k_past{1};
constexpr days k_horizon{800};
constexpr days k_horizon_rest{760};
/// As long as a reading lasted at most: what is written while one goes on may be in its list or not.
constexpr std::chrono::minutes k_last_reading{10};
/// A calendar that had more events than that and has none suddenly is not believed.
constexpr std::int64_t k_emptied_from = 3;

std::string sentence_of(const ProviderError& error) {
  switch (error.trouble) {
    case ProviderTrouble::consent_gone:
      return "The provider no longer lets the CRM into this calendar. Connect the account again.";
    case ProviderTrouble::scope_missing: return "The CRM may not read this calendar. Connect the account again.";
    case ProviderTrouble::rate_limited: return "The provider asks for a pause. The CRM tries again by itself.";
    case ProviderTrouble::unavailable:
    case ProviderTrouble::unknown: return "The provider does not answer. The CRM tries again by itself.";
    case ProviderTrouble::not_found: return "The calendar is no longer there, or no longer shared with this account.";
    default: return error.detail.empty() ? "The provider refused to show this calendar." : error.detail;
  }
}

/// Readings of many users do not all begin at once: a quarter earlier or later.
seconds interval_of(ConnectionId id, Instant now) {
  const auto mixed =
      static_cast<std::uint64_t>(id.value) * 2654435761U + static_cast<std::uint64_t>(now.time_since_epoch().count());
  return seconds{k_interval.count() * 3 / 4 + static_cast<std::int64_t>(mixed % (k_interval.count() / 2))};
}

ProviderError from(const Error& error) {
  return {ProviderTrouble::unavailable, std::string(name_of(error.code)) + " " + error.detail, {}};
}

}  // namespace

Result<SyncRound> CalendarSyncService::sync_due(std::stop_token stop, int count) {
  auto due = transactions_.reading([&](Transaction& transaction) {
    return transaction.calendars().due(clock_.now(), std::chrono::hours{24}, count);
  });
  if (!due) return fail(std::move(due.error()));
  SyncRound round;
  round.more = static_cast<int>(due->size()) == count;
  for (const ConnectionId id : *due) {
    if (stop.stop_requested()) break;
    auto done = transactions_.once([&](Transaction& guard) -> Result<bool> {
      auto is_ours = guard.calendars().try_lock_sync(id);
      if (is_ours && *is_ours) sync_connection(id);
      return is_ours;
    });
    if (!done) return fail(std::move(done.error()));
    ++round.synced;
  }
  return round;
}

Done CalendarSyncService::sync_now(ConnectionId id) {
  return transactions_.once([&](Transaction& guard) -> Done {
    if (auto locked = guard.calendars().lock_sync(id); !locked) return locked;
    sync_connection(id);
    return {};
  });
}

void CalendarSyncService::sync_connection(ConnectionId id) {
  const auto load = [&] {
    return transactions_.reading([&](Transaction& transaction) { return transaction.calendars().list({}, id); });
  };
  auto found = load();
  if (!found || found->empty() || !found->front().is_active) return;
  auto trouble = refresh_list(found->front());
  std::vector<HostDeletion> deleted;
  if (!trouble) {
    found = load();
    if (!found || found->empty()) return;
    trouble = sync_calendars(found->front(), deleted);
  }
  settle(found->front(), trouble);
  if (!trouble) push_.keep(found->front());
}

std::optional<ProviderError> CalendarSyncService::refresh_list(const CalendarConnection& connection) {
  auto listed = access_.call(
      connection.id, [](CalendarProvider& provider, const std::string& access) { return provider.calendars(access); });
  if (!listed) return listed.error();
  if (auto zone = zone_of_schedule(connection.user); !zone.empty())
    for (RemoteCalendar& calendar : listed->calendars)
      if (calendar.timezone.empty()) calendar.timezone = zone;
  auto saved = transactions_.in_transaction([&](Transaction& transaction) {
    return transaction.calendars().save_calendars(connection.id, connection.user, listed->calendars, false);
  });
  if (!saved) return from(saved.error());
  return std::nullopt;
}

/// A calendar without a zone of its own is in its user's; when they move, it is read again.
std::string CalendarSyncService::zone_of_schedule(UserId user) {
  auto zone = transactions_.reading([&](Transaction& transaction) -> Result<std::string> {
    auto schedule = transaction.availability().find(user);
    if (!schedule) return fail(std::move(schedule.error()));
    if (*schedule) return std::string((*schedule)->zone.name());
    auto person = transaction.users().find(user);
    if (!person) return fail(std::move(person.error()));
    return std::move(person->timezone);
  });
  return zone ? std::move(*zone) : std::string();
}

std::optional<ProviderError> CalendarSyncService::sync_calendars(const CalendarConnection& connection,
                                                                 std::vector<HostDeletion>& deleted) {
  std::optional<ProviderError> first;
  for (const ConnectedCalendar& calendar : connection.calendars) {
    if (!calendar.checks_conflicts && !calendar.writes_meetings && !calendar.holds_meetings) continue;
    deleted.clear();
    auto trouble = sync_calendar(connection, calendar, deleted);
    if (trouble && !first) first = std::move(trouble);
  }
  return first;
}

CalendarSyncService::Reading CalendarSyncService::begin(const CalendarConnection& connection,
                                                        const ConnectedCalendar& calendar, bool is_whole) const {
  Reading reading{connection, calendar, {}, is_whole};
  const Instant now = clock_.now();
  reading.place.from = now - k_past;
  reading.place.until = now + k_horizon;
  reading.place.is_primary = calendar.is_primary;
  if (!is_whole) reading.place.sync_token = calendar.sync_token;
  return reading;
}

std::optional<ProviderError> CalendarSyncService::sync_calendar(const CalendarConnection& connection,
                                                                const ConnectedCalendar& calendar,
                                                                std::vector<HostDeletion>& deleted) {
  const bool is_near = !calendar.horizon_end || *calendar.horizon_end < clock_.now() + k_horizon_rest;
  Reading reading = begin(connection, calendar, calendar.sync_token.empty() || is_near);
  auto trouble = read_pages(reading, deleted);
  if (!trouble || trouble->trouble != ProviderTrouble::place_unknown || reading.is_whole) return trouble;
  // The provider forgot where we were. What we know stays until everything was read again.
  Reading again = begin(connection, calendar, true);
  deleted.clear();
  return read_pages(again, deleted);
}

std::optional<ProviderError> CalendarSyncService::read_pages(Reading& reading, std::vector<HostDeletion>& deleted) {
  while (true) {
    auto page = access_.call(reading.connection.id, [&](CalendarProvider& provider, const std::string& access) {
      return provider.changes(access, reading.calendar.provider_id, reading.place);
    });
    if (!page) return page.error();
    reading.events += page->events.size();
    const bool is_last = page->next_page.empty();
    const bool is_emptied = page->is_emptied || (is_last && reading.is_whole && reading.events == 0);
    if (is_emptied && reading.calendar.events > k_emptied_from)
      return ProviderError{ProviderTrouble::refused,
                           "The calendar was full and is empty all of a sudden. Nothing was freed. If that is right, "
                           "stop using the calendar for conflicts and use it again.",
                           {}};
    if (auto stored = store(reading, *page, deleted); !stored) return from(stored.error());
    if (is_last) return std::nullopt;
    reading.place.page = page->next_page;
  }
}

Result<CalendarSyncService::Own> CalendarSyncService::own_in(const Reading& reading, const ChangePage& page) {
  std::vector<std::string> ids;
  std::vector<std::string> marks;
  for (const RemoteEvent& event : page.events) {
    ids.push_back(event.id);
    if (event.mark) marks.push_back(*event.mark);
  }
  return transactions_.reading([&](Transaction& transaction) -> Result<Own> {
    auto events = transaction.calendars().own_events(reading.connection.id, ids, marks);
    if (!events) return fail(std::move(events.error()));
    auto known = transaction.calendars().own_marks(reading.connection.user, marks);
    if (!known) return fail(std::move(known.error()));
    return Own{std::move(*events), std::move(*known)};
  });
}

/// Programs write an event anew under another name, in another calendar perhaps; its UID tells that it is still ours.
Done CalendarSyncService::follow(Reading& reading, const RemoteEvent& event, const Own& own,
                                 std::vector<HostDeletion>& deleted) {
  auto written = std::ranges::find(own.events, event.id, &WrittenEvent::event_id);
  const bool may_be_renamed = event.mark && !event.is_cancelled && event.id.find('#') == std::string::npos;
  if (written == own.events.end() && may_be_renamed)
    written = std::ranges::find(own.events, *event.mark, &WrittenEvent::mark);
  if (written == own.events.end()) return {};
  reading.own.push_back(written->event_id);
  return edits_.follow(*written, event, reading.calendar.timezone, deleted);
}

/// A whole list that does not name an event of ours may mean that it was deleted, and so may a list of changes that
/// does not name one written since the last: what came and went in between is nobody's change. The event itself is
/// asked.
Done CalendarSyncService::follow_missing(Reading& reading, std::vector<HostDeletion>& deleted) {
  auto live = transactions_.reading([&](Transaction& transaction) {
    std::optional<Instant> since;
    if (!reading.is_whole && reading.connection.last_sync_at) since = *reading.connection.last_sync_at - k_last_reading;
    return transaction.calendars().live_events(reading.connection.id, reading.calendar.provider_id, clock_.now(),
                                               since);
  });
  if (!live) return fail(std::move(live.error()));
  for (const WrittenEvent& written : *live) {
    if (std::ranges::count(reading.own, written.event_id) > 0 || written.time.start() >= reading.place.until) continue;
    RemoteEvent missing;
    missing.id = written.event_id;
    missing.is_cancelled = true;
    if (auto followed = edits_.follow(written, missing, reading.calendar.timezone, deleted); !followed) return followed;
  }
  return {};
}

/// One result page commits as a whole; the place moves on with the last one only, so what is interrupted is read again.
Done CalendarSyncService::store(Reading& reading, const ChangePage& page, std::vector<HostDeletion>& deleted) {
  auto own = own_in(reading, page);
  if (!own) return fail(std::move(own.error()));
  std::unordered_map<std::string_view, std::size_t> last;
  for (std::size_t i = 0; i < page.events.size(); ++i) last[page.events[i].id] = i;
  std::vector<BusyEvent> busy;
  std::vector<std::string> busy_ids;
  std::vector<std::string> free;
  const TimeRange window(clock_.now() - k_past, clock_.now() + k_horizon + days{40});
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    const RemoteEvent& event = page.events[i];
    // Of an event that a list names twice the last word counts.
    if (last[event.id] != i) continue;
    if (auto followed = follow(reading, event, *own, deleted); !followed) return followed;
    const auto time = time_of(event, reading.calendar.timezone, zones_);
    const bool is_own = std::ranges::count(own->events, event.id, &WrittenEvent::event_id) > 0 ||
                        (event.mark && std::ranges::count(own->marks, *event.mark) > 0);
    const bool is_busy = !is_own && blocks(event) && time && time->overlaps(window);
    if (is_busy) busy.push_back({event.id, *time});
    if (is_busy) busy_ids.push_back(event.id);
    if (is_busy && reading.is_whole) reading.blocking.push_back(event.id);
    if (!is_busy) free.push_back(event.id);
  }
  const bool is_last = page.next_page.empty();
  if (is_last)
    if (auto followed = follow_missing(reading, deleted); !followed) return followed;
  bool may_go_on = true;
  if (is_last && !deleted.empty()) {
    auto ended = edits_.end_deleted(reading.connection.user, deleted);
    if (!ended) return fail(std::move(ended.error()));
    may_go_on = *ended;
  }
  auto stored = transactions_.in_transaction([&](Transaction& transaction) -> Done {
    CalendarRepository& calendars = transaction.calendars();
    if (auto put = calendars.put_busy(reading.calendar.id, busy); !put) return put;
    if (auto dropped = calendars.drop_busy(reading.calendar.id, free); !dropped) return dropped;
    if (auto gone = calendars.drop_occurrences(reading.calendar.id, page.replaced, busy_ids); !gone) return gone;
    if (!is_last) return {};
    if (reading.is_whole)
      if (auto kept = calendars.keep_busy(reading.calendar.id, reading.blocking); !kept) return kept;
    if (!may_go_on) return {};
    return calendars.save_place(reading.calendar.id, page.sync_token,
                                reading.is_whole ? std::optional(reading.place.until) : std::nullopt);
  });
  if (!stored || may_go_on) return stored;
  return fail(Code::provider_refused, "many_deleted");
}

void CalendarSyncService::settle(const CalendarConnection& connection, const std::optional<ProviderError>& error) {
  const Instant now = clock_.now();
  std::optional<ConnectionError> shown;
  seconds wait = interval_of(connection.id, now);
  if (error) {
    shown = ConnectionError{std::string(name_of(error->trouble)), sentence_of(*error), now};
    if (error->detail.ends_with("many_deleted"))
      shown = ConnectionError{"many_deleted",
                              "Many of your meetings were deleted in this calendar at once. None was cancelled: cancel "
                              "those that are off under Meetings, or restore the events.",
                              now};
    wait = wait_before_retry(k_sync_retry, connection.failures + 1, static_cast<std::uint64_t>(connection.id.value))
               .value_or(k_sync_retry.wait_max);
    if (error->retry_after) wait = std::max(wait, *error->retry_after);
  }
  // A connection that broke meanwhile says so itself.
  static_cast<void>(transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.calendars().synced(connection.id, shown, now, now + wait); }));
}

}  // namespace scheduling
