#include "plugin/adapters/postgres/pg_session.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

/// What a violated constraint means is known here, where the tables are.
Error conflict_of(const std::string& constraint) {
  if (constraint.starts_with("meeting_hosts")) return make_error(Code::slot_taken, constraint);
  Error error = make_error(Code::conflict, constraint);
  if (constraint.starts_with("booking_keys"))
    error.fields.push_back({"idempotency_key", "conflict", "This key was used a moment ago"});
  return error;
}

}  // namespace

Error database_error(const crm::sdk::Failure& failure) {
  if (failure.kind == crm::sdk::FailureKind::conflict) return conflict_of(failure.constraint);
  return to_error(failure);
}

Result<crm::sdk::RowsPtr> PgSession::run(const crm::sdk::Statement& statement, Params params) {
  return collect(session_.post(statement, params));
}

Done PgSession::execute(const crm::sdk::Statement& statement, Params params) {
  if (auto rows = run(statement, params); !rows) return fail(std::move(rows.error()));
  return {};
}

Result<crm::sdk::RowsPtr> PgSession::collect(crm::sdk::Ticket ticket) {
  auto rows = session_.collect(ticket);
  if (rows) return std::move(*rows);
  note(rows.error());
  return fail(database_error(rows.error()));
}

}  // namespace scheduling
