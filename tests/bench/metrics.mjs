// How long the figures of one year take among many meetings.
//   CRM_BUILD=build/release node tests/bench/metrics.mjs [meetings, default 2000000]
// Five years of meetings over 200 hosts: a tenth is cancelled, a tenth moved, a twentieth a request. Prints the median of
// five answers for each grouping, and the slowest statement's share is left to EXPLAIN.
import { createRequire } from 'node:module';
import { Client, demoAdmin } from '../e2e/lib/client.mjs';
import { Host } from '../e2e/lib/host.mjs';

const pg = createRequire(new URL('../e2e/package.json', import.meta.url))('pg');
const count = Number(process.argv[2] ?? 2_000_000);
const host = await Host.start({ now: '2026-01-01T00:00:00Z' });
try {
  const admin = await demoAdmin(host);
  const database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
  await database.query("INSERT INTO users (email, email_key, name, password_hash, role, timezone, created_at) SELECT 'h' || n || '@bench.test', 'h' || n || '@bench.test', 'Host ' || n, 'x', 'rep', 'UTC', now() FROM generate_series(1, 200) n");
  const { rows: [{ first }] } = await database.query("SELECT min(id) AS first FROM users WHERE email LIKE 'h%@bench.test'");
  const { rows: [{ id: type }] } = await database.query('SELECT min(id) AS id FROM meeting_types');
  const started = Date.now();
  // Made in the order of their creation, as bookings are; what was moved has its successor at the end of its day.
  await database.query(`
    INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, end_time, timezone, status,
                                    created_at, updated_at, chain_id, ical_uid, utm, cancelled_at, outcome, outcome_at, request_outcome)
    SELECT 1000000 + n, $1, $2::integer + n % 200, 'A', 'a@bench.test', made + interval '5 days', made + interval '5 days 30 minutes', 'UTC',
           CASE WHEN n % 10 = 3 THEN 'cancelled' WHEN n % 10 = 7 THEN 'rescheduled' WHEN n % 10 = 5 THEN 'no_show' ELSE 'completed' END,
           made, made, 1000000 + n, 'uid-' || n, CASE WHEN n % 3 = 0 THEN '{"source":"newsletter"}' ELSE '{}' END::jsonb,
           CASE WHEN n % 10 = 3 THEN made + interval '1 day' END, CASE WHEN n % 10 = 5 THEN 'no_show' WHEN n % 2 = 0 THEN 'completed' END, made,
           CASE WHEN n % 20 = 1 THEN 'confirmed' WHEN n % 20 = 13 THEN 'declined' END
      FROM (SELECT n, timestamptz '2021-01-01Z' + n * (interval '1826 days' / $3::integer) AS made FROM generate_series(1, $3::integer) n) AS m`, [type, first, count]);
  await database.query('ANALYZE scheduled_meetings');
  console.log(`${count} meetings written in ${Math.round((Date.now() - started) / 1000)} s`);
  for (const by of ['', 'month', 'page', 'meeting_type', 'host', 'source']) {
    const times = [];
    for (let round = 0; round < 5; ++round) {
      const begun = performance.now();
      const answer = await admin.get(`/api/v1/scheduling/metrics?from=2025-01-01&to=2025-12-31${by ? `&group_by=${by}` : ''}`, { validate: false });
      if (answer.status !== 200) throw new Error(answer.text);
      times.push(performance.now() - begun);
    }
    console.log(`${by || 'no groups'}: ${Math.round(times.sort((a, b) => a - b)[2])} ms for all figures`);
  }
  await database.end();
} finally {
  await host.stop();
}
