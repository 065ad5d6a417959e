#include "plugin/http/public/public_views.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/month/booking_data.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/page_theme.hpp"

namespace scheduling {
namespace {

using crm::sdk::Response;

/// "https://thanks.example/ok?a" → "https://thanks.example". Web addresses were checked when stored.
std::string origin_of(std::string_view address) {
  const std::size_t host = address.find("://");
  if (host == std::string_view::npos) return {};
  return std::string(address.substr(0, address.find_first_of("/?#", host + 3)));
}

/// Nothing inline, nothing foreign except the page's own logo and, for its forms, its own redirect.
std::string content_policy(const std::optional<Branding>& branding, const std::optional<std::string>& redirect) {
  std::string policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'";
  if (branding && branding->logo_url) policy += ' ' + origin_of(*branding->logo_url);
  policy += "; form-action 'self'";
  if (redirect) policy += ' ' + origin_of(*redirect);
  return policy + "; base-uri 'none'";
}

std::string labelled(const MeetingTypeContent& type, const std::string& id) {
  const auto found = std::ranges::find(type.questions, id, &Question::id);
  return found == type.questions.end() ? id : found->label;
}

/// Answers in the order of their questions; those of questions that are no longer asked come last.
std::vector<const Answer*> in_question_order(const MeetingTypeContent& type, const std::vector<Answer>& answers) {
  std::vector<const Answer*> ordered;
  for (const Answer& answer : answers) ordered.push_back(&answer);
  std::ranges::stable_sort(ordered, {}, [&](const Answer* answer) {
    return std::ranges::find(type.questions, answer->id, &Question::id) - type.questions.begin();
  });
  return ordered;
}

/// The query of `target` without its language and what cannot be read, else as it was sent; "?" or "?a=b&".
std::string query_before_language(std::string_view target) {
  const std::size_t mark = target.find('?');
  std::string_view rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  std::string query = "?";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view name = one.substr(0, one.find('='));
    const bool is_language = name == "lang" || name == "locale";
    if (!one.empty() && !is_language && FormBody::parse(one)) query.append(one).append("&");
  }
  return query;
}

/// A text as a line of moderate length.
std::string as_line(std::string_view text) {
  constexpr std::size_t k_length_max = 200;
  std::string line(first_characters(text, k_length_max));
  std::ranges::replace(line, '\n', ' ');
  return line.size() < text.size() ? line + "…" : line;
}

}  // namespace

PublicViews HtmlPages::views(const crm::sdk::Request& request, std::string_view stored,
                             const std::string& address_after_post) const {
  const bool is_post = request.method == crm::sdk::Method::post;
  return {site_, reader_locale(messages(), request, stored),
          is_post ? address_after_post : std::string(request.target)};
}

QueryParameters PublicViews::kept(const crm::sdk::Request& request, KeepZone keep_zone) const {
  QueryParameters all = kept_parameters(request, keep_zone);
  all.emplace_back("lang", chosen_language());
  return all;
}

std::string PublicViews::with_language(const std::string& url) const {
  const std::string language = chosen_language();
  if (language.empty() || url.empty()) return url;
  return url + (url.find('?') == std::string::npos ? '?' : '&') + "lang=" + url_encoded(language);
}

View::List PublicViews::languages() const {
  View::List list;
  if (address_.empty()) return list;
  const std::string path = address_.substr(0, address_.find('?'));
  const std::string query = query_before_language(address_);
  for (const std::string& language : site_.wording.messages.languages()) {
    View item;
    item.text("code", language).text("name", site_.wording.messages.text("language.name", language));
    item.text("url", path + query + "lang=" + language);
    list.push_back(item.flag("is_current", language == texts_.locale().language));
  }
  return list;
}

/// Phone numbers as people read them.
std::string PublicViews::shown(const MeetingTypeContent& type, const Answer& answer) const {
  const auto asked = std::ranges::find(type.questions, answer.id, &Question::id);
  const bool is_phone = asked != type.questions.end() && asked->type == QuestionType::phone;
  return is_phone ? texts_.phone(answer_text(answer.value)) : texts_.answer(answer.value);
}

Response PublicViews::html(int status, std::string_view page, const View& view, const std::optional<Branding>& branding,
                           const std::optional<std::string>& redirect) const {
  const std::string& language = texts_.locale().language;
  Response response = Response::html(status, site_.renderer.render(page, view, language));
  response.headers.push_back({"Content-Security-Policy", content_policy(branding, redirect)});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Vary", "Accept, Accept-Language"});
  response.headers.push_back({"Content-Language", language});
  return response;
}

Response PublicViews::notice(const NoticePage& notice) const {
  View view = frame(texts_.text(notice.heading), std::nullopt);
  view.text("heading", texts_.text(notice.heading)).text("lead", texts_.text(notice.lead));
  view.text("badge", notice.badge).text("badge_tone", notice.tone);
  view.text("link_url", notice.link_url).text("link_label", notice.link_label);
  Response response = html(notice.status, "notice", view, std::nullopt);
  if (notice.status == 503) response.headers.push_back({"Retry-After", "2"});
  return response;
}

Response PublicViews::refusal(const Error& error) const {
  switch (error.code) {
    case Code::not_found: return notice({404, "not_found_heading", "not_found_lead"});
    case Code::token_expired: return notice({410, "gone_heading", "gone_lead"});
    case Code::not_accepted: return notice({403, "not_accepted_heading", "not_accepted_lead"});
    case Code::too_many_bookings: {
      Response response = notice({429, "too_many_heading", "too_many_lead"});
      const auto wait = error.retry_after.value_or(std::chrono::seconds{60});
      response.headers.push_back({"Retry-After", std::to_string(wait.count())});
      return response;
    }
    case Code::idempotency_conflict: return notice({409, "conflict_heading", "conflict_lead"});
    case Code::database_unavailable:
    case Code::provider_unavailable: return notice({503, "unavailable_heading", "unavailable_lead"});
    case Code::broken: return notice({500, "broken_heading", "broken_lead", "cross", "bad"});
    default: return notice({problem_of(error).status, "bad_request_heading", "bad_request_lead"});
  }
}

View PublicViews::frame(const std::string& title, const std::optional<SchedulingPage>& page) const {
  View view;
  const ReaderLocale& locale = texts_.locale();
  view.text("lang", locale.language).text("dir", locale.is_right_to_left ? "rtl" : "ltr").text("title", title);
  // Dates in a language without texts stand among English sentences.
  const bool are_dates_foreign = !locale.tag.starts_with(locale.language);
  view.text("dates_lang", are_dates_foreign ? locale.tag : "").text("chosen_lang", chosen_language());
  view.flag("is_demo", site_.crm.is_demonstration()).flag("is_unlisted", true);
  View::List choices = languages();
  view.flag("has_languages", !choices.empty());
  view.list("languages", std::move(choices));
  view.text("script", site_.script.script);
  if (!page) return view;
  const PageContent& content = page->content;
  const std::string home = "/schedule/" + content.slug.text();
  view.text("theme_url", "/schedule/assets/themes/" + content.slug.text() +
                             ".css?v=" + std::to_string(page->updated_at.time_since_epoch().count()));
  view.text("home_url", content.branding.website_url.value_or(home));
  const std::string company = content.branding.company_name.value_or("");
  view.text("logo_url", content.branding.logo_url.value_or(""))
      .text("company_name", company.empty() ? content.name : company);
  return view.flag("has_brand", content.branding.logo_url || !company.empty());
}

View PublicViews::shared_link(const SchedulingPage& page, const std::string& path, const std::string& title,
                              const std::string& description) const {
  const Branding& branding = page.content.branding;
  View shared;
  shared.text("url", site_.crm.public_url() + path).text("title", title).text("description", as_line(description));
  shared.text("image", branding.logo_url.value_or(""));
  shared.text("site", branding.company_name.value_or(page.content.name));
  View view;
  view.flag("is_unlisted", site_.crm.is_demonstration());
  return view.part("shared", std::move(shared));
}

View PublicViews::summary(const MeetingType& type, const SpokenZone& zone, Instant at,
                          const std::string& host_name) const {
  const MeetingTypeContent& content = type.content;
  View view;
  view.text("type_class", theme_class(type)).text("type_name", content.name).text("host_name", host_name);
  view.text("initials", texts_.initials(host_name)).text("duration", texts_.duration(content.duration));
  view.text("location", texts_.location(content)).text("location_icon", PublicTexts::location_icon(content));
  view.text("description", content.description.value_or("")).text("zone_label", texts_.zone_label(zone, at));
  return view.flag("needs_confirmation", content.settings.requires_confirmation.value_or(false));
}

View PublicViews::facts(const MeetingDetails& details, const SpokenZone& zone, MailRole reader) const {
  const Meeting& meeting = details.meeting;
  View view;
  view.text("type_name", details.type.content.name).text("when", texts_.span(zone, meeting.time));
  view.text("zone_label", texts_.zone_label(zone, meeting.time.start()));
  view.text("host_name", host_names(details)).text("attendee_name", meeting.attendee_name);
  view.text("attendee_email", meeting.attendee_email).text("notes", meeting.notes.value_or(""));
  const Location location = meeting.location.value_or(Location{});
  const std::string& place = location.details;
  const bool is_link = place.starts_with("https://") && place.find_first_of(" \n\"") == std::string::npos;
  // The link of a room stands in a line of its own.
  MeetingDetails without_room = details;
  if (without_room.meeting.location) without_room.meeting.location->join_url.reset();
  const std::string words = texts_.location(without_room, reader);
  view.text("location", words).text("location_url", is_link ? place : "");
  view.text("join_url", location.join_url.value_or(""));
  const std::string phone = texts_.phone(meeting.phone.value_or(""));
  view.text("phone", words.find(phone) == std::string::npos ? phone : "");
  View::List guests;
  for (const std::string& address : meeting.guests) guests.push_back(View().text("address", address));
  View::List answers;
  for (const Answer* answer : in_question_order(details.type.content, meeting.answers))
    if (std::string text = shown(details.type.content, *answer); !text.empty())
      answers.push_back(
          View().text("label", labelled(details.type.content, answer->id)).text("value", std::move(text)));
  view.list("guests", std::move(guests)).list("answers", std::move(answers));
  view.flag("was_struck", meeting.status == MeetingStatus::cancelled);
  const bool has_reason = meeting.cancellation && meeting.cancellation->reason;
  view.text("reason", has_reason ? texts_.cancel_reason(*meeting.cancellation->reason) : "");
  return view;
}

Response PublicViews::page(const SchedulingService::PublicPage& page, const QueryParameters& kept, const View& more,
                           const std::optional<MeetingTypeId>& invited) const {
  QueryParameters uninvited = kept;
  std::erase_if(uninvited, [](const auto& each) { return each.first == k_invite; });
  const PageContent& content = page.page.content;
  const std::string title = texts_.title(content.name, texts_.text("schedule_with"));
  View view = frame(title, page.page);
  view.merge(shared_link(page.page, "/schedule/" + content.slug.text(), title,
                         content.description.value_or(texts_.text("page_description", "name", content.name))));
  view.text("page_name", content.name).text("initials", texts_.initials(content.name));
  view.text("page_description", content.description.value_or(""));
  View::List cards;
  for (const MeetingType& type : page.types) {
    View card;
    card.text("type_class", theme_class(type)).text("name", type.content.name);
    card.text("url", url_with("/schedule/" + content.slug.text() + "/" + type.content.slug.text(),
                              type.id == invited ? kept : uninvited));
    card.text("duration", texts_.duration(type.content.duration)).text("location", texts_.location(type.content));
    card.text("location_icon", PublicTexts::location_icon(type.content));
    cards.push_back(card.text("description", type.content.description.value_or("")));
  }
  view.text("booking_data", booking_data(texts_));
  view.flag("has_types", !cards.empty());
  view.list("types", std::move(cards)).merge(more);
  return html(200, "page", view, content.branding);
}

}  // namespace scheduling
