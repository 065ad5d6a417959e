#include "reference_host/database/connection_pool.hpp"

#include <algorithm>

namespace crm::app {

namespace {
/// After a failed connect, others fail at once for this long instead of each trying again.
constexpr std::chrono::milliseconds k_down_pause{100};
}  // namespace

std::unique_ptr<PgConnection> ConnectionPool::wait_for_one(std::unique_lock<std::mutex>& lock,
                                                           std::chrono::milliseconds wait) {
  Waiter self;
  waiting_.push_back(&self);
  self.wake.wait_for(lock, wait, [&] { return self.connection != nullptr; });
  if (!self.connection) std::erase(waiting_, &self);
  return std::move(self.connection);
}

sdk::Outcome<std::unique_ptr<PgConnection>> ConnectionPool::take(std::chrono::milliseconds wait) {
  std::unique_ptr<PgConnection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    } else if (made_ < plan_.limits.connections_max) {
      connection = std::make_unique<PgConnection>(plan_);
      ++made_;
    } else {
      connection = wait_for_one(lock, wait);
      if (!connection) return sdk::fail(sdk::FailureKind::unavailable, "every database connection is busy");
    }
    if (!connection->is_alive() && std::chrono::steady_clock::now() < down_until_) {
      lock.unlock();
      give_back(std::move(connection));
      return sdk::fail(sdk::FailureKind::unavailable, "the database is down");
    }
  }
  if (auto ready = make_ready(*connection); !ready) {
    give_back(std::move(connection));
    const std::lock_guard lock(mutex_);
    if (ready.error().kind == sdk::FailureKind::unavailable)
      down_until_ = std::chrono::steady_clock::now() + k_down_pause;
    return sdk::fail(ready.error());
  }
  return connection;
}

sdk::Done ConnectionPool::make_ready(PgConnection& connection) {
  const std::uint64_t epoch = epoch_.load();
  if (connection.is_alive_idle() && connection.follow_schema(epoch)) return {};
  const bool again = connection.was_connected();
  if (auto connected = connection.connect(); !connected) {
    connection.mark_lost();
    report_unreachable(connected.error());
    return connected;
  }
  if (again) {
    replaced_.fetch_add(1);
    log_.info("database.reconnected");
  }
  return connection.follow_schema(epoch);
}

/// At most once a second: while the database is down, every request comes by here.
void ConnectionPool::report_unreachable(const sdk::Failure& failure) {
  {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now < quiet_until_) return;
    quiet_until_ = now + std::chrono::seconds(1);
  }
  log_.warning("database.unreachable", {{"why", failure.message}});
}

void ConnectionPool::give_back(std::unique_ptr<PgConnection> connection) noexcept {
  const std::lock_guard lock(mutex_);
  if (!waiting_.empty()) {
    Waiter* next = waiting_.front();
    waiting_.pop_front();
    next->connection = std::move(connection);
    next->wake.notify_one();
  } else if (connection->is_alive()) {
    idle_.push_back(std::move(connection));
  } else {
    idle_.insert(idle_.begin(), std::move(connection));
  }
}

PgDatabase::Stats ConnectionPool::stats() const {
  const std::lock_guard lock(mutex_);
  PgDatabase::Stats stats;
  const auto alive = std::count_if(idle_.begin(), idle_.end(), [](const auto& c) { return c->is_alive(); });
  stats.idle = static_cast<int>(alive);
  stats.open = made_ - static_cast<int>(idle_.size()) + stats.idle;
  stats.replaced = replaced_.load();
  return stats;
}

}  // namespace crm::app
