// Invitations, resets and log-in over two processes of one database; demos and real CRMs; the CRM's own error pages.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Client, demoAdmin } from './lib/client.mjs';
import { binary, freePort, Host, modules, temporaryFolder } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

const html = { accept: 'text/html' };
/** Each request from another address, so that only what this file is about slows anybody down. */
let clients = 0;
const elsewhere = () => ({ 'x-forwarded-for': `192.0.2.${++clients % 250}` });
const form = (fields, headers = {}) => ({ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields),
  headers: { ...html, ...elsewhere(), 'content-type': 'application/x-www-form-urlencoded', ...headers } });
let mail, first, second, admin, open;

before(async () => {
  mail = await MailServer.start();
  const args = ['--smtp-url', mail.url, '--rate-limits', '--trusted-proxy', '127.0.0.1'];
  first = await Host.start({ args });
  second = await Host.start({ dataDir: first.dataDir, databaseUrl: first.databaseUrl(), args: [...args, '--secret-file', `${first.dataDir}/secret.key`] });
  open = await Client.anonymous(first);
  admin = await demoAdmin(first);
});
after(async () => {
  await second?.stop();
  await first?.stop();
  await mail?.stop();
});

/** Starts crm-host and gives what it said when it ended by itself. */
async function refusedStart(args) {
  const child = spawn(binary, ['--port', String(await freePort()), '--plugin-dir', modules, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => { said += chunk; });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return { code, said };
}

const linkIn = (read) => /\/password-reset\/([\w-]{43})/.exec(read.text)[1];
const tokenMailedTo = async (address, count = 1) => linkIn((await mail.mails(count, (read) => read.to === address)).at(-1));
const logIn = (host, email, password, headers = {}) => fetch(`${host.base}/api/v1/auth/login`,
  { method: 'POST', headers: { 'content-type': 'application/json', ...elsewhere(), ...headers }, body: JSON.stringify({ email, password }) });

test('an invited user chooses a password without scripts, once', async () => {
  const made = await admin.post('/api/v1/users', { email: 'grace@crm.example', name: 'Grace Höpper' });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.data.has_password, false);
  const [invitation] = await mail.mails(1, (read) => read.to === 'grace@crm.example');
  assert.match(invitation.text, /Hello Grace Höpper/);
  const page = `${first.base}/password-reset/${linkIn(invitation)}`;
  for (let i = 0; i < 2; ++i) assert.equal((await fetch(page, { headers: html })).status, 200, 'looking changes nothing');
  const set = await fetch(page, form({ new_password: 'graces own words' }));
  assert.equal(set.status, 303, await set.text());
  assert.equal((await fetch(page, { headers: html })).status, 410);
  assert.equal((await logIn(second, 'grace@crm.example', 'graces own words')).status, 200);
});

test('a reset ends sessions and tokens on both instances', async () => {
  const session = await open.cookieLogin('grace@crm.example', 'graces own words');
  const token = (await session.post('/api/v1/auth/tokens', { name: 'program', expires_in_days: null })).body.data;
  const program = new Client(second.base, first.contract, { token: token.token });
  assert.equal((await program.get('/api/v1/users/me')).status, 200);
  assert.equal((await program.post('/api/v1/auth/tokens', { name: 'more' })).status, 403);
  assert.equal((await open.post('/api/v1/auth/password-reset', { email: 'grace@crm.example' })).status, 202);
  const link = await tokenMailedTo('grace@crm.example', 2);
  assert.equal((await open.post(`/api/v1/auth/password-reset/${link}`, { new_password: 'other words' })).status, 204);
  assert.equal((await session.get('/api/v1/users/me')).status, 401);
  for (const until = Date.now() + 10_000; (await program.get('/api/v1/users/me')).status !== 401;)
    assert.ok(Date.now() < until, 'the other instance follows');
  assert.equal((await open.post(`/api/v1/auth/password-reset/${link}`, { new_password: 'third words' })).status, 410);
});

test('guessing one account is slow from however many addresses and on all instances; its owner gets in', async () => {
  const hosts = [first, second];
  const own = await logIn(first, 'rep2@example.test', 'rep2-demo', { 'x-forwarded-for': '203.0.113.1' });
  const device = own.headers.getSetCookie().map((line) => line.split(';')[0]).find((line) => line.startsWith('crm_device='));
  const statuses = [];
  for (let i = 0; i < 30; ++i)
    statuses.push((await logIn(hosts[i % 2], 'rep2@example.test', `wrong ${i}`, { 'x-forwarded-for': `198.51.100.${i}` })).status);
  assert.equal(statuses.filter((status) => status === 401).length, 10, String(statuses));
  const stranger = await logIn(second, 'rep2@example.test', 'rep2-demo', { 'x-forwarded-for': '198.51.100.99' });
  assert.equal(stranger.status, 429);
  assert.ok(Number(stranger.headers.get('retry-after')) > 0);
  assert.equal((await logIn(second, 'rep2@example.test', 'rep2-demo', { 'x-forwarded-for': '203.0.113.9', cookie: device })).status, 200);
  assert.equal((await logIn(second, 'rep@example.test', 'rep-demo', { 'x-forwarded-for': '198.51.100.98' })).status, 200, 'another account');
});

test('people land where they were going, and nowhere else', async () => {
  const sent = await fetch(`${first.base}/contacts?q=a%20b`, { headers: html, redirect: 'manual' });
  assert.equal(sent.status, 303);
  const address = sent.headers.get('location');
  assert.equal(address, '/login?next=%2Fcontacts%3Fq%3Da%2520b');
  const next = new URL(address, first.base).searchParams.get('next');
  for (const [wanted, got] of [[next, '/contacts?q=a%20b'], ['//evil.test', '/'], ['/\\evil.test', '/'], ['/%09/evil.test', '/'], ['https://evil.test', '/']]) {
    const answer = await fetch(`${first.base}/login`, form({ email: 'admin@example.test', password: 'admin-demo', next: wanted }));
    assert.equal(answer.headers.get('location'), got, wanted);
  }
  const foreign = await fetch(`${first.base}/login`, form({ email: 'admin@example.test', password: 'admin-demo' }, { origin: 'https://evil.test' }));
  assert.equal(foreign.status, 403);
  assert.deepEqual(foreign.headers.getSetCookie(), []);
});

test('mail without a sender is told on the card, the page and in the log; a test mail says what became of it', async () => {
  const cards = (await admin.get('/api/v1/modules')).body.data[0].health;
  assert.ok(cards.some((note) => note.name === 'Mail sender' && note.level === 'warn' && /crm@localhost\.localdomain/.test(note.text)), JSON.stringify(cards));
  assert.equal((await admin.get('/api/v1/mail')).body.data.has_sender, false);
  assert.match(first.output, /mail\.no_sender/);
  const session = await open.cookieLogin('admin@example.test', 'admin-demo');
  const pressed = await fetch(`${first.base}/admin/mail/test`, form({ csrf_token: session.csrf }, { cookie: session.cookie }));
  assert.match(await pressed.text(), /took a test mail to admin@example\.test/);
  await mail.mails(1, (read) => read.to === 'admin@example.test' && /Test mail/.test(read.subject));
});

test('the home page lists what is still to do, with the module\'s steps', async () => {
  const session = await open.cookieLogin('admin@example.test', 'admin-demo');
  const home = await (await fetch(`${first.base}/`, { headers: { ...html, cookie: session.cookie } })).text();
  assert.match(home, /To do<\/span> <a href="\/admin\/mail">/);
  assert.match(home, /Done<\/span> <a href="\/schedule\/demo">Share the link/);
});

test('every page of a demo says that it is one', async () => {
  for (const address of ['/login', '/schedule/demo', '/nothing-here', '/schedule/nobody-here'])
    assert.match(await (await fetch(first.base + address, { headers: html })).text(), /This is a demo\./, address);
});

test('error pages share the look; programs read problem+json', async () => {
  const stylesheet = /<link rel="stylesheet" href="([^"]+)"/;
  const own = stylesheet.exec(await (await fetch(`${first.base}/login`, { headers: html })).text())[1];
  const rep = await open.cookieLogin('rep@example.test', 'rep-demo');
  for (const [status, address, options] of [[404, '/nothing-here', {}], [405, '/login', { method: 'DELETE' }], [403, '/admin/users', { headers: { cookie: rep.cookie } }]]) {
    const page = await fetch(first.base + address, { ...options, headers: { ...html, ...options.headers } });
    assert.equal(page.status, status);
    assert.equal(stylesheet.exec(await page.text())?.[1], own, address);
    const program = await fetch(first.base + address, { ...options, headers: { accept: 'application/json', ...options.headers } });
    assert.match(program.headers.get('content-type'), /problem\+json/, address);
  }
});

test('a form that meets a module which is switched off keeps what was typed', async () => {
  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
  try {
    const sent = await fetch(`${first.base}/schedule/demo/discovery-call/book?utm_source=x`, form({ attendee_name: '<Ada> "L"', notes: 'Long\nstory', start: '2026-02-03T14:00:00Z' }));
    assert.equal(sent.status, 503);
    assert.ok(Number(sent.headers.get('retry-after')) > 0);
    const text = await sent.text();
    assert.match(text, /action="\/schedule\/demo\/discovery-call\/book\?utm_source=x"/);
    assert.match(text, /name="attendee_name" value="&lt;Ada&gt; &quot;L&quot;"/);
    assert.match(text, /Long\nstory/);
    const program = await fetch(`${first.base}/schedule/demo/discovery-call/book`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    assert.equal(program.status, 503);
    assert.ok(Number(program.headers.get('retry-after')) > 0);
    assert.equal((await program.json()).code, 'module_disabled');
  } finally {
    assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable', {})).status, 200);
  }
});

test('a demo never becomes a real CRM, and a real one never a demo', async () => {
  const { code, said } = await refusedStart(['--data-dir', temporaryFolder(), '--database-url', first.databaseUrl()]);
  assert.equal(code, 1);
  assert.match(said, /this database is a demo/);
  const far = await refusedStart(['--demo', '--data-dir', temporaryFolder(), '--public-url', 'https://crm.example.com']);
  assert.notEqual(far.code, 0);
  assert.match(far.said, /--demo: .*--public-url/);
  const real = await Host.start({ demo: false });
  try {
    const link = new URL((await real.said(/http:\S+\/setup\/\S+(?=\s)/))[0]).pathname;
    const set = await fetch(real.base + link, form({ name: 'Ada', email: 'ada@crm.example', password: 'long enough', timezone: 'UTC' }));
    assert.equal(set.status, 303, await set.text());
    const mixed = await refusedStart(['--demo', '--data-dir', temporaryFolder(), '--database-url', real.databaseUrl()]);
    assert.equal(mixed.code, 1);
    assert.match(mixed.said, /--demo: this database has users/);
    assert.doesNotMatch(await (await fetch(`${real.base}/login`, { headers: html })).text(), /This is a demo/);
  } finally {
    await real.stop();
  }
});
