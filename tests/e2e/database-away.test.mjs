// A database that hangs, goes away, or is not there yet: what people see, and for how long.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { booking, Client, demoRep, slots } from './lib/client.mjs';
import { binary, freePort, Host, modules, sleep, temporaryFolder } from './lib/host.mjs';

const SLOTS = '/schedule/demo/discovery-call/slots?from=2026-02-03&to=2026-02-20&timezone=America/New_York';
const PAGE = '/schedule/demo/discovery-call';
const asPage = { headers: { accept: 'text/html' } };

/** The private PostgreSQL: its postmaster and all that it started. */
function serverProcesses(host) {
  const [postmaster] = fs.readFileSync(path.join(host.dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
  const children = fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1] === postmaster;
    } catch {
      return false;
    }
  });
  return [postmaster, ...children].map(Number);
}

/** Everything of the server stands still, as when its machine hangs: sockets stay open, nothing answers. */
function freeze(host) {
  const stopped = serverProcesses(host);
  stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  return () => stopped.forEach((pid) => { try { process.kill(pid, 'SIGCONT'); } catch { /* ended */ } });
}

async function timed(request) {
  const begun = Date.now();
  const answer = await request();
  return { status: answer.status, headers: answer.headers, text: answer.text, body: answer.body, ms: Date.now() - begun };
}

const lines = (host, event) => host.output.split('\n').filter((line) => line.includes(`"${event}"`));

async function until(what, condition, ms = 20_000) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await condition()) return;
  assert.fail(`${what} did not come about`);
}

test('a server that hangs: times from memory, bookings refused at once, and all is well afterwards', async (t) => {
  const host = await Host.start();
  t.after(() => host.stop());
  const open = await Client.anonymous(host);
  const rep = await demoRep(host);
  const before = await slots(open);
  for (const target of [PAGE, '/schedule/demo']) assert.equal((await open.get(target, asPage)).status, 200);
  const thaw = freeze(host);
  await sleep(1000); // what was asked a moment ago still counts
  try {
    // Whoever comes first waits until the silence is noticed; nobody waits as long as a statement may take.
    const crowd = await Promise.all(Array.from({ length: 40 }, () => timed(() => open.get(SLOTS))).concat(
      Array.from({ length: 10 }, () => timed(() => fetch(`${host.base}/readyz`)))));
    for (const answer of crowd.slice(0, 40)) {
      assert.equal(answer.status, 200, answer.text);
      assert.ok(answer.ms < 8000, `a listing took ${answer.ms} ms`);
      assert.equal(answer.headers.get('x-from-memory'), 'true');
      assert.equal(answer.body.data.from_memory, true);
      assert.deepEqual(answer.body.data.slots, before);
    }
    await until('the line', async () => { await open.get(SLOTS); return lines(host, 'database.away').length === 1; });
    await sleep(3500); // the patience for a switchover is over
    const ready = await timed(() => fetch(`${host.base}/readyz`));
    assert.equal(ready.status, 503);
    assert.ok(ready.ms < 2000, `readyz took ${ready.ms} ms`);
    assert.equal((await fetch(`${host.base}/healthz`)).status, 200);

    const key = { headers: { 'idempotency-key': 'frozen-0123456789abcdef' } };
    const refused = await timed(() => open.post(`${PAGE}/book`, booking(before[0].start, 1), key));
    assert.equal(refused.status, 503, refused.text);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.ok(refused.ms < 2000, `a refusal took ${refused.ms} ms`);

    const page = await timed(() => open.get(PAGE, asPage));
    assert.equal(page.status, 200);
    assert.match(page.text, /as of a moment ago/);
    const month = await open.get(`${PAGE}/month?month=2026-02&timezone=America/New_York`);
    assert.equal(month.body?.data.from_memory, true, month.text);

    const types = await timed(() => open.get('/schedule/demo', asPage));
    assert.equal(types.status, 200);
    assert.match(types.text, /as of a moment ago/);

    // The form comes back with all that was typed.
    const form = await open.request('POST', `${PAGE}/book`, {
      raw: new URLSearchParams({ start: before[1].start, timezone: 'America/New_York', attendee_name: 'Grace Typed', attendee_email: 'grace@prospect.test', idempotency_key: 'form-0123456789abcdef0123456789abcdef' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    });
    assert.equal(form.status, 503);
    assert.match(form.text, /Grace Typed/);
    assert.match(form.text, /form-0123456789abcdef0123456789abcdef/);
    assert.ok(Number(form.headers.get('retry-after')) > 0);

    // Cold pages, and what needs the database, are for people to understand.
    const cold = await timed(() => open.get('/schedule/demo/product-demo', asPage));
    assert.equal(cold.status, 503);
    assert.match(cold.text, /We are back in a moment/);
    assert.ok(cold.ms < 2000);
    for (const target of ['/api/v1/scheduling/meetings', '/api/v1/scheduling/pages']) {
      const answer = await timed(() => rep.get(target, { validate: false }));
      assert.equal(answer.status, 503, `${target}: ${answer.status} ${answer.text}`);
      assert.ok(answer.ms < 2000);
    }
    const login = await timed(() => open.post('/api/v1/auth/login', { email: 'rep@example.test', password: 'rep-demo' }, { validate: false }));
    assert.equal(login.status, 503, login.text);
  } finally {
    thaw();
  }
  await until('readiness', async () => (await fetch(`${host.base}/readyz`)).status === 200);
  // Ready is who reaches the database; memory is compared with it by the next poll.
  await until('what is stored', async () => (await open.get(SLOTS)).headers.get('x-from-memory') === null);
  const after = await open.get(SLOTS);
  assert.deepEqual(after.body.data.slots, before);
  // What was refused is sent again, with its key, and booked once.
  const key = { headers: { 'idempotency-key': 'frozen-0123456789abcdef' } };
  const booked = await open.post(`${PAGE}/book`, booking(before[0].start, 1), key);
  assert.equal(booked.status, 201, booked.text);
  assert.equal((await open.post(`${PAGE}/book`, booking(before[0].start, 1), key)).status, 200);
  await until('the lines', () => lines(host, 'database.back').length === 1);
  assert.equal(lines(host, 'database.away').length, 1);
  assert.match(lines(host, 'database.back')[0], /"failures"/);
  assert.ok(host.output.split('\n').filter((line) => /unavailable|job\.failed|unrecorded/.test(line)).length < 12, host.output.slice(-4000));
});

test('a short silence is seen by nobody who books', async (t) => {
  const host = await Host.start();
  t.after(() => host.stop());
  const open = await Client.anonymous(host);
  const free = await slots(open);
  const thaw = freeze(host);
  const asked = open.post(`${PAGE}/book`, booking(free[0].start, 1), { headers: { 'idempotency-key': 'short-0123456789abcdef' } });
  await sleep(1000);
  thaw();
  const booked = await asked;
  assert.ok([200, 201].includes(booked.status), booked.text);
});

test('memory is told for as long as the setting says', async (t) => {
  const host = await Host.start();
  t.after(() => host.stop());
  const open = await Client.anonymous(host);
  const admin = await Client.signedIn(host, 'admin@example.test', 'admin-demo');
  assert.equal((await admin.put('/api/v1/modules/meeting_scheduler/settings', { memory_while_away_seconds: 7 })).status, 200);
  await slots(open);
  const thaw = freeze(host);
  try {
    const first = await open.get(SLOTS);
    assert.equal(first.status, 200, first.text);
    await until('the end of memory', async () => (await open.get(SLOTS)).status === 503, 15_000);
    const over = await open.get(SLOTS);
    assert.ok(Number(over.headers.get('retry-after')) > 0);
  } finally {
    thaw();
  }
  await until('free times', async () => (await open.get(SLOTS)).status === 200);
});

test('a start without a database that takes writes opens the port and waits', async (t) => {
  const owner = await Host.start();
  t.after(() => owner.stop());
  const url = owner.databaseUrl().replace('user=crm', 'user=postgres');
  const { default: pg } = await import('pg');
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.query('ALTER ROLE crm SET default_transaction_read_only = on');
  const port = await freePort();
  const dataDir = temporaryFolder();
  const waiting = spawn(binary, ['--data-dir', dataDir, '--plugin-dir', modules, '--port', String(port), '--demo', '--development', '--database-url', owner.databaseUrl()]);
  let said = '';
  waiting.stdout.on('data', (chunk) => { said += chunk; });
  waiting.stderr.on('data', (chunk) => { said += chunk; });
  try {
    await until('the line', () => /waiting for a database that takes writes/.test(said));
    assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    assert.equal(ready.status, 503);
    assert.ok(ready.headers.get('retry-after'));
    await sleep(2500);
    assert.equal(said.match(/waiting for a database that takes writes/g).length, 1, said);
    await database.query('ALTER ROLE crm RESET default_transaction_read_only');
    await until('readiness', () => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.status === 200, () => false));
  } finally {
    await database.query('ALTER ROLE crm RESET default_transaction_read_only').catch(() => {});
    await database.end();
    waiting.kill('SIGTERM');
    await new Promise((resolve) => { if (waiting.exitCode !== null) resolve(); else waiting.once('exit', resolve); });
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});
