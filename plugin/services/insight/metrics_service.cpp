#include "plugin/services/insight/metrics_service.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "plugin/ports/crm/user_directory.hpp"

namespace scheduling {
namespace {

constexpr std::chrono::months k_months_filled_max{120};

/// Figures by key while they are put together.
class Board {
 public:
  explicit Board(bool is_grouped) : is_grouped_(is_grouped) {}

  /// Gives each row to `put(figures, figure)`; remembers the first failure.
  template <class Figure, class Put>
  void take(Result<OfKeys<Figure>> rows, Put put) {
    if (!rows) {
      if (done_) done_ = fail(std::move(rows.error()));
      return;
    }
    for (OfKey<Figure>& row : *rows) {
      if (!row.key)
        put(total, row.figure);
      else if (is_grouped_)
        put(groups[*row.key], row.figure);
    }
  }
  const Done& done() const { return done_; }

  Figures total{};
  std::map<std::string, Figures> groups{};

 private:
  bool is_grouped_;
  Done done_;
};

std::string month_text(std::chrono::year_month month) {
  const auto first = std::chrono::local_days{month / std::chrono::day{1}};
  return LocalDate{first}.text().substr(0, 7);
}

std::optional<std::chrono::year_month> month_of(const std::optional<LocalDate>& date) {
  if (!date) return std::nullopt;
  return date->ymd().year() / date->ymd().month();
}

std::optional<std::chrono::year_month> month_in(const std::string& text) {
  return month_of(LocalDate::parse(text + "-01"));
}

/// Every month of the span in which something could stand, so that a quiet month shows as one.
std::vector<MonthBooked> filled(const OfKeys<std::int64_t>& rows, const MetricsRequest& request) {
  std::map<std::string, std::int64_t> booked;
  for (const auto& row : rows)
    if (row.key) booked[*row.key] = row.figure;
  auto first = month_of(request.from);
  auto last = month_of(request.to);
  if (!first && !booked.empty()) first = month_in(booked.begin()->first);
  if (!last && !booked.empty()) last = month_in(booked.rbegin()->first);
  if (first && last && *first <= *last && *last - *first < k_months_filled_max)
    for (auto month = *first; month <= *last; month += std::chrono::months{1}) booked.try_emplace(month_text(month), 0);
  std::vector<MonthBooked> months;
  for (const auto& [month, count] : booked) months.push_back({month, count});
  return months;
}

/// Rates count users who may sign in; the rest of a page's people left the CRM.
Done count_calendars(Transaction& transaction, const MetricsScope& scope, const std::vector<Person>& active,
                     Board& board) {
  auto users = transaction.metrics().calendar_users(scope);
  if (!users) return fail(std::move(users.error()));
  std::set<UserId> counted;
  for (const CalendarUser& each : *users) {
    if (std::ranges::find(active, each.user, &Person::id) == active.end()) continue;
    if (counted.insert(each.user).second) {
      ++board.total.calendar_connection.active_users;
      board.total.calendar_connection.connected += each.is_connected ? 1 : 0;
    }
    const auto group = board.groups.find(each.key);
    if (group == board.groups.end()) continue;
    ++group->second.calendar_connection.active_users;
    group->second.calendar_connection.connected += each.is_connected ? 1 : 0;
  }
  // Months and sources have no users of their own: what holds now holds for each of them.
  if (scope.group == MetricsGroup::month || scope.group == MetricsGroup::source)
    for (auto& [key, figures] : board.groups) figures.calendar_connection = board.total.calendar_connection;
  return {};
}

Result<std::map<std::string, std::string>> host_names(Transaction& transaction, const std::vector<std::string>& keys,
                                                      const std::vector<Person>& active) {
  std::map<std::string, std::string> names;
  for (const Person& person : active) names[std::to_string(person.id.value)] = person.name;
  for (const std::string& key : keys) {
    if (names.contains(key)) continue;
    auto gone = transaction.users().find(UserId{std::stoll(key)});
    if (!gone && gone.error().code != Code::not_found) return fail(std::move(gone.error()));
    if (gone) names[key] = std::move(gone->name);
  }
  return names;
}

Result<std::map<std::string, std::string>> names_of_groups(Transaction& transaction, MetricsGroup group,
                                                           const std::vector<std::string>& keys,
                                                           const std::vector<Person>& active) {
  if (group == MetricsGroup::host) return host_names(transaction, keys, active);
  std::map<std::string, std::string> names;
  if (group != MetricsGroup::page && group != MetricsGroup::meeting_type) return names;
  auto known = transaction.metrics().names(group, keys);
  if (!known) return fail(std::move(known.error()));
  for (auto& [key, name] : *known) names[key] = std::move(name);
  return names;
}

}  // namespace

Result<Metrics> MetricsService::metrics(const Actor& actor, const MetricsRequest& request) {
  if (!actor.is_admin && request.host && *request.host != actor.id) return fail(Code::not_found);
  if (request.from && request.to && *request.to < *request.from)
    return fail(invalid_field("to", "out_of_range", "The last day does not lie before the first."));
  MetricsScope scope;
  scope.host = actor.is_admin ? request.host : std::optional(actor.id);
  scope.group = request.group;
  scope.now = clock_.now();
  const ZoneId zone = zones_.find(settings_.current().organisation_timezone).value_or(ZoneId::utc());
  scope.timezone = zone.name();
  const auto rules = zones_.rules(zone);
  if (!rules) return fail(Code::broken, "no rules of " + scope.timezone);
  if (request.from) scope.from = rules->start_of(*request.from);
  if (request.to) scope.until = rules->start_of(request.to->plus(std::chrono::days{1}));
  return transactions_.reading([&](Transaction& transaction) { return count(transaction, scope, request); });
}

Result<Metrics> MetricsService::count(Transaction& transaction, const MetricsScope& scope,
                                      const MetricsRequest& request) const {
  MetricsRepository& repository = transaction.metrics();
  Board board(scope.group.has_value());
  const auto put = [](auto Figures::*figure) {
    return [figure](Figures& figures, const auto& value) { figures.*figure = value; };
  };
  board.take(repository.booked(scope), put(&Figures::meetings_booked));
  board.take(repository.lead_time(scope), put(&Figures::lead_time));
  board.take(repository.no_shows(scope), put(&Figures::no_shows));
  board.take(repository.cancelled(scope), put(&Figures::cancelled));
  board.take(repository.rescheduled(scope), put(&Figures::rescheduled));
  board.take(repository.requests(scope), put(&Figures::requests));
  if (!board.done()) return fail(board.done().error());
  auto active = transaction.users().all_active();
  if (!active) return fail(std::move(active.error()));
  if (auto counted = count_calendars(transaction, scope, *active, board); !counted)
    return fail(std::move(counted.error()));
  MetricsScope monthly = scope;
  monthly.group = MetricsGroup::month;
  auto months = repository.booked(monthly);
  if (!months) return fail(std::move(months.error()));

  Metrics metrics{board.total, filled(*months, request), {}};
  if (!scope.group) return metrics;
  std::vector<std::string> keys;
  for (const auto& [key, figures] : board.groups) keys.push_back(key);
  auto names = names_of_groups(transaction, *scope.group, keys, *active);
  if (!names) return fail(std::move(names.error()));
  for (auto& [key, figures] : board.groups) {
    const auto name = names->find(key);
    metrics.groups.push_back({key, name == names->end() ? key : name->second, figures});
  }
  if (scope.group != MetricsGroup::month)
    std::ranges::stable_sort(metrics.groups, std::ranges::greater{},
                             [](const FiguresOfGroup& group) { return group.figures.meetings_booked; });
  return metrics;
}

}  // namespace scheduling
