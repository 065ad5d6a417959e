#include "reference_host/jobs/job_claim.hpp"

#include <algorithm>
#include <exception>

#include "crm/sdk/guard.hpp"

namespace crm::host {
namespace {

using sdk::Outcome;
using sdk::Statement;

// Ticks are not counted from the host's clock: that one may be frozen.
constexpr Statement k_due{
    "job_runs.due",
    "SELECT (extract(epoch FROM ended_wall + $2::bigint * interval '1 second' - clock_timestamp()) * 1000)::bigint "
    "FROM job_runs WHERE name = $1"};
constexpr Statement k_started{
    "job_runs.started",
    "INSERT INTO job_runs (name, owner, started_at) VALUES ($1, $2, $3) "
    "ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, started_at = excluded.started_at"};
constexpr Statement k_ended{
    "job_runs.ended",
    "UPDATE job_runs SET ended_wall = clock_timestamp(), duration_ms = $2, error = $3, note = $4, "
    "handled_total = handled_total + $5, runs_total = runs_total + 1 WHERE name = $1"};

constexpr std::int64_t k_lock_class = 0x6a6f62;  // "job"; the two-key space of advisory locks

/// FNV-1a: the same on every host, which std::hash does not promise.
std::int32_t lock_key(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<std::int32_t>(hash);
}

sdk::Done write(sdk::Database& database, const Statement& statement, std::initializer_list<sdk::Param> params) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(statement, params);
  if (!rows) return sdk::fail(rows.error());
  return {};
}

}  // namespace

Outcome<std::chrono::milliseconds> time_until_due(sdk::Database& database, const sdk::Job& job) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_due, {job.name, static_cast<std::int64_t>(job.interval.count())});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return std::chrono::milliseconds(0);
  const auto left = sdk::RowReader(**rows, 0).next_or_null<std::int64_t>();
  return std::chrono::milliseconds(std::max<std::int64_t>(left.value_or(0), 0));
}

Outcome<std::optional<JobClaim>> JobClaim::take(PgDatabase& database, std::string_view name) {
  auto connection = database.connect_direct();
  if (!connection) return sdk::fail(connection.error());
  auto rows = (*connection)->query("SELECT pg_try_advisory_lock(" + std::to_string(k_lock_class) + ", " +
                                   std::to_string(lock_key(name)) + ")");
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() != 1 || (*rows)->text(0, 0) != "t") return std::nullopt;
  return std::optional<JobClaim>(JobClaim(std::move(*connection)));
}

Outcome<sdk::JobReport> JobClaim::run(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, std::string_view owner,
                                      const sdk::Job& job, std::stop_token stop) {
  if (auto begun = write(database, k_started, {job.name, owner, clock.now()}); !begun) return sdk::fail(begun.error());
  const auto start = std::chrono::steady_clock::now();
  const auto report = sdk::guard_job(log, job.name, job.body)(stop);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  if (!report) log.error("job.failed", {{"job", job.name}, {"what", report.error().message}});
  auto ended = write(database, k_ended,
                     {job.name, static_cast<std::int64_t>(took.count()), report ? std::string() : report.error().message,
                      report ? report->note : std::string(), report ? report->handled : std::int64_t{0}});
  if (!ended) log.warning("job.unrecorded", {{"job", job.name}, {"what", ended.error().message}});
  connection_.reset();
  return report;
}

}  // namespace crm::host
