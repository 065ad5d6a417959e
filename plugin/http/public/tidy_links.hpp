#pragma once
/// Links as people type and forward them: capitals, and what a sentence or a mail program puts behind them (B-8).
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"

namespace scheduling {

/// "Demo", "demo." and "demo)" → "demo".
std::string tidy_slug(std::string_view slug);
/// "abc." and "abc>" → "abc". Letters stay as they are: tokens are case-sensitive.
std::string_view tidy_token(std::string_view token);

/// 308 to `path` with the query as it was sent.
crm::sdk::Response moved_for_good(const std::string& path, const crm::sdk::Request& request);
/// 308 to the same address with a tidy {token}; none when it is tidy. Keeps the method.
std::optional<crm::sdk::Response> to_tidy_token(const crm::sdk::Request& request);

}  // namespace scheduling
