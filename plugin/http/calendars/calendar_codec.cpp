#include "plugin/http/calendars/calendar_codec.hpp"

#include <algorithm>

#include "crm/sdk/json_input.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

constexpr std::size_t k_calendars_max = 1000;
constexpr crm::sdk::TextRule k_id{.min = 1, .max = 1024};

void write_calendar(JsonText& out, const ConnectedCalendar& calendar) {
  out.begin_object()
      .field("id", calendar.provider_id)
      .field("name", calendar.name)
      .field("timezone", calendar.timezone)
      .field("is_primary", calendar.is_primary)
      .field("can_write", calendar.can_write)
      .field("checks_conflicts", calendar.checks_conflicts)
      .field("writes_meetings", calendar.writes_meetings)
      .end_object();
}

CalendarChoice read_choice(JsonInput& input) {
  for (const char* const name : {"id", "checks_conflicts", "writes_meetings"}) input.require(name);
  input.ignore({"name", "timezone", "is_primary", "can_write"});
  return {input.text("id", k_id).value_or(""), input.boolean("checks_conflicts").value_or(false),
          input.boolean("writes_meetings").value_or(false)};
}

}  // namespace

void write_connection(JsonText& out, const CalendarConnection& connection, const ReaderClock& clock) {
  out.begin_object()
      .field("id", connection.id)
      .field("user_id", connection.user)
      .field("provider", connection.provider)
      .field("account", connection.account)
      .field("status", connection.is_active ? "active" : "broken")
      .key("last_error");
  if (connection.last_error)
    out.begin_object()
        .field("code", connection.last_error->code)
        .field("message", connection.last_error->message)
        .field("at", connection.last_error->at)
        .end_object();
  else
    out.raw("null");
  out.field("last_sync_at", connection.last_sync_at)
      .field("next_sync_at", connection.next_sync_at)
      .field("push", connection.is_told ? "active" : "none")
      .field("events", connection.events)
      .field("invites", name_of(connection.invites))
      .key("calendars")
      .begin_array();
  for (const ConnectedCalendar& calendar : connection.calendars) write_calendar(out, calendar);
  out.end_array().key("local");
  clock.begin(out);
  clock.field(out, "last_sync_at", connection.last_sync_at);
  clock.field(out, "next_sync_at", connection.next_sync_at);
  clock.field(out, "error_at", connection.last_error ? std::optional(connection.last_error->at) : std::nullopt);
  out.end_object().end_object();
}

crm::sdk::Expected<PasswordQuestion, Response> decode_password_question(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::Unexpected<Response>(std::move(input.error()));
  for (const char* const name : {"url", "username", "password"}) input->require(name);
  PasswordQuestion question;
  question.url = input->text("url", {.min = 1, .max = 2000}).value_or("");
  question.username = input->text("username", {.min = 1, .max = 320}).value_or("");
  question.password = input->text("password", {.min = 1, .max = 1000}).value_or("");
  for (const auto& [name, text] :
       {std::pair("username", &question.username), std::pair("password", &question.password)})
    if (std::ranges::any_of(*text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }))
      input->note(name, "invalid_format", "One line of visible characters.");
  if (auto refusal = input->refusal()) return crm::sdk::Unexpected<Response>(std::move(*refusal));
  return question;
}

crm::sdk::Expected<ConnectionPatch, Response> decode_connection_patch(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::Unexpected<Response>(std::move(input.error()));
  ConnectionPatch patch;
  if (auto calendars = input->objects("calendars", k_calendars_max))
    for (JsonInput& calendar : *calendars) patch.calendars.push_back(read_choice(calendar));
  if (const auto invites = input->text("invites")) {
    if (*invites == name_of(Invites::scheduler))
      patch.invites = Invites::scheduler;
    else if (*invites == name_of(Invites::provider))
      patch.invites = Invites::provider;
    else
      input->note("invites", "invalid_option", "Either \"scheduler\" or \"provider\".");
  }
  input->ignore({"id", "user_id", "provider", "account", "status", "last_error", "last_sync_at", "next_sync_at", "push",
                 "events", "local"});
  if (auto refusal = input->refusal()) return crm::sdk::Unexpected<Response>(std::move(*refusal));
  return patch;
}

}  // namespace scheduling
