// The shipped proxy configurations, with the real nginx and Caddy in front of the real host: only ports, names, paths
// and the certificate are changed. Run by tests/long.sh, because Caddy is a large download.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import https from 'node:https';
import { booking } from './lib/client.mjs';
import { freePort, Host, sleep, temporaryFolder } from './lib/host.mjs';

const shipped = (name) => fs.readFileSync(
  path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packaging/deploy', name), 'utf8');
const folder = temporaryFolder();
const children = [];
let host, port;

before(async () => {
  port = await freePort();
  host = await Host.start({ args: ['--trusted-proxy', '127.0.0.1', '--public-url', 'http://127.0.0.1:1'] });
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-keyout', `${folder}/privkey.pem`, '-out', `${folder}/fullchain.pem`], { stdio: 'ignore' });
});
after(async () => {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode === null && new Promise((resolve) => child.once('exit', resolve))));
  await host?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Every needle must be there: a configuration that says something else is not the one that ships. */
function changed(text, changes) {
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `the shipped file says ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

function request(target, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const call = https.request({ host: 'localhost', port, path: target, method, headers, rejectUnauthorized: false, servername: 'localhost' }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => { text += chunk; });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    call.once('error', reject);
    call.end(body);
  });
}

async function answers() {
  for (let i = 0; i < 200; ++i) {
    try {
      if ((await request('/healthz')).status === 200) return;
    } catch { /* not listening yet */ }
    await sleep(50);
  }
  assert.fail('the proxy never answered');
}

/** A booking and its link through the proxy; the log must not hold the link. */
async function bookThroughProxy(log, n) {
  const slots = await request('/schedule/demo/discovery-call/slots?date=2026-02-05&timezone=America/New_York');
  assert.equal(slots.status, 200, slots.text);
  const start = JSON.parse(slots.text).data.slots[n].start;
  const booked = await request('/schedule/demo/discovery-call/book', { method: 'POST', body: JSON.stringify(booking(start, n)),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' } });
  assert.equal(booked.status, 201, booked.text);
  const token = new URL(JSON.parse(booked.text).data.manage_url).pathname.split('/').pop();
  const manage = await request(`/schedule/manage/${token}?booked=1`, { headers: { accept: 'application/json', referer: `https://localhost/schedule/manage/${token}` } });
  assert.equal(manage.status, 200, manage.text);
  assert.match(manage.headers['strict-transport-security'] ?? '', /max-age/);
  let kept = '';
  for (let i = 0; i < 100 && !kept.includes('manage'); ++i) {
    await sleep(50);
    kept = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
  }
  assert.match(kept, /\/schedule\/manage\/\*\*\*/);
  assert.ok(!kept.includes(token), 'the log holds no link');
  assert.ok(kept.includes('/schedule/demo/discovery-call/book'), 'other addresses stay readable');
  // What the client says about itself is not believed.
  assert.ok(!host.output.includes('203.0.113.9'));
}

test('nginx', async () => {
  const redirecting = await freePort();
  fs.writeFileSync(`${folder}/crm.conf`, changed(shipped('nginx.conf'), [
    ['listen 80;', `listen 127.0.0.1:${redirecting};`], ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['server_name crm.example.com', 'server_name localhost'], ['/etc/ssl/crm', folder], ['/var/log/nginx', folder],
    ['127.0.0.1:8080', `127.0.0.1:${host.port}`]]));
  fs.writeFileSync(`${folder}/nginx.conf`, `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
    http { ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
    include ${folder}/crm.conf; }`);
  const nginx = spawn('nginx', ['-p', folder, '-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`], { stdio: 'inherit' });
  children.push(nginx);
  await answers();
  await bookThroughProxy(`${folder}/crm.log`, 0);
  const plain = await fetch(`http://127.0.0.1:${redirecting}/schedule/demo?date=2026-02-05`, { redirect: 'manual' });
  assert.equal(plain.status, 301);
  assert.match(plain.headers.get('location'), /^https:\/\/[^/]+\/schedule\/demo\?date=2026-02-05$/);
  nginx.kill('SIGTERM');
  await new Promise((resolve) => nginx.once('exit', resolve));
});

test('Caddy', async () => {
  fs.rmSync(`${folder}/crm.log`, { force: true });
  fs.writeFileSync(`${folder}/Caddyfile`, `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n` + changed(shipped('Caddyfile'), [
    ['\ncrm.example.com {', `\nhttps://localhost:${port} {\n\ttls internal`], ['/var/log/caddy', folder],
    ['127.0.0.1:8080', `127.0.0.1:${host.port}`]]));
  const caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', `${folder}/Caddyfile`],
    { stdio: 'ignore', env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  children.push(caddy);
  await answers();
  await bookThroughProxy(`${folder}/crm.log`, 1);
});
