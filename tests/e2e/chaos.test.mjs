// EVIDENCE: B-7.1
// Nothing acknowledged is lost and nothing is half done, however the processes die.
//
// Clients book against a host that is killed with SIGKILL at random moments, and so is PostgreSQL.
// They keep a ledger of what was acknowledged; at the end the database must agree with it. Counts and
// seed come from the environment, so that a run can be repeated; tests/long.sh asks for these:
//   CHAOS_BOOKINGS=2000 CHAOS_HOST_KILLS=50 CHAOS_POSTGRES_KILLS=20 CHAOS_SEED=7 node --test chaos.test.mjs
import assert from 'node:assert/strict';
import os from 'node:os';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Client, demoAdmin } from './lib/client.mjs';
import { Host, sleep, temporaryFolder } from './lib/host.mjs';
import { chanceOf, reap, shuffle } from './lib/kills.mjs';

const wanted = Number(process.env.CHAOS_BOOKINGS ?? 300);
const hostKills = Number(process.env.CHAOS_HOST_KILLS ?? 8);
const postgresKills = Number(process.env.CHAOS_POSTGRES_KILLS ?? 4);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 100_000);

let host;
// On a disk: what waits for it is what a kill may interrupt.
before(async () => { host = await Host.start({ dataDir: temporaryFolder(os.tmpdir()) }); });
after(() => host?.stop());

const HOSTS = 20;

async function makeHosts() {
  const admin = await demoAdmin(host);
  for (let n = 0; n < HOSTS; ++n) {
    const made = await admin.post('/api/v1/users', { email: `host${n}@example.test`, name: `Host ${n}`, password: 'a-long-password', role: 'rep', timezone: 'UTC' });
    assert.equal(made.status, 201, made.text);
    const rep = await Client.signedIn(host, `host${n}@example.test`, 'a-long-password');
    const days = [0, 1, 2, 3, 4, 5, 6];
    assert.equal((await rep.put('/api/v1/scheduling/availability', { timezone: 'UTC', defaults: { max_days_in_advance: 60 },
      rules: days.map((day_of_week) => ({ day_of_week, start_time: '08:00', end_time: '20:00', is_available: true })) })).status, 200);
    const page = await rep.post('/api/v1/scheduling/pages', { slug: `host-${n}`, name: `Host ${n}` });
    assert.equal(page.status, 201, page.text);
    assert.equal((await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.body.data.id, name: 'Call', slug: 'call', duration_minutes: 30 })).status, 201);
  }
}

test(`every acknowledged booking survives ${hostKills} kills of the host and ${postgresKills} of PostgreSQL (seed ${seed})`, { timeout: 900_000 }, async () => {
  await makeHosts();
  const chance = chanceOf(seed);
  const open = await Client.anonymous(host);
  const work = [];
  for (let n = 0; n < HOSTS; ++n) {
    const listed = await open.get(`/schedule/host-${n}/call/slots?from=2026-02-03&to=2026-03-20&timezone=UTC`);
    for (const slot of listed.body.data.slots) work.push({ page: `host-${n}`, start: slot.start });
  }
  assert.ok(work.length >= wanted, `only ${work.length} slots`);
  shuffle(work, chance);
  const ledger = new Map();
  let asked = 0;
  let refusedTries = 0;
  let done = false;

  async function bookUntilAnswered(item, n) {
    const body = { start: item.start, timezone: 'UTC', attendee_name: `Chaos ${n}`, attendee_email: `chaos${n}@prospect.test`, guests: [`friend${n}@prospect.test`] };
    for (let attempt = 0; attempt < 400; ++attempt) {
      try {
        const answer = await fetch(`${host.base}/schedule/${item.page}/call/book`, {
          method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(15_000),
          headers: { 'content-type': 'application/json', 'idempotency-key': `chaos-booking-number-${n}` } });
        const text = await answer.text();
        if (answer.status === 200 || answer.status === 201) {
          ledger.set(`chaos${n}@prospect.test`, { ...item, id: JSON.parse(text).data.meeting.id });
          return;
        }
        assert.equal(answer.status, 503, `booking ${n}: ${answer.status} ${text.slice(0, 300)}`);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      refusedTries += 1;
      await sleep(30 + 50 * Math.random());
    }
    assert.fail(`booking ${n} was never answered`);
  }

  async function client() {
    while (asked < wanted) {
      const n = asked++;
      await bookUntilAnswered(work[n], n);
    }
  }

  const clients = Promise.all(Array.from({ length: 8 }, client)).then(() => { done = true; });
  const [deaths] = await Promise.all([reap(host, { host: hostKills, postgres: postgresKills }, chance, () => (done ? 1 : ledger.size / wanted)), clients]);
  await host.ready();
  assert.equal(ledger.size, wanted);

  const database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
  try {
    const { rows: meetings } = await database.query(
      `SELECT m.id, m.attendee_email, to_char(m.start_time, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS start, p.slug,
              m.contact_id, r.data->>'email' AS contact_email,
              (SELECT count(*)::int FROM activities a WHERE a.record_id = m.contact_id AND a.kind = 'meeting') AS activities,
              (SELECT count(*)::int FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.is_live) AS hosts,
              (SELECT count(*)::int FROM outbox o WHERE o.meeting_id = m.id) AS effects,
              (SELECT count(*)::int FROM manage_tokens t WHERE t.chain_id = m.chain_id) AS tokens,
              (SELECT count(*)::int FROM scheduling_audit s WHERE s.meeting_id = m.id) AS audits,
              (SELECT count(*)::int FROM scheduling_audit s WHERE s.meeting_id = m.id AND s.assigned_user_id IS NOT NULL) AS assignments
         FROM scheduled_meetings m
         JOIN meeting_types t ON t.id = m.meeting_type_id
         JOIN scheduling_pages p ON p.id = t.scheduling_page_id
         LEFT JOIN module_records r ON r.id = m.contact_id
        WHERE m.attendee_email LIKE 'chaos%'`);
    assert.equal(meetings.length, wanted, 'as many meetings as acknowledged bookings');
    for (const row of meetings) {
      const promised = ledger.get(row.attendee_email);
      assert.equal(row.id, promised?.id, row.attendee_email);
      assert.equal(row.start, promised.start);
      assert.equal(row.slug, promised.page);
      assert.equal(row.contact_email, row.attendee_email, `meeting ${row.id} has its contact`);
      assert.equal(row.activities, 1, `meeting ${row.id} has its activity`);
      assert.equal(row.hosts, 1);
      assert.ok(row.effects >= 3, `meeting ${row.id} has its outbox rows`);
      assert.ok(row.tokens === 1 && row.audits >= 1 && row.assignments === 1, `meeting ${row.id} is whole`);
    }
    const orphans = await database.query(
      `SELECT (SELECT count(*)::int FROM module_records r WHERE r.data->>'email' LIKE 'chaos%' AND NOT EXISTS
                 (SELECT 1 FROM scheduled_meetings m WHERE m.contact_id = r.id)) AS contacts,
              (SELECT count(*)::int FROM meeting_hosts a JOIN meeting_hosts b ON a.user_id = b.user_id
                 AND a.meeting_id < b.meeting_id AND a.is_live AND b.is_live
                 AND a.start_time < b.end_time AND b.start_time < a.end_time) AS overlaps`);
    assert.deepEqual(orphans.rows[0], { contacts: 0, overlaps: 0 });
  } finally {
    await database.end();
  }
  console.log(`seed ${seed}: ${wanted} bookings, ${deaths.host} kills of the host, ${deaths.postgres} of PostgreSQL, ${refusedTries} tries repeated`);
  assert.ok(deaths.host >= hostKills && deaths.postgres >= Math.floor(postgresKills * 0.9), JSON.stringify(deaths));
});
