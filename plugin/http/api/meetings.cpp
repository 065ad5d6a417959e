#include "plugin/http/api/meetings.hpp"

#include <utility>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/insight/meetings_csv.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/time_bound.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

/// The value of a parameter that is one of two words; `absent` when it is not there.
template <class T>
crm::sdk::Expected<T, Response> read_word(const Request& request, const char* name, T absent,
                                          std::pair<std::string_view, T> one, std::pair<std::string_view, T> other) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return absent;
  for (const auto& [word, value] : {one, other})
    if (*text == word) return value;
  return crm::sdk::unexpected(
      invalid_query(name, "invalid_option", std::string(one.first) + " or " + std::string(other.first)));
}

constexpr std::size_t k_search_length_max = 255;

/// Type, host, words and order.
std::optional<Response> narrow(MeetingFilter& filter, const Request& request) {
  auto type = id_in_query<MeetingTypeId>(request, "meeting_type_id");
  if (!type) return std::move(type.error());
  auto host = id_in_query<UserId>(request, "user_id");
  if (!host) return std::move(host.error());
  auto time =
      read_word(request, "when", MeetingTime::any, {"upcoming", MeetingTime::upcoming}, {"past", MeetingTime::past});
  if (!time) return std::move(time.error());
  auto order = read_word(request, "order", MeetingOrder::oldest_first, {"oldest_first", MeetingOrder::oldest_first},
                         {"newest_first", MeetingOrder::newest_first});
  if (!order) return std::move(order.error());
  filter.type = *type;
  filter.host = *host;
  filter.time = *time;
  filter.order = *order;
  const auto text = request.query_value("q");
  if (!text || text->empty()) return std::nullopt;
  if (text->size() > k_search_length_max) return invalid_query("q", "too_long", "At most 255 characters");
  filter.text = std::string(*text);
  return std::nullopt;
}

crm::sdk::Expected<MeetingFilter, Response> read_filter(const Request& request, const ZoneRules& rules) {
  MeetingFilter filter;
  auto from = read_bound(request, Bound::from, rules, k_instant_min);
  if (!from) return crm::sdk::unexpected(std::move(from.error()));
  auto until = read_bound(request, Bound::to, rules, k_instant_end);
  if (!until) return crm::sdk::unexpected(std::move(until.error()));
  filter.from = *from;
  filter.until = *until;
  if (const auto status = request.query_value("status"); status && !status->empty()) {
    filter.status = meeting_status_of(*status);
    if (!filter.status)
      return crm::sdk::unexpected(invalid_query("status", "invalid_option", "There is no such status"));
  }
  auto needs_host = read_word(request, "needs_reassignment", false, {"true", true}, {"false", false});
  if (!needs_host) return crm::sdk::unexpected(std::move(needs_host.error()));
  filter.needs_reassignment = *needs_host;
  if (auto refusal = narrow(filter, request)) return crm::sdk::unexpected(std::move(*refusal));
  return filter;
}

std::optional<MeetingPosition> position_of(const ListQuery& query) {
  if (query.cursor.empty()) return std::nullopt;
  return MeetingPosition{Instant{std::chrono::seconds{query.cursor[0]}}, MeetingId{query.cursor[1]}};
}

struct ShownMeeting {
  const Meeting* meeting;
  const MeetingWords* words;
};

}  // namespace

Response Meetings::answer(const Result<Meeting>& meeting, const Request& request) {
  if (!meeting) return to_response(meeting.error(), log_, request);
  auto words = service_.words_of(actor_of(request), {&*meeting, 1});
  if (!words) return to_response(words.error(), log_, request);
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  return one_answer(200, *meeting,
                    [&](JsonText& out, const Meeting& one) { write_meeting(out, one, words->front(), clock); });
}

Response Meetings::list(const Request& request) {
  auto query = read_list_query(request, 2);
  if (!query) return query.error();
  const auto clock = ReaderClock::asked_for(request, zones_);
  if (!clock) return clock.error();
  auto filter = read_filter(request, clock->rules());
  if (!filter) return filter.error();
  if (wants_csv(request)) return csv(request, *filter);
  auto meetings = service_.list(actor_of(request), std::move(*filter), position_of(*query), query->fetch());
  if (!meetings) return to_response(meetings.error(), log_, request);
  auto words = service_.words_of(actor_of(request), *meetings);
  if (!words) return to_response(words.error(), log_, request);
  std::vector<ShownMeeting> rows;
  for (std::size_t i = 0; i < meetings->size(); ++i) rows.push_back({&(*meetings)[i], &(*words)[i]});
  return list_response(
      rows, *query,
      [&](JsonText& out, const ShownMeeting& one) { write_meeting(out, *one.meeting, *one.words, *clock); },
      [](const ShownMeeting& one) {
        return std::vector<std::int64_t>{one.meeting->time.start().time_since_epoch().count(), one.meeting->id.value};
      });
}

/// All rows, whatever `limit` says: who saves a table wants the whole of it.
Response Meetings::csv(const Request& request, const MeetingFilter& filter) {
  constexpr int k_batch = 1000;
  CsvText out;
  add_meeting_names(out);
  std::optional<MeetingPosition> after;
  while (true) {
    auto meetings = service_.list(actor_of(request), filter, after, k_batch);
    if (!meetings) return to_response(meetings.error(), log_, request);
    auto words = service_.words_of(actor_of(request), *meetings);
    if (!words) return to_response(words.error(), log_, request);
    for (std::size_t i = 0; i < meetings->size(); ++i) add_meeting_row(out, (*meetings)[i], (*words)[i]);
    if (meetings->size() < std::size_t{k_batch}) return csv_response(out.take(), "meetings");
    after = MeetingPosition{meetings->back().time.start(), meetings->back().id};
  }
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

}  // namespace scheduling
