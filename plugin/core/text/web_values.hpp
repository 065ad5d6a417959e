#pragma once
/// Web addresses and colours.
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

enum class Scheme { https_only, http_or_https };

/// Printable ASCII, a host, no user name, at most 2048 characters; nothing that could leave an HTML
/// attribute or a header.
bool is_web_address(std::string_view text, Scheme scheme);

/// "#1A73e8" → "#1a73e8"; empty for anything else.
std::optional<std::string> parse_color(std::string_view text);

}  // namespace scheduling
