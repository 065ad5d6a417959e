#include "plugin/core/network/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace scheduling {
namespace {

constexpr std::chrono::seconds k_longest{86400};
constexpr std::array<std::string_view, 12> k_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t k_date_length = 29;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != k_date_length || text.substr(3, 2) != ", " || !text.ends_with(" GMT")) return std::nullopt;
  const auto month = std::ranges::find(k_months, text.substr(8, 3));
  if (month == k_months.end()) return std::nullopt;
  const auto number = std::to_string(month - k_months.begin() + 1);
  std::string iso(text.substr(12, 4));
  iso += number.size() == 1 ? "-0" : "-";
  iso += number;
  iso += '-';
  iso += text.substr(5, 2);
  iso += 'T';
  iso += text.substr(17, 8);
  iso += 'Z';
  return parse_instant(iso);
}

std::optional<std::chrono::seconds> retry_after_of(std::string_view value, std::optional<Instant> now) {
  if (const auto seconds = number_in(value)) return std::min(std::chrono::seconds{*seconds}, k_longest);
  auto until = parse_http_date(value);
  if (!until) until = parse_instant(value);
  if (!until || !now) return std::nullopt;
  return std::clamp<std::chrono::seconds>(*until - *now, std::chrono::seconds{0}, k_longest);
}

}  // namespace scheduling
