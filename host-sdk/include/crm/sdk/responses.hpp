#pragma once
/// Ready-made error responses, so that the CRM and its modules say the same thing with the same words.
/// Since: SDK 1.0
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/guard.hpp"
#include "crm/sdk/outcome.hpp"
#include "crm/sdk/problem.hpp"
#include "crm/sdk/services.hpp"

namespace crm::sdk {

inline Response refuse(int status, std::string code, std::string title, std::string detail = {}) {
  Problem problem;
  problem.status = status;
  problem.code = std::move(code);
  problem.title = std::move(title);
  problem.detail = std::move(detail);
  return to_response(problem);
}

/// 422: which fields break which rule.
inline Response validation_failed(std::vector<FieldError> errors) {
  Problem problem;
  problem.status = 422;
  problem.code = "validation_failed";
  problem.title = "Some values break a rule";
  problem.errors = std::move(errors);
  return to_response(problem);
}
inline Response validation_failed(std::string field, std::string code, std::string message) {
  return validation_failed({FieldError{std::move(field), std::move(code), std::move(message)}});
}

/// 404: also for what exists but is not the caller's.
inline Response not_found() {
  return refuse(404, "not_found", "There is no such thing here");
}

/// 503 with Retry-After: a later try may succeed.
inline Response unavailable(std::string detail) {
  Response response = refuse(503, "unavailable", "The service is busy or starting", std::move(detail));
  response.headers.push_back({"Retry-After", "2"});
  return response;
}

/// The response to a Failure. Our own faults are logged, and the response holds an id only.
inline Response failure_response(const Failure& failure, Log& log, std::string_view request_id) {
  switch (failure.kind) {
    case FailureKind::invalid: return validation_failed(failure.field, "invalid", failure.message);
    case FailureKind::vetoed: return validation_failed(failure.field, "vetoed", failure.message);
    case FailureKind::not_found: return not_found();
    case FailureKind::conflict: return refuse(409, "conflict", "Something else already stands in the way");
    case FailureKind::retry:
    case FailureKind::unavailable:
      log.warning("answer.unavailable", {{"request_id", request_id}, {"what", failure.message}});
      return unavailable("Please try again in a moment.");
    case FailureKind::broken: break;
  }
  log.error("answer.broken", {{"request_id", request_id}, {"what", failure.message}, {"sqlstate", failure.sqlstate}});
  return internal_error(request_id);
}

}  // namespace crm::sdk
