#pragma once
/// How long a server asks to be left alone: HTTP's Retry-After in each of its forms (RFC 9110, section 10.2.3), and
/// as the time of RFC 3339 that Zoom writes. Purity: no clock.
#include <chrono>
#include <optional>
#include <string_view>

#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// "Tue, 10 Feb 2026 13:00:00 GMT", the one form that servers may write; none for anything else.
std::optional<Instant> parse_http_date(std::string_view text);

/// Not negative, a day at most. None: nobody can read it. `now`: by the server's own clock; a time says nothing
/// without.
std::optional<std::chrono::seconds> retry_after_of(std::string_view value, std::optional<Instant> now);

}  // namespace scheduling
