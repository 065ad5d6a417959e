#include "plugin/http/reader_clock.hpp"

#include "plugin/http/error_response.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

ReaderClock ReaderClock::in(const ZoneId& zone, const ZoneSource& zones) {
  auto rules = zones.rules(zone);
  if (rules) return {zone, std::move(rules)};
  return {ZoneId::utc(), std::make_shared<const ZoneRules>(ZoneRules::utc())};
}

ReaderClock ReaderClock::of_user(const Request& request, const ZoneSource& zones) {
  return in(zones.find(request.principal->timezone).value_or(ZoneId::utc()), zones);
}

crm::sdk::Expected<ReaderClock, Response> ReaderClock::asked_for(const Request& request, const ZoneSource& zones) {
  const auto name = request.query_value("timezone");
  if (!name || name->empty()) return of_user(request, zones);
  const auto zone = zones.find(*name);
  if (!zone) return crm::sdk::unexpected(invalid_query("timezone", "invalid_timezone", "There is no such time zone"));
  return in(*zone, zones);
}

void ReaderClock::begin(JsonText& out) const {
  out.begin_object().field("timezone", zone_.name());
}

void ReaderClock::field(JsonText& out, std::string_view name, const std::optional<Instant>& instant) const {
  out.field(name, instant ? std::optional(format_wall(rules_->wall_at(*instant))) : std::nullopt);
}

std::int64_t ReaderClock::offset_minutes(Instant instant) const {
  return std::chrono::floor<std::chrono::minutes>(rules_->offset_at(instant)).count();
}

}  // namespace scheduling
