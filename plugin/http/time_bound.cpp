#include "plugin/http/time_bound.hpp"

#include "plugin/http/error_response.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

crm::sdk::Expected<Instant, Response> read_bound(const Request& request, Bound bound, const ZoneRules& rules,
                                                 Instant fallback) {
  const char* name = bound == Bound::from ? "from" : "to";
  const auto text = request.query_value(name);
  if (!text || text->empty()) return fallback;
  if (const auto instant = parse_instant(*text)) return *instant;
  const auto date = LocalDate::parse(*text);
  if (!date)
    return crm::sdk::unexpected(
        invalid_query(name, "invalid_format", "A date or an instant such as 2025-01-15T14:00:00Z"));
  return rules.start_of(bound == Bound::from ? *date : date->plus(std::chrono::days{1}));
}

}  // namespace scheduling
