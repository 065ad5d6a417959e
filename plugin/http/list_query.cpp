#include "plugin/http/list_query.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "plugin/http/error_response.hpp"

namespace scheduling {
namespace {

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
  return value;
}

std::optional<std::vector<std::int64_t>> parse_cursor(std::string_view text, std::size_t parts) {
  std::vector<std::int64_t> numbers;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part + 1 == parts)) return std::nullopt;
    const auto number = parse_number(text.substr(0, dot));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
  return numbers;
}

}  // namespace

Actor actor_of(const crm::sdk::Request& request) {
  const crm::sdk::Principal& principal = request.principal.value();
  return {UserId{principal.id.value}, principal.is_admin(), principal.timezone};
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number < 1 || *number > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> id_in_path(const crm::sdk::Request& request, std::string_view name) {
  return parse_id(request.param(name));
}

crm::sdk::Expected<ListQuery, crm::sdk::Response> read_list_query(const crm::sdk::Request& request,
                                                                  std::size_t cursor_parts) {
  ListQuery query;
  if (const auto limit = request.query_value("limit")) {
    const auto number = parse_number(*limit);
    if (!number || *number < 1 || *number > k_list_limit_max)
      return crm::sdk::unexpected(invalid_query("limit", "out_of_range", "A number from 1 to 100"));
    query.limit = static_cast<int>(*number);
  }
  if (const auto cursor = request.query_value("cursor")) {
    auto numbers = parse_cursor(*cursor, cursor_parts);
    if (!numbers)
      return crm::sdk::unexpected(invalid_query("cursor", "invalid_format", "Not a cursor from a former answer"));
    query.cursor = std::move(*numbers);
  }
  return query;
}

std::string cursor_text(const std::vector<std::int64_t>& parts) {
  std::string text;
  for (const std::int64_t part : parts) {
    if (!text.empty()) text += '.';
    text += std::to_string(part);
  }
  return text;
}

}  // namespace scheduling
