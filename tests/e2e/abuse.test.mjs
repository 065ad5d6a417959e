// EVIDENCE: B-8.4
// What one client may do with the public form, over HTTP: limits, reviews, held mails, and an office that may do more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, demoAdmin, demoRep, json } from './lib/client.mjs';
import { Host, MONDAY } from './lib/host.mjs';

const settingsPath = '/api/v1/modules/meeting_scheduler/settings';
let host, admin, rep, prospect;

before(async () => {
  host = await Host.start();
  admin = await demoAdmin(host);
  rep = await demoRep(host);
  prospect = await Client.anonymous(host);
});
after(() => host?.stop());

const slots = async (days = '2026-02-03&to=2026-02-27') =>
  (await prospect.get(`/schedule/demo/discovery-call/slots?from=${days}&timezone=UTC`)).body.data.slots;
const booking = (start, email, more = {}) =>
  ({ start, timezone: 'UTC', attendee_name: 'Ada Lovelace', attendee_email: email, phone: '+12125550123', ...more });
const book = (start, email, more, options) =>
  prospect.post('/schedule/demo/discovery-call/book', booking(start, email, more), options);
const set = async (values) => {
  const answer = await admin.put(settingsPath, values);
  assert.equal(answer.status, 200, answer.text);
};
const setClock = (now) => prospect.post('/api/v1/dev/clock', { now }, { validate: false });

test('the settings say their defaults, which hold nobody in development', async () => {
  const shown = (await admin.get(settingsPath)).body.data;
  assert.deepEqual([shown.bookings_per_network_max, shown.open_meetings_per_email_max, shown.guest_mails_per_network_max,
    shown.first_mails_per_recipient_max, shown.guest_mails_per_page_hour_max, shown.form_seconds_min], [20, 5, 50, 10, 200, 2]);
  const starts = await slots();
  for (let i = 0; i < 22; i++) assert.equal((await book(starts[i].start, 'ada@prospect.test')).body.data.meeting.status, 'scheduled');
});

test('what is set holds always: too many bookings of a network are 429 with Retry-After', async () => {
  await set({ bookings_per_network_max: 23 });
  const starts = await slots();
  assert.equal((await book(starts[0].start, 'last@prospect.test')).status, 201);
  const refused = await book(starts[1].start, 'one@prospect.test');
  assert.equal(refused.status, 429);
  assert.equal(refused.body.code, 'too_many_bookings');
  assert.equal(refused.headers.get('retry-after'), String(24 * 3600));
  const page = await fetch(`${host.base}/schedule/demo/discovery-call/book`, { method: 'POST', redirect: 'manual',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ start: starts[1].start, attendee_name: 'Ada', attendee_email: 'one@prospect.test' }) });
  assert.equal(page.status, 429);
  assert.ok(page.headers.get('retry-after'));
  await set({ bookings_per_network_max: null });
});

test('blocked senders are 403 before anything else', async () => {
  await set({ blocked_senders: ['spam.test'], bookings_per_network_max: 1 });
  const [slot] = await slots();
  const refused = await book(slot.start, 'eve@mx.spam.test');
  assert.deepEqual([refused.status, refused.body.code], [403, 'not_accepted']);
  assert.equal((await book(slot.start, 'ada@prospect.test')).status, 429);
  await set({ blocked_senders: null, bookings_per_network_max: null });
});

test('behind a proxy that nobody vouched for the limit of a network only warns', async () => {
  await set({ bookings_per_network_max: 1 });
  const [slot] = await slots();
  const booked = await book(slot.start, 'proxied@prospect.test', {}, { headers: { 'x-forwarded-for': '198.51.100.7' } });
  assert.equal(booked.status, 201, booked.text);
  const card = JSON.stringify((await admin.get('/api/v1/modules')).body);
  assert.match(card, /127\.0\.0\.0\/24/);
  await set({ bookings_per_network_max: null });
});

test('a sixth open meeting waits for its host, and is confirmed like any other', async () => {
  await set({ open_meetings_per_email_max: 1 });
  const starts = await slots();
  assert.equal((await book(starts[0].start, 'six@prospect.test')).body.data.meeting.status, 'scheduled');
  const held = (await book(starts[1].start, 'Six@prospect.test')).body.data.meeting;
  assert.equal(held.status, 'pending');
  assert.ok(!('held_for_review' in held));
  const seen = (await rep.get(`/api/v1/scheduling/meetings/${held.id}`)).body.data;
  assert.deepEqual(seen.held_for_review, ['open_meetings']);
  const mails = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${held.id}`)).body.data;
  assert.deepEqual(mails.map((mail) => mail.recipient), ['rep@example.test']);
  const confirmed = await rep.post(`/api/v1/scheduling/meetings/${held.id}/confirm`);
  assert.equal(confirmed.body.data.status, 'scheduled');
  assert.deepEqual(confirmed.body.data.held_for_review, []);
  const after = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${held.id}`)).body.data;
  assert.ok(after.some((mail) => mail.recipient === 'Six@prospect.test' && mail.kind === 'mail_confirmed'));
  await set({ open_meetings_per_email_max: null });
});

test('696 mails to 330 strangers: no more leave than the limits say, and held ones are released by hand', async () => {
  await set({ guest_mails_per_network_max: 50, first_mails_per_recipient_max: 10, guest_mails_per_page_hour_max: 200 });
  await setClock('2026-02-04T13:00:00Z');
  const starts = await slots('2026-02-05&to=2026-02-27');
  for (let i = 0; i < 33; i++) {
    const guests = [...Array(10).keys()].map((g) => `stranger${i * 10 + g}@far.test`);
    assert.equal((await book(starts[i].start, `cannon${i}@far.test`, { guests })).status, 201);
  }
  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const page = (await admin.get(`/api/v1/scheduling/mails?limit=100${cursor && `&cursor=${cursor}`}`)).body;
    all.push(...page.data.filter((mail) => /@far\.test$/.test(mail.recipient ?? '')));
    cursor = page.next_cursor;
  }
  const held = all.filter((mail) => mail.status === 'held');
  assert.equal(all.length - held.length, 50);
  assert.equal(held[0].error, 'guest_mails_per_network_max');
  assert.equal((await admin.get('/api/v1/scheduling/mail-health')).body.data.mails.held, held.length);
  assert.equal((await rep.post(`/api/v1/scheduling/mails/${held[0].id}/retry`)).status, 204);
  const now = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${held[0].meeting_id}`)).body.data;
  assert.equal(now.find((mail) => mail.id === held[0].id).status, 'waiting');
  await set({ guest_mails_per_network_max: null, first_mails_per_recipient_max: null, guest_mails_per_page_hour_max: null });
});

test('an office of 400 behind one address books 2,000 times within an hour when the limits were raised', async () => {
  await set({ bookings_per_network_max: 5000, guest_mails_per_network_max: 20000, guest_mails_per_page_hour_max: 20000, open_meetings_per_email_max: 100 });
  await rep.put('/api/v1/scheduling/availability', { timezone: 'UTC',
    rules: [...Array(7).keys()].map((day_of_week) => ({ day_of_week, start_time: '00:00', end_time: '24:00', is_available: true })) });
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  const type = await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.id, name: 'Office', slug: 'office',
    duration_minutes: 5, settings: { slot_interval_minutes: 5, max_days_in_advance: 60 } });
  assert.equal(type.status, 201, type.text);
  await setClock('2026-03-01T00:00:00Z');
  const starts = (await prospect.get('/schedule/demo/office/slots?from=2026-03-10&to=2026-03-19&timezone=UTC')).body.data.slots;
  assert.ok(starts.length >= 2000);
  let next = 0;
  const statuses = {};
  await Promise.all([...Array(16)].map(async () => {
    for (let i = next++; i < 2000; i = next++) {
      if (i % 500 === 0) await setClock(`2026-03-01T00:${String(10 * (i / 500)).padStart(2, '0')}:00Z`);
      const answer = await prospect.post('/schedule/demo/office/book',
        booking(starts[i].start, `person${i % 400}@office.test`), { validate: false });
      const key = `${answer.status} ${answer.body?.data?.meeting?.status ?? answer.body?.code}`;
      statuses[key] = (statuses[key] ?? 0) + 1;
    }
  }));
  assert.deepEqual(statuses, { '201 scheduled': 2000 });
  await setClock(MONDAY);
});

test('a new address proves itself where the type asks for it', async () => {
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  const type = await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.id, name: 'Careful', slug: 'careful',
    duration_minutes: 30, settings: { verify_email: 'new_addresses' } });
  assert.equal(type.status, 201, type.text);
  assert.equal(type.body.data.settings.verify_email, 'new_addresses');
  const [slot] = (await prospect.get('/schedule/demo/careful/slots?from=2026-02-10&to=2026-02-12&timezone=UTC')).body.data.slots;
  const booked = await prospect.post('/schedule/demo/careful/book', booking(slot.start, 'new@careful.test'));
  assert.equal(booked.body.data.meeting.status, 'pending');
  const { id } = booked.body.data.meeting;
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${id}`)).body.data.awaits_verification, true);
  assert.deepEqual((await rep.get(`/api/v1/scheduling/mails?meeting_id=${id}`)).body.data.map((mail) => mail.kind), ['mail_verify']);
  assert.equal((await prospect.get('/schedule/manage/verify/nonsense', json)).status, 404);
});
