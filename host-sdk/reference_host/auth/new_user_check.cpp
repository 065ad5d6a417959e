#include "reference_host/auth/new_user_check.hpp"

#include "crm/sdk/detail/text_rules.hpp"
#include "reference_host/auth/language_tag.hpp"
#include "reference_host/auth/zone_name.hpp"
#include "reference_host/mail/address.hpp"

namespace crm::app {
namespace {

void check_length(std::vector<sdk::FieldError>& errors, const char* field, const std::string& text, std::size_t min,
                  std::size_t max) {
  const std::size_t length = sdk::detail::characters(text);
  if (sdk::detail::is_blank(text))
    errors.push_back({field, "required", "This is needed."});
  else if (!sdk::detail::is_clean_text(text, false))
    errors.push_back({field, "invalid_text", "This holds characters that cannot be stored."});
  else if (length < min)
    errors.push_back({field, "too_short", "This needs at least " + std::to_string(min) + " characters."});
  else if (length > max)
    errors.push_back({field, "too_long", "This may have at most " + std::to_string(max) + " characters."});
}

void check_zone(std::vector<sdk::FieldError>& errors, const std::string& timezone) {
  if (!is_zone_name(timezone))
    errors.push_back({"timezone", "invalid_timezone", "This is not an IANA time zone such as Europe/Berlin."});
}

void check_locale(std::vector<sdk::FieldError>& errors, const std::string& locale) {
  if (!locale.empty() && !is_language_tag(locale))
    errors.push_back({"locale", "invalid_locale", "This is not a language tag such as de or de-AT."});
}

}  // namespace

std::vector<sdk::FieldError> check_new_user(const NewUser& user) {
  std::vector<sdk::FieldError> errors;
  check_length(errors, "email", user.email, 1, k_address_bytes_max);
  if (errors.empty() && !is_email_address(user.email))
    errors.push_back({"email", "invalid_email", "This is not an e-mail address."});
  check_length(errors, "name", user.name, 1, k_name_max);
  if (user.password) check_length(errors, "password", *user.password, k_password_min, k_password_max);
  check_zone(errors, user.timezone);
  check_locale(errors, user.locale);
  return errors;
}

std::vector<sdk::FieldError> check_profile(const ProfileEdit& edit) {
  std::vector<sdk::FieldError> errors;
  if (edit.name) check_length(errors, "name", *edit.name, 1, k_name_max);
  if (edit.timezone) check_zone(errors, *edit.timezone);
  if (edit.locale) check_locale(errors, *edit.locale);
  return errors;
}

std::vector<sdk::FieldError> check_new_password(const std::string& password) {
  std::vector<sdk::FieldError> errors;
  check_length(errors, "new_password", password, k_password_min, k_password_max);
  return errors;
}

std::optional<sdk::Role> parse_role(std::string_view name) {
  if (name == "rep") return sdk::Role::rep;
  if (name == "admin") return sdk::Role::admin;
  return std::nullopt;
}

}  // namespace crm::app
