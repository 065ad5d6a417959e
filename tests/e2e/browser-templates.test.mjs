// The words of mails in a real browser: writing, preview, test mail, and the way back. What holds is asked of the API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, isSoundInEveryLook, picture } from './lib/browser.mjs';
import { demoRep } from './lib/client.mjs';
import { host, mailbox, stage, visit } from './lib/stage.mjs';

let rep, demoPage;
stage({ mail: true }, async () => {
  rep = await demoRep(host);
  demoPage = (await rep.get('/api/v1/scheduling/pages')).body.data[0].id;
});

const templates = async () => (await rep.get(`/api/v1/scheduling/pages/${demoPage}/mail-templates`)).body.data;
const editor = (occasion, language) => `/settings/scheduling/templates/${occasion}.${language}?page=${demoPage}`;

test('words are written with placeholders, previewed, saved and given up', async () => {
  const page = await visit(`/settings/scheduling/templates?page=${demoPage}`);
  await page.getByRole('listitem').filter({ hasText: 'When a meeting is booked.' }).getByRole('link', { name: 'German' }).click();
  await page.getByRole('heading', { level: 1, name: 'Booked' }).waitFor();
  await page.getByText('Ready-made', { exact: true }).waitFor();
  const preview = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Preview' }) });
  await preview.locator('table').first().waitFor();

  await page.getByLabel('Subject').fill('Bis bald, ');
  await page.getByRole('button', { name: '{{attendee_name}}' }).click();
  assert.equal(await page.getByLabel('Subject').inputValue(), 'Bis bald, {{attendee_name}}');
  await page.getByLabel('Text').fill('Hallo {{attendee_name}},\n\n<b>ich freue mich</b> auf das Gespräch.');
  await preview.getByText('Bis bald, Ada Lovelace').waitFor();
  await preview.getByText('<b>ich freue mich</b> auf das Gespräch.').waitFor();
  assert.deepEqual(await templates(), [], 'a preview saves nothing');
  await isSound(page);
  await picture(page, 'settings-template-written');

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  assert.deepEqual(await templates(), [{ occasion: 'booked', language: 'de', subject: 'Bis bald, {{attendee_name}}', body: 'Hallo {{attendee_name}},\n\n<b>ich freue mich</b> auf das Gespräch.' }]);

  await page.getByRole('link', { name: 'All mails' }).click();
  await page.getByRole('link', { name: 'German Your words' }).click();
  assert.equal(await page.getByLabel('Subject').inputValue(), 'Bis bald, {{attendee_name}}');
  await page.getByRole('button', { name: 'Back to the ready-made words' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back to the ready-made words' }).click();
  await page.getByText('The ready-made words hold again.').waitFor();
  assert.deepEqual(await templates(), []);
  assert.equal(await page.getByLabel('Subject').inputValue(), '');
  await page.context().close();
});

test('a test mail says what was typed, and goes to whoever asked', async () => {
  const page = await visit(editor('reminder', 'en'));
  await page.getByLabel('Subject').fill('Soon: {{meeting_type}}');
  await page.getByLabel('Text').fill('See you!');
  await page.getByRole('button', { name: 'Send me a test' }).click();
  await page.getByText('Sent to rep@example.test.').waitFor();
  const [mail] = await mailbox.mails(1, ({ to }) => to === 'rep@example.test');
  assert.match(mail.subject, /^Soon: \w/);
  assert.match(mail.text, /See you!/);
  assert.deepEqual(await templates(), [], 'a test saves nothing');
  await page.context().close();
});

test('a wrong placeholder is said at its field, and leaving is asked', async () => {
  const page = await visit(editor('cancelled', 'fr'));
  page.refusals = /status of 422/;
  await page.getByLabel('Subject').fill('{{no_such}}');
  await page.getByLabel('Text').fill('Texte');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Please check').waitFor();
  assert.equal(await page.getByLabel('Subject').getAttribute('aria-invalid'), 'true');
  await isSound(page);
  await page.getByRole('link', { name: 'All mails' }).click();
  await page.getByRole('button', { name: 'Leave without saving', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Words of mails' }).waitFor();
  assert.deepEqual(await templates(), []);
  await page.goto(`${host.base}${editor('booked', 'xx')}`);
  await page.getByRole('heading', { name: 'There is no such page here' }).waitFor();
  await page.context().close();
});

test('list and editor are sound in every look', async () => {
  const page = await visit(`/settings/scheduling/templates?page=${demoPage}`);
  await page.getByRole('link', { name: 'Japanese' }).first().waitFor();
  await isSoundInEveryLook(page, 'settings-templates');
  await page.getByRole('link', { name: 'English' }).first().click();
  await page.locator('.html table').first().waitFor();
  await isSoundInEveryLook(page, 'settings-template');
  await page.getByRole('button', { name: 'Show the plain text' }).click();
  await page.locator('.mail pre').waitFor();
  await isSoundInEveryLook(page, 'settings-template-text', { only: ['desktop', 'desktop-dark', 'forced', 'narrow'] });
  await page.context().close();
});
