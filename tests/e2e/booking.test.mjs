// A prospect books, moves and cancels; the CRM holds contact, meeting and activity.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { booking, Client, demoAdmin, demoRep, json, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let host, prospect, rep, admin;
before(async () => {
  host = await Host.start();
  prospect = await Client.anonymous(host);
  rep = await demoRep(host);
  admin = await demoAdmin(host);
});
after(() => host?.stop());

const activitiesOf = async (contactId) => (await rep.get(`/api/v1/records/${contactId}/activities`)).body.data;

test('a booking makes contact, meeting and activity together', async () => {
  const [slot] = await slots(prospect);
  assert.deepEqual(Object.keys(slot).sort(), ['end', 'local', 'offset_minutes', 'start']);
  const booked = await prospect.post('/schedule/demo/discovery-call/book',
    booking(slot.start, 1, { phone: '+1 212 555 0123', notes: 'Hello', guests: ['guest@prospect.test'], utm: { utm_source: 'mail' } }));
  assert.equal(booked.status, 201, booked.text);
  const { meeting, manage_url: manageUrl, ics_url: icsUrl } = booked.body.data;
  assert.equal(meeting.start_time, slot.start);
  assert.equal(meeting.status, 'scheduled');
  assert.match(manageUrl, /\/schedule\/manage\/[A-Za-z0-9_-]{43}$/);

  const mine = await rep.get(`/api/v1/scheduling/meetings/${meeting.id}`);
  assert.equal(mine.status, 200);
  assert.equal(mine.body.data.attendee_email, 'ada1@prospect.test');
  const contact = await rep.get(`/api/v1/records/${mine.body.data.contact_id}`);
  assert.equal(contact.body.data.data.email, 'ada1@prospect.test');
  assert.equal(contact.body.data.data.source, 'meeting_scheduler');
  const timeline = await activitiesOf(mine.body.data.contact_id);
  assert.equal(timeline.filter((item) => item.kind === 'meeting').length, 1);
  assert.equal(timeline[0].occurs_at, slot.start);

  const calendar = await fetch(icsUrl);
  assert.equal(calendar.status, 200);
  assert.match(await calendar.text(), /BEGIN:VEVENT/);
  assert.ok(!(await slots(prospect)).some((other) => other.start === slot.start), 'the booked slot is gone from the list');
});

test('the same contact is found again, whatever the case of the address, and never overwritten', async () => {
  const made = await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Grace Hopper', email: 'Grace@Prospect.test', phone: '' } });
  assert.equal(made.status, 201, made.text);
  const [slot] = await slots(prospect);
  const booked = await prospect.post('/schedule/demo/discovery-call/book',
    booking(slot.start, 2, { attendee_name: 'G. M. Hopper', attendee_email: 'grace@prospect.TEST' }));
  assert.equal(booked.status, 201, booked.text);
  const meeting = (await rep.get(`/api/v1/scheduling/meetings/${booked.body.data.meeting.id}`)).body.data;
  assert.equal(meeting.contact_id, made.body.data.id);
  const contact = (await rep.get(`/api/v1/records/${made.body.data.id}`)).body.data;
  assert.equal(contact.data.name, 'Grace Hopper');
  const [activity] = await activitiesOf(made.body.data.id);
  assert.match(JSON.stringify(activity.data), /G\. M\. Hopper/, 'the differing name is suggested on the activity');
});

test('an Idempotency-Key gives the same meeting, another body a conflict, and dies with the meeting', async () => {
  const [slot, other] = await slots(prospect);
  const key = { headers: { 'idempotency-key': 'key-of-the-first-test' } };
  const book = (start, options) => prospect.post('/schedule/demo/discovery-call/book', booking(start, 3), options);
  const first = await book(slot.start, key);
  const again = await book(slot.start, key);
  assert.equal(first.status, 201, first.text);
  assert.equal(again.status, 200, again.text);
  assert.deepEqual(again.body.data, first.body.data);
  const different = await book(other.start, key);
  assert.equal(different.status, 409);
  assert.equal(different.body.code, 'idempotency_conflict');
  const token = first.body.data.manage_url.split('/').pop();
  assert.equal((await prospect.post(`/schedule/cancel/${token}`, { reason: 'ill' })).status, 200);
  const after = await book(slot.start, key);
  assert.equal(after.status, 201, after.text);
  assert.notEqual(after.body.data.meeting.id, first.body.data.meeting.id);
});

test('the link moves and cancels; the old link leads to the newest meeting', async () => {
  const [slot, , later] = await slots(prospect);
  const booked = (await prospect.post('/schedule/demo/discovery-call/book', booking(slot.start, 4))).body.data;
  const token = booked.manage_url.split('/').pop();
  const shown = await prospect.get(`/schedule/manage/${token}`, json);
  assert.equal(shown.status, 200);
  const moved = await prospect.post(`/schedule/reschedule/${token}`, { start: later.start, timezone: 'Europe/Berlin' });
  assert.equal(moved.status, 200, moved.text);
  assert.equal(moved.body.data.meeting.start_time, later.start);
  assert.equal(moved.body.data.meeting.rescheduled_from_id, booked.meeting.id);
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${booked.meeting.id}`)).body.data.status, 'rescheduled');
  assert.ok((await slots(prospect)).some((s) => s.start === slot.start), 'the old time is free again');
  const now = await prospect.get(`/schedule/manage/${token}`, json);
  assert.equal(now.body.data.meeting.id, moved.body.data.meeting.id);
  assert.equal((await prospect.post(`/schedule/cancel/${token}`, { reason: 'changed my mind' })).status, 200);
  assert.equal((await prospect.post(`/schedule/cancel/${token}`, {})).status, 200, 'cancelling twice is fine');
  assert.ok((await slots(prospect)).some((s) => s.start === later.start));
});

test('a start the rules refuse is 422 outside_rules, a busy one 409 slot_taken, both with alternatives', async () => {
  const [slot] = await slots(prospect);
  assert.equal((await prospect.post('/schedule/demo/discovery-call/book', booking(slot.start, 5))).status, 201);
  const taken = await prospect.post('/schedule/demo/discovery-call/book', booking(slot.start, 6));
  assert.equal(taken.status, 409, taken.text);
  assert.equal(taken.body.code, 'slot_taken');
  assert.ok(taken.body.alternatives.length > 0);
  for (const start of ['2026-02-03T14:07:00Z', '2026-02-07T15:00:00Z', '2026-02-02T13:30:00Z', '2026-06-01T15:00:00Z']) {
    const refused = await prospect.post('/schedule/demo/discovery-call/book', booking(start, 7));
    assert.equal(refused.status, 422, `${start}: ${refused.text}`);
    assert.equal(refused.body.code, 'outside_rules');
    assert.ok(refused.body.alternatives.length > 0);
  }
});

test('a form post without JavaScript books and leads to a page that can be opened again', async () => {
  const [slot] = await slots(prospect);
  const form = new URLSearchParams({ start: slot.start, timezone: 'America/New_York', attendee_name: 'Form User', attendee_email: 'form@prospect.test', idempotency_key: 'form-1-of-a-browser' });
  const answer = await prospect.request('POST', '/schedule/demo/discovery-call/book',
    { raw: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' } });
  assert.equal(answer.status, 303, answer.text);
  assert.match(answer.headers.get('location'), /^\/schedule\/manage\/[\w-]{43}\?booked=1$/);
  const page = await fetch(host.base + answer.headers.get('location'), { headers: { accept: 'text/html' } });
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /text\/html/);
  assert.match(await page.text(), /form@prospect\.test/);
});

// EVIDENCE: B-13.3
test('a rep sees only their own things, an admin all', async () => {
  const rep2 = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  const pages = (await rep.get('/api/v1/scheduling/pages')).body.data;
  assert.ok(pages.length > 0);
  assert.equal((await rep2.get(`/api/v1/scheduling/pages/${pages[0].id}`)).status, 404);
  assert.equal((await rep2.put(`/api/v1/scheduling/pages/${pages[0].id}`, { name: 'Mine now' })).status, 404);
  assert.equal((await rep2.get('/api/v1/scheduling/pages')).body.data.length, 0);
  assert.equal((await admin.get(`/api/v1/scheduling/pages/${pages[0].id}`)).status, 200);
  const meetings = (await rep.get('/api/v1/scheduling/meetings')).body.data;
  assert.equal((await rep2.get(`/api/v1/scheduling/meetings/${meetings[0].id}`)).status, 404);
});

test('what a rep sets takes effect on the page: hours, buffers, colours, questions, redirect, inactive', async () => {
  const rep2 = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  const availability = await rep2.put('/api/v1/scheduling/availability', {
    timezone: 'Europe/Berlin',
    rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: '09:00', end_time: '12:00', is_available: true })),
    defaults: { minimum_notice_minutes: 0, buffer_after_minutes: 15 },
  });
  assert.equal(availability.status, 200, availability.text);
  const page = await rep2.post('/api/v1/scheduling/pages', { slug: 'rep2', name: 'Second rep', branding: { color: '#aa3355' } });
  assert.equal(page.status, 201, page.text);
  const type = await rep2.post('/api/v1/scheduling/meeting-types', {
    scheduling_page_id: page.body.data.id, name: 'Intro', slug: 'intro', duration_minutes: 30, location_type: 'phone', color: '#123456',
    questions: [{ id: 'size', label: 'Team size', type: 'number', required: true }],
    settings: { confirmation: { message: 'See you soon', redirect_url: 'https://thanks.example/ok' } },
  });
  assert.equal(type.status, 201, type.text);
  const free = await slots(prospect, { page: 'rep2', type: 'intro', from: '2026-02-03', to: '2026-02-03', timezone: 'Europe/Berlin' });
  assert.deepEqual(free.map((s) => s.local), ['2026-02-03T09:00', '2026-02-03T09:30', '2026-02-03T10:00', '2026-02-03T10:30', '2026-02-03T11:00', '2026-02-03T11:30']);
  const missing = await prospect.post('/schedule/rep2/intro/book', booking(free[0].start, 8));
  assert.equal(missing.status, 422);
  assert.deepEqual(missing.body.errors.map((each) => each.field), ['phone', 'answers.size'], 'the host calls, so a number is needed');
  assert.equal((await prospect.post('/schedule/rep2/intro/book', booking(free[0].start, 8, { phone: '+1 645 234 5678', answers: { size: 12 } }))).status, 201);
  const left = await slots(prospect, { page: 'rep2', type: 'intro', from: '2026-02-03', to: '2026-02-03', timezone: 'Europe/Berlin' });
  assert.deepEqual(left.map((s) => s.local.slice(11)), ['10:00', '10:30', '11:00', '11:30'], 'the buffer after the meeting hides 09:30');
  const hidden = await rep2.put(`/api/v1/scheduling/pages/${page.body.data.id}`, { is_active: false });
  assert.equal(hidden.status, 200);
  assert.equal((await prospect.get('/schedule/rep2', json)).status, 404);
});

// EVIDENCE: B-12.1
test('a rep asks why not, tries other hours, and finds after saving what the preview said', async () => {
  const owner = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  const hours = (end_time) => [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: '09:00', end_time, is_available: true }));
  assert.equal((await owner.put('/api/v1/scheduling/availability', { timezone: 'Europe/Berlin', rules: hours('12:00'), defaults: { minimum_notice_minutes: 0, buffer_after_minutes: 0 } })).status, 200);
  const page = (await owner.post('/api/v1/scheduling/pages', { slug: 'tries', name: 'Tries' })).body.data;
  const type = (await owner.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.id, name: 'Try', slug: 'try', duration_minutes: 60 })).body.data;
  const list = () => slots(prospect, { page: 'tries', type: 'try', from: '2026-02-10', to: '2026-02-11', timezone: 'Europe/Berlin' });
  const free = await list();
  const booked = await prospect.post('/schedule/tries/try/book', booking(free[2].start, 9));
  assert.equal(booked.status, 201, booked.text);
  const meeting = booked.body.data.meeting;

  const why = async (start) => (await owner.get(`/api/v1/scheduling/explain?meeting_type_id=${type.id}&start=${start}`)).body.data;
  assert.equal((await why(free[0].start)).bookable, true);
  const taken = await why(meeting.start_time);
  assert.equal(taken.rule, 'busy_meeting');
  assert.deepEqual(taken.details, { meeting_id: meeting.id, start_time: meeting.start_time, end_time: meeting.end_time });
  assert.match(taken.message, /^Tuesday, 10 February 2026, 11:00 \(Europe\/Berlin\) is taken by meeting \d+, 11:00–12:00\.$/);
  assert.equal((await why('2026-02-10T08:20:00Z')).details.next_start, '2026-02-10T09:00:00Z');

  const before = await list();
  const rules = hours('10:30');
  const tried = await owner.post('/api/v1/scheduling/preview',
    { meeting_type_id: type.id, from: '2026-02-10', to: '2026-02-11', availability: { rules }, settings: { slot_interval_minutes: 30 } });
  assert.equal(tried.status, 200, tried.text);
  const { gained, lost, kept, meetings_outside: outside } = tried.body.data;
  assert.deepEqual(outside.map(({ id, rule, attendee_name: name }) => ({ id, rule, name })), [{ id: meeting.id, rule: 'outside_hours', name: 'Ada Lovelace 9' }]);
  assert.deepEqual(await list(), before, 'trying changes nothing');

  assert.equal((await owner.put('/api/v1/scheduling/availability', { rules })).status, 200);
  assert.equal((await owner.put(`/api/v1/scheduling/meeting-types/${type.id}`, { settings: { slot_interval_minutes: 30 } })).status, 200);
  const after = (await list()).map((slot) => slot.start);
  const gone = new Set(lost.map((slot) => slot.start));
  const stayed = before.map((slot) => slot.start).filter((start) => !gone.has(start));
  assert.equal(stayed.length, kept);
  assert.deepEqual([...stayed, ...gained.map((slot) => slot.start)].sort(), after);
});
