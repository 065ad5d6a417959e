#include "plugin/http/public/manage.hpp"

#include <algorithm>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/embedding.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/month/booking_data.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/tidy_links.hpp"
#include "plugin/http/wording/calendar_links.hpp"
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
  out.key("host").begin_object().field("name", host_names(managed.details)).end_object();
  out.field("can_cancel", managed.may_cancel.has_value())
      .field("can_reschedule", managed.may_reschedule.has_value())
      .field("cancel_until", last_change(meeting.time.start(), settings.cancel_notice_or_default()))
      .field("reschedule_until", last_change(meeting.time.start(), settings.reschedule_notice_or_default()))
      .field("manage_url", manage_link(site, token))
      .field("ics_url", ics_link(site, token))
      .end_object();
}

/// What a manage page says about the meeting as it is now.
struct Standing {
  const char* status_key;
  const char* badge;
  const char* tone;
  bool is_over;  ///< ended, in whatever way
};

Standing standing_of(const Meeting& meeting, Instant now) {
  const bool has_ended = now >= meeting.time.end();
  switch (meeting.status) {
    case MeetingStatus::scheduled:
      if (has_ended) return {"status_completed", "check", "", true};
      return {now >= meeting.time.start() ? "status_running" : "status_scheduled", "check", "", false};
    case MeetingStatus::pending:
      if (has_ended) return {"status_unanswered", "cross", "bad", true};
      if (meeting.awaits_verification) return {"status_unverified", "clock", "warn", false};
      return {"status_pending", "clock", "warn", false};
    case MeetingStatus::cancelled: return {"status_cancelled", "cross", "bad", true};
    default: return {"status_completed", "check", "", true};
  }
}

/// Where the same can be booked once more; empty when it is not offered any more.
std::string book_again_url(const MeetingDetails& details) {
  const auto& page = details.page;
  const MeetingTypeContent& type = details.type.content;
  if (!page || !page->content.is_active || page->archived_at || !type.is_active || details.type.archived_at) return "";
  return "/schedule/" + page->content.slug.text() + "/" + type.slug.text();
}

/// "Sent to ada@example.com.": one line for each mail that tells of the booking.
View::List mail_lines(const PublicTexts& texts, const MeetingDetails& details, const std::vector<OutboxEntry>& mails) {
  View::List lines;
  for (const OutboxEntry& mail : mails) {
    const bool is_first = mail.kind == "mail_booked" || mail.kind == "mail_requested" || mail.kind == "mail_verify";
    if (!is_first || mail.status == OutboxStatus::dropped) continue;
    const bool is_host = mail.role == name_of(MailRole::host);
    const std::string reader = is_host ? details.host.name : mail.recipient.value_or("");
    lines.push_back(View().text("line", texts.text("mail_" + std::string(name_of(mail.status)), "reader", reader)));
  }
  return lines;
}

bool has_code(const Error& error, std::string_view code) {
  return std::ranges::find(error.fields, code, &FieldError::code) != error.fields.end();
}

std::string message_of(const PublicTexts& texts, const Error& error) {
  return error.fields.empty() ? std::string() : texts.field_error(error.fields.front());
}

bool is_too_late(const Done& done) {
  return !done && done.error().code == Code::too_late;
}

MeetingDetails seen_by_attendee(MeetingDetails details) {
  details.meeting.location = location_for_attendee(details.meeting);
  return details;
}

View notice_view(const PublicTexts& texts, const ManagedMeeting& managed, const ManageNotice& page_notice) {
  View notice;
  notice.text("tone", page_notice.tone).text("role", page_notice.tone == "good" ? "status" : "alert");
  notice.text("title", texts.text(page_notice.title)).text("text", texts.text(page_notice.text));
  return notice.text("reach", page_notice.with_host ? texts.text("reach") : "")
      .text("reach_email", managed.details.host.email);
}

/// As the attendee keeps it in a calendar of theirs. `link`: of the manage page; empty: not told.
CalendarEvent attendees_event(const PublicTexts& texts, const MeetingDetails& details, const std::string& link) {
  const MeetingDetails seen = seen_by_attendee(details);
  return calendar_event_of(seen, {texts.location(seen, MailRole::attendee), link, texts.text("manage")},
                           MailRole::attendee, details.meeting.attendee_email);
}

/// Only what is sure goes to a calendar by a click; and the secret of the manage link stands in no address of others.
View calendar_view_of(const PublicTexts& texts, const MeetingDetails& details) {
  View view;
  if (details.meeting.status != MeetingStatus::scheduled) return view;
  const CalendarLinks links = calendar_links(attendees_event(texts, details, {}));
  return view.text("google_url", links.google).text("outlook_url", links.outlook).text("office_url", links.office);
}

/// What may still be done with the meeting, and why not.
View changes_view(const PublicViews& views, const ManagedMeeting& managed, const Request& request, bool is_over) {
  const PublicTexts& texts = views.texts();
  const std::string token = token_of(request);
  View view;
  view.flag("can_change", !is_over).text("ics_url", ics_link("", token));
  const std::string move_url = keep_embedded(views.with_language(manage_link("", token) + "?move=1"), request);
  view.text("move_url", !is_over && managed.may_reschedule ? move_url : "");
  view.text("cancel_action", !is_over && managed.may_cancel ? keep_embedded("/schedule/cancel/" + token, request) : "");
  const auto if_late = [&](const Done& done, const char* key) {
    return !is_over && is_too_late(done) ? texts.text(key) : "";
  };
  view.text("move_too_late", if_late(managed.may_reschedule, "too_late_move"));
  view.text("cancel_too_late", if_late(managed.may_cancel, "too_late_cancel"));
  view.text("reach_email", managed.details.host.email);
  return view.text("book_again_url",
                   is_over ? keep_embedded(views.with_language(book_again_url(managed.details)), request) : "");
}

View refused_move_view(const PublicTexts& texts, const SpokenZone& zone, const CalendarQuery& query,
                       const BookingResult& refused) {
  const bool is_gone = refused.refusal.code == Code::slot_taken || refused.refusal.code == Code::outside_rules;
  View notice;
  notice.text("tone", "warn").text("title", texts.text(is_gone ? "gone_start_title" : "no_start_title"));
  notice.text("text", texts.text("gone_start_text")).text("more", "");
  notice.flag("has_alternatives", !refused.alternatives.empty());
  return notice.list("alternatives", alternative_links(texts, zone, query, refused.alternatives));
}

}  // namespace

PublicViews Manage::views(const Request& request, const ManagedMeeting& managed) const {
  return parts_.pages.views(request, managed.details.meeting.locale.value_or(""),
                            keep_embedded(manage_link("", token_of(request)), request));
}

Response Manage::refuse(const Error& error, const Request& request) {
  Response answer = to_response(error, parts_.log, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(answer));
  const PublicViews views = parts_.pages.views(request, {}, keep_embedded(manage_link("", token_of(request)), request));
  if (error.code == Code::not_found) return views.notice({404, "not_found_link_heading", "not_found_link_lead"});
  return secret_page(views.refusal(error));
}

Response Manage::show(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
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
  const bool is_fresh =
      is_live(managed->details.meeting.status) && parts_.clock.now() < managed->details.meeting.time.end();
  if (request.query_value("moved") && is_fresh)
    return details_html(200, *managed, request, {"good", "moved_title", "moved_text"});
  ManageNotice none;
  none.is_booking = request.query_value("booked") && is_fresh && !managed->details.meeting.rescheduled_from;
  return details_html(200, *managed, request, none);
}

/// The page that a booking ends on: that it worked, the link to keep, who is written to.
View Manage::booked_view(const PublicViews& views, const ManagedMeeting& managed, const Request& request) {
  const PublicTexts& texts = views.texts();
  const Meeting& meeting = managed.details.meeting;
  const bool is_pending = meeting.status == MeetingStatus::pending;
  const std::string stage = meeting.awaits_verification ? "unverified" : is_pending ? "pending" : "booked";
  const MeetingTypeSettings& settings = managed.details.type.content.settings;
  View view;
  view.flag("is_booking", true).text("lead", texts.text(stage + "_lead"));
  view.text("heading", texts.text(stage + "_title"));
  view.text("message", settings.confirmation_message.value_or(""));
  view.text("own_link", manage_link(parts_.site.public_url(), token_of(request)));
  // The form of a page that is not embedded leads there by itself.
  view.text("onward_url", is_embedded(request) ? settings.confirmation_redirect_url.value_or("") : "");
  auto mails = parts_.booking.mails_of(managed.details.meeting.id);
  View::List lines = mails ? mail_lines(texts, managed.details, *mails) : View::List{};
  view.flag("has_mails", !lines.empty());
  return view.list("mails", std::move(lines));
}

Response Manage::details_html(int status, const ManagedMeeting& managed, const Request& request,
                              const ManageNotice& page_notice) {
  const std::string token = token_of(request);
  PublicViews views = this->views(request, managed);
  if (request.query_value("move")) views.be_found_at(manage_link("", token));  // this is not the page to move it
  const PublicTexts& texts = views.texts();
  const Meeting& meeting = managed.details.meeting;
  const SpokenZone zone = texts.zone(meeting.timezone.name(), ZoneId::utc());
  const Standing standing = standing_of(meeting, parts_.clock.now());
  const std::string heading = texts.title(managed.details.type.content.name, host_names(managed.details));
  const std::string stands = page_notice.title.empty() ? standing.status_key : page_notice.title;
  std::string title = texts.title(texts.text(stands), heading);
  if (status >= 400) title = texts.text("error_title", "title", title);
  View view = views.frame(title, managed.details.page);
  view.merge(views.facts(seen_by_attendee(managed.details), zone)).text("heading", heading);
  view.text("status_text", texts.text(standing.status_key));
  view.text("badge", standing.badge).text("badge_tone", standing.tone).text("timezone", zone.id.name());
  view.merge(changes_view(views, managed, request, standing.is_over));
  view.merge(calendar_view_of(texts, managed.details));
  if (!page_notice.title.empty()) view.part("notice", notice_view(texts, managed, page_notice));
  view.text("reason_value", page_notice.reason).text("reason_error", page_notice.reason_error);
  if (page_notice.is_booking) view.merge(booked_view(views, managed, request));
  const auto& page = managed.details.page;
  view.merge(embed_view(request, page));
  Response response = views.html(status, "manage", view, page ? std::optional(page->content.branding) : std::nullopt);
  return framed(secret_page(std::move(response)), request, page);
}

/// Opens on the meeting's own day, or on the day whose time was refused.
Response Manage::move_page(int status, const ManagedMeeting& managed, const Request& request, const Refused& refused) {
  const PublicViews views = this->views(request, managed);
  const PublicTexts& texts = views.texts();
  const MeetingDetails& details = managed.details;
  const Meeting& meeting = details.meeting;
  const std::string token = token_of(request);
  const std::string asked = asked_zone(request);
  const SpokenZone zone = texts.zone(asked.empty() ? refused.timezone : asked, meeting.timezone);
  QueryParameters kept{{"move", "1"}, {"lang", views.chosen_language()}};
  if (is_embedded(request)) kept.emplace_back(k_embed, "1");
  CalendarQuery query = calendar_query(manage_link("", token), request, kept);
  query.current = meeting.time.start();
  query.own_zones = {meeting.timezone};
  if (query.date.empty() && query.month.empty())
    query.date = zone.rules->date_at(refused.start.value_or(meeting.time.start())).text();
  const std::string title = texts.text("move_title");
  View view = views.frame(status >= 400 ? texts.text("error_title", "title", title) : title, details.page);
  view.merge(views.summary(details.type, zone, meeting.time.start(), host_names(details)));
  view.text("when", texts.span(zone, meeting.time)).text("when_label", texts.text("moved_label"));
  view.text("back_url", keep_embedded(views.with_language(query.path), request))
      .text("back_label", texts.text("back_to_meeting"));
  if (status >= 400) view.part("notice", refused_move_view(texts, zone, query, refused.answer));
  const auto start = status < 400 ? parse_instant(request.query_value("start").value_or("")) : std::nullopt;
  if (start && *start != meeting.time.start()) {
    const std::string date = zone.rules->date_at(*start).text();
    view.text("chosen_start", format_instant(*start));
    view.text("chosen_when", texts.span(zone, TimeRange(*start, *start + details.type.content.duration)));
    QueryParameters other = kept;
    other.insert(other.end(), {{"timezone", zone.id.name()}, {"date", date}});
    view.text("change_url", url_with(query.path, other));
    view.text("move_action", keep_embedded("/schedule/reschedule/" + token, request)).text("timezone", zone.id.name());
    view.text("booking_data", booking_data(texts));
  } else {
    const Instant now = parts_.clock.now();
    const SlotsIn slots = asked_once(slots_for(details));
    auto calendar = calendar_view(texts, zone, now, query, slots);
    if (!calendar) return refuse(calendar.error(), request);
    auto data = booking_data(
        texts, {query, views.with_language("/schedule/reschedule/" + token + "/month"), zone, now, slots, false});
    if (!data) return refuse(data.error(), request);
    view.merge(*calendar);
    view.text("booking_data", std::move(*data));
  }
  view.merge(embed_view(request, details.page));
  Response response =
      views.html(status, "move", view, details.page ? std::optional(details.page->content.branding) : std::nullopt);
  return framed(secret_page(std::move(response)), request, details.page);
}

Response Manage::page_after(int status, const Request& request, const ManageNotice& page_notice) {
  auto managed = parts_.booking.find_by_link(request.param("token"));
  return managed ? details_html(status, *managed, request, page_notice) : refuse(managed.error(), request);
}

Response Manage::cancel(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
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
  if (!form) return parts_.pages.views(request).notice({400, "bad_request_heading", "bad_request_lead"});
  auto details = parts_.booking.cancel_by_link(request.param("token"), form->value("reason"), request.request_id);
  if (details) return page_after(200, request, {"good", "cancelled_title", "cancelled_text"});
  if (details.error().code == Code::too_late)
    return page_after(409, request, {"warn", "too_late_title", "too_late_cancel", true});
  if (details.error().code == Code::conflict)
    return page_after(409, request, {"warn", "not_open_title", "not_open_text"});
  if (details.error().code == Code::invalid_input)
    return page_after(422, request,
                      {.tone = "bad",
                       .title = "errors_one",
                       .text = "reason_refused",
                       .reason = form->value("reason"),
                       .reason_error = message_of(parts_.pages.views(request).texts(), details.error())});
  return refuse(details.error(), request);
}

Response Manage::reschedule(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
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
  if (!form) return parts_.pages.views(request).notice({400, "bad_request_heading", "bad_request_lead"});
  const BookingResult answer = parts_.booking.reschedule(move_from(*form, request));
  if (answer.booking)
    return secret(leading_to(
        keep_embedded(parts_.pages.views(request).with_language(manage_link("", token_of(request)) + "?moved=1"),
                      request),
        request));
  const Error& error = answer.refusal;
  switch (error.code) {
    case Code::too_late: return page_after(409, request, {"warn", "too_late_title", "too_late_move", true});
    case Code::conflict: return page_after(409, request, {"warn", "not_open_title", "not_open_text"});
    case Code::invalid_input:
      // Also the second of two clicks: the page shows that the meeting is where it was wanted.
      if (has_code(error, "same_time")) return page_after(422, request, {"warn", "same_time_title", "same_time_text"});
      break;
    case Code::slot_taken:
    case Code::outside_rules: break;
    default: return refuse(error, request);
  }
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return refuse(managed.error(), request);
  return move_page(problem_of(error).status, *managed, request,
                   {answer, parse_instant(form->value("start")), form->value("timezone")});
}

Response Manage::invite(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return refuse(managed.error(), request);
  const MeetingDetails& details = managed->details;
  const CalendarMethod method =
      details.meeting.status == MeetingStatus::cancelled ? CalendarMethod::cancel : CalendarMethod::publish;
  Response response;
  response.content_type = "text/calendar; charset=utf-8";
  const std::string link = manage_link(parts_.site.public_url(), token_of(request));
  const CalendarEvent event = attendees_event(views(request, *managed).texts(), details, link);
  response.body = parts_.calendar_file.write(method, event);
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"invite.ics\""});
  return secret(std::move(response));
}

}  // namespace scheduling
