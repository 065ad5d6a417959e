#include "plugin/jobs/forget_networks_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {

crm::sdk::Outcome<crm::sdk::JobReport> ForgetNetworksJob::run(std::stop_token) {
  auto dropped = upkeep_.run();
  if (!dropped) return crm::sdk::fail(to_failure(dropped.error()));
  crm::sdk::JobReport report;
  report.handled = *dropped;
  return report;
}

}  // namespace scheduling
