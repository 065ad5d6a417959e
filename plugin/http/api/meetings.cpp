#include "plugin/http/api/meetings.hpp"

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/public/booking_codec.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

enum class Bound { from, to };

/// An instant, or a date in the caller's zone; `to` takes its whole day in.
crm::sdk::Expected<Instant, Response> read_bound(const Request& request, Bound bound, const ZoneSource& zones,
                                                 Instant fallback) {
  const char* name = bound == Bound::from ? "from" : "to";
  const auto text = request.query_value(name);
  if (!text || text->empty()) return fallback;
  if (const auto instant = parse_instant(*text)) return *instant;
  const auto date = LocalDate::parse(*text);
  if (!date)
    return crm::sdk::unexpected(
        invalid_query(name, "invalid_format", "A date or an instant such as 2025-01-15T14:00:00Z"));
  const auto zone = zones.find(request.principal->timezone).value_or(ZoneId::utc());
  const auto rules = zones.rules(zone);
  const LocalDate day = bound == Bound::from ? *date : date->plus(std::chrono::days{1});
  return rules ? rules->start_of(day) : fallback;
}

crm::sdk::Expected<MeetingFilter, Response> read_filter(const Request& request, const ZoneSource& zones) {
  MeetingFilter filter;
  auto from = read_bound(request, Bound::from, zones, k_instant_min);
  if (!from) return crm::sdk::unexpected(std::move(from.error()));
  auto until = read_bound(request, Bound::to, zones, k_instant_end);
  if (!until) return crm::sdk::unexpected(std::move(until.error()));
  filter.from = *from;
  filter.until = *until;
  if (const auto status = request.query_value("status"); status && !status->empty()) {
    filter.status = meeting_status_of(*status);
    if (!filter.status)
      return crm::sdk::unexpected(invalid_query("status", "invalid_option", "There is no such status"));
  }
  return filter;
}

MeetingPosition position_of(const ListQuery& query) {
  if (query.cursor.empty()) return {};
  return {Instant{std::chrono::seconds{query.cursor[0]}}, MeetingId{query.cursor[1]}};
}

}  // namespace

Response Meetings::answer(const Result<Meeting>& meeting, const Request& request) {
  if (!meeting) return to_response(meeting.error(), log_, request);
  return one_answer(200, *meeting, [](JsonText& out, const Meeting& one) { write_meeting(out, one); });
}

Response Meetings::list(const Request& request) {
  auto query = read_list_query(request, 2);
  if (!query) return query.error();
  auto filter = read_filter(request, zones_);
  if (!filter) return filter.error();
  auto meetings = service_.list(actor_of(request), *filter, position_of(*query), query->fetch());
  if (!meetings) return to_response(meetings.error(), log_, request);
  return list_response(
      *meetings, *query, [](JsonText& out, const Meeting& one) { write_meeting(out, one); },
      [](const Meeting& one) {
        return std::vector<std::int64_t>{one.time.start().time_since_epoch().count(), one.id.value};
      });
}

Response Meetings::get(const Request& request) {
  const auto id = id_in_path(request);
  return id ? answer(service_.get(actor_of(request), MeetingId{*id}), request) : crm::sdk::not_found();
}

Response Meetings::cancel(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto reason = decode_reason(request);
  if (!reason) return reason.error();
  return answer(service_.cancel(actor_of(request), MeetingId{*id}, std::move(*reason), request.request_id), request);
}

Response Meetings::confirm(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  return answer(service_.confirm(actor_of(request), MeetingId{*id}, request.request_id), request);
}

Response Meetings::decline(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto reason = decode_reason(request);
  if (!reason) return reason.error();
  return answer(service_.decline(actor_of(request), MeetingId{*id}, std::move(*reason), request.request_id), request);
}

Response Meetings::outcome(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto input = JsonInput::from_body(request);
  if (!input) return input.error();
  input->require("outcome");
  const auto text = input->text("outcome", k_line);
  const auto outcome = meeting_status_of(text.value_or("completed"));
  if (outcome != MeetingStatus::completed && outcome != MeetingStatus::no_show)
    input->note("outcome", "invalid_option", "completed or no_show");
  if (auto refusal = input->refusal()) return *refusal;
  return answer(service_.record_outcome(actor_of(request), MeetingId{*id}, *outcome, request.request_id), request);
}

Response Meetings::reassign(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto input = JsonInput::from_body(request);
  if (!input) return input.error();
  input->require("host_user_id");
  const auto host = input->integer("host_user_id", 1, k_int_max);
  if (auto refusal = input->refusal()) return *refusal;
  return answer(service_.reassign(actor_of(request), MeetingId{*id}, UserId{*host}, request.request_id), request);
}

}  // namespace scheduling
