#include "plugin/http/public/public_query.hpp"

#include <algorithm>
#include <array>

#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

constexpr std::array<std::string_view, 5> k_prefilled{"attendee_name", "attendee_email", "phone", "notes", "locale"};
constexpr std::size_t k_kept_length_max = 255;

bool is_kept(std::string_view name, std::string_view value) {
  if (value.empty() || value.size() > k_kept_length_max) return false;
  return name.starts_with("utm_") || std::ranges::find(k_prefilled, name) != k_prefilled.end();
}

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

QueryParameters kept_parameters(const Request& request, KeepZone keep_zone) {
  QueryParameters kept;
  for (const auto& field : request.query)
    if (is_kept(field.name, field.value) || (keep_zone == KeepZone::yes && field.name == "timezone"))
      kept.emplace_back(field.name, field.value);
  return kept;
}

QueryParameters kept_parameters(const FormBody& form) {
  QueryParameters kept;
  for (const auto& [name, value] : form.fields())
    if (is_kept(name, value) && (name.starts_with("utm_") || name == "locale")) kept.emplace_back(name, value);
  return kept;
}

FormBody prefilled(const Request& request) {
  return FormBody::of(kept_parameters(request, KeepZone::no));
}

CalendarQuery calendar_query(std::string path, const Request& request) {
  CalendarQuery query;
  query.path = std::move(path);
  query.kept = kept_parameters(request, KeepZone::no);
  query.month = request.query_value("month").value_or("");
  query.date = request.query_value("date").value_or("");
  return query;
}

Response moved_for_good(const std::string& path, const Request& request) {
  Response response = Response::see_other(path);
  response.status = 301;
  const std::size_t question = request.target.find('?');
  if (question != std::string_view::npos) response.headers.front().value += request.target.substr(question);
  return response;
}

crm::sdk::Expected<SlotsQuery, Response> read_slots_query(const Request& request, const ZoneSource& zones,
                                                          const ZoneId& page_zone) {
  auto dates = read_dates(request);
  std::vector<crm::sdk::FieldError> errors = dates ? std::vector<crm::sdk::FieldError>{} : std::move(dates.error());
  const auto asked = request.query_value("timezone");
  const auto zone = asked ? zones.find(*asked) : std::optional(page_zone);
  auto rules = zone ? zones.rules(*zone) : nullptr;
  if (!rules) errors.push_back({"timezone", "invalid_timezone", "This time zone does not exist"});
  if (!errors.empty()) return crm::sdk::unexpected(crm::sdk::validation_failed(std::move(errors)));
  auto window = window_of_dates(*rules, dates->from, dates->until);
  return SlotsQuery{*zone, std::move(rules), window};
}

View taken_notice(const PublicTexts& texts, const SpokenZone& zone, const BookingResult& answer) {
  View view;
  const Code code = answer.refusal.code;
  if (answer.booking || (code != Code::slot_taken && code != Code::outside_rules)) return view;
  const std::string key = code == Code::slot_taken ? "taken" : "outside";
  View notice;
  notice.text("title", texts.text(key + "_title"));
  notice.text("text", texts.text(key + (answer.alternatives.empty() ? "_none" : "_text")));
  view.part("taken", std::move(notice));
  View::List starts;
  for (const Instant start : answer.alternatives) {
    View item;
    item.text("start", format_instant(start)).flag("is_first", starts.empty());
    item.text("text", texts.long_day(zone.rules->date_at(start)) + ", " + texts.time(zone, start));
    starts.push_back(std::move(item));
  }
  view.flag("has_alternatives", !starts.empty()).list("alternatives", std::move(starts));
  return view;
}

}  // namespace scheduling
