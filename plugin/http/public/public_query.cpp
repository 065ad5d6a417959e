#include "plugin/http/public/public_query.hpp"

#include <algorithm>
#include <array>

#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

struct Dates {
  LocalDate from;
  LocalDate until;
};

/// Exactly one of `date` and the pair `from`, `to`. Every offending field is named.
crm::sdk::Expected<Dates, std::vector<crm::sdk::FieldError>> read_dates(const Request& request) {
  std::vector<crm::sdk::FieldError> errors;
  const auto read = [&](const char* name) -> std::optional<LocalDate> {
    const auto text = request.query_value(name);
    if (!text) return std::nullopt;
    auto date = LocalDate::parse(*text);
    if (!date) errors.push_back({name, "invalid_format", "A date such as 2025-01-15"});
    return date;
  };
  const auto date = read("date");
  const auto from = read("from");
  const auto until = read("to");
  const bool has_range = request.query_value("from") || request.query_value("to");
  if (request.query_value("date") && has_range)
    errors.push_back({"date", "conflict", "Either date, or from and to"});
  else if (!request.query_value("date") && !has_range)
    errors.push_back({"date", "required", "Either date, or from and to"});
  else if (has_range && !request.query_value("from"))
    errors.push_back({"from", "required", "Goes together with to"});
  else if (has_range && !request.query_value("to"))
    errors.push_back({"to", "required", "Goes together with from"});
  else if (from && until && *until < *from)
    errors.push_back({"to", "out_of_range", "Not before from"});
  else if (from && until && *until - *from >= k_slots_days_max)
    errors.push_back({"to", "out_of_range", "At most 62 days"});
  if (!errors.empty()) return crm::sdk::unexpected(std::move(errors));
  return date ? Dates{*date, *date} : Dates{*from, *until};
}

}  // namespace

CalendarQuery calendar_query(std::string path, const Request& request, QueryParameters kept) {
  CalendarQuery query;
  query.path = std::move(path);
  query.kept = std::move(kept);
  const auto wanted = [&](const char* name, const char* rest) {
    const std::string text(request.query_value(name).value_or(""));
    return LocalDate::parse(text + rest) ? text : std::string();
  };
  query.month = wanted("month", "-01");
  query.date = wanted("date", "");
  query.has_all_zones = request.query_value(k_zones) == k_all_zones;
  return query;
}

bool brings_nothing_private(const Request& request) {
  constexpr std::array names =
      std::to_array<std::string_view>({"date", "month", "from", "to", "timezone", "zones", "embed", "lang", "v"});
  return std::ranges::all_of(
      request.query, [&](const crm::sdk::Field& field) { return std::ranges::find(names, field.name) != names.end(); });
}

std::string asked_zone(const Request& request) {
  std::string name(request.query_value("timezone").value_or(""));
  std::ranges::replace(name, ' ', '+');
  return name;
}

crm::sdk::Expected<SlotsQuery, Response> read_slots_query(const Request& request, const ZoneSource& zones,
                                                          const ZoneId& page_zone) {
  auto dates = read_dates(request);
  std::vector<crm::sdk::FieldError> errors = dates ? std::vector<crm::sdk::FieldError>{} : std::move(dates.error());
  const auto zone = request.query_value("timezone") ? zones.find(asked_zone(request)) : std::optional(page_zone);
  auto rules = zone ? zones.rules(*zone) : nullptr;
  if (!rules) errors.push_back({"timezone", "invalid_timezone", "This time zone does not exist"});
  if (!errors.empty()) return crm::sdk::unexpected(crm::sdk::validation_failed(std::move(errors)));
  auto window = window_of_dates(*rules, dates->from, dates->until);
  return SlotsQuery{*zone, std::move(rules), window};
}

View refused_notice(const PublicTexts& texts, const BookingResult& answer) {
  const auto notice = [&](const std::string& title, const std::string& text) {
    return View().part("refused", View().text("title", texts.text(title)).text("text", texts.text(text)));
  };
  const char* rest = answer.alternatives.empty() ? "_none" : "_text";
  switch (answer.refusal.code) {
    case Code::slot_taken: return notice("taken_title", std::string("taken") + rest);
    case Code::outside_rules: return notice("outside_title", std::string("outside") + rest);
    case Code::owner_only: return notice("owner_only_title", std::string("owner_only") + rest);
    case Code::invalid_input: return {};  // the fields say it
    case Code::database_unavailable:
    case Code::provider_unavailable: return notice("unavailable_heading", "unavailable_lead");
    case Code::broken: return notice("broken_heading", "not_booked_text");
    default: return notice("not_booked_title", "not_booked_text");
  }
}

}  // namespace scheduling
