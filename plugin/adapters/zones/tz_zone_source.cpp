#include "plugin/adapters/zones/tz_zone_source.hpp"

#include <cctz/time_zone.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace scheduling {
namespace {

constexpr const char* k_system_folder = "/usr/share/zoneinfo";

std::string folder_or_default(std::string folder) {
  if (!folder.empty()) return folder;
  const char* from_environment = std::getenv("TZDIR");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : k_system_folder;
}

ZoneRules::Transition state_at(const cctz::time_zone& zone, Instant instant) {
  const auto lookup = zone.lookup(cctz::time_point<cctz::seconds>{instant.time_since_epoch()});
  return {instant, std::chrono::seconds{lookup.offset}, lookup.abbr, lookup.is_dst};
}

/// The instant at which the clock goes from `jump.from` to `jump.to`.
Instant instant_of(const cctz::time_zone& zone, const cctz::time_zone::civil_transition& jump) {
  // The lesser of both is skipped or repeated, or, when only the name changes, unique.
  const auto lookup = zone.lookup(std::min(jump.from, jump.to));
  const auto point = lookup.kind == cctz::time_zone::civil_lookup::UNIQUE ? lookup.pre : lookup.trans;
  return Instant{point.time_since_epoch()};
}

std::shared_ptr<const ZoneRules> load(const std::string& path) {
  cctz::time_zone zone;
  if (!cctz::load_time_zone(path, &zone)) return nullptr;
  std::vector<ZoneRules::Transition> transitions;
  auto at = cctz::time_point<cctz::seconds>{k_instant_min.time_since_epoch()};
  cctz::time_zone::civil_transition jump;
  while (zone.next_transition(at, &jump)) {
    const Instant instant = instant_of(zone, jump);
    const auto next = cctz::time_point<cctz::seconds>{instant.time_since_epoch()};
    if (instant >= k_instant_end || next <= at) break;
    transitions.push_back(state_at(zone, instant));
    at = next;
  }
  auto rules = ZoneRules::make(state_at(zone, k_instant_min), transitions);
  if (!rules) return nullptr;
  return std::make_shared<const ZoneRules>(std::move(*rules));
}

}  // namespace

TzZoneSource::TzZoneSource(std::string folder) {
  const bool is_default = folder.empty();
  const std::string root = folder_or_default(std::move(folder));
  // cctz looks under TZDIR by itself; another folder is named by its whole path.
  if (!is_default) folder_ = root + "/";
  read_names(root);
  read_places(root);
}

void TzZoneSource::read_names(const std::string& folder) {
  std::ifstream file(folder + "/tzdata.zi");
  std::string line;
  constexpr std::string_view k_mark = "# version ";
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string kind;
    std::string first;
    std::string second;
    words >> kind >> first >> second;
    if (line.starts_with(k_mark)) version_ = line.substr(k_mark.size());
    if (kind == "Z") names_.insert(first);
    if (kind == "L" && names_.insert(second).second) links_.emplace(second, first);
  }
  if (version_.empty() || names_.empty()) throw std::runtime_error("no time zone data under " + folder);
  names_.insert("UTC");
}

void TzZoneSource::read_places(const std::string& folder) {
  std::ifstream file(folder + "/zone.tab");
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string country;
    std::string coordinates;
    std::string name;
    words >> country >> coordinates >> name;
    const auto zone = find(name);
    if (!zone) continue;
    regions_.emplace(name, country);
    choices_.push_back(*zone);
  }
  choices_.push_back(ZoneId::utc());
  std::sort(choices_.begin(), choices_.end());
}

std::optional<ZoneId> TzZoneSource::find(std::string_view name) const noexcept try {
  if (names_.find(name) == names_.end()) return std::nullopt;
  return ZoneId::parse(name);
} catch (...) {
  return std::nullopt;
}

std::shared_ptr<const ZoneRules> TzZoneSource::rules(const ZoneId& zone) const noexcept try {
  {
    const std::shared_lock lock(mutex_);
    const auto found = loaded_.find(zone.name());
    if (found != loaded_.end()) return found->second;
  }
  if (names_.find(zone.name()) == names_.end()) return nullptr;
  auto rules = load(folder_ + zone.name());
  if (!rules) return nullptr;
  const std::unique_lock lock(mutex_);
  return loaded_.try_emplace(zone.name(), std::move(rules)).first->second;
} catch (...) {
  return nullptr;
}

std::string TzZoneSource::region(const ZoneId& zone) const noexcept try {
  auto found = regions_.find(zone.name());
  if (found == regions_.end()) {
    const auto link = links_.find(zone.name());
    if (link != links_.end()) found = regions_.find(link->second);
  }
  return found == regions_.end() ? std::string{} : found->second;
} catch (...) {
  return {};
}

}  // namespace scheduling
