#include "reference_host/database/migrator.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <thread>
#include <vector>

namespace crm::app {

namespace {

using Direct = PgDatabase::Direct;
using Checksums = std::map<std::string, std::string>;

/// Any number of our own; all instances of a database use the same.
constexpr const char* k_lock = "7236598124771";
constexpr std::chrono::milliseconds k_lock_pause{100};

struct File {
  std::string name;
  std::string sql;
  std::string checksum;
};

std::string sql_literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string sha256_hex(const std::string& text) {
  unsigned char digest[32];
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha256(), nullptr);
  constexpr char hex[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

sdk::Outcome<std::vector<File>> read_folder(const std::string& folder) {
  static const std::regex pattern("[0-9]{4}_[a-z0-9_]+\\.sql");
  std::vector<File> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".sql") continue;
    File file{entry.path().filename().string(), {}, {}};
    if (!std::regex_match(file.name, pattern))
      return sdk::fail(sdk::FailureKind::broken, "migration " + entry.path().string() + " is not named NNNN_name.sql");
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return sdk::fail(sdk::FailureKind::broken, "cannot read " + entry.path().string());
    file.sql = text.str();
    file.checksum = sha256_hex(file.sql);
    files.push_back(std::move(file));
  }
  if (error) return sdk::fail(sdk::FailureKind::broken, "cannot read the folder " + folder + ": " + error.message());
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
  return files;
}

/// Waits for another instance that migrates at this moment. The lock ends with the connection.
sdk::Done lock(Direct& connection, sdk::Log& log, std::string_view source) {
  for (int tries = 0;; ++tries) {
    // Asked again and again: a statement that waits in the server would go on waiting when this process is killed.
    auto got = connection.query("SELECT pg_try_advisory_lock(" + std::string(k_lock) + ")");
    if (!got) return sdk::fail(got.error());
    if ((*got)->text(0, 0) == "t") return {};
    if (tries == 0)
      log.info("migrations.waiting", {{"source", source}, {"for", "another instance that migrates this database"}});
    std::this_thread::sleep_for(k_lock_pause);
  }
}

sdk::Outcome<Checksums> applied_before(Direct& connection, std::string_view source) {
  // Asked first, because CREATE TABLE IF NOT EXISTS wants rights that a later start may not have.
  auto exists = connection.query("SELECT to_regclass('schema_migrations') IS NOT NULL");
  if (!exists) return sdk::fail(exists.error());
  if ((*exists)->text(0, 0) != "t") {
    auto made = connection.execute(
        "CREATE TABLE schema_migrations (source TEXT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
        " applied_at TIMESTAMPTZ NOT NULL, PRIMARY KEY (source, name))");
    if (!made) return sdk::fail(made.error());
  }
  auto rows = connection.query("SELECT name, checksum FROM schema_migrations WHERE source = " + sql_literal(source));
  if (!rows) return sdk::fail(rows.error());
  Checksums applied;
  for (std::size_t row = 0; row < (*rows)->size(); ++row) applied.emplace((*rows)->text(row, 0), (*rows)->text(row, 1));
  return applied;
}

sdk::Done check_unchanged(const std::vector<File>& files, const Checksums& applied, std::string_view source) {
  const auto damaged = [&](const std::string& name, const char* what) {
    return sdk::fail(sdk::FailureKind::broken, "migration " + std::string(source) + "/" + name + " " + what);
  };
  for (const auto& [name, checksum] : applied) {
    const auto at = std::find_if(files.begin(), files.end(), [&](const File& file) { return file.name == name; });
    if (at == files.end()) return damaged(name, "was applied to this database, but its file is gone");
    if (at->checksum != checksum) return damaged(name, "was changed after it was applied to this database");
  }
  return {};
}

std::string micros_since_1970(sdk::Clock& clock) {
  return std::to_string(clock.now().time_since_epoch().count());
}

sdk::Done apply(Direct& connection, sdk::Clock& clock, std::string_view source, const File& file) {
  const auto named = [&](sdk::Failure failure) {
    failure.message = "migration " + std::string(source) + "/" + file.name + ": " + failure.message;
    static_cast<void>(connection.execute("ROLLBACK"));
    return sdk::fail(std::move(failure));
  };
  if (auto begun = connection.execute("BEGIN"); !begun) return named(begun.error());
  const auto before = connection.query("SELECT pg_current_xact_id()::text");
  if (!before) return named(before.error());
  if (auto done = connection.execute(file.sql); !done) return named(done.error());
  const auto after = connection.query("SELECT pg_current_xact_id()::text");
  if (!after) return named(after.error());
  if ((*before)->text(0, 0) != (*after)->text(0, 0))
    return named(
        {sdk::FailureKind::broken, "ends its transaction itself, so that a crash would leave half of it", {}, {}, {}});
  auto noted = connection.execute("INSERT INTO schema_migrations (source, name, checksum, applied_at) VALUES (" +
                                  sql_literal(source) + ", " + sql_literal(file.name) + ", " +
                                  sql_literal(file.checksum) + ", TIMESTAMPTZ 'epoch' + " + micros_since_1970(clock) +
                                  " * INTERVAL '1 microsecond'); COMMIT");
  if (!noted) return named(noted.error());
  return {};
}

}  // namespace

sdk::Outcome<int> migrate(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string_view source,
                          const std::string& folder) {
  auto files = read_folder(folder);
  if (!files) return sdk::fail(files.error());
  auto connection = database.connect_direct();
  if (!connection) return sdk::fail(connection.error());
  if (auto locked = lock(**connection, log, source); !locked) return sdk::fail(locked.error());
  auto applied = applied_before(**connection, source);
  if (!applied) return sdk::fail(applied.error());
  if (auto same = check_unchanged(*files, *applied, source); !same) return sdk::fail(same.error());
  int count = 0;
  for (const File& file : *files) {
    if (applied->contains(file.name)) continue;
    if (auto done = apply(**connection, clock, source, file); !done) return sdk::fail(done.error());
    log.info("migrations.applied", {{"source", source}, {"name", file.name}});
    ++count;
  }
  if (count > 0) database.schema_changed();
  return count;
}

}  // namespace crm::app
