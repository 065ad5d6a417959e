#pragma once
/// GET /api/v1/openapi.json: the CRM's document joined with those of the live modules.
#include <functional>
#include <string>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::app {

/// `module_documents` gives the current documents; it is asked on every call.
sdk::Route openapi_route(std::string host_document, std::function<std::vector<std::string>()> module_documents,
                         std::string public_url);

/// Paths, tags, components and descriptions of `others` join `base`. What stands in both with different values
/// is an error that names it; components that are equal in both are one.
sdk::Outcome<std::string> join_documents(const std::string& base, const std::vector<std::string>& others,
                                         const std::string& server_url);

}  // namespace crm::app
