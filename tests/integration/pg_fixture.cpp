#include "tests/integration/pg_fixture.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "reference_host/database/migrator.hpp"

namespace crm::test {

namespace {

struct Cluster {
  TemporaryFolder folder;
  MemoryLog log;
  std::unique_ptr<app::EmbeddedPostgres> postgres;
  std::mutex mutex;
  std::map<Schema, std::string> templates;  ///< migrated once, copied for each test
};

Cluster& cluster() {
  static Cluster* const instance = [] {
    static Cluster made;
    auto started = app::EmbeddedPostgres::start(made.folder.path(), made.log);
    if (!started) throw std::runtime_error("no test cluster: " + started.error().message);
    made.postgres = std::move(*started);
    return &made;
  }();
  return *instance;
}

std::string url_of(const std::string& name) {
  std::string url = cluster().postgres->url();
  return url.replace(url.find("/crm?"), 5, "/" + name + "?");
}

void administer(const std::string& sql) {
  app::PgDatabase database(cluster().postgres->url(), {}, cluster().log);
  auto connection = database.connect_direct();
  if (!connection) throw std::runtime_error(connection.error().message);
  if (auto done = (*connection)->execute(sql); !done) throw std::runtime_error(sql + ": " + done.error().message);
}

std::string fresh_name() {
  static std::atomic<int> count{0};
  return "test_" + std::to_string(++count);
}

void migrate_or_throw(const std::string& name, std::string_view source, const std::string& folder) {
  app::PgDatabase database(url_of(name), {}, cluster().log);
  app::AdjustableClock clock;
  const auto done = app::migrate(database, clock, cluster().log, source, folder);
  if (!done) throw std::runtime_error(done.error().message);
}

/// The database to copy from: made and migrated on first use.
std::string template_for(Schema schema) {
  if (schema == Schema::empty) return "template1";
  const std::lock_guard lock(cluster().mutex);
  std::string& name = cluster().templates[schema];
  if (!name.empty()) return name;
  const std::string made = fresh_name();
  administer("CREATE DATABASE " + made);
  migrate_or_throw(made, "host", CRM_HOST_MIGRATIONS);
  if (schema == Schema::crm_and_module) migrate_or_throw(made, "meeting_scheduler", CRM_MODULE_MIGRATIONS);
  return name = made;
}

}  // namespace

void MemoryLog::write(sdk::LogLevel, std::string_view event, std::initializer_list<Pair> fields) noexcept {
  std::string line(event);
  for (const auto& [name, value] : fields) line += ' ' + std::string(name) + '=' + std::string(value);
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<std::string> MemoryLog::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

bool MemoryLog::has(std::string_view part) const {
  const std::lock_guard lock(mutex_);
  for (const std::string& line : lines_)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

namespace {

/// Each database is some 300 files, made and removed for each test: memory does that in a tenth of a disk's time.
/// What a statement sees or a killed process loses is the same in both.
std::string place_for_folders() {
  if (const char* chosen = std::getenv("TMPDIR"); chosen != nullptr && *chosen != '\0') return chosen;
  constexpr unsigned long long k_room_wanted = 1ULL << 30U;
  struct statvfs memory {};
  const bool has_room = ::statvfs("/dev/shm", &memory) == 0 && (memory.f_flag & ST_NOEXEC) == 0 &&
                        1ULL * memory.f_bavail * memory.f_frsize >= k_room_wanted;
  return has_room && ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = place_for_folders() + "/crm-test-XXXXXX";
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

app::EmbeddedPostgres& test_cluster() {
  return *cluster().postgres;
}

TestDatabase::TestDatabase(Schema schema, app::PoolLimits limits) : name_(fresh_name()), url_(url_of(name_)) {
  administer("CREATE DATABASE " + name_ + " TEMPLATE " + template_for(schema));
  database_ = std::make_unique<app::PgDatabase>(url_, limits, log_);
}

TestDatabase::~TestDatabase() {
  database_.reset();
  try {
    administer("DROP DATABASE " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {
    // The cluster goes away with the process anyway.
  }
}

std::string TestDatabase::sql(const std::string& text) {
  auto connection = database_->connect_direct();
  if (!connection) throw std::runtime_error(connection.error().message);
  auto rows = (*connection)->query(text);
  if (!rows) throw std::runtime_error(text + ": " + rows.error().message);
  return std::string((*rows)->text(0, 0));
}

}  // namespace crm::test
