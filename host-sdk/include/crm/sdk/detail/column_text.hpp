#pragma once
/// How the text of a column becomes a value. For database.hpp.
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace crm::sdk {

using Micros = std::chrono::sys_time<std::chrono::microseconds>;

namespace detail {
[[noreturn]] void throw_bad_column(std::string_view wanted, std::string_view got);
std::int64_t parse_integer(std::string_view text);
double parse_number(std::string_view text);
Micros parse_instant(std::string_view text);     ///< "2025-03-09 05:00:00[.ffffff]+00", UTC sessions only
std::string parse_bytes(std::string_view text);  ///< "\\x68690a"
}  // namespace detail

}  // namespace crm::sdk
