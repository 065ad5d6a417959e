#include "plugin/surface/health_notes.hpp"

namespace scheduling {
namespace {

crm::sdk::HealthLevel level_of(ZoneFinding::Weight weight) {
  switch (weight) {
    case ZoneFinding::Weight::fine: return crm::sdk::HealthLevel::ok;
    case ZoneFinding::Weight::worth_a_look: return crm::sdk::HealthLevel::warn;
    case ZoneFinding::Weight::broken: return crm::sdk::HealthLevel::error;
  }
  return crm::sdk::HealthLevel::warn;
}

}  // namespace

std::vector<crm::sdk::HealthNote> zone_notes(const ZoneWatch& watch) {
  std::vector<crm::sdk::HealthNote> notes;
  for (ZoneFinding& finding : watch.findings()) notes.push_back({level_of(finding.weight), std::move(finding.text)});
  return notes;
}

}  // namespace scheduling
