#include "reference_host/jobs/operation_routes.hpp"

#include "crm/sdk/instant_text.hpp"
#include "crm/sdk/json_input.hpp"
#include "reference_host/auth/account_mail.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/jobs/job_runner.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/mail/mail_state.hpp"
#include "reference_host/records/list_query.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::append_json_string;
using sdk::Request;
using sdk::Response;

std::string instant_or_null(const std::optional<sdk::Micros>& at) {
  return at ? '"' + sdk::instant_text(*at) + '"' : "null";
}

void append_state(std::string& out, const JobState& state) {
  out += "{\"name\":";
  append_json_string(out, state.name);
  out += ",\"owner\":";
  append_json_string(out, state.owner);
  out += ",\"interval_seconds\":" + std::to_string(state.interval.count());
  // The words that programs know; the SDK calls them one_instance and every_instance.
  out += state.runs_on == sdk::RunsOn::every_instance ? R"(,"runs_on":"every_host")" : R"(,"runs_on":"one_host")";
  out += std::string(",\"is_running\":") + (state.is_running ? "true" : "false");
  out += ",\"next_due_at\":" + instant_or_null(state.next_due_at);
  out += ",\"last_started_at\":" + instant_or_null(state.last_started_at);
  out += ",\"last_duration_ms\":" + std::to_string(state.last_duration.count()) + ",\"last_error\":";
  append_json_string(out, state.last_error);
  out += ",\"last_note\":";
  append_json_string(out, state.last_note);
  out += ",\"handled_total\":" + std::to_string(state.handled_total) + "}";
}

Response list_jobs(CrmServices& crm, const Request& request) {
  const auto states = crm.jobs.states();
  if (!states) return sdk::failure_response(states.error(), crm.log, request.request_id);
  std::string items;
  for (const JobState& state : *states) {
    if (!items.empty()) items += ',';
    append_state(items, state);
  }
  return list_response(items, std::nullopt);
}

Response run_job(CrmServices& crm, const Request& request) {
  const auto report = crm.jobs.run_once(request.param("name"));
  if (!report && report.error().kind == sdk::FailureKind::conflict)
    return sdk::refuse(409, "job_running", "The job runs elsewhere at this moment");
  if (!report) return sdk::failure_response(report.error(), crm.log, request.request_id);
  std::string json = "{\"handled\":" + std::to_string(report->handled) +
                     ",\"more\":" + (report->more ? "true" : "false") + ",\"note\":";
  append_json_string(json, report->note);
  return data_response(200, json + "}");
}

Response set_clock(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto text = input->text("now", {1, 40});
  input->require("now");
  const auto now = sdk::parse_instant_text(text.value_or(""));
  if (text && !now) input->note("now", "invalid_instant", "Use RFC 3339, such as 2025-03-09T05:00:00Z.");
  if (auto refusal = input->refusal()) return *refusal;
  crm.clock.set(*now);
  return data_response(200, "{\"now\":\"" + sdk::instant_text(*now) + "\"}");
}

/// Whether mail can leave, and what waits for that.
Response show_mail(CrmServices& crm, const Request& request) {
  auto session = crm.database.acquire();
  if (!session) return sdk::failure_response(session.error(), crm.log, request.request_id);
  const auto waiting = waiting_account_mails(**session);
  if (!waiting) return sdk::failure_response(waiting.error(), crm.log, request.request_id);
  std::string json =
      std::string("{\"is_configured\":") + (crm.mailer.is_configured() ? "true" : "false") + ",\"sender\":";
  append_json_string(json, crm.mailer.sender());
  json += std::string(",\"has_sender\":") + (crm.mailer.has_sender() ? "true" : "false");
  json += ",\"waiting_account_mails\":" + std::to_string(waiting->size()) + ",\"health\":[";
  for (const sdk::HealthNote& note : mail_health(crm.mailer)) {
    if (json.back() != '[') json += ',';
    json += "{\"level\":\"" + std::string(to_string(note.level)) + "\",\"text\":";
    append_json_string(json, note.text);
    json += '}';
  }
  return data_response(200, json + "]}");
}

Response send_test_mail(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto to = input->text("to", {1, k_address_bytes_max});
  input->require("to");
  if (to && !is_email_address(*to)) input->note("to", "invalid_email", "This is not an e-mail address.");
  if (auto refusal = input->refusal()) return *refusal;
  if (!crm.mailer.is_configured())
    return sdk::refuse(409, "mail_not_configured", "Start crm-host with --smtp-url to send mail");
  const auto delivery = send_test(crm.mailer, *to, crm.options.public_url, crm.clock.now());
  // An admin tests because mail does not go: the reason is the answer.
  if (!delivery && delivery.error().kind == sdk::FailureKind::unavailable)
    return sdk::refuse(502, "mail_unavailable", "The mail server cannot be used", delivery.error().message);
  if (!delivery) return sdk::failure_response(delivery.error(), crm.log, request.request_id);
  if (delivery->status != sdk::DeliveryStatus::accepted)
    return sdk::refuse(502, "mail_refused", "The mail server did not take the message", delivery->reply);
  return data_response(200, "{\"status\":\"accepted\"}");
}

}  // namespace

std::vector<sdk::Route> operation_routes(CrmServices& crm) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto bind = [&crm](Response (*handler)(CrmServices&, const Request&)) {
    return [&crm, handler](const Request& request) { return handler(crm, request); };
  };
  std::vector<sdk::Route> routes = {
      {get, "/api/v1/jobs", Access::admin, RateClass::normal, bind(list_jobs), 0},
      {get, "/api/v1/mail", Access::admin, RateClass::normal, bind(show_mail), 0},
      {post, "/api/v1/mail/test", Access::admin, RateClass::normal, bind(send_test_mail)},
  };
  if (crm.options.development) {
    // Open: a test that moves the clock may have no session that is still valid.
    routes.push_back({post, "/api/v1/dev/clock", Access::open, RateClass::none, bind(set_clock)});
    routes.push_back({post, "/api/v1/dev/jobs/{name}/run", Access::open, RateClass::none, bind(run_job)});
  }
  return routes;
}

}  // namespace crm::app
