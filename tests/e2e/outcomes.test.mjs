// EVIDENCE: B-8.2 B-11.1
// After a meeting: its host is asked what came of it by a mail, and an attendee who did not come may book again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { booking, Client, demoAdmin, demoRep, json, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

const root = '/api/v1/scheduling';
let server, host, open, rep, admin, type, free;
before(async () => {
  server = await MailServer.start();
  host = await Host.start({ args: ['--smtp-url', server.url], env: { CRM_SMTP_FROM: 'crm@example.test' } });
  [open, rep, admin] = [await Client.anonymous(host), await demoRep(host), await demoAdmin(host)];
  type = (await rep.get(`${root}/meeting-types`)).body.data.find((each) => each.slug === 'discovery-call');
  free = await slots(open);
});
after(async () => {
  await host?.stop();
  await server?.stop();
});

const clock = async (now) => assert.equal((await admin.post('/api/v1/dev/clock', { now }, { validate: false })).status, 200);
const run = async (name) => assert.equal((await admin.post(`/api/v1/dev/jobs/${name}/run`, {}, { validate: false })).status, 200);
const afterwards = async (now) => {
  await clock(now);
  for (const job of ['CompleteMeetingsJob', 'AskOutcomesJob']) await run(job);
};
const later = (instant, minutes) => new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace('.000', '');
const to = (address) => (mail) => mail.to === address;
const asked = (mail) => mail.to === 'rep@example.test' && /how did it go/i.test(mail.subject);
const book = async (email) => {
  const answer = await open.post('/schedule/demo/discovery-call/book', booking(free.shift().start, 0, { attendee_email: email }));
  assert.equal(answer.status, 201, answer.text);
  await server.mails(1, to(email));
  return answer.body.data.meeting;
};
const meeting = async (id) => (await rep.get(`${root}/meetings/${id}`)).body.data;

test('the host is asked by a mail, and answers on its page without a log-in', async () => {
  const { id, end_time } = await book('asked@prospect.test');
  await afterwards(end_time);
  const [mail] = await server.mails(1, asked);
  assert.equal(mail.calendar, undefined);
  const link = mail.text.match(/http\S+\/schedule\/manage\/outcome\/[\w-]+/)[0];
  // What a mail scanner does changes nothing.
  for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await fetch(link, { method, headers: { accept: 'text/html' } })).status, 200);
  assert.deepEqual([(await meeting(id)).status, (await meeting(id)).outcome ?? null], ['completed', null]);
  const shown = await open.get(new URL(link).pathname, json);
  assert.deepEqual([shown.status, shown.body.data.outcome, shown.body.data.meeting.contact_id], [200, null, null]);

  const form = await fetch(link, { method: 'POST', body: new URLSearchParams({ outcome: 'no_show' }), headers: { accept: 'text/html' } });
  assert.equal(form.status, 200);
  assert.match(await form.text(), /Thank you/);
  assert.equal((await meeting(id)).status, 'no_show');
  const wrong = await open.post(new URL(link).pathname, { outcome: 'cancelled' }, json);
  assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, 'outcome']);
  assert.equal((await open.post(new URL(link).pathname, { outcome: 'completed' }, json)).body.data.outcome, 'completed');
  assert.equal((await open.get('/schedule/manage/outcome/abc', json)).status, 404);

  await afterwards(later(end_time, 24 * 60 + 1));
  await server.quiet((await server.raw()).length);
  assert.equal((await server.mails(1, asked)).length, 1, 'no reminder of what was answered');
});

test('a question that nobody answers is asked once more, in the language of the host', async () => {
  await server.clear();
  const email = 'silent@prospect.test';
  free = await slots(open, { from: '2026-02-10' });
  const { end_time } = await book(email);
  await afterwards(end_time);
  await server.mails(1, asked);
  await afterwards(later(end_time, 24 * 60));
  const both = await server.mails(2, asked);
  assert.match(both[1].subject, /^Still open/);
  await afterwards(later(end_time, 3 * 24 * 60));
  await server.quiet((await server.raw()).length);
  assert.equal((await server.mails(2, asked)).length, 2);
});

test('who did not come gets one offer to book again, where the type says so', async () => {
  await server.clear();
  assert.equal((await rep.put(`${root}/meeting-types/${type.id}`, { settings: { no_show_rebook: true } })).status, 200);
  free = await slots(open, { from: '2026-02-17' });
  const { id, end_time } = await book('missed@prospect.test');
  await clock(end_time);
  const say = async (outcome) => assert.equal((await rep.post(`${root}/meetings/${id}/outcome`, { outcome })).status, 200);
  await say('no_show');
  const mails = await server.mails(2, to('missed@prospect.test'));
  assert.match(mails[1].subject, /Sorry that we missed you/);
  assert.ok(mails[1].text.includes(`${host.base}/schedule/demo/discovery-call`), mails[1].text);
  assert.equal(mails[1].calendar, undefined);
  await say('completed');
  await say('no_show');
  await server.quiet((await server.raw()).length);
  assert.equal((await server.mails(2, to('missed@prospect.test'))).length, 2, 'once');
});
