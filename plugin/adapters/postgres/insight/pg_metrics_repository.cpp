#include "plugin/adapters/postgres/insight/pg_metrics_repository.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/queries.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::metrics_repository;
using crm::sdk::RowReader;

std::optional<std::string_view> word_of(const std::optional<MetricsGroup>& group) {
  if (!group) return std::nullopt;
  switch (*group) {
    case MetricsGroup::month: return "month";
    case MetricsGroup::page: return "page";
    case MetricsGroup::meeting_type: return "meeting_type";
    case MetricsGroup::host: return "host";
    case MetricsGroup::source: return "source";
  }
  return std::nullopt;
}

std::int64_t read_count(RowReader& row) {
  return row.next<std::int64_t>();
}

}  // namespace

Result<crm::sdk::RowsPtr> PgMetricsRepository::ask(const crm::sdk::Statement& statement, const MetricsScope& scope) {
  return session_.run(statement, {scope.from, scope.until, id_param(scope.host), word_of(scope.group), scope.timezone});
}

template <class Figure, class Read>
Result<OfKeys<Figure>> PgMetricsRepository::figures(Result<crm::sdk::RowsPtr> rows, Read&& read) {
  return session_.all<OfKey<Figure>>(std::move(rows), [&](RowReader& row) -> Result<OfKey<Figure>> {
    const bool is_total = row.next<bool>();
    std::string key = row.next<std::string>();
    return OfKey<Figure>{is_total ? std::nullopt : std::optional(std::move(key)), read(row)};
  });
}

Result<OfKeys<std::int64_t>> PgMetricsRepository::booked(const MetricsScope& scope) {
  return figures<std::int64_t>(ask(query::booked, scope), read_count);
}

Result<OfKeys<LeadTime>> PgMetricsRepository::lead_time(const MetricsScope& scope) {
  return figures<LeadTime>(ask(query::lead_time, scope), [](RowReader& row) {
    const auto mean = row.next_or_null<double>();
    return LeadTime{mean, row.next_or_null<double>()};
  });
}

Result<OfKeys<NoShows>> PgMetricsRepository::no_shows(const MetricsScope& scope) {
  return figures<NoShows>(session_.run(query::no_shows, {scope.from, scope.until, id_param(scope.host),
                                                         word_of(scope.group), scope.timezone, scope.now}),
                          [](RowReader& row) {
                            NoShows figure;
                            figure.no_shows = read_count(row);
                            figure.held = read_count(row);
                            figure.due = read_count(row);
                            figure.with_outcome = read_count(row);
                            return figure;
                          });
}

Result<OfKeys<std::int64_t>> PgMetricsRepository::cancelled(const MetricsScope& scope) {
  return figures<std::int64_t>(ask(query::cancelled, scope), read_count);
}

Result<OfKeys<std::int64_t>> PgMetricsRepository::rescheduled(const MetricsScope& scope) {
  return figures<std::int64_t>(ask(query::rescheduled, scope), read_count);
}

Result<OfKeys<RequestCounts>> PgMetricsRepository::requests(const MetricsScope& scope) {
  return figures<RequestCounts>(ask(query::requests, scope), [](RowReader& row) {
    RequestCounts figure;
    figure.made = read_count(row);
    figure.confirmed = read_count(row);
    figure.declined = read_count(row);
    figure.expired = read_count(row);
    return figure;
  });
}

Result<std::vector<CalendarUser>> PgMetricsRepository::calendar_users(const MetricsScope& scope) {
  return session_.all<CalendarUser>(session_.run(query::calendar_users, {word_of(scope.group), id_param(scope.host)}),
                                    [](RowReader& row) -> Result<CalendarUser> {
                                      std::string key = row.next<std::string>();
                                      const UserId user{row.next<std::int64_t>()};
                                      return CalendarUser{std::move(key), user, row.next<bool>()};
                                    });
}

Result<std::vector<std::pair<std::string, std::string>>> PgMetricsRepository::names(
    MetricsGroup group, const std::vector<std::string>& keys) {
  using Name = std::pair<std::string, std::string>;
  return session_.all<Name>(session_.run(query::names, {word_of(group), array_text(keys)}),
                            [](RowReader& row) -> Result<Name> {
                              std::string key = row.next<std::string>();
                              return Name{std::move(key), row.next<std::string>()};
                            });
}

}  // namespace scheduling
