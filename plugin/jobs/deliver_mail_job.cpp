#include "plugin/jobs/deliver_mail_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 200;
constexpr std::chrono::seconds k_run_max{10};  ///< then administrators are told how it goes
constexpr std::chrono::seconds k_count_after{30};

}  // namespace

/// Batch after batch: the CRM waits a moment between runs, and nobody's mail shall wait for that.
crm::sdk::Outcome<crm::sdk::JobReport> DeliverMailJob::run(std::stop_token stop) {
  const auto until = std::chrono::steady_clock::now() + k_run_max;
  DeliveryRound all;
  do {
    auto round = delivery_.deliver(stop, k_batch);
    if (!round) return crm::sdk::fail(to_failure(round.error()));
    if (auto counted = count_after(*round); !counted) return crm::sdk::fail(to_failure(counted.error()));
    all = {all.sent + round->sent, all.refused + round->refused, round->more, std::move(round->halted)};
  } while (all.more && !stop.stop_requested() && std::chrono::steady_clock::now() < until);
  return report_of(all);
}

/// What administrators read is counted now and then, and at once when something went wrong.
Done DeliverMailJob::count_after(const DeliveryRound& round) {
  const auto now = std::chrono::steady_clock::now();
  if (round.refused == 0 && now - counted_ < k_count_after) return {};
  if (const auto counted = overview_.health(); !counted) return fail(counted.error());
  counted_ = now;
  return {};
}

crm::sdk::JobReport DeliverMailJob::report_of(const DeliveryRound& all) {
  crm::sdk::JobReport report;
  report.handled = all.sent;
  report.more = all.more;
  report.note = std::to_string(all.sent) + " sent";
  if (all.refused > 0) report.note += ", " + std::to_string(all.refused) + " refused";
  if (!all.halted.empty()) report.note += "; mail waits: " + all.halted;
  return report;
}

}  // namespace scheduling
