#include "plugin/jobs/erase_old_attendees_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_chain_batch = 100;
constexpr int k_chain_batches_max = 20;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> EraseOldAttendeesJob::run(std::stop_token stop) {
  crm::sdk::JobReport report;
  for (int batch = 0; batch < k_chain_batches_max && !stop.stop_requested(); ++batch) {
    const auto done = privacy_.erase_old(k_chain_batch);
    if (!done) return crm::sdk::fail(to_failure(done.error()));
    report.handled += *done;
    report.more = *done == k_chain_batch;
    if (!report.more) break;
  }
  return report;
}

}  // namespace scheduling
