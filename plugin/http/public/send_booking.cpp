// What a prospect sends: a booking, as JSON or as a form, and the form again when it was refused.
#include <algorithm>

#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/embedding.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/tidy_links.hpp"
#include "plugin/services/booking/alternatives.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

bool is_tidy(const Request& request) {
  return tidy_slug(request.param("slug")) == request.param("slug") &&
         tidy_slug(request.param("meetingType")) == request.param("meetingType");
}

/// Then the form offers other times.
bool is_about_start(const BookingResult& refused) {
  return has_alternatives(refused.refusal) ||
         std::ranges::any_of(refused.refusal.fields, [](const FieldError& error) { return error.field == "start"; });
}

}  // namespace

Response refused_booking(const BookingResult& answer, crm::sdk::Log& log, const Request& request) {
  if (!has_alternatives(answer.refusal)) return to_response(answer.refusal, log, request);
  crm::sdk::Problem problem = problem_of(answer.refusal);
  JsonText starts;
  starts.begin_array();
  for (const Instant start : answer.alternatives) starts.value(start);
  starts.end_array();
  problem.members.emplace_back("alternatives", starts.take());
  return crm::sdk::to_response(problem);
}

/// A database that is switched over takes two seconds, which a prospect need not see. Whether the first try was booked
/// nobody knows when the connection was lost in COMMIT; the key finds it, as it does when its sender tries again.
/// Without a key only its sender can know.
BookingResult PublicBooking::book_patiently(const BookingCommand& booking) {
  constexpr std::chrono::seconds k_patience{5};
  const auto begun = std::chrono::steady_clock::now();
  BookingResult answer = parts_.booking.book(booking);
  const bool was_lost = !answer.booking && answer.refusal.code == Code::database_unavailable;
  if (!was_lost || booking.idempotency_key.empty() || std::chrono::steady_clock::now() - begun >= k_patience)
    return answer;
  return parts_.booking.book(booking);
}

/// Bookings know pages by their present slugs and by former ones; capitals are led to the address first.
Response PublicBooking::book(const Request& request) {
  if (!is_tidy(request)) {
    auto found = asked_type(request);
    return found ? moved_for_good(path_of(*found) + "/book", request) : refuse(found.error(), request);
  }
  if (is_form(request)) return book_form(request);
  auto booking = decode_booking(request, mail_language(parts_.pages.messages(), request));
  if (!booking) return booking.error();
  const BookingResult answer = book_patiently(*booking);
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
  if (!form) return in_its_frame(bad_form(request), request);
  const std::string language = mail_language(parts_.pages.messages(), request);
  const BookingResult answer = book_patiently(booking_from(*form, request, language));
  if (!answer.booking) return refused_form(request, *form, answer);
  const auto& redirect = answer.booking->details.type.content.settings.confirmation_redirect_url;
  // Another website may refuse to stand in a frame; there the booking's own page leads to it.
  const bool leaves = redirect && !is_embedded(request);
  return secret(
      leading_to(leaves ? *redirect : keep_embedded(after_booking(request, answer.booking->token), request), request));
}

/// The page speaks the browser's language, else that of the booking: another one that was chosen has to be told to it.
std::string PublicBooking::after_booking(const Request& request, const std::string& token) const {
  const PublicViews views = parts_.pages.views(request);
  const AskedLocale without{.accepted = request.header("Accept-Language").value_or(""), .stored = views.texts().tag()};
  const bool is_same = reader_locale(parts_.pages.messages(), without).language == views.texts().locale().language;
  return is_same ? booked_link(token) : views.with_language(booked_link(token));
}

/// However long the database is away: what was typed is worth more than the newest form.
Result<SchedulingService::PublicType> PublicBooking::type_of_form(const Request& request, Code refusal) {
  if (refusal == Code::database_unavailable)
    if (auto known = parts_.scheduling.remembered_type(tidy_slug(request.param("slug")),
                                                       tidy_slug(request.param("meetingType"))))
      return known;
  return asked_type(request);
}

Response PublicBooking::refused_form(const Request& request, const FormBody& form, const BookingResult& answer) {
  const Code code = answer.refusal.code;
  if (code == Code::idempotency_conflict) return used_form(request, form, answer);
  auto found = code == Code::not_found ? fail(Code::not_found) : type_of_form(request, code);
  if (!found || code == Code::token_expired) return refuse_invited(answer.refusal, request);
  const Response problem = to_response(answer.refusal, parts_.log, request);  // also logs what is our fault
  // While the database is away nobody can tell whom the form invites; it is shown all the same.
  DetailsPage page =
      shown_again(*found, request, form, open_invited(*found, invite_in(form, request)).value_or(Invited{}));
  page.refused = answer;
  page.is_choosing = is_about_start(answer);
  Response response = details_page(problem.status, page, request);
  for (const crm::sdk::Header& header : problem.headers)
    if (header.name == "Retry-After") response.headers.push_back(header);
  return response;
}

/// The form was changed and sent again after it had booked: its key proves whose booking it is.
Response PublicBooking::used_form(const Request& request, const FormBody& form, const BookingResult& answer) {
  auto own =
      parts_.booking.find_by_form(request.param("slug"), request.param("meetingType"), form.value("idempotency_key"));
  if (!own || !*own) return refuse(answer.refusal, request);
  const PublicViews views = parts_.pages.views(request);
  Response notice = views.notice({.status = 409,
                                  .heading = "conflict_heading",
                                  .lead = "conflict_lead",
                                  .link_url = keep_embedded(views.with_language(manage_link("", **own)), request),
                                  .link_label = views.texts().text("show_booking")});
  return in_its_frame(secret_page(std::move(notice)), request);
}

}  // namespace scheduling
