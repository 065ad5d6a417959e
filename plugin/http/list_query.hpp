#pragma once
/// `limit` and `cursor` of every list, and the shape of its response.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/services/actor.hpp"

namespace scheduling {

inline constexpr int k_list_limit_default = 50;
inline constexpr int k_list_limit_max = 100;

/// Who asks. Only for routes of Access::user and admin, where the host made sure that there is somebody.
Actor actor_of(const crm::sdk::Request& request);

/// The row id in the path; empty for anything that cannot be one (answer 404).
std::optional<std::int64_t> id_in_path(const crm::sdk::Request& request, std::string_view name = "id");
/// A positive row id, digits only.
std::optional<std::int64_t> parse_id(std::string_view text);

/// The id that the query names, or none. The error is the answer: 422 naming it.
template <class Id>
crm::sdk::Expected<std::optional<Id>, crm::sdk::Response> id_in_query(const crm::sdk::Request& request,
                                                                      const char* name) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return std::optional<Id>{};
  if (const auto id = parse_id(*text)) return std::optional<Id>(Id{*id});
  return crm::sdk::unexpected(invalid_query(name, "invalid_format", "An id"));
}

struct ListQuery {
  int limit = k_list_limit_default;
  std::vector<std::int64_t> cursor;  ///< the numbers of the last row; empty: from the beginning

  int fetch() const { return limit + 1; }  ///< one more tells that there is a next page
};

/// `cursor_parts`: how many numbers a cursor has. The error is the answer: 422 naming limit or cursor.
crm::sdk::Expected<ListQuery, crm::sdk::Response> read_list_query(const crm::sdk::Request& request,
                                                                  std::size_t cursor_parts);

/// Opaque to clients: numbers, joined.
std::string cursor_text(const std::vector<std::int64_t>& parts);

/// {"data":[…],"next_cursor":…}. `rows` may hold one more than `query.limit`; `write(out, row)` writes one,
/// `position(row)` gives its cursor.
template <class Row, class Write, class Position>
crm::sdk::Response list_response(const std::vector<Row>& rows, const ListQuery& query, Write&& write,
                                 Position&& position) {
  const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(query.limit));
  JsonText out;
  out.begin_object().key("data").begin_array();
  for (std::size_t i = 0; i < count; ++i) write(out, rows[i]);
  out.end_array();
  std::optional<std::string> next;
  if (rows.size() > count && count > 0) next = cursor_text(position(rows[count - 1]));
  out.field("next_cursor", next).end_object();
  return crm::sdk::Response::json(200, out.take());
}

/// {"data":[…],"next_cursor":null}: all there is.
template <class Row, class Write>
crm::sdk::Response whole_list(const std::vector<Row>& rows, Write&& write) {
  JsonText out;
  out.begin_object().key("data").begin_array();
  for (const Row& row : rows) write(out, row);
  out.end_array().key("next_cursor").raw("null").end_object();
  return crm::sdk::Response::json(200, out.take());
}

/// {"data":{…}}
template <class Row, class Write>
crm::sdk::Response one_answer(int status, const Row& row, Write&& write) {
  JsonText out;
  out.begin_object().key("data");
  write(out, row);
  out.end_object();
  return crm::sdk::Response::json(status, out.take());
}

}  // namespace scheduling
