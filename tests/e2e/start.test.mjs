// How crm-host starts: the port first, a clear line when something is in the way, and an end whenever it is asked for.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { booking, Client, slots } from './lib/client.mjs';
import { binary, freePort, Host, modules, patience, sleep, temporaryFolder } from './lib/host.mjs';

const asRoot = process.getuid() === 0;

/** A crm-host whose output and end are watched; nothing waits until it is ready. */
class Attempt {
  constructor(args, { env = {}, dataDir = temporaryFolder(), uid } = {}) {
    this.dataDir = dataDir;
    this.text = '';
    this.process = spawn(binary, ['--data-dir', dataDir, '--plugin-dir', modules, ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, uid, gid: uid });
    this.errors = '';
    this.process.stdout.on('data', (chunk) => { this.text += chunk; });
    this.process.stderr.on('data', (chunk) => { this.errors += chunk; });
    this.ended = new Promise((resolve) => this.process.once('exit', (code, signal) => resolve({ code, signal })));
  }

  /** What is said to people: not the log, which is one JSON object a line. */
  lines() { return this.errors.split('\n').filter((line) => line !== '' && !line.startsWith('{')); }

  async says(pattern) {
    for (let tries = 0; tries < 1500; ++tries) {
      if (pattern.test(this.text + this.errors)) return;
      await sleep(20);
    }
    assert.fail(`${pattern} was never said:\n${this.text}${this.errors}`);
  }

  remove() {
    if (this.process.exitCode === null) this.process.kill('SIGKILL');
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function processesIn(folder) {
  return fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) || fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

/** Ends on its own, with one sentence, before anything else has begun. */
async function refused(args, pattern, options = {}) {
  const attempt = new Attempt(args, options);
  const { code } = await attempt.ended;
  assert.ok(code > 0, `ended with ${code}`);
  assert.match(attempt.lines().at(-1) ?? '', pattern);
  assert.ok(!fs.existsSync(path.join(attempt.dataDir, 'postgres')), 'a database was made first');
  if (!options.dataDir) attempt.remove();
  return attempt;
}

test('a taken port is refused at once, whoever has it', async () => {
  const host = await Host.start();
  await refused(['--port', String(host.port)], new RegExp(`port ${host.port} is taken`));
  await refused(['--port', String(host.port), '--database-url', host.databaseUrl()], new RegExp(`port ${host.port} is taken`));
  assert.equal((await fetch(`${host.base}/healthz`)).status, 200);
  await host.stop();
  const stranger = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  await refused(['--port', String(stranger.address().port)], /is taken/);
  stranger.close();
});

test('two that start together: one gets the port', async () => {
  const port = await freePort();
  const both = [new Attempt(['--demo', '--port', String(port)]), new Attempt(['--demo', '--port', String(port)])];
  const first = await Promise.race(both.map((attempt) => attempt.ended.then(({ code }) => ({ attempt, code }))));
  assert.ok(first.code > 0);
  assert.match(first.attempt.lines().at(-1), /is taken/);
  const other = both.find((attempt) => attempt !== first.attempt);
  await other.says(/The CRM is ready/);
  other.process.kill('SIGTERM');
  assert.deepEqual(await other.ended, { code: 0, signal: null });
  both.forEach((attempt) => attempt.remove());
});

test('a port that is not permitted or out of range, and a strange address', { skip: false }, async () => {
  await refused(['--port', '65536'], /--port: must be a whole number from 0 to 65535/);
  await refused(['--bind', '203.0.113.77'], /--bind 203\.0\.113\.77: this machine has no such address/);
  await refused(['--bind', 'localhost'], /--bind localhost: must be a numeric address/);
  const lowest = Number(fs.readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  if (lowest > 80) {
    const dataDir = temporaryFolder();
    const uid = asRoot ? 65534 : undefined;
    if (asRoot) fs.chownSync(dataDir, uid, uid);
    await refused(['--port', '80'], /port 80 is (not permitted|taken)/, { uid, dataDir });
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a database that refuses is named in one line, without its password', async () => {
  const nobody = await freePort();
  for (const [url, pattern] of [
    [`postgresql://u:s3cr3t-word@127.0.0.1:${nobody}/crm`, /database at 127\.0\.0\.1:\d+ cannot be used: .*refused/],
    ['postgresql://u:s3cr3t-word@no-such-host.invalid/crm', /database at no-such-host\.invalid:5432 cannot be used/],
    ['postgresql:///crm?host=/nowhere&password=s3cr3t-word', /database at \/nowhere:5432 cannot be used/],
    ['postgresql://u:s3cr3t-word@127.0.0.1:99999/crm', /cannot be used|no PostgreSQL connection URL/],
  ]) {
    const attempt = await refused(['--port', '0', '--database-url', url], pattern);
    assert.ok(!attempt.errors.includes('s3cr3t'), 'the password was shown');
    assert.match(attempt.lines()[0], /Warning: --database-url holds a password.*CRM_DATABASE_URL/);
    const quiet = await refused(['--port', '0'], pattern, { env: { CRM_DATABASE_URL: url } });
    assert.equal(quiet.lines().filter((line) => line.startsWith('Warning')).length, 0);
  }
});

test('a database that rejects the role is not waited for, one that is absent only when asked', async () => {
  const host = await Host.start();
  const url = new URL(host.databaseUrl().replace('postgresql:///', 'postgresql://x/'));
  const wrong = `postgresql:///crm?host=${url.searchParams.get('host')}&user=nobody_known`;
  await refused(['--port', '0', '--database-url', wrong], /role "nobody_known" does not exist/);
  await refused(['--port', '0', '--database-url', wrong.replace('/crm?', '/no_such?').replace('nobody_known', 'crm')], /database "no_such" does not exist/);
  const port = await freePort();
  const waiting = new Attempt(['--port', '0', '--database-wait', '600', '--database-url', `postgresql://u@127.0.0.1:${port}/crm`]);
  await waiting.says(/still starting: waiting for the database at 127\.0\.0\.1/);
  waiting.process.kill('SIGTERM');
  assert.deepEqual(await waiting.ended, { code: 0, signal: null });
  waiting.remove();
  await host.stop();
});

test('a data directory that cannot be used is named', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, '');
  for (const dataDir of [file, path.join(file, 'below'), '/proc/crm'])
    await refused(['--port', '0'], new RegExp(`--data-dir ${dataDir}`), { dataDir });
  fs.rmSync(folder, { recursive: true });
});

test('a connection that never answers holds no signal up', async () => {
  const silent = net.createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const attempt = new Attempt(['--port', '0', '--database-url', `postgresql://u@127.0.0.1:${silent.address().port}/crm`]);
  await attempt.says(/still starting: connecting to the database at 127\.0\.0\.1/);
  attempt.process.kill('SIGINT');
  assert.deepEqual(await attempt.ended, { code: 0, signal: null });
  attempt.remove();
  silent.close();
});

test('both signals end every phase of a start, and nothing stays behind', async () => {
  const moments = [/$/, /postgres\.initdb/, /postgres\.started/, /migrations\.applied/, /meeting_scheduler.*migrations|migrations\.applied.*meeting_scheduler/, /module\.enabled/, /host\.ready/];
  for (const [n, moment] of moments.entries()) {
    const attempt = new Attempt(['--demo', '--port', '0']);
    await attempt.says(moment);
    attempt.process.kill(n % 2 ? 'SIGINT' : 'SIGTERM');
    const result = await Promise.race([attempt.ended, patience(20_000)]);
    // Before main() the system itself ends the process; there is nothing yet to end in order.
    if (n > 0) assert.deepEqual(result, { code: 0, signal: null }, `at ${moment}: ${attempt.errors.slice(-2000)}`);
    assert.deepEqual(processesIn(attempt.dataDir), [], `at ${moment}`);
    if (n === 3) {
      // What was ended in the middle starts again.
      const again = new Attempt(['--demo', '--port', '0'], { dataDir: attempt.dataDir });
      await again.says(/The CRM is ready/);
      again.process.kill('SIGTERM');
      assert.deepEqual(await again.ended, { code: 0, signal: null });
    }
    attempt.remove();
  }
});

test('while it starts it says so, and it is ready only at the address that it names', async () => {
  const attempt = new Attempt(['--demo', '--port', '0']);
  await attempt.says(/The CRM is ready at /);
  const [, url] = /The CRM is ready at (http:\/\/127\.0\.0\.1:\d+)\//.exec(attempt.text);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  attempt.process.kill('SIGTERM');
  await attempt.ended;
  attempt.remove();

  const port = await freePort();
  const early = new Attempt(['--port', String(port), '--public-url', 'https://crm.example.com']);
  await early.says(/postgres\.initdb/);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  assert.ok(answer.status === 503 || answer.status === 200);
  if (answer.status === 503) {
    assert.equal((await answer.json()).code, 'starting');
    assert.ok(answer.headers.get('retry-after'));
  }
  await early.says(new RegExp(`ready at https://crm\\.example\\.com/\\nIt listens on 127\\.0\\.0\\.1:${port}`));
  early.process.kill('SIGTERM');
  await early.ended;
  early.remove();
});

test('a password in the arguments is not for everybody to read', async () => {
  const silent = net.createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const url = `postgresql://u:s3cr3t-word@127.0.0.1:${silent.address().port}/crm`;
  for (const args of [['--database-url', url], [`--database-url=${url}`], ['--database-url', url.replace('u:s3cr3t-word@', 'u@') + '?password=s3cr3t-word']]) {
    const attempt = new Attempt(['--port', '0', ...args]);
    await attempt.says(/Warning: --database-url holds a password/);
    assert.ok(!fs.readFileSync(`/proc/${attempt.process.pid}/cmdline`, 'utf8').includes('s3cr3t'));
    attempt.process.kill('SIGTERM');
    await attempt.ended;
    assert.ok(!(attempt.text + attempt.errors).includes('s3cr3t'));
    attempt.remove();
  }
  silent.close();
});

test('copies of modules that a killed server left are removed, those of a living one are not', async () => {
  const host = await Host.start();
  const copies = path.join(host.dataDir, 'module-copies');
  const mine = () => fs.readdirSync(copies);
  for (let kills = 0; kills < 2; ++kills) {
    await host.kill();
    assert.equal(mine().length, 1);
    fs.writeFileSync(path.join(copies, 'meeting_scheduler-0123-1.so.part'), 'half');
    await host.launch();
    assert.equal(mine().length, 1, mine().join(' '));
  }
  const second = await Host.start({ dataDir: host.dataDir });
  for (let tries = 0; tries < 500 && !/The CRM is ready/.test(second.output); ++tries) await sleep(20);
  assert.match(second.output, /Another instance uses .* too: both share its database/);
  assert.ok(!host.output.includes('Another instance uses'));
  assert.equal(mine().length, 2);
  assert.equal(fs.statSync(copies).mode & 0o777, 0o700);
  await second.stop();
  assert.equal(mine().length, 1);
  await host.stop();
});

test('a secret file that others can open is closed, one of somebody else is refused', async () => {
  const host = await Host.start();
  const key = path.join(host.dataDir, 'secret.key');
  assert.match(fs.readFileSync(key, 'utf8'), /^1:[0-9a-f]{64}\n$/);
  await host.kill();
  fs.chmodSync(key, 0o644);
  await host.launch();
  assert.match(host.output, /secret\.open/);
  assert.equal(fs.statSync(key).mode & 0o777, 0o600);
  await host.kill();
  if (asRoot) {
    fs.chownSync(key, 65534, 65534);
    await refused(['--port', '0', '--secret-file', key], /secret\.key: belongs to somebody else/);
    fs.chownSync(key, 0, 0);
  }
  const link = path.join(host.dataDir, 'link.key');
  fs.symlinkSync(key, link);
  if (asRoot) {
    fs.lchownSync(link, 65534, 65534);
    await refused(['--port', '0', '--secret-file', link], /link\.key: is a link that belongs to somebody else/);
  }
  await host.launch();
  await host.stop();
});

test('after a change of the key, links of the old one still work', async () => {
  const host = await Host.start();
  const open = await Client.anonymous(host);
  const listed = await slots(open);
  const repeat = { headers: { 'idempotency-key': 'a-key-of-enough-characters' } };
  const booked = await open.post('/schedule/demo/discovery-call/book', booking(listed[0].start, 1), repeat);
  assert.equal(booked.status, 201, booked.text);
  const file = path.join(host.dataDir, 'secret.key');
  await host.kill();
  fs.writeFileSync(file, `2:${'ab'.repeat(32)}\n${fs.readFileSync(file, 'utf8')}`);
  await host.launch();
  // The answer writes the link again: what the old key sealed opens.
  const again = await open.post('/schedule/demo/discovery-call/book', booking(listed[0].start, 1), repeat);
  assert.equal(again.status, 200, again.text);
  assert.equal(again.body.data.manage_url, booked.body.data.manage_url);
  assert.equal((await fetch(again.body.data.manage_url, { headers: { accept: 'application/json' } })).status, 200);
  await host.stop();
});

test('a socket folder that somebody prepared is not used', async () => {
  const deep = path.join(temporaryFolder(), 'd'.repeat(100));
  const host = await Host.start({ dataDir: deep });
  const folder = new URLSearchParams(host.databaseUrl().split('?')[1]).get('host');
  assert.equal(path.dirname(folder), '/tmp');
  assert.match(path.basename(folder), /^crm-host-/);
  assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
  await host.stop();
  // Somebody takes the name over: the next start makes another one.
  fs.rmSync(folder, { recursive: true });
  fs.mkdirSync(folder);
  fs.chmodSync(folder, 0o777);
  await host.launch();
  const url = host.databaseUrl();
  assert.ok(!url.includes(folder), url);
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.end();
  await host.stop();
  fs.rmSync(folder, { recursive: true });
  fs.rmSync(deep, { recursive: true, force: true });
});
