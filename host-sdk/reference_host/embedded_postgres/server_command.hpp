#pragma once
/// Runs PostgreSQL's programs: no shell, no inherited files or signals, as the cluster's user.
#include <string>
#include <vector>

#include "crm/sdk/outcome.hpp"
#include "reference_host/embedded_postgres/cluster_files.hpp"
#include "reference_host/system/start_watch.hpp"

namespace crm::app {

/// `program`: "initdb", "pg_ctl" … Waits until it ends; its output is appended to the cluster's log. When `watch` says
/// that the start is to end, the program is ended with all it started, and so is the server.
sdk::Done run_server_command(const ClusterFiles& files, const std::string& program,
                             const std::vector<std::string>& arguments, StartWatch* watch = nullptr);

}  // namespace crm::app
