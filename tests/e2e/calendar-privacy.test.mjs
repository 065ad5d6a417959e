// An erased person stands in no calendar of ours, neither in what is ahead nor in what is over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { book, clock, connect, EMAIL, runJob, starts, withGoogle, write } from './lib/calendars.mjs';

let stage, google, open, rep, admin;
before(async () => {
  stage = await withGoogle();
  ({ google, open, rep, admin } = stage);
  await connect(stage);
});
after(() => stage?.stop());

const shown = () => JSON.stringify(google.ours(EMAIL)).toLowerCase();
const words = ['ada lovelace', 'ada@prospect.test'];
const stands = () => words.filter((word) => shown().includes(word));

test('events of meetings that are ahead and of those that are over are written again without the person', async () => {
  const free = await starts(open);
  const over = await book(open, free[0]);
  const ahead = await book(open, free.at(-1));
  await write(open);
  assert.equal(google.ours(EMAIL).length, 2);
  assert.deepEqual(stands(), words);
  await clock(open, new Date(Date.parse(free[0]) + 7_200_000).toISOString().replace('.000Z', 'Z'));
  await runJob(open, 'CompleteMeetingsJob');
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${over.meeting.id}`)).body.data.status, 'completed');

  const erased = await admin.post('/api/v1/scheduling/privacy/erase', { email: 'ada@prospect.test' });
  assert.equal(erased.status, 200, erased.text);
  assert.equal(erased.body.data.calendar_events, 2);
  await write(open);
  assert.deepEqual(stands(), []);
  assert.equal(google.ours(EMAIL).length, 2, 'the meetings stand');
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${ahead.meeting.id}`)).body.data.status, 'scheduled');
});

test('a meeting whose attendee is written to elsewhere invites the new address', async () => {
  const made = await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Grace Hopper', email: 'grace@prospect.test' } });
  const free = await starts(open);
  await book(open, free[0], { attendee_name: 'Grace Hopper', attendee_email: 'grace@prospect.test' });
  await write(open);
  await rep.put(`/api/v1/records/${made.body.data.id}`, { data: { name: 'Grace Hopper', email: 'hopper@prospect.test' } });
  const [suggestion] = (await rep.get(`/api/v1/scheduling/suggestions?contact_id=${made.body.data.id}&status=open`)).body.data;
  assert.equal((await rep.post(`/api/v1/scheduling/suggestions/${suggestion.id}/accept`)).status, 200);
  await write(open);
  assert.ok(shown().includes('hopper@prospect.test'), shown());
  assert.ok(!shown().includes('grace@prospect.test'));
});
