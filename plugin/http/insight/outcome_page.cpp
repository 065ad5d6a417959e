#include "plugin/http/insight/outcome_page.hpp"

#include "crm/sdk/json_input.hpp"
#include "plugin/http/api/meeting_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/booking_codec.hpp"
#include "plugin/http/public/tidy_links.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

/// What somebody said; none: only the job completed the meeting, or nobody did yet.
std::string_view outcome_of(const Meeting& meeting) {
  return meeting.outcome ? name_of(meeting.outcome->outcome) : std::string_view();
}

std::optional<MeetingStatus> outcome_named(std::string_view text) {
  const auto outcome = meeting_status_of(text);
  const bool is_one = outcome == MeetingStatus::completed || outcome == MeetingStatus::no_show;
  return is_one ? outcome : std::nullopt;
}

crm::sdk::Expected<MeetingStatus, Response> decode_outcome(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  input->require("outcome");
  const auto outcome = outcome_named(input->text("outcome").value_or("completed"));
  if (!outcome) input->note("outcome", "invalid_option", "completed or no_show");
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return *outcome;
}

}  // namespace

PublicViews OutcomePage::views(const Request& request) const {
  return pages_.views(request, {}, outcome_link("", std::string(request.param("token"))));
}

Response OutcomePage::refuse(const Error& error, const Request& request) const {
  Response refusal = to_response(error, log_, request);  // also logs what is our fault
  if (!wants_html(request) && !is_form(request)) return secret(std::move(refusal));
  if (error.code == Code::not_found) return views(request).notice({404, "outcome_gone_heading", "outcome_gone_lead"});
  if (error.code == Code::conflict) return views(request).notice({409, "outcome_gone_heading", "outcome_off_lead"});
  return secret_page(views(request).refusal(error));
}

Response OutcomePage::answer(const Request& request, const MeetingDetails& details, bool is_recorded) const {
  const Meeting& meeting = details.meeting;
  const std::string outcome(outcome_of(meeting));
  if (!wants_html(request) && !is_form(request)) {
    JsonText out;
    out.begin_object().key("data").begin_object().key("meeting");
    write_asked_meeting(out, meeting);
    out.field("outcome", outcome.empty() ? std::optional<std::string>() : std::optional(outcome));
    out.end_object().end_object();
    return secret(Response::json(200, out.take()));
  }
  const PublicViews views = this->views(request);
  const PublicTexts& texts = views.texts();
  const std::string zone_name = meeting.clocks ? meeting.clocks->host_zone.name() : details.host.timezone;
  const SpokenZone zone = texts.zone(zone_name, meeting.timezone);
  View view = views.frame(texts.text("outcome_title"), details.page);
  view.merge(views.facts(details, zone, MailRole::host));
  view.text("heading", texts.title(details.type.content.name, meeting.attendee_name));
  view.text("status_text", texts.text(outcome.empty() ? "outcome_asked" : "outcome_is_" + outcome));
  view.text("badge", outcome.empty() ? "clock" : outcome == "no_show" ? "cross" : "check");
  view.text("badge_tone", outcome.empty() ? "warn" : outcome == "no_show" ? "bad" : "");
  if (is_recorded) {
    View notice;
    notice.text("tone", "good").text("role", "status");
    notice.text("title", texts.text("outcome_recorded_title")).text("text", texts.text("outcome_recorded_text"));
    view.part("notice", std::move(notice));
  }
  view.text("action", outcome_link("", std::string(request.param("token"))));
  view.flag("may_be_held", outcome != "completed").flag("may_be_missed", outcome != "no_show");
  const auto& page = details.page;
  return secret_page(views.html(200, "outcome", view, page ? std::optional(page->content.branding) : std::nullopt));
}

Response OutcomePage::show(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  auto details = questions_.find(request.param("token"));
  return details ? answer(request, *details, false) : refuse(details.error(), request);
}

Response OutcomePage::record(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  std::optional<MeetingStatus> outcome;
  if (is_form(request)) {
    const auto form = FormBody::parse(request.body);
    outcome = form ? outcome_named(form->value("outcome")) : std::nullopt;
    if (!outcome) return views(request).notice({400, "bad_request_heading", "bad_request_lead"});
  } else {
    auto decoded = decode_outcome(request);
    if (!decoded) return secret(std::move(decoded.error()));
    outcome = *decoded;
  }
  if (auto done = questions_.record(request.param("token"), *outcome, request.request_id); !done)
    return refuse(done.error(), request);
  auto details = questions_.find(request.param("token"));
  return details ? answer(request, *details, true) : refuse(details.error(), request);
}

}  // namespace scheduling
