#include "plugin/jobs/sync_calendar_events_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_connections_a_run = 50;

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> SyncCalendarEventsJob::run(std::stop_token stop) {
  const auto round = sync_.sync_due(stop, k_connections_a_run);
  if (!round) return crm::sdk::fail(to_failure(round.error()));
  crm::sdk::JobReport report;
  report.handled = round->synced;
  report.more = round->more;
  return report;
}

}  // namespace scheduling
