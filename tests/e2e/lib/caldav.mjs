// Real CalDAV servers from Debian's packages, on loopback, each with a folder of its own and one user's calendar.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
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
    const found = [];
    for (const href of new Set(hrefs)) found.push({ href, ...(await this.request('GET', href)) }); // Cyrus has a process for each connection
    return found;
  }

  /** Those that the scheduler wrote. */
  async ours() {
    return (await this.objects()).filter((each) => /PRODID:-\/\/Meeting Scheduler/.test(each.text) || /SUMMARY:.*Ada/.test(each.text));
  }

  /** To all of its processes. */
  signal(what) {
    try {
      if (this.isGroup) process.kill(-this.child.pid, what);
      else this.child.kill(what);
    } catch { /* it ended */ }
  }

  async stop() {
    this.signal('SIGTERM');
    for (let tries = 0; this.child.exitCode === null && this.child.signalCode === null && tries < 100; tries += 1) await sleep(20);
    this.signal('SIGKILL');
  }
}

function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const keep = (server) => {
    server.output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { server.output = (server.output + text).slice(-4000); });
    return server;
  };
  return { child, keep };
}

export const makeCalendar = (server, at = server.calendar, zone = '') => server.request('MKCALENDAR', at, {
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

const cyrusMaster = '/usr/lib/cyrus/bin/master';
/** Why Cyrus cannot be started here; empty: it can. It runs as a user of its own, whom only root may become. */
export const noCyrus = !fs.existsSync(cyrusMaster) || !fs.existsSync('/usr/lib/cyrus/bin/httpd') || !fs.existsSync('/usr/sbin/saslpasswd2')
  ? 'Debian\'s packages cyrus-caldav, cyrus-imapd and sasl2-bin are not installed'
  : process.getuid() !== 0 ? 'only root may start Cyrus as its own user' : '';

export async function cyrus() {
  const folder = temporaryFolder();
  const [port, imap] = [await freePort(), await freePort()];
  const [, , uid, gid] = /^cyrus:.*$/m.exec(fs.readFileSync('/etc/passwd', 'utf8'))[0].split(':');
  const at = (name) => path.join(folder, name);
  for (const name of ['conf', 'spool', 'proc', 'lock']) fs.mkdirSync(at(name));
  fs.writeFileSync(at('imapd.conf'), Object.entries({
    configdirectory: at('conf'), 'partition-default': at('spool'), defaultpartition: 'default', proc_path: at('proc'), mboxname_lockpath: at('lock'),
    servername: 'cyrus.test', virtdomains: 'userid', unixhierarchysep: 'yes', autocreate_quota: 0, allowplaintext: 'yes',
    httpmodules: 'caldav', caldav_allowscheduling: 'off', sasl_pwcheck_method: 'auxprop', sasl_auxprop_plugin: 'sasldb', sasl_sasldb_path: at('sasldb2'), sasl_mech_list: 'PLAIN',
    syslog_prefix: 'cyrus-test',
  }).map(([name, value]) => `${name}: ${value}\n`).join(''));
  fs.writeFileSync(at('cyrus.conf'), `START {\n recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C ${at('imapd.conf')} -r"\n}\nSERVICES {\n`
    + ` http cmd="httpd -C ${at('imapd.conf')} -U 1000" listen="127.0.0.1:${port}" prefork=2 maxchild=100\n`
    + ` imap cmd="imapd -C ${at('imapd.conf')}" listen="127.0.0.1:${imap}" prefork=0 maxchild=5\n}\nEVENTS {\n}\n`);
  execFileSync('saslpasswd2', ['-p', '-c', '-f', at('sasldb2'), '-u', 'cyrus.test', USER.split('@')[0]], { input: PASSWORD });
  execFileSync('saslpasswd2', ['-p', '-c', '-f', at('sasldb2'), '-u', USER.split('@')[1], USER.split('@')[0]], { input: PASSWORD });
  execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
  const { child, keep } = run(cyrusMaster, ['-C', at('imapd.conf'), '-M', at('cyrus.conf'), '-p', at('master.pid')], { uid: Number(uid), gid: Number(gid), detached: true });
  const server = keep(new CalDavServer('cyrus', port, child, `/dav/calendars/user/${USER}/`));
  server.isGroup = true;
  server.calendar = `${server.home}Default/`;
  process.once('exit', () => server.signal('SIGKILL'));
  // Whoever logs in by IMAP for the first time gets their mailbox; the calendars are made in it.
  await server.until(() => imapLogIn(imap));
  return server.until(async () => (await server.request('PROPFIND', server.calendar, { headers: { depth: '0' } })).status === 207);
}

function imapLogIn(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let told = '';
    socket.setTimeout(3000, () => socket.destroy(new Error('silent')));
    socket.on('data', (text) => {
      told += text;
      if (/^a OK/m.test(told)) resolve(socket.end('b LOGOUT\r\n') && true);
      if (/^a (NO|BAD)/m.test(told)) reject(new Error(told));
    });
    socket.on('connect', () => socket.write(`a LOGIN ${USER} "${PASSWORD}"\r\n`));
    socket.on('error', reject);
  });
}

/** Those that can be started here. */
export const SERVERS = { radicale, xandikos, ...(noCyrus ? {} : { cyrus }) };

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
