#include "plugin/http/api/overrides.hpp"

#include "crm/sdk/responses.hpp"
#include "plugin/http/api/availability_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

/// Cursors hold the date as days since 1970; dates end in 2199.
constexpr std::int64_t k_days_max = 84005;

AvailabilityRepository::OverridePosition position_of(const ListQuery& query) {
  if (query.cursor.empty()) return {};
  const std::chrono::days days{std::min(query.cursor[0], k_days_max)};
  return {LocalDate{std::chrono::local_days{days}}, OverrideId{std::min<std::int64_t>(query.cursor[1], 2147483647)}};
}

}  // namespace

Response Overrides::list(const Request& request) {
  auto query = read_list_query(request, 2);
  if (!query) return query.error();
  auto days = service_.list_overrides(actor_of(request), position_of(*query), query->fetch());
  if (!days) return to_response(days.error(), log_, request);
  return list_response(*days, *query, write_override, [](const DayOverride& day) {
    return std::vector<std::int64_t>{day.date.days().time_since_epoch().count(), day.id.value};
  });
}

Response Overrides::create(const Request& request) {
  auto draft = decode_override(request);
  if (!draft) return draft.error();
  auto day = service_.add_override(actor_of(request), *draft);
  if (!day) return to_response(day.error(), log_, request);
  Response response = one_answer(201, *day, write_override);
  response.headers.push_back({"Location", "/api/v1/scheduling/overrides/" + std::to_string(day->id.value)});
  return response;
}

Response Overrides::remove(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = service_.remove_override(actor_of(request), OverrideId{*id});
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

}  // namespace scheduling
