#include "plugin/jobs/deliver_mail_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 200;
constexpr std::chrono::seconds k_count_after{30};

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> DeliverMailJob::run(std::stop_token stop) {
  auto round = delivery_.deliver(stop, k_batch);
  if (!round) return crm::sdk::fail(to_failure(round.error()));
  // What administrators read is counted now and then, and at once when something went wrong.
  const auto now = std::chrono::steady_clock::now();
  if (round->refused > 0 || now - counted_ >= k_count_after) {
    if (const auto counted = overview_.health(); !counted) return crm::sdk::fail(to_failure(counted.error()));
    counted_ = now;
  }
  crm::sdk::JobReport report;
  report.handled = round->sent;
  report.more = round->more;
  report.note = std::to_string(round->sent) + " sent";
  if (round->refused > 0) report.note += ", " + std::to_string(round->refused) + " refused";
  if (!round->halted.empty()) report.note += "; mail waits: " + round->halted;
  return report;
}

}  // namespace scheduling
