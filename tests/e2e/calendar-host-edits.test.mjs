// EVIDENCE: B-9.3
// What a host does to our events in their own calendar becomes true here, once; our own writes that come back change
// nothing. Over real HTTP to a double of Google.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { book, connect, connections, EMAIL, starts, sync, withGoogle, write } from './lib/calendars.mjs';

let stage, google, open, rep;
before(async () => {
  stage = await withGoogle();
  ({ google, open, rep } = stage);
  await connect(stage);
});
after(async () => stage?.stop());

const plus = (start, minutes) => new Date(Date.parse(start) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
const id = async () => (await connections(rep))[0].id;
const meeting = async (one) => (await rep.get(`/api/v1/scheduling/meetings/${one.meeting.id}`)).body.data;
const shown = async (one) => (await open.get(`/schedule/manage/${one.token}`, { headers: { accept: 'application/json' } })).body.data;
const mails = async (kind) => (await rep.get('/api/v1/scheduling/mails?limit=100')).body.data.filter((mail) => mail.kind === kind);
const drag = (event, start, minutes = 30) => google.put(EMAIL, { ...event, start: { dateTime: start }, end: { dateTime: plus(start, minutes) } });

test('an event that the host moves moves its meeting, once, and tells the attendee once', async () => {
  const free = await starts(open);
  const made = await book(open, free[0]);
  await write(open);
  const [event] = google.ours(EMAIL);
  assert.deepEqual((await meeting(made)).calendar, { status: 'written', error: null, unchecked: false });
  const target = free[6];
  drag(event, target);
  await sync(rep, await id());
  const now = (await shown(made)).meeting;
  assert.equal(now.start_time, target);
  assert.equal((await meeting(made)).status, 'rescheduled');
  await write(open);
  await sync(rep, await id());
  await write(open);
  await sync(rep, await id());
  assert.equal((await shown(made)).meeting.id, now.id, 'moved once');
  assert.equal(google.ours(EMAIL).length, 1);
  assert.equal(google.ours(EMAIL)[0].id, event.id);
  assert.equal(Date.parse(google.ours(EMAIL)[0].start.dateTime), Date.parse(target));
  assert.equal((await mails('mail_moved')).filter((mail) => mail.recipient === 'ada@prospect.test').length, 1);
  assert.ok((await starts(open)).includes(free[0]), 'the former time is free');
  await open.post(`/schedule/cancel/${made.token}`, {});
  await write(open);
});

test('a move outside the hours is followed all the same', async () => {
  const [first] = await starts(open);
  const made = await book(open, first);
  await write(open);
  const [event] = google.ours(EMAIL);
  const night = `${first.slice(0, 10)}T03:15:00Z`.replace(/^2026-02-03/, '2026-02-05');
  drag(event, night, 45);
  await sync(rep, await id());
  const now = (await shown(made)).meeting;
  assert.equal(now.start_time, night);
  assert.equal(now.end_time, plus(night, 45));
  assert.deepEqual((await meeting({ meeting: now })).host_move, { outcome: 'outside_rules', rule: 'outside_hours' });
  const listed = (await rep.get('/api/v1/scheduling/meetings?status=scheduled&limit=10')).body.data.find((each) => each.id === now.id);
  assert.equal(listed.host_move.outcome, 'outside_rules');
  await open.post(`/schedule/cancel/${made.token}`, {});
  await write(open);
});

test('a move onto another meeting is put back', async () => {
  const free = await starts(open);
  const one = await book(open, free[0]);
  const other = await book(open, free[4], { attendee_email: 'bea@prospect.test' });
  await write(open);
  const event = google.ours(EMAIL).find((each) => Date.parse(each.start.dateTime) === Date.parse(free[0]));
  drag(event, free[4]);
  await sync(rep, await id());
  assert.equal((await shown(one)).meeting.start_time, free[0]);
  assert.deepEqual((await meeting(one)).host_move, { outcome: 'put_back', rule: null });
  await write(open);
  assert.deepEqual((await meeting(one)).host_move, { outcome: 'put_back', rule: null }, 'the note stays when the event is back');
  assert.equal((await meeting(other)).host_move, null);
  const back = google.ours(EMAIL).find((each) => each.id === event.id);
  assert.equal(Date.parse(back.start.dateTime), Date.parse(free[0]));
  assert.equal(google.ours(EMAIL).length, 2);
  for (const each of [one, other]) await open.post(`/schedule/cancel/${each.token}`, {});
  await write(open);
});

test('an event that the host deletes cancels its meeting, once; an error does not', async () => {
  const [first] = await starts(open);
  const made = await book(open, first);
  await write(open);
  const [event] = google.ours(EMAIL);
  google.cancel(EMAIL, event.id);
  google.fault(`/events/${event.id}`, { status: 503 });
  const failed = await sync(rep, await id());
  assert.equal(failed.last_error.code, 'unavailable');
  assert.equal((await meeting(made)).status, 'scheduled', 'an error is no clear word');
  const before = (await mails('mail_cancelled')).length;
  await sync(rep, await id());
  const now = await meeting(made);
  assert.equal(now.status, 'cancelled');
  assert.equal(now.cancelled_by, 'host');
  await write(open);
  await sync(rep, await id());
  const told = (await mails('mail_cancelled')).slice(0, (await mails('mail_cancelled')).length - before);
  assert.equal(told.filter((mail) => mail.recipient === 'ada@prospect.test').length, 1);
  assert.equal(google.ours(EMAIL).length, 0);
});

test('what the attendee answers in the calendar shows on the meeting', async () => {
  const [first] = await starts(open);
  const made = await book(open, first);
  await write(open);
  const [event] = google.ours(EMAIL);
  for (const response of ['accepted', 'tentative', 'declined']) {
    google.put(EMAIL, { ...event, attendees: event.attendees.map((each) => ({ ...each, responseStatus: response })) });
    await sync(rep, await id());
    const now = await meeting(made);
    assert.equal(now.attendee_response, response);
    assert.equal(now.status, 'scheduled', 'a decline cancels nothing');
  }
  await open.post(`/schedule/cancel/${made.token}`, {});
  await write(open);
  assert.equal(google.ours(EMAIL).length, 0, 'the newer version did not stop the deletion');
});

test('whoever moves the meeting here meanwhile wins', async () => {
  const free = await starts(open);
  const made = await book(open, free[0]);
  await write(open);
  const [event] = google.ours(EMAIL);
  const moved = await open.post(`/schedule/reschedule/${made.token}`, { start: free[8], timezone: 'America/New_York' });
  assert.equal(moved.status, 200, moved.text);
  drag(event, free[3]);
  await sync(rep, await id());
  assert.equal((await shown(made)).meeting.start_time, free[8]);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 1);
  assert.equal(Date.parse(google.ours(EMAIL)[0].start.dateTime), Date.parse(free[8]));
  await open.post(`/schedule/cancel/${made.token}`, {});
  await write(open);
});

test('many deletions at once are a person\'s to decide', async () => {
  const free = await starts(open);
  const made = [];
  for (let n = 0; n < 5; n += 1) made.push(await book(open, free[n * 2], { attendee_email: `many${n}@prospect.test` }));
  await write(open);
  for (const event of google.ours(EMAIL)) google.cancel(EMAIL, event.id);
  const synced = await sync(rep, await id());
  assert.equal(synced.last_error.code, 'many_deleted');
  for (const one of made) assert.equal((await meeting(one)).status, 'scheduled');
  assert.equal((await sync(rep, await id())).last_error.code, 'many_deleted', 'it stays said');
  for (const one of made.slice(0, 3)) await rep.post(`/api/v1/scheduling/meetings/${one.meeting.id}/cancel`, {});
  await write(open);
  const after = await sync(rep, await id());
  assert.equal(after.last_error, null);
  for (const one of made) assert.equal((await meeting(one)).status, 'cancelled');
});
