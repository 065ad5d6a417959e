#pragma once
/// Real PostgreSQL for tests: one private cluster per test process, one fresh database per test.
///
///   TestDatabase db(Schema::crm);             // or empty, or crm_and_module
///   auto session = db.database().acquire();
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "reference_host/database/pg_database.hpp"
#include "reference_host/embedded_postgres/embedded_postgres.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::test {

/// Keeps what was logged, one "event name=value …" a line. Thread: any.
class MemoryLog final : public sdk::Log {
 public:
  void write(sdk::LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept override;
  std::vector<std::string> lines() const;
  bool has(std::string_view part) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

/// The cluster of this process; started on first use, stopped and removed at exit.
app::EmbeddedPostgres& test_cluster();

/// A folder that goes away with its object: below TMPDIR, else in memory when there is room, else below /tmp.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

enum class Schema { empty, crm, crm_and_module };

class TestDatabase {
 public:
  explicit TestDatabase(Schema schema = Schema::empty, app::PoolLimits limits = {});
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  app::PgDatabase& database() { return *database_; }
  const std::string& url() const { return url_; }
  MemoryLog& log() { return log_; }
  app::AdjustableClock& clock() { return clock_; }

  /// Runs plain SQL on a connection of its own and gives the first column of the first row; throws on failure.
  std::string sql(const std::string& text);

 private:
  std::string name_;
  std::string url_;
  MemoryLog log_;
  app::AdjustableClock clock_;
  std::unique_ptr<app::PgDatabase> database_;
};

}  // namespace crm::test
