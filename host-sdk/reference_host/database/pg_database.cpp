#include "reference_host/database/pg_database.hpp"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "reference_host/database/connection_pool.hpp"
#include "reference_host/database/pg_session.hpp"

namespace crm::app {

int connections_for_this_machine() {
  return std::clamp(4 * static_cast<int>(std::thread::hardware_concurrency()), 8, 32);
}

namespace {
ConnectionPlan plan_for(const std::string& url, PoolLimits limits, sdk::Log& log) {
  auto keywords = parse_connection_url(url);
  if (!keywords) log.error("database.bad_url", {{"why", keywords.error().message}});
  return {keywords ? std::move(*keywords) : ConnectionKeywords{}, limits};
}
}  // namespace

PgDatabase::PgDatabase(std::string url, PoolLimits limits, sdk::Log& log)
    : pool_(std::make_shared<ConnectionPool>(plan_for(url, limits, log), log)) {}

PgDatabase::~PgDatabase() = default;

sdk::Outcome<std::unique_ptr<sdk::Session>> PgDatabase::acquire(std::chrono::milliseconds wait) noexcept {
  try {
    auto connection = pool_->take(wait);
    if (!connection) return sdk::fail(std::move(connection.error()));
    return std::make_unique<PgSession>(pool_, std::move(*connection));
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

PgDatabase::Stats PgDatabase::stats() const noexcept {
  return pool_->stats();
}

bool PgDatabase::is_away() const noexcept {
  return pool_->watch().is_away();
}

bool PgDatabase::answers(std::chrono::milliseconds wait) noexcept {
  return pool_->watch().ask(wait);
}

void PgDatabase::schema_changed() noexcept {
  pool_->schema_changed();
}

std::string PgDatabase::application_name() {
  return "crm-host:" + std::to_string(getpid());
}

}  // namespace crm::app
