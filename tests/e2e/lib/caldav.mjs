// Real CalDAV servers from Debian's packages, on loopback, each with a folder of its own and one user's calendar.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Client, demoAdmin, demoRep } from './client.mjs';
import { freePort, Host, sleep, temporaryFolder } from './host.mjs';

export const USER = 'rosa@example.com';
export const PASSWORD = 'correct horse';

class CalDavServer {
  constructor(name, port, child, home) {
    Object.assign(this, { name, port, child, home, url: `http://127.0.0.1:${port}/`, calendar: `${home}calendar/` });
    this.headers = { authorization: `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}` };
  }

  async request(method, at, { body, headers = {} } = {}) {
    const response = await fetch(new URL(at, this.url), { method, body, headers: { ...this.headers, ...headers }, redirect: 'manual' });
    return { status: response.status, text: await response.text(), etag: response.headers.get('etag') };
  }

  async until(ready) {
    for (let tries = 0; tries < 200; tries += 1) {
      assert.equal(this.child.exitCode, null, `${this.name} ended: ${this.output}`);
      try {
        if (await ready()) return this;
      } catch { /* not yet */ }
      await sleep(50);
    }
    throw new Error(`${this.name} does not answer: ${this.output}`);
  }

  /** @param {string} text a VEVENT's lines, or several VEVENTs */
  async put(name, lines, { zones = '' } = {}) {
    const events = lines.includes('BEGIN:VEVENT') ? lines : `BEGIN:VEVENT\nUID:${name}\nDTSTAMP:20260101T000000Z\nSUMMARY:${name}\n${lines}\nEND:VEVENT`;
    const body = `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n${zones}${events}\nEND:VCALENDAR\n`.replaceAll('\n', '\r\n');
    const answer = await this.request('PUT', `${this.calendar}${name}.ics`, { body, headers: { 'content-type': 'text/calendar' } });
    assert.ok([200, 201, 204].includes(answer.status), `${this.name} ${answer.status} ${answer.text}`);
  }

  async write(href, body) {
    const answer = await this.request('PUT', href, { body, headers: { 'content-type': 'text/calendar' } });
    assert.ok([200, 201, 204].includes(answer.status), `${this.name} ${answer.status} ${answer.text}`);
  }

  async remove(href) {
    const answer = await this.request('DELETE', href.startsWith('/') ? href : `${this.calendar}${href}.ics`);
    assert.ok([200, 204].includes(answer.status), `${this.name} ${answer.status} ${answer.text}`);
  }

  /** Every object: its path and text. */
  async objects(calendar = this.calendar) {
    const answer = await this.request('PROPFIND', calendar, { headers: { depth: '1', 'content-type': 'application/xml' }, body: '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>' });
    const hrefs = [...answer.text.matchAll(/<(?:\w+:)?href>([^<]+\.ics)<\/(?:\w+:)?href>/g)].map((match) => match[1].replaceAll('%40', '@'));
    return Promise.all([...new Set(hrefs)].map(async (href) => ({ href, ...(await this.request('GET', href)) })));
  }

  /** Those that the scheduler wrote. */
  async ours() {
    return (await this.objects()).filter((each) => /PRODID:-\/\/Meeting Scheduler/.test(each.text) || /SUMMARY:.*Ada/.test(each.text));
  }

  async stop() {
    this.child.kill('SIGTERM');
    for (let tries = 0; this.child.exitCode === null && this.child.signalCode === null && tries < 100; tries += 1) await sleep(20);
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
  }
}

function run(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const keep = (server) => {
    server.output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { server.output = (server.output + text).slice(-4000); });
    return server;
  };
  return { child, keep };
}

const makeCalendar = (server, at = server.calendar, zone = '') => server.request('MKCALENDAR', at, {
  headers: { 'content-type': 'application/xml' },
  body: `<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>Work</D:displayname>${zone}</D:prop></D:set></C:mkcalendar>`,
});

export async function radicale() {
  const folder = temporaryFolder();
  const port = await freePort();
  fs.writeFileSync(path.join(folder, 'users'), `${USER}:${PASSWORD}\n`);
  fs.writeFileSync(path.join(folder, 'config'), `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = ${folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = ${folder}/data\n[rights]\ntype = owner_only\n[web]\ntype = none\n`);
  const { child, keep } = run('radicale', ['--config', path.join(folder, 'config')]);
  const server = keep(new CalDavServer('radicale', port, child, `/${USER}/`));
  await server.until(async () => (await server.request('OPTIONS', '/')).status < 500);
  assert.equal((await makeCalendar(server)).status, 201);
  return server;
}

export async function xandikos() {
  const folder = temporaryFolder();
  const port = await freePort();
  const { child, keep } = run('xandikos', ['-d', folder, '-l', '127.0.0.1', '-p', String(port), '--defaults', '--current-user-principal', '/rosa/']);
  const server = keep(new CalDavServer('xandikos', port, child, '/rosa/calendars/'));
  server.headers = {};
  return server.until(async () => (await server.request('GET', server.calendar)).status < 500);
}

export const SERVERS = { radicale, xandikos };

/** A crm-host whose users may connect servers on loopback, and such a server. */
export async function withCalDav(start, options = {}) {
  const server = await start();
  const host = await Host.start(options);
  const admin = await demoAdmin(host);
  const settings = (values) => admin.put('/api/v1/modules/meeting_scheduler/settings', values);
  assert.equal((await settings({ allowed_private_networks: ['127.0.0.0/8'] })).status, 200);
  return { server, host, admin, settings, rep: await demoRep(host), open: await Client.anonymous(host), stop: async () => {
    await host.stop();
    await server.stop();
  } };
}

export const ask = (client, { url, username = USER, password = PASSWORD }) => client.post('/api/v1/calendar/connect/caldav', { url, username, password });

export async function connectCalDav({ rep, server }) {
  const answer = await ask(rep, server);
  assert.equal(answer.status, 201, answer.text);
  return answer.body.data;
}
