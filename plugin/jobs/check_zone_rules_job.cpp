#include "plugin/jobs/check_zone_rules_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

/// The database's rules change with its packages: daily is often enough to make it read all its zone files.
constexpr std::chrono::hours k_compare_after{24};

crm::sdk::LogLevel level_of(ZoneFinding::Weight weight) {
  switch (weight) {
    case ZoneFinding::Weight::fine: return crm::sdk::LogLevel::info;
    case ZoneFinding::Weight::worth_a_look: return crm::sdk::LogLevel::warning;
    case ZoneFinding::Weight::broken: return crm::sdk::LogLevel::error;
  }
  return crm::sdk::LogLevel::warning;
}

}  // namespace

void CheckZoneRulesJob::log_findings() {
  const auto age = watch_.age();
  if (!age || *age >= k_compare_after) {
    if (const auto done = watch_.compare_with_database(); !done)
      log_.warning("scheduling.zones",
                   {{"what", "the database could not be asked for its zone rules"}, {"why", done.error().detail}});
  }
  const std::lock_guard lock(mutex_);
  std::set<std::string> now;
  for (const ZoneFinding& finding : watch_.findings()) {
    if (!logged_.contains(finding.text))
      log_.write(level_of(finding.weight), "scheduling.zones", {{"what", finding.text}});
    now.insert(finding.text);
  }
  logged_ = std::move(now);
}

crm::sdk::Outcome<crm::sdk::JobReport> CheckZoneRulesJob::run(std::stop_token stop) {
  log_findings();
  auto done = check_.run(stop);
  if (!done) return crm::sdk::fail(to_failure(done.error()));
  crm::sdk::JobReport report;
  report.handled = done->changed;
  if (done->changed > 0) {
    report.note =
        "Clocks show another time, or again the agreed one, at " + std::to_string(done->changed) + " meetings.";
    log_.warning("scheduling.wall_times", {{"what", report.note}});
  }
  return report;
}

}  // namespace scheduling
