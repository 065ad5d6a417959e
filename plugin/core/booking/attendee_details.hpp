#pragma once
/// What a booker tells about themselves, checked.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/answers.hpp"
#include "plugin/core/booking/email_address.hpp"

namespace scheduling {

/// Marketing parameters: utm_source and its kin, keys without the prefix.
using UtmValues = std::map<std::string, std::string>;

struct AttendeeDetailsDraft {
  std::string attendee_name;
  std::string attendee_email;
  std::optional<std::string> phone;
  std::optional<std::string> phone_region{};  ///< ISO code of the country whose national numbers are meant
  std::optional<std::string> notes;
  std::vector<AnswerDraft> answers;
  std::vector<std::string> guests;
  std::optional<std::string> locale;
  UtmValues utm;
};

struct AttendeeDetails {
  std::string attendee_name;
  EmailAddress attendee_email;
  std::optional<std::string> phone;  ///< E.164
  std::optional<std::string> notes;
  std::vector<Answer> answers;
  std::vector<EmailAddress> guests;   ///< no two alike, none the attendee
  std::optional<std::string> locale;  ///< BCP 47 form
  UtmValues utm;
};

inline constexpr std::size_t k_guests_max = 10;

enum class PhoneNeed { none, required };  ///< required: the host has no other way to reach the attendee

/// Adds every error to `errors` (attendee_name, attendee_email, phone, phone_region, notes, answers.*, guests[i],
/// locale, and utm for names that are none); empty when it added one. `region` as in PhoneReader, where the draft names
/// none; one that is empty was left open by the booker, and numbers need their country code. Guests that are the
/// attendee, or named before, collapse. An unreadable locale is dropped rather than refused, and so is a utm value,
/// which is cut when it is too long: a browser's guess and a link's mark are not the booker's word.
std::optional<AttendeeDetails> check_attendee_details(FieldErrors& errors, const AttendeeDetailsDraft& draft,
                                                      const std::vector<Question>& questions, const PhoneReader& phones,
                                                      std::string_view region, PhoneNeed phone_need = PhoneNeed::none);

}  // namespace scheduling
