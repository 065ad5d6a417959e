#include "plugin/http/error_response.hpp"

#include <atomic>
#include <chrono>

#include "crm/sdk/guard.hpp"
#include "crm/sdk/responses.hpp"

namespace scheduling {
namespace {

struct Texts {
  Code code;
  int status;
  const char* name;
  const char* title;
};

constexpr Texts k_words[] = {
    {Code::invalid_input, 422, "validation_failed", "Some values break a rule"},
    {Code::not_found, 404, "not_found", "There is no such thing here"},
    {Code::not_yours, 403, "forbidden", "You may not do this"},
    {Code::slot_taken, 409, "slot_taken", "This time has just been taken"},
    {Code::outside_rules, 422, "outside_rules", "This time cannot be booked"},
    {Code::owner_only, 409, "owner_only", "Please book with your own contact person"},
    {Code::too_late, 409, "too_late", "It is too late to change this meeting"},
    {Code::token_expired, 410, "token_expired", "This link has expired"},
    {Code::conflict, 409, "conflict", "The present state does not allow this"},
    {Code::idempotency_conflict, 409, "idempotency_conflict", "This key was used for another request"},
    {Code::not_accepted, 403, "not_accepted", "This booking is not accepted"},
    {Code::too_many_bookings, 429, "too_many_bookings", "Too many meetings were booked from your network"},
    {Code::database_unavailable, 503, "unavailable", "The service is busy; please try again"},
    {Code::provider_unavailable, 503, "unavailable", "The service is busy; please try again"},
    {Code::provider_refused, 502, "provider_refused", "The calendar provider refused"},
    {Code::broken, 500, "internal_error", "Something went wrong on our side"},
};

/// While a database is away, every request fails for it: the access log knows each of them, and one a minute is enough
/// here.
bool is_news() {
  static std::atomic<std::int64_t> told_minute{-1};
  const auto minute =
      std::chrono::duration_cast<std::chrono::minutes>(std::chrono::steady_clock::now().time_since_epoch()).count();
  return told_minute.exchange(minute) != minute;
}

const Texts& texts_of(Code code) {
  for (const Texts& texts : k_words)
    if (texts.code == code) return texts;
  return k_words[std::size(k_words) - 1];
}

}  // namespace

crm::sdk::Problem problem_of(const Error& error) {
  const Texts& texts = texts_of(error.code);
  crm::sdk::Problem problem;
  problem.status = texts.status;
  problem.code = texts.name;
  problem.title = texts.title;
  for (const FieldError& field : error.fields) problem.errors.push_back({field.field, field.code, field.message});
  // A conflict that names a field is told by that field's code: slug_taken.
  if (error.code == Code::conflict && !error.fields.empty()) {
    problem.code = error.fields.front().code;
    problem.title = error.fields.front().message;
  }
  return problem;
}

crm::sdk::Response to_response(const Error& error, crm::sdk::Log& log, const crm::sdk::Request& request) {
  if (error.code == Code::broken) {
    log.error("answer.broken", {{"request_id", request.request_id}, {"what", error.detail}});
    return crm::sdk::internal_error(request.request_id);
  }
  crm::sdk::Response response = crm::sdk::to_response(problem_of(error));
  if (error.retry_after) response.headers.push_back({"Retry-After", std::to_string(error.retry_after->count())});
  if (error.code == Code::database_unavailable || error.code == Code::provider_unavailable) {
    if (is_news()) log.warning("answer.unavailable", {{"request_id", request.request_id}, {"what", error.detail}});
    response.headers.push_back({"Retry-After", "2"});
  }
  return response;
}

crm::sdk::Response invalid_query(std::string field, std::string code, std::string message) {
  return crm::sdk::validation_failed(std::move(field), std::move(code), std::move(message));
}

}  // namespace scheduling
