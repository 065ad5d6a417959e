#include "reference_host/jobs/job_table.hpp"

#include <algorithm>
#include <set>

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Statement;
using std::chrono::milliseconds;

constexpr Statement k_rows{"job_runs.rows",
                           "SELECT name, started_at, duration_ms, error, note, handled_total, runs_total, failed_on, "
                           "(extract(epoch FROM clock_timestamp() - ended_wall) * 1000)::bigint FROM job_runs"};
constexpr Statement k_claims{
    "job_runs.claims",
    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $1 AND objsubid = 2 "
    "AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"};
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
    "handled_total = handled_total + $5, runs_total = runs_total + $6 WHERE name = $1"};
// An instance that goes on failing says so once a minute. After three minutes without a word it recovered or ended.
constexpr Statement k_local{
    "job_runs.local",
    "INSERT INTO job_runs AS old (name, owner, started_at, ended_wall, duration_ms, error, note, handled_total, "
    "runs_total, failed_on, failed_wall) "
    "VALUES ($1, $2, $3, clock_timestamp(), $4, $5, $6, $7, $8, $9, CASE WHEN $5 <> '' THEN clock_timestamp() END) "
    "ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, started_at = excluded.started_at, "
    "ended_wall = excluded.ended_wall, duration_ms = excluded.duration_ms, note = excluded.note, "
    "handled_total = old.handled_total + excluded.handled_total, runs_total = old.runs_total + excluded.runs_total, "
    "(error, failed_on, failed_wall) = (SELECT one.error, one.failed_on, one.failed_wall FROM (VALUES "
    "  (1, old.error, old.failed_on, old.failed_wall), "
    "  (2, excluded.error, excluded.failed_on, excluded.failed_wall)) one (rank, error, failed_on, failed_wall) "
    "  WHERE rank = 2 OR (excluded.error = '' AND old.error <> '' AND old.failed_on <> excluded.failed_on "
    "    AND old.failed_wall > clock_timestamp() - interval '3 minutes') ORDER BY rank LIMIT 1)"};

sdk::Done write(sdk::Database& database, const Statement& statement, std::initializer_list<sdk::Param> params) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(statement, params);
  if (!rows) return sdk::fail(rows.error());
  return {};
}

JobRow to_row(const sdk::Rows& rows, std::size_t index, const std::set<std::int64_t>& claims) {
  sdk::RowReader row(rows, index);
  JobRow job;
  job.name = row.next<std::string>();
  const auto started = row.next_or_null<sdk::Micros>();
  job.has_started = started.has_value();
  job.last.started_at = started.value_or(sdk::Micros{});
  job.last.took = milliseconds(row.next<std::int64_t>());
  job.last.error = row.next<std::string>();
  job.last.note = row.next<std::string>();
  job.last.handled = row.next<std::int64_t>();
  job.last.runs = row.next<std::int64_t>();
  job.failed_on = row.next<std::string>();
  if (const auto since = row.next_or_null<std::int64_t>()) job.since_end = milliseconds(*since);
  // PostgreSQL shows the key as an oid, which has no sign.
  job.is_claimed = claims.contains(static_cast<std::uint32_t>(claim_number(job.name)));
  return job;
}

}  // namespace

std::int32_t claim_number(std::string_view job) {
  // FNV-1a: std::hash does not promise the same number on every instance.
  std::uint32_t hash = 2166136261u;
  for (const char c : job) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<std::int32_t>(hash);
}

Outcome<std::vector<JobRow>> job_rows(sdk::Database& database) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  const auto asked = (*session)->post(k_claims, {k_claim_class});
  auto rows = (*session)->run(k_rows);
  if (!rows) return sdk::fail(rows.error());
  auto claimed = (*session)->collect(asked);
  if (!claimed) return sdk::fail(claimed.error());
  std::set<std::int64_t> claims;
  for (std::size_t i = 0; i < (*claimed)->size(); ++i) claims.insert(sdk::RowReader(**claimed, i).next<std::int64_t>());
  std::vector<JobRow> jobs;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) jobs.push_back(to_row(**rows, i, claims));
  return jobs;
}

Outcome<milliseconds> time_until_due(sdk::Database& database, const sdk::Job& job) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_due, {job.name, static_cast<std::int64_t>(job.interval.count())});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return milliseconds(0);
  const auto left = sdk::RowReader(**rows, 0).next_or_null<std::int64_t>();
  return milliseconds(std::max<std::int64_t>(left.value_or(0), 0));
}

sdk::Done record_start(sdk::Database& database, std::string_view job, std::string_view owner, sdk::Micros now) {
  return write(database, k_started, {job, owner, now});
}

sdk::Done record_end(sdk::Database& database, std::string_view job, const RunRecord& run) {
  return write(database, k_ended,
               {job, static_cast<std::int64_t>(run.took.count()), run.error, run.note, run.handled, run.runs});
}

sdk::Done record_local(sdk::Database& database, std::string_view job, std::string_view owner, std::string_view instance,
                       const RunRecord& run) {
  return write(database, k_local,
               {job, owner, run.started_at, static_cast<std::int64_t>(run.took.count()), run.error, run.note,
                run.handled, run.runs, instance});
}

}  // namespace crm::app
