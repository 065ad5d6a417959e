#include "plugin/adapters/zones/tz_zone_source.hpp"

#include <cctz/time_zone.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "plugin/core/text/typed_text.hpp"

namespace scheduling {
namespace {

constexpr const char* k_system_folder = "/usr/share/zoneinfo";
constexpr std::string_view k_version_mark = "# version ";

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

/// The version a folder's data says it has, in its first line; empty when there is none.
std::string version_in(const std::string& folder) {
  std::ifstream file(folder + "/tzdata.zi");
  std::string line;
  std::getline(file, line);
  return line.starts_with(k_version_mark) ? line.substr(k_version_mark.size()) : std::string{};
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

TzZoneSource::TzZoneSource(std::string folder, OnBroken on_broken)
    : folder_(folder_or_default(std::move(folder))), on_broken_(std::move(on_broken)) {
  read_names();
  read_places();
}

void TzZoneSource::read_names() {
  version_ = version_in(folder_);
  std::ifstream file(folder_ + "/tzdata.zi");
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string kind;
    std::string first;
    std::string second;
    words >> kind >> first >> second;
    if (kind == "Z") links_[first].clear();
    if (kind == "L") links_.try_emplace(second, first);
  }
  if (version_.empty() || links_.empty()) throw std::runtime_error("no time zone data under " + folder_);
  links_["UTC"].clear();  // a name of its own here, whatever the data makes of it
}

void TzZoneSource::read_places() {
  std::ifstream file(folder_ + "/zone.tab");
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string country;
    std::string coordinates;
    std::string name;
    words >> country >> coordinates >> name;
    const auto zone = ZoneId::parse(name);
    if (!zone || !links_.contains(name) || !regions_.emplace(name, country).second) continue;
    choices_.push_back(*zone);
  }
  choices_.push_back(ZoneId::utc());
  std::sort(choices_.begin(), choices_.end());
}

const std::string* TzZoneSource::own_name(std::string_view name) const {
  auto found = links_.find(name);
  // Links lead to zones, or to links that do; data that goes in circles names nothing.
  for (std::size_t steps = 0; found != links_.end() && steps <= links_.size(); ++steps) {
    if (found->first == "Etc/UTC") return &ZoneId::utc().name();
    if (found->second.empty() || regions_.contains(found->first)) return &found->first;
    found = links_.find(found->second);
  }
  return nullptr;
}

std::optional<ZoneId> TzZoneSource::find(std::string_view typed) const noexcept try {
  const std::string name = typed_value(typed);
  const std::string* own = ZoneId::parse(name) ? own_name(name) : nullptr;
  return own == nullptr ? std::nullopt : ZoneId::parse(*own);
} catch (...) {
  return std::nullopt;
}

/// A place's own file; where the system ships none, that of the place it is linked to.
std::shared_ptr<const ZoneRules> TzZoneSource::load_any(const std::string& own_name) const {
  if (own_name == ZoneId::utc().name()) return std::make_shared<const ZoneRules>(ZoneRules::utc());
  std::string name = own_name;
  for (std::size_t steps = 0; steps <= links_.size(); ++steps) {
    if (auto rules = load(folder_ + "/" + name)) return rules;
    const auto link = links_.find(name);
    if (link == links_.end() || link->second.empty()) return nullptr;
    name = link->second;
  }
  return nullptr;
}

std::shared_ptr<const ZoneRules> TzZoneSource::rules(const ZoneId& zone) const noexcept try {
  {
    const std::shared_lock lock(mutex_);
    const auto found = loaded_.find(zone.name());
    if (found != loaded_.end()) return found->second;
  }
  const std::string* own = own_name(zone.name());
  if (own == nullptr) return nullptr;
  auto rules = load_any(*own);
  if (!rules) {
    note_broken(*own);
    return nullptr;
  }
  const std::unique_lock lock(mutex_);
  auto& shared = loaded_.try_emplace(*own, std::move(rules)).first->second;
  return loaded_.try_emplace(zone.name(), shared).first->second;
} catch (...) {
  return nullptr;
}

void TzZoneSource::note_broken(const std::string& name) const {
  {
    const std::unique_lock lock(mutex_);
    if (!broken_.insert(name).second) return;
  }
  if (on_broken_) on_broken_(name);
}

std::string TzZoneSource::region(const ZoneId& zone) const noexcept try {
  const std::string* own = own_name(zone.name());
  const auto found = own == nullptr ? regions_.end() : regions_.find(*own);
  return found == regions_.end() ? std::string{} : found->second;
} catch (...) {
  return {};
}

ZoneDataFacts TzZoneSource::facts() const {
  ZoneDataFacts facts{version_, folder_, version_in(folder_), {}, {}};
  if (folder_ != k_system_folder) facts.of_system = version_in(k_system_folder);
  const std::shared_lock lock(mutex_);
  facts.broken.assign(broken_.begin(), broken_.end());
  return facts;
}

}  // namespace scheduling
