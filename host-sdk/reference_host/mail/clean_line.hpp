#pragma once
/// Makes text from a foreign server fit for logs, tables and html pages.
#include <string>
#include <string_view>

namespace crm::app {

constexpr std::size_t k_clean_line_bytes_max = 500;

/// One line of valid UTF-8 without control characters, at most k_clean_line_bytes_max long. Line ends and
/// other controls become spaces, runs of spaces become one, and bytes that are no UTF-8 become '?'.
std::string clean_line(std::string_view text);

}  // namespace crm::app
