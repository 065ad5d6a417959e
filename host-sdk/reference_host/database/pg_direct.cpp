#include <poll.h>

#include "reference_host/database/connection_pool.hpp"
#include "reference_host/database/pg_rows.hpp"

namespace crm::app {

namespace {

class PgDirect final : public PgDatabase::Direct {
 public:
  explicit PgDirect(OwnConnection connection) : connection_(std::move(connection)) {}

  sdk::Done execute(const std::string& sql) noexcept override {
    const ResultPtr result(PQexec(connection_.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return {};
    return sdk::fail(why(result));
  }

  sdk::Outcome<sdk::RowsPtr> query(const std::string& sql) noexcept override {
    ResultPtr result(PQexec(connection_.get(), sql.c_str()));
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
  sdk::Failure why(const ResultPtr& result) const {
    return result ? failure_of(result.get(), {}) : connection_failure(connection_.get());
  }
  OwnConnection connection_;
};

}  // namespace

sdk::Outcome<std::unique_ptr<PgDatabase::Direct>> PgDatabase::connect_direct() noexcept {
  try {
    auto connection = connect_own(pool_->plan());
    if (!connection) return sdk::fail(std::move(connection.error()));
    if (auto applied = apply_settings(connection->get(), pool_->plan().limits, false); !applied)
      return sdk::fail(std::move(applied.error()));
    return std::make_unique<PgDirect>(std::move(*connection));
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

}  // namespace crm::app
