// EVIDENCE: B-9.2
// A CalDAV account in a real browser, against a real server, on a desktop and a phone: what is typed wrong, connecting,
// choosing, leaving. And what an administrator sees of everybody's accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSound, isSoundInEveryLook, isWhole, launch, newPage, picture, signIn, sizes } from './lib/browser.mjs';
import { ask, makeCalendar, PASSWORD, SERVERS, USER, withCalDav } from './lib/caldav.mjs';
import { book, clock, connections, runJob, starts, sync } from './lib/calendars.mjs';
import { sleep } from './lib/host.mjs';

const address = '/settings/scheduling/calendars';
let stage, rep, server, browser;
before(async () => {
  stage = await withCalDav(SERVERS.radicale);
  ({ rep, server } = stage);
  assert.equal((await makeCalendar(server, `/${USER}/family/`)).status, 201);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await stage?.stop();
});

for (const [size, viewport] of Object.entries({ desktop: sizes.desktop, phone: sizes.phone })) {
  test(`a wrong password, connecting, choosing and disconnecting (${size})`, async () => {
    const page = await newPage(browser, { viewport });
    await signIn(page, stage.host, address);
    const looks = async (name) => {
      await isSound(page, { context: `${name}, ${size}` });
      await isWhole(page, `${name}, ${size}`);
      await picture(page, `${name}-${size}`);
    };
    const form = page.getByRole('form', { name: /CalDAV/ });
    await form.waitFor();
    await form.getByLabel('Address of the server').fill(server.url);
    await form.getByLabel('User name there').fill(USER);
    await form.getByLabel('App password').fill('wrong');
    page.refusals = /status of 422/;
    await form.getByRole('button', { name: 'Connect' }).click();
    await form.getByLabel('App password').and(page.locator('[aria-invalid="true"]')).waitFor();
    assert.equal(await form.getByLabel('App password').evaluate((each) => each === document.activeElement), true, 'the field at fault has the focus');
    assert.equal(await form.getByLabel('User name there').inputValue(), USER, 'what was typed stays');
    await looks('caldav-wrong-password');
    assert.deepEqual(await connections(rep), []);

    await form.getByLabel('App password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('The calendar is connected.').waitFor();
    const card = page.getByRole('region', { name: USER });
    await card.getByText('Connected', { exact: true }).waitFor();
    assert.ok(!(await page.content()).includes(PASSWORD));
    await looks('caldav-connected');

    const [{ id, calendars }] = await connections(rep);
    const nameOf = (part) => calendars.find((each) => each.id.includes(part)).name;
    assert.equal(calendars.length, 2);
    // Both are called the same in this server: each is told by its place.
    const switches = card.getByRole('switch');
    assert.equal(await switches.count(), 2);
    const unchecked = [await switches.nth(0).isChecked(), await switches.nth(1).isChecked()].indexOf(false);
    await switches.nth(unchecked).click();
    await page.getByText('Saved.').first().waitFor();
    await card.locator('select:enabled').selectOption({ value: `/${USER}/family/` });
    await card.locator('select:enabled').waitFor();
    for (let tries = 0; tries < 50; tries += 1) {
      const [now] = await connections(rep);
      if (now.calendars.find((each) => each.id.includes('family')).writes_meetings) break;
      await sleep(50);
    }
    const [chosen] = await connections(rep);
    assert.ok(chosen.calendars.every((each) => each.checks_conflicts), nameOf('family'));
    assert.deepEqual(chosen.calendars.filter((each) => each.writes_meetings).map((each) => each.id), [`/${USER}/family/`]);

    await card.getByRole('button', { name: 'Disconnect' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Disconnected.').waitFor();
    assert.equal((await connections(rep)).some((each) => each.id === id), false);
    await form.waitFor();
    await page.context().close();
  });
}

test('a server that is away is told to the administrator, in the table and on the health card', async () => {
  const connected = await ask(rep, server);
  assert.equal(connected.status, 201, connected.text);
  const { id } = connected.body.data;
  const admin = await newPage(browser);
  await signIn(admin, stage.host, '/settings/scheduling/accounts', 'admin@example.test', 'admin-demo');
  const row = admin.getByRole('row').filter({ hasText: USER });
  await row.getByText('Connected', { exact: true }).waitFor();
  server.child.kill('SIGKILL');
  await sync(rep, id);
  await admin.reload();
  await row.getByText('Trouble').waitFor();
  await row.getByText('The provider does not answer.').waitFor();
  await isSoundInEveryLook(admin, 'accounts');
  let card;
  for (let tries = 0; tries < 60; tries += 1) {
    await runJob(stage.open, 'WriteCalendarEventsJob');
    card = (await stage.admin.get('/api/v1/modules')).body.data.find((each) => each.id === 'meeting_scheduler').health.find((each) => each.name === 'Calendars');
    if (card?.notes?.[0]?.text.includes(USER) || JSON.stringify(card ?? '').includes(USER)) break;
    await sleep(500);
  }
  assert.match(JSON.stringify(card), /Rosa|Rep|rep/, 'whose it is');
  assert.match(JSON.stringify(card), /caldav account rosa@example\.com, read last at .*The provider does not answer/);
  await admin.goto(`${stage.host.base}/admin/modules`);
  await admin.getByText('The provider does not answer').first().waitFor();
  await picture(admin, 'accounts-health');
  await admin.context().close();
});

test('what was booked unchecked says so in the host\'s list', async () => {
  await clock(stage.open, '2026-02-02T16:00:00Z');
  const free = await starts(stage.open);
  assert.ok(free.length > 0, 'the policy is to warn');
  await book(stage.open, free.at(-1));
  const page = await newPage(browser);
  await signIn(page, stage.host, '/settings/scheduling/meetings');
  await page.getByText('Calendar not checked').waitFor();
  await isSoundInEveryLook(page, 'meetings-unchecked', { only: ['desktop', 'phone'] });
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByText('could not be read. Look whether the time is free there.').waitFor();
  await page.context().close();
});
