#pragma once
/// The SDK's Database over Poco Data PostgreSQL sessions: each pooled connection is a Poco session whose
/// own libpq handle runs prepared statements in pipeline mode (toolchain decision 1).
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "crm/sdk/database.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

class ConnectionPool;

/// Four a core, 8 to 32: more only wait for each other inside PostgreSQL.
int connections_for_this_machine();

struct PoolLimits {
  int connections_max = connections_for_this_machine();
  std::chrono::milliseconds connect_timeout{2000};
  std::chrono::milliseconds statement_timeout{30000};
};

class PgDatabase final : public sdk::Database {
 public:
  /// `url`: postgresql://… or a libpq keyword string. Connects lazily. Values with spaces are refused
  /// at acquire(): Poco splits its connection strings there (a password file takes any password).
  PgDatabase(std::string url, PoolLimits limits, sdk::Log& log);
  ~PgDatabase() override;
  using sdk::Database::acquire;
  sdk::Outcome<std::unique_ptr<sdk::Session>> acquire(std::chrono::milliseconds wait) noexcept override;

  /// A connection outside the pool, for LISTEN, session-level locks and migrations. Plain SQL text,
  /// several statements allowed, no parameters.
  class Direct {
   public:
    virtual ~Direct() = default;
    virtual sdk::Done execute(const std::string& sql) noexcept = 0;
    virtual sdk::Outcome<sdk::RowsPtr> query(const std::string& sql) noexcept = 0;
    /// Waits for a NOTIFY; empty when `wait` passed. `unavailable` when the connection is lost.
    /// Gives the payload, or the channel's name when the payload is empty.
    virtual sdk::Outcome<std::string> wait_notification(std::chrono::milliseconds wait) noexcept = 0;
  };
  sdk::Outcome<std::unique_ptr<Direct>> connect_direct() noexcept;

  struct Stats {
    int open = 0;
    int idle = 0;
    std::uint64_t replaced = 0;  ///< connections that died and were replaced
  };
  Stats stats() const noexcept;
  /// Known to be away: the log has its line, and whoever fails for it need not add another.
  bool is_away() const noexcept;
  /// Whether the database answers now; false when nothing was heard within `wait`.
  bool answers(std::chrono::milliseconds wait) noexcept;
  /// Statements prepared before are prepared anew: call it after a migration changed tables.
  void schema_changed() noexcept;
  /// What this process's connections are called in pg_stat_activity: "crm-host:PID".
  static std::string application_name();

 private:
  std::shared_ptr<ConnectionPool> pool_;
};

}  // namespace crm::app
