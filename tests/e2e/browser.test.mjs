// A prospect with a plain browser, JavaScript off, at phone width: picks a type, a day, a time, books,
// moves and cancels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './lib/browser.mjs';
import { demoRep } from './lib/client.mjs';
import { browser, host, stage } from './lib/stage.mjs';

stage();

async function open(viewport) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport, locale: 'en-US', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => { if (message.type() === 'error') page.problems.push(message.text()); });
  page.on('response', (response) => { if (response.status() >= 500) page.problems.push(`${response.status()} ${response.url()}`); });
  return page;
}

/** Nothing is wider than the screen, and every field has a label. */
async function looksSound(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
  const unlabelled = await page.evaluate(() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter((field) => field.labels.length === 0 && !field.getAttribute('aria-label')).map((field) => field.name));
  assert.deepEqual(unlabelled, []);
  assert.equal(await page.locator('h1').count(), 1);
  assert.ok(await page.evaluate(() => document.documentElement.lang));
  assert.deepEqual(page.problems, []);
}

for (const [device, viewport] of [['phone', { width: 390, height: 844 }], ['desktop', { width: 1280, height: 900 }]]) {
  test(`books, moves and cancels without JavaScript (${device})`, async () => {
    const page = await open(viewport);
    await page.goto(`${host.base}/schedule/demo`);
    await looksSound(page);
    await picture(page, `${device}-1-page`);
    await page.getByRole('link', { name: /Discovery Call/ }).first().click();
    await looksSound(page);
    await picture(page, `${device}-2-month`);
    await page.locator('.month a[href*="date="], table a[href*="date="]').nth(2).click();
    await looksSound(page);
    await picture(page, `${device}-3-times`);
    const times = page.locator('a[href*="start="]');
    assert.ok(await times.count() > 0, 'times are offered');
    await times.nth(1).click();
    await looksSound(page);
    await picture(page, `${device}-4-form`);
    await page.locator('[name=attendee_name]').fill('Ada Lovelace');
    await page.locator('[name=attendee_email]').fill(`ada-${device}@prospect.test`);
    const phone = page.locator('[name=phone]');
    if (await phone.count()) await phone.fill('+1 212 555 0199');
    await page.locator('form[action*="/book"] button[type=submit], form[action*="/book"] button:not([type])').first().click();
    await looksSound(page);
    await picture(page, `${device}-5-confirmed`);
    assert.match(await page.locator('main').innerText(), /America\/New_York|New York|Eastern/i, 'the zone is named');

    await page.locator('a[href*="/schedule/manage/"]').first().click();
    await looksSound(page);
    await picture(page, `${device}-6-manage`);
    const manageUrl = page.url();

    await page.getByRole('link', { name: /another time|reschedule|move/i }).first().click();
    await looksSound(page);
    await picture(page, `${device}-7-move`);
    await page.locator('table a[href*="date="]').nth(3).click();
    await page.locator('a[href*="start="]').first().click();
    await looksSound(page);
    await picture(page, `${device}-8-move-confirm`);
    await page.locator('form[action*="/schedule/reschedule/"] button').first().click();
    await looksSound(page);
    await picture(page, `${device}-9-moved`);

    await page.goto(manageUrl.split('?')[0]);
    await page.locator('form[action*="/schedule/cancel/"] [name=reason]').fill('Plans changed');
    await page.locator('form[action*="/schedule/cancel/"] button').first().click();
    await looksSound(page);
    await picture(page, `${device}-10-cancelled`);
    assert.match(await page.locator('main').innerText(), /cancel+ed/i);

    const rep = await demoRep(host);
    const meetings = (await rep.get('/api/v1/scheduling/meetings?limit=100')).body.data.filter((m) => m.attendee_email === `ada-${device}@prospect.test`);
    assert.deepEqual(meetings.map((m) => m.status).sort(), ['cancelled', 'rescheduled']);
    await page.context().close();
  });

  test(`a rep signs in and finds the contact with its meeting (${device})`, async () => {
    const page = await open(viewport);
    await page.goto(`${host.base}/login`);
    await picture(page, `${device}-20-login`);
    await page.locator('[name=email]').fill('rep@example.test');
    await page.locator('[name=password]').fill('rep-demo');
    await page.locator('main form button').first().click();
    await page.goto(`${host.base}/contacts`);
    await looksSound(page);
    await picture(page, `${device}-21-contacts`);
    await page.getByRole('link', { name: /Ada Lovelace/ }).first().click();
    await looksSound(page);
    await picture(page, `${device}-22-contact`);
    assert.match(await page.locator('main').innerText(), /Discovery Call/);
    await page.context().close();
  });
}

test('an admin sees and switches modules', async () => {
  const page = await open({ width: 1280, height: 900 });
  await page.goto(`${host.base}/login`);
  await page.locator('[name=email]').fill('admin@example.test');
  await page.locator('[name=password]').fill('admin-demo');
  await page.locator('main form button').first().click();
  await page.goto(`${host.base}/admin/modules`);
  await looksSound(page);
  await picture(page, 'desktop-30-modules');
  await page.locator('a[href*="/disable"]').first().click();
  await looksSound(page);
  await picture(page, 'desktop-30-modules-ask');
  assert.match(await page.locator('main').innerText(), /below \/schedule/);
  await page.locator('form[action*="/disable"] button').first().click();
  const off = await fetch(`${host.base}/schedule/demo`, { headers: { accept: 'text/html' } });
  assert.equal(off.status, 503);
  assert.match(off.headers.get('content-type'), /text\/html/);
  await page.locator('form[action*="/enable"] button').first().click();
  assert.equal((await fetch(`${host.base}/schedule/demo`)).status, 200);
  await picture(page, 'desktop-31-modules-again');
  await page.context().close();
});

test('unknown pages are friendly', async () => {
  const page = await open({ width: 390, height: 844 });
  const answer = await page.goto(`${host.base}/schedule/nobody-here`);
  assert.equal(answer.status(), 404);
  await picture(page, 'phone-40-unknown');
  assert.ok((await page.locator('main').innerText()).length > 20);
  await page.context().close();
});
