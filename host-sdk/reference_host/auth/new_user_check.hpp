#pragma once
/// The rules for a user's fields, one place for the API, the set-up page and the users page.
#include <vector>

#include "crm/sdk/problem.hpp"
#include "reference_host/auth/accounts.hpp"

namespace crm::app {

constexpr std::size_t k_name_max = 255;
constexpr std::size_t k_password_min = 8;
constexpr std::size_t k_password_max = 200;

/// Every field that breaks a rule, in the order email, name, password, timezone, locale. Empty: fine. A user without a
/// password is fine too: they are invited.
std::vector<sdk::FieldError> check_new_user(const NewUser& user);
/// The same for what users change of themselves.
std::vector<sdk::FieldError> check_profile(const ProfileEdit& edit);

/// The same for a password that is to take another one's place; the field is `new_password`.
std::vector<sdk::FieldError> check_new_password(const std::string& password);

/// "rep" or "admin".
std::optional<sdk::Role> parse_role(std::string_view name);

}  // namespace crm::app
