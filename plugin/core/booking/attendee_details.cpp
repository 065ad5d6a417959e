#include "plugin/core/booking/attendee_details.hpp"

#include <algorithm>

#include "plugin/core/text/person_name.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_notes_length_max = 5000;
constexpr std::size_t k_locale_length_max = 35;
constexpr std::size_t k_utm_length_max = 255;
constexpr std::size_t k_utm_keys_max = 20;
constexpr std::size_t k_utm_key_length_max = 40;

std::optional<EmailAddress> check_email(FieldErrors& errors, const std::string& field, std::string_view text) {
  auto address = EmailAddress::parse(text);
  if (!address) {
    const bool is_blank = typed_value(text).empty();
    errors.add(field, is_blank ? "required" : "invalid_email", "Enter an e-mail address, such as ada@example.com.");
  }
  return address;
}

std::optional<std::string> check_phone(FieldErrors& errors, const std::optional<std::string>& typed,
                                       const PhoneReader& phones, std::string_view region, PhoneNeed need) {
  const std::string text = typed_value(typed ? *typed : std::string_view{});
  if (text.empty()) {
    if (need == PhoneNeed::required) errors.add("phone", "required", "Enter the number at which you will be called.");
    return std::nullopt;
  }
  auto number = phones.read(text, region);
  if (!number) errors.add("phone", "invalid_phone", "Enter a phone number, with the country code (+1 …).");
  return number;
}

/// The region whose national numbers the booker means.
std::string check_region(FieldErrors& errors, const std::optional<std::string>& named, const PhoneReader& phones,
                         std::string_view otherwise) {
  if (!named) return std::string(otherwise);
  std::string region = typed_value(*named);
  for (char& c : region)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (!region.empty() && phones.country_code(region) == 0)
    errors.add("phone_region", "invalid_region", "A country's two letters, such as US.");
  return region;
}

std::vector<EmailAddress> check_guests(FieldErrors& errors, const std::vector<std::string>& drafts,
                                       const std::optional<EmailAddress>& attendee) {
  std::vector<EmailAddress> guests;
  if (drafts.size() > k_guests_max) {
    errors.add_too_long("guests", k_guests_max, "guests");
    return guests;
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto guest = check_email(errors, "guests[" + std::to_string(i) + "]", drafts[i]);
    if (!guest || (attendee && guest->key() == attendee->key())) continue;
    const bool is_known =
        std::any_of(guests.begin(), guests.end(), [&](const EmailAddress& each) { return each.key() == guest->key(); });
    if (!is_known) guests.push_back(*guest);
  }
  return guests;
}

std::optional<std::string> read_locale(const std::optional<std::string>& text) {
  if (!text || text->empty() || text->size() > k_locale_length_max) return std::nullopt;
  const bool is_tag = std::all_of(text->begin(), text->end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!is_tag) return std::nullopt;
  std::string tag = *text;
  std::replace(tag.begin(), tag.end(), '_', '-');
  return tag;
}

bool is_utm_key(std::string_view key) {
  return !key.empty() && key.size() <= k_utm_key_length_max && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

UtmValues check_utm(FieldErrors& errors, const UtmValues& drafts) {
  UtmValues values;
  if (drafts.size() > k_utm_keys_max) errors.add("utm", "too_long", "At most 20 values.");
  for (const auto& [key, text] : drafts) {
    if (!is_utm_key(key)) {
      errors.add("utm", "invalid_format", "Names of utm values have small letters, digits and underscores.");
      break;
    }
    // They come with a link and stand in no field that the booker could correct: they never stop a booking.
    if (!is_plain(text, Lines::one)) continue;
    const std::string_view value = first_characters(trimmed(text), k_utm_length_max);
    if (!value.empty()) values.emplace(key.starts_with("utm_") ? key.substr(4) : key, value);
  }
  return values;
}

}  // namespace

std::optional<AttendeeDetails> check_attendee_details(FieldErrors& errors, const AttendeeDetailsDraft& draft,
                                                      const std::vector<Question>& questions, const PhoneReader& phones,
                                                      std::string_view default_region, PhoneNeed phone_need) {
  const std::size_t before = errors.list().size();
  const std::string region = check_region(errors, draft.phone_region, phones, default_region);
  std::string name = check_person_name(errors, "attendee_name", draft.attendee_name);
  auto email = check_email(errors, "attendee_email", draft.attendee_email);
  auto phone = check_phone(errors, draft.phone, phones, region, phone_need);
  auto notes =
      check_optional_text(errors, "notes", draft.notes, {.length_max = k_notes_length_max, .lines = Lines::many});
  auto answers = check_answers(errors, questions, draft.answers, phones, region);
  auto guests = check_guests(errors, draft.guests, email);
  auto utm = check_utm(errors, draft.utm);
  if (errors.list().size() != before || !email) return std::nullopt;
  return AttendeeDetails{std::move(name),    std::move(*email), std::move(phone),          std::move(notes),
                         std::move(answers), std::move(guests), read_locale(draft.locale), std::move(utm)};
}

}  // namespace scheduling
