#include "reference_host/jobs/crm_jobs.hpp"

#include "reference_host/auth/account_links.hpp"
#include "reference_host/auth/account_mail.hpp"
#include "reference_host/auth/guess_limit.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/database/text_array.hpp"
#include "reference_host/records/hook_event_text.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr int k_batch = 100;
constexpr auto k_kept = std::chrono::days(180);

constexpr Statement k_purge{"sessions.purge",
                            "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions "
                            "WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)"};
// index: hook_events_due, hook_events_order. A row that another instance holds is passed over. An event waits
// for earlier ones about the same record or user, also while those wait for their next attempt.
constexpr Statement k_next{
    "hook_events.next",
    "SELECT id, owner, subject, event, payload, created_at FROM hook_events this WHERE owner = ANY ($1::text[]) "
    "AND next_attempt_wall <= clock_timestamp() AND NOT EXISTS (SELECT FROM hook_events earlier "
    "  WHERE earlier.owner = this.owner AND earlier.id < this.id AND earlier.subject = this.subject "
    "  AND earlier.subject_ids && this.subject_ids) ORDER BY id LIMIT 1 FOR UPDATE OF this SKIP LOCKED"};
constexpr Statement k_expire{"hook_events.expire",
                             "WITH gone AS (DELETE FROM hook_events WHERE created_at < $1 RETURNING owner) "
                             "SELECT owner, count(*) FROM gone GROUP BY owner"};
constexpr Statement k_done{"hook_events.done", "DELETE FROM hook_events WHERE id = $1"};
constexpr Statement k_again{
    "hook_events.again",
    "UPDATE hook_events SET attempts = attempts + 1, last_error = $2, next_attempt_wall = clock_timestamp() + "
    "LEAST(interval '1 hour', interval '10 seconds' * power(2, LEAST(attempts, 12))) WHERE id = $1"};
constexpr std::string_view k_savepoint = "replayed_hook";

/// What a module has not heard within k_kept is forgotten: one that was taken off the disk for good would
/// otherwise fill the table.
sdk::Done forget_old_events(CrmServices& crm, Session& session) {
  auto rows = session.run(k_expire, {crm.clock.now() - k_kept});
  if (!rows) return sdk::fail(rows.error());
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    const std::string owner = row.next<std::string>();
    crm.log.warning("hook.forgotten", {{"module", owner}, {"events", std::to_string(row.next<std::int64_t>())}});
  }
  return {};
}

Outcome<sdk::JobReport> purge_sessions(CrmServices& crm) {
  constexpr int batch = 1000;
  auto session = crm.database.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_purge, {crm.clock.now(), batch});
  if (!rows) return sdk::fail(rows.error());
  const auto gone = static_cast<std::int64_t>((*rows)->affected());
  if (auto forgotten = forget_old_events(crm, **session); !forgotten) return sdk::fail(forgotten.error());
  if (auto purged = purge_account_links(**session, crm.clock.now()); !purged) return sdk::fail(purged.error());
  if (auto purged = purge_account_mails(**session, crm.clock.now()); !purged) return sdk::fail(purged.error());
  if (auto purged = purge_guesses(**session, crm.clock.now()); !purged) return sdk::fail(purged.error());
  return sdk::JobReport{gone, gone == batch, std::to_string(gone) + " expired sessions removed"};
}

struct QueuedEvent {
  std::int64_t id = 0;
  std::string owner, subject, event, payload;
  sdk::Micros occurred_at{};
};

sdk::Done replay(CrmServices& crm, Session& session, const QueuedEvent& queued) {
  if (queued.subject == "user") {
    const auto event = user_event(queued.event);
    if (!event) return sdk::fail(sdk::FailureKind::broken, "the queued event is unreadable");
    const auto change = parse_user_change(*event, queued.payload);
    if (!change) return sdk::fail(change.error());
    return crm.hooks.replay(session, queued.owner, change->view({queued.occurred_at, true}));
  }
  const auto event = record_event(queued.event);
  if (!event) return sdk::fail(sdk::FailureKind::broken, "the queued event is unreadable");
  const auto change = parse_change(*event, queued.payload);
  if (!change) return sdk::fail(change.error());
  return crm.hooks.replay(session, queued.owner, change->view({queued.occurred_at, true}));
}

/// 1 when an event was heard, -1 when its hook failed again, 0 when none is due.
Outcome<int> replay_next(CrmServices& crm, const std::string& owners) {
  return sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<int> {
    auto rows = session.run(k_next, {owners});
    if (!rows) return sdk::fail(rows.error());
    if ((*rows)->size() == 0) return 0;
    sdk::RowReader row(**rows, 0);
    QueuedEvent queued;
    queued.id = row.next<std::int64_t>();
    for (std::string* text : {&queued.owner, &queued.subject, &queued.event, &queued.payload})
      *text = row.next<std::string>();
    queued.occurred_at = row.next<sdk::Micros>();
    if (auto set = session.savepoint(k_savepoint); !set) return sdk::fail(set.error());
    auto heard = replay(crm, session, queued);
    if (heard) heard = session.release(k_savepoint);
    if (heard) {
      auto done = session.run(k_done, {queued.id});
      if (!done) return sdk::fail(done.error());
      return 1;
    }
    crm.log.warning("hook.failed_again",
                    {{"module", queued.owner}, {"event", queued.event}, {"what", heard.error().message}});
    if (auto back = session.rollback_to(k_savepoint); !back) return sdk::fail(back.error());
    auto later = session.run(k_again, {queued.id, heard.error().message});
    if (!later) return sdk::fail(later.error());
    return -1;
  });
}

Outcome<sdk::JobReport> replay_events(CrmServices& crm, const std::stop_token& stop) {
  sdk::JobReport report;
  int failed = 0;
  for (int i = 0; i < k_batch && !stop.stop_requested(); ++i) {
    const auto went = replay_next(crm, text_array(crm.hooks.live_owners()));
    if (!went) return sdk::fail(went.error());
    if (*went == 0) break;
    *went > 0 ? ++report.handled : ++failed;
    report.more = i + 1 == k_batch;
  }
  report.note = std::to_string(report.handled) + " events heard, " + std::to_string(failed) + " failed again";
  return report;
}

}  // namespace

std::vector<sdk::Job> crm_jobs(CrmServices& crm) {
  return {
      {"PurgeExpiredSessionsJob", std::chrono::minutes(10),
       [&crm](const std::stop_token&) { return purge_sessions(crm); }},
      {k_replay_job, std::chrono::seconds(10),
       [&crm](const std::stop_token& stop) { return replay_events(crm, stop); }},
      {k_account_mail_job, std::chrono::seconds(2),
       [&crm](const std::stop_token& stop) { return send_account_mails(crm, stop); }, sdk::RunsOn::every_instance},
  };
}

}  // namespace crm::app
