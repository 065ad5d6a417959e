// The CRM's own pages: sound in every look, and the module off and on again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSoundInEveryLook, looks, newPage, setLook, signIn } from './lib/browser.mjs';
import { Client, booking, demoRep, slots } from './lib/client.mjs';
import { admin, browser, host, stage } from './lib/stage.mjs';

let contact;
stage({}, async () => {
  const client = await Client.anonymous(host);
  const [first, , , , later] = await slots(client);
  const booked = await client.post('/schedule/demo/discovery-call/book', booking(first.start));
  assert.equal(booked.status, 201, booked.text);
  const token = booked.body.data.manage_url.split('/').at(-1);
  assert.equal((await client.post(`/schedule/reschedule/${token}`, { start: later.start, timezone: 'UTC' })).status, 200);
  const rep = await demoRep(host);
  contact = (await rep.get('/api/v1/records?module=contacts&email=ada0@prospect.test')).body.data[0].id;
  assert.equal((await admin.post('/api/v1/users', { email: 'new@example.test', name: 'Nora New', role: 'rep', timezone: 'UTC' })).status, 201);
});

const outside = [['login', '/login'], ['forgotten', '/password-reset'], ['ended', `/password-reset/${'a'.repeat(43)}`], ['missing', '/nothing-here']];
const inside = () => [['home', '/'], ['contacts', '/contacts'], ['nobody', '/contacts?q=nobody'], ['contact', `/contacts/${contact}`],
  ['users', '/admin/users'], ['modules', '/admin/modules'], ['settings', '/admin/modules/meeting_scheduler'],
  ['switch-off', '/admin/modules/meeting_scheduler/disable'], ['jobs', '/admin/jobs'], ['mail', '/admin/mail'],
  ['profile', '/profile'], ['tokens', '/profile/tokens'], ['no-contact', '/contacts/999999']];

/** A page that is not there, or a form that is refused, is an error of the console, too; here it is meant so. */
async function open(options) {
  const page = await newPage(browser, options);
  page.refusals = /status of (404|410|422)/;
  return page;
}

async function looksRight(page, name) {
  await page.locator('details').evaluateAll((all) => all.forEach((each) => { each.open = true; }));
  await isSoundInEveryLook(page, `host-${name}`);
}

test('every page is sound in every look, and says in forced colours where one is', async () => {
  const page = await open();
  for (const [name, address] of outside) {
    await page.goto(host.base + address);
    await looksRight(page, name);
  }
  await signIn(page, host, '/profile', 'admin@example.test', 'admin-demo');
  for (const [name, address] of inside()) {
    await page.goto(host.base + address);
    await looksRight(page, name);
  }
  await page.goto(`${host.base}/admin/modules/meeting_scheduler`);
  await page.locator('[name="s.manage_link_days"]').fill('987654321');
  await page.getByRole('button', { name: 'Save' }).click();
  await looksRight(page, 'settings-refused');
  await differInForcedColours(page, '[aria-invalid=true]', 'input.short:not([aria-invalid=true])');
  await differInForcedColours(page, '.bar nav a[aria-current]', '.bar nav a:not([aria-current])');
  await setLook(page, looks.forced);
  assert.ok(await page.locator('.card').evaluateAll((cards) => cards.every((card) => getComputedStyle(card).borderTopStyle !== 'none')));
  await page.context().close();
});

test('the menu leads to scheduling, and the contact tells of the meeting and leads to it', async () => {
  const page = await newPage(browser);
  await signIn(page, host, '/profile');
  await page.goto(`${host.base}/contacts/${contact}`);
  const panel = page.getByRole('region', { name: 'Meetings' });
  const lines = panel.getByRole('listitem');
  assert.equal(await lines.count(), 1, 'the old half of a move is no meeting');
  assert.match(await lines.first().innerText(), /^Discovery Call with .+ on \w+, February \d+, 2026, .+ \(America\/New_York\): scheduled$/);
  assert.match(await lines.getByRole('link').getAttribute('href'), /^\/settings\/scheduling\/meetings\/\d+$/);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Scheduling' }).click();
  await page.waitForURL(`${host.base}/settings/scheduling`);
  await page.context().close();
});

test('blocked senders are a list, one on each line', async () => {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await signIn(page, host, '/admin/modules/meeting_scheduler', 'admin@example.test', 'admin-demo');
  await page.getByLabel('Blocked senders').fill('spam@example.com\n\n example.org ');
  await page.getByRole('button', { name: 'Save' }).click();
  assert.match(await page.locator('main').innerText(), /The settings are saved/);
  assert.equal(await page.getByLabel('Blocked senders').inputValue(), 'spam@example.com\nexample.org');
  assert.deepEqual((await admin.get('/api/v1/modules/meeting_scheduler/settings')).body.data.blocked_senders, ['spam@example.com', 'example.org']);
  await page.context().close();
});

test('who switches the module off is told what is under way; afterwards it comes back', async () => {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await signIn(page, host, '/admin/modules', 'admin@example.test', 'admin-demo');
  const counted = async () => {
    await page.goto(`${host.base}/admin/modules/meeting_scheduler/disable`);
    return page.locator('main').innerText();
  };
  const until = Date.now() + 45_000;
  while (!/1 meeting is ahead/.test(await counted()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 500));
  assert.match(await counted(), /1 page is open, and 1 meeting is ahead/);
  await page.getByRole('button', { name: /Switch off/ }).click();
  assert.match(await page.locator('main').innerText(), /State: disabled/);
  assert.equal((await fetch(`${host.base}/schedule/demo`)).status, 503);
  await page.getByRole('button', { name: /Switch on/ }).click();
  assert.match(await page.locator('main').innerText(), /State: enabled/);
  assert.equal((await fetch(`${host.base}/schedule/demo`)).status, 200);
  await page.context().close();
});
