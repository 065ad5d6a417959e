#pragma once
/// From what an administrator writes (postgresql://…) to what a Poco session understands.
#include <string>
#include <utility>
#include <vector>

#include "crm/sdk/outcome.hpp"

namespace crm::app {

/// What all connections of one database have in common: libpq keywords and their values.
using ConnectionKeywords = std::vector<std::pair<std::string, std::string>>;

/// `invalid` when libpq cannot read `url`. The message never shows it, for it may hold a password.
sdk::Outcome<ConnectionKeywords> parse_connection_url(const std::string& url);

/// Poco's form, "key=value key=value", in which a value cannot hold a space: `invalid` then.
sdk::Outcome<std::string> poco_connection_string(const ConnectionKeywords& keywords);

}  // namespace crm::app
