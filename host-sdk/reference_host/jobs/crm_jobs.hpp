#pragma once
/// The host's own jobs.
#include <vector>

#include "crm/sdk/jobs.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

inline constexpr const char* k_replay_job = "ReplayHookEventsJob";

/// PurgeExpiredSessionsJob: every ten minutes.
/// ReplayHookEventsJob: every ten seconds; calls modules again about events their hooks failed on or
/// slept through, each in a transaction of its own, with growing pauses.
std::vector<sdk::Job> crm_jobs(CrmServices& crm);

}  // namespace crm::app
