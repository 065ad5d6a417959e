// The booking pages with their script: zones and changes of clocks, the keyboard alone, lost networks and lost times,
// Back and Reload, links that fill in. What the API says in the end is checked, too; browser-states looks at all states.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, newPage, picture, sizes } from './lib/browser.mjs';
import { Client, demoRep, slots } from './lib/client.mjs';
import { browser, host, stage } from './lib/stage.mjs';

let rep, prospect;
stage({}, async () => {
  rep = await demoRep(host);
  prospect = await Client.anonymous(host);
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
  for (const [slug, settings] of [['scripted', { max_days_in_advance: 90 }], ['later', { minimum_notice_minutes: 60 * 24 * 40, max_days_in_advance: 90 }]]) {
    const made = await rep.post('/api/v1/scheduling/meeting-types', {
      scheduling_page_id: page.id, name: `Type ${slug}`, slug, duration_minutes: 30, location_type: 'in_person', location_details: '1 Main Street', settings,
      questions: [{ id: 'size', label: 'Team size', type: 'number', required: false }],
    });
    assert.equal(made.status, 201, made.text);
  }
});

const address = (rest = '', type = 'scripted') => `${host.base}/schedule/demo/${type}${rest}`;
const meetingsOf = async (name) => (await rep.get('/api/v1/scheduling/meetings?limit=100')).body.data.filter((each) => each.attendee_email === `${name}@prospect.test`);
const ready = (page) => page.getByRole('button', { name: 'Change Your time zone' }).waitFor();
const hasFocus = (page, selector) => page.locator(`${selector}:focus`).waitFor({ state: 'attached' });
const param = (page, name) => new URL(page.url()).searchParams.get(name);
const book = (page) => page.locator('form[action$="/book"] button[type=submit]', { hasText: /Schedule|Request/ }).click();

async function fill(page, name) {
  await page.locator('[name=attendee_name]').fill(`Ada ${name}`);
  await page.locator('[name=attendee_email]').fill(`${name}@prospect.test`);
}
const other = async (start, name) => {
  const answer = await prospect.post('/schedule/demo/scripted/book', { start, timezone: 'UTC', attendee_name: 'Faster', attendee_email: `${name}@prospect.test`, answers: {} });
  assert.equal(answer.status, 201, answer.text);
};
/** A page that the network can be taken from; what the console says of that is no fault. */
async function frail(options) {
  const page = await newPage(browser, options);
  page.refusals = /ERR_INTERNET_DISCONNECTED|status of 4|status of 503/;
  return page;
}

test('times are those of the browser, across a change of clocks', async () => {
  const page = await newPage(browser, { timezoneId: 'Europe/Berlin' });
  await page.goto(`${host.base}/schedule/demo`);
  await page.getByRole('link', { name: 'Type scripted' }).click();
  await ready(page);
  assert.equal(param(page, 'timezone'), 'Europe/Berlin', 'the list of types knows the zone already');
  await isSound(page, { context: 'first month' });
  await picture(page, 'public-month');
  // 8 March: the clocks of New York; 29 March: those of Berlin. In between there are five hours.
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  const first = async (day) => {
    await page.getByRole('link', { name: new RegExp(`March ${day}, 2026, \\d+ times`) }).click();
    await hasFocus(page, '#times');
    return [await page.locator('a.time').first().innerText(), (await page.locator('.day-times .soft').innerText()).match(/UTC.\d\d:\d\d/)[0]];
  };
  assert.deepEqual(await first(6), ['3:00 PM', 'UTC+01:00']);
  assert.deepEqual(await first(10), ['2:00 PM', 'UTC+01:00']);
  assert.deepEqual(await first(31), ['3:00 PM', 'UTC+02:00']);
  assert.match(await page.locator('.summary').innerText(), /UTC\+02:00/, 'the summary names the zone of the day');
  await picture(page, 'public-month-march');
  await page.locator('a.time').first().click();
  await hasFocus(page, '#step-title');
  assert.match(await page.locator('.chosen').innerText(), /March 31, 2026[\s\S]*3:00 PM/);
  await isSound(page, { context: 'form' });
  await picture(page, 'public-form');
  await fill(page, 'berlin');
  await book(page);
  await page.waitForURL(/booked=1$/);
  await isSound(page, { context: 'confirmation' });
  const [meeting] = await meetingsOf('berlin');
  assert.equal(meeting.start_time, '2026-03-31T13:00:00Z');
  assert.equal(meeting.timezone, 'Europe/Berlin');
  await page.context().close();
});

test('another zone is found by its city, named with its offset and remembered', async () => {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.goto(address());
  await ready(page);
  await page.getByRole('button', { name: 'Change Your time zone' }).click();
  const search = page.getByRole('combobox', { name: 'Search for a city or zone' });
  await search.fill('kolka');
  await page.getByRole('option', { name: 'Asia/Kolkata' }).waitFor();
  await isSound(page, { context: 'zone chooser' });
  await picture(page, 'public-zones');
  await search.press('Enter');
  await page.locator('.zone-now', { hasText: 'UTC+05:30' }).waitFor();
  await hasFocus(page, '.zone button');
  assert.equal(param(page, 'timezone'), 'Asia/Kolkata');
  await page.reload();
  await page.locator('.zone-now', { hasText: 'UTC+05:30' }).waitFor();
  await page.goto(address('', 'later'));
  await page.locator('.zone-now', { hasText: 'UTC+05:30' }).waitFor();
  await page.goto(address('?timezone=Europe/Berlin'));
  await page.locator('.zone-now', { hasText: 'Europe/Berlin' }).waitFor();
  await page.getByRole('button', { name: 'Change Your time zone' }).click();
  await search.fill('zzzz');
  await page.locator('p.empty', { hasText: 'No time zone found' }).waitFor();
  await isSound(page, { context: 'no zone found' });
  await search.press('Escape');
  await hasFocus(page, '.zone button');
  await page.context().close();
});

test('a whole booking by keyboard alone', async () => {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.goto(address());
  await ready(page);
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const tabTo = async (selector) => {
    for (let i = 0; i < 60; ++i) {
      if (await page.locator(`${selector}:focus`).count()) return;
      await press('Tab');
    }
    assert.fail(`${selector} is not reached`);
  };
  await tabTo('a.day');
  await press('ArrowRight', 'ArrowDown');
  const label = await page.locator('a.day:focus').getAttribute('aria-label');
  assert.match(label, /^\w+, February 1[01], 2026, \d+ times$/);
  await press('Enter');
  await hasFocus(page, '#times');
  assert.equal(await page.locator('[role=status]').first().innerText(), label, 'it is said');
  await tabTo('.to-days');
  await press('Enter');
  await hasFocus(page, '#month-title');
  await tabTo('a.day');
  await press('PageDown');
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  await tabTo('a.time');
  await press('Enter');
  await hasFocus(page, '#step-title');
  await tabTo('[name=attendee_name]');
  await page.keyboard.type('Ada Keys');
  await tabTo('[name=attendee_email]');
  await page.keyboard.type('keys@prospect.test');
  await press('Enter');
  await page.waitForURL(/booked=1$/);
  assert.equal((await meetingsOf('keys')).length, 1);
  await page.context().close();
});

test('a taken time: nothing typed is lost, the nearest are offered, none is chosen; Back and Forward', async () => {
  const page = await frail({ timezoneId: 'America/New_York', viewport: sizes.phone });
  await page.goto(address('?date=2026-02-10'));
  await ready(page);
  await picture(page, 'public-phone');
  const start = new URL(await page.locator('a.time').first().getAttribute('href'), host.base).searchParams.get('start');
  await page.locator('a.time').first().click();
  await hasFocus(page, '#step-title');
  await fill(page, 'taken');
  await other(start, 'faster');
  await book(page);
  await hasFocus(page, '.notice');
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.locator('[name=start]:checked').count(), 0);
  assert.equal(await page.locator('[name=attendee_email]').inputValue(), 'taken@prospect.test');
  await isSound(page, { context: 'taken' });
  await picture(page, 'public-taken');
  await page.goBack();
  await page.locator('a.time').nth(1).waitFor();
  await page.goForward();
  assert.equal(await page.locator('[name=attendee_email]').inputValue(), 'taken@prospect.test');
  await page.goBack();
  await page.locator('a.time').nth(4).click();
  await hasFocus(page, '#step-title');
  assert.equal(await page.locator('[name=attendee_name]').inputValue(), 'Ada taken', 'what was typed goes along to another time');
  await book(page);
  await page.waitForURL(/booked=1$/);
  assert.equal((await meetingsOf('taken')).length, 1);
  await page.context().close();
});

test('errors stand at their fields, and a double click books once', async () => {
  const page = await frail({ timezoneId: 'America/New_York' });
  const [slot] = await slots(prospect, { type: 'scripted', from: '2026-02-16', to: '2026-02-16' });
  await page.goto(address(`?start=${slot.start}&timezone=America/New_York&name=Ada+Link&answers.size=7`));
  assert.equal(await page.locator('[name="answers.size"]').inputValue(), '7');
  await page.locator('[name=attendee_email]').fill('nope');
  await book(page);
  await hasFocus(page, '#errors');
  assert.equal(await page.locator('[name=attendee_email]').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('[name=attendee_name]').inputValue(), 'Ada Link');
  await isSound(page, { context: 'errors' });
  await picture(page, 'public-errors');
  await page.locator('[name=attendee_email]').fill('double@prospect.test');
  await page.locator('form[action$="/book"] button[type=submit]').dblclick();
  await page.waitForURL(/booked=1$/);
  assert.equal((await meetingsOf('double')).length, 1);
  await page.context().close();
});

test('a lost network is said and waited for, when a month is loaded, a form opened and a form sent', async () => {
  const page = await frail({ timezoneId: 'America/New_York' });
  await page.goto(address());
  await ready(page);
  // The month after next, which was not fetched ahead.
  const ahead = page.waitForResponse(/month=2026-04/);
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  await (await ahead).finished();
  await page.context().setOffline(true);
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'April 2026' }).waitFor();
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor();
  await isSound(page, { context: 'lost' });
  await picture(page, 'public-lost');
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'May 2026' }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.getByRole('link', { name: /Previous month/ }).click();
  await page.locator('a.time').first().waitFor();

  await page.context().setOffline(true);
  await page.locator('a.time').first().click();
  await page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor();
  await page.context().setOffline(false);
  await hasFocus(page, '#step-title');

  await fill(page, 'offline');
  await page.context().setOffline(true);
  await book(page);
  await page.getByRole('alert').filter({ hasText: 'you will not be booked twice' }).waitFor();
  await isSound(page, { context: 'lost form' });
  await picture(page, 'public-lost-form');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.waitForURL(/booked=1$/);
  assert.equal((await meetingsOf('offline')).length, 1);
  await page.context().close();
});

test('a busy server is asked again, not stormed', async () => {
  const page = await frail({ timezoneId: 'America/New_York' });
  let asked = 0;
  await page.route(/\/month\?/, (route) => (++asked <= 2 ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
  await page.goto(address('?month=2026-02&timezone=America/New_York'));
  await ready(page);
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  assert.ok(asked <= 5, `${asked} requests`);
  await page.context().close();
});

test('an empty month leads to the next free day with one click', async () => {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.goto(address('?month=2026-02', 'later'));
  await ready(page);
  await page.locator('.empty', { hasText: 'No free times in this month' }).waitFor();
  await isSound(page, { context: 'empty month' });
  await picture(page, 'public-empty');
  await page.getByRole('link', { name: /next free day is/ }).click();
  await hasFocus(page, '#times');
  assert.match(param(page, 'date'), /^2026-03-/);
  assert.ok(await page.locator('a.time').count() > 0);
  const shown = await page.locator('#times').innerText();
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('#times').innerText(), shown);
  await page.context().close();
});

test('links fill in at every step, and Reload keeps the step', async () => {
  const page = await newPage(browser, { timezoneId: 'Asia/Kolkata' });
  await page.goto(address('?date=2026-02-12&timezone=Europe/Berlin&attendee_name=Ada&attendee_email=deep@prospect.test&utm_source=mail&answers.size=3'));
  await ready(page);
  assert.match(await page.locator('#times').innerText(), /February 12/);
  await page.getByRole('link', { name: /February 13/ }).click();
  await hasFocus(page, '#times');
  await page.reload();
  await ready(page);
  assert.match(await page.locator('#times').innerText(), /February 13/);
  await page.locator('a.time').first().click();
  await hasFocus(page, '#step-title');
  assert.equal(await page.locator('[name=attendee_email]').inputValue(), 'deep@prospect.test');
  await page.reload();
  assert.equal(await page.locator('[name=attendee_email]').inputValue(), 'deep@prospect.test');
  await page.goBack();
  await ready(page);
  assert.match(await page.locator('#times').innerText(), /February 13/);
  await page.goForward();
  await page.locator('[name="answers.size"]').waitFor();
  assert.equal(await page.locator('[name="answers.size"]').inputValue(), '3');
  await book(page);
  await page.waitForURL(/booked=1$/);
  const [meeting] = await meetingsOf('deep');
  assert.equal(meeting.timezone, 'Europe/Berlin');
  await page.context().close();
});

test('moving a meeting', async () => {
  const page = await newPage(browser, { timezoneId: 'Asia/Kolkata' });
  const [slot] = await slots(prospect, { type: 'scripted', from: '2026-02-18', to: '2026-02-18' });
  const made = await prospect.post('/schedule/demo/scripted/book', { start: slot.start, timezone: 'America/New_York', attendee_name: 'Ada', attendee_email: 'mover@prospect.test', answers: {} });
  await page.goto(`${made.body.data.manage_url}?move=1`);
  await ready(page);
  assert.match(await page.locator('.time.current').innerText(), /your present time/);
  assert.match(await page.locator('.zone-now').innerText(), /New York|Eastern/, 'the zone of the meeting, not of the browser');
  await isSound(page, { context: 'move' });
  await picture(page, 'public-move');
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  await page.locator('a.time').first().click();
  await hasFocus(page, '#step-title');
  assert.match(await page.locator('main').innerText(), /Move the meeting\?/);
  await page.goBack();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  await page.goForward();
  await page.getByRole('link', { name: 'Change time' }).click();
  await ready(page);
  await page.locator('a.time').nth(1).click();
  await page.getByRole('button', { name: 'Move meeting' }).click();
  await page.waitForURL(/moved=1$/);
  assert.match((await meetingsOf('mover')).find((each) => each.status === 'scheduled').start_time, /^2026-03-/);
  await page.context().close();
});

for (const [device, viewport] of Object.entries(sizes)) {
  test(`nothing moves while the page gets its script (${device})`, async () => {
    const page = await newPage(browser, { viewport, timezoneId: 'Europe/Berlin' });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const rest of ['', '?date=2026-02-20&timezone=Europe/Berlin', '?month=2026-03']) {
      await page.goto(address(rest));
      await ready(page);
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const shift = await page.evaluate(() => window.shift);
      assert.ok(shift < 0.02, `${rest}: ${shift}`);
    }
    await page.context().close();
  });
}

test('days switch and months that were fetched ahead come without a request', async () => {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.goto(address('?month=2026-02&timezone=America/New_York'));
  await ready(page);
  await page.waitForLoadState('networkidle');
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.context().setOffline(true);
  await page.getByRole('link', { name: /February 13/ }).click();
  await hasFocus(page, '#times');
  await page.getByRole('link', { name: /Next month/ }).click();
  await page.getByRole('heading', { name: 'March 2026' }).waitFor();
  assert.deepEqual(asked.filter((url) => url.includes('/schedule/demo/') && !url.includes('month=2026-04')), []);
  await page.context().close();
});
