#include "plugin/jobs/complete_meetings_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 200;
constexpr int k_batches_max = 20;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> CompleteMeetingsJob::run(std::stop_token stop) {
  crm::sdk::JobReport report;
  for (int batch = 0; batch < k_batches_max && !stop.stop_requested(); ++batch) {
    const auto done = completion_.complete_past(k_batch);
    if (!done) return crm::sdk::fail(to_failure(done.error()));
    report.handled += *done;
    report.more = *done == k_batch;
    if (!report.more) break;
  }
  return report;
}

}  // namespace scheduling
