#include "plugin/http/api/explain.hpp"

#include "plugin/core/assignment/host_choice.hpp"
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
  if (page->content.is_team()) return of_team(*page, *type, std::move(*explained), request);
  return one_answer(200, *explained, [](JsonText& out, const ExplainedStart& one) {
    write_explanation(out, one.why, one.host->schedule.zone, *one.host->zone);
  });
}

/// Each member's rule beside the team's: one that takes the start where one is enough; else the one that refuses, and
/// of those one that busy time or a limit refuses, as the answer to a booking would say.
Response Explain::of_team(const SchedulingPage& page, const MeetingType& type, ExplainedStart owners,
                          const Request& request) {
  const Instant start = owners.why.candidate.start();
  const bool is_turn = page.content.assignment == Assignment::round_robin;
  std::vector<ExplainedMember> members;
  std::optional<ExplainedStart> told;
  bool is_bookable = !is_turn;
  for (const PageMember& member : page.content.members) {
    ExplainedMember& one = members.emplace_back(ExplainedMember{member.user, absence_of(member), {}});
    if (one.absence) continue;
    auto explained = availability_.explain(type, member.user, start);
    if (!explained) return to_response(explained.error(), log_, request);
    const auto& rule = explained->why.rule;
    is_bookable = is_turn ? is_bookable || !rule : is_bookable && !rule;
    const bool is_better =
        !told || (is_turn && !rule) || (!is_turn && rule && !told->why.rule) ||
        (rule && told->why.rule && code_of(*rule) == Code::slot_taken && code_of(*told->why.rule) != Code::slot_taken);
    const bool is_settled = told && is_turn && !told->why.rule;
    if (is_better && !is_settled) told = *explained;
    one.explained = std::move(*explained);
  }
  return one_answer(200, members, [&](JsonText& out, const std::vector<ExplainedMember>& all) {
    write_team_explanation(out, told ? *told : owners, told && is_bookable, told.has_value(), all);
  });
}

}  // namespace scheduling
