#pragma once
/// Lends connections; who waits longest is served first.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_connection.hpp"
#include "reference_host/database/server_watch.hpp"

namespace crm::app {

class ConnectionPool {
 public:
  ConnectionPool(ConnectionPlan plan, sdk::Log& log) : plan_(std::move(plan)), watch_(plan_, log) {
    idle_.reserve(static_cast<std::size_t>(plan_.limits.connections_max));  // give_back() must not allocate
  }

  /// While the database has been away for a moment only, waits for it, too.
  sdk::Outcome<std::unique_ptr<PgConnection>> take(std::chrono::milliseconds wait);
  /// A lost connection may come back too; it is connected again when it is next needed.
  void give_back(std::unique_ptr<PgConnection> connection) noexcept;

  const ConnectionPlan& plan() const { return plan_; }
  PgDatabase::Stats stats() const;
  ServerWatch& watch() { return watch_; }
  void schema_changed() { epoch_.fetch_add(1); }

 private:
  struct Waiter {
    std::condition_variable wake;
    std::unique_ptr<PgConnection> connection;
  };

  std::unique_ptr<PgConnection> wait_for_one(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds wait);
  using Lent = sdk::Outcome<std::unique_ptr<PgConnection>>;
  Lent lend(std::chrono::milliseconds wait);
  sdk::Done make_ready(PgConnection& connection);

  const ConnectionPlan plan_;
  std::atomic<std::uint64_t> epoch_{0};
  std::atomic<std::uint64_t> replaced_{0};
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<PgConnection>> idle_;  ///< lost ones in front, so that live ones go first
  std::deque<Waiter*> waiting_;
  int made_ = 0;
  ServerWatch watch_;
};

}  // namespace crm::app
