// The CRM's own pages in a real browser without JavaScript: they fit a phone and a desk with the longest names, forms
// work from them, and the timeline keeps what happened.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, picture } from './lib/browser.mjs';
import { Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

const longName = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(7).slice(0, 255);
const longAddress = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(57)}.test`;
let host, mail, browser, open;

before(async () => {
  mail = await MailServer.start();
  host = await Host.start({ args: ['--smtp-url', mail.url] });
  open = await Client.anonymous(host);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await host?.stop();
  await mail?.stop();
});

async function signedIn(email, password, viewport = { width: 1280, height: 900 }) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${host.base}/profile`);
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  assert.equal(new URL(page.url()).pathname, '/profile', 'one lands where one was going');
  return page;
}

/** Neither the page nor a region in it is wider than it shows, and regions that might scroll can be reached by keyboard. */
async function fits(page) {
  const wide = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('.table-wrap')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.tagName}.${box.className}: ${box.scrollWidth} > ${box.clientWidth}`));
  assert.deepEqual(wide, [], page.url());
  const unnamed = await page.evaluate(() => [...document.querySelectorAll('.table-wrap')]
    .filter((box) => box.tabIndex !== 0 || !(box.getAttribute('aria-label') || box.getAttribute('aria-labelledby'))).length);
  assert.equal(unnamed, 0, page.url());
}

test('lists fit 390 and 1280 pixels with the longest names', async () => {
  const admin = await demoAdmin(host);
  assert.equal((await admin.post('/api/v1/users', { email: longAddress, name: longName, role: 'admin', timezone: 'America/Argentina/ComodRivadavia', locale: 'de-AT' })).status, 201);
  assert.equal((await admin.post('/api/v1/records', { module: 'contacts', data: { name: longName, email: longAddress, phone: '+44 20 7946 0958' } })).status, 201);
  for (const width of [390, 1280]) {
    const page = await signedIn('admin@example.test', 'admin-demo', { width, height: 900 });
    for (const address of ['/', '/contacts', '/admin/users', '/admin/jobs', '/admin/mail', '/admin/modules', '/admin/modules/meeting_scheduler', '/admin/modules/meeting_scheduler/disable', '/profile', '/profile/tokens']) {
      await page.goto(host.base + address);
      await fits(page);
      await picture(page, `host-${width}${address.replaceAll('/', '-')}`);
    }
    await page.goto(`${host.base}/contacts`);
    await page.getByRole('link', { name: longName }).click();
    await fits(page);
    await picture(page, `host-${width}-contact`);
    await page.context().close();
  }
});

test('a browser changes the password, makes a token, and uses a mailed link', async () => {
  const page = await signedIn('rep2@example.test', 'rep2-demo');
  await page.locator('[name=current_password]').fill('rep2-demo');
  await page.locator('[name=new_password]').fill('quite another');
  await page.getByRole('button', { name: 'Change password' }).click();
  assert.match(await page.locator('main').innerText(), /Your password is changed/);
  await page.goto(`${host.base}/profile/tokens`);
  await page.locator('[name=name]').fill('Reporting');
  await page.getByRole('button', { name: 'Make token' }).click();
  assert.match(await page.locator('.secret').innerText(), /^crm_[\w-]{43}$/);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.locator('[name=email]').fill('rep2@example.test');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  const [letter] = await mail.mails(1, (read) => read.to === 'rep2@example.test');
  await page.goto(/http\S+\/password-reset\/\S+/.exec(letter.text)[0]);
  await picture(page, 'host-password-link');
  await page.locator('[name=new_password]').fill('rep2-demo');
  await page.getByRole('button', { name: 'Set password' }).click();
  assert.match(await page.locator('main').innerText(), /Your password is set/);
  await page.context().close();
});

test('settings that are refused name the field and its range, and keep what was typed', async () => {
  const page = await signedIn('admin@example.test', 'admin-demo');
  await page.goto(`${host.base}/admin/modules/meeting_scheduler`);
  await page.locator('[name="s.manage_link_days"]').fill('987654321');
  await page.getByRole('button', { name: 'Save' }).click();
  const words = /Days a manage link works after its meeting: This must be a whole number from 1 to 3650\./;
  assert.match((await page.locator('.alert').innerText()).replaceAll('\n', ' '), words);
  assert.equal(await page.locator('[aria-invalid=true]').inputValue(), '987654321');
  await picture(page, 'host-settings-refused');
  await page.context().close();
});

test('the timeline keeps booked, moved and cancelled, each as a sentence', async () => {
  const rep = await demoRep(host);
  const [first, , , , later] = await slots(open);
  const booked = await open.post('/schedule/demo/discovery-call/book', { start: first.start, timezone: 'UTC', attendee_name: 'Ada Lovelace', attendee_email: 'ada@prospect.test' });
  assert.equal(booked.status, 201, booked.text);
  const token = booked.body.data.manage_url.split('/').at(-1);
  assert.equal((await open.post(`/schedule/reschedule/${token}`, { start: later.start, timezone: 'UTC' })).status, 200);
  assert.equal((await open.post(`/schedule/cancel/${token}`, { reason: 'ill' })).status, 200);
  const contact = (await rep.get('/api/v1/records?module=contacts&email=ada@prospect.test')).body.data[0];
  const said = (await rep.get(`/api/v1/records/${contact.id}/activities`)).body.data.map((entry) => entry.subject);
  assert.deepEqual(said.sort(), ['Discovery Call with Ada Lovelace was booked.', 'Discovery Call with Ada Lovelace was cancelled by the attendee.', 'Discovery Call with Ada Lovelace was moved.']);
  const page = await signedIn('rep@example.test', 'rep-demo', { width: 390, height: 844 });
  await page.goto(`${host.base}/contacts/${contact.id}`);
  assert.equal(await page.locator('.timeline li').count(), 3);
  await page.locator('.timeline summary').first().click();
  assert.doesNotMatch(await page.locator('.timeline').innerText(), /Meeting id|Chain id|Status/);
  await fits(page);
  await picture(page, 'host-390-timeline');
  await page.context().close();
});
