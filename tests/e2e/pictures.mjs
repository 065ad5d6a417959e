// The most telling pictures of every area, for people to look at:
//   node pictures.mjs FOLDER [NAME…]       the host is started from CRM_BUILD, as the tests do; NAMEs choose some
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { launch, newPage, signIn, sizes } from './lib/browser.mjs';
import { demoAdmin, demoRep } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { bookingStates, setNow } from './lib/states.mjs';

const [folder, ...chosen] = process.argv.slice(2);
if (!folder) {
  console.error('node pictures.mjs FOLDER [NAME…]');
  process.exit(2);
}
fs.mkdirSync(folder, { recursive: true });
const root = '/settings/scheduling';
const american = { timezoneId: 'America/New_York' };

const host = await Host.start();
const browser = await launch();
const [rep, admin] = [await demoRep(host), await demoAdmin(host)];
const states = await bookingStates(host, rep);
const demo = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
const types = (await rep.get('/api/v1/scheduling/meeting-types')).body.data;
const contact = (await rep.get('/api/v1/scheduling/meetings?limit=1')).body.data[0].contact_id;
await rep.post('/api/v1/scheduling/overrides', { date: '2026-02-13', is_available: false, reason: 'Trip to Oslo' });

async function at(address, options = {}) {
  const page = await newPage(browser, { ...american, ...options });
  await page.goto(host.base + address);
  if (await page.locator('[data-calendar]').count()) await page.locator('.zone-now').waitFor();
  return page;
}
async function signedIn(address, options = {}, ...who) {
  const page = await newPage(browser, { ...american, ...options });
  await signIn(page, host, address, ...who);
  return page;
}
async function filled(address, fields) {
  const page = await at(address);
  for (const [name, text] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(text);
  await page.locator('form[action$="/book"] button[type=submit]', { hasText: 'Schedule' }).click();
  return page;
}
const state = (name, options) => async () => {
  const { address, now } = states[name];
  if (now) await setNow(rep, now);
  const page = await at(address, options);
  if (now) await setNow(rep);
  return page;
};
/** A section of the settings, once `ready` stands there. */
const settings = (address, ready, options, ...who) => async () => {
  const page = await signedIn(root + address, options, ...who);
  await ready(page).first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
};
const crm = (address, ...who) => () => signedIn(address, {}, ...who);
const asAdmin = ['admin@example.test', 'admin-demo'];
const phone = { viewport: sizes.phone };
const dark = { colorScheme: 'dark' };

async function embedded() {
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A website</title><script async src="${host.base}/schedule/assets/embed.js"></script><body><h1>Example Inc.</h1><p>We build bridges.</p><p><a data-scheduler-popup href="${host.base}/schedule/demo/visit">Book a meeting</a></p></body></html>`);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const site = `http://localhost:${server.address().port}`;
  assert.equal((await rep.put(`/api/v1/scheduling/pages/${demo.id}`, { embed_origins: [site] })).status, 200);
  const page = await newPage(browser, american);
  await page.goto(site);
  await page.waitForFunction(() => 'MeetingScheduler' in window);
  await page.getByRole('link', { name: 'Book a meeting' }).click();
  await page.frameLocator('iframe').locator('.zone-now').waitFor();
  page.once('close', () => server.close());
  return page;
}
async function branding() {
  const page = await settings(`/pages/${demo.id}`, (each) => each.getByRole('region', { name: 'Preview' }))();
  await page.getByLabel('Main colour', { exact: true }).fill('#ffdd00');
  await page.getByText(/^Text in #ffdd00 would be hard to read/).waitFor();
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  return page;
}
const pictures = {
  'booking-types': state('types'),
  'booking-month': state('month'),
  'booking-month-phone-dark': state('month', { ...phone, ...dark }),
  'booking-month-german': state('month', { locale: 'de-DE', timezoneId: 'Europe/Berlin' }),
  'booking-month-arabic': state('month', { ...phone, locale: 'ar-EG' }),
  'booking-empty-month': state('empty-month'),
  'booking-form': state('form'),
  'booking-form-errors': () => filled(states.form.address, { attendee_email: 'nope' }),
  'booking-taken': state('form-of-lost-time'),
  'booking-confirmed': state('booked'),
  'booking-confirmed-phone': state('booked', phone),
  'booking-requested': state('requested'),
  'booking-moved': state('moved'),
  'booking-cancelled': state('cancelled'),
  'booking-past': state('past', phone),
  'booking-archived': state('archived', phone),
  'embed-dialog': embedded,
  'settings-overview': settings('', (page) => page.getByRole('link', { name: /\/schedule\/demo\b/ })),
  'settings-hours': settings('/hours', (page) => page.getByRole('region', { name: 'What people will see' }).locator('details')),
  'settings-hours-phone-dark': settings('/hours', (page) => page.getByRole('region', { name: 'What people will see' }).locator('details'), { ...phone, ...dark }),
  'settings-type': settings(`/types/${types.find((each) => each.slug === 'visit').id}`, (page) => page.getByRole('heading', { name: 'The basics' })),
  'settings-types': settings(`/types?page=${demo.id}`, (page) => page.getByRole('link', { name: 'Visit us', exact: true })),
  'settings-page-branding': branding,
  'settings-meetings': settings('/meetings', (page) => page.getByRole('article')),
  'settings-meetings-moved': settings('/meetings?status=rescheduled', (page) => page.getByRole('article')),
  'settings-template': settings(`/templates/booked.de?page=${demo.id}`, (page) => page.locator('.html table')),
  'settings-mails-admin': settings('/mails', (page) => page.getByRole('heading', { name: 'How sending goes' }), {}, ...asAdmin),
  'crm-contact': crm(`/contacts/${contact}`),
  'crm-module-settings': crm('/admin/modules/meeting_scheduler', ...asAdmin),
  'crm-users': crm('/admin/users', ...asAdmin),
  'booking-module-off': async () => {
    assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
    return at(states.types.address);
  },
};

let failed = 0;
for (const [name, open] of Object.entries(pictures)) {
  if (chosen.length && !chosen.includes(name)) continue;
  try {
    const page = await open();
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: !/^embed|branding/.test(name) });
    await page.context().close();
    console.log(name);
  } catch (error) {
    ++failed;
    console.error(`${name}: ${error.message}`);
  }
}
await browser.close();
await host.stop();
process.exit(failed ? 1 : 0);
