#include "reference_host/database/pg_session.hpp"

#include <poll.h>

#include <algorithm>

// How the pipeline works.
//
// libpq in pipeline mode sends statements without waiting for results. post() sends a statement and notes in
// pending_ which results must come back; the server sends them in exactly that order. A sync ends a unit of
// statements and makes the server send everything it holds back. collect() sends a sync and reads until nothing is
// pending (drain); results that nobody has collected yet wait in settled_. So any number of post() calls and one
// collect() are one round trip.
//
// When a statement fails, the server skips the rest of the unit up to the sync and reports each skipped statement as
// aborted; keep() gives them the reason of the first failure. Outside a transaction a unit is one implicit
// transaction: read_sync() turns the successes before the failure into failures too, because they were rolled back.
// Inside a transaction every later statement fails until ROLLBACK or ROLLBACK TO SAVEPOINT.
//
// A failure is reported once. Whoever collects first gets it; a failure that nobody collects is reported by the next
// call (refusal), so that commit() cannot succeed over it. `told` marks what was reported.

namespace crm::app {

namespace {

/// How much longer than the server's own statement time-out we wait before we call it dead.
constexpr std::chrono::seconds k_grace{5};
constexpr std::string_view k_read_only = "25006";

bool is_savepoint_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && (name[0] < '0' || name[0] > '9') &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

crm::sdk::Unexpected<sdk::Failure> bad_savepoint() {
  return sdk::fail(sdk::FailureKind::invalid, "a savepoint's name is made of a-z, 0-9 and '_'");
}

sdk::Failure bug(std::string message) {
  return {sdk::FailureKind::broken, std::move(message), {}, {}, {}};
}

}  // namespace

PgSession::PgSession(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<PgConnection> connection)
    : pool_(std::move(pool)),
      connection_(std::move(connection)),
      limit_(pool_->plan().limits.statement_timeout + k_grace),
      generation_(connection_->generation()) {}

PgSession::~PgSession() {
  rollback();
  if (connection_->is_alive() && PQtransactionStatus(connection_->handle()) != PQTRANS_IDLE) connection_->mark_lost();
  pool_->give_back(std::move(connection_));
}

sdk::Ticket PgSession::post(const sdk::Statement& statement, std::span<const sdk::Param> params) noexcept {
  try {
    return {send(statement.name, statement.sql, params)};
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return {last_ticket_};
  }
}

sdk::Outcome<sdk::RowsPtr> PgSession::collect(sdk::Ticket ticket) noexcept {
  try {
    auto answer = take(ticket.number);
    if (!answer) return sdk::fail(std::move(answer.error()));
    return sdk::RowsPtr(std::move(*answer));
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return sdk::fail(*lost_);
  }
}

/// Why nothing can be sent now: the connection is gone, the transaction is aborted, or an earlier
/// failure waits to be told.
std::optional<sdk::Failure> PgSession::refusal() {
  if (lost_) return lost_;
  if (in_transaction_ && transaction_failure_) return transaction_failure_;
  for (Settled& settled : settled_) {
    if (settled.answer || settled.told) continue;
    settled.told = true;
    return settled.answer.error();
  }
  return std::nullopt;
}

std::uint32_t PgSession::send(std::string_view name, std::string_view sql, std::span<const sdk::Param> params) {
  const std::uint32_t ticket = ++last_ticket_;
  if (auto why = refusal()) {
    settle(ticket, sdk::fail(std::move(*why)));
    return ticket;
  }
  if (auto bad = connection_->params.fill(params)) {
    bad->message = std::string(name) + ": " + bad->message;
    if (in_transaction_) transaction_failure_ = bad;
    settle(ticket, sdk::fail(std::move(*bad)));
    return ticket;
  }
  if (!send_prepared(connection_->prepared(name, sql), ticket)) lose(connection_failure(connection_->handle()));
  return ticket;
}

bool PgSession::send_prepared(Entry& entry, std::uint32_t ticket) {
  using State = PgConnection::Prepared::State;
  PGconn* handle = connection_->handle();
  PgConnection::Prepared& statement = entry.second;
  pending_.reserve(pending_.size() + 2);
  if (statement.state == State::absent) {
    if (PQsendPrepare(handle, statement.server_name.c_str(), statement.sql.c_str(), 0, nullptr) != 1) return false;
    statement.state = State::sent;
    pending_.push_back({Pending::Kind::prepare, 0, &entry});
  }
  pending_.push_back({Pending::Kind::statement, ticket, &entry});
  const ParamBuffer& params = connection_->params;
  return PQsendQueryPrepared(handle, statement.server_name.c_str(), params.count(), params.values(), params.lengths(),
                             params.formats(), 0) == 1;
}

void PgSession::sync() {
  if (lost_) return;
  if (PQpipelineSync(connection_->handle()) != 1) return lose(connection_failure(connection_->handle()));
  pending_.push_back({Pending::Kind::sync, 0, nullptr});
}

/// Reads the answers to everything that was sent; the last thing sent was a sync.
void PgSession::drain() {
  while (!lost_ && pending_head_ < pending_.size()) {
    if (!wait_for_input()) return lose({sdk::FailureKind::unavailable, "the database stopped answering", {}, {}, {}});
    if (!read_one()) return;
  }
  pending_.clear();
  pending_head_ = 0;
}

bool PgSession::wait_for_input() {
  PGconn* handle = connection_->handle();
  const auto deadline = std::chrono::steady_clock::now() + limit_;
  while (PQisBusy(handle)) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd watched{PQsocket(handle), POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(std::min(left, k_wait_step).count())) == 0) {
      // A statement that works long, or a server that hangs: the watch finds out.
      if (pool_->watch().generation() != generation_) return false;
      pool_->watch().suspect();
      continue;
    }
    if (PQconsumeInput(handle) != 1) break;  // PQgetResult tells why
  }
  return true;
}

/// One result of the oldest pending command; false when the connection is lost.
bool PgSession::read_one() {
  PGconn* handle = connection_->handle();
  ResultPtr result(PQgetResult(handle));
  Pending& head = pending_[pending_head_];
  if (PQstatus(handle) != CONNECTION_OK) {
    lose(result && PQresultStatus(result.get()) == PGRES_FATAL_ERROR ? failure_of(result.get(), {})
                                                                     : connection_failure(handle));
    return false;
  }
  if (head.kind == Pending::Kind::sync) {
    read_sync(std::move(result));
  } else if (!result) {
    ++pending_head_;
  } else {
    keep(head, std::move(result));
  }
  return true;
}

void PgSession::read_sync(ResultPtr result) {
  if (!result) return;  // the end of an error that came with the sync
  if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) {
    // What only the end of the unit could find out: a deferred constraint, a serialisation failure.
    if (!batch_failure_) batch_failure_ = failure_of(result.get(), "end of statements");
    return;
  }
  if (batch_failure_ && in_transaction_ && !transaction_failure_) transaction_failure_ = batch_failure_;
  if (batch_failure_ && !in_transaction_)
    for (Settled& settled : settled_)
      if (settled.answer && std::find(batch_.begin(), batch_.end(), settled.ticket) != batch_.end())
        settled.answer = sdk::fail(*batch_failure_);
  batch_.clear();
  batch_failure_.reset();
  ++pending_head_;
}

void PgSession::keep(const Pending& head, ResultPtr result) {
  using State = PgConnection::Prepared::State;
  const ExecStatusType status = PQresultStatus(result.get());
  const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
  if (!done && status != PGRES_PIPELINE_ABORTED) {
    if (!batch_failure_) batch_failure_ = failure_of(result.get(), head.entry->first);
    // A server that takes no writes: the next connection finds the one that does.
    if (batch_failure_->sqlstate == k_read_only) connection_->mark_lost();
    if (is_stale_plan(result.get())) {
      head.entry->second.state = State::absent;
      pool_->schema_changed();
    }
  }
  if (head.kind == Pending::Kind::prepare) {
    // A statement prepared in a pipeline that was aborted before it is not prepared.
    head.entry->second.state = done ? State::ready : State::absent;
    return;
  }
  batch_.push_back(head.ticket);
  if (done) return settle(head.ticket, std::make_unique<const PgRows>(std::move(result)));
  settle(head.ticket, sdk::fail(batch_failure_.value_or(bug("aborted without a reason"))));
}

void PgSession::settle(std::uint32_t ticket, sdk::Outcome<Rows> answer) {
  settled_.push_back({ticket, std::move(answer)});
}

void PgSession::lose(sdk::Failure failure) {
  connection_->mark_lost();
  pool_->watch().count_failure();
  pool_->watch().suspect();
  if (!lost_) lost_ = std::move(failure);
  for (; pending_head_ < pending_.size(); ++pending_head_)
    if (const Pending& pending = pending_[pending_head_]; pending.kind == Pending::Kind::statement)
      settle(pending.ticket, sdk::fail(*lost_));
  pending_.clear();
  pending_head_ = 0;
  batch_.clear();
  batch_failure_.reset();
}

sdk::Outcome<PgSession::Rows> PgSession::take(std::uint32_t ticket) {
  const auto find = [&] {
    return std::find_if(settled_.begin(), settled_.end(), [&](const Settled& s) { return s.ticket == ticket; });
  };
  auto at = find();
  if (at == settled_.end()) {
    if (!pending_.empty()) {
      sync();
      drain();
    }
    at = find();
  }
  if (at == settled_.end()) return sdk::fail(lost_.value_or(bug("this ticket was collected before")));
  auto answer = std::move(at->answer);
  settled_.erase(at);
  // Told now: what followed it in the same pipeline failed for the same reason and shall not speak again.
  if (!answer)
    for (Settled& settled : settled_)
      if (!settled.answer && settled.ticket > ticket) settled.told = true;
  return answer;
}

sdk::Done PgSession::command(std::string_view sql) {
  const std::uint32_t ticket = ++last_ticket_;
  if (lost_) return sdk::fail(*lost_);
  connection_->params.fill({});
  if (!send_prepared(connection_->prepared(sql, sql), ticket)) lose(connection_failure(connection_->handle()));
  sync();
  drain();
  auto answer = take(ticket);
  if (!answer) return sdk::fail(std::move(answer.error()));
  // COMMIT of an aborted transaction succeeds, and says ROLLBACK.
  if (sql == "COMMIT" && (*answer)->command() != sql) return sdk::fail(bug("the transaction was rolled back"));
  return {};
}

sdk::Done PgSession::begin() noexcept {
  try {
    if (in_transaction_) return sdk::fail(bug("a transaction is open already"));
    if (auto why = refusal()) return sdk::fail(std::move(*why));
    if (!pending_.empty()) sync();  // or BEGIN would adopt what was queued before it
    settled_.clear();
    in_transaction_ = true;
    connection_->take_unconfirmed();
    transaction_failure_.reset();
    send("BEGIN", "BEGIN", {});
    if (lost_) {
      in_transaction_ = false;
      return sdk::fail(*lost_);
    }
    return {};
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return sdk::fail(*lost_);
  }
}

sdk::Done PgSession::commit() noexcept {
  try {
    if (!in_transaction_) return sdk::fail(bug("no transaction is open"));
    if (auto why = refusal()) {
      rollback();
      return sdk::fail(std::move(*why));
    }
    auto committed = command("COMMIT");
    if (committed) {
      end_transaction();
      if (connection_->take_unconfirmed())
        return sdk::fail(sdk::FailureKind::unavailable, "COMMIT was not confirmed by a standby");
      return committed;
    }
    if (transaction_failure_) committed = sdk::fail(*transaction_failure_);
    rollback();
    return committed;
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    in_transaction_ = false;
    return sdk::fail(*lost_);
  }
}

void PgSession::end_transaction() {
  in_transaction_ = false;
  transaction_failure_.reset();
}

void PgSession::rollback() noexcept {
  try {
    if (!lost_ && !pending_.empty()) sync();
    if (!lost_ && in_transaction_) {
      connection_->params.fill({});
      if (!send_prepared(connection_->prepared("ROLLBACK", "ROLLBACK"), ++last_ticket_))
        lose(connection_failure(connection_->handle()));
      sync();
    }
    drain();
    end_transaction();
    settled_.clear();
    if (!lost_ && PQtransactionStatus(connection_->handle()) != PQTRANS_IDLE) lose(bug("a transaction did not end"));
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    end_transaction();
  }
}

sdk::Done PgSession::savepoint(std::string_view name) noexcept {
  try {
    if (!is_savepoint_name(name)) return bad_savepoint();
    if (auto why = refusal()) return sdk::fail(std::move(*why));
    const std::string sql = "SAVEPOINT " + std::string(name);
    send(sql, sql, {});
    return {};
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return sdk::fail(*lost_);
  }
}

sdk::Done PgSession::release(std::string_view name) noexcept {
  try {
    if (!is_savepoint_name(name)) return bad_savepoint();
    if (auto why = refusal()) return sdk::fail(std::move(*why));
    return command("RELEASE SAVEPOINT " + std::string(name));
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return sdk::fail(*lost_);
  }
}

sdk::Done PgSession::rollback_to(std::string_view name) noexcept {
  try {
    if (!is_savepoint_name(name)) return bad_savepoint();
    if (!pending_.empty()) sync();  // leaves the aborted pipeline; the transaction stays aborted
    auto rolled_back = command("ROLLBACK TO SAVEPOINT " + std::string(name));
    if (!rolled_back) return rolled_back;
    transaction_failure_.reset();
    for (Settled& settled : settled_) settled.told = true;
    return {};
  } catch (const std::exception& error) {
    lose(bug(error.what()));
    return sdk::fail(*lost_);
  }
}

}  // namespace crm::app
