#include "plugin/http/teams/rep_booking_routes.hpp"

#include <limits>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/slots_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

template <class IdType>
std::optional<IdType> named_id(JsonInput& input, const char* name) {
  if (!input.has(name) || input.is_null(name)) return std::nullopt;
  const auto id = input.integer(name, 1, k_int_max);
  return id ? std::optional(IdType{*id}) : std::nullopt;
}

crm::sdk::Expected<RepBookingDraft, Response> decode_rep_booking(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  RepBookingDraft draft;
  input->require("meeting_type_id");
  draft.type = named_id<MeetingTypeId>(*input, "meeting_type_id").value_or(MeetingTypeId{});
  draft.contact = named_id<ContactId>(*input, "contact_id");
  draft.host = named_id<UserId>(*input, "host_user_id");
  merge(*input, "start", draft.booking.start);
  if (input->has("timezone") && !input->is_null("timezone"))
    draft.booking.timezone = input->text("timezone", k_line).value_or("");
  read_attendee(*input, draft.booking.attendee);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  draft.booking.request_id = request.request_id;
  return draft;
}

crm::sdk::Expected<InvitationDraft, Response> decode_invitation(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  InvitationDraft draft;
  input->require("meeting_type_id");
  input->require("contact_id");
  if (const auto type = input->integer("meeting_type_id", 1, k_int_max)) draft.type = MeetingTypeId{*type};
  if (const auto contact = input->integer("contact_id", 1, k_int_max)) draft.contact = ContactId{*contact};
  if (input->has("expires_in_hours") && !input->is_null("expires_in_hours"))
    draft.expires_in_hours = input->integer("expires_in_hours", std::numeric_limits<std::int32_t>::min(), k_int_max);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return draft;
}

}  // namespace

Response RepBookingRoutes::book(const Request& request) {
  auto draft = decode_rep_booking(request);
  if (!draft) return draft.error();
  const Actor actor = actor_of(request);
  const BookingResult result = bookings_.book(actor, *draft);
  if (!result.booking) return refused_booking(result, log_, request);
  const Meeting& booked = result.booking->details.meeting;
  auto words = meetings_.words_of(actor, {&booked, 1});
  if (!words) return to_response(words.error(), log_, request);
  const ReaderClock clock = ReaderClock::of_user(request, zones_);
  Response response = one_answer(
      201, booked, [&](JsonText& out, const Meeting& one) { write_meeting(out, one, words->front(), clock); });
  response.headers.push_back({"Location", "/api/v1/scheduling/meetings/" + std::to_string(booked.id.value)});
  return response;
}

Response RepBookingRoutes::slots(const Request& request) {
  const auto type = parse_id(request.query_value("meeting_type_id").value_or(""));
  if (!type) return invalid_query("meeting_type_id", "invalid_format", "The id of a meeting type");
  const auto host_text = request.query_value("host_user_id").value_or("");
  const auto host = parse_id(host_text);
  if (!host_text.empty() && !host) return invalid_query("host_user_id", "invalid_format", "The id of a user");
  auto target = bookings_.target(actor_of(request), MeetingTypeId{*type});
  if (!target) return to_response(target.error(), log_, request);
  auto query = read_slots_query(request, zones_, target->page.content.timezone);
  if (!query) return query.error();
  std::vector<TimeRange> slots;
  if (query->window) {
    auto free = bookings_.slots(*target, host ? std::optional(UserId{*host}) : std::nullopt, *query->window);
    if (!free) return to_response(free.error(), log_, request);
    slots = std::move(*free);
  }
  return Response::json(200, slots_json(query->zone, *query->rules, slots));
}

Response RepBookingRoutes::invite(const Request& request) {
  const auto draft = decode_invitation(request);
  if (!draft) return draft.error();
  auto issued = inviting_.invite(actor_of(request), *draft);
  if (!issued) return to_response(issued.error(), log_, request);
  const std::string path = "/schedule/" + issued->page_slug + "/" + issued->type_slug;
  JsonText out;
  out.begin_object().key("data").begin_object();
  out.field("url", site_.public_url() + url_with(path, {{k_invite, issued->token}}));
  out.field("expires_at", issued->expires_at).end_object().end_object();
  return secret(Response::json(201, out.take()));
}

}  // namespace scheduling
