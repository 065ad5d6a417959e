#include "plugin/http/public/verification.hpp"

#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/client_network.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

PublicViews Verification::views(const Request& request, std::string_view stored) const {
  return pages_.views(request, stored, verification_link("", std::string(request.param("token"))));
}

Response Verification::refuse(const Error& error, const Request& request) {
  Response answer = to_response(error, log_, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(answer));
  const PublicViews views = this->views(request, {});
  switch (error.code) {
    case Code::not_found: return views.notice({404, "not_found_link_heading", "not_found_link_lead"});
    case Code::token_expired: return secret_page(views.notice({410, "verify_gone_heading", "verify_gone_lead"}));
    default: return secret_page(views.refusal(error));
  }
}

Response Verification::page(const Request& request, const MeetingDetails& details) const {
  const Meeting& meeting = details.meeting;
  const PublicViews views = this->views(request, meeting.locale.value_or(""));
  const PublicTexts& texts = views.texts();
  const SpokenZone zone = texts.zone(meeting.timezone.name(), ZoneId::utc());
  const bool waits = meeting.awaits_verification;
  View view = views.frame(texts.text("verify_title"), details.page);
  view.text("heading", texts.text(waits ? "verify_title" : "verify_done_title"));
  view.text("lead", texts.text(waits ? "verify_lead" : "verify_done_lead"));
  view.text("badge", waits ? "clock" : "check").text("badge_tone", waits ? "warn" : "");
  view.text("type_name", details.type.content.name).text("host_name", details.host.name);
  view.text("when", texts.span(zone, meeting.time)).text("zone_label", texts.zone_label(zone, meeting.time.start()));
  view.text("verify_action", waits ? verification_link("", std::string(request.param("token"))) : "");
  const auto& page = details.page;
  return secret_page(views.html(200, "verify", view, page ? std::optional(page->content.branding) : std::nullopt));
}

Response Verification::show(const Request& request) {
  auto details = booking_.find_unverified(request.param("token"));
  if (!details) return refuse(details.error(), request);
  if (wants_html(request)) return page(request, *details);
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_own_meeting(out, details->meeting);
  out.field("can_verify", details->meeting.awaits_verification).end_object().end_object();
  return secret(Response::json(200, out.take()));
}

Response Verification::confirm(const Request& request) {
  auto booking = booking_.verify_address(request.param("token"), client_of(request), request.request_id);
  if (!booking) return refuse(booking.error(), request);
  if (is_form(request) || wants_html(request))
    return secret(Response::see_other(pages_.views(request).with_language(booked_link(booking->token))));
  const std::string site = site_.public_url();
  JsonText out;
  out.begin_object().key("data").begin_object().key("meeting");
  write_own_meeting(out, booking->details.meeting);
  out.field("manage_url", manage_link(site, booking->token))
      .field("ics_url", ics_link(site, booking->token))
      .end_object()
      .end_object();
  return secret(Response::json(200, out.take()));
}

}  // namespace scheduling
