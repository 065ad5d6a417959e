#include "plugin/adapters/postgres/pg_session.hpp"

#include <algorithm>

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

/// Tells values apart as PostgreSQL does; the lengths keep neighbours apart.
std::string key_of(PgSession::Params params) {
  std::string key;
  for (const crm::sdk::Param& each : params) {
    key += static_cast<char>('a' + static_cast<int>(each.kind()));
    key += std::to_string(each.integer()) + '/' + std::to_string(each.text().size()) + '/';
    key += each.text();
  }
  return key;
}

}  // namespace

Error database_error(const crm::sdk::Failure& failure) {
  if (failure.kind == crm::sdk::FailureKind::conflict) return conflict_of(failure.constraint);
  return to_error(failure);
}

Result<crm::sdk::RowsPtr> PgSession::run(const crm::sdk::Statement& statement, Params params) {
  return collect(post(statement, params));
}

crm::sdk::Ticket PgSession::post(const crm::sdk::Statement& statement, Params params) {
  if (const auto asked = asked_before(statement, params)) return *asked;
  return session_.post(statement, params);
}

void PgSession::ask_ahead(const crm::sdk::Statement& statement, Params params) {
  asked_.push_back({statement.name, key_of(params), session_.post(statement, params)});
}

std::optional<crm::sdk::Ticket> PgSession::asked_before(const crm::sdk::Statement& statement, Params params) {
  if (asked_.empty()) return std::nullopt;
  const auto same = [&](const Asked& each) {
    return each.statement == statement.name && each.params == key_of(params);
  };
  const auto at = std::ranges::find_if(asked_, same);
  if (at == asked_.end()) return std::nullopt;
  const crm::sdk::Ticket ticket = at->ticket;
  asked_.erase(at);
  return ticket;
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
