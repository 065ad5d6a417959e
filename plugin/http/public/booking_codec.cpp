#include "plugin/http/public/booking_codec.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <algorithm>
#include <array>

#include "crm/sdk/json_input.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/public/client_network.hpp"
#include "plugin/http/public/prefill.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;
using crm::sdk::Request;
using crm::sdk::Response;

constexpr std::array<std::string_view, 6> k_utm_names{"source", "medium", "campaign", "term", "content", "id"};

/// "utm_source" and "source" → "source"; empty for anything else.
std::string_view utm_name(std::string_view name) {
  if (name.starts_with("utm_")) name.remove_prefix(4);
  return std::ranges::find(k_utm_names, name) == k_utm_names.end() ? std::string_view{} : name;
}

std::optional<AnswerValue> answer_value(const Poco::Dynamic::Var& value) {
  if (value.isEmpty()) return std::nullopt;
  if (value.isBoolean()) return AnswerValue{value.convert<bool>()};
  if (value.isNumeric()) return AnswerValue{value.convert<double>()};
  if (value.isString()) return AnswerValue{value.convert<std::string>()};
  if (value.type() != typeid(Poco::JSON::Array::Ptr)) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *value.extract<Poco::JSON::Array::Ptr>()) {
    if (!item.isString()) return std::nullopt;
    texts.push_back(item.convert<std::string>());
  }
  return AnswerValue{std::move(texts)};
}

void read_answers(JsonInput& input, std::vector<AnswerDraft>& answers) {
  auto object = input.object("answers");
  if (!object) return;
  const auto names = object->names();
  if (names.size() > 2 * k_questions_max) {
    input.note("answers", "too_many", "At most " + std::to_string(2 * k_questions_max) + " answers");
    return;
  }
  for (const std::string& name : names) {
    if (object->is_null(name)) continue;
    const auto anything = object->anything(name);
    if (!anything) continue;
    auto value = answer_value(*anything);
    if (value)
      answers.push_back({name, std::move(*value)});
    else
      object->note(name, "wrong_type", "A text, a number, true, false, or a list of texts");
  }
}

void read_utm(JsonInput& input, UtmValues& utm) {
  auto object = input.object("utm");
  if (!object) return;
  for (const std::string& name : object->names()) {
    const std::string_view key = utm_name(name);
    if (key.empty()) continue;  // left unasked, it is refused as an unknown field
    if (auto text = object->text(name, k_text)) utm.emplace(key, std::move(*text));
  }
}

bool is_language_tag(std::string_view text) {
  return !text.empty() && text.size() <= 35 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void check_locale(JsonInput& input, const std::optional<std::string>& locale) {
  if (locale && !locale->empty() && !is_language_tag(*locale))
    input.note("locale", "invalid_format", "A language tag such as en or de-AT");
}

std::string key_of(const Request& request) {
  return std::string(trimmed(request.header("Idempotency-Key").value_or("")));
}

std::optional<std::string> filled(std::string text) {
  return trimmed(text).empty() ? std::nullopt : std::optional(std::move(text));
}

std::vector<std::string> split_addresses(std::string_view typed) {
  const std::string value = typed_value(typed);
  std::string_view text = value;
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(",; \t\n");
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

std::vector<AnswerDraft> answers_in(const FormBody& form) {
  std::vector<AnswerDraft> answers;
  for (const auto& [field, text] : form.fields()) {
    const std::string_view id = question_in(field);
    if (id.empty()) continue;
    const auto known = std::ranges::find(answers, id, &AnswerDraft::id);
    if (known == answers.end()) {
      answers.push_back({std::string(id), AnswerValue{text}});
    } else if (auto* several = std::get_if<std::vector<std::string>>(&known->value)) {
      several->push_back(text);
    } else {
      known->value = std::vector<std::string>{std::get<std::string>(known->value), text};
    }
  }
  return answers;
}

}  // namespace

bool is_form(const Request& request) {
  return request.header("Content-Type").value_or("").starts_with("application/x-www-form-urlencoded");
}

bool wants_html(const Request& request) {
  const std::string_view accept = request.header("Accept").value_or("");
  const bool asks_json = accept.find("application/json") != std::string_view::npos ||
                         accept.find("application/problem+json") != std::string_view::npos;
  return !asks_json || accept.find("text/html") != std::string_view::npos;
}

Response leading_to(std::string address, const Request& request) {
  Response response = Response::see_other(std::move(address));
  if (request.header("X-Requested-With") == "fetch") response.status = 201;
  return response;
}

void read_attendee(JsonInput& input, AttendeeDetailsDraft& attendee) {
  merge(input, "attendee_name", attendee.attendee_name, k_text);
  merge(input, "attendee_email", attendee.attendee_email, k_text);
  merge(input, "phone", attendee.phone);
  if (input.has("phone_region") && !input.is_null("phone_region")) merge(input, "phone_region", attendee.phone_region);
  merge(input, "notes", attendee.notes, k_text);
  merge(input, "locale", attendee.locale);
  check_locale(input, attendee.locale);
  read_answers(input, attendee.answers);
  if (auto guests = input.texts("guests", 100, {.min = 0, .max = 1000, .multiline = false}))
    attendee.guests = std::move(*guests);
}

crm::sdk::Expected<BookingCommand, Response> decode_booking(const Request& request, std::string language) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  BookingCommand booking;
  AttendeeDetailsDraft& attendee = booking.attendee;
  merge(*input, "start", booking.start);
  if (input->has("timezone") && !input->is_null("timezone"))
    booking.timezone = input->text("timezone", k_line).value_or("");
  read_attendee(*input, attendee);
  booking.has_consent = input->boolean("consent").value_or(false);
  read_utm(*input, attendee.utm);
  merge(*input, "invite", booking.invite);
  booking.idempotency_key = key_of(request);
  if (auto key = input->text("idempotency_key", k_line); key && booking.idempotency_key.empty())
    booking.idempotency_key = std::move(*key);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  booking.browser_language = std::move(language);
  booking.page_slug = request.param("slug");
  booking.type_slug = request.param("meetingType");
  booking.request_id = request.request_id;
  booking.client = client_of(request);
  return booking;
}

BookingCommand booking_from(const FormBody& form, const Request& request, std::string language) {
  BookingCommand booking;
  booking.browser_language = std::move(language);
  booking.page_slug = request.param("slug");
  booking.type_slug = request.param("meetingType");
  booking.start = form.value("start");
  booking.timezone = filled(form.value("timezone"));
  booking.idempotency_key = key_of(request);
  if (booking.idempotency_key.empty()) booking.idempotency_key = form.value("idempotency_key");
  booking.request_id = request.request_id;
  booking.client = client_of(request);
  booking.form_stamp = form.value("form_stamp");
  booking.is_honeypot_filled = !trimmed(form.value(k_honeypot_field)).empty();
  booking.has_consent = form.value("consent") == "true";
  booking.invite = invite_in(form, request);
  AttendeeDetailsDraft& attendee = booking.attendee;
  attendee.attendee_name = form.value("attendee_name");
  attendee.attendee_email = form.value("attendee_email");
  attendee.phone = filled(form.value("phone"));
  if (form.has("phone_region")) attendee.phone_region = form.value("phone_region");
  attendee.notes = filled(form.value("notes"));
  attendee.locale = filled(form.value("locale"));
  attendee.answers = answers_in(form);
  for (const std::string& text : form.values("guests"))
    for (std::string& address : split_addresses(text)) attendee.guests.push_back(std::move(address));
  for (const auto& [name, text] : form.fields())
    if (const auto key = utm_name(name); name.starts_with("utm_") && !key.empty() && !text.empty())
      attendee.utm.emplace(key, text);
  return booking;
}

crm::sdk::Expected<RescheduleCommand, Response> decode_move(const Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  RescheduleCommand move;
  merge(*input, "start", move.start);
  if (input->has("timezone") && !input->is_null("timezone"))
    move.timezone = input->text("timezone", k_line).value_or("");
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  move.token = request.param("token");
  move.request_id = request.request_id;
  return move;
}

RescheduleCommand move_from(const FormBody& form, const Request& request) {
  return {std::string(request.param("token")), form.value("start"), filled(form.value("timezone")),
          std::string(request.request_id)};
}

crm::sdk::Expected<std::optional<std::string>, Response> decode_reason(const Request& request) {
  if (request.body.empty() && !request.header("Content-Type")) return std::optional<std::string>{};
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  std::optional<std::string> reason;
  merge(*input, "reason", reason, k_text);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return reason;
}

}  // namespace scheduling
