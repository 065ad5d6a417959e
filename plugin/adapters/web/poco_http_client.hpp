#pragma once
#include <memory>

#include "plugin/ports/calendar/http_client.hpp"

namespace scheduling {

/// Certificates are checked against the system's authorities; `ca_file` names others.
std::unique_ptr<HttpClient> make_poco_http_client(const std::string& ca_file = {});

}  // namespace scheduling
