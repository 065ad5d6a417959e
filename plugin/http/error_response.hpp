#pragma once
/// Turns an Error into the response that the caller reads. One table chooses status, code and text.
#include "crm/sdk/http.hpp"
#include "crm/sdk/problem.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/core/error.hpp"

namespace scheduling {

/// The problem without further members; add "alternatives" and their like to it.
crm::sdk::Problem problem_of(const Error& error);

/// The whole answer. What is our fault is logged with the request's id and answered with that id only.
crm::sdk::Response to_response(const Error& error, crm::sdk::Log& log, const crm::sdk::Request& request);

/// 422 for one value that stands in the query.
crm::sdk::Response invalid_query(std::string field, std::string code, std::string message);

}  // namespace scheduling
