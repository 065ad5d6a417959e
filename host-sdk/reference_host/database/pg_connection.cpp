#include "reference_host/database/pg_connection.hpp"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/PostgreSQL/SessionHandle.h>
#include <poll.h>

#include <algorithm>
#include <mutex>

#include "reference_host/database/pg_failure.hpp"

namespace crm::app {

namespace {

void ignore_notice(void*, const PGresult*) {}

void register_connector_once() {
  static std::once_flag once;
  std::call_once(once, [] { Poco::Data::PostgreSQL::Connector::registerConnector(); });
}

ConnectionKeywords with_defaults(const ConnectionPlan& plan) {
  ConnectionKeywords keywords = plan.keywords;
  const auto set = [&](const std::string& keyword, const std::string& value, bool always) {
    const auto at =
        std::find_if(keywords.begin(), keywords.end(), [&](const auto& pair) { return pair.first == keyword; });
    if (at == keywords.end())
      keywords.emplace_back(keyword, value);
    else if (always)
      at->second = value;
  };
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(plan.limits.connect_timeout).count();
  set("connect_timeout", std::to_string(seconds), false);
  set("application_name", PgDatabase::application_name(), true);
  set("client_encoding", "UTF8", true);
  return keywords;
}

}  // namespace

std::optional<sdk::Failure> command_within(PGconn* connection, const std::string& sql,
                                           std::chrono::steady_clock::time_point until) {
  if (PQsendQuery(connection, sql.c_str()) != 1) return connection_failure(connection);
  std::optional<sdk::Failure> failure;
  for (;;) {
    while (PQisBusy(connection)) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      pollfd watched{PQsocket(connection), POLLIN, 0};
      if (left.count() <= 0 || poll(&watched, 1, static_cast<int>(left.count())) == 0)
        return sdk::Failure{sdk::FailureKind::unavailable, "the database does not answer", {}, {}, {}};
      if (PQconsumeInput(connection) != 1) return connection_failure(connection);
    }
    const ResultPtr result(PQgetResult(connection));
    if (!result) return failure;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !failure) failure = failure_of(result.get(), {});
  }
}

std::optional<sdk::Failure> refusal_of_standby(const PGconn* connection) {
  const auto is_on = [&](const char* name) {
    const char* value = PQparameterStatus(connection, name);
    return value != nullptr && std::string_view(value) == "on";
  };
  const char* why = is_on("in_hot_standby")                  ? "the database is a standby"
                    : is_on("default_transaction_read_only") ? "the database takes no writes"
                                                             : nullptr;
  if (why == nullptr) return std::nullopt;
  return sdk::Failure{sdk::FailureKind::unavailable, why, {}, {}, {}};
}

std::string place_of(const PGconn* connection) {
  const char* host = PQhost(connection);
  const char* port = PQport(connection);
  return std::string(host ? host : "") + ':' + (port ? port : "");
}

sdk::Outcome<OwnConnection> connect_own(const ConnectionPlan& plan) {
  const ConnectionKeywords keywords = with_defaults(plan);
  std::vector<const char*> names, values;
  for (const auto& [keyword, value] : keywords) {
    names.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  OwnConnection connection(PQconnectdbParams(names.data(), values.data(), 0));
  if (!connection || PQstatus(connection.get()) != CONNECTION_OK)
    return sdk::fail(connection_failure(connection.get()));
  PQsetNoticeReceiver(connection.get(), ignore_notice, nullptr);
  if (auto refused = refusal_of_standby(connection.get())) return sdk::fail(std::move(*refused));
  return connection;
}

sdk::Done apply_settings(PGconn* connection, const PoolLimits& limits, bool pooled) {
  const std::string timeout = pooled ? std::to_string(limits.statement_timeout.count()) : "0";
  // Statements and foreign-key checks keep the plans made when a table was small; a sequential scan chosen
  // then would stay while the table grows. Compiling short statements costs more than running them, and
  // planning some of them again for each set of values was a tenth of a booking: one plan fits all.
  const std::string sql =
      "SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex';"
      "SET standard_conforming_strings = on; SET enable_seqscan = off; SET jit = off;"
      "SET plan_cache_mode = force_generic_plan; SET statement_timeout = " +
      timeout + "; SET idle_in_transaction_session_timeout = " + timeout;
  if (auto failure = command_within(connection, sql, std::chrono::steady_clock::now() + limits.connect_timeout))
    return sdk::fail(std::move(*failure));
  return {};
}

/// A COMMIT whose wait for a standby is cut, as by statement_timeout, succeeds with a warning. Its place in the source
/// is the one thing that is not translated.
void PgConnection::notice(void* self, const PGresult* result) {
  const char* function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
  if (function != nullptr && std::string_view(function) == "SyncRepWaitForLSN")
    static_cast<PgConnection*>(self)->is_unconfirmed_ = true;
}

sdk::Done PgConnection::open_poco_session() {
  // Poco also leaks a connection that fails to open, so one of our own goes first.
  if (auto probe = connect_own(plan_); !probe) return sdk::fail(probe.error());
  register_connector_once();
  const auto text = poco_connection_string(with_defaults(plan_));
  if (!text) return sdk::fail(text.error());
  session_ = std::make_unique<Poco::Data::Session>(Poco::Data::PostgreSQL::Connector::KEY, *text);
  auto* poco = Poco::AnyCast<Poco::Data::PostgreSQL::SessionHandle*>(session_->getProperty("handle"));
  handle_ = static_cast<PGconn*>(*poco);
  return {};
}

sdk::Done PgConnection::connect(std::uint64_t generation) {
  prepared_.clear();
  generation_ = generation;
  if (session_) {
    PQreset(handle_);
  } else {
    try {
      if (auto opened = open_poco_session(); !opened) return opened;
    } catch (const std::exception& error) {
      return sdk::fail(sdk::FailureKind::unavailable, error.what());
    }
  }
  if (PQstatus(handle_) != CONNECTION_OK) return sdk::fail(connection_failure(handle_));
  PQsetNoticeReceiver(handle_, notice, this);
  lost_ = true;  // until it is complete
  if (auto refused = refusal_of_standby(handle_)) return sdk::fail(std::move(*refused));
  if (auto applied = apply_settings(handle_, plan_.limits, true); !applied) return applied;
  if (PQenterPipelineMode(handle_) != 1) return sdk::fail(connection_failure(handle_));
  lost_ = false;
  return {};
}

bool PgConnection::is_alive_idle() const {
  if (!is_alive()) return false;
  pollfd watched{PQsocket(handle_), POLLIN, 0};
  return poll(&watched, 1, 0) == 0;
}

std::pair<const std::string, PgConnection::Prepared>& PgConnection::prepared(std::string_view name,
                                                                             std::string_view sql) {
  auto at = prepared_.find(name);
  if (at == prepared_.end()) at = prepared_.try_emplace(std::string(name)).first;
  Prepared& entry = at->second;
  if (entry.state != Prepared::State::absent && entry.sql != sql) entry.state = Prepared::State::absent;
  if (entry.state == Prepared::State::absent) {
    entry.sql = sql;
    // A fresh name each time, so that a failed or outdated one never stands in the way. The server
    // compares 63 bytes, so the number comes first.
    entry.server_name = std::to_string(++names_given_) + '_' + std::string(name.substr(0, 48));
  }
  return *at;
}

sdk::Done PgConnection::follow_schema(std::uint64_t epoch) {
  if (epoch_ == epoch) return {};
  if (!prepared_.empty()) {
    const bool left = PQexitPipelineMode(handle_) == 1;
    const auto until = std::chrono::steady_clock::now() + plan_.limits.connect_timeout;
    if (!left || command_within(handle_, "DEALLOCATE ALL", until) || PQenterPipelineMode(handle_) != 1) {
      mark_lost();
      return sdk::fail(connection_failure(handle_));
    }
    prepared_.clear();
  }
  epoch_ = epoch;
  return {};
}

}  // namespace crm::app
