// Figures, suggestions, audit and privacy in a real browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, picture } from './lib/browser.mjs';
import { booking, Client, demoRep, slots } from './lib/client.mjs';
import { admin, host, root, stage, visit } from './lib/stage.mjs';

let rep, open;
stage({}, async () => {
  [rep, open] = [await demoRep(host), await Client.anonymous(host)];
});

let person = 300;
async function book(more = {}) {
  const [free] = await slots(open);
  const answer = await open.post('/schedule/demo/discovery-call/book', booking(free.start, person++, more));
  assert.equal(answer.status, 201, answer.text);
  return answer.body.data.meeting;
}
const asAdmin = (address) => visit(address, {}, 'admin@example.test', 'admin-demo');

test('a sales lead reads the figures, beside each plot a table', async () => {
  const first = await book({ utm: { source: 'newsletter' } });
  await book();
  assert.equal((await admin.post('/api/v1/dev/clock', { now: '2026-02-04T23:00:00Z' }, { validate: false })).status, 200);
  await rep.post(`/api/v1/scheduling/meetings/${first.id}/outcome`, { outcome: 'no_show' });
  const page = await visit(`${root}/figures?from=2026-01-01&to=2026-03-31&by=source`);
  await page.getByRole('heading', { name: 'Meetings booked each month' }).waitFor();
  const months = page.getByRole('table').first();
  assert.deepEqual(await months.getByRole('row').allInnerTexts(), ['Month\tMeetings booked', '2026-01\t0', '2026-02\t2', '2026-03\t0']);
  assert.match(await page.locator('.tiles').innerText(), /Meetings booked\s+2[\s\S]*No-show rate\s+100 %/);
  assert.match(await page.getByRole('row', { name: /newsletter/ }).innerText(), /^newsletter\t1\t0\t1\t100 %/);
  await page.getByRole('row', { name: /Without a source/ }).waitFor();
  // Not waitForFunction: it evaluates text, which the page's policy forbids.
  for (const canvas of await page.locator('canvas').all())
    for (let tries = 0; (await canvas.evaluate((each) => each.width)) <= 100; ++tries) {
      assert.ok(tries < 200, 'the plots are drawn');
      await page.waitForTimeout(50);
    }
  await isSound(page, { context: 'figures' });
  await picture(page, 'figures');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a table (CSV)' }).click()]);
  assert.equal(file.suggestedFilename(), 'figures.csv');
  await page.getByLabel('Compare by').selectOption('meeting_type');
  await page.getByRole('row', { name: /Discovery Call/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Privacy' }).count(), 0, 'for administrators');
  await page.context().close();
});

test('suggestions stand above the meetings and on the meeting, and are answered', async () => {
  await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Grace Hopper', email: 'grace@prospect.test' } });
  const meeting = await book({ attendee_email: 'grace@prospect.test', attendee_name: 'Amazing Grace', phone: '+12025550136' });
  const page = await visit(`${root}/meetings`);
  await page.getByRole('heading', { name: 'Suggestions' }).waitFor();
  const phone = page.getByRole('listitem').filter({ hasText: 'the phone number: +12025550136' });
  await phone.getByRole('button', { name: 'Accept' }).click();
  await phone.waitFor({ state: 'detached' });
  await isSound(page, { context: 'suggestions' });
  await page.goto(`${host.base}${root}/meetings/${meeting.id}`);
  const name = page.getByRole('listitem').filter({ hasText: 'Amazing Grace' });
  await name.getByRole('button', { name: 'Dismiss' }).click();
  await name.waitFor({ state: 'detached' });
  const { data } = (await rep.get(`/api/v1/records/${(await rep.get(`/api/v1/scheduling/meetings/${meeting.id}`)).body.data.contact_id}`)).body.data;
  assert.deepEqual([data.name, data.phone], ['Grace Hopper', '+12025550136']);
  await page.context().close();
});

test('an administrator reads who changed what, and forgets a person', async () => {
  const meeting = await book({ attendee_email: 'gone@prospect.test', attendee_name: 'Gone Girl' });
  const page = await asAdmin(`${root}/audit?meeting=${meeting.id}`);
  await page.getByRole('cell', { name: new RegExp(`The attendee booked meeting ${meeting.id}`) }).waitFor();
  await isSound(page, { context: 'audit' });
  await page.getByRole('link', { name: 'Privacy' }).click();
  await page.getByLabel('E-mail address of the person').fill('gone@prospect.test');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save all that is held' }).click()]);
  assert.equal(file.suggestedFilename(), 'person.json');
  await page.getByRole('button', { name: 'Forget this person…' }).click();
  await page.getByRole('dialog').getByLabel('Cancel upcoming meetings first, and tell everybody').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByText('1 meeting no longer knows its attendee.').waitFor();
  await page.getByText('1 upcoming meeting was cancelled.').waitFor();
  await isSound(page, { context: 'privacy' });
  await picture(page, 'privacy');
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${meeting.id}`)).body.data.attendee_email, '');
  await page.context().close();
});
