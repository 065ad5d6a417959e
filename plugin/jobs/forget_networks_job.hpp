#pragma once
/// Forgets client networks after 48 hours, and held mails whose meetings are over. Safe to run twice.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/outbox/public_use_upkeep.hpp"

namespace scheduling {

class ForgetNetworksJob {
 public:
  explicit ForgetNetworksJob(PublicUseUpkeep& upkeep) : upkeep_(upkeep) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  PublicUseUpkeep& upkeep_;
};

}  // namespace scheduling
