// EVIDENCE: B-7.1 B-10.2 B-13.1 B-13.4
// Team bookings and merges of contacts while host and PostgreSQL are killed: no half meeting, no hook that is lost, and
// the ledger of turns says what the meetings say. Counts and seed come from the environment; tests/long.sh asks for these:
//   TEAM_BOOKINGS=1000 TEAM_HOST_KILLS=30 TEAM_POSTGRES_KILLS=10 TEAM_SEED=7 node --test team-kills.test.mjs
import assert from 'node:assert/strict';
import os from 'node:os';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Client, demoAdmin } from './lib/client.mjs';
import { Host, temporaryFolder } from './lib/host.mjs';
import { askUntilAnswered, chanceOf, reap, shuffle } from './lib/kills.mjs';

const wanted = Number(process.env.TEAM_BOOKINGS ?? 120);
const kills = { host: Number(process.env.TEAM_HOST_KILLS ?? 5), postgres: Number(process.env.TEAM_POSTGRES_KILLS ?? 3) };
const seed = Number(process.env.TEAM_SEED ?? Date.now() % 100_000);
const root = '/api/v1/scheduling';
const MEMBERS = 8;

let host, admin;
// On a disk: what waits for it is what a kill may interrupt.
before(async () => { host = await Host.start({ dataDir: temporaryFolder(os.tmpdir()) }); });
after(() => host?.stop());

const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data;
};

/** A team that takes turns and one that meets together, of the same people. */
async function makeTeams() {
  admin = await demoAdmin(host);
  const members = [];
  for (let n = 0; n < MEMBERS; ++n) {
    const email = `member${n}@example.test`;
    members.push({ user_id: ok(await admin.post('/api/v1/users', { email, name: `Member ${n}`, password: 'a-long-password', role: 'rep', timezone: 'UTC' }), 201).id });
    const member = await Client.signedIn(host, email, 'a-long-password');
    ok(await member.put(`${root}/availability`, { timezone: 'UTC', defaults: { max_days_in_advance: 60 },
      rules: [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, start_time: '08:00', end_time: '20:00', is_available: true })) }));
  }
  for (const [slug, assignment, who] of [['turns', 'round_robin', members], ['together', 'collective', members.slice(0, 2)]]) {
    const page = ok(await admin.post(`${root}/pages`, { slug, name: slug, assignment, members: who }), 201);
    ok(await admin.post(`${root}/meeting-types`, { scheduling_page_id: page.id, name: 'Call', slug: 'call', duration_minutes: 30 }), 201);
  }
}

async function post(path, body, headers) {
  const answer = await fetch(host.base + path, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(15_000),
    headers: { 'content-type': 'application/json', ...headers } });
  return { status: answer.status, text: await answer.text() };
}

test(`team bookings and merges survive ${kills.host} kills of the host and ${kills.postgres} of PostgreSQL (seed ${seed})`, { timeout: 900_000 }, async () => {
  await makeTeams();
  const bearer = { authorization: `Bearer ${admin.token}` };
  const chance = chanceOf(seed);
  const open = await Client.anonymous(host);
  const work = [];
  for (const page of ['turns', 'together']) {
    const { slots } = ok(await open.get(`/schedule/${page}/call/slots?from=2026-02-03&to=2026-03-20&timezone=UTC`));
    work.push(...slots.map(({ start }) => ({ page, start })));
  }
  shuffle(work, chance);
  const booked = new Map(); // attendee's number → what was acknowledged
  const merged = [];
  let asked = 0;
  let taken = 0;
  let answered = 0;

  async function bookAll() {
    while (asked < wanted) {
      const n = asked++;
      const item = work[n];
      const answer = await askUntilAnswered(() => post(`/schedule/${item.page}/call/book`,
        { start: item.start, timezone: 'UTC', attendee_name: `Team ${n}`, attendee_email: `team${n}@prospect.test` }, { 'idempotency-key': `team-booking-number-${n}` }), `booking ${n}`);
      answered += 1;
      // Both pages share members, so the other one may have taken them.
      if (answer.status === 409) { taken += 1; continue; }
      assert.ok([200, 201].includes(answer.status), `booking ${n}: ${answer.status} ${answer.text.slice(0, 300)}`);
      booked.set(n, { ...item, id: JSON.parse(answer.text).data.meeting.id });
      // Every fourth contact is merged into the one of the booking before, while others book and processes die.
      if (n % 4 === 3 && booked.has(n - 1)) await merge(n, n - 1);
    }
  }

  async function merge(from, into) {
    const find = async (n) => JSON.parse((await askUntilAnswered(async () => {
      const answer = await fetch(`${host.base}/api/v1/records?module=contacts&email=team${n}@prospect.test`, { headers: bearer, signal: AbortSignal.timeout(15_000) });
      return { status: answer.status, text: await answer.text() };
    }, `contact ${n}`)).text).data[0];
    const [leaving, staying] = [await find(from), await find(into)];
    if (!leaving || !staying || leaving.id === staying.id) return;
    const answer = await askUntilAnswered(() => post(`/api/v1/records/${leaving.id}/merge`, { into: staying.id }, bearer), `merge of ${from}`);
    // Asked again after an answer that was lost, it is one that was merged before.
    assert.ok([200, 404, 409].includes(answer.status), `merge of ${from}: ${answer.status} ${answer.text.slice(0, 300)}`);
    merged.push({ leaving: leaving.id, staying: staying.id, from });
  }

  let done = false;
  const clients = Promise.all(Array.from({ length: 6 }, bookAll)).then(() => { done = true; });
  const [deaths] = await Promise.all([reap(host, kills, chance, () => (done ? 1 : answered / wanted)), clients]);
  await host.ready();
  assert.equal(answered, wanted);
  assert.ok(booked.size > wanted / 2 && merged.length > 0, `${booked.size} booked, ${merged.length} merged`);

  const database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
  try {
    const { rows: meetings } = await database.query(
      `SELECT m.id, m.attendee_email, m.host_user_id, m.contact_id, m.chain_id, p.slug, r.merged_into_id,
              (SELECT array_agg(h.user_id ORDER BY h.user_id) FROM meeting_hosts h WHERE h.meeting_id = m.id AND h.is_live) AS hosts,
              (SELECT count(*)::int FROM activities a WHERE a.record_id = m.contact_id AND a.data->>'meeting_id' = m.id::text) AS activities,
              (SELECT array_agg(e.user_id) FROM turn_entries e WHERE e.chain_id = m.chain_id AND e.is_paid AND e.is_standing) AS payers,
              (SELECT sum(e.credit) FROM turn_entries e WHERE e.chain_id = m.chain_id AND e.is_standing) AS credits,
              (SELECT count(*)::int FROM scheduling_audit s WHERE s.meeting_id = m.id AND s.assigned_user_id IS NOT NULL) AS assignments
         FROM scheduled_meetings m JOIN meeting_types t ON t.id = m.meeting_type_id JOIN scheduling_pages p ON p.id = t.scheduling_page_id
         LEFT JOIN module_records r ON r.id = m.contact_id
        WHERE m.attendee_email LIKE 'team%@prospect.test'`);
    assert.equal(meetings.length, booked.size, 'as many meetings as acknowledged bookings');
    for (const row of meetings) {
      const promised = booked.get(Number(/^team(\d+)@/.exec(row.attendee_email)[1]));
      assert.equal(row.id, promised?.id, row.attendee_email);
      assert.ok(row.contact_id && row.merged_into_id === null, `meeting ${row.id} belongs to a contact that lives`);
      assert.equal(row.activities, 1, `meeting ${row.id} has its activity where its contact is`);
      if (row.slug === 'turns') {
        assert.deepEqual([row.hosts, row.payers, row.assignments], [[row.host_user_id], [row.host_user_id], 1], `meeting ${row.id} is its host's`);
        assert.ok(Math.abs(row.credits - 1) < 1e-9, `meeting ${row.id}: credits ${row.credits}`);
      } else {
        assert.deepEqual([row.hosts.length, row.payers], [2, null], `meeting ${row.id} has both hosts and no turn`);
      }
    }
    const contact = new Map(meetings.map((row) => [row.attendee_email, row.contact_id]));
    const { rows: records } = await database.query('SELECT id, merged_into_id FROM module_records');
    const into = new Map(records.map((row) => [row.id, row.merged_into_id]));
    const living = (id) => { while (into.get(id)) id = into.get(id); return id; };
    for (const { leaving, from } of merged) {
      assert.notEqual(living(leaving), leaving, `the contact of booking ${from} is merged`);
      assert.equal(contact.get(`team${from}@prospect.test`), living(leaving), `the meeting of booking ${from} followed`);
    }
    const { rows: [wrong] } = await database.query(
      `SELECT (SELECT count(*)::int FROM meeting_hosts a JOIN meeting_hosts b ON a.user_id = b.user_id AND a.meeting_id < b.meeting_id
                 AND a.is_live AND b.is_live AND a.start_time < b.end_time AND b.start_time < a.end_time) AS overlaps,
              (SELECT count(*)::int FROM turn_balances k LEFT JOIN
                 (SELECT scheduling_page_id, user_id, sum(credit) AS credits, count(*) FILTER (WHERE is_paid) AS meetings
                    FROM turn_entries WHERE is_standing GROUP BY scheduling_page_id, user_id) AS e USING (scheduling_page_id, user_id)
                WHERE abs(k.credits - coalesce(e.credits, 0)) > 1e-6 OR k.meetings <> coalesce(e.meetings, 0)) AS balances,
              (SELECT count(*)::int FROM activities a JOIN module_records r ON r.id = a.record_id WHERE r.merged_into_id IS NOT NULL) AS activities`);
    assert.deepEqual(wrong, { overlaps: 0, balances: 0, activities: 0 });
  } finally {
    await database.end();
  }
  console.log(`seed ${seed}: ${booked.size} bookings (${taken} taken meanwhile), ${merged.length} merges, ${deaths.host} kills of the host, ${deaths.postgres} of PostgreSQL`);
  assert.ok(deaths.host >= kills.host && deaths.postgres >= Math.floor(kills.postgres * 0.9), JSON.stringify(deaths));
});
