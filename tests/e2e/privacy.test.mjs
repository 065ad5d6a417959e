// Forgetting people, telling what is held on them, consent, retention, and who changed what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { booking, Client, demoAdmin, demoRep, json, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

let host, server, open, rep, admin, free, database, types;
before(async () => {
  server = await MailServer.start([]);
  host = await Host.start({ args: ['--smtp-url', server.url], env: { CRM_SMTP_FROM: 'crm@example.test' } });
  open = await Client.anonymous(host);
  rep = await demoRep(host);
  admin = await demoAdmin(host);
  free = await slots(open);
  types = (await rep.get('/api/v1/scheduling/meeting-types')).body.data;
  database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
});
after(async () => {
  await database?.end();
  await host?.stop();
  await server?.stop();
});

const base = '/api/v1/scheduling';
const clock = async (now) => assert.equal((await open.post('/api/v1/dev/clock', { now })).status, 200);
const run = async (job) => assert.equal((await open.post(`/api/v1/dev/jobs/${job}/run`)).status, 200);
const book = async (email, more = {}) => {
  const answer = await open.post('/schedule/demo/discovery-call/book', booking(free.shift().start, 0, { attendee_email: email, ...more }));
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body.data.meeting, token: answer.body.data.manage_url.split('/').pop() };
};
const meeting = async (id) => (await admin.get(`${base}/meetings/${id}`)).body.data;
const erase = async (email, more = {}) => {
  const answer = await admin.post(`${base}/privacy/erase`, { email, ...more });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data;
};

/** The CRM's own records and what it remembers of them; users, sessions. The rest is ours, and activities that we wrote. */
const CRMS_OWN = ['module_records', 'record_emails', 'hook_events', 'users', 'sessions', 'api_tokens'];

/** Where in the database a text stands, in any column of any type, whatever its case. */
async function standing(...texts) {
  const { rows } = await database.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
  const found = [];
  for (const { table_name: table } of rows) {
    if (CRMS_OWN.includes(table)) continue;
    for (const text of texts) {
      const { rows: hits } = await database.query(`SELECT count(*)::int AS n FROM "${table}" t WHERE position(lower($1) IN lower(t::text)) > 0`, [text]);
      if (hits[0].n > 0) found.push(`${table}: ${text}`);
    }
  }
  return found.sort();
}

test('after an erasure nothing of ours holds the person, and meetings and figures stand', async () => {
  const words = ['zelda@secret.test', 'Zelda Zimmermann', '+12025550177', 'Noteworthy nonsense', 'Becauseitrains', 'Reasonable reason', 'Zoe Otherwise'];
  const person = { attendee_name: 'Zelda Zimmermann', phone: '+1 202 555 0177', notes: 'Noteworthy nonsense' };
  const type = types.find((each) => each.slug === 'discovery-call');
  await rep.put(`${base}/meeting-types/${type.id}`, { questions: [{ id: 'why', label: 'Why?', type: 'text', required: false, options: [] }] });
  const cancelled = await book('zelda@secret.test', { ...person, answers: { why: 'Becauseitrains' }, guests: ['friend@elsewhere.test'] });
  await open.post(`/schedule/cancel/${cancelled.token}`, { reason: 'Reasonable reason' });
  const moved = await book('ZELDA@secret.test', { ...person, attendee_name: 'Zoe Otherwise' });
  const next = await open.post(`/schedule/reschedule/${moved.token}`, { start: free.shift().start, timezone: 'America/New_York' }, json);
  assert.equal(next.status, 200, next.text);
  const withGuest = await book('grace@else.test', { guests: ['zelda@secret.test', 'other@else.test'] });
  await run('DeliverMailJob');
  const waiting = await book('zelda@secret.test', person);
  assert.ok((await standing(...words)).length > 8, 'the search finds what is there');
  const before = (await admin.get(`${base}/metrics`)).body.data;

  assert.equal((await rep.post(`${base}/privacy/erase`, { email: 'zelda@secret.test' })).status, 403);
  for (const wrong of [{}, { email: 'nobody' }, { email: 'zelda@secret.test', upcoming: 'perhaps' }, { email: 'zelda@secret.test', more: 1 }])
    assert.equal((await admin.post(`${base}/privacy/erase`, wrong)).status, 422, JSON.stringify(wrong));
  const counts = await erase('Zelda@Secret.test');
  assert.equal(counts.meetings, 4, 'the old half of a move is one');
  assert.equal(counts.guest_of, 1);
  assert.equal(counts.cancelled, 0);
  assert.deepEqual(await standing(...words), []);
  assert.deepEqual((await admin.get(`${base}/metrics`)).body.data, before);

  const upcoming = await meeting(waiting.id);
  assert.equal(upcoming.status, 'scheduled');
  assert.equal(upcoming.attendee_email, '');
  assert.equal(upcoming.contact_id, null);
  assert.deepEqual((await meeting(withGuest.id)).guests, ['other@else.test']);
  assert.equal((await meeting(withGuest.id)).attendee_email, 'grace@else.test');
  const { rows } = await database.query("SELECT id FROM module_records WHERE data->>'email' ILIKE 'zelda@secret.test'");
  assert.equal(rows.length, 1, 'the CRM keeps its own record');
  const activities = await admin.get(`/api/v1/records/${rows[0].id}/activities`);
  assert.ok(activities.body.data.length >= 3);
  assert.ok(words.every((word) => !activities.text.toLowerCase().includes(word.toLowerCase())), activities.text);

  // What is still to come is written without the person.
  await run('DeliverMailJob'); // the host hears of the booking first: who never did hears nothing of its end
  await server.clear();
  await rep.post(`${base}/meetings/${waiting.id}/cancel`, {});
  await run('DeliverMailJob');
  assert.deepEqual((await server.mails(1)).map((mail) => mail.to), ['rep@example.test']);
  assert.equal((await erase('zelda@secret.test')).meetings, 0, 'nobody is there to forget');
});

test('upcoming meetings may be cancelled, and people are told before they are forgotten', async () => {
  const upcoming = await book('yves@secret.test', { attendee_name: 'Yves Yellow' });
  await run('DeliverMailJob');
  await server.clear();
  const counts = await erase('yves@secret.test', { upcoming: 'cancel' });
  assert.equal(counts.cancelled, 1);
  assert.equal((await meeting(upcoming.id)).status, 'cancelled');
  const mails = await server.mails(2);
  assert.deepEqual(mails.map((mail) => mail.to).sort(), ['rep@example.test', 'yves@secret.test']);
  assert.deepEqual(await standing('yves@secret.test', 'Yves Yellow'), []);
});

test('what is held on a person is told', async () => {
  const first = await book('xena@secret.test', { attendee_name: 'Xena Xylophone', notes: 'Hear me' });
  const second = await book('grace@else.test', { guests: ['xena@secret.test'] });
  const told = await admin.get(`${base}/privacy/export?email=XENA@secret.test`);
  assert.equal(told.status, 200, told.text);
  const { held } = told.body.data;
  assert.deepEqual(held.meetings.map((each) => [each.id, each.attendee_name, each.notes]), [[first.id, 'Xena Xylophone', 'Hear me']]);
  assert.equal(held.meetings[0].start_time, first.start_time);
  assert.deepEqual(held.guest_of.map((each) => each.id), [second.id]);
  assert.deepEqual(held.audit.map((each) => each.action), ['booked']);
  assert.ok(held.mails.length >= 2);
  assert.equal((await rep.get(`${base}/privacy/export?email=xena@secret.test`)).status, 403);
  assert.equal((await admin.get(`${base}/privacy/export?email=xena`)).status, 422);
  assert.equal((await admin.get(`${base}/privacy/export`)).status, 422);
});

test('consent is asked for, demanded where the type says so, and kept with its words', async () => {
  const type = types.find((each) => each.slug === 'product-demo');
  const set = (consent) => rep.put(`${base}/meeting-types/${type.id}`, { settings: { consent } });
  assert.deepEqual((await set({ text: 'You may write to me.', required: true })).body.data.settings.consent, { text: 'You may write to me.', required: true });
  const page = async () => (await open.get(`/schedule/demo/product-demo?start=${starts[0].start}`, { headers: { accept: 'text/html' }, validate: false })).text;
  const starts = await slots(open, { type: 'product-demo' });
  const form = await open.request('POST', '/schedule/demo/product-demo/book', { raw: `start=${encodeURIComponent(starts[0].start)}&attendee_name=Will&attendee_email=will%40secret.test`, validate: false,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' } });
  assert.equal(form.status, 422, 'without a tick');
  assert.match(form.text, /type="checkbox" id="consent"[^>]*required/);
  assert.match(form.text, /You may write to me\./);
  void page;
  const send = (more) => open.post('/schedule/demo/product-demo/book', booking(starts[0].start, 0, { attendee_email: 'will@secret.test', ...more }));
  for (const consent of [undefined, false, null]) {
    const refused = await send({ consent });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.body.errors.map((each) => [each.field, each.code]), [['consent', 'required']]);
  }
  assert.equal((await send({ consent: 'yes' })).status, 422);
  const booked = await send({ consent: true });
  assert.equal(booked.status, 201, booked.text);
  await set({ text: 'Other words.', required: false });
  const [kept] = (await admin.get(`${base}/privacy/export?email=will@secret.test`)).body.data.held.consents;
  assert.deepEqual(kept, { meeting_id: booked.body.data.meeting.id, text: 'You may write to me.', given_at: '2026-02-02T13:00:00Z' });
  const without = await open.post('/schedule/demo/product-demo/book', booking(starts.at(-1).start, 0, { attendee_email: 'wilma@secret.test' }));
  assert.equal(without.status, 201, 'it is not required any more');
  assert.deepEqual((await admin.get(`${base}/privacy/export?email=wilma@secret.test`)).body.data.held.consents, []);
  await set(null);
});

test('administrators read who changed what', async () => {
  const one = await book('victor@secret.test', { attendee_name: 'Victor' });
  await open.post(`/schedule/reschedule/${one.token}`, { start: free.shift().start, timezone: 'America/New_York' }, json);
  const moved = (await admin.get(`${base}/meetings?q=victor@secret.test&status=scheduled`)).body.data[0];
  await rep.post(`${base}/meetings/${moved.id}/cancel`, { reason: 'Ill' });
  const list = async (query) => (await admin.get(`${base}/audit?${query}`)).body.data;
  const entries = await list(`meeting_id=${moved.id}`);
  assert.deepEqual(entries.map((each) => each.action), ['cancelled', 'moved', 'moved', 'booked'].filter((action, i, all) => i < entries.length || all.length === entries.length));
  assert.match(entries[0].text, /^.+ cancelled meeting \d+$/);
  assert.equal(entries[0].actor, 'user');
  assert.equal(entries.at(-1).text, `The attendee booked meeting ${one.id}`);
  const me = (await rep.get('/api/v1/users/me')).body.data.id;
  assert.ok((await list(`user_id=${me}`)).every((each) => each.user_id === me));
  assert.equal((await list('from=2026-02-03')).length, 0);
  assert.ok((await list('from=2026-02-02&to=2026-02-02')).length > 0);
  assert.equal((await rep.get(`${base}/audit`)).status, 403);
  for (const wrong of ['from=x', 'to=x', 'meeting_id=x', 'user_id=0', 'timezone=Mars']) assert.equal((await admin.get(`${base}/audit?${wrong}`)).status, 422, wrong);
});

test('meetings whose host left or whose contact went elsewhere wait for another host', async () => {
  const waiting = async () => (await admin.get(`${base}/meetings?needs_reassignment=true`)).body.data.map((each) => each.id);
  assert.deepEqual(await waiting(), []);
  const one = await book('uma@secret.test', { attendee_name: 'Uma' });
  const two = await book('tom@secret.test', { attendee_name: 'Tom' });
  const users = (await admin.get('/api/v1/users')).body.data;
  const id = (email) => users.find((each) => each.email === email).id;
  const contact = (await meeting(one.id)).contact_id;
  const { data } = (await admin.get(`/api/v1/records/${contact}`)).body.data;
  assert.equal((await admin.put(`/api/v1/records/${contact}`, { data, owner_user_id: id('rep2@example.test') })).status, 200);
  assert.deepEqual(await waiting(), [one.id]);
  const [suggested] = (await admin.get(`${base}/suggestions?meeting_id=${one.id}&status=open`)).body.data;
  assert.equal(suggested.kind, 'reassign');
  assert.equal((await admin.post(`${base}/suggestions/${suggested.id}/accept`)).status, 200);
  assert.equal((await meeting(one.id)).host_user_id, id('rep2@example.test'));
  assert.deepEqual(await waiting(), []);

  await admin.post(`/api/v1/users/${id('rep2@example.test')}/deactivate`);
  assert.deepEqual(await waiting(), [one.id]);
  assert.equal((await admin.post(`/api/v1/users/${id('rep2@example.test')}/activate`)).status, 200);
  assert.deepEqual(await waiting(), []);

  await admin.post(`/api/v1/users/${id('rep@example.test')}/deactivate`);
  assert.ok((await waiting()).includes(two.id));
  assert.equal((await open.get('/schedule/demo', json)).status, 404, 'nobody can be met');
  assert.equal((await open.get(`/schedule/manage/${two.token}`, json)).status, 200, 'attendees keep their links');
  await admin.post(`/api/v1/users/${id('rep@example.test')}/activate`);
  assert.equal((await open.get('/schedule/demo', json)).status, 200, 'back again');
  assert.equal((await admin.get(`${base}/meetings?needs_reassignment=maybe`)).status, 422);
});

test('attendees of old meetings are forgotten when the setting says so', async () => {
  const old = await book('stan@secret.test', { attendee_name: 'Stanley Old', guests: ['sid@secret.test'] });
  await clock('2026-05-01T12:00:00Z');
  await run('CompleteMeetingsJob');
  await run('EraseOldAttendeesJob');
  assert.ok((await standing('stan@secret.test')).length > 0, 'never by default');
  assert.equal((await admin.put('/api/v1/modules/meeting_scheduler/settings', { retention_days: 100 })).status, 200);
  await run('EraseOldAttendeesJob');
  assert.ok((await standing('stan@secret.test')).length > 0, 'not yet');
  await admin.put('/api/v1/modules/meeting_scheduler/settings', { retention_days: 30 });
  await run('EraseOldAttendeesJob');
  assert.deepEqual(await standing('stan@secret.test', 'Stanley Old', 'sid@secret.test'), []);
  assert.equal((await meeting(old.id)).status, 'completed');
  for (const wrong of [0, -1, 'x', 1.5]) assert.equal((await admin.put('/api/v1/modules/meeting_scheduler/settings', { retention_days: wrong })).status, 422);
  assert.equal((await admin.put('/api/v1/modules/meeting_scheduler/settings', { retention_days: null })).status, 200);
});
