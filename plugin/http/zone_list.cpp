#include "plugin/http/zone_list.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

/// One place for each clock that very many people live by, from west to east.
constexpr std::array k_common = std::to_array<std::string_view>({
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/Chicago",
    "America/Mexico_City",
    "America/New_York",
    "America/Bogota",
    "America/Halifax",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "UTC",
    "Europe/London",
    "Europe/Lisbon",
    "Africa/Lagos",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Africa/Johannesburg",
    "Africa/Cairo",
    "Europe/Athens",
    "Europe/Istanbul",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
});

std::string_view group_of(std::string_view zone) {
  const std::size_t slash = zone.find('/');
  return slash == std::string_view::npos ? "UTC" : zone.substr(0, slash);
}

std::string readable(std::string_view zone) {
  std::string out(zone);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string option(const ZoneId& zone, bool is_chosen = false) {
  return "<option value=\"" + zone.name() + (is_chosen ? "\" selected>" : "\">") + readable(zone.name()) + "</option>";
}

std::string all_options(const ZoneSource& zones, const ZoneId& chosen) {
  std::string out;
  std::string_view group;
  for (const ZoneId& zone : zones.choices()) {
    if (group_of(zone.name()) != group) {
      if (!group.empty()) out += "</optgroup>";
      group = group_of(zone.name());
      out.append("<optgroup label=\"").append(group).append("\">");
    }
    if (zone != chosen) out += option(zone);
  }
  return group.empty() ? out : out + "</optgroup>";
}

std::vector<ZoneId> common_zones(const ZoneSource& zones) {
  std::vector<ZoneId> common;
  for (const std::string_view name : k_common)
    if (const auto zone = zones.find(name); zone && zone->name() == name) common.push_back(*zone);
  return common;
}

}  // namespace

std::string zone_list_json(const ZoneSource& zones, Instant now) {
  JsonText out;
  out.begin_object().key("data").begin_array();
  for (const ZoneId& zone : zones.choices()) {
    const auto rules = zones.rules(zone);
    if (!rules) continue;
    const auto offset = std::chrono::floor<std::chrono::minutes>(rules->offset_at(now));
    out.begin_object().field("id", zone.name()).field("offset_minutes", offset.count()).end_object();
  }
  out.end_array().key("next_cursor").raw("null").end_object();
  return out.take();
}

std::string zone_options(const ZoneSource& zones, const ZoneOptions& options) {
  std::string out = option(options.chosen, true);
  if (options.has_all) return out + all_options(zones, options.chosen);
  std::vector<ZoneId> offered{options.chosen};
  const auto offer = [&](const ZoneId& zone) {
    if (std::ranges::find(offered, zone) != offered.end()) return;
    offered.push_back(zone);
    out += option(zone);
  };
  std::ranges::for_each(options.first, offer);
  std::ranges::for_each(common_zones(zones), offer);
  return out;
}

}  // namespace scheduling
