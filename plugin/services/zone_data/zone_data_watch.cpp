#include "plugin/services/zone_data/zone_data_watch.hpp"

#include <algorithm>

namespace scheduling {
namespace {

using Weight = ZoneFinding::Weight;

constexpr int k_probes = 25;
constexpr std::chrono::days k_between_probes{30};
constexpr std::size_t k_names_max = 8;

std::vector<Instant> probes_from(Instant now) {
  std::vector<Instant> probes;
  for (int i = 0; i < k_probes; ++i) probes.push_back(now + i * k_between_probes);
  return probes;
}

bool counts_alike(const ZoneRules& ours, const std::vector<std::chrono::seconds>& theirs,
                  const std::vector<Instant>& probes) {
  return std::ranges::equal(probes, theirs,
                            [&](Instant probe, auto offset) { return ours.offset_at(probe) == offset; });
}

/// "Africa/Cairo, America/Havana and 3 more"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), k_names_max); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > k_names_max) text += " and " + std::to_string(names.size() - k_names_max) + " more";
  return text;
}

void compare_with_files(const ZoneDataFacts& facts, std::vector<ZoneFinding>& findings) {
  if (facts.in_folder.empty())
    findings.push_back({Weight::worth_a_look, "There is no zone data under " + facts.folder +
                                                  " any more; the CRM goes on with " + facts.in_use +
                                                  ". Install it again before the next restart."});
  else if (facts.in_folder != facts.in_use)
    findings.push_back({Weight::worth_a_look, "The zone data under " + facts.folder + " is " + facts.in_folder +
                                                  " now, and the CRM still uses " + facts.in_use + ". Restart it."});
  // Versions are a year and a letter, so their order is that of their text.
  if (facts.of_system > facts.in_use)
    findings.push_back({Weight::worth_a_look, "The zone data in use is older than the system's, which is " +
                                                  facts.of_system + ". Update " + facts.folder +
                                                  " or start without TZDIR."});
}

}  // namespace

Done ZoneDataWatch::compare_with_database() {
  const std::vector<Instant> probes = probes_from(clock_.now());
  auto theirs = transactions_.reading(
      [&](Transaction& transaction) { return transaction.zone_rules().offsets(zones_.choices(), probes); });
  if (!theirs) return fail(std::move(theirs.error()));
  Comparison comparison;
  for (const DatabaseZone& one : *theirs) {
    const auto ours = zones_.rules(one.zone);
    if (one.offsets.empty())
      comparison.unknown.push_back(one.zone.name());
    else if (ours && !counts_alike(*ours, one.offsets, probes))
      comparison.differing.push_back(one.zone.name());
  }
  std::ranges::sort(comparison.differing);
  std::ranges::sort(comparison.unknown);
  comparison.at = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  comparison_ = std::move(comparison);
  return {};
}

std::optional<std::chrono::steady_clock::duration> ZoneDataWatch::age() const {
  const std::lock_guard lock(mutex_);
  if (!comparison_) return std::nullopt;
  return std::chrono::steady_clock::now() - comparison_->at;
}

std::vector<ZoneFinding> ZoneDataWatch::findings() const {
  const ZoneDataFacts facts = zones_.facts();
  std::vector<ZoneFinding> findings{
      {Weight::fine, "Zone data " + facts.in_use + " from " + facts.folder + " is in use."}};
  compare_with_files(facts, findings);
  if (!facts.broken.empty())
    findings.push_back({Weight::broken, "The rules of these zones cannot be read: " + listed(facts.broken) +
                                            ". Install the zone data again and restart the CRM."});
  const std::lock_guard lock(mutex_);
  if (!comparison_)
    findings.push_back({Weight::worth_a_look, "The database has not been asked for its zone rules yet."});
  if (comparison_ && !comparison_->differing.empty())
    findings.push_back({Weight::worth_a_look, "The database's zone rules differ from those in use for: " +
                                                  listed(comparison_->differing) + ". Update the older of the two."});
  if (comparison_ && !comparison_->unknown.empty())
    findings.push_back(
        {Weight::worth_a_look, "The database does not know these zones: " + listed(comparison_->unknown) +
                                   ". Its zone data is older than what is in use."});
  return findings;
}

}  // namespace scheduling
