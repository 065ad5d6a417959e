#include "plugin/http/public/public_booking.hpp"

#include <algorithm>

#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/month/booking_data.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/page_theme.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/slots_json.hpp"
#include "plugin/http/public/tidy_links.hpp"
#include "plugin/http/public/time_choice.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

constexpr std::string_view k_theme_ending = ".css";

std::string path_of(const SchedulingPage& page) {
  return "/schedule/" + page.content.slug.text();
}

std::string path_of(const SchedulingService::PublicType& found) {
  return path_of(found.page) + "/" + found.type.content.slug.text();
}

/// Where the type is found today, when it was asked for in another way: in capitals, under a former slug.
std::optional<Response> moved_type(const SchedulingService::PublicType& found, const Request& request,
                                   const std::string& rest) {
  const bool is_exact = found.page.content.slug.text() == request.param("slug") &&
                        found.type.content.slug.text() == request.param("meetingType");
  return is_exact ? std::nullopt : std::optional(moved_for_good(path_of(found) + rest, request));
}

bool is_tidy(const Request& request) {
  return tidy_slug(request.param("slug")) == request.param("slug") &&
         tidy_slug(request.param("meetingType")) == request.param("meetingType");
}

/// Then the form offers other times.
bool is_about_start(const BookingResult& refused) {
  const Code code = refused.refusal.code;
  return code == Code::slot_taken || code == Code::outside_rules ||
         std::ranges::any_of(refused.refusal.fields, [](const FieldError& error) { return error.field == "start"; });
}

}  // namespace

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
  auto found = parts_.scheduling.public_page(tidy_slug(request.param("slug")));
  if (!found) return refuse(found.error(), request);
  if (found->page.content.slug.text() != request.param("slug")) return moved_for_good(path_of(found->page), request);
  if (wants_html(request)) {
    QueryParameters kept = kept_parameters(request, KeepZone::yes);
    const CalendarQuery wanted = calendar_query({}, request);
    kept.emplace_back("month", wanted.month);
    kept.emplace_back("date", wanted.date);
    return parts_.views.page(*found, kept);
  }
  JsonText out;
  out.begin_object().key("data").begin_object();
  write_public_page(out, found->page);
  out.key("meeting_types").begin_array();
  for (const MeetingType& type : found->types) write_public_type(out, type);
  out.end_array().end_object().end_object();
  return Response::json(200, out.take());
}

Response PublicBooking::theme(const Request& request) {
  std::string_view slug = request.param("stylesheet");
  if (!slug.ends_with(k_theme_ending)) return refuse(make_error(Code::not_found), request);
  slug.remove_suffix(k_theme_ending.size());
  auto found = parts_.scheduling.public_page(slug);
  if (!found) return refuse(found.error(), request);
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.body = theme_css(found->page.content.branding, found->types);
  response.headers.push_back({"Cache-Control", "public, max-age=300"});
  return response;
}

Result<SchedulingService::PublicType> PublicBooking::asked_type(const Request& request) {
  return parts_.scheduling.public_type(tidy_slug(request.param("slug")), tidy_slug(request.param("meetingType")));
}

Response PublicBooking::type(const Request& request) {
  auto found = asked_type(request);
  if (!found) return refuse(found.error(), request);
  if (auto moved = moved_type(*found, request, "")) return std::move(*moved);
  if (wants_html(request)) return type_page(*found, request);
  JsonText out;
  out.begin_object().key("data");
  write_public_type(out, found->type);
  out.end_object();
  return Response::json(200, out.take());
}

Response PublicBooking::type_page(const PublicType& found, const Request& request) {
  const SpokenZone zone = parts_.views.texts().zone(asked_zone(request), found.page.content.timezone);
  const auto start = parse_instant(request.query_value("start").value_or(""));
  if (!start) return calendar_page(found, zone, request, {});
  const TimeRange instant(*start, *start + std::chrono::seconds{1});
  auto free = parts_.availability.public_slots(*found.target, instant);
  if (!free) return refuse(free.error(), request);
  if (!free->empty()) return form_page(found, zone, *start, request);
  const PublicTexts& texts = parts_.views.texts();
  View notice;
  notice.text("tone", "warn").text("title", texts.text("gone_start_title")).text("text", texts.text("gone_start_text"));
  notice.text("more", texts.text("gone_start_yours"));
  return calendar_page(found, zone, request, View().part("notice", std::move(notice)), *start);
}

/// An empty form, or what the link fills in. The browser may keep it, so that going back shows what was typed.
Response PublicBooking::form_page(const PublicType& found, const SpokenZone& zone, Instant start,
                                  const Request& request) {
  DetailsPage page{.found = found, .zone = zone, .values = prefilled(request), .start = start};
  page.typed_by = TypedBy::link;
  Response response = details_page(200, page);
  for (crm::sdk::Header& header : response.headers)
    if (header.name == "Cache-Control") header.value = "private, no-cache";
  return response;
}

Response PublicBooking::calendar_page(const PublicType& found, const SpokenZone& zone, const Request& request,
                                      const View& notice, const std::optional<Instant>& wanted) {
  const PublicTexts& texts = parts_.views.texts();
  const Instant now = parts_.clock.now();
  CalendarQuery query = calendar_query(path_of(found), request);
  if (wanted && query.date.empty()) query.date = zone.rules->date_at(*wanted).text();
  const SlotsIn slots =
      asked_once([&](TimeRange window) { return parts_.availability.public_slots(*found.target, window); });
  auto calendar = calendar_view(texts, zone, now, query, slots);
  if (!calendar) return refuse(calendar.error(), request);
  View view = parts_.views.frame(found.type.content.name + " – " + host_name(found.page), found.page);
  view.merge(parts_.views.summary(found.type, zone, now, host_name(found.page))).merge(*calendar).merge(notice);
  auto data = booking_data(texts, {query, zone, now, slots, asked_zone(request).empty()});
  if (!data) return refuse(data.error(), request);
  view.text("booking_data", std::move(*data));
  view.text("back_label", texts.text("back_to_page"));
  view.text("back_url", url_with(path_of(found.page), kept_parameters(request, KeepZone::yes)));
  return parts_.views.html(200, "type", view, found.page.content.branding);
}

Response PublicBooking::details_page(int status, const DetailsPage& page) {
  const PublicTexts& texts = parts_.views.texts();
  const SpokenZone& zone = page.zone;
  const MeetingTypeContent& type = page.found.type.content;
  const std::string path = path_of(page.found);
  std::string title = type.name + " – " + host_name(page.found.page);
  if (status >= 400) title = texts.text("error_prefix") + " " + title;
  View view = parts_.views.frame(title, page.found.page);
  view.merge(
      parts_.views.summary(page.found.type, zone, page.start.value_or(parts_.clock.now()), host_name(page.found.page)));
  view.merge(details_form(texts, type, page.values, page.refused.refusal.fields, page.typed_by,
                          {zone.id, page.found.page.content.timezone}));
  if (page.is_choosing || !page.start) {
    auto choice = choice_of(page);
    if (!choice) return parts_.views.refusal(choice.error());
    view.merge(*choice);
  } else {
    view.text("start", format_instant(*page.start));
    view.text("chosen_when", texts.span(zone, TimeRange(*page.start, *page.start + type.duration)));
  }
  if (status >= 400) view.merge(refused_notice(texts, page.refused));
  view.text("action", path + "/book").text("choose_action", path).text("timezone", zone.id.name());
  view.text("privacy_text", page.found.page.content.privacy.text.value_or(""));
  view.text("privacy_url", page.found.page.content.privacy.url.value_or(""));
  view.flag("has_privacy", !page.found.page.content.privacy.empty());
  const bool requires_confirmation = type.settings.requires_confirmation.value_or(false);
  view.text("submit_label", texts.text(requires_confirmation ? "request" : "book"));
  std::string key = page.values.value("idempotency_key");
  if (key.empty()) key = parts_.booking.fresh_form_key().value_or("");
  view.text("idempotency_key", key);
  // Of the first showing: who corrects a form has had it before them all the while.
  std::string stamp = page.values.value("form_stamp");
  if (stamp.empty()) stamp = parts_.booking.fresh_form_stamp().value_or("");
  view.text("form_stamp", stamp).text("honeypot", page.values.value(k_honeypot_field));
  view.text("booking_data", booking_data(texts));
  return parts_.views.html(status, "details", view, page.found.page.content.branding,
                           type.settings.confirmation_redirect_url);
}

/// The wanted day: the one that was asked for, else that of the start, else the first free one.
Result<View> PublicBooking::choice_of(const DetailsPage& page) {
  TimeChoice choice{LocalDate::parse(page.values.value("pick_date")), page.refused.alternatives};
  if (!choice.wanted && page.start) choice.wanted = page.zone.rules->date_at(*page.start);
  return time_choice(parts_.views.texts(), page.zone, parts_.clock.now(), choice,
                     [&](TimeRange window) { return parts_.availability.public_slots(*page.found.target, window); });
}

Response PublicBooking::slots(const Request& request) {
  auto found = asked_type(request);
  if (!found) return to_response(found.error(), parts_.log, request);
  if (auto moved = moved_type(*found, request, "/slots")) return std::move(*moved);
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

Response PublicBooking::month(const Request& request) {
  auto found = asked_type(request);
  if (!found) return to_response(found.error(), parts_.log, request);
  if (auto moved = moved_type(*found, request, "/month")) return std::move(*moved);
  const auto query = read_month_query(request, parts_.views.texts(), found->page.content.timezone);
  if (!query) return query.error();
  auto month = month_response(parts_.views.texts(), *query, parts_.clock.now(), [&](TimeRange window) {
    return parts_.availability.public_slots(*found->target, window);
  });
  if (!month) return to_response(month.error(), parts_.log, request);
  month->headers.push_back({"Cache-Control", "no-store"});
  return std::move(*month);
}

/// Bookings know pages by their present slugs and by former ones; capitals are led to the address first.
Response PublicBooking::book(const Request& request) {
  if (!is_tidy(request)) {
    auto found = asked_type(request);
    return found ? moved_for_good(path_of(*found) + "/book", request) : refuse(found.error(), request);
  }
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
  const auto& redirect = answer.booking->details.type.content.settings.confirmation_redirect_url;
  return secret(leading_to(redirect ? *redirect : booked_link(answer.booking->token), request));
}

/// Another time for a form that was begun: nothing that was typed is lost, and nothing is booked.
Response PublicBooking::choose(const Request& request) {
  if (!is_form(request))
    return crm::sdk::refuse(415, "unsupported_media_type",
                            "The body must be a form: application/x-www-form-urlencoded");
  const auto form = FormBody::parse(request.body);
  if (!form) return parts_.views.notice({400, "bad_request_heading", "bad_request_lead"});
  auto found = asked_type(request);
  if (!found) return refuse(found.error(), request);
  if (auto moved = moved_type(*found, request, "")) return std::move(*moved);
  DetailsPage page = shown_again(*found, *form);
  page.is_choosing = true;
  return details_page(200, page);
}

PublicBooking::DetailsPage PublicBooking::shown_again(const PublicType& found, const FormBody& form) {
  return {.found = found,
          .zone = parts_.views.texts().zone(form.value("timezone"), found.page.content.timezone),
          .values = with_own_names(form),
          .start = parse_instant(form.value("start"))};
}

Response PublicBooking::refused_form(const Request& request, const FormBody& form, const BookingResult& answer) {
  const Code code = answer.refusal.code;
  if (code == Code::idempotency_conflict) return used_form(request, form, answer);
  auto found = code == Code::not_found ? fail(Code::not_found) : asked_type(request);
  if (!found) return refuse(answer.refusal, request);
  const Response problem = to_response(answer.refusal, parts_.log, request);  // also logs what is our fault
  DetailsPage page = shown_again(*found, form);
  page.refused = answer;
  page.is_choosing = is_about_start(answer);
  Response response = details_page(problem.status, page);
  for (const crm::sdk::Header& header : problem.headers)
    if (header.name == "Retry-After") response.headers.push_back(header);
  return response;
}

/// The form was changed and sent again after it had booked: its key proves whose booking it is.
Response PublicBooking::used_form(const Request& request, const FormBody& form, const BookingResult& answer) {
  auto own =
      parts_.booking.find_by_form(request.param("slug"), request.param("meetingType"), form.value("idempotency_key"));
  if (!own || !*own) return refuse(answer.refusal, request);
  return secret_page(parts_.views.notice({.status = 409,
                                          .heading = "conflict_heading",
                                          .lead = "conflict_lead",
                                          .link_url = manage_link("", **own),
                                          .link_label = parts_.views.texts().text("show_booking")}));
}

}  // namespace scheduling
