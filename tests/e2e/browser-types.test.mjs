// Meeting types in a real browser: making, ordering, asking, rules, archiving. What was saved is asked of the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSound, isSoundInEveryLook, picture } from './lib/browser.mjs';
import { demoRep } from './lib/client.mjs';
import { host, saved, stage, visit } from './lib/stage.mjs';

let rep, demoPage;
stage({}, async () => {
  rep = await demoRep(host);
  demoPage = (await rep.get('/api/v1/scheduling/pages')).body.data[0].id;
});

const types = async () => (await rep.get(`/api/v1/scheduling/meeting-types?scheduling_page_id=${demoPage}`)).body.data;
const typeNamed = async (name) => (await types()).find((type) => type.name === name);
const make = async (name, more = {}) => {
  const answer = await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: demoPage, name, duration_minutes: 30, display_order: 900, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.data;
};
async function save(page) {
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
}

test('a type is made from nothing, with questions, and can be booked', async () => {
  const page = await visit(`/settings/scheduling/types?page=${demoPage}`);
  await page.getByRole('link', { name: 'New meeting type' }).click();
  await page.getByRole('heading', { level: 1, name: 'New meeting type' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Café Größe & Tour');
  assert.equal(await page.getByLabel('Link', { exact: true }).inputValue(), 'cafe-grosse-tour');
  await page.getByRole('radio', { name: 'Other', exact: true }).check();
  await page.getByRole('spinbutton', { name: 'Minutes' }).fill('25');
  await page.getByRole('radio', { name: 'They call me' }).check();
  await page.getByLabel('The number that they call').fill('+1 202 555 0136');

  const add = page.getByRole('button', { name: 'Add a question' });
  await add.click();
  await page.keyboard.type('How large is your team?');
  await page.getByLabel('Kind of answer').selectOption('radio');
  await page.getByRole('textbox', { name: 'Choice 1' }).fill('1-10');
  await page.keyboard.press('Enter');
  await page.keyboard.type('more');
  await page.getByLabel('Must be answered').check();
  await add.click();
  await page.keyboard.type('Your website?');
  await page.getByLabel('Kind of answer').last().selectOption('url');
  await page.getByRole('button', { name: 'Move Your website? up' }).click();
  await page.getByText('Your website? is now 1 of 2.').waitFor({ state: 'attached' });
  await save(page);
  await page.waitForURL(/\/types\/\d+$/);

  const made = await typeNamed('Café Größe & Tour');
  assert.equal(made.slug, 'cafe-grosse-tour');
  assert.equal(made.duration_minutes, 25);
  assert.equal(made.location_type, 'phone');
  assert.match(made.location_details, /^\+1/);
  assert.deepEqual(made.questions, [
    { id: 'question_2', label: 'Your website?', type: 'url', required: false, options: [] },
    { id: 'question_1', label: 'How large is your team?', type: 'radio', required: true, options: ['1-10', 'more'] },
  ]);
  assert.ok(made.display_order > Math.max(...(await types()).filter((one) => one.id !== made.id && one.display_order < 900).map((one) => one.display_order)));
  assert.equal((await fetch(`${host.base}/schedule/demo/${made.slug}`)).status, 200);
  await isSound(page);
  await picture(page, 'settings-type-new');
  await page.context().close();
});

test('the order is chosen by arrow keys and by dragging', async () => {
  const before = await types();
  const page = await visit(`/settings/scheduling/types?page=${demoPage}`);
  const first = before[0].name;
  await page.getByRole('button', { name: `Move ${first}. Use the arrow keys.` }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText(`${first} is now 2 of ${before.length}.`).waitFor({ state: 'attached' });
  await page.getByText('The order is saved.').first().waitFor();
  assert.deepEqual((await types()).slice(0, 2).map(({ name }) => name), [before[1].name, first]);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  assert.equal(focused, `Move ${first}. Use the arrow keys.`, 'the focus goes along');

  const grip = await page.getByRole('button', { name: `Move ${first}. Use the arrow keys.` }).boundingBox();
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 8, grip.y - 160, { steps: 12 });
  await page.mouse.up();
  await page.getByText(`${first} is now 1 of ${before.length}.`).waitFor({ state: 'attached' });
  await page.locator('main ol > li').first().getByRole('link', { name: first, exact: true }).waitFor();
  for (let n = 0; (await types())[0].name !== first; ++n) {
    assert.ok(n < 100);
    await page.waitForTimeout(50);
  }
  await page.context().close();
});

test('rules are inherited, have no limit or a value of their own', async () => {
  const type = await make('Rules', { settings: { max_days_in_advance: 10, daily_limit: 3, event: { title: 'Old' } } });
  const page = await visit(`/settings/scheduling/types/${type.id}`);
  await page.getByText('When it can be booked').click();
  const notice = page.getByRole('combobox', { name: 'Notice', exact: true });
  assert.match(await notice.locator('option').first().textContent(), /As in your hours \(4 hours\)/);
  await notice.selectOption('own');
  await page.getByRole('spinbutton', { name: 'Notice: value' }).fill('2');
  await page.getByRole('combobox', { name: 'Unit of “Notice: value”' }).selectOption('days');
  await page.getByRole('combobox', { name: 'How far ahead' }).selectOption('absent');
  await page.getByRole('combobox', { name: 'On one day, at most' }).selectOption('absent');
  await page.getByRole('switch', { name: 'Only on some weekdays' }).check();
  await page.getByRole('checkbox', { name: 'Monday' }).uncheck();
  await page.getByRole('switch', { name: 'Only at some hours' }).check();
  await page.getByLabel('Until, part 1').fill('00:00');
  await page.getByText('Reminders and changes').click();
  await page.getByRole('combobox', { name: 'Reminders' }).selectOption('none');
  await page.getByText('After booking', { exact: true }).click();
  await page.getByLabel('Title of the calendar entry').fill('');
  await page.getByLabel('Message', { exact: true }).fill('See you!');
  await save(page);
  assert.deepEqual((await typeNamed('Rules')).settings, {
    minimum_notice_minutes: 2880,
    available_days: [2, 3, 4, 5],
    available_hours: [{ start_time: '09:00', end_time: '24:00' }],
    reminder_offsets_minutes: [],
    confirmation: { message: 'See you!' },
  });
  await page.getByRole('combobox', { name: 'How far ahead' }).selectOption('none');
  await save(page);
  assert.equal((await typeNamed('Rules')).settings.max_days_in_advance, null);
  await isSound(page);
  await picture(page, 'settings-type-rules');
  await page.context().close();
});

test('what saving would change of next week is shown before', async () => {
  const type = await make('Effects');
  const page = await visit(`/settings/scheduling/types/${type.id}`);
  await page.getByText('When it can be booked').click();
  await page.getByRole('switch', { name: 'Only on some weekdays' }).check();
  for (const day of ['Tuesday', 'Wednesday', 'Thursday', 'Friday']) await page.getByRole('checkbox', { name: day }).uncheck();
  const card = page.locator('section').filter({ hasText: 'What saving changes in the next week' });
  await card.getByText('Tuesday, February 3, 2026').waitFor();
  await card.getByText(/^Gone: 9:00 AM, 9:30 AM/).first().waitFor();
  assert.equal((await typeNamed('Effects')).settings.available_days, undefined, 'nothing is saved');
  await isSound(page);
  await picture(page, 'settings-type-effect');
  await save(page);
  await card.waitFor({ state: 'detached' });
  assert.deepEqual((await typeNamed('Effects')).settings.available_days, [1]);
  await page.context().close();
});

test('what is wrong is said at its field, also inside a closed group, and nothing typed is lost', async () => {
  const type = await make('Wrong');
  const page = await visit(`/settings/scheduling/types/${type.id}`);
  page.refusals = /status of 422/;
  await page.getByText('After booking', { exact: true }).click();
  await page.getByLabel('Lead them to').fill('javascript:alert(1)');
  await page.getByText('After booking', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Please check').waitFor();
  const label = page.getByLabel('Question', { exact: true });
  assert.equal(await label.getAttribute('aria-invalid'), 'true');
  assert.ok(await label.evaluate((field) => field === document.activeElement), 'the first field that is wrong has the focus');
  const link = page.getByLabel('Lead them to');
  assert.ok(await link.isVisible(), 'its group opened');
  assert.equal(await link.inputValue(), 'javascript:alert(1)');
  await isSound(page);
  await picture(page, 'settings-type-wrong');

  await page.getByRole('link', { name: 'All meeting types' }).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  assert.equal(await link.inputValue(), 'javascript:alert(1)');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByRole('link', { name: 'All meeting types' }).click();
  await page.getByRole('heading', { level: 1, name: 'Meeting types' }).waitFor();
  assert.deepEqual((await typeNamed('Wrong')).questions, []);
  await page.context().close();
});

test('a type is switched off and archived, after a question', async () => {
  const type = await make('Short-lived');
  const page = await visit(`/settings/scheduling/types?page=${demoPage}`);
  await page.getByRole('switch', { name: 'Short-lived can be booked' }).uncheck();
  await page.getByText('Short-lived is hidden').waitFor();
  assert.equal((await typeNamed('Short-lived')).is_active, false);
  await page.getByRole('button', { name: 'Archive Short-lived' }).click();
  await isSound(page, { context: 'asking' });
  await page.keyboard.press('Escape');
  assert.ok(await typeNamed('Short-lived'));
  await page.getByRole('button', { name: 'Archive Short-lived' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByText('Short-lived is archived.').waitFor();
  assert.equal(await typeNamed('Short-lived'), undefined);
  assert.equal((await rep.get(`/api/v1/scheduling/meeting-types/${type.id}`)).status, 404);
  await page.context().close();
});

test('list and editor are sound in every look', async () => {
  const page = await visit(`/settings/scheduling/types?page=${demoPage}`);
  await page.getByRole('link', { name: 'Discovery Call', exact: true }).waitFor();
  await isSoundInEveryLook(page, 'settings-types');
  await page.getByRole('link', { name: 'Discovery Call', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: 'The basics' }).waitFor();
  for (const group of await page.locator('details summary').all()) await group.click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByLabel('Kind of answer').last().selectOption('multiselect');
  await page.getByRole('combobox', { name: 'Reminders' }).selectOption('own');
  await isSoundInEveryLook(page, 'settings-type');
  await page.locator('.colour input').first().check();
  await differInForcedColours(page, '.colour input:checked', '.colour input:not(:checked)');
  await differInForcedColours(page, '[role=switch]:checked', '[role=switch]:not(:checked)');
  await page.context().close();
});
