#pragma once
/// The border guard: wraps a function handed to the other side, so that nothing thrown crosses.
///
/// What is caught is logged with the function's name and text, and the declared failure is returned:
/// a route answers 500, a before-hook lets the record pass, an after-hook and a job ask for a later try.
/// Since: SDK 1.0
#include <exception>
#include <string>
#include <utility>

#include "crm/sdk/health.hpp"
#include "crm/sdk/http.hpp"
#include "crm/sdk/jobs.hpp"
#include "crm/sdk/problem.hpp"
#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"

namespace crm::sdk {

/// Calls `body`; on any exception logs it and returns `on_throw()`.
template <class Body, class OnThrow>
auto guarded(Log& log, std::string_view name, Body&& body, OnThrow&& on_throw) noexcept -> decltype(body()) {
  try {
    return body();
  } catch (const std::exception& error) {
    log.error("border.caught", {{"in", name}, {"what", error.what()}});
  } catch (...) {
    log.error("border.caught", {{"in", name}, {"what", "something that is no std::exception"}});
  }
  return on_throw();
}

inline Response internal_error(std::string_view request_id) {
  Problem problem;
  problem.status = 500;
  problem.code = "internal_error";
  problem.title = "Something went wrong on our side";
  std::string id;
  append_json_string(id, request_id);
  problem.members.emplace_back("id", std::move(id));
  return to_response(problem);
}

inline Handler guard_handler(Log& log, std::string name, Handler handler) {
  return [&log, name = std::move(name), handler = std::move(handler)](const Request& request) {
    return guarded(
        log, name, [&] { return handler(request); }, [&] { return internal_error(request.request_id); });
  };
}

inline JobBody guard_job(Log& log, std::string name, JobBody body) {
  return [&log, name = std::move(name), body = std::move(body)](std::stop_token stop) {
    return guarded(
        log, name, [&] { return body(stop); },
        [&]() -> Outcome<JobReport> { return fail(FailureKind::broken, "the job threw; see the log"); });
  };
}

inline AfterRecordHook guard_after_hook(Log& log, std::string name, AfterRecordHook hook) {
  return [&log, name = std::move(name), hook = std::move(hook)](Session& session, const RecordChange& change) {
    return guarded(
        log, name, [&] { return hook(session, change); },
        [&]() -> Done { return fail(FailureKind::broken, "the hook threw; see the log"); });
  };
}

inline AfterUserHook guard_user_hook(Log& log, std::string name, AfterUserHook hook) {
  return [&log, name = std::move(name), hook = std::move(hook)](Session& session, const UserChange& change) {
    return guarded(
        log, name, [&] { return hook(session, change); },
        [&]() -> Done { return fail(FailureKind::broken, "the hook threw; see the log"); });
  };
}

inline HealthFunction guard_health(Log& log, std::string name, HealthFunction ask) {
  return [&log, name = std::move(name), ask = std::move(ask)] {
    return guarded(
        log, name, [&] { return ask(); },
        [] {
          return std::vector<HealthNote>{{HealthLevel::error, "This could not be found out; see the log."}};
        });
  };
}

}  // namespace crm::sdk
