// EVIDENCE: B-9.2
// While a calendar that is to block cannot be read, the administrator's policy decides, and listing and booking agree.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { connectCalDav, SERVERS, withCalDav } from './lib/caldav.mjs';
import { book, clock, starts, sync } from './lib/calendars.mjs';
import { booking } from './lib/client.mjs';

let stage, open, rep, id;
before(async () => {
  stage = await withCalDav(SERVERS.radicale);
  ({ open, rep } = stage);
  id = (await connectCalDav(stage)).id;
});
after(async () => stage?.stop());
const meeting = async (made) => (await rep.get(`/api/v1/scheduling/meetings/${made.meeting.id}`)).body.data;
const policy = async (values) => assert.equal((await stage.settings(values)).status, 200);
const refusal = async (start) => open.post('/schedule/demo/discovery-call/book', booking(start));

test('a calendar that is read in time changes nothing under any policy', async () => {
  const free = await starts(open);
  for (const broken_calendar_policy of ['block', 'request', 'warn']) {
    await policy({ broken_calendar_policy });
    assert.deepEqual(await starts(open), free);
  }
  const made = await book(open, free[0]);
  const now = await meeting(made);
  assert.equal(now.status, 'scheduled');
  assert.equal(now.calendar.unchecked, false);
  await open.post(`/schedule/cancel/${made.token}`, {});
});

test('a reading that brings nothing new changes nobody\'s version, one that brings a change brings only that', async () => {
  const client = new pg.Client({ connectionString: stage.host.databaseUrl() });
  await client.connect();
  try {
    const version = async () => (await client.query('SELECT calendar_version AS n, recent FROM host_versions WHERE user_id = (SELECT user_id FROM calendar_connections)')).rows[0];
    const free = await starts(open);
    const event = (start) => `DTSTART:${start.replaceAll(/[-:]/g, '')}\nDURATION:PT30M`;
    await stage.server.put('first', event(free[0]));
    await stage.server.put('second', event(free[2]));
    await sync(rep, id);
    const before = await version();
    for (let n = 0; n < 3; n += 1) await sync(rep, id);
    assert.deepEqual(await version(), before, 'three readings without news');
    const read = (await client.query('SELECT last_sync_at FROM calendar_connections')).rows[0].last_sync_at;
    assert.ok(read, 'which are noted all the same');
    await stage.server.put('second', event(free[4]));
    await sync(rep, id);
    const after = await version();
    assert.equal(Number(after.n), Number(before.n) + 1);
    const [{ id: changed }] = (await client.query('SELECT id FROM external_busy WHERE external_event_id LIKE \'%second%\'')).rows;
    assert.equal(after.recent[0], String(-changed), 'the event that changed, not the calendar');
    assert.ok((await starts(open)).includes(free[2]) && !(await starts(open)).includes(free[4]));
    for (const name of ['first', 'second']) await stage.server.remove(name);
    await sync(rep, id);
    assert.deepEqual(await starts(open), free);
  } finally {
    await client.end();
  }
});

test('without a reading for calendar_stale_minutes: warn marks, request waits, block offers nothing', async () => {
  const free = await starts(open);
  await clock(open, '2026-02-02T14:00:00Z');
  await policy({ broken_calendar_policy: 'block' });
  assert.ok((await starts(open)).length > 0, 'an hour is not more than an hour');
  await clock(open, '2026-02-02T14:00:01Z');
  assert.deepEqual(await starts(open), [], 'block');
  const refused = await refusal(free.at(-1));
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'slot_taken');
  assert.deepEqual(refused.body.alternatives, []);
  const type = (await rep.get('/api/v1/scheduling/meeting-types')).body.data.find((each) => each.slug === 'discovery-call');
  const why = await rep.get(`/api/v1/scheduling/explain?meeting_type_id=${type.id}&start=${free.at(-1)}`);
  assert.equal(why.body.data.rule, 'calendar_unreadable');

  await policy({ broken_calendar_policy: 'warn' });
  const offered = await starts(open);
  assert.ok(offered.length > 0);
  const warned = await book(open, offered[0]);
  const marked = await meeting(warned);
  assert.equal(marked.status, 'scheduled');
  assert.equal(marked.calendar.unchecked, true);

  await policy({ broken_calendar_policy: 'request' });
  const asked = await book(open, offered[4], { attendee_email: 'bea@prospect.test' });
  assert.equal((await meeting(asked)).status, 'pending');
  assert.equal((await meeting(asked)).calendar.unchecked, false);
  assert.equal((await rep.post(`/api/v1/scheduling/meetings/${asked.meeting.id}/confirm`)).status, 200);
  assert.equal((await meeting(asked)).status, 'scheduled');

  await policy({ broken_calendar_policy: 'block', calendar_stale_minutes: 90 });
  assert.ok((await starts(open)).length > 0, 'the setting counts at once');
  await policy({ calendar_stale_minutes: 60 });
  assert.deepEqual(await starts(open), []);
  await sync(rep, id);
  assert.ok((await starts(open)).length > 0, 'a reading mends it, whatever is in memory');
});

test('a calendar that does not block, or was disconnected, is not waited for', async () => {
  await clock(open, '2026-02-02T16:00:00Z');
  assert.deepEqual(await starts(open), []);
  const [calendar] = (await rep.get('/api/v1/calendar/connections')).body.data[0].calendars;
  const choose = (checks_conflicts) => rep.put(`/api/v1/calendar/connections/${id}`, { calendars: [{ id: calendar.id, checks_conflicts, writes_meetings: true }] });
  await choose(false);
  assert.ok((await starts(open)).length > 0);
  await choose(true);
  assert.deepEqual(await starts(open), []);
  assert.equal((await rep.delete(`/api/v1/calendar/connections/${id}`)).status, 204);
  assert.ok((await starts(open)).length > 0);
});
