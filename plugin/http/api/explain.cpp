#include "plugin/http/api/explain.hpp"

#include "plugin/http/api/explain_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response Explain::get(const Request& request) {
  const auto id = parse_id(request.query_value("meeting_type_id").value_or(""));
  if (!id) return invalid_query("meeting_type_id", "invalid_format", "The id of a meeting type");
  const auto start = parse_instant(request.query_value("start").value_or(""));
  if (!start) return invalid_query("start", "invalid_format", "An instant such as 2025-01-15T14:00:00Z");
  const Actor actor = actor_of(request);
  auto type = scheduling_.get_type(actor, MeetingTypeId{*id});
  if (!type) return to_response(type.error(), log_, request);
  auto page = scheduling_.get_page(actor, type->page);
  if (!page) return to_response(page.error(), log_, request);
  auto explained = availability_.explain(*type, page->owner, *start);
  if (!explained) return to_response(explained.error(), log_, request);
  return one_answer(200, *explained, [](JsonText& out, const ExplainedStart& one) {
    write_explanation(out, one.why, one.host->schedule.zone, *one.host->zone);
  });
}

}  // namespace scheduling
