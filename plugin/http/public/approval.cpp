#include "plugin/http/public/approval.hpp"

#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/tidy_links.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

Response asked_answer(const MeetingApproval::PendingMeeting& pending) {
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_asked_meeting(out, pending.details.meeting);
  out.field("can_decide", pending.is_open).end_object().end_object();
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

PublicViews Approval::views(const Request& request) const {
  return pages_.views(request, {}, approval_link("", std::string(request.param("token"))));
}

Response Approval::refuse(const Error& error, const Request& request) {
  Response answer = to_response(error, log_, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(answer));
  if (error.code == Code::not_found) return views(request).notice({404, "request_gone_heading", "request_gone_lead"});
  return secret_page(views(request).refusal(error));
}

Response Approval::page(int status, const Request& request, const PageNotice& page_notice) {
  auto pending = approval_.find(request.param("token"));
  if (!pending) return refuse(pending.error(), request);
  const PublicViews views = this->views(request);
  const PublicTexts& texts = views.texts();
  const Meeting& meeting = pending->details.meeting;
  const std::string zone_name = meeting.clocks ? meeting.clocks->host_zone.name() : pending->details.host.timezone;
  const SpokenZone zone = texts.zone(zone_name, meeting.timezone);
  const std::string title = texts.text("request_title");
  View view = views.frame(status >= 400 ? texts.text("error_title", "title", title) : title, pending->details.page);
  view.merge(views.facts(pending->details, zone, MailRole::host));
  view.text("heading", texts.title(pending->details.type.content.name, meeting.attendee_name));
  view.text("status_text", texts.text(status_key(meeting)));
  view.text("badge", meeting.status == MeetingStatus::cancelled ? "cross" : pending->is_open ? "clock" : "check");
  view.text("badge_tone", meeting.status == MeetingStatus::cancelled ? "bad" : pending->is_open ? "warn" : "");
  if (!page_notice.title.empty()) {
    View notice;
    notice.text("tone", page_notice.tone).text("role", page_notice.tone == "good" ? "status" : "alert");
    notice.text("title", texts.text(page_notice.title)).text("text", texts.text(page_notice.text));
    view.part("notice", std::move(notice));
  }
  const std::string path = approval_link("", std::string(request.param("token")));
  view.text("reason_value", is_form(request) ? FormBody::read(request.body).value("reason") : "");
  view.text("reason_error", page_notice.reason_error ? texts.field_error(*page_notice.reason_error) : "");
  view.text("confirm_action", pending->is_open ? path + "/confirm" : "");
  view.text("decline_action", pending->is_open ? path + "/decline" : "");
  if (pending->is_open && meeting.confirm_by)
    view.text("confirm_by", texts.text("request_answer_by", "moment", texts.short_moment(zone, *meeting.confirm_by)));
  const auto& page = pending->details.page;
  return secret_page(views.html(status, "request", view, page ? std::optional(page->content.branding) : std::nullopt));
}

Response Approval::show(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  if (wants_html(request)) return page(200, request, {});
  auto pending = approval_.find(request.param("token"));
  return pending ? asked_answer(*pending) : refuse(pending.error(), request);
}

Response Approval::refused_form(const Request& request, const Error& error) {
  switch (error.code) {
    case Code::too_late: return page(409, request, {"warn", "too_late_title", "request_too_late"});
    case Code::slot_taken: return page(409, request, {"warn", "request_busy_title", "request_busy_text"});
    case Code::conflict: return page(409, request, {"warn", "not_open_title", "not_open_text"});
    case Code::invalid_input: {
      PageNotice notice{"bad", "errors_one", "reason_refused"};
      if (!error.fields.empty()) notice.reason_error = error.fields.front();
      return page(422, request, notice);
    }
    default: return refuse(error, request);
  }
}

Response Approval::after(const Request& request, const Done& done, const char* title, const char* text) {
  if (is_form(request)) return done ? page(200, request, {"good", title, text}) : refused_form(request, done.error());
  if (!done) return secret(to_response(done.error(), log_, request));
  auto pending = approval_.find(request.param("token"));
  return pending ? asked_answer(*pending) : refuse(pending.error(), request);
}

Response Approval::confirm(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  const Done done = approval_.confirm(request.param("token"), request.request_id);
  return after(request, done, "request_confirmed_title", "request_confirmed_text");
}

Response Approval::decline(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  std::optional<std::string> reason;
  if (is_form(request)) {
    const auto form = FormBody::parse(request.body);
    if (!form) return views(request).notice({400, "bad_request_heading", "bad_request_lead"});
    reason = form->value("reason");
  } else {
    auto decoded = decode_reason(request);
    if (!decoded) return secret(std::move(decoded.error()));
    reason = std::move(*decoded);
  }
  const Done done = approval_.decline(request.param("token"), std::move(reason), request.request_id);
  return after(request, done, "request_declined_title", "request_declined_text");
}

}  // namespace scheduling
