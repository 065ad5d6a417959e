// A host's pages in a real browser: from nothing to a link that somebody books, editing, branding, sharing, archiving.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { differInForcedColours, isSound, isSoundInEveryLook, newPage, picture } from './lib/browser.mjs';
import { Client, demoRep, slots } from './lib/client.mjs';
import { browser, host, newRep, root, saved, stage, visit } from './lib/stage.mjs';

stage();

const pagesOf = async (client) => (await client.get('/api/v1/scheduling/pages')).body.data;

/** Books the first free time on the page's own form, as a browser without JavaScript does. */
async function bookOn(slug, type, email) {
  const [slot] = await slots(await Client.anonymous(host), { page: slug, type, timezone: 'America/New_York' });
  const page = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(`${host.base}/schedule/${slug}/${type}?start=${encodeURIComponent(slot.start)}&timezone=America/New_York`);
  await page.locator('[name=attendee_name]').fill('Ada Lovelace');
  await page.locator('[name=attendee_email]').fill(email);
  await page.locator('form[action*="/book"] button[type=submit]').click();
  await page.waitForURL(/\/schedule\/manage\//);
  await page.context().close();
}

test('from nothing to a link in one step, and a prospect books on it', async () => {
  const { page, client } = await newRep(root, { name: 'Nora Newcomer' });
  await page.getByRole('heading', { name: 'Your booking link in one step' }).waitFor();
  await isSound(page, { context: 'nothing yet' });
  await picture(page, 'overview-nothing');
  assert.equal(await page.getByLabel('Your name, as people read it').inputValue(), 'Nora Newcomer');
  await page.getByRole('button', { name: 'Create my booking link' }).click();
  await page.getByRole('heading', { name: 'Here is your link' }).waitFor();
  await page.getByRole('link', { name: /\/schedule\/nora-newcomer/ }).waitFor();
  await isSound(page, { context: 'link' });
  await picture(page, 'overview-link');

  const hours = (await client.get('/api/v1/scheduling/availability')).body.data;
  assert.deepEqual([hours.timezone, hours.rules.length, hours.rules[0].start_time], ['Europe/Berlin', 5, '09:00']);
  await bookOn('nora-newcomer', '30-minute-meeting', 'ada@prospect.test');
  const meetings = (await client.get('/api/v1/scheduling/meetings')).body.data;
  assert.deepEqual(meetings.map((each) => each.attendee_email), ['ada@prospect.test']);
  await page.reload();
  await page.getByRole('link', { name: 'With Ada Lovelace' }).waitFor();
  await page.context().close();
});

test('hours and page by hand: each step of the checklist leads to the next', async () => {
  const { page, client } = await newRep(`${root}/pages`);
  await page.getByRole('heading', { name: 'No pages yet' }).waitFor();
  await isSound(page, { context: 'no pages' });
  await page.getByRole('link', { name: 'New page' }).click();
  await page.getByRole('heading', { level: 1, name: 'New page' }).waitFor();
  await isSound(page, { context: 'new page' });
  await page.getByLabel('Name', { exact: true }).fill("Rita's Intro Calls");
  assert.equal(await page.getByLabel('Address of the page').getAttribute('placeholder'), 'rita-s-intro-calls');
  await page.getByRole('checkbox', { name: /^Add a meeting type/ }).uncheck();
  await page.getByRole('button', { name: 'Create page' }).click();
  await page.getByRole('heading', { name: 'Your page is ready.' }).waitFor();
  await page.getByText('No meeting types yet').waitFor();
  const [made] = await pagesOf(client);
  assert.deepEqual([made.slug, made.timezone], ['rita-s-intro-calls', 'Europe/Berlin']);
  assert.equal(await page.getByRole('link', { name: 'Add a meeting type' }).getAttribute('href'), `${root}/types/new?page=${made.id}`);

  await page.getByRole('link', { name: 'Overview' }).click();
  const steps = page.getByRole('region', { name: 'Get ready to be booked' });
  await steps.getByText('Create a page: Done').waitFor();
  await isSound(page, { context: 'checklist' });
  await picture(page, 'overview-checklist');
  assert.equal(await steps.getByRole('link', { name: 'Add a meeting type' }).getAttribute('href'), `${root}/types/new?page=${made.id}`);
  await client.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: made.id, name: 'Intro', duration_minutes: 30 });
  await steps.getByRole('link', { name: 'Set your hours' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { name: 'Here is your link' }).waitFor();
  await bookOn(made.slug, 'intro', 'grace@prospect.test');
  await page.context().close();
});

test('everything of a page is edited; a taken or reserved link is refused at its field', async () => {
  const { page, client } = await newRep(`${root}/pages/new`);
  await page.getByLabel('Address of the page').fill('demo');
  await page.getByRole('button', { name: 'Create page' }).click();
  await page.locator('.error', { hasText: 'This slug is already in use' }).waitFor();
  await page.locator('[aria-invalid="true"]:focus').waitFor({ state: 'attached' });
  page.problems.length = 0; // the refusal itself
  await isSound(page, { context: 'taken' });
  await page.getByLabel('Address of the page').fill('Rita Two');
  assert.equal(await page.getByLabel('Address of the page').inputValue(), 'rita-two');
  await page.getByRole('button', { name: 'Create page' }).click();
  await page.getByRole('heading', { name: 'Your page is ready.' }).waitFor();

  await page.getByLabel('Address of the page').fill('assets');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('input[aria-invalid="true"]:focus').waitFor({ state: 'attached' });
  page.problems.length = 0;
  await page.getByLabel('Address of the page').fill('rita-calls');
  await page.getByText('Links with the old address will lead here, too.').waitFor();
  assert.equal(await page.getByLabel('Address of the page').getAttribute('aria-invalid'), null, 'what was refused stands there no more');
  await page.getByLabel('Name', { exact: true }).fill('Calls with Rita');
  await page.getByLabel('Description').fill('First line\nSecond line');
  await page.getByLabel('What becomes of people’s details').fill('We keep them for a year.');
  await page.getByLabel('Address of your privacy notice').fill('https://crm.test/privacy');
  await page.getByLabel('Company name').fill('Example Inc.');
  await page.getByLabel('Website', { exact: true }).fill('https://crm.test');
  await page.getByLabel('Websites, one a line').fill('https://www.example.com/contact\nexample.org');
  await page.getByLabel('Main colour', { exact: true }).fill('#ffdd00');
  await page.getByText(/^Text in #ffdd00 would be hard to read/).waitFor();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('Calls with Rita').waitFor();
  const button = preview.getByText('Book this time');
  assert.deepEqual(await button.evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]), ['rgb(255, 221, 0)', 'rgb(15, 20, 33)']);
  await preview.getByRole('button', { name: 'Dark', exact: true }).click();
  const inTheDark = await page.evaluate(async () => (await (await fetch('/api/v1/scheduling/brand-colors?color=%23ffdd00')).json()).data.dark);
  const hex = (colour) => `rgb(${[1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).join(', ')})`;
  assert.deepEqual(await button.evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]), [hex(inTheDark.brand), hex(inTheDark.ink)]);
  assert.equal(await preview.locator('.page').evaluate((each) => getComputedStyle(each).backgroundColor), 'rgb(26, 33, 48)');
  await differInForcedColours(page, '.looks [aria-pressed=true]', '.looks [aria-pressed=false]');
  await isSound(page, { context: 'edited' });
  await picture(page, 'page-editor');
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  const [stored] = await pagesOf(client);
  assert.deepEqual(
    [stored.slug, stored.name, stored.description, stored.privacy, stored.branding],
    ['rita-calls', 'Calls with Rita', 'First line\nSecond line', { text: 'We keep them for a year.', url: 'https://crm.test/privacy' }, { color: '#ffdd00', company_name: 'Example Inc.', website_url: 'https://crm.test' }],
  );
  assert.deepEqual(stored.embed_origins, ['https://www.example.com', 'https://example.org']);
  const moved = await fetch(`${host.base}/schedule/rita-two`, { redirect: 'manual' });
  assert.equal(moved.status, 308);
  // What the preview showed is what the page has.
  const theme = await (await fetch(`${host.base}/schedule/assets/themes/rita-calls.css`)).text();
  assert.match(theme, /--brand:#ffdd00;--brand-ink:#0f1421/);
  assert.ok(theme.includes(`dark){:root{--brand:${inTheDark.brand};--brand-ink:${inTheDark.ink};--brand-text:${inTheDark.text};`), theme);

  await page.getByLabel('Main colour', { exact: true }).fill('yellow');
  await page.getByLabel('Address of a logo').fill('http://crm.test/logo.png');
  await page.getByLabel('Websites, one a line').fill('https://example.org\nfile:///etc');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.error', { hasText: '#rrggbb' }).waitFor();
  await page.getByRole('region', { name: 'Branding' }).locator('.error', { hasText: 'https://' }).waitFor();
  await page.locator('.error', { hasText: 'file:///etc: ' }).waitFor();
  page.problems.length = 0; // the refusal itself
  await page.getByRole('button', { name: 'Discard changes' }).click();
  assert.equal(await page.getByLabel('Main colour', { exact: true }).inputValue(), '#ffdd00');
  await page.context().close();
});

test('a link is shared: copied, as a QR code, in a mail, on a website', async () => {
  const { page } = await newRep(`${root}/pages/new`, { name: 'Sharon Share', permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Create page' }).click();
  const share = page.getByRole('region', { name: 'Share' });
  const url = `${host.base}/schedule/sharon-share`;
  assert.equal(await share.getByLabel('Link', { exact: true }).inputValue(), url);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await share.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Copied.').first().waitFor();
  assert.equal(await clipboard(), url);

  await share.getByLabel('What do you want to share?').selectOption('30-minute meeting');
  const typeUrl = `${url}/30-minute-meeting`;
  assert.equal(await share.getByLabel('Link', { exact: true }).inputValue(), typeUrl);
  await share.getByText('QR code', { exact: true }).click();
  await share.getByRole('img', { name: `QR code of ${typeUrl}` }).waitFor();
  for (const [button, begin] of [['Download SVG', '<?xml'], ['Download PNG', '\x89PNG']]) {
    const [download] = await Promise.all([page.waitForEvent('download'), share.getByRole('button', { name: button }).click()]);
    assert.match(download.suggestedFilename(), /^30-minute-meeting\.(svg|png)$/);
    assert.ok(fs.readFileSync(await download.path(), 'latin1').startsWith(begin), button);
  }
  await share.getByText('Text for a mail').click();
  await share.getByRole('button', { name: 'Copy text' }).click();
  assert.ok((await clipboard()).endsWith(typeUrl));
  await share.getByText('On your website').click();
  const code = share.getByLabel('Code for your website');
  assert.equal(await code.inputValue(), `<div data-scheduler="${typeUrl}"></div>\n<script src="${host.base}/schedule/assets/embed.js" async></script>`);
  await share.getByRole('radio', { name: 'Behind a button' }).check();
  assert.match(await code.inputValue(), /^<button type="button" data-scheduler-popup="/);
  await share.getByText('No website may show this page yet.').waitFor();
  await isSound(page);
  await picture(page, 'page-share');
  await page.context().close();
});

test('a page is paused and archived', async () => {
  const { page, client } = await newRep(`${root}/pages/new`, { name: 'Paula Pause' });
  await page.getByRole('button', { name: 'Create page' }).click();
  await page.getByRole('checkbox', { name: /^People can book on this page/ }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await saved(page);
  await page.getByText('This page is paused').waitFor();
  assert.equal((await pagesOf(client))[0].is_active, false);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('link', { name: 'Activate a page' }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  const question = page.getByRole('dialog', { name: 'Archive “Paula Pause”?' });
  await isSound(page, { context: 'archive' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await question.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('heading', { name: 'No pages yet' }).waitFor();
  assert.deepEqual(await pagesOf(client), []);
  await page.context().close();
});

test('a new page that somebody began is not left without a question', async () => {
  const { page, client } = await newRep(`${root}/pages/new`, { name: 'Lea Leaving' });
  await page.getByRole('link', { name: 'Hours' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hours' }).waitFor();
  await page.goBack();
  await page.getByLabel('Name', { exact: true }).fill('Café Größe');
  assert.equal(await page.getByLabel('Address of the page').getAttribute('placeholder'), 'cafe-grosse');
  await page.getByRole('link', { name: 'Hours' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay here' }).click();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Café Größe');
  await page.getByRole('button', { name: 'Create page' }).click();
  await page.getByRole('heading', { name: 'Your page is ready.' }).waitFor();
  assert.equal((await pagesOf(client))[0].slug, 'cafe-grosse', 'the server makes what was shown');
  await page.context().close();
});

test('a page of somebody else, or none, is said to be missing', async () => {
  const theirs = (await pagesOf(await demoRep(host)))[0];
  const { page } = await newRep(`${root}/pages/${theirs.id}`);
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
  await page.goto(`${host.base}${root}/pages/nonsense`);
  await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
  await page.context().close();
});

test('pages are sound in every look', async () => {
  const page = await visit(`${root}/pages`);
  await page.getByRole('link', { name: /^Edit/ }).first().waitFor();
  await isSoundInEveryLook(page, 'pages');
  await page.getByRole('link', { name: /^Edit/ }).first().click();
  const share = page.getByRole('region', { name: 'Share' });
  for (const part of ['QR code', 'Text for a mail', 'On your website']) await share.getByText(part, { exact: true }).click();
  await isSoundInEveryLook(page, 'page');
  await differInForcedColours(page, 'button:disabled', 'button.quiet:not(:disabled)');
  await page.context().close();
});
