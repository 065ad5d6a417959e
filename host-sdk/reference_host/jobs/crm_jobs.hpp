#pragma once
/// The CRM's own jobs.
#include <vector>

#include "crm/sdk/jobs.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

inline constexpr const char* k_replay_job = "ReplayHookEventsJob";

/// PurgeExpiredSessionsJob: every ten minutes.
/// ReplayHookEventsJob: every ten seconds; calls modules about events that their hooks failed on or
/// that happened while they were off, each in a transaction of its own, with growing pauses after a failure.
std::vector<sdk::Job> crm_jobs(CrmServices& crm);

}  // namespace crm::app
