#include "plugin/jobs/ask_outcomes_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_asked_max = 200;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> AskOutcomesJob::run(std::stop_token) {
  auto asked = questions_.ask(k_asked_max);
  if (!asked) return crm::sdk::fail(to_failure(asked.error()));
  crm::sdk::JobReport report;
  report.handled = *asked;
  report.more = *asked == k_asked_max;
  return report;
}

}  // namespace scheduling
