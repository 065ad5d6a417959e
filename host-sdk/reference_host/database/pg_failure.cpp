#include "reference_host/database/pg_failure.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crm::app {

namespace {
std::string field_of(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text ? text : "";
}

bool one_of(std::string_view state, std::initializer_list<std::string_view> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}
}  // namespace

sdk::FailureKind kind_of(std::string_view sqlstate) {
  const std::string_view group = sqlstate.substr(0, 2);
  if (group == "23") return sdk::FailureKind::conflict;
  if (one_of(sqlstate, {"40001", "40P01"})) return sdk::FailureKind::retry;
  // 25006: a standby, or a leader that is none any more.
  if (group == "08" || one_of(sqlstate, {"57P01", "57P02", "57P03", "53300", "25006"}))
    return sdk::FailureKind::unavailable;
  // Text a client sent that is no value of the column's type, too long, out of range or no UTF-8.
  if (one_of(sqlstate, {"22P02", "22001", "22003", "22007", "22008", "22021"})) return sdk::FailureKind::invalid;
  return sdk::FailureKind::broken;
}

sdk::Failure failure_of(const PGresult* result, std::string_view statement) {
  sdk::Failure failure;
  failure.sqlstate = field_of(result, PG_DIAG_SQLSTATE);
  failure.constraint = field_of(result, PG_DIAG_CONSTRAINT_NAME);
  failure.message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
  if (failure.message.empty()) failure.message = PQresultErrorMessage(result);
  if (!statement.empty()) failure.message = std::string(statement) + ": " + failure.message;
  // libpq itself speaks without SQLSTATE, and then about the connection.
  failure.kind = failure.sqlstate.empty() ? sdk::FailureKind::unavailable : kind_of(failure.sqlstate);
  if (is_stale_plan(result)) failure.kind = sdk::FailureKind::retry;
  return failure;
}

sdk::Failure connection_failure(const PGconn* connection) {
  std::string message = connection ? PQerrorMessage(connection) : "out of memory";
  while (!message.empty() && message.back() == '\n') message.pop_back();
  if (message.empty()) message = "connection lost";
  return {sdk::FailureKind::unavailable, std::move(message), {}, {}, {}};
}

bool is_stale_plan(const PGresult* result) {
  const std::string state = field_of(result, PG_DIAG_SQLSTATE);
  // "cached plan must not change result type" has no code of its own and is translated; its place is neither.
  return state == "26000" || (state == "0A000" && field_of(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery");
}

}  // namespace crm::app
