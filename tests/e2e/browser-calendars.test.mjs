// EVIDENCE: B-9.1
// Connecting a calendar in a real browser: each state of the page, and what the API then says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSound, isSoundInEveryLook, launch, newPage, signIn } from './lib/browser.mjs';
import { connections, EMAIL, starts, sync, withGoogle } from './lib/calendars.mjs';

const address = '/settings/scheduling/calendars';
let stage, google, rep, browser, page;
before(async () => {
  stage = await withGoogle();
  ({ google, rep } = stage);
  google.calendar(EMAIL, 'family@group.calendar.example.com', { summary: 'Family' });
  google.calendar(EMAIL, 'holidays@example.com', { summary: 'Public holidays', role: 'reader' });
  // A person gives their consent with one click; the double's page does it at once.
  const route = google.receive.bind(google);
  google.receive = (request, response) => {
    if (!request.url.startsWith('/o/oauth2/v2/auth')) return route(request, response);
    response.writeHead(302, { location: google.refuses ? `${stage.host.base}/api/v1/calendar/callback/google?error=access_denied` : google.consent(google.base + request.url, EMAIL) });
    return response.end();
  };
  google.server.removeAllListeners('request');
  google.server.on('request', (request, response) => google.receive(request, response));
  browser = await launch();
  page = await newPage(browser);
  await signIn(page, stage.host, address);
});
after(async () => {
  await browser?.close();
  await stage?.stop();
});
const open = async () => {
  await page.goto(stage.host.base + address);
  await page.getByRole('heading', { level: 1, name: 'Calendars' }).waitFor();
};

test('without a registered client the page says who can change that', async () => {
  const settings = (id) => stage.admin.put('/api/v1/modules/meeting_scheduler/settings', { google_client_id: id });
  await settings('');
  await open();
  await page.getByRole('heading', { name: 'Google and Outlook cannot be connected yet' }).waitFor();
  await isSound(page, { context: 'calendars-not-configured' });
  await settings(google.client.id);
});

test('nobody is connected: the overview asks for it, and the page leads to the provider', async () => {
  await page.goto(`${stage.host.base}/settings/scheduling`);
  await page.getByRole('link', { name: 'Connect a calendar' }).click();
  await page.getByRole('heading', { name: 'No calendar is connected' }).waitFor();
  await isSoundInEveryLook(page, 'calendars-none');
  google.refuses = true;
  await page.getByRole('link', { name: 'Connect Google Calendar' }).click();
  await page.getByText('You did not give your consent').waitFor();
  await isSound(page, { context: 'calendars-refused' });
  google.refuses = false;
  await page.getByRole('link', { name: 'Connect Google Calendar' }).click();
  await page.getByText('The calendar is connected.').waitFor();
  assert.equal((await connections(rep))[0].account, EMAIL);
  await isSoundInEveryLook(page, 'calendars-connected');
});

test('calendars are chosen, each choice is kept', async () => {
  await open();
  await page.getByRole('switch', { name: 'Family blocks time' }).click();
  await page.getByText('Saved.').first().waitFor();
  await page.getByLabel('Meetings are written here').selectOption({ label: 'Family' });
  await page.locator('select:enabled').first().waitFor();
  await page.getByRole('radio', { name: /The CRM, with its own mails/ }).click();
  await page.locator('fieldset:not([disabled])').first().waitFor();
  const [connection] = await connections(rep);
  const family = connection.calendars.find((each) => each.name === 'Family');
  assert.ok(family.checks_conflicts && family.writes_meetings);
  assert.equal(connection.calendars.filter((each) => each.writes_meetings).length, 1);
  assert.equal(connection.invites, 'scheduler');
  await page.reload();
  assert.equal(await page.getByRole('switch', { name: 'Family blocks time' }).isChecked(), true);
  assert.equal(await page.getByRole('option', { name: 'Public holidays' }).count(), 0, 'what may not be written to is not offered');
});

test('reading now shows what blocks', async () => {
  const [first] = await starts(stage.open);
  google.put(EMAIL, { id: 'blocker', start: { dateTime: first }, end: { dateTime: new Date(Date.parse(first) + 1_800_000).toISOString() } });
  await open();
  await page.getByRole('button', { name: 'Read now' }).click();
  await page.getByText('Read.', { exact: true }).waitFor();
  await page.getByRole('definition').filter({ hasText: /^1$/ }).waitFor();
});

test('trouble and a consent that is gone are told in words, with the way out', async () => {
  google.fault('/events', { status: 503, times: 9 });
  const [{ id }] = await connections(rep);
  await sync(rep, id);
  google.faults = [];
  await open();
  await page.getByText('The provider does not answer.').waitFor();
  await isSound(page, { context: 'calendars-trouble' });
  google.revokeConsent(EMAIL);
  await sync(rep, id);
  await page.goto(`${stage.host.base}/settings/scheduling`);
  await page.getByText('no longer lets the CRM in').waitFor();
  await page.getByRole('link', { name: 'Show calendars' }).click();
  await page.getByRole('link', { name: 'Connect again' }).waitFor();
  await isSoundInEveryLook(page, 'calendars-broken');
  await page.getByRole('link', { name: 'Connect again' }).click();
  await page.getByText('The calendar is connected.').waitFor();
  assert.equal((await connections(rep))[0].status, 'active');
});

test('disconnecting asks first, and forgets', async () => {
  await open();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await isSound(page, { context: 'calendars-disconnect' });
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('heading', { name: 'No calendar is connected' }).waitFor();
  assert.deepEqual(await connections(rep), []);
});

test('each provider that is set up has its own way in', async () => {
  const set = (value) => stage.admin.put('/api/v1/modules/meeting_scheduler/settings', { outlook_client_id: value, outlook_client_secret: value || null, zoom_client_id: value, zoom_client_secret: value || null });
  assert.equal((await set('some')).status, 200);
  await open();
  for (const [name, provider] of [['Connect Google Calendar', 'google'], ['Connect Outlook', 'outlook'], ['Connect Zoom', 'zoom']])
    assert.equal(await page.getByRole('link', { name, exact: true }).getAttribute('href'), `/api/v1/calendar/connect/${provider}`);
  await isSoundInEveryLook(page, 'calendars-providers');
  await set('');
});
