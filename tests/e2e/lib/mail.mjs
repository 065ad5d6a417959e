// A real SMTP server beside the host, and its mails read back by parsers that are not ours.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { sleep, temporaryFolder } from './host.mjs';

const script = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../mail_server/mail_server.py');

/** A key and a certificate for localhost, signed by itself. */
export function certificate() {
  const folder = temporaryFolder();
  const key = path.join(folder, 'key.pem');
  const cert = path.join(folder, 'cert.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '30',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  return { key, cert };
}

export class MailServer {
  /** @param {string[]} [args] of mail_server.py */
  static async start(args = [], ports = {}) {
    const server = new MailServer();
    const chosen = ports.smtp_port ? ['--port', String(ports.smtp_port), '--control-port', String(ports.control_port)] : [];
    server.process = spawn('/usr/bin/python3', [script, ...chosen, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    server.ended = new Promise((resolve) => server.process.once('exit', resolve));
    const lines = readline.createInterface({ input: server.process.stdout });
    server.ports = JSON.parse((await lines[Symbol.asyncIterator]().next()).value);
    server.url = `smtp://127.0.0.1:${server.ports.smtp_port}`;
    server.control = `http://127.0.0.1:${server.ports.control_port}`;
    return server;
  }

  async stop() {
    this.process.kill('SIGTERM');
    await this.ended;
  }

  async raw() { return (await fetch(`${this.control}/mails`)).json(); }
  async clear() { await fetch(`${this.control}/mails`, { method: 'DELETE' }); }
  async fault(fault) {
    const answer = await fetch(`${this.control}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    assert.equal(answer.status, 201, await answer.text());
  }
  async mend() { await fetch(`${this.control}/faults`, { method: 'DELETE' }); }

  /** Parsed mails, once there are at least `count`. */
  async mails(count, what = () => true, within = 20_000) {
    const until = Date.now() + within;
    for (;;) {
      const all = await this.raw();
      const found = [];
      for (const mail of all) {
        const read = await readMail(mail);
        if (what(read)) found.push(read);
      }
      if (found.length >= count) return found;
      if (Date.now() > until) assert.fail(`${found.length} of ${count} mails after ${within} ms: ${JSON.stringify(all.map((m) => m.to))}`);
      await sleep(100);
    }
  }
  /** Nothing more comes for a while: to anybody, or to `address`. */
  async quiet(count, ms = 2500, address = undefined) {
    await sleep(ms);
    assert.equal((await this.raw()).filter((mail) => !address || mail.to[0] === address).length, count);
  }
}

/** What a mail program would make of it. */
export async function readMail(mail) {
  const source = Buffer.from(mail.raw_base64, 'base64');
  const parsed = await PostalMime.parse(source, { attachmentEncoding: 'arraybuffer' });
  const header = (name) => parsed.headers.find((each) => each.key === name.toLowerCase())?.value;
  const parts = parsed.attachments.map((part) => ({ ...part, text: Buffer.from(part.content).toString('utf8') }));
  const alternative = parts.find((part) => part.mimeType === 'text/calendar');
  const attached = parts.find((part) => part.filename === 'invite.ics' && part.mimeType === 'application/ics') ?? parts.find((part) => part.filename === 'invite.ics');
  return { ...mail, source, parsed, header, to: mail.to[0], subject: parsed.subject, text: parsed.text, html: parsed.html, parts,
    calendar: alternative && readCalendar(alternative.text), calendarText: alternative?.text, attached: attached?.text };
}

export function readCalendar(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
  const value = (name) => event.component.getFirstPropertyValue(name);
  return {
    method: calendar.getFirstPropertyValue('method'), uid: event.uid, sequence: event.sequence, status: value('status'),
    start: event.startDate.toJSDate().toISOString().replace('.000', ''), end: event.endDate.toJSDate().toISOString().replace('.000', ''),
    summary: event.summary, location: event.location, description: event.description, organizer: event.organizer,
    attendees: event.component.getAllProperties('attendee').map((each) => String(each.getFirstValue()).replace(/^mailto:/i, '')),
    alarms: event.component.getAllSubcomponents('valarm').length,
  };
}
