// EVIDENCE: B-10.3
// Invitations in a browser: a rep makes a link beside a meeting type, and whoever has it books with script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, newPage, picture } from './lib/browser.mjs';
import { Client, demoRep } from './lib/client.mjs';
import { browser, host, stage, visit } from './lib/stage.mjs';

const api = '/api/v1/scheduling';
let rep, ron, page, type, ada;
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data;
};
const hours = (from, until) => ({ timezone: 'America/New_York', defaults: { minimum_notice_minutes: 60, max_days_in_advance: 60 },
  rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: from, end_time: until, is_available: true })) });

stage({}, async () => {
  rep = await demoRep(host);
  ron = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  ok(await rep.put(`${api}/availability`, hours('09:00', '10:00')));
  ok(await ron.put(`${api}/availability`, hours('09:00', '17:00')));
  const ids = await Promise.all([rep, ron].map(async (each) => ok(await each.get('/api/v1/users/me')).id));
  page = ok(await rep.post(`${api}/pages`, { slug: 'sales', name: 'Talk to sales', assignment: 'round_robin', members: ids.map((user_id) => ({ user_id })) }), 201);
  type = ok(await rep.post(`${api}/meeting-types`, { scheduling_page_id: page.id, name: 'Call', slug: 'call', duration_minutes: 30, location_type: 'in_person', location_details: '1 Main Street', settings: { owner_first: 'prefer' } }), 201);
  ada = ok(await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Ada Lovelace', email: 'ada@prospect.test' } }), 201);
});

test('a rep makes a link beside the meeting type', async () => {
  const shown = await visit(`/settings/scheduling/types?page=${page.id}`);
  await shown.getByRole('button', { name: 'Invite a contact to Call' }).click();
  const dialog = shown.getByRole('dialog', { name: 'Invite a contact to Call' });
  await dialog.getByLabel('E-mail address of the contact').fill('nobody@prospect.test');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.getByText('You see no contact with this address').waitFor();
  await dialog.getByLabel('E-mail address of the contact').fill('ADA@prospect.test');
  await dialog.getByLabel('It works for').selectOption('7 days');
  await picture(shown, 'invitation-dialog');
  await isSound(shown);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.getByText('Copy it now').waitFor();
  const url = await dialog.locator('code').innerText();
  assert.match(url, /\/schedule\/sales\/call\?invite=[\w-]{43}$/);
  await picture(shown, 'invitation-made');
  const public_ = await Client.anonymous(host);
  const invitation = ok(await public_.get(new URL(url).pathname + new URL(url).search, { headers: { accept: 'application/json' } })).invitation;
  assert.deepEqual([invitation.name, invitation.expires_at], ['Ada Lovelace', '2026-02-09T13:00:00Z']);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(shown.problems, []);
});

test('two contacts with one address are told apart', async () => {
  ok(await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Bob One', email: 'bob@prospect.test' } }), 201);
  ok(await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Bob Two', company: 'Twins', emails: ['bob@prospect.test'] } }), 201);
  const shown = await visit(`/settings/scheduling/types?page=${page.id}`);
  await shown.getByRole('button', { name: 'Invite a contact to Call' }).click();
  const dialog = shown.getByRole('dialog');
  await dialog.getByLabel('E-mail address of the contact').fill('bob@prospect.test');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.getByLabel('Which of them').selectOption('Bob Two, Twins');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await dialog.locator('code').waitFor();
});

test('the rules of a team\'s type say how long an invitation waits', async () => {
  const shown = await visit(`/settings/scheduling/types/${type.id}`);
  const group = shown.getByText('Who of the team', { exact: true });
  await group.click();
  await shown.getByLabel('The owner of a contact').selectOption('strict');
  await shown.getByLabel('How many of the owner’s working days an invitation waits').fill('3');
  await shown.getByRole('button', { name: 'Save' }).click();
  await shown.getByRole('status').getByText('Saved.').last().waitFor();
  const { settings } = ok(await rep.get(`${api}/meeting-types/${type.id}`));
  assert.deepEqual([settings.owner_first, settings.owner_wait_days], ['strict', 3]);
});

test('with script the owner\'s times stay through months and forms', async () => {
  const { url } = ok(await rep.post(`${api}/invitations`, { meeting_type_id: type.id, contact_id: ada.id }), 201);
  const invite = new URL(url).searchParams.get('invite');
  const shown = await newPage(browser, { timezoneId: 'America/New_York' });
  shown.refusals = /status of 409/;
  await shown.goto(url);
  const times = shown.locator('[data-calendar] .time');
  const pick = async (day) => {
    await shown.locator('.day', { hasText: new RegExp(`^${day}$`) }).click();
    await times.first().waitFor();
  };
  await pick(10);
  assert.deepEqual((await times.allInnerTexts()).map((each) => each.trim()), ['9:00 AM', '9:30 AM']);
  await shown.getByRole('link', { name: /March/ }).or(shown.getByRole('button', { name: /March/ })).first().click();
  await shown.getByRole('heading', { name: 'March 2026' }).waitFor();
  await pick(3);
  assert.deepEqual((await times.allInnerTexts()).map((each) => each.trim()), ['9:00 AM', '9:30 AM']);
  assert.ok(shown.url().includes(`invite=${invite}`));
  await times.first().click();
  await shown.locator('[name=attendee_name]').waitFor();
  assert.equal(await shown.locator('[name=attendee_name]').inputValue(), 'Ada Lovelace');
  assert.equal(await shown.locator('[name=attendee_email]').inputValue(), 'ada@prospect.test');
  assert.ok(shown.url().includes(`invite=${invite}`));
  await isSound(shown);
  // Somebody else takes the owner's time; a colleague is free, and not meant.
  const start = await shown.locator('form[method=post] [name=start]').inputValue();
  ok(await rep.post(`${api}/bookings`, { meeting_type_id: type.id, host_user_id: ok(await rep.get('/api/v1/users/me')).id, attendee_name: 'Fast', attendee_email: 'fast@prospect.test', start, timezone: 'UTC' }), 201);
  await shown.locator('form[action*="/book"] button[type=submit]').click();
  await shown.getByText('That time is with somebody else').waitFor();
  await picture(shown, 'invitation-owner-only');
  assert.equal(await shown.locator('[name=attendee_name]').inputValue(), 'Ada Lovelace');
  await shown.locator('input[type=radio][name=start]').first().check();
  await shown.locator('form[action*="/book"] button[type=submit]').click();
  await shown.waitForURL(/\/schedule\/manage\//);
  const meetings = ok(await rep.get(`${api}/meetings?from=2026-03-01&to=2026-03-31`));
  assert.ok(meetings.some((each) => each.contact_id === ada.id && each.assignment.reason === 'invited'));
  await shown.reload();
  await shown.getByText('Ada Lovelace').first().waitFor();
});
