#include "plugin/adapters/postgres/pg_meeting_repository.hpp"

#include <algorithm>
#include <unordered_map>

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/meeting_columns.hpp"
#include "plugin/adapters/postgres/pg_availability_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/states_of.hpp"
#include "plugin/core/schedule/number_bounds.hpp"
#include "plugin/json/outbox_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::meeting_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

/// First key of the two-key advisory locks on hosts: "sch" in ASCII, ours alone in this database.
constexpr std::int64_t k_host_lock_class = 0x736368;
/// Further behind than any row remembers: no change is worth reading.
constexpr std::int64_t k_not_held = -1'000'000;

/// The table sets no upper bound; what is booked has at most a day.
BufferMinutes read_buffer(RowReader& row) {
  return BufferMinutes{
      static_cast<std::int16_t>(std::min<std::int64_t>(row.next<std::int64_t>(), k_buffer_minutes.max))};
}

/// From the start to the status.
Result<BookedMeeting> read_booked_as(MeetingId id, MeetingTypeId type, RowReader& row) {
  const Instant start = row.next<Instant>();
  const Instant end = row.next<Instant>();
  const BufferMinutes before = read_buffer(row);
  const BufferMinutes after = read_buffer(row);
  const auto status = meeting_status_of(row.next<std::string_view>());
  if (!status) return fail(Code::broken, "stored status is none");
  return BookedMeeting{id, type, TimeRange(start, end), before, after, *status};
}

Result<OfHost<BookedMeeting>> read_booked(RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  const MeetingId id{row.next<std::int64_t>()};
  const MeetingTypeId type{row.next<std::int64_t>()};
  auto meeting = read_booked_as(id, type, row);
  if (!meeting) return fail(std::move(meeting.error()));
  return OfHost<BookedMeeting>{host, *meeting};
}

Result<OfHost<ExternalEvent>> read_event(RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  const std::int64_t id = row.next<std::int64_t>();
  const Instant start = row.next<Instant>();
  return OfHost<ExternalEvent>{host, {id, TimeRange(start, row.next<Instant>())}};
}

HostVersion next_version(RowReader& row) {
  HostVersion version;
  version.calendar = row.next<std::int64_t>();
  version.pages = row.next<std::int64_t>();
  version.epoch = row.next<std::string>();
  return version;
}

/// The columns of calendar_changes from `change` on: at most one of the two kinds of change.
Done read_change(RowReader& row, CalendarUpdate& update) {
  constexpr std::size_t k_meeting_columns = 6;
  const auto change = row.next_or_null<std::int64_t>();
  if (!change) return {};
  if (*change < 0) {
    for (std::size_t i = 0; i < k_meeting_columns; ++i) row.skip();
    const auto start = row.next_or_null<Instant>();
    const auto end = row.next_or_null<Instant>();
    update.events.emplace_back(-*change, start && end ? std::optional(TimeRange(*start, *end)) : std::nullopt);
    return {};
  }
  const MeetingId id{*change};
  const auto type = row.next_or_null<std::int64_t>();
  if (!type) {
    update.meetings.emplace_back(id, std::nullopt);
    return {};
  }
  auto meeting = read_booked_as(id, MeetingTypeId{*type}, row);
  if (!meeting) return fail(std::move(meeting.error()));
  update.meetings.emplace_back(id, *meeting);
  return {};
}

Result<OfHost<HostSchedule>> read_schedule_of(RowReader& row) {
  auto schedule = read_schedule(row);
  if (!schedule) return fail(std::move(schedule.error()));
  return OfHost<HostSchedule>{schedule->user, std::move(*schedule)};
}

Result<OfHost<DayOverride>> read_override_of(RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  auto day = read_override(row);
  if (!day) return fail(std::move(day.error()));
  return OfHost<DayOverride>{host, std::move(*day)};
}

Result<OfHost<CalendarReadings>> read_readings(RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  const bool has_broken = row.next<bool>();
  return OfHost<CalendarReadings>{host, {has_broken, row.next_or_null<Instant>()}};
}

Result<LinkedMeeting> read_linked(RowReader& row) {
  auto meeting = read_meeting(row);
  if (!meeting) return fail(std::move(meeting.error()));
  return LinkedMeeting{std::move(*meeting), row.next<Instant>()};
}

Result<RepeatedBooking> read_repeated(RowReader& row) {
  auto meeting = read_meeting(row);
  if (!meeting) return fail(std::move(meeting.error()));
  std::string hash = row.next_bytes();
  return RepeatedBooking{std::move(*meeting), std::move(hash), row.next_bytes()};
}

std::string ids_text(const std::vector<MeetingId>& ids) {
  return array_text_of(ids, [](MeetingId id) { return std::to_string(id.value); });
}

}  // namespace

Result<OfHost<HostVersion>> read_host_version(RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  return OfHost<HostVersion>{host, next_version(row)};
}

crm::sdk::Ticket post_calendar_changes(PgSession& session, std::span<const HeldCalendar> calendars) {
  std::vector<UserId> hosts;
  std::vector<std::int64_t> held;
  for (const HeldCalendar& each : calendars) {
    hosts.push_back(each.host);
    held.push_back(each.version.value_or(k_not_held));
  }
  return session.post(query::calendar_changes, {array_text(hosts), array_text(held)});
}

Result<std::vector<CalendarUpdate>> collect_calendar_changes(PgSession& session, crm::sdk::Ticket ticket,
                                                             std::span<const HeldCalendar> calendars) {
  auto rows = session.collect(ticket);
  if (!rows) return fail(std::move(rows.error()));
  std::unordered_map<UserId, std::size_t> places;
  for (std::size_t i = 0; i < calendars.size(); ++i) places.emplace(calendars[i].host, i);
  std::vector<CalendarUpdate> updates(calendars.size());
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    RowReader row(**rows, i);
    const auto at = places.find(UserId{row.next<std::int64_t>()});
    if (at == places.end()) return fail(Code::broken, "changes of a host that nobody asked about");
    const std::optional<std::int64_t>& held = calendars[at->second].version;
    CalendarUpdate& update = updates[at->second];
    update.version = next_version(row);
    update.since = held.value_or(0);
    update.is_complete = row.next<bool>() && held.has_value();
    update.readings.has_broken = row.next<bool>();
    update.readings.last_of_all = row.next_or_null<Instant>();
    if (auto read = read_change(row, update); !read) return fail(std::move(read.error()));
  }
  return updates;
}

Result<std::vector<CalendarUpdate>> PgMeetingRepository::calendar_changes(std::span<const HeldCalendar> calendars) {
  return collect_calendar_changes(session_, post_calendar_changes(session_, calendars), calendars);
}

Done PgMeetingRepository::lock_hosts(std::span<const UserId> hosts) {
  session_.post(query::lock_hosts, {k_host_lock_class, array_text(hosts)});
  return {};
}

Result<HostChanges> PgMeetingRepository::hosts_changed_since(const std::string& mark) {
  auto rows = session_.run(query::hosts_changed_since, {mark.empty() ? Param(nullptr) : Param(mark)});
  if (!rows) return fail(std::move(rows.error()));
  HostChanges changes;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    RowReader row(**rows, i);
    changes.mark = row.next<std::string>();
    changes.epoch = row.next<std::string>();
    const auto host = row.next_or_null<std::int64_t>();
    if (!host) break;
    const std::int64_t calendar = row.next<std::int64_t>();
    changes.hosts.emplace_back(UserId{*host}, HostVersion{calendar, row.next<std::int64_t>(), changes.epoch});
  }
  return changes;
}

Result<std::vector<HostCalendarRows>> PgMeetingRepository::load_calendar_rows(std::span<const UserId> hosts,
                                                                              TimeRange span) {
  namespace availability = scheduling::sql::availability_repository;
  const auto [first, last] = dates_needed_for(span);
  const std::string ids = array_text(hosts);
  const auto versions = session_.post(query::host_version, {ids});  // first, so that none is newer than the rest
  const auto schedules = session_.post(availability::schedule, {ids});
  const auto rules = session_.post(availability::rules, {ids});
  const auto overrides = session_.post(availability::overrides_between, {ids, first.text(), last.text()});
  const auto booked = session_.post(query::booked_between, {ids, span.start(), span.end()});
  const auto external = session_.post(query::external_between, {ids, span.start(), span.end()});
  const auto readings = session_.post(query::calendar_readings, {ids});

  StatesOf states(hosts);
  states.take(session_.all<OfHost<HostVersion>>(session_.collect(versions), read_host_version),
              [](HostCalendarRows& state, HostVersion&& version) { state.version = std::move(version); });
  states.take(session_.all<OfHost<HostSchedule>>(session_.collect(schedules), read_schedule_of),
              [](HostCalendarRows& state, HostSchedule&& schedule) { state.schedule = std::move(schedule); });
  std::unordered_map<UserId, std::vector<WeeklyRule>> hours;
  states.take(session_.all<OfHost<WeeklyRule>>(session_.collect(rules), read_rule),
              [&](const HostCalendarRows& state, const WeeklyRule& rule) { hours[state.host].push_back(rule); });
  states.take(session_.all<OfHost<DayOverride>>(session_.collect(overrides), read_override_of),
              [](HostCalendarRows& state, DayOverride&& day) { state.overrides.push_back(std::move(day)); });
  states.take(session_.all<OfHost<BookedMeeting>>(session_.collect(booked), read_booked),
              [](HostCalendarRows& state, const BookedMeeting& meeting) { state.meetings.push_back(meeting); });
  states.take(session_.all<OfHost<ExternalEvent>>(session_.collect(external), read_event),
              [](HostCalendarRows& state, const ExternalEvent& event) { state.events.push_back(event); });
  states.take(session_.all<OfHost<CalendarReadings>>(session_.collect(readings), read_readings),
              [](HostCalendarRows& state, const CalendarReadings& known) { state.readings = known; });
  auto loaded = states.result();
  if (!loaded) return loaded;
  for (HostCalendarRows& state : *loaded)
    if (state.schedule) state.schedule->hours = WeeklyHours(std::move(hours[state.host]));
  return loaded;
}

Result<std::optional<Meeting>> PgMeetingRepository::find(MeetingId id, Lock lock) {
  return session_.one<Meeting>(session_.run(lock == Lock::none ? query::find : query::find_for_update, {id.value}),
                               read_meeting);
}

Result<std::optional<LinkedMeeting>> PgMeetingRepository::find_by_token(const TokenHash& hash) {
  return session_.one<LinkedMeeting>(session_.run(query::find_by_token, {Param::bytes(hash)}), read_linked);
}

Result<std::optional<LinkedMeeting>> PgMeetingRepository::find_by_token_for_update(const TokenHash& hash) {
  struct Chain {
    MeetingId id;
    Instant expires_at;
  };
  auto chain = session_.one<Chain>(session_.run(query::find_by_token_for_update, {Param::bytes(hash)}),
                                   [](RowReader& row) -> Result<Chain> {
                                     const MeetingId id{row.next<std::int64_t>()};
                                     return Chain{id, row.next<Instant>()};
                                   });
  if (!chain) return fail(std::move(chain.error()));
  if (!*chain) return std::optional<LinkedMeeting>{};
  auto meeting = session_.one<Meeting>(session_.run(query::find_newest_of_chain, {(*chain)->id.value}), read_meeting);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return std::optional<LinkedMeeting>{};
  return std::optional<LinkedMeeting>(LinkedMeeting{std::move(**meeting), (*chain)->expires_at});
}

Result<std::optional<SealedToken>> PgMeetingRepository::find_token(MeetingId chain) {
  return session_.one<SealedToken>(session_.run(query::find_token, {chain.value}),
                                   [](RowReader& row) -> Result<SealedToken> {
                                     std::string sealed = row.next_bytes();
                                     return SealedToken{std::move(sealed), row.next<Instant>()};
                                   });
}

Done PgMeetingRepository::extend_token(MeetingId chain, Instant expires_at) {
  return session_.execute(query::extend_token, {chain.value, expires_at});
}

Result<std::optional<RepeatedBooking>> PgMeetingRepository::find_booking_key(MeetingTypeId type, std::string_view key) {
  return session_.one<RepeatedBooking>(session_.run(query::find_booking_key, {type.value, key}), read_repeated);
}

Result<bool> PgMeetingRepository::change_status(const StatusChange& change) {
  const std::string details = details_text(change.audit);
  const std::string messages = messages_json(change.messages);
  const auto& reason = change.cancel_reason;
  const auto reason_text = reason ? std::optional(published_text(*reason)) : std::nullopt;
  const Param reason_kind = reason ? Param(name_of(reason->kind)) : Param(nullptr);
  auto rows =
      session_.run(query::change_status,
                   {change.id.value, name_of(change.from), name_of(change.to), change.now, name_of(change.cancelled_by),
                    reason_text, change.audit.action, name_of(change.audit.actor), id_param(change.audit.user),
                    change.audit.request_id, details, messages, array_text(change.reminders), reason_kind});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

Result<bool> PgMeetingRepository::reassign(const Reassignment& r) {
  const std::string details = details_text(r.audit);
  const std::string messages = messages_json(r.messages);
  const ClockParams clocks(r.clocks);
  const auto considered = considered_text(r.assignment);
  auto rows =
      session_.run(query::reassign,
                   {r.id.value, r.to.value, r.now, r.from.value, r.audit.action, name_of(r.audit.actor),
                    id_param(r.audit.user), r.audit.request_id, details, messages, clocks.host_zone, clocks.host_offset,
                    strategy_param(r.assignment), considered ? Param(*considered) : Param(nullptr), r.location});
  if (!rows) return fail(std::move(rows.error()));
  return (*rows)->size() == 1;
}

Result<std::vector<Meeting>> PgMeetingRepository::list(const MeetingFilter& filter,
                                                       const std::optional<MeetingPosition>& after, int count) {
  const bool is_backwards = filter.order == MeetingOrder::newest_first;
  const MeetingPosition begin = is_backwards ? MeetingPosition{k_instant_end, {}} : MeetingPosition{};
  const MeetingPosition& position = after ? *after : begin;
  const auto status = filter.status ? std::optional(name_of(*filter.status)) : std::nullopt;
  const auto ends_after = filter.time == MeetingTime::upcoming ? Param(filter.now) : Param(nullptr);
  const auto ends_by = filter.time == MeetingTime::past ? Param(filter.now) : Param(nullptr);
  const auto type = id_param(filter.type);
  return session_.all<Meeting>(
      filter.host
          ? session_.run(is_backwards ? query::list_of_host_newest : query::list_of_host,
                         {filter.from, filter.until, status, type, filter.text, ends_after, ends_by, position.start,
                          position.id.value, count, filter.host->value, filter.needs_reassignment})
          : session_.run(is_backwards ? query::list_all_newest : query::list_all,
                         {filter.from, filter.until, status, type, filter.text, ends_after, ends_by, position.start,
                          position.id.value, count, filter.needs_reassignment}),
      read_meeting);
}

Result<std::vector<AttendeeName>> PgMeetingRepository::attendee_names(const std::vector<MeetingId>& ids) {
  return session_.all<AttendeeName>(session_.run(query::attendee_names, {ids_text(ids)}),
                                    [](RowReader& row) -> Result<AttendeeName> {
                                      const MeetingId id{row.next<std::int64_t>()};
                                      return AttendeeName{id, row.next<std::string>()};
                                    });
}

Result<std::vector<Successor>> PgMeetingRepository::successors(const std::vector<MeetingId>& ids) {
  return session_.all<Successor>(session_.run(query::find_successors, {ids_text(ids)}),
                                 [](RowReader& row) -> Result<Successor> {
                                   const MeetingId moved{row.next<std::int64_t>()};
                                   const MeetingId newest{row.next<std::int64_t>()};
                                   return Successor{moved, newest, UserId{row.next<std::int64_t>()}};
                                 });
}

Result<std::vector<ContactMeeting>> PgMeetingRepository::of_contact(const ContactMeetingsQuery& wanted) {
  const auto host = wanted.host ? std::optional(wanted.host->value) : std::nullopt;
  return session_.all<ContactMeeting>(
      session_.run(query::list_of_contact, {wanted.contact.value, host, wanted.now, wanted.ahead_max, wanted.past_max}),
      [](RowReader& row) -> Result<ContactMeeting> {
        const MeetingId id{row.next<std::int64_t>()};
        std::string type_name = row.next<std::string>();
        const UserId owner{row.next<std::int64_t>()};
        const Instant start = row.next<Instant>();
        const auto time = TimeRange::make(start, row.next<Instant>());
        const auto status = meeting_status_of(row.next<std::string_view>());
        if (!time || !status) return fail(Code::broken, "stored meeting " + std::to_string(id.value));
        return ContactMeeting{id, std::move(type_name), owner, *time, *status};
      });
}

Result<int> PgMeetingRepository::complete_past(Instant now, int count) {
  auto rows = session_.run(query::complete_past, {now, count});
  if (!rows) return fail(std::move(rows.error()));
  return static_cast<int>((*rows)->size());
}

Result<std::vector<MeetingId>> PgMeetingRepository::overdue_pending_meetings(Instant now, int count) {
  return session_.all<MeetingId>(
      session_.run(query::overdue_pending_meetings, {now, count}),
      [](RowReader& row) -> Result<MeetingId> { return MeetingId{row.next<std::int64_t>()}; });
}

Result<int> PgMeetingRepository::count_no_shows(ContactId contact, Instant before) {
  auto rows = session_.run(query::count_no_shows, {contact.value, before});
  if (!rows) return fail(std::move(rows.error()));
  return static_cast<int>(RowReader(**rows, 0).next<std::int64_t>());
}

Result<bool> PgMeetingRepository::meets_again(MeetingId meeting, Instant now) {
  auto rows = session_.run(query::meets_again, {meeting.value, now});
  if (!rows) return fail(std::move(rows.error()));
  return RowReader(**rows, 0).next<bool>();
}

Done PgMeetingRepository::follow_contact(ContactId gone, ContactId stays, Instant now) {
  session_.post(query::follow_suggestions, {gone.value, stays.value});
  session_.post(query::follow_invitations, {gone.value, stays.value});
  return session_.execute(query::follow_contact, {gone.value, stays.value, now});
}

}  // namespace scheduling
