#include "plugin/http/public/public_texts.hpp"

#include "plugin/core/conferencing/phone_call.hpp"

namespace scheduling {
namespace {

/// The bytes of the first character of `text`.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return text.substr(0, length);
}

std::string upper(std::string_view character) {
  std::string out(character);
  if (out.size() == 1 && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string_view group_of(std::string_view zone) {
  const std::size_t slash = zone.find('/');
  return slash == std::string_view::npos ? "UTC" : zone.substr(0, slash);
}

std::string readable(std::string_view zone) {
  std::string out(zone);
  for (char& c : out)
    if (c == '_') c = ' ';
  return out;
}

}  // namespace

std::string PublicTexts::location(const MeetingTypeContent& type) const {
  const LocationType kind = type.location_type.value_or(LocationType::custom);
  const std::string details = type.location_details.value_or("");
  if (kind == LocationType::custom) return details.empty() ? "" : text("location_later");
  const std::string place = text("location_" + std::string(name_of(kind)));
  const std::string shown = open_details(kind, details);
  return shown.empty() ? place : place + ": " + shown;
}

std::string PublicTexts::location(const MeetingDetails& details, MailRole reader) const {
  return places_.text(locale(), details.meeting, {reader, details.host.name, details.meeting.attendee_name});
}

bool PublicTexts::is_attendee_called(const MeetingTypeContent& type, const ZoneId& zone) const {
  if (type.location_type != LocationType::phone) return false;
  return !phone_call_of(with_readable_number(location_of(type), phones_, region(zone)), std::nullopt, phones_);
}

std::string PublicTexts::cancel_reason(const CancelReason& reason) const {
  if (reason.kind == CancelReasonKind::written) return reason.text;
  return text("reason_" + std::string(name_of(reason.kind)));
}

std::string PublicTexts::filled(std::string_view key, std::string_view name, std::string_view value) const {
  std::string sentence = text(key);
  const std::string place = "{" + std::string(name) + "}";
  if (const std::size_t at = sentence.find(place); at != std::string::npos) sentence.replace(at, place.size(), value);
  return sentence;
}

std::string PublicTexts::location_icon(const MeetingTypeContent& type) {
  switch (type.location_type.value_or(LocationType::custom)) {
    case LocationType::phone: return "phone";
    case LocationType::zoom:
    case LocationType::google_meet:
    case LocationType::teams: return "video";
    default: return "pin";
  }
}

std::string PublicTexts::initials(std::string_view name) const {
  if (name.empty()) return "";
  std::string out = upper(first_character(name));
  const std::size_t space = name.rfind(' ');
  if (space != std::string_view::npos && space + 1 < name.size()) out += upper(first_character(name.substr(space + 1)));
  return out;
}

bool PublicTexts::is_zone(std::string_view name) const {
  const auto zone = zones_.find(name);
  return zone && zones_.rules(*zone);
}

std::string PublicTexts::zone_options(const ZoneId& chosen) const {
  std::string out = "<option value=\"" + chosen.name() + "\" selected>" + readable(chosen.name()) + "</option>";
  std::string_view group;
  for (const ZoneId& zone : zones_.choices()) {
    const std::string& name = zone.name();
    if (group_of(name) != group) {
      if (!group.empty()) out += "</optgroup>";
      group = group_of(name);
      out += "<optgroup label=\"";
      out += group;
      out += "\">";
    }
    if (zone == chosen) continue;
    out += "<option value=\"" + name + "\">" + readable(name) + "</option>";
  }
  if (!group.empty()) out += "</optgroup>";
  return out;
}

}  // namespace scheduling
