#include "plugin/adapters/postgres/pg_availability_repository.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::availability_repository;
using std::chrono::minutes;

std::optional<std::int32_t> next_limit(crm::sdk::RowReader& row) {
  return row.next_or_null<std::int32_t>();
}

Result<LocalTime> local_time(std::int64_t since_midnight) {
  const auto time = LocalTime::make(minutes{since_midnight});
  if (!time) return fail(Code::broken, "stored time of day out of range");
  return *time;
}

Result<LocalSpan> local_span(std::int64_t start, std::int64_t end) {
  const auto from = local_time(start);
  const auto until = local_time(end);
  if (!from || !until) return fail(Code::broken, "stored time of day out of range");
  return LocalSpan{*from, *until};
}

}  // namespace

Result<HostSchedule> read_schedule(crm::sdk::RowReader& row) {
  HostSchedule schedule;
  schedule.user = UserId{row.next<std::int64_t>()};
  const auto zone = ZoneId::parse(row.next<std::string_view>());
  if (!zone) return fail(Code::broken, "stored zone is none");
  schedule.zone = *zone;
  schedule.week_start = std::chrono::weekday(row.next<unsigned>());
  schedule.daily_limit = next_limit(row);
  schedule.weekly_limit = next_limit(row);
  schedule.defaults.buffer_before = minutes{row.next<std::int64_t>()};
  schedule.defaults.buffer_after = minutes{row.next<std::int64_t>()};
  schedule.defaults.notice_min = minutes{row.next<std::int64_t>()};
  const auto days = row.next_or_null<std::int64_t>();
  schedule.defaults.advance_max = days ? std::optional(std::chrono::days{*days}) : std::nullopt;
  return schedule;
}

Result<OfHost<WeeklyRule>> read_rule(crm::sdk::RowReader& row) {
  const UserId host{row.next<std::int64_t>()};
  const std::chrono::weekday day(row.next<unsigned>());
  const auto start = row.next<std::int64_t>();
  const auto end = row.next<std::int64_t>();
  const auto span = local_span(start, end);
  if (!span) return fail(span.error());
  return OfHost<WeeklyRule>{host, {day, *span, row.next<bool>()}};
}

Result<DayOverride> read_override(crm::sdk::RowReader& row) {
  using Column = columns::scheduling_overrides;
  const TableRow<Column> stored(row);
  DayOverride day;
  day.id = OverrideId{stored.get<std::int64_t>(Column::id)};
  const auto date = LocalDate::parse(stored.get<std::string_view>(Column::date));
  if (!date) return fail(Code::broken, "stored date is none");
  day.date = *date;
  day.is_available = stored.get<bool>(Column::is_available);
  const auto start = stored.get_or_null<std::int64_t>(Column::start_minute);
  const auto end = stored.get_or_null<std::int64_t>(Column::end_minute);
  if (start && end) {
    const auto span = local_span(*start, *end);
    if (!span) return fail(span.error());
    day.hours = *span;
  }
  day.reason = stored.get_or_null<std::string>(Column::reason);
  return day;
}

Result<std::optional<HostSchedule>> PgAvailabilityRepository::find(UserId user) {
  const std::string users = array_text({&user, 1});
  const auto schedule_ticket = session_.post(query::schedule, {users});
  const auto rules_ticket = session_.post(query::rules, {users});
  auto schedule = session_.one<HostSchedule>(session_.collect(schedule_ticket), read_schedule);
  auto rules = session_.all<OfHost<WeeklyRule>>(session_.collect(rules_ticket), read_rule);
  if (!schedule) return schedule;
  if (!rules) return fail(std::move(rules.error()));
  if (*schedule) {
    std::vector<WeeklyRule> hours;
    for (const auto& rule : *rules) hours.push_back(rule.item);
    (*schedule)->hours = WeeklyHours(std::move(hours));
  }
  return schedule;
}

Done PgAvailabilityRepository::save(const HostSchedule& schedule, Instant now) {
  std::vector<std::string> days, starts, ends, flags;
  for (const WeeklyRule& rule : schedule.hours.rules()) {
    days.push_back(std::to_string(rule.day.c_encoding()));
    starts.push_back(rule.hours.start.text());
    ends.push_back(rule.hours.end.text());
    flags.emplace_back(rule.is_available ? "t" : "f");
  }
  const BookingDefaults& defaults = schedule.defaults;
  const auto advance = defaults.advance_max ? std::optional<std::int64_t>(defaults.advance_max->count()) : std::nullopt;
  const auto saved = session_.post(
      query::save_schedule,
      {schedule.user.value, schedule.zone.name(), static_cast<int>(schedule.week_start.c_encoding()),
       schedule.daily_limit, schedule.weekly_limit, std::int64_t{defaults.buffer_before.count()},
       std::int64_t{defaults.buffer_after.count()}, std::int64_t{defaults.notice_min.count()}, advance, now});
  const auto replaced = session_.post(query::replace_rules, {schedule.user.value, array_text(days), array_text(starts),
                                                             array_text(ends), array_text(flags)});
  if (auto rows = session_.collect(saved); !rows) return fail(std::move(rows.error()));
  if (auto rows = session_.collect(replaced); !rows) return fail(std::move(rows.error()));
  return {};
}

Result<std::vector<DayOverride>> PgAvailabilityRepository::list_overrides(UserId user, const OverridePosition& after,
                                                                          int count) {
  return session_.all<DayOverride>(
      session_.run(query::list_overrides, {user.value, after.date.text(), after.id.value, count}), read_override);
}

Result<std::vector<DayOverride>> PgAvailabilityRepository::find_overrides(UserId user,
                                                                          const std::vector<OverrideId>& ids,
                                                                          const std::vector<LocalDate>& dates) {
  std::vector<std::string> id_texts, date_texts;
  for (const OverrideId id : ids) id_texts.push_back(std::to_string(id.value));
  for (const LocalDate date : dates) date_texts.push_back(date.text());
  return session_.all<DayOverride>(
      session_.run(query::find_overrides, {user.value, array_text(id_texts), array_text(date_texts)}), read_override);
}

Result<std::optional<UserId>> PgAvailabilityRepository::owner_of_override(OverrideId id) {
  return session_.one<UserId>(
      session_.run(query::find_override, {id.value}),
      [](crm::sdk::RowReader& row) -> Result<UserId> { return UserId{row.next<std::int64_t>()}; });
}

Result<OverrideId> PgAvailabilityRepository::insert_override(UserId user, const DayOverride& day) {
  const auto start = day.hours ? std::optional(day.hours->start.text()) : std::nullopt;
  const auto end = day.hours ? std::optional(day.hours->end.text()) : std::nullopt;
  auto rows =
      session_.run(query::insert_override, {user.value, day.date.text(), day.is_available, start, end, day.reason});
  if (!rows) return fail(std::move(rows.error()));
  return OverrideId{crm::sdk::RowReader(**rows, 0).next<std::int64_t>()};
}

Done PgAvailabilityRepository::remove_override(OverrideId id) {
  auto rows = session_.run(query::remove_override, {id.value});
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(Code::not_found);
  return {};
}

}  // namespace scheduling
