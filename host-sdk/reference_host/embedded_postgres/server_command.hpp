#pragma once
/// Runs PostgreSQL's programs: no shell, no inherited files or signals, as the cluster's user.
#include <string>
#include <vector>

#include "crm/sdk/outcome.hpp"
#include "reference_host/embedded_postgres/cluster_files.hpp"

namespace crm::app {

/// `program`: "initdb", "pg_ctl" … Waits until it ends; its output is appended to the cluster's log.
sdk::Done run_server_command(const ClusterFiles& files, const std::string& program,
                             const std::vector<std::string>& arguments);

}  // namespace crm::app
