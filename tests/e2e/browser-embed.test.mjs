// embed.js on a website of another origin, whose own Content-Security-Policy is strict.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, test } from 'node:test';
import { isSound, newPage, picture, sizes } from './lib/browser.mjs';
import { demoRep } from './lib/client.mjs';
import { browser, host, stage } from './lib/stage.mjs';

let rep, site, server;
let body = '';
stage({}, async () => {
  rep = await demoRep(host);
  server = http.createServer((request, response) => {
    response.setHeader('Content-Security-Policy', `default-src 'none'; script-src ${host.base}; frame-src ${host.base}; style-src 'none'`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><head><title>A website</title><script async src="${host.base}/schedule/assets/embed.js"></script></head><body><main><h1>A website</h1>${body}</main></body></html>`);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // "localhost" and "127.0.0.1" are two sites for a browser.
  site = `http://localhost:${server.address().port}`;
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
  const changed = await rep.put(`/api/v1/scheduling/pages/${page.id}`, { embed_origins: [site] });
  assert.equal(changed.status, 200, changed.text);
});
after(() => void server?.close());

/** What the CRM was asked for, without the script itself. */
function askedOf(page) {
  const asked = [];
  page.on('request', (request) => { if (request.url().startsWith(host.base) && !request.url().endsWith('/embed.js')) asked.push(request.url()); });
  return asked;
}

test('nothing is asked of the CRM before somebody comes near or means it', async () => {
  body = `<p><a data-scheduler-popup href="${host.base}/schedule/demo">Meet us</a></p><div><p>${'Long text. '.repeat(4000)}</p></div><div data-scheduler="${host.base}/schedule/demo"></div>`;
  const page = await newPage(browser);
  const asked = askedOf(page);
  await page.goto(`${site}/landing?utm_source=mail&gclid=g-1`);
  await page.waitForFunction(() => 'MeetingScheduler' in window);
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked, []);
  await page.locator('[data-scheduler]').scrollIntoViewIfNeeded();
  await page.locator('iframe').waitFor({ state: 'attached' });
  const address = new URL(await page.locator('iframe').getAttribute('src'));
  assert.deepEqual([address.origin, address.pathname, address.searchParams.get('utm_source'), address.searchParams.get('gclid'), address.searchParams.get('embed')],
    [host.base, '/schedule/demo', 'mail', 'g-1', '1']);
  assert.deepEqual(page.problems.filter((each) => /style|inline/i.test(each)), [], 'nothing that a strict policy refuses');
  await page.context().close();
});

test('the load event of the website does not wait for a frame', async () => {
  body = `<div data-scheduler="${host.base}/schedule/demo"></div>`;
  const page = await newPage(browser);
  await page.route(/embed=1/, () => {});  // never answered
  await page.goto(site, { waitUntil: 'load' });
  await page.locator('iframe').waitFor({ state: 'attached' });
  await page.context().close();
});

test('a dialog opens on a click, takes the focus and gives it back', async () => {
  body = `<p><a data-scheduler-popup href="${host.base}/schedule/demo">Meet us</a></p>`;
  const page = await newPage(browser, { viewport: sizes.phone });
  await page.goto(site);
  await page.waitForFunction(() => 'MeetingScheduler' in window);
  await page.getByRole('link', { name: 'Meet us' }).click();
  const dialog = page.getByRole('dialog', { name: 'Meet us' });
  await dialog.waitFor();
  assert.equal(await dialog.getAttribute('aria-modal'), 'true');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Meet us');
  await page.context().close();
});

test('a whole booking inside of the frame, which grows with its page', async () => {
  body = `<div data-scheduler="${host.base}/schedule/demo/discovery-call"></div>`;
  const page = await newPage(browser, { timezoneId: 'Europe/Berlin' });
  await page.goto(`${site}/?utm_source=site&gclid=g-2`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: /Your time zone/ }).waitFor();
  const height = () => page.locator('iframe').evaluate((each) => each.getBoundingClientRect().height);
  await page.waitForFunction(() => Math.abs(document.querySelector('iframe').getBoundingClientRect().height - 640) > 5);
  const before = await height();
  await frame.locator('a.time').first().click();
  await frame.locator('[name=attendee_name]').fill('Ada Frame');
  await frame.locator('[name=attendee_email]').fill('frame@prospect.test');
  const phone = frame.locator('[name=phone]');
  if (await phone.count()) await phone.fill('+1 212 555 0199');
  await picture(page, 'embed-form');
  assert.notEqual(await height(), before);
  await page.evaluate(() => { window.booked = 0; document.addEventListener('scheduler:booked', () => { ++window.booked; }); });
  await frame.locator('form[action*="/book"] button[type=submit]').first().click();
  await frame.getByText('You are booked').first().waitFor();
  await page.waitForFunction(() => window.booked === 1);
  await picture(page, 'embed-booked');
  await isSound(page, { context: 'embedded' });
  const [meeting] = (await rep.get('/api/v1/scheduling/meetings?limit=100')).body.data.filter((each) => each.attendee_email === 'frame@prospect.test');
  assert.ok(meeting);
  await page.context().close();
});
