#pragma once
/// The first connection to a database that somebody else runs: tells a database that is starting, which is worth
/// waiting for, from one that is not there or refuses, about which an administrator wants to hear at once. A cluster
/// without a leader is waited for as long as it takes: a URL with several hosts, a standby, a proxy with nobody behind.
#include <chrono>
#include <string>

#include "crm/sdk/outcome.hpp"
#include "reference_host/system/start_watch.hpp"

namespace crm::app {

/// Empty when the database lets us in. `invalid`: a sentence that says what is wrong, never with the password.
/// `patience`: how long to wait for a database that nothing answers for; one that says that it is starting is waited
/// for a minute.
sdk::Done first_contact(const std::string& url, std::chrono::seconds patience, StartWatch& watch);

}  // namespace crm::app
