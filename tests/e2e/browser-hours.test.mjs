// A host's hours in a real browser: the week, single dates, the preview of unsaved rules and why a time is not offered.
// What the page shows is compared with what the API then says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSound, isSoundInEveryLook, picture } from './lib/browser.mjs';
import { Client, demoRep, slots } from './lib/client.mjs';
import { host, newRep, root, saved, stage, visit } from './lib/stage.mjs';

stage();

const address = `${root}/hours`;

/** A rep without anything, or with one type, at the hours. */
async function hoursOf({ withType = false, ...options } = {}) {
  const prepare = async (client) => {
    const page = await client.post('/api/v1/scheduling/pages', { name: 'Rita' });
    const type = await client.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: page.body.data.id, name: 'Call', duration_minutes: 30 });
    assert.equal(type.status, 201, type.text);
    client.slug = page.body.data.slug;
  };
  const rep = await newRep(address, { timezone: 'America/New_York', prepare: withType ? prepare : undefined, ...options });
  await rep.page.getByRole('heading', { level: 2, name: 'Weekly hours' }).waitFor();
  return rep;
}

const day = (page, name) => page.getByRole('group', { name, exact: true });
const availability = async (client) => (await client.get('/api/v1/scheduling/availability')).body.data;
const rulesOf = async (client) => (await availability(client)).rules.map((rule) => `${rule.day_of_week} ${rule.is_available ? 'open' : 'break'} ${rule.start_time}-${rule.end_time}`);
const overridesOf = async (client) => (await client.get('/api/v1/scheduling/overrides?limit=100')).body.data.map((row) => `${row.date} ${row.is_available ? 'open' : 'closed'} ${row.start_time ?? ''}-${row.end_time ?? ''} ${row.reason ?? ''}`.trim());

async function type(page, label, text) {
  const field = page.getByRole('combobox', { name: label, exact: true });
  await field.fill(text);
  await field.press('Tab');
  return field;
}

test('who has no hours is proposed some, and one click saves them', async () => {
  const { page, client } = await hoursOf();
  await page.getByRole('heading', { name: 'A proposal to start with' }).waitFor();
  await isSound(page);
  await picture(page, 'hours-proposal');
  assert.deepEqual(await rulesOf(client), [], 'a proposal is not stored');
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  assert.deepEqual(await rulesOf(client), [1, 2, 3, 4, 5].map((weekday) => `${weekday} open 09:00-17:00`));
  assert.equal(await page.getByRole('heading', { name: 'A proposal to start with' }).count(), 0);
  await page.context().close();
});

test('the week as people type it: several ranges, breaks, midnight, copied to other days', async () => {
  const { page, client } = await hoursOf();
  await type(page, 'Monday, hours 1: from', '830');
  await type(page, 'Monday, hours 1: until', '5');
  await day(page, 'Monday').getByRole('button', { name: 'Add break on Monday' }).click();
  await day(page, 'Monday').getByRole('button', { name: 'Add hours on Monday' }).click();
  await type(page, 'Monday, hours 2: from', '8 pm');
  await type(page, 'Monday, hours 2: until', 'midnight');
  await day(page, 'Monday').getByRole('button', { name: /^Copy to…/ }).click();
  const copy = page.getByRole('dialog', { name: 'Copy the hours of Monday' });
  await isSound(page, { context: 'copy' });
  await copy.getByRole('checkbox', { name: 'Tuesday' }).check();
  await copy.getByRole('checkbox', { name: 'Sunday' }).check();
  await copy.getByRole('button', { name: 'Copy', exact: true }).click();
  await day(page, 'Wednesday').getByRole('checkbox', { name: 'Wednesday' }).uncheck();
  await day(page, 'Wednesday').getByText('Unavailable').waitFor();
  await type(page, 'Friday, hours 1: until', '12');
  await isSound(page, { context: 'edited' });
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const long = (weekday) => ['open 08:30-17:00', 'break 12:00-13:00', 'open 20:00-24:00'].map((part) => `${weekday} ${part}`);
  assert.deepEqual((await rulesOf(client)).sort(), [...long(0), ...long(1), ...long(2), '4 open 09:00-17:00', '5 open 09:00-12:00'].sort());
  await page.reload();
  assert.equal(await page.getByRole('combobox', { name: 'Sunday, hours 2: until', exact: true }).inputValue(), '12:00 AM');
  await picture(page, 'hours-week');
  await page.context().close();
});

test('what is wrong shows at its row at once, and saving leads to it', async () => {
  const { page, client } = await hoursOf();
  await day(page, 'Tuesday').getByRole('button', { name: 'Add hours on Tuesday' }).click();
  await type(page, 'Tuesday, hours 2: from', '4 pm');
  await day(page, 'Tuesday').getByText('These hours overlap others of that day.').first().waitFor();
  await type(page, 'Thursday, hours 1: until', '8 am');
  await day(page, 'Thursday').getByText('The end must be after the start.').waitFor();
  const unread = await type(page, 'Friday, hours 1: from', 'soon');
  await day(page, 'Friday').getByText('Enter a time such as 9:30.').waitFor();
  assert.equal(await unread.inputValue(), 'soon', 'what was typed stays');
  assert.equal(await unread.getAttribute('aria-invalid'), 'true');
  await isSound(page, { context: 'faults' });
  await picture(page, 'hours-faults');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Please check what is marked below.').waitFor();
  await page.locator('input[aria-label="Tuesday, hours 1: from"]:focus').waitFor({ state: 'attached' });
  assert.deepEqual(await rulesOf(client), []);
  await day(page, 'Tuesday').getByRole('button', { name: 'Remove hours 2 of Tuesday' }).click();
  await type(page, 'Thursday, hours 1: until', '8 pm');
  await type(page, 'Friday, hours 1: from', '9');
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  assert.ok((await rulesOf(client)).includes('4 open 09:00-20:00'));
  await page.context().close();
});

test('rules, limits, zone and week; unsaved changes are guarded and the server’s refusals stand at their field', async () => {
  const { page, client } = await hoursOf();
  await page.getByLabel('Free time before a meeting', { exact: true }).fill('15');
  await page.getByLabel('Minimum notice', { exact: true }).fill('2');
  await page.getByLabel('Unit of “Minimum notice”').selectOption('days');
  await page.getByLabel('No limit').check();
  await page.getByLabel('Meetings a day, at most').fill('0');
  const zone = page.getByRole('combobox', { name: 'Time zone of your hours' });
  await zone.fill('berlin');
  await page.getByRole('option', { name: 'Europe/Berlin UTC+01:00' }).click();
  await page.getByLabel('Week begins on').selectOption('Sunday');
  assert.equal(await page.getByRole('group').first().getByRole('checkbox').first().getAttribute('id').then((id) => page.locator(`label[for="${id}"]`).innerText()), 'Sunday');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('[aria-invalid="true"]:focus').waitFor({ state: 'attached' });
  assert.equal(await page.getByLabel('Meetings a day, at most').getAttribute('aria-invalid'), 'true');
  page.problems.length = 0; // the refusal itself

  await page.getByRole('link', { name: 'Pages' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await isSound(page, { context: 'guard' });
  await question.getByRole('button', { name: 'Stay here' }).click();
  assert.equal(new URL(page.url()).pathname, address);

  await page.getByLabel('Meetings a day, at most').fill('6');
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const stored = await availability(client);
  assert.deepEqual([stored.timezone, stored.week_start, stored.daily_limit, stored.weekly_limit], ['Europe/Berlin', 0, 6, null]);
  assert.deepEqual(stored.defaults, { buffer_before_minutes: 15, buffer_after_minutes: 0, minimum_notice_minutes: 2880, max_days_in_advance: null });
  await page.getByRole('link', { name: 'Pages' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pages' }).waitFor();
  await page.context().close();
});

test('single dates: closed for days, extra and blocked hours, removed again', async () => {
  const { page, client } = await hoursOf();
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const date = (name) => page.getByRole('gridcell', { name }).getByRole('button');
  await date('Monday, February 9, 2026').click();
  await page.getByLabel('Through (for several days)').fill('2026-02-11');
  await page.getByLabel('Reason (only you see it)').fill('Trip to Oslo');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('3 days added.').waitFor();
  assert.deepEqual(await overridesOf(client), ['2026-02-09', '2026-02-10', '2026-02-11'].map((day) => `${day} closed - Trip to Oslo`));
  await date('Tuesday, February 10, 2026, closed').waitFor();

  await date('Thursday, February 12, 2026').click();
  await page.getByRole('radio', { name: /^Extra hours/ }).check();
  await type(page, 'From', '6 pm');
  await type(page, 'Until', '8');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await date('Thursday, February 12, 2026, other hours').waitFor();
  await date('Friday, February 13, 2026').click();
  await page.getByRole('radio', { name: /^Block some hours/ }).check();
  await type(page, 'From', '14:00');
  await type(page, 'Until', '13:00');
  await page.getByText('The end must be after the start.').waitFor();
  await type(page, 'Until', '15:00');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await date('Friday, February 13, 2026, other hours').waitFor();
  assert.deepEqual((await overridesOf(client)).slice(3), ['2026-02-12 open 09:00-17:00', '2026-02-12 open 18:00-20:00', '2026-02-13 closed 14:00-15:00']);
  await isSound(page, { context: 'overrides' });
  await picture(page, 'hours-overrides');

  // What was typed goes along to another day, and is not lost by leaving.
  await page.getByLabel('Reason (only you see it)').fill('Dentist');
  await date('Monday, February 16, 2026').click();
  assert.equal(await page.getByLabel('Reason (only you see it)').inputValue(), 'Dentist');
  await page.getByRole('link', { name: 'Pages' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay here' }).click();
  assert.equal(await page.getByLabel('Reason (only you see it)').inputValue(), 'Dentist');
  await page.getByLabel('Reason (only you see it)').fill('');

  // By keyboard: one tab stop, arrows go from day to day and on into the next month.
  await date('Friday, February 13, 2026, other hours').focus();
  for (const key of ['ArrowLeft', 'ArrowUp', 'End', 'PageDown']) await page.keyboard.press(key);
  await page.locator('[data-date="2026-03-08"]:focus').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Remove: Mon, Feb 9, 2026, Closed all day' }).first().click();
  await page.getByText('Removed.').waitFor();
  assert.equal((await overridesOf(client)).length, 5);
  await page.context().close();
});

test('the preview shows what unsaved hours would offer, and saving gives just that', async () => {
  const { page, client } = await hoursOf({ withType: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const preview = page.getByRole('region', { name: 'What people will see' });
  const tuesday = preview.locator('details', { hasText: 'Tue, Feb 3' });
  await tuesday.getByText('16 times').waitFor();
  await type(page, 'Tuesday, hours 1: from', '10');
  await type(page, 'Tuesday, hours 1: until', '6 pm');
  await tuesday.getByText('2 new').waitFor();
  await tuesday.getByText('2 gone').waitFor();
  if (!(await tuesday.evaluate((each) => each.open))) await tuesday.locator('summary').click();
  await isSound(page, { context: 'preview' });
  await picture(page, 'hours-preview');
  const shown = (await tuesday.locator('li').allInnerTexts()).filter((text) => !text.includes('gone')).map((text) => text.replace(/\s*new$/, '').trim());
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  await tuesday.getByText('2 new').waitFor({ state: 'detached' });
  const offered = await slots(client, { page: client.slug, type: 'call', from: '2026-02-03', to: '2026-02-03' });
  const twelve = (local) => new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(Date.parse(`${local}Z`)).replace(/\s/g, ' ');
  assert.deepEqual(shown, offered.map((slot) => twelve(slot.local)));
  await page.context().close();
});

test('a time that is not offered is explained in a sentence', async () => {
  const { page } = await hoursOf({ withType: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const explain = page.getByRole('region', { name: 'Why is a time not offered?' });
  await explain.getByLabel('Date').fill('2026-02-03');
  await explain.getByLabel('Time').fill('8 pm');
  await explain.getByRole('button', { name: 'Ask' }).click();
  await explain.getByText('Tuesday, 3 February 2026, 20:00 (America/New_York) is outside the open hours of that day, which are 09:00–17:00.').waitFor();
  await isSound(page, { context: 'explained' });
  await explain.getByLabel('Time').fill('930');
  await explain.getByRole('button', { name: 'Ask' }).click();
  await explain.getByText('Can be booked', { exact: true }).waitFor();
  await page.context().close();
});

test('a booked meeting outside of new hours is named before they are saved', async () => {
  const rep = await demoRep(host);
  const [slot] = await slots(rep);
  const visitor = await Client.anonymous(host);
  const booked = await visitor.post('/schedule/demo/discovery-call/book', { start: slot.start, timezone: 'America/New_York', attendee_name: 'Ada Lovelace', attendee_email: 'ada@prospect.test', phone: '+1 212 555 0100' });
  assert.equal(booked.status, 201, booked.text);
  const page = await visit(address);
  await day(page, 'Tuesday').getByRole('checkbox', { name: 'Tuesday' }).uncheck();
  await page.getByText('One booked meeting would lie outside your hours. It stays booked.').waitFor();
  await page.getByText(/^Ada Lovelace: Tuesday, 3 February 2026/).waitFor();
  await isSound(page);
  await page.context().close();
});

test('by keyboard alone', async () => {
  const { page, client } = await hoursOf();
  await day(page, 'Monday').getByRole('checkbox', { name: 'Monday' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown'); // opens the list at 9:00 AM
  await page.getByRole('option', { name: '9:00 AM' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('combobox', { name: 'Monday, hours 1: from', exact: true }).inputValue(), '9:30 AM');
  await page.keyboard.press('Tab');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Escape');
  for (let step = 0; step < 200 && (await page.evaluate(() => document.activeElement?.textContent?.trim())) !== 'Save'; ++step) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await saved(page);
  assert.equal((await rulesOf(client))[0], '1 open 09:30-17:15');
  await page.context().close();
});

test('the hours are sound in every look, and their states are seen in forced colours', async () => {
  const { page, client } = await hoursOf({ withType: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  await client.post('/api/v1/scheduling/overrides', { date: '2026-02-10', is_available: false });
  await client.post('/api/v1/scheduling/overrides', { date: '2026-02-11', is_available: true, start_time: '10:00', end_time: '11:00' });
  await page.reload();
  await page.getByRole('region', { name: 'What people will see' }).locator('details, p.day').first().waitFor();
  await page.getByRole('gridcell', { name: 'Thursday, February 12, 2026' }).getByRole('button').click();
  await isSoundInEveryLook(page, 'hours');
  const date = (day) => `[data-date="2026-02-${day}"]`;
  await differInForcedColours(page, date('12'), date('13')); // chosen
  await differInForcedColours(page, date('10'), date('13')); // closed
  const mark = await page.locator(`${date('11')} .mark`).evaluate((each) => ({ width: each.offsetWidth, border: parseFloat(getComputedStyle(each).borderTopWidth) }));
  assert.ok(mark.width > 0 && mark.border * 2 >= mark.width - 1, 'a ground would be taken away, a border is not');
  await differInForcedColours(page, date('01'), date('13')); // past
  await differInForcedColours(page, date('14'), date('13')); // a weekday that is always closed
  await differInForcedColours(page, '.legend .closed', '.legend .changed');
  await differInForcedColours(page, '.legend .changed', '.legend .none');
  await page.context().close();
});
