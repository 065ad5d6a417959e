#include "plugin/http/teams/team_routes.hpp"

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/api/page_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/teams/candidate_codec.hpp"

namespace scheduling {
namespace {

void write_turn(JsonText& out, const MemberInTurn& one) {
  out.begin_object()
      .field("user_id", one.turn.user)
      .field("name", one.name)
      .field("balance", one.turn.balance())
      .field("meetings", one.turn.meetings)
      .field("eligible", one.turn.eligible)
      .field("expected", one.turn.credits)
      .end_object();
}

}  // namespace

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

Response TeamRoutes::colleagues(const Request& request) {
  auto people = pages_.colleagues();
  if (!people) return to_response(people.error(), log_, request);
  return whole_list(*people, [](JsonText& out, const Person& one) {
    out.begin_object().field("user_id", one.id).field("name", one.name).end_object();
  });
}

Response TeamRoutes::turn(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto turn = pages_.turn(actor_of(request), PageId{*id});
  return turn ? whole_list(*turn, write_turn) : to_response(turn.error(), log_, request);
}

Response TeamRoutes::set_membership(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto input = JsonInput::from_body(request);
  if (!input) return input.error();
  input->require("is_active");
  const auto is_active = input->boolean("is_active");
  if (auto refusal = input->refusal()) return *refusal;
  auto page = pages_.set_membership(actor_of(request), PageId{*id}, *is_active);
  if (!page) return to_response(page.error(), log_, request);
  return one_answer(200, *page,
                    [&](JsonText& out, const SchedulingPage& one) { write_page(out, one, site_.public_url()); });
}

Response TeamRoutes::candidates(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto found = handover_.candidates(actor_of(request), MeetingId{*id});
  return found ? whole_list(*found, write_candidate) : to_response(found.error(), log_, request);
}

Response TeamRoutes::reassign(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto input = JsonInput::from_body(request);
  if (!input) return input.error();
  input->require("host_user_id");
  const auto host = input->integer("host_user_id", 1, k_int_max);
  HandoverCommand command;
  if (input->has("from_user_id") && !input->is_null("from_user_id"))
    if (const auto from = input->integer("from_user_id", 1, k_int_max)) command.from = UserId{*from};
  if (auto refusal = input->refusal()) return *refusal;
  command.to = UserId{*host};
  command.request_id = request.request_id;
  const Actor actor = actor_of(request);
  auto meeting = handover_.reassign(actor, MeetingId{*id}, command);
  if (!meeting) return to_response(meeting.error(), log_, request);
  auto words = meetings_.words_of(actor, {&*meeting, 1});
  if (!words) return to_response(words.error(), log_, request);
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  return one_answer(200, *meeting,
                    [&](JsonText& out, const Meeting& one) { write_meeting(out, one, words->front(), clock); });
}

}  // namespace scheduling
