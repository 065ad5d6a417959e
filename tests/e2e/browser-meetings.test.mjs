// Meetings and mails in a real browser: what a rep sees and does with them. What became of it is asked of the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSound, isSoundInEveryLook, picture } from './lib/browser.mjs';
import { booking, Client, demoRep, json, slots } from './lib/client.mjs';
import { MONDAY } from './lib/host.mjs';
import { admin, host, stage, visit } from './lib/stage.mjs';

let rep, open, demo, asked;
stage({}, async () => {
  [rep, open] = [await demoRep(host), await Client.anonymous(host)];
  demo = (await rep.get('/api/v1/scheduling/meeting-types')).body.data.find(({ slug }) => slug === 'discovery-call');
  const made = await rep.post('/api/v1/scheduling/meeting-types', {
    scheduling_page_id: demo.scheduling_page_id, name: 'Consultation', duration_minutes: 30, location_type: 'in_person', location_details: 'Main Street 1',
    questions: [{ id: 'size', label: 'How large is your team?', type: 'number', required: true }, { id: 'topics', label: 'Topics?', type: 'multiselect', options: ['Prices', 'Support'] }],
    settings: { requires_confirmation: true },
  });
  assert.equal(made.status, 201, made.text);
  asked = made.body.data;
});

let person = 100;
async function book(type = 'discovery-call', more = {}) {
  const free = await slots(open, { type });
  const answer = await open.post(`/schedule/demo/${type}/book`, booking(free[0].start, person++, more), json);
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body.data.meeting, slot: free[0] };
}
const request = () => book('consultation', { answers: { topics: ['Prices', 'Support'], size: 12 }, notes: 'I look\nforward to it.', guests: ['charles@prospect.test'] });
const stored = async (id) => (await rep.get(`/api/v1/scheduling/meetings/${id}`)).body.data;
const setNow = async (now) => assert.equal((await admin.post('/api/v1/dev/clock', { now }, { validate: false })).status < 300, true);

test('an empty list says what will stand there', async () => {
  const page = await visit('/settings/scheduling/meetings', {}, 'rep2@example.test', 'rep2-demo');
  for (const [view, said] of [['Upcoming', 'Nothing is booked yet'], ['Requests', 'No requests'], ['Past', 'Nothing has taken place yet']]) {
    await page.getByRole('link', { name: view, exact: true }).click();
    await page.getByRole('heading', { name: said }).waitFor();
    await isSound(page, { context: view });
  }
  await page.goto(`${host.base}/settings/scheduling/meetings/999`);
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
  await page.context().close();
});

test('upcoming meetings stand by day, on the clock of the reader, and are found again', async () => {
  const meeting = await book();
  await book('discovery-call', { attendee_name: 'Grace Hopper' });
  const page = await visit('/settings/scheduling/meetings');
  const row = page.getByRole('article').filter({ hasText: meeting.attendee_name });
  await row.waitFor();
  const local = (await stored(meeting.id)).local;
  assert.equal(local.start, meeting.slot.local, 'the page shows what the booker saw in the same zone');
  const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`${local.start}Z`));
  assert.ok((await row.textContent()).includes(clock), clock);
  await page.getByText(`Times in ${local.timezone}`).waitFor();
  await page.getByRole('heading', { name: /February \d+, 2026/ }).first().waitFor();

  await page.getByLabel('Name or mail address').fill('hopp');
  await row.waitFor({ state: 'detached' });
  await page.getByRole('article').filter({ hasText: 'Grace Hopper' }).waitFor();
  assert.match(page.url(), /q=hopp/);
  await page.reload();
  await page.getByRole('article').filter({ hasText: 'Grace Hopper' }).waitFor();
  assert.equal(await page.getByRole('article').count(), 1);
  await page.getByLabel('Until').fill('2026-02-02');
  await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
  await isSound(page);
  await page.getByRole('link', { name: 'Show all again' }).click();
  await row.waitFor();
  await page.getByLabel('Meeting type').selectOption({ label: 'Consultation' });
  await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
  await page.context().close();
});

test('a request shows its answers in order and is confirmed', async () => {
  const meeting = await request();
  const page = await visit('/settings/scheduling/meetings?view=requests');
  await page.getByRole('link', { name: meeting.attendee_name }).click();
  await page.getByText('This booking waits for you.').waitFor();
  await page.getByText(/Confirm it by/).waitFor();
  assert.deepEqual(await page.locator('section').filter({ hasText: 'Answers' }).locator('dt, dd').allTextContents(), ['How large is your team?', '12', 'Topics?', 'Prices, Support']);
  await page.getByText('charles@prospect.test').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Show the contact in the CRM' }).getAttribute('href'), `/contacts/${(await stored(meeting.id)).contact_id}`);
  assert.equal(await page.getByRole('button', { name: 'They came' }).count(), 0, 'it has not begun');
  await isSound(page);
  await picture(page, 'settings-meeting-request');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Confirmed. We write to everybody.').waitFor();
  await page.getByText('Scheduled', { exact: true }).waitFor();
  assert.equal((await stored(meeting.id)).status, 'scheduled');
  await page.context().close();
});

test('a request is declined with a reason, after a question', async () => {
  const meeting = await request();
  const page = await visit(`/settings/scheduling/meetings/${meeting.id}`);
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  assert.equal((await stored(meeting.id)).status, 'pending');
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.getByLabel('Why?').fill('I am away.');
  await isSound(page, { context: 'asking' });
  await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await page.getByText('Declined. We write to them.').waitFor();
  await page.getByText(/Cancelled by the host on/).waitFor();
  const now = await stored(meeting.id);
  assert.equal(now.status, 'cancelled');
  assert.equal(now.cancel_reason, 'I am away.');
  await page.context().close();
});

test('a meeting is cancelled with a reason, and the list lets it go', async () => {
  const meeting = await book();
  const page = await visit(`/settings/scheduling/meetings/${meeting.id}`);
  await page.getByRole('button', { name: 'Cancel the meeting' }).click();
  await page.getByLabel('Why?').fill('Train strike');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the meeting' }).click();
  await page.getByText('Train strike', { exact: false }).last().waitFor();
  assert.equal((await stored(meeting.id)).cancel_reason, 'Train strike');
  assert.equal(await page.getByRole('button', { name: 'Cancel the meeting' }).count(), 0);
  await isSound(page);
  await page.getByRole('link', { name: 'All meetings' }).click();
  await page.getByRole('article').first().waitFor();
  assert.equal(await page.getByRole('article').filter({ hasText: meeting.attendee_name }).count(), 0);
  await page.getByLabel('Status').selectOption('cancelled');
  await page.getByRole('article').filter({ hasText: meeting.attendee_name }).waitFor();
  await page.context().close();
});

test('a meeting that was moved leads to where it is now, however often it was moved; to nobody else', async () => {
  const made = (await open.post('/schedule/demo/discovery-call/book', booking((await slots(open))[0].start, person++, { phone: '+12025550136' }), json)).body.data;
  const token = made.manage_url.split('/').at(-1);
  for (const date of ['2026-02-12', '2026-02-13']) {
    const [slot] = await slots(open, { from: date, to: date });
    assert.equal((await open.post(`/schedule/reschedule/${token}`, { start: slot.start, timezone: 'UTC' })).status, 200);
  }
  const old = await stored(made.meeting.id);
  assert.equal(old.status, 'rescheduled');
  const newest = await stored(old.rescheduled_to_id);
  assert.deepEqual([newest.status, newest.rescheduled_to_id, newest.local.start.slice(0, 10)], ['scheduled', null, '2026-02-13']);

  const page = await visit('/settings/scheduling/meetings?status=rescheduled');
  const row = page.getByRole('article').filter({ hasText: made.meeting.attendee_name }).first();
  await row.getByRole('link', { name: /^Show the meeting as it stands now/ }).click();
  await page.waitForURL(new RegExp(`/meetings/${newest.id}$`));
  await page.getByRole('link', { name: '+1 202-555-0136' }).waitFor();
  await page.goto(`${host.base}/settings/scheduling/meetings/${old.id}`);
  await page.getByText('Moved to another time.').waitFor();
  await isSound(page, { context: 'moved' });
  await page.getByRole('link', { name: 'Show the meeting as it stands now' }).click();
  await page.waitForURL(new RegExp(`/meetings/${newest.id}$`));
  await page.context().close();

  const other = (await admin.get('/api/v1/users')).body.data.find(({ email }) => email === 'rep2@example.test');
  assert.equal((await admin.post(`/api/v1/scheduling/meetings/${newest.id}/reassign`, { host_user_id: other.id })).status, 200);
  assert.equal((await stored(old.id)).rescheduled_to_id, null, 'it is somebody else’s now');
  assert.equal((await admin.get(`/api/v1/scheduling/meetings/${old.id}`)).body.data.rescheduled_to_id, newest.id);
  assert.equal((await admin.post(`/api/v1/scheduling/meetings/${newest.id}/cancel`, { reason: null })).status, 200);
});

test('who came is said once it has begun', async () => {
  const meeting = await book();
  await setNow(meeting.start_time);
  try {
    const page = await visit(`/settings/scheduling/meetings/${meeting.id}`);
    await page.getByRole('button', { name: 'They did not come' }).click();
    await page.getByText('Noted.').waitFor();
    assert.equal((await stored(meeting.id)).status, 'no_show');
    assert.equal(await page.getByRole('button', { name: 'They did not come' }).getAttribute('aria-pressed'), 'true');
    await differInForcedColours(page, '[aria-pressed=true]', '[aria-pressed=false]');
    await page.getByRole('button', { name: 'They came' }).click();
    await page.getByText('Took place').waitFor();
    assert.equal((await stored(meeting.id)).status, 'completed');
    await isSound(page);
    await setNow(meeting.end_time);
    await page.goto(`${host.base}/settings/scheduling/meetings?view=past`);
    await page.getByRole('article').filter({ hasText: meeting.attendee_name }).waitFor();
    await page.context().close();
  } finally {
    await setNow(MONDAY);
  }
});

test('an admin sees everybody and hands a meeting over', async () => {
  const meeting = await book();
  const page = await visit('/settings/scheduling/meetings', {}, 'admin@example.test', 'admin-demo');
  const row = page.getByRole('article').filter({ hasText: meeting.attendee_name });
  await row.filter({ hasText: 'with Robin Rep' }).waitFor();
  const users = (await admin.get('/api/v1/users')).body.data;
  const other = users.find(({ email }) => email === 'rep2@example.test');
  await page.getByLabel('Host').selectOption(String(other.id));
  await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
  await page.goto(`${host.base}/settings/scheduling/meetings/${meeting.id}`);
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page.getByLabel('New host').selectOption(String(other.id));
  await isSound(page, { context: 'handing over' });
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Handed over.').waitFor();
  assert.equal((await admin.get(`/api/v1/scheduling/meetings/${meeting.id}`)).body.data.host_user_id, other.id);
  await page.context().close();
});

test('more are shown on demand', async () => {
  for (let n = 0; n < 31; ++n) await book();
  const page = await visit('/settings/scheduling/meetings');
  await page.getByRole('article').first().waitFor();
  assert.equal(await page.getByRole('article').count(), 30);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('article').nth(30).waitFor();
  await page.context().close();
});

test('mails are listed, and what was held is released', async () => {
  await admin.put('/api/v1/modules/meeting_scheduler/settings', { first_mails_per_recipient_max: 1 }, { validate: false });
  const same = { attendee_email: 'often@prospect.test' };
  await book('discovery-call', same);
  await book('discovery-call', same);
  const held = async () => (await rep.get('/api/v1/scheduling/mails?status=held')).body.data;
  assert.equal((await held()).length, 1);
  const page = await visit('/settings/scheduling/mails?status=held');
  await page.getByText('This address got too many first mails today.').waitFor();
  await isSound(page);
  await picture(page, 'settings-mails-held');
  await page.getByRole('button', { name: 'Release the mail to often@prospect.test' }).click();
  await page.getByText('Released.').waitFor();
  assert.deepEqual(await held(), []);
  await page.getByText('No mails here.').waitFor();
  await page.getByRole('link', { name: 'Waiting', exact: true }).click();
  await page.getByText('often@prospect.test').first().waitFor();
  await page.getByRole('link', { name: 'Show the meeting' }).first().click();
  await page.getByRole('heading', { level: 2, name: 'History' }).waitFor();
  await page.getByRole('link', { name: 'Mails about this meeting' }).click();
  await page.getByRole('link', { name: 'Show all mails' }).waitFor();
  await page.context().close();
});

test('an admin reads how sending goes', async () => {
  const page = await visit('/settings/scheduling/mails', {}, 'admin@example.test', 'admin-demo');
  await page.getByRole('heading', { name: 'How sending goes' }).waitFor();
  await page.getByText(/No mail server is set up/).waitFor();
  await isSound(page);
  await page.context().close();
});

test('lists and details are sound in every look', async () => {
  const { id } = (await rep.get('/api/v1/scheduling/meetings?status=cancelled')).body.data.find(({ meeting_type_id }) => meeting_type_id === asked.id);
  const page = await visit('/settings/scheduling/meetings');
  await page.getByRole('article').first().waitFor();
  await isSoundInEveryLook(page, 'settings-meetings');
  await differInForcedColours(page, '.views a[aria-current]', '.views a:not([aria-current])');
  await page.goto(`${host.base}/settings/scheduling/meetings/${id}`);
  await page.getByRole('heading', { level: 2, name: 'Answers' }).waitFor();
  await isSoundInEveryLook(page, 'settings-meeting');
  await page.goto(`${host.base}/settings/scheduling/mails`);
  await page.getByRole('article').first().waitFor();
  await isSoundInEveryLook(page, 'settings-mails');
  await differInForcedColours(page, '.pill[aria-current]', '.pill:not([aria-current])');
  await page.context().close();
});
