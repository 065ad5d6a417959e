#include "plugin/adapters/postgres/pg_session.hpp"

namespace scheduling {
namespace {

/// By the constraint that noticed it.
Error conflict_of(const std::string& constraint) {
  if (constraint.starts_with("meeting_hosts")) return make_error(Code::slot_taken, constraint);
  Error error = make_error(Code::conflict, constraint);
  if (constraint.starts_with("booking_keys"))
    error.fields.push_back({"idempotency_key", "conflict", "This key was used a moment ago"});
  return error;
}

}  // namespace

Error error_of(const crm::sdk::Failure& failure) {
  using crm::sdk::FailureKind;
  switch (failure.kind) {
    case FailureKind::conflict: return conflict_of(failure.constraint);
    case FailureKind::not_found: return make_error(Code::not_found, failure.message);
    case FailureKind::invalid:
    case FailureKind::vetoed: return invalid_field(failure.field, "refused", failure.message);
    case FailureKind::retry:
    case FailureKind::unavailable: {
      Error error = make_error(Code::provider_unavailable, failure.message);
      error.fault = Fault::ours;
      return error;
    }
    case FailureKind::broken: break;
  }
  return make_error(Code::broken, failure.sqlstate + " " + failure.message);
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
  return fail(error_of(rows.error()));
}

}  // namespace scheduling
