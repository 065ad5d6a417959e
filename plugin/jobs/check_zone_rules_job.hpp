#pragma once
/// Checks the zone rules: what is wrong with the zone data is logged when it is found, and upcoming
/// meetings are compared with rules that are newer than those they were booked under. Safe to run twice.
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/zone_data/zone_data_watch.hpp"
#include "plugin/services/zone_data/zone_rule_check.hpp"

namespace scheduling {

class CheckZoneRulesJob {
 public:
  CheckZoneRulesJob(ZoneDataWatch& watch, ZoneRuleCheck& check, crm::sdk::Log& log)
      : watch_(watch), check_(check), log_(log) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);
  /// Compares with the database when that was not done for a day, and logs what was not logged before.
  void log_findings();

 private:
  ZoneDataWatch& watch_;
  ZoneRuleCheck& check_;
  crm::sdk::Log& log_;
  std::mutex mutex_;
  std::set<std::string> logged_;
};

}  // namespace scheduling
