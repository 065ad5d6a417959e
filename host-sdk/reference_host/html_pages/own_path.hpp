#pragma once
/// Where people go on to after they logged in: a path of the CRM itself, whatever a link says.
#include <string>
#include <string_view>

namespace crm::app {

/// `path` when it can lead nowhere but to the CRM, else "/". Refused are addresses with a host in any of the spellings
/// that browsers understand ("//host", "/\host", with control characters in between, and the same percent-encoded), and
/// what no browser would send: other than printable ASCII, or more than 2,000 bytes.
std::string own_path(std::string_view path);

}  // namespace crm::app
