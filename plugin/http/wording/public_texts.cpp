#include "plugin/http/wording/public_texts.hpp"

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

/// "answers.size" → "answers", "guests[1]" → "guests"
std::string_view field_kind(std::string_view field) {
  return field.substr(0, field.find_first_of(".["));
}

}  // namespace

std::map<std::string, std::vector<PhoneCountry>> phone_countries_by_language(const MessageCatalog& messages,
                                                                             const CountryNames& names,
                                                                             const PhoneReader& phones) {
  std::map<std::string, std::vector<PhoneCountry>> lists;
  for (const std::string& language : messages.languages())
    lists.emplace(language, scheduling::phone_countries(names, phones, language));
  return lists;
}

std::string PublicTexts::text(std::string_view key, const MessageArgs& args) const {
  return wording_.messages.text("page." + std::string(key), locale_.language, args);
}

std::string PublicTexts::text(std::string_view key, std::string_view name, std::string value) const {
  return text(key, MessageArgs().text(std::string(name), std::move(value)));
}

std::string PublicTexts::title(std::string first, std::string second) const {
  return text("title", MessageArgs().text("first", std::move(first)).text("second", std::move(second)));
}

std::string PublicTexts::location(const MeetingTypeContent& type) const {
  const LocationType kind = type.location_type.value_or(LocationType::custom);
  const std::string details = type.location_details.value_or("");
  if (kind == LocationType::custom) return details.empty() ? "" : text("location_later");
  std::string place = word("location." + std::string(name_of(kind)));
  std::string shown = open_details(kind, details);
  if (shown.empty()) return place;
  return text("place", MessageArgs().text("place", std::move(place)).text("details", std::move(shown)));
}

std::string PublicTexts::location(const MeetingDetails& details, MailRole reader) const {
  return wording_.places.text(locale_.language, details.meeting,
                              {reader, details.host.name, details.meeting.attendee_name});
}

std::string PublicTexts::answer(const AnswerValue& value) const {
  if (const bool* flag = std::get_if<bool>(&value)) return word(*flag ? "answer.yes" : "answer.no");
  return answer_text(value);
}

bool PublicTexts::is_attendee_called(const MeetingTypeContent& type, const ZoneId& zone) const {
  if (type.location_type != LocationType::phone) return false;
  const PhoneReader& phones = wording_.phones;
  return !phone_call_of(with_readable_number(location_of(type), phones, region(zone)), std::nullopt, phones);
}

std::string PublicTexts::cancel_reason(const CancelReason& reason) const {
  if (reason.kind == CancelReasonKind::written) return reason.text;
  return word("reason." + std::string(name_of(reason.kind)));
}

std::string PublicTexts::field_error(const FieldError& error) const {
  MessageArgs args;
  if (!error.max && error.code == "too_long") return word("field.other");
  if (error.max) args.number("max", static_cast<std::int64_t>(*error.max));
  const std::string general = "field." + error.code;
  for (const std::string& key : {general + "." + std::string(field_kind(error.field)), general}) {
    std::string sentence = wording_.messages.text(key, locale_.language, args);
    if (sentence != key) return sentence;  // an unknown key comes back as itself
  }
  return word("field.other");
}

std::string PublicTexts::short_moment(const SpokenZone& zone, Instant at) const {
  MessageArgs args;
  args.text("date", short_day(zone, at)).text("time", time(zone, at));
  return wording_.messages.text("time.moment", locale_.language, args);
}

std::chrono::weekday PublicTexts::first_weekday() const {
  return wording_.times.formatter().first_weekday(tag());
}

std::vector<std::string> PublicTexts::weekdays(bool long_names) const {
  return wording_.times.formatter().weekdays(first_weekday(), tag(), long_names);
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

}  // namespace scheduling
