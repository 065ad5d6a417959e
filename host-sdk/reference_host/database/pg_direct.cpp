#include <poll.h>

#include "reference_host/database/connection_pool.hpp"
#include "reference_host/database/pg_rows.hpp"

namespace crm::app {

namespace {

class PgDirect final : public PgDatabase::Direct {
 public:
  PgDirect(std::shared_ptr<ConnectionPool> pool, OwnConnection connection, std::uint64_t generation)
      : pool_(std::move(pool)), connection_(std::move(connection)), generation_(generation) {}

  sdk::Done execute(const std::string& sql) noexcept override {
    const ResultPtr result = run(sql);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return {};
    return sdk::fail(why(result));
  }

  sdk::Outcome<sdk::RowsPtr> query(const std::string& sql) noexcept override {
    ResultPtr result = run(sql);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK && PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      return sdk::fail(why(result));
    return sdk::RowsPtr(std::make_unique<const PgRows>(std::move(result)));
  }

  sdk::Outcome<std::string> wait_notification(std::chrono::milliseconds wait) noexcept override {
    const auto deadline = std::chrono::steady_clock::now() + wait;
    for (;;) {
      if (PQconsumeInput(connection_.get()) != 1) return sdk::fail(connection_failure(connection_.get()));
      if (PGnotify* notify = PQnotifies(connection_.get())) {
        std::string text = *notify->extra ? notify->extra : notify->relname;
        PQfreemem(notify);
        return text;
      }
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return std::string();
      pollfd watched{PQsocket(connection_.get()), POLLIN, 0};
      if (poll(&watched, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
        return sdk::fail(sdk::FailureKind::unavailable, "the connection cannot be watched");
    }
  }

 private:
  /// The last result, or the first failure; null when the connection is lost. However long it takes, unless the
  /// database is away: a migration may work for minutes, and a server that hangs is waited for by nobody.
  ResultPtr run(const std::string& sql) {
    PGconn* connection = connection_.get();
    if (PQsendQuery(connection, sql.c_str()) != 1) return nullptr;
    ResultPtr last;
    for (;;) {
      while (PQisBusy(connection)) {
        pollfd watched{PQsocket(connection), POLLIN, 0};
        if (poll(&watched, 1, static_cast<int>(k_wait_step.count())) == 0) {
          if (pool_->watch().generation() != generation_) return nullptr;
          pool_->watch().suspect();
        } else if (PQconsumeInput(connection) != 1) {
          return nullptr;
        }
      }
      ResultPtr next(PQgetResult(connection));
      if (!next) return last;
      if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(next);
    }
  }
  sdk::Failure why(const ResultPtr& result) const {
    return result ? failure_of(result.get(), {}) : connection_failure(connection_.get());
  }

  std::shared_ptr<ConnectionPool> pool_;
  OwnConnection connection_;
  const std::uint64_t generation_;
};

}  // namespace

sdk::Outcome<std::unique_ptr<PgDatabase::Direct>> PgDatabase::connect_direct() noexcept {
  try {
    if (pool_->watch().is_away()) return sdk::fail(sdk::FailureKind::unavailable, "the database is away");
    auto connection = connect_own(pool_->plan());
    if (!connection) {
      pool_->watch().suspect();
      return sdk::fail(std::move(connection.error()));
    }
    pool_->watch().connected_to(place_of(connection->get()));
    const std::uint64_t generation = pool_->watch().generation();
    if (auto applied = apply_settings(connection->get(), pool_->plan().limits, false); !applied)
      return sdk::fail(std::move(applied.error()));
    return std::make_unique<PgDirect>(pool_, std::move(*connection), generation);
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

}  // namespace crm::app
