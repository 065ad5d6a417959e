#include "plugin/http/public/manage.hpp"

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/services/meeting/meeting_calendar_event.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

std::string token_of(const Request& request) {
  return std::string(request.param("token"));
}

void write_managed(JsonText& out, const ManagedMeeting& managed, const std::string& site, const std::string& token) {
  const Meeting& meeting = managed.details.meeting;
  const MeetingTypeSettings& settings = managed.details.type.content.settings;
  out.begin_object().key("meeting");
  write_own_meeting(out, meeting);
  out.key("meeting_type");
  write_public_type(out, managed.details.type);
  out.key("host").begin_object().field("name", managed.details.host.name).end_object();
  out.field("can_cancel", managed.may_cancel.has_value())
      .field("can_reschedule", managed.may_reschedule.has_value())
      .field("cancel_until", last_change(meeting.time.start(), settings.cancel_notice_or_default()))
      .field("reschedule_until", last_change(meeting.time.start(), settings.reschedule_notice_or_default()))
      .field("manage_url", manage_link(site, token))
      .field("ics_url", ics_link(site, token))
      .end_object();
}

bool is_too_late(const Done& done) {
  return !done && done.error().code == Code::too_late;
}

struct StatusBadge {
  const char* badge;
  const char* tone;
};

StatusBadge badge_of(MeetingStatus status) {
  switch (status) {
    case MeetingStatus::scheduled: return {"check", ""};
    case MeetingStatus::pending: return {"clock", "warn"};
    case MeetingStatus::cancelled: return {"cross", "bad"};
    default: return {"check", ""};
  }
}

}  // namespace

Response Manage::refuse(const Error& error, const Request& request) {
  Response answer = to_response(error, parts_.log, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(answer));
  if (error.code == Code::not_found) return parts_.views.notice({404, "not_found_link_heading", "not_found_link_lead"});
  return secret_page(parts_.views.refusal(error));
}

Response Manage::show(const Request& request) {
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return refuse(managed.error(), request);
  if (!wants_html(request)) {
    JsonText out;
    out.begin_object().key("data");
    write_managed(out, *managed, parts_.site.public_url(), token_of(request));
    out.end_object();
    return secret(Response::json(200, out.take()));
  }
  if (request.query_value("move") && managed->may_reschedule) return move_page(200, *managed, request, {});
  return details_html(200, *managed, token_of(request), {});
}

Response Manage::details_html(int status, const ManagedMeeting& managed, const std::string& token,
                              const PageNotice& page_notice) {
  const PublicTexts& texts = parts_.views.texts();
  const Meeting& meeting = managed.details.meeting;
  const SpokenZone zone = texts.zone(meeting.timezone.name(), ZoneId::utc());
  View view = parts_.views.frame(activity_subject(managed.details), managed.details.page);
  view.merge(parts_.views.facts(managed.details, zone));
  view.text("heading", managed.details.type.content.name + " – " + managed.details.host.name);
  const bool waits_for_attendee = meeting.awaits_verification && is_live(meeting.status);
  view.text("status_text",
            texts.text(waits_for_attendee ? "status_unverified" : "status_" + std::string(name_of(meeting.status))));
  view.text("badge", badge_of(meeting.status).badge).text("badge_tone", badge_of(meeting.status).tone);
  if (!page_notice.title.empty()) {
    View notice;
    notice.text("tone", page_notice.tone).text("role", page_notice.tone == "good" ? "status" : "alert");
    notice.text("title", texts.text(page_notice.title)).text("text", texts.text(page_notice.text));
    notice.text("reach", page_notice.with_host ? texts.text("reach") : "")
        .text("reach_email", managed.details.host.email);
    view.part("notice", std::move(notice));
  }
  const std::string path = manage_link("", token);
  view.flag("can_change", is_live(meeting.status)).text("ics_url", ics_link("", token));
  view.text("move_url", managed.may_reschedule ? path + "?move=1" : "");
  view.text("move_too_late", is_too_late(managed.may_reschedule) ? texts.text("too_late_move") : "");
  view.text("cancel_action", managed.may_cancel ? "/schedule/cancel/" + token : "");
  view.text("cancel_too_late", is_too_late(managed.may_cancel) ? texts.text("too_late_cancel") : "");
  view.text("reach_email", managed.details.host.email).text("timezone", zone.id.name());
  view.text("reason_value", "").text("reason_error", "");
  const auto& page = managed.details.page;
  const bool offers_again = meeting.status == MeetingStatus::cancelled && page && page->content.is_active &&
                            managed.details.type.content.is_active && !managed.details.type.archived_at;
  if (offers_again)
    view.text("book_again_url",
              "/schedule/" + page->content.slug.text() + "/" + managed.details.type.content.slug.text());
  return secret_page(
      parts_.views.html(status, "manage", view, page ? std::optional(page->content.branding) : std::nullopt));
}

Response Manage::move_page(int status, const ManagedMeeting& managed, const Request& request,
                           const BookingResult& refused) {
  const PublicTexts& texts = parts_.views.texts();
  const MeetingDetails& details = managed.details;
  const Meeting& meeting = details.meeting;
  const std::string token = token_of(request);
  const SpokenZone zone = texts.zone(request.query_value("timezone").value_or(""), meeting.timezone);
  CalendarQuery query = calendar_query(manage_link("", token), request);
  query.kept = {{"move", "1"}};
  query.current = meeting.time.start();
  const auto free = [&](TimeRange window) {
    return parts_.availability.slots(details.type, meeting.host, window, meeting.id);
  };
  View view = parts_.views.frame(texts.text("move_title"), details.page);
  view.merge(parts_.views.summary(details.type, zone, meeting.time.start(), details.host.name));
  view.text("when", texts.span(zone, meeting.time)).text("when_label", texts.text("moved_label"));
  view.text("back_url", query.path).text("back_label", texts.text("back_to_meeting"));
  if (refused.refusal.code == Code::slot_taken || refused.refusal.code == Code::outside_rules) {
    View notice;
    notice.text("tone", "warn")
        .text("title", texts.text("gone_start_title"))
        .text("text", texts.text("gone_start_text"));
    notice.flag("has_alternatives", !refused.alternatives.empty());
    notice.list("alternatives", alternative_links(texts, zone, query, refused.alternatives));
    view.part("notice", std::move(notice));
  }
  const auto start = refused.refusal.fields.empty() && refused.alternatives.empty()
                         ? parse_instant(request.query_value("start").value_or(""))
                         : std::nullopt;
  if (start) {
    const std::string date = zone.rules->date_at(*start).text();
    view.text("chosen_start", format_instant(*start));
    view.text("chosen_when", texts.span(zone, TimeRange(*start, *start + details.type.content.duration)));
    view.text("change_url", url_with(query.path, {{"move", "1"}, {"timezone", zone.id.name()}, {"date", date}}));
    view.text("move_action", "/schedule/reschedule/" + token).text("timezone", zone.id.name());
  } else {
    auto calendar = calendar_view(texts, zone, parts_.clock.now(), query, free);
    if (!calendar) return refuse(calendar.error(), request);
    view.merge(*calendar);
  }
  return secret_page(parts_.views.html(status, "move", view,
                                       details.page ? std::optional(details.page->content.branding) : std::nullopt));
}

Response Manage::page_after(int status, const Request& request, const PageNotice& page_notice) {
  auto managed = parts_.booking.find_by_link(request.param("token"));
  return managed ? details_html(status, *managed, token_of(request), page_notice) : refuse(managed.error(), request);
}

Response Manage::cancel(const Request& request) {
  if (is_form(request)) return cancel_form(request);
  auto reason = decode_reason(request);
  if (!reason) return secret(std::move(reason.error()));
  auto details = parts_.booking.cancel_by_link(request.param("token"), std::move(*reason), request.request_id);
  if (!details) return secret(to_response(details.error(), parts_.log, request));
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_own_meeting(out, details->meeting);
  out.end_object().end_object();
  return secret(Response::json(200, out.take()));
}

Response Manage::cancel_form(const Request& request) {
  const auto form = FormBody::parse(request.body);
  if (!form) return parts_.views.notice({400, "bad_request_heading", "bad_request_lead"});
  auto details = parts_.booking.cancel_by_link(request.param("token"), form->value("reason"), request.request_id);
  if (details) return page_after(200, request, {"good", "cancelled_title", "cancelled_text"});
  if (details.error().code == Code::too_late)
    return page_after(409, request, {"warn", "too_late_title", "too_late_cancel", true});
  if (details.error().code == Code::conflict)
    return page_after(409, request, {"warn", "not_open_title", "not_open_text"});
  if (details.error().code == Code::invalid_input)
    return page_after(422, request, {"bad", "bad_request_heading", "bad_request_lead"});
  return refuse(details.error(), request);
}

Response Manage::reschedule(const Request& request) {
  if (is_form(request)) return reschedule_form(request);
  auto move = decode_move(request);
  if (!move) return secret(std::move(move.error()));
  const BookingResult answer = parts_.booking.reschedule(*move);
  if (!answer.booking) return secret(refused_booking(answer, parts_.log, request));
  const std::string site = parts_.site.public_url();
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_own_meeting(out, answer.booking->details.meeting);
  out.field("manage_url", manage_link(site, answer.booking->token))
      .field("ics_url", ics_link(site, answer.booking->token))
      .end_object()
      .end_object();
  return secret(Response::json(200, out.take()));
}

Response Manage::reschedule_form(const Request& request) {
  const auto form = FormBody::parse(request.body);
  if (!form) return parts_.views.notice({400, "bad_request_heading", "bad_request_lead"});
  const BookingResult answer = parts_.booking.reschedule(move_from(*form, request));
  if (answer.booking) return page_after(200, request, {"good", "moved_title", "moved_text"});
  const Error& error = answer.refusal;
  switch (error.code) {
    case Code::too_late: return page_after(409, request, {"warn", "too_late_title", "too_late_move", true});
    case Code::conflict: return page_after(409, request, {"warn", "not_open_title", "not_open_text"});
    case Code::invalid_input:
    case Code::slot_taken:
    case Code::outside_rules: break;
    default: return refuse(error, request);
  }
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return refuse(managed.error(), request);
  return move_page(problem_of(error).status, *managed, request, answer);
}

Response Manage::invite(const Request& request) {
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return refuse(managed.error(), request);
  const MeetingDetails& details = managed->details;
  const CalendarMethod method =
      details.meeting.status == MeetingStatus::cancelled ? CalendarMethod::cancel : CalendarMethod::publish;
  Response response;
  response.content_type = "text/calendar; charset=utf-8";
  const std::string link = manage_link(parts_.site.public_url(), token_of(request));
  const PublicTexts& texts = parts_.views.texts();
  const CalendarEvent event = calendar_event_of(details, {texts.location(details.meeting), link, texts.text("manage")});
  response.body = parts_.calendar_file.write(method, event);
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"invite.ics\""});
  return secret(std::move(response));
}

}  // namespace scheduling
