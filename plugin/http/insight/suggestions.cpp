#include "plugin/http/insight/suggestions.hpp"

#include <limits>

#include "crm/sdk/responses.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/teams/candidate_codec.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

void write_suggestion(JsonText& out, const Suggestion& suggestion) {
  out.begin_object()
      .field("id", suggestion.id)
      .field("kind", name_of(suggestion.kind))
      .field("contact_id", suggestion.contact)
      .field("meeting_id", suggestion.meeting)
      .field("field", suggestion.field)
      .field("current", suggestion.current)
      .field("proposed", suggestion.proposed)
      .field("status", name_of(suggestion.status))
      .field("created_at", suggestion.created_at)
      .end_object();
}

crm::sdk::Expected<SuggestionFilter, Response> read_filter(const Request& request) {
  SuggestionFilter filter;
  if (const auto text = request.query_value("status"); text && !text->empty()) {
    filter.status = suggestion_status_of(*text);
    if (!filter.status)
      return crm::sdk::unexpected(invalid_query("status", "invalid_option", "open, accepted or dismissed"));
  }
  auto contact = id_in_query<ContactId>(request, "contact_id");
  if (!contact) return crm::sdk::unexpected(std::move(contact.error()));
  auto meeting = id_in_query<MeetingId>(request, "meeting_id");
  if (!meeting) return crm::sdk::unexpected(std::move(meeting.error()));
  filter.contact = *contact;
  filter.meeting = *meeting;
  return filter;
}

}  // namespace

Response Suggestions::list(const Request& request) {
  auto query = read_list_query(request, 1);
  if (!query) return query.error();
  auto filter = read_filter(request);
  if (!filter) return filter.error();
  const std::int64_t before = query->cursor.empty() ? std::numeric_limits<std::int64_t>::max() : query->cursor[0];
  auto rows = service_.list(actor_of(request), *filter, before, query->fetch());
  if (!rows) return to_response(rows.error(), log_, request);
  return list_response(*rows, *query, write_suggestion,
                       [](const Suggestion& last) { return std::vector<std::int64_t>{last.id}; });
}

/// A button on the record's page in the CRM leads back to it; what was answered meanwhile is gone from there.
Response Suggestions::answer(const Result<Suggestion>& done, const Request& request) {
  const std::string_view accept = request.header("Accept").value_or("");
  if (done && accept.find("text/html") != std::string_view::npos)
    return Response::see_other("/contacts/" + std::to_string(done->contact.value));
  return done ? one_answer(200, *done, write_suggestion) : to_response(done.error(), log_, request);
}

Response Suggestions::accept(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = service_.accept(actor_of(request), *id, request.request_id);
  if (done || done.error().code != Code::slot_taken) return answer(done, request);
  // The contact's owner is not free: who else could take the meeting stands beside the refusal.
  crm::sdk::Problem problem = problem_of(done.error());
  if (auto others = service_.candidates(actor_of(request), *id)) {
    JsonText out;
    out.begin_array();
    for (const HandoverCandidate& one : *others) write_candidate(out, one);
    problem.members.emplace_back("candidates", out.end_array().take());
  }
  return crm::sdk::to_response(problem);
}

Response Suggestions::dismiss(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  return answer(service_.dismiss(actor_of(request), *id, request.request_id), request);
}

}  // namespace scheduling
