#include "reference_host/database/connection_pool.hpp"

#include <algorithm>

namespace crm::app {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Who may wait for a connection while the database is in doubt: others need threads, too.
constexpr std::size_t k_waiting_in_doubt_max = 64;

sdk::Unexpected<sdk::Failure> unavailable(std::string why) {
  return sdk::fail(sdk::FailureKind::unavailable, std::move(why));
}

}  // namespace

std::unique_ptr<PgConnection> ConnectionPool::wait_for_one(std::unique_lock<std::mutex>& lock,
                                                           std::chrono::milliseconds wait) {
  Waiter self;
  waiting_.push_back(&self);
  self.wake.wait_for(lock, wait, [&] { return self.connection != nullptr; });
  if (!self.connection) std::erase(waiting_, &self);
  return std::move(self.connection);
}

/// Whoever waits for a connection waits for the database, too, and is told when it is away.
ConnectionPool::Lent ConnectionPool::take(milliseconds wait) {
  const auto until = Clock::now() + wait;
  const auto left = [&] { return std::max(std::chrono::ceil<milliseconds>(until - Clock::now()), milliseconds(0)); };
  for (int tries = 1;; ++tries) {
    if (watch_.is_away() && !watch_.wait_until_back(left())) {
      watch_.count_failure();
      return unavailable("the database is away");
    }
    auto lent = lend(left());
    if (!lent) return lent;
    auto ready = make_ready(**lent);
    if (ready) return lent;
    give_back(std::move(*lent));
    if (ready.error().kind != sdk::FailureKind::unavailable || tries > 2) return sdk::fail(ready.error());
    // Refused at the door. The watch says whether that is more than a moment's trouble.
    if (watch_.ask(left()) ? tries > 1 : !watch_.is_away()) return sdk::fail(ready.error());
  }
}

ConnectionPool::Lent ConnectionPool::lend(milliseconds wait) {
  const bool is_in_doubt = watch_.is_in_doubt();
  std::unique_lock lock(mutex_);
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  if (made_ < plan_.limits.connections_max) {
    ++made_;
    return std::make_unique<PgConnection>(plan_);
  }
  if (is_in_doubt && waiting_.size() >= k_waiting_in_doubt_max) return unavailable("the database does not answer");
  auto connection = wait_for_one(lock, wait);
  if (!connection) return unavailable("every database connection is busy");
  return connection;
}

sdk::Done ConnectionPool::make_ready(PgConnection& connection) {
  const std::uint64_t epoch = epoch_.load();
  const std::uint64_t generation = watch_.generation();
  const bool is_of_this_server = connection.generation() == generation;
  if (is_of_this_server && connection.is_alive_idle() && connection.follow_schema(epoch)) return {};
  const bool again = connection.was_connected();
  if (auto connected = connection.connect(generation); !connected) {
    connection.mark_lost();
    return connected;
  }
  if (watch_.connected_to(place_of(connection.handle()))) connection.is_of(watch_.generation());
  if (again)
    replaced_.fetch_add(1);
  else
    watch_.suspect();  // opens its own connection while there is room for one
  return connection.follow_schema(epoch);
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
