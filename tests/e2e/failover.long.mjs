// EVIDENCE: B-7.1
// A replicated PostgreSQL fails over below two instances while people book: killed, switched, frozen, and without
// synchronous replication. A ledger keeps what was acknowledged; the database must agree with it at the end of each.
//
//   tests/long.sh --only failover        FAILOVER_ONLY=kill runs one of: switch, kill, freeze, asynchronous
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booking, Client } from './lib/client.mjs';
import { Cluster, missingPrograms } from './lib/cluster.mjs';
import { Host, sleep } from './lib/host.mjs';
import fs from 'node:fs';
import path from 'node:path';

const missing = missingPrograms();
if (missing.length > 0) {
  console.error(`For this run, install: apt-get install ${missing.join(' ')}`);
  process.exit(1);
}
const only = process.env.FAILOVER_ONLY;
const PAGE = '/schedule/demo/discovery-call';

/** Two instances of one CRM: through HAProxy, and with every server in the URL. */
async function instances(cluster) {
  const first = await Host.start({ databaseUrl: cluster.url });
  const secret = ['--secret-file', path.join(first.dataDir, 'secret.key')];
  const second = await Host.start({ databaseUrl: cluster.urlOfAll, args: secret });
  return [first, second];
}

/** Prospects: each picks a free start, sends it, and sends it again with its key until somebody answers for good. */
class Crowd {
  constructor(hosts) {
    this.hosts = hosts;
    this.ledger = new Map(); // key → { id, start, email }
    this.seen = { refused: 0, failed: 0, taken: 0, slowest: 0, from_memory: 0, unexpected: [] };
    this.number = 0;
  }

  begin(size = 4) {
    this.isOver = false;
    this.people = Array.from({ length: size }, (_, i) => this.#person(i));
  }

  async end() {
    this.isOver = true;
    await Promise.all(this.people);
  }

  async #free(client) {
    const answer = await client.request('GET', `${PAGE}/slots?from=2026-02-03&to=2026-03-31&timezone=America/New_York`, { validate: false, signal: AbortSignal.timeout(20_000) });
    if (answer.headers.get('x-from-memory')) ++this.seen.from_memory;
    return answer.status === 200 ? answer.body.data.slots : [];
  }

  async #person(i) {
    const clients = await Promise.all(this.hosts.map((host) => Client.anonymous(host)));
    while (!this.isOver) {
      const n = ++this.number;
      const client = clients[(n + i) % clients.length];
      const free = await this.#free(client).catch(() => []);
      if (free.length === 0) { await sleep(200); continue; }
      await this.#book(clients, n, free[Math.floor(Math.random() * free.length)].start);
      await sleep(100);
    }
  }

  async #book(clients, n, start) {
    const key = `failover-key-${n}-${start}`;
    const body = booking(start, n);
    for (let tries = 0; tries < 200; ++tries) {
      const begun = Date.now();
      let answer;
      try {
        answer = await clients[(n + tries) % clients.length].post(`${PAGE}/book`, body, { headers: { 'idempotency-key': key }, validate: false, signal: AbortSignal.timeout(20_000) });
      } catch {
        ++this.seen.failed;
        await sleep(300);
        continue;
      }
      this.seen.slowest = Math.max(this.seen.slowest, Date.now() - begun);
      if (answer.status === 200 || answer.status === 201) {
        this.ledger.set(key, { id: answer.body.data.meeting.id, start, email: body.attendee_email });
        return;
      }
      if (answer.status === 409 || answer.status === 422) { ++this.seen.taken; return; }
      if (answer.status !== 503) { this.seen.unexpected.push(`${answer.status} ${answer.text.slice(0, 300)}`); return; }
      ++this.seen.refused;
      await sleep(300);
    }
    this.seen.unexpected.push('200 tries were not enough');
  }

  async more(count, seconds = 40) {
    const wanted = this.ledger.size + count;
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) if (this.ledger.size >= wanted) return;
    assert.fail(`no ${count} further bookings within ${seconds} s; ${JSON.stringify(this.seen)}\n${this.hosts.map((host) => host.output.slice(-2500)).join('\n----\n')}`);
  }
}

/** What the database holds against what was acknowledged; and what both instances list against what it holds. */
async function settle(cluster, crowd, { mayLose = false } = {}) {
  const meetings = await cluster.query(`SELECT id, attendee_email, start_time, end_time, status FROM scheduled_meetings WHERE attendee_email LIKE 'ada%@prospect.test'`, 'crm');
  const byId = new Map(meetings.map((one) => [String(one.id), one]));
  const lost = [...crowd.ledger.values()].filter((one) => byId.get(String(one.id))?.attendee_email !== one.email);
  if (!mayLose) assert.deepEqual(lost, [], 'acknowledged and not there');
  const emails = meetings.map((one) => one.attendee_email);
  assert.equal(new Set(emails).size, emails.length, 'one person was booked twice');
  const [{ overlaps }] = await cluster.query(`SELECT count(*) AS overlaps FROM meeting_hosts a JOIN scheduled_meetings ma ON ma.id = a.meeting_id JOIN meeting_hosts b ON b.user_id = a.user_id AND b.meeting_id > a.meeting_id
    JOIN scheduled_meetings mb ON mb.id = b.meeting_id WHERE ma.status IN ('scheduled','pending') AND mb.status IN ('scheduled','pending') AND ma.start_time < mb.end_time AND mb.start_time < ma.end_time`, 'crm');
  assert.equal(Number(overlaps), 0, 'a host was booked twice');
  const lists = [];
  for (const host of crowd.hosts) {
    const answer = await (await Client.anonymous(host)).get(`${PAGE}/slots?from=2026-02-03&to=2026-03-31&timezone=America/New_York`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers.get('x-from-memory'), null);
    const starts = answer.body.data.slots.map((one) => one.start);
    const booked = new Set(meetings.filter((one) => one.status === 'scheduled').map((one) => one.start_time.toISOString().replace('.000Z', 'Z')));
    assert.deepEqual(starts.filter((start) => booked.has(start)), [], 'a booked start is listed');
    lists.push(starts);
  }
  assert.deepEqual(lists[0], lists[1], 'both instances list the same');
  assert.deepEqual(crowd.seen.unexpected, []);
  return lost.length;
}

async function run(name, { synchronous = true, mayLose = false }, trouble) {
  if (only && only !== name) return;
  const cluster = await Cluster.start({ synchronous });
  let hosts = [];
  try {
    hosts = await instances(cluster);
    const crowd = new Crowd(hosts);
    crowd.begin();
    await crowd.more(15);
    await trouble(cluster, crowd);
    await crowd.more(15, 60);
    await crowd.end();
    await sleep(1200); // an instance may be a second behind the other
    const lost = await settle(cluster, crowd, { mayLose });
    console.log(`${name}: ${crowd.ledger.size} acknowledged, ${lost} lost; ${JSON.stringify(crowd.seen)}`);
    for (const host of hosts) {
      const lines = host.output.split('\n').filter((line) => /database\.(away|back)|unavailable|job\.failed|unrecorded|module\.follow/.test(line));
      assert.ok(lines.length < 40, lines.slice(0, 50).join('\n'));
    }
  } finally {
    for (const host of hosts) await host.kill();
    for (const host of hosts) fs.rmSync(host.dataDir, { recursive: true, force: true });
    await cluster.stop();
  }
}

test('a planned switchover is seen by nobody who books', () => run('switch', {}, async (cluster, crowd) => {
  const before = await cluster.leader();
  await cluster.switchover();
  await cluster.led(60, before);
}));

test('a leader that is killed', () => run('kill', {}, async (cluster) => {
  const before = await cluster.leader();
  cluster.kill(before);
  await cluster.led(60, before);
  cluster.launch(before);
}));

test('a leader that hangs', () => run('freeze', {}, async (cluster) => {
  const before = await cluster.leader();
  const thaw = cluster.freeze(before);
  try {
    await cluster.led(90, before);
    await sleep(3000);
  } finally {
    thaw();
  }
}));

test('without synchronous replication commits are lost, and nothing else', () => run('asynchronous', { synchronous: false, mayLose: true }, async (cluster, crowd) => {
  const before = await cluster.leader();
  await cluster.cutOff(before);
  await crowd.more(10);
  cluster.kill(before);
  await cluster.led(60, before);
}));
