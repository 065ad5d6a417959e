// EVIDENCE: B-11.1 B-13.4
// Mail through trouble: killed instances, a mail server that is away for a day, two instances at once, many reminders.
// Counts come from the environment; tests/long.sh asks for MAIL_REMINDERS=1000 MAIL_KILLS=20.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { booking, Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { freePort, Host, MONDAY, sleep, temporaryFolder } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

const reminders = Number(process.env.MAIL_REMINDERS ?? 200);
const killRounds = Number(process.env.MAIL_KILLS ?? 4);

const cleanUp = [];
after(async () => {
  for (const each of cleanUp.reverse()) await each();
});

async function started(options) {
  const host = await Host.start(options);
  cleanUp.push(() => host.stop());
  return host;
}

async function mailServer(ports) {
  const server = await MailServer.start([], ports);
  cleanUp.push(() => server.stop());
  return server;
}

async function connected(url) {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  cleanUp.push(() => database.end());
  return async (text, values) => (await database.query(text, values)).rows;
}

async function until(what, condition, within = 60_000) {
  const end = Date.now() + within;
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`never happened: ${what}`);
    await sleep(100);
  }
}

const counted = (mails, what) => {
  const counts = new Map();
  for (const mail of mails) counts.set(what(mail), (counts.get(what(mail)) ?? 0) + 1);
  return counts;
};
const messageId = (mail) => Buffer.from(mail.raw_base64, 'base64').toString('latin1').match(/^Message-ID: (\S+)/im)[1];

test('a mail server away for a day: everything waits visibly, and goes out once when it is back', async () => {
  const ports = { smtp_port: await freePort(), control_port: await freePort() };
  const host = await started({ args: ['--smtp-url', `smtp://127.0.0.1:${ports.smtp_port}`] });
  const open = await Client.anonymous(host);
  const admin = await demoAdmin(host);
  const free = await slots(open);
  for (let i = 0; i < 5; ++i) assert.equal((await open.post('/schedule/demo/discovery-call/book', booking(free[i].start, i))).status, 201);
  await until('the host notices', async () => !(await admin.get('/api/v1/scheduling/mail-health')).body.data.can_send);
  const health = (await admin.get('/api/v1/scheduling/mail-health')).body.data;
  assert.equal(health.mails.waiting, 10);
  assert.equal(health.mails.failed, 0);
  const note = (await admin.get('/api/v1/modules')).body.data.find((each) => each.id === 'meeting_scheduler').health.find((each) => each.name === 'Mail');
  assert.equal(note.level, 'error');
  assert.match(note.text, /10 mails waiting/);
  assert.equal((await open.post('/api/v1/dev/clock', { now: '2026-02-03T13:00:00Z' })).status, 200);
  const server = await mailServer(ports);
  const mails = await server.mails(10, () => true, 90_000);
  assert.ok([...counted(mails, messageId).values()].every((count) => count === 1));
  await until('all is well', async () => (await admin.get('/api/v1/scheduling/mail-health')).body.data.mails.waiting === 0);
  await server.quiet(10);
});

test('what a later change has superseded is not sent after an outage', async () => {
  const ports = { smtp_port: await freePort(), control_port: await freePort() };
  const host = await started({ args: ['--smtp-url', `smtp://127.0.0.1:${ports.smtp_port}`] });
  const open = await Client.anonymous(host);
  const admin = await demoAdmin(host);
  const free = await slots(open);
  const book = async (i, email) => {
    const booked = await open.post('/schedule/demo/discovery-call/book', { ...booking(free[i].start), attendee_email: email });
    assert.equal(booked.status, 201, booked.text);
    return booked.body.data.manage_url.split('/').pop();
  };
  const moved = await book(0, 'moved@prospect.test');
  assert.equal((await open.post(`/schedule/reschedule/${moved}`, { start: free[4].start })).status, 200);
  const ended = await book(1, 'ended@prospect.test');
  assert.equal((await open.post(`/schedule/reschedule/${ended}`, { start: free[6].start })).status, 200);
  assert.equal((await open.post(`/schedule/cancel/${ended}`)).status, 200);
  const server = await mailServer(ports);
  const mails = await server.mails(2, () => true, 90_000);
  assert.deepEqual(mails.map((mail) => mail.to).sort(), ['moved@prospect.test', 'rep@example.test']);
  for (const mail of mails) {
    assert.equal(mail.calendar.start, free[4].start);
    assert.equal(mail.calendar.sequence, 1);
    assert.match(mail.subject, /booked|new booking/i);
  }
  await server.quiet(2);
  const dropped = (await admin.get('/api/v1/scheduling/mails?status=dropped')).body.data;
  assert.equal(dropped.length, 8, 'booked twice for two people, moved once for two, cancelled for two');
  assert.ok(dropped.every((each) => each.error));
});

test('killed at any moment: nothing lost, and only a kill between the server\'s yes and the commit sends twice', async () => {
  const server = await mailServer();
  const dataDir = temporaryFolder();
  const host = await started({ dataDir, args: ['--smtp-url', server.url] });
  const sql = await connected(host.databaseUrl());
  const open = await Client.anonymous(host);
  const free = await slots(open);
  // Each mail takes its time, so that every kill lands in the middle of one.
  await server.fault({ stage: 'after_data', delay_ms: 30, count: 0 });
  let kills = 0;
  let booked = 0;
  for (let round = 0; round < killRounds; ++round) {
    for (let i = 0; i < 4; ++i) {
      const answer = await open.post('/schedule/demo/discovery-call/book', booking(free[booked].start, booked));
      assert.equal(answer.status, 201, answer.text);
      booked += 1;
    }
    await sleep(40 + 97 * round % 400);
    await host.kill();
    kills += 1;
    await host.launch();
  }
  await until('the outbox is empty', async () => (await sql("SELECT count(*)::int AS n FROM outbox WHERE status = 'waiting'"))[0].n === 0);
  await server.mend();
  const mails = await server.raw();
  const perMail = counted(mails, messageId);
  assert.equal(perMail.size, booked * 2, 'each of them arrived');
  const twice = [...perMail.values()].filter((count) => count > 1).length;
  assert.ok([...perMail.values()].every((count) => count <= 2));
  assert.ok(twice <= kills, `${twice} of ${perMail.size} arrived twice after ${kills} kills`);
  assert.equal((await sql("SELECT count(*)::int AS n FROM outbox WHERE status <> 'done'"))[0].n, 0);
});

test('killed while the mail server has the mail and has not answered: it arrives once', async () => {
  const server = await mailServer();
  const host = await started({ args: ['--smtp-url', server.url] });
  const open = await Client.anonymous(host);
  const [slot] = await slots(open);
  // The server refuses at the end of the message, late: the host dies before it hears anything.
  await server.fault({ stage: 'after_data', code: 451, text: 'try later', delay_ms: 3000, count: 1, match: 'ada0@prospect.test' });
  assert.equal((await open.post('/schedule/demo/discovery-call/book', booking(slot.start, 0))).status, 201);
  await sleep(1800);
  await host.kill();
  await server.mend();
  await host.launch();
  const mails = await server.mails(2);
  assert.deepEqual(mails.map((mail) => mail.to).sort(), ['ada0@prospect.test', 'rep@example.test']);
  await server.quiet(2, 4000);
});

test(`${reminders} due reminders, two instances, one of them killed: ${reminders} mails`, async () => {
  const wanted = reminders;
  const server = await mailServer();
  const dataDir = temporaryFolder();
  const first = await started({ dataDir });
  const rep = await demoRep(first);
  const open = await Client.anonymous(first);
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  const made = await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.id, name: 'Five minutes', slug: 'five', duration_minutes: 5,
    settings: { reminder_offsets_minutes: [43200], max_days_in_advance: 365, minimum_notice_minutes: 0 } });
  assert.equal(made.status, 201, made.text);
  const free = (await slots(open, { type: 'five', from: '2026-03-10', to: '2026-03-31' })).slice(0, wanted);
  assert.equal(free.length, wanted);
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < free.length) {
      const n = next++;
      const answer = await open.request('POST', '/schedule/demo/five/book', { body: booking(free[n].start, n), validate: false });
      assert.equal(answer.status, 201, answer.text);
    }
  }));
  const sql = await connected(first.databaseUrl());
  await sql("UPDATE outbox SET status = 'dropped'");  // their confirmations are another test's
  assert.equal((await open.post('/api/v1/dev/clock', { now: '2026-03-02T13:00:00Z' })).status, 200);

  const args = ['--smtp-url', server.url, '--fixed-now', '2026-03-02T13:00:00Z'];
  const shared = { dataDir, databaseUrl: first.databaseUrl(), now: null };
  const secret = ['--secret-file', path.join(dataDir, 'secret.key')];
  const one = await started({ ...shared, args: [...secret, ...args] });
  const two = await started({ ...shared, args: [...secret, ...args] });
  // Its minute has begun with the first host. Whoever is told to begins at once, and is killed in the middle.
  void (await Client.anonymous(one)).post('/api/v1/dev/jobs/SendMeetingReminderJob/run').catch(() => {});
  await until('a good part is out', async () => (await server.raw()).length > wanted / 4, 120_000);
  await one.kill();
  await until('all are out', async () => (await sql("SELECT count(*)::int AS n FROM outbox WHERE kind = 'mail_reminder' AND status = 'done'"))[0].n === wanted, 240_000);
  const mails = await server.raw();
  const perMeeting = counted(mails, (mail) => mail.to[0]);
  assert.equal(perMeeting.size, wanted);
  const twice = [...perMeeting.values()].filter((count) => count > 1).length;
  assert.ok(twice <= 1, `${twice} arrived twice; one kill allows one`);
  assert.equal((await sql("SELECT count(*)::int AS n FROM scheduled_meetings WHERE reminder_sent"))[0].n, wanted);
  const health = (await (await demoAdmin(two)).get('/api/v1/scheduling/mail-health')).body.data.reminders;
  assert.equal(health.failed, 0);
  await server.quiet(mails.length);
});

test('two instances at once without trouble: no mail twice', async () => {
  const server = await mailServer();
  const dataDir = temporaryFolder();
  const first = await started({ dataDir, args: ['--smtp-url', server.url] });
  await started({ dataDir, databaseUrl: first.databaseUrl(), demo: true, now: MONDAY,
    args: ['--secret-file', path.join(dataDir, 'secret.key'), '--smtp-url', server.url] });
  const open = await Client.anonymous(first);
  const free = await slots(open);
  for (let i = 0; i < 40; ++i) assert.equal((await open.post('/schedule/demo/discovery-call/book', booking(free[i].start, i))).status, 201);
  await server.mails(80, () => true, 60_000);
  await server.quiet(80);
  assert.equal(counted(await server.raw(), messageId).size, 80);
});
