#include "plugin/http/public/approval.hpp"

#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/private_response.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

Response asked_answer(const HostDecisions::Asked& asked) {
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_meeting(out, asked.sheet.meeting);
  out.field("can_decide", asked.is_open).end_object().end_object();
  return secret(Response::json(200, out.take()));
}

const char* status_key(const Meeting& meeting) {
  switch (meeting.status) {
    case MeetingStatus::pending: return "request_waiting";
    case MeetingStatus::scheduled: return "status_scheduled";
    case MeetingStatus::cancelled: return "status_cancelled";
    default: return "status_completed";
  }
}

}  // namespace

Response Requests::refuse(const Error& error, const Request& request) {
  Response answer = to_answer(error, log_, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(answer));
  if (error.code == Code::not_found) return views_.notice({404, "request_gone_heading", "request_gone_lead"});
  return secret_page(views_.refusal(error));
}

Response Requests::page(int status, const Request& request, const Said& said) {
  auto asked = decisions_.find(request.param("token"));
  if (!asked) return refuse(asked.error(), request);
  const PageWords& words = views_.words();
  const Meeting& meeting = asked->sheet.meeting;
  const std::string zone_name = meeting.clocks ? meeting.clocks->host_zone.name() : asked->sheet.host.timezone;
  const SpokenZone zone = words.zone(zone_name, meeting.timezone);
  View view = views_.frame(words.word("request_title"), asked->sheet.page);
  view.merge(views_.facts(asked->sheet, zone));
  view.text("heading", asked->sheet.type.content.name + " – " + meeting.attendee_name);
  view.text("status_text", words.word(status_key(meeting)));
  view.text("badge", meeting.status == MeetingStatus::cancelled ? "cross" : asked->is_open ? "clock" : "check");
  view.text("badge_tone", meeting.status == MeetingStatus::cancelled ? "bad" : asked->is_open ? "warn" : "");
  if (!said.title.empty()) {
    View notice;
    notice.text("tone", said.tone).text("role", said.tone == "good" ? "status" : "alert");
    notice.text("title", words.word(said.title)).text("text", words.word(said.text));
    view.part("notice", std::move(notice));
  }
  const std::string path = decision_link("", std::string(request.param("token")));
  view.text("confirm_action", asked->is_open ? path + "/confirm" : "");
  view.text("decline_action", asked->is_open ? path + "/decline" : "");
  if (asked->is_open && meeting.confirm_by)
    view.text("confirm_by", words.short_day(zone, *meeting.confirm_by) + ", " + words.time(zone, *meeting.confirm_by));
  const auto& page = asked->sheet.page;
  return secret_page(views_.html(status, "request", view, page ? std::optional(page->content.branding) : std::nullopt));
}

Response Requests::show(const Request& request) {
  if (wants_html(request)) return page(200, request, {});
  auto asked = decisions_.find(request.param("token"));
  return asked ? asked_answer(*asked) : refuse(asked.error(), request);
}

Response Requests::refused_form(const Request& request, const Error& error) {
  switch (error.code) {
    case Code::too_late: return page(409, request, {"warn", "too_late_title", "request_too_late"});
    case Code::slot_taken: return page(409, request, {"warn", "request_busy_title", "request_busy_text"});
    case Code::conflict: return page(409, request, {"warn", "not_open_title", "not_open_text"});
    case Code::invalid_input: return page(422, request, {"bad", "bad_request_heading", "bad_request_lead"});
    default: return refuse(error, request);
  }
}

Response Requests::after(const Request& request, const Done& done, const char* title, const char* text) {
  if (is_form(request)) return done ? page(200, request, {"good", title, text}) : refused_form(request, done.error());
  if (!done) return secret(to_answer(done.error(), log_, request));
  auto asked = decisions_.find(request.param("token"));
  return asked ? asked_answer(*asked) : refuse(asked.error(), request);
}

Response Requests::confirm(const Request& request) {
  const Done done = decisions_.confirm(request.param("token"), request.request_id);
  return after(request, done, "request_confirmed_title", "request_confirmed_text");
}

Response Requests::decline(const Request& request) {
  std::optional<std::string> reason;
  if (is_form(request)) {
    const auto form = FormBody::parse(request.body);
    if (!form) return views_.notice({400, "bad_request_heading", "bad_request_lead"});
    reason = form->value("reason");
  } else {
    auto decoded = decode_reason(request);
    if (!decoded) return secret(std::move(decoded.error()));
    reason = std::move(*decoded);
  }
  const Done done = decisions_.decline(request.param("token"), std::move(reason), request.request_id);
  return after(request, done, "request_declined_title", "request_declined_text");
}

}  // namespace scheduling
