#pragma once
/// What every list and every resource of the CRM's API reads from a request.
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/records.hpp"
#include "crm/sdk/responses.hpp"

namespace crm::app {

inline std::optional<std::int64_t> positive_number(std::string_view text, std::int64_t max) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > max) return std::nullopt;
  return value;
}

/// The {id} of a path. Ids are INTEGER in the database, so anything else is simply not found.
inline std::optional<std::int64_t> path_id(const sdk::Request& request, std::string_view name = "id") {
  return positive_number(request.param(name), std::numeric_limits<std::int32_t>::max());
}

/// Of a change that a signed-in user asked for.
inline sdk::Cause cause_of(const sdk::Request& request) {
  return {"", request.principal->id, std::string(request.request_id)};
}

constexpr int k_limit_default = 50;
constexpr int k_limit_max = 200;

struct ListQuery {
  std::int64_t after = 0;  ///< the cursor: id of the last row of the result page before; 0: from the beginning
  int limit = k_limit_default;
};

/// Reads `cursor` and `limit`; 422 for values that are none.
inline crm::sdk::Expected<ListQuery, sdk::Response> list_query(const sdk::Request& request) {
  ListQuery query;
  std::vector<sdk::FieldError> errors;
  for (const sdk::Field& field : request.query) {
    if (field.name == "cursor") {
      const auto after = positive_number(field.value, std::numeric_limits<std::int64_t>::max());
      if (!after) errors.push_back({"cursor", "invalid_cursor", "Use the next_cursor of the page before."});
      query.after = after.value_or(0);
    } else if (field.name == "limit") {
      const auto limit = positive_number(field.value, k_limit_max);
      if (!limit) errors.push_back({"limit", "out_of_range", "This must lie between 1 and 200."});
      query.limit = static_cast<int>(limit.value_or(k_limit_default));
    }
  }
  if (!errors.empty()) return crm::sdk::unexpected(sdk::validation_failed(std::move(errors)));
  return query;
}

/// {"data":[…],"next_cursor":…}; `items` is the inner JSON, comma-separated.
inline sdk::Response list_response(std::string_view items, std::optional<std::int64_t> next_cursor) {
  std::string body = "{\"data\":[";
  body += items;
  body += "],\"next_cursor\":";
  body += next_cursor ? "\"" + std::to_string(*next_cursor) + "\"" : "null";
  body += '}';
  return sdk::Response::json(200, std::move(body));
}

inline sdk::Response data_response(int status, std::string_view json) {
  std::string body = "{\"data\":";
  body += json;
  body += '}';
  return sdk::Response::json(status, std::move(body));
}

}  // namespace crm::app
