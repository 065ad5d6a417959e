#include "plugin/json/outbox_json.hpp"

#include <array>
#include <charconv>

#include "plugin/json/json_text.hpp"
#include "plugin/json/stored_json.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

constexpr std::array k_outbox_kinds = {OutboxKind::meeting_mail, OutboxKind::calendar_write,
                                       OutboxKind::calendar_notice, OutboxKind::room_write};
constexpr const char* k_calendar_write = "calendar_write";
constexpr const char* k_calendar_notice = "calendar_notice";
constexpr const char* k_room_write = "room_write";
static_assert(k_outbox_kinds.size() == std::variant_size_v<OutboxMessage>);

std::string stored_kind(const MeetingMail& mail) {
  return "mail_" + std::string(name_of(mail.event));
}

std::string stored_kind(const CalendarWrite&) {
  return k_calendar_write;
}

/// The database writes these rows itself, with the change that makes them necessary (migration 0054).
std::string payload_of(const CalendarWrite& write) {
  JsonText json;
  json.begin_object().field("user_id", std::to_string(write.user.value)).end_object();
  return json.take();
}

std::string stored_kind(const RoomWrite&) {
  return k_room_write;
}

std::string payload_of(const RoomWrite&) {
  return "{}";
}

std::string stored_kind(const CalendarNotice&) {
  return k_calendar_notice;
}

std::string payload_of(const CalendarNotice& notice) {
  JsonText json;
  json.begin_object()
      .field("user_id", std::to_string(notice.user.value))
      .field("connection_id", std::to_string(notice.connection.value))
      .field("account", notice.account)
      .end_object();
  return json.take();
}

/// "3,5"
std::string ids_text(const std::vector<UserId>& users) {
  std::string text;
  for (const UserId user : users) {
    if (!text.empty()) text += ',';
    text += std::to_string(user.value);
  }
  return text;
}

/// Every value is a text, numbers too: so the first version wrote them.
std::string payload_of(const MeetingMail& mail) {
  JsonText json;
  json.begin_object()
      .field("role", name_of(mail.role))
      .field("timezone", mail.zone)
      .field("locale", mail.locale)
      .field_if("previous_start", mail.previous_start)
      .field_if("reason", mail.reason);
  if (mail.sequence) json.field("sequence", std::to_string(*mail.sequence));
  if (mail.user) json.field("user_id", std::to_string(mail.user->value));
  if (mail.told_host) json.field("host_user_id", std::to_string(mail.told_host->value));
  if (!mail.told_others.empty()) json.field("other_host_ids", ids_text(mail.told_others));
  if (mail.told_status) json.field("status", name_of(*mail.told_status));
  if (mail.reminder_offset) json.field("offset_minutes", std::to_string(mail.reminder_offset->count()));
  json.end_object();
  return json.take();
}

void note_invalid(JsonInput& input, std::string_view name, const std::string& text) {
  input.note(name, "invalid_format", "\"" + text + "\" is not a value of this field.");
}

template <class Number>
std::optional<Number> number_in(JsonInput& input, std::string_view name) {
  const auto text = input.text(name);
  if (!text) return std::nullopt;
  Number number{};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc{} && end == text->data() + text->size()) return number;
  note_invalid(input, name, *text);
  return std::nullopt;
}

std::optional<MailRole> role_in(JsonInput& input) {
  input.require("role");
  const auto text = input.text("role");
  if (!text) return std::nullopt;
  const auto role = mail_role_of(*text);
  if (!role) note_invalid(input, "role", *text);
  return role;
}

std::optional<Instant> instant_in(JsonInput& input, std::string_view name) {
  const auto text = input.text(name);
  if (!text) return std::nullopt;
  const auto instant = parse_instant(*text);
  if (!instant) note_invalid(input, name, *text);
  return instant;
}

/// Absent where one host is named.
std::vector<UserId> ids_in(JsonInput& input, std::string_view name) {
  std::vector<UserId> users;
  const auto text = input.text(name, {.min = 0, .max = 100000});
  if (!text) return users;
  const char* at = text->data();
  const char* const end = at + text->size();
  while (at != end) {
    UserId user;
    const auto [next, error] = std::from_chars(at, end, user.value);
    const bool is_list = error == std::errc{} && (next == end || (*next == ',' && next + 1 != end));
    if (!is_list) {
      note_invalid(input, name, *text);
      return {};
    }
    users.push_back(user);
    at = next == end ? end : next + 1;
  }
  return users;
}

Result<OutboxMessage> read_mail(MeetingEvent event, const StoredMessage& stored) {
  auto input = JsonInput::from_text(stored.payload);
  if (!input) return fail(Code::invalid_input, "the payload is not a JSON object");
  constexpr crm::sdk::TextRule any_text{.min = 0, .max = 100000, .multiline = true};
  MeetingMail mail{.event = event, .recipient = stored.recipient};
  mail.role = role_in(*input).value_or(MailRole::attendee);
  mail.zone = input->text("timezone", any_text).value_or("");
  mail.locale = input->text("locale", any_text).value_or("");
  mail.sequence = number_in<std::int32_t>(*input, "sequence");
  mail.previous_start = instant_in(*input, "previous_start");
  mail.reason = input->text("reason", any_text);
  if (const auto user = number_in<std::int64_t>(*input, "user_id")) mail.user = UserId{*user};
  if (const auto host = number_in<std::int64_t>(*input, "host_user_id")) mail.told_host = UserId{*host};
  mail.told_others = ids_in(*input, "other_host_ids");
  if (const auto status = input->text("status")) mail.told_status = meeting_status_of(*status);
  if (const auto minutes = number_in<std::int64_t>(*input, "offset_minutes"))
    mail.reminder_offset = std::chrono::minutes{*minutes};
  if (input->clean()) return OutboxMessage(std::move(mail));
  const auto& wrong = input->errors().front();
  return fail(Code::invalid_input, "payload, " + wrong.field + ": " + wrong.message);
}

Result<OutboxMessage> read_calendar_write(const StoredMessage& stored) {
  auto input = JsonInput::from_text(stored.payload);
  if (!input) return fail(Code::invalid_input, "the payload is not a JSON object");
  const auto user = number_in<std::int64_t>(*input, "user_id");
  if (!user) return fail(Code::invalid_input, "payload, user_id: missing");
  return OutboxMessage(CalendarWrite{{}, UserId{*user}});
}

Result<OutboxMessage> read_calendar_notice(const StoredMessage& stored) {
  auto input = JsonInput::from_text(stored.payload);
  if (!input) return fail(Code::invalid_input, "the payload is not a JSON object");
  const auto user = number_in<std::int64_t>(*input, "user_id");
  const auto connection = number_in<std::int64_t>(*input, "connection_id");
  auto account = input->text("account", {.min = 0, .max = 1000});
  if (!user || !connection || !account) return fail(Code::invalid_input, "payload: a value is missing");
  return OutboxMessage(CalendarNotice{{}, UserId{*user}, ConnectionId{*connection}, std::move(*account)});
}

}  // namespace

std::vector<std::string> stored_kinds(OutboxKind kind) {
  std::vector<std::string> names;
  switch (kind) {
    case OutboxKind::meeting_mail:
      for (const MeetingEvent event : k_meeting_events) names.push_back(stored_kind(MeetingMail{.event = event}));
      break;
    case OutboxKind::calendar_write: names.emplace_back(k_calendar_write); break;
    case OutboxKind::calendar_notice: names.emplace_back(k_calendar_notice); break;
    case OutboxKind::room_write: names.emplace_back(k_room_write); break;
  }
  return names;
}

std::vector<std::string> all_stored_kinds() {
  std::vector<std::string> names;
  for (const OutboxKind kind : k_outbox_kinds)
    for (std::string& name : stored_kinds(kind)) names.push_back(std::move(name));
  return names;
}

StoredMessage to_stored(const OutboxMessage& message) {
  return std::visit(
      [](const auto& known) -> StoredMessage {
        return {stored_kind(known), known.recipient, payload_of(known)};
      },
      message);
}

/// Not part of the payload: the row's own state.
std::optional<std::string> held_by(const OutboxMessage& message) {
  const auto* mail = std::get_if<MeetingMail>(&message);
  return mail && mail->held_by ? std::optional(std::string(name_of(*mail->held_by))) : std::nullopt;
}

Result<OutboxMessage> from_stored(const StoredMessage& stored) {
  for (const MeetingEvent event : k_meeting_events)
    if (stored.kind == stored_kind(MeetingMail{.event = event})) return read_mail(event, stored);
  if (stored.kind == k_calendar_write) return read_calendar_write(stored);
  if (stored.kind == k_calendar_notice) return read_calendar_notice(stored);
  if (stored.kind == k_room_write) return OutboxMessage(RoomWrite{});
  return fail(Code::invalid_input, "this version knows no message of kind " + stored.kind);
}

std::string messages_json(const std::vector<OutboxMessage>& messages) {
  JsonText json;
  json.begin_array();
  for (const OutboxMessage& message : messages) {
    const StoredMessage stored = to_stored(message);
    json.begin_object()
        .field("kind", stored.kind)
        .field("recipient", stored.recipient)
        .field_if("held", held_by(message))
        .key("payload")
        .raw(stored.payload)
        .end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace scheduling
