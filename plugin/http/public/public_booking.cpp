#include "plugin/http/public/public_booking.hpp"

#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/page_theme.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/slots_json.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response refused_booking(const BookingResult& answer, crm::sdk::Log& log, const Request& request) {
  const Code code = answer.refusal.code;
  if (code != Code::slot_taken && code != Code::outside_rules) return to_response(answer.refusal, log, request);
  crm::sdk::Problem problem = problem_of(answer.refusal);
  JsonText starts;
  starts.begin_array();
  for (const Instant start : answer.alternatives) starts.value(start);
  starts.end_array();
  problem.members.emplace_back("alternatives", starts.take());
  return crm::sdk::to_response(problem);
}

Response PublicBooking::refuse(const Error& error, const Request& request) {
  if (error.code == Code::broken || !wants_html(request)) {
    Response answer = to_response(error, parts_.log, request);
    return wants_html(request) ? parts_.views.refusal(error) : answer;
  }
  return parts_.views.refusal(error);
}

/// The page speaks for its owner: its name stands for the host until somebody is booked.
std::string PublicBooking::host_name(const SchedulingPage& page) const {
  return page.content.name;
}

Response PublicBooking::page(const Request& request) {
  auto found = parts_.scheduling.public_page(request.param("slug"));
  if (!found) return refuse(found.error(), request);
  const std::string& slug = found->page.content.slug.text();
  if (slug != request.param("slug")) return moved_for_good("/schedule/" + slug, request);
  if (wants_html(request)) return parts_.views.page(*found, kept_parameters(request, KeepZone::yes));
  JsonText out;
  out.begin_object().key("data").begin_object();
  write_public_page(out, found->page);
  out.key("meeting_types").begin_array();
  for (const MeetingType& type : found->types) write_public_type(out, type);
  out.end_array().end_object().end_object();
  return Response::json(200, out.take());
}

Response PublicBooking::theme(const Request& request) {
  auto found = parts_.scheduling.public_page(request.param("slug"));
  if (!found) return refuse(found.error(), request);
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.body = theme_css(found->page.content.branding, found->types);
  response.headers.push_back({"Cache-Control", "public, max-age=300"});
  return response;
}

Response PublicBooking::type(const Request& request) {
  auto found = parts_.scheduling.public_type(request.param("slug"), request.param("meetingType"));
  if (!found) return refuse(found.error(), request);
  const std::string& page_slug = found->page.content.slug.text();
  const std::string& type_slug = found->type.content.slug.text();
  if (page_slug != request.param("slug") || type_slug != request.param("meetingType"))
    return moved_for_good("/schedule/" + page_slug + "/" + type_slug, request);
  if (wants_html(request)) return type_page(*found, request);
  JsonText out;
  out.begin_object().key("data");
  write_public_type(out, found->type);
  out.end_object();
  return Response::json(200, out.take());
}

Response PublicBooking::type_page(const PublicType& found, const Request& request) {
  const SpokenZone zone =
      parts_.views.texts().zone(request.query_value("timezone").value_or(""), found.page.content.timezone);
  const auto start = parse_instant(request.query_value("start").value_or(""));
  if (!start) return calendar_page(found, zone, request, {});
  const TimeRange instant(*start, *start + std::chrono::seconds{1});
  auto free = parts_.availability.public_slots(*found.target, instant);
  if (!free) return refuse(free.error(), request);
  if (!free->empty()) return details_page(200, found, zone, *start, prefilled(request), {});
  const PublicTexts& texts = parts_.views.texts();
  View notice;
  notice.text("tone", "warn").text("title", texts.text("gone_start_title")).text("text", texts.text("gone_start_text"));
  return calendar_page(found, zone, request, View().part("notice", std::move(notice)));
}

Response PublicBooking::calendar_page(const PublicType& found, const SpokenZone& zone, const Request& request,
                                      const View& notice) {
  const PublicTexts& texts = parts_.views.texts();
  const Instant now = parts_.clock.now();
  const CalendarQuery query = calendar_query(std::string(request.path), request);
  auto calendar = calendar_view(texts, zone, now, query, [&](TimeRange window) {
    return parts_.availability.public_slots(*found.target, window);
  });
  if (!calendar) return refuse(calendar.error(), request);
  View view = parts_.views.frame(found.type.content.name + " – " + host_name(found.page), found.page);
  view.merge(parts_.views.summary(found.type, zone, now, host_name(found.page))).merge(*calendar).merge(notice);
  view.text("back_label", texts.text("back_to_page"));
  view.text("back_url",
            url_with("/schedule/" + found.page.content.slug.text(), kept_parameters(request, KeepZone::yes)));
  return parts_.views.html(200, "type", view, found.page.content.branding);
}

Response PublicBooking::details_page(int status, const PublicType& found, const SpokenZone& zone,
                                     std::optional<Instant> start, const FormBody& values,
                                     const BookingResult& refused) {
  const PublicTexts& texts = parts_.views.texts();
  const MeetingTypeContent& type = found.type.content;
  const std::string path = "/schedule/" + found.page.content.slug.text() + "/" + type.slug.text();
  View view = parts_.views.frame(type.name + " – " + host_name(found.page), found.page);
  view.merge(parts_.views.summary(found.type, zone, start.value_or(parts_.clock.now()), host_name(found.page)));
  view.merge(details_form(texts, type, values, refused.refusal.fields));
  if (start) {
    view.text("start", format_instant(*start));
    view.text("chosen_when", texts.span(zone, TimeRange(*start, *start + type.duration)));
  }
  view.merge(taken_notice(texts, zone, refused));
  QueryParameters kept = kept_parameters(values);
  kept.emplace_back("timezone", zone.id.name());
  if (start) kept.emplace_back("date", zone.rules->date_at(*start).text());
  const std::string change_url = url_with(path, kept);
  view.text("change_url", change_url).text("back_url", change_url).text("back_label", texts.text("back_to_times"));
  view.text("action", path + "/book").text("timezone", zone.id.name());
  const bool requires_confirmation = type.settings.requires_confirmation.value_or(false);
  view.text("submit_label", texts.text(requires_confirmation ? "request" : "book"));
  std::string key = values.value("idempotency_key");
  if (key.empty()) key = parts_.booking.fresh_form_key().value_or("");
  view.text("idempotency_key", key);
  // Of the first showing: who corrects a form has had it before them all the while.
  std::string stamp = values.value("form_stamp");
  if (stamp.empty()) stamp = parts_.booking.fresh_form_stamp().value_or("");
  view.text("form_stamp", stamp).text("honeypot", values.value(k_honeypot_field));
  return parts_.views.html(status, "details", view, found.page.content.branding,
                           type.settings.confirmation_redirect_url);
}

Response PublicBooking::slots(const Request& request) {
  auto found = parts_.scheduling.public_type(request.param("slug"), request.param("meetingType"));
  if (!found) return to_response(found.error(), parts_.log, request);
  auto query = read_slots_query(request, parts_.zones, found->page.content.timezone);
  if (!query) return query.error();
  std::vector<TimeRange> slots;
  if (query->window) {
    auto free = parts_.availability.public_slots(*found->target, *query->window);
    if (!free) return to_response(free.error(), parts_.log, request);
    slots = std::move(*free);
  }
  Response response = Response::json(200, slots_json(query->zone, *query->rules, slots));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response PublicBooking::book(const Request& request) {
  if (is_form(request)) return book_form(request);
  auto booking = decode_booking(request);
  if (!booking) return booking.error();
  const BookingResult answer = parts_.booking.book(*booking);
  if (!answer.booking) return refused_booking(answer, parts_.log, request);
  const Booking& done = *answer.booking;
  const std::string site = parts_.site.public_url();
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_own_meeting(out, done.details.meeting);
  out.field("manage_url", manage_link(site, done.token)).field("ics_url", ics_link(site, done.token));
  const MeetingTypeSettings& settings = done.details.type.content.settings;
  out.field_if("confirmation_message", settings.confirmation_message);
  out.field_if("redirect_url", settings.confirmation_redirect_url).end_object().end_object();
  return Response::json(done.is_repeated ? 200 : 201, out.take());
}

Response PublicBooking::book_form(const Request& request) {
  const auto form = FormBody::parse(request.body);
  if (!form) return parts_.views.notice({400, "bad_request_heading", "bad_request_lead"});
  const BookingResult answer = parts_.booking.book(booking_from(*form, request));
  if (!answer.booking) return refused_form(request, *form, answer);
  return parts_.views.booked(answer.booking->is_repeated ? 200 : 201, answer.booking->details, answer.booking->token,
                             "");
}

Response PublicBooking::refused_form(const Request& request, const FormBody& form, const BookingResult& answer) {
  const Code code = answer.refusal.code;
  const bool has_form = code == Code::invalid_input || code == Code::slot_taken || code == Code::outside_rules;
  if (!has_form) return refuse(answer.refusal, request);
  auto found = parts_.scheduling.public_type(request.param("slug"), request.param("meetingType"));
  if (!found) return refuse(found.error(), request);
  const SpokenZone zone = parts_.views.texts().zone(form.value("timezone"), found->page.content.timezone);
  return details_page(problem_of(answer.refusal).status, *found, zone, parse_instant(form.value("start")), form,
                      answer);
}

}  // namespace scheduling
