#include "plugin/http/api/explain.hpp"

#include "plugin/http/api/explain_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {
namespace {

/// "2025-01-15T09:00"
std::optional<WallTime> parse_wall(std::string_view text) {
  const std::size_t middle = text.find('T');
  if (middle == std::string_view::npos) return std::nullopt;
  const auto date = LocalDate::parse(text.substr(0, middle));
  const auto time = LocalTime::parse(text.substr(middle + 1));
  return date && time ? std::optional(wall_time(*date, *time)) : std::nullopt;
}

}  // namespace

using crm::sdk::Request;
using crm::sdk::Response;

Response Explain::get(const Request& request) {
  const auto id = parse_id(request.query_value("meeting_type_id").value_or(""));
  if (!id) return invalid_query("meeting_type_id", "invalid_format", "The id of a meeting type");
  const bool is_local = request.query_value("local").has_value();
  const auto local = parse_wall(request.query_value("local").value_or(""));
  const auto start = parse_instant(request.query_value("start").value_or(""));
  if (is_local && request.query_value("start")) return invalid_query("local", "conflict", "Either start or local");
  if (is_local && !local) return invalid_query("local", "invalid_format", "A date and time such as 2025-01-15T09:00");
  if (!is_local && !start) return invalid_query("start", "invalid_format", "An instant such as 2025-01-15T14:00:00Z");
  const Actor actor = actor_of(request);
  auto type = scheduling_.get_type(actor, MeetingTypeId{*id});
  if (!type) return to_response(type.error(), log_, request);
  auto page = scheduling_.get_page(actor, type->page);
  if (!page) return to_response(page.error(), log_, request);
  auto explained =
      is_local ? availability_.explain(*type, page->owner, *local) : availability_.explain(*type, page->owner, *start);
  if (!explained) return to_response(explained.error(), log_, request);
  return one_answer(200, *explained, [](JsonText& out, const ExplainedStart& one) {
    write_explanation(out, one.why, one.host->schedule.zone, *one.host->zone);
  });
}

}  // namespace scheduling
