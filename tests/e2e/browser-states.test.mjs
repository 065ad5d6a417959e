// Every state in which a prospect meets the booking pages, in every look: sizes, dark, 200 %, large letters, forced
// colours. One host and one page, because only the look changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSoundInEveryLook, newPage } from './lib/browser.mjs';
import { Client, demoRep } from './lib/client.mjs';
import { admin, browser, host, stage } from './lib/stage.mjs';
import { bookingStates, setNow } from './lib/states.mjs';

let rep, states;
stage({}, async () => {
  rep = await demoRep(host);
  states = await bookingStates(host, rep);
});

async function open() {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  page.refusals = /status of (404|409|410|422|503)/;
  return page;
}
const hasFocus = (page, selector) => page.locator(`${selector}:focus`).waitFor({ state: 'attached' });
const send = (page) => page.locator('form[action$="/book"] button[type=submit]', { hasText: 'Schedule' }).click();

// Before the clock is turned: what is over is completed, and stays so.
test('what is chosen, closed or on its way is seen in forced colours', async () => {
  const page = await open();
  await page.goto(host.base + states.month.address);
  await page.getByRole('button', { name: 'Change Your time zone' }).click();
  await page.getByRole('combobox', { name: 'Search for a city or zone' }).fill('america');
  await page.keyboard.press('ArrowDown');
  await page.locator('.zone-list [aria-selected=true]').waitFor();
  await differInForcedColours(page, '.zone-list [aria-selected=true]', '.zone-list [aria-selected=false]');
  await page.keyboard.press('Escape');
  await differInForcedColours(page, 'a.day[aria-current=date]', 'a.day:not([aria-current])');
  await differInForcedColours(page, 'a.day:not([aria-current])', 'span.day:not(.today)');
  await differInForcedColours(page, '.day.today', 'span.day:not(.today)');
  await differInForcedColours(page, '.round.off', 'a.round');
  await page.goto(host.base + states['move-month'].address);
  await differInForcedColours(page, '.time.current', 'a.time');
  await page.context().close();
});

test('every state that has an address is sound in every look', async () => {
  const page = await open();
  for (const [name, { address, now, status = 200 }] of Object.entries(states)) {
    if (now) await setNow(rep, now);
    const answer = await page.goto(host.base + address);
    if (status) assert.equal(answer.status(), status, name);
    if (await page.locator('[data-calendar]').count()) await page.getByRole('button', { name: 'Change Your time zone' }).waitFor();
    await isSoundInEveryLook(page, `state-${name}`);
    if (now) await setNow(rep);
  }
  await page.context().close();
});

test('errors, a taken time and a module that is off are sound in every look, and errors are seen in forced colours', async () => {
  const page = await open();
  await page.goto(host.base + states.form.address);
  await page.locator('[name=attendee_email]').fill('nope');
  await send(page);
  await hasFocus(page, '#errors');
  await isSoundInEveryLook(page, 'state-errors');
  await differInForcedColours(page, '[aria-invalid=true]', '[name=notes]');

  await page.locator('[name=attendee_name]').fill('Ada Lovelace');
  await page.locator('[name=attendee_email]').fill('ada@prospect.test');
  await page.locator('[name="answers.size"]').fill('12');
  const other = await (await Client.anonymous(host)).post('/schedule/demo/visit/book', { start: states.form.start, timezone: 'UTC', attendee_name: 'Faster', attendee_email: 'faster@prospect.test', answers: { size: 1 } });
  assert.equal(other.status, 201, other.text);
  await send(page);
  await page.locator('.choose').waitFor();
  await isSoundInEveryLook(page, 'state-taken');

  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
  try {
    await page.goto(host.base + states.types.address);
    await isSoundInEveryLook(page, 'state-off');
  } finally {
    assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable', {})).status, 200);
  }
  await page.context().close();
});
