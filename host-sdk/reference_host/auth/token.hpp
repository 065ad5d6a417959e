#pragma once
/// Bearer secrets: how they are made and how they are stored.
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::app {

/// 256 random bits in base64url, 43 characters.
sdk::Outcome<std::string> new_token(sdk::Secrets& secrets);

/// 32 raw bytes. Tokens are stored and looked up only in this form, so a stolen table lets nobody in.
std::string sha256(std::string_view text);

/// The CSRF token of a session, derived from its token, so that it needs no column and cannot be
/// computed from what the database holds.
std::string csrf_token_for(std::string_view session_token);

std::string base64url(std::string_view bytes);
/// Empty for what base64url() never writes.
std::string from_base64url(std::string_view text);

}  // namespace crm::app
