#pragma once
/// The JSON object inside a record: its rules, its e-mail addresses, and how two of them become one.
///
/// Errors: values; a data object that was stored is readable by construction.
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/json_input.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::app {

constexpr std::size_t k_data_bytes_max = 256 * 1024;

/// Notes what breaks a rule: `email` and `emails[]` are addresses, `name` and `phone` short texts,
/// everything else free but clean.
void check_record_data(sdk::JsonInput& data);

/// Keys (mail/address.hpp) of `email` and `emails[]`, without repetition. `invalid` when it is no JSON object.
sdk::Outcome<std::vector<std::string>> record_email_keys(std::string_view data_json);

/// `changes` over `data`, one level deep: absent fields stay, null removes a field.
sdk::Outcome<std::string> changed_data(std::string_view data_json, std::string_view changes_json);

/// What a surviving record holds after a merge: its own values win, empty ones are filled from
/// `leaving`, and every e-mail address of both is kept.
sdk::Outcome<std::string> absorbed_data(std::string_view surviving_json, std::string_view leaving_json);

}  // namespace crm::app
