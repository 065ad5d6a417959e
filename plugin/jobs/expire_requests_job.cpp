#include "plugin/jobs/expire_requests_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 100;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> ExpireRequestsJob::run(std::stop_token) {
  auto expired = booking_.expire_pending_meetings(k_batch);
  if (!expired) return crm::sdk::fail(to_failure(expired.error()));
  crm::sdk::JobReport report;
  report.handled = *expired;
  report.more = *expired == k_batch;
  return report;
}

}  // namespace scheduling
