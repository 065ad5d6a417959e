#pragma once
/// Meetings that ended long enough ago forget their attendees (setting `retention_days`). Safe to run twice: what is
/// forgotten is not looked for again.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/insight/privacy_service.hpp"

namespace scheduling {

class EraseOldAttendeesJob {
 public:
  explicit EraseOldAttendeesJob(PrivacyService& privacy) : privacy_(privacy) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  PrivacyService& privacy_;
};

}  // namespace scheduling
