#include "plugin/http/public/public_booking.hpp"

#include <algorithm>

#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/embedding.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/from_memory.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/month/booking_data.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/page_theme.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/slots_json.hpp"
#include "plugin/http/public/tidy_links.hpp"
#include "plugin/http/public/time_choice.hpp"
#include "plugin/http/zone_list.hpp"
#include "plugin/json/meeting_json.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

constexpr std::string_view k_theme_ending = ".css";

/// What everybody may read.
Response public_json(std::string body) {
  Response response = Response::json(200, std::move(body));
  response.may_compress = true;
  return response;
}

/// A strong ETag from the content, equal on all instances (FNV-1a).
std::string content_tag(std::string_view content) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return '"' + std::to_string(hash) + '"';
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Response PublicBooking::refuse(const Error& error, const Request& request) {
  if (error.code == Code::broken || !wants_html(request)) {
    Response answer = to_response(error, parts_.log, request);
    if (!wants_html(request)) return answer;
  }
  return in_its_frame(parts_.pages.views(request).refusal(error), request);
}

/// A refusal, too, is read where the page stands, as far as anybody knows whose page it is.
Response PublicBooking::in_its_frame(Response response, const Request& request) {
  if (!is_embedded(request)) return response;
  auto found = parts_.scheduling.public_page(tidy_slug(request.param("slug")));
  return found ? framed(std::move(response), request, found->page) : response;
}

Response PublicBooking::bad_form(const Request& request) const {
  return parts_.pages.views(request).notice({400, "bad_request_heading", "bad_request_lead"});
}

/// A link with an invitation that does not stand says what became of it.
Response PublicBooking::refuse_invited(const Error& error, const Request& request) {
  if (error.code != Code::token_expired || !wants_html(request)) return refuse(error, request);
  const NoticePage gone{.status = 410, .heading = "gone_heading", .lead = "invitation_gone_lead"};
  return in_its_frame(secret_page(parts_.pages.views(request).notice(gone)), request);
}

Result<Invited> PublicBooking::open_invited(const PublicType& found, const std::optional<std::string>& token) {
  if (!token) return Invited{};
  auto invitation = parts_.booking.invitations().open(*token, found.type.id);
  if (!invitation) return fail(std::move(invitation.error()));
  auto times = parts_.booking.invitations().times(*found.target, *invitation);
  if (!times) return fail(std::move(times.error()));
  return Invited{std::move(*invitation), std::move(*times)};
}

SlotsIn PublicBooking::slots_for(const PublicType& found, const Invited& invited) const {
  return [this, &found, times = invited.times](TimeRange window) {
    return parts_.booking.invitations().slots(*found.target, times, window);
  };
}

/// The page speaks for its owner: its name stands for the host until somebody is booked.
std::string PublicBooking::host_name(const SchedulingPage& page) const {
  return page.content.name;
}

Response PublicBooking::page(const Request& request) {
  const FromMemory from_memory(parts_.availability);
  auto found = parts_.scheduling.public_page(tidy_slug(request.param("slug")));
  if (!found) return refuse(found.error(), request);
  if (found->page.content.slug.text() != request.param("slug")) return moved_for_good(path_of(found->page), request);
  if (wants_html(request)) {
    const PublicViews views = parts_.pages.views(request);
    QueryParameters kept = views.kept(request, KeepZone::yes);
    const CalendarQuery wanted = calendar_query({}, request, {});
    kept.emplace_back("month", wanted.month);
    kept.emplace_back("date", wanted.date);
    View more = embed_view(request, found->page);
    if (!found->host_names.empty()) more.text("host_names", joined_names(found->host_names));
    if (from_memory.holds()) more.text("memory_note", views.texts().text("from_memory_note"));
    std::optional<MeetingTypeId> invited;
    if (const auto token = invite_in(request)) invited = parts_.booking.invitations().type_of(*token);
    Response response = views.page(*found, kept, more, invited);
    from_memory.mark(response);
    response.may_compress = brings_nothing_private(request);
    return framed(std::move(response), request, found->page);
  }
  JsonText out;
  out.begin_object().key("data").begin_object();
  write_public_page(out, found->page);
  if (!found->host_names.empty()) {
    out.key("hosts");
    write_texts(out, found->host_names);
  }
  out.key("meeting_types").begin_array();
  for (const MeetingType& type : found->types) write_public_type(out, type);
  out.end_array().end_object().end_object();
  Response response = public_json(out.take());
  from_memory.mark(response);
  return response;
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
  response.may_compress = true;
  return response;
}

/// The same for everybody, so pages need not hold it. Offsets change with the hour, and whoever sees an old one for a
/// while loses nothing: what is booked is an instant.
Response PublicBooking::zones(const Request& request) {
  Response response = public_json(zone_list_json(parts_.zones, parts_.clock.now()));
  const std::string tag = content_tag(response.body);
  response.headers = {{"ETag", tag}, {"Cache-Control", "public, max-age=3600, stale-while-revalidate=604800"}};
  if (request.header("If-None-Match").value_or("").find(tag) == std::string_view::npos) return response;
  response.status = 304;
  response.body.clear();
  return response;
}

Result<SchedulingService::PublicType> PublicBooking::asked_type(const Request& request) {
  return parts_.scheduling.public_type(tidy_slug(request.param("slug")), tidy_slug(request.param("meetingType")));
}

Response PublicBooking::type(const Request& request) {
  const FromMemory from_memory(parts_.availability);
  auto found = asked_type(request);
  if (!found) return refuse(found.error(), request);
  if (auto moved = moved_type(*found, request, "")) return std::move(*moved);
  const auto invited = open_invited(*found, invite_in(request));
  if (!invited) return refuse_invited(invited.error(), request);
  if (wants_html(request)) {
    Response answer = type_page(*found, *invited, request, from_memory);
    return invited->invitation ? secret_page(std::move(answer)) : answer;
  }
  JsonText out;
  out.begin_object().key("data");
  write_public_type(out, found->type, invitation_json(*invited));
  out.end_object();
  if (invited->invitation) return secret(Response::json(200, out.take()));
  Response response = public_json(out.take());
  from_memory.mark(response);
  return response;
}

Response PublicBooking::type_page(const PublicType& found, const Invited& invited, const Request& request,
                                  const FromMemory& from_memory) {
  const PublicViews views = parts_.pages.views(request);
  const PublicTexts& texts = views.texts();
  const SpokenZone zone = texts.zone(asked_zone(request), found.page.content.timezone);
  const auto start = parse_instant(request.query_value("start").value_or(""));
  if (!start) return calendar_page(found, invited, zone, request, {}, from_memory);
  const TimeRange instant(*start, *start + std::chrono::seconds{1});
  auto free = slots_for(found, invited)(instant);
  if (!free) return refuse(free.error(), request);
  if (!free->empty()) return form_page(found, invited, zone, *start, request, from_memory);
  View notice;
  notice.text("tone", "warn").text("title", texts.text("gone_start_title")).text("text", texts.text("gone_start_text"));
  notice.text("more", texts.text("gone_start_yours"));
  return calendar_page(found, invited, zone, request, View().part("notice", std::move(notice)), from_memory, *start);
}

/// An empty form, or what the link fills in. The browser may keep it, so that going back shows what was typed.
Response PublicBooking::form_page(const PublicType& found, const Invited& invited, const SpokenZone& zone,
                                  Instant start, const Request& request, const FromMemory& from_memory) {
  DetailsPage page{.found = found,
                   .views = parts_.pages.views(request),
                   .zone = zone,
                   .values = with_invitee(prefilled(request), invited),
                   .start = start,
                   .invited = invited};
  page.typed_by = TypedBy::link;
  page.is_from_memory = from_memory.holds();
  Response response = details_page(200, page, request);
  from_memory.mark(response);
  for (crm::sdk::Header& header : response.headers)
    if (header.name == "Cache-Control") header.value = "private, no-cache";
  return response;
}

Response PublicBooking::calendar_page(const PublicType& found, const Invited& invited, const SpokenZone& zone,
                                      const Request& request, const View& notice, const FromMemory& from_memory,
                                      const std::optional<Instant>& wanted) {
  const PublicViews views = parts_.pages.views(request);
  const PublicTexts& texts = views.texts();
  const Instant now = parts_.clock.now();
  CalendarQuery query = calendar_query(path_of(found), request, views.kept(request, KeepZone::no));
  if (wanted && query.date.empty()) query.date = zone.rules->date_at(*wanted).text();
  query.own_zones = {found.page.content.timezone};
  const SlotsIn slots = asked_once(slots_for(found, invited));
  auto calendar = calendar_view(texts, zone, now, query, slots);
  if (!calendar) return refuse(calendar.error(), request);
  const MeetingTypeContent& type = found.type.content;
  const std::string title = texts.title(type.name, host_name(found.page));
  View view = views.frame(title, found.page);
  MessageArgs facts;
  facts.text("type", type.name).text("duration", texts.duration(type.duration)).text("name", host_name(found.page));
  view.merge(views.shared_link(found.page, path_of(found), title,
                               type.description.value_or(texts.text("type_description", facts))));
  view.merge(views.summary(found.type, zone, now, host_name(found.page))).merge(*calendar).merge(notice);
  view.merge(owner_away_view(texts, invited, type.settings.owner_wait_days_or_default()));
  const std::string month_path = url_with(query.path + "/month", {{k_invite, invite_in(request).value_or("")}});
  auto data =
      booking_data(texts, {query, views.with_language(month_path), zone, now, slots, asked_zone(request).empty()});
  if (!data) return refuse(data.error(), request);
  view.text("booking_data", std::move(*data)).merge(embed_view(request, found.page));
  if (from_memory.holds()) view.text("memory_note", texts.text("from_memory_note"));
  view.text("back_label", texts.text("back_to_page"));
  view.text("back_url", url_with(path_of(found.page), views.kept(request, KeepZone::yes)));
  Response response = views.html(200, "type", view, found.page.content.branding);
  from_memory.mark(response);
  response.may_compress = brings_nothing_private(request);
  return framed(std::move(response), request, found.page);
}

Response PublicBooking::details_page(int status, const DetailsPage& page, const Request& request) {
  const PublicTexts& texts = page.views.texts();
  const SpokenZone& zone = page.zone;
  const MeetingTypeContent& type = page.found.type.content;
  const std::string path = path_of(page.found);
  std::string title = texts.title(type.name, host_name(page.found.page));
  if (status >= 400) title = texts.text("error_title", "title", title);
  View view = page.views.frame(title, page.found.page);
  view.merge(
      page.views.summary(page.found.type, zone, page.start.value_or(parts_.clock.now()), host_name(page.found.page)));
  view.merge(details_form(texts, type, page.values, page.refused.refusal.fields, page.typed_by,
                          {zone.id, page.found.page.content.timezone}));
  if (page.is_choosing || !page.start) {
    auto choice = choice_of(page);
    if (!choice) return page.views.refusal(choice.error());
    view.merge(*choice);
  } else {
    view.text("start", format_instant(*page.start));
    view.text("chosen_when", texts.span(zone, TimeRange(*page.start, *page.start + type.duration)));
  }
  if (status >= 400) view.merge(refused_notice(texts, page.refused));
  view.merge(owner_away_view(texts, page.invited, type.settings.owner_wait_days_or_default()));
  if (page.is_from_memory) view.text("memory_note", texts.text("from_memory_note"));
  view.text("action", keep_embedded(path + "/book", request)).text("choose_action", keep_embedded(path, request));
  view.text("timezone", zone.id.name()).merge(embed_view(request, page.found.page));
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
  return framed(page.views.html(status, "details", view, page.found.page.content.branding,
                                type.settings.confirmation_redirect_url),
                request, page.found.page);
}

/// The wanted day: the one that was asked for, else that of the start, else the first free one.
Result<View> PublicBooking::choice_of(const DetailsPage& page) {
  TimeChoice choice{LocalDate::parse(page.values.value("pick_date")), page.refused.alternatives};
  if (!choice.wanted && page.start) choice.wanted = page.zone.rules->date_at(*page.start);
  return time_choice(page.views.texts(), page.zone, parts_.clock.now(), choice, slots_for(page.found, page.invited));
}

Response PublicBooking::slots(const Request& request) {
  const FromMemory from_memory(parts_.availability);
  auto found = asked_type(request);
  if (!found) return to_response(found.error(), parts_.log, request);
  if (auto moved = moved_type(*found, request, "/slots")) return std::move(*moved);
  auto query = read_slots_query(request, parts_.zones, found->page.content.timezone);
  if (!query) return query.error();
  const auto invited = open_invited(*found, invite_in(request));
  if (!invited) return to_response(invited.error(), parts_.log, request);
  std::vector<TimeRange> slots;
  if (query->window) {
    auto free = slots_for(*found, *invited)(*query->window);
    if (!free) return to_response(free.error(), parts_.log, request);
    slots = std::move(*free);
  }
  Response response = Response::json(200, slots_json(query->zone, *query->rules, slots, unreachable_json(*invited)));
  response.headers.push_back({"Cache-Control", "no-store"});
  response.may_compress = brings_nothing_private(request);
  from_memory.mark(response);
  return response;
}

/// Another time for a form that was begun: nothing that was typed is lost, and nothing is booked.
Response PublicBooking::choose(const Request& request) {
  if (!is_form(request))
    return crm::sdk::refuse(415, "unsupported_media_type",
                            "The body must be a form: application/x-www-form-urlencoded");
  const auto form = FormBody::parse(request.body);
  if (!form) return in_its_frame(bad_form(request), request);
  auto found = asked_type(request);
  if (!found) return refuse(found.error(), request);
  if (auto moved = moved_type(*found, request, "")) return std::move(*moved);
  auto invited = open_invited(*found, invite_in(*form, request));
  if (!invited) return refuse_invited(invited.error(), request);
  DetailsPage page = shown_again(*found, request, *form, std::move(*invited));
  page.is_choosing = true;
  return details_page(200, page, request);
}

PublicBooking::DetailsPage PublicBooking::shown_again(const PublicType& found, const Request& request,
                                                      const FormBody& form, Invited invited) {
  const PublicViews views = parts_.pages.views(request);
  return {.found = found,
          .views = views,
          .zone = views.texts().zone(form.value("timezone"), found.page.content.timezone),
          .values = with_own_names(form),
          .start = parse_instant(form.value("start")),
          .invited = std::move(invited)};
}

}  // namespace scheduling
