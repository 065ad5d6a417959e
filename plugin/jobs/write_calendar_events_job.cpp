#include "plugin/jobs/write_calendar_events_job.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

constexpr int k_writes_a_run = 100;
constexpr std::chrono::seconds k_look_after{15};

}  // namespace

crm::sdk::Outcome<crm::sdk::JobReport> WriteCalendarEventsJob::run(std::stop_token stop) {
  // Rooms first: their links belong into the events.
  const auto rooms = rooms_.deliver(stop, k_writes_a_run);
  if (!rooms) return crm::sdk::fail(to_failure(rooms.error()));
  const auto round = writes_.deliver(stop, k_writes_a_run);
  if (!round) return crm::sdk::fail(to_failure(round.error()));
  const auto told = notices_.deliver(stop, k_writes_a_run);
  if (!told) return crm::sdk::fail(to_failure(told.error()));
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ >= k_look_after) {
    if (const auto seen = overview_.refresh(); !seen) return crm::sdk::fail(to_failure(seen.error()));
    looked_ = now;
  }
  crm::sdk::JobReport report;
  report.handled = rooms->sent + rooms->refused + round->sent + round->refused + told->sent + told->refused;
  report.more = rooms->more || round->more || told->more;
  return report;
}

}  // namespace scheduling
