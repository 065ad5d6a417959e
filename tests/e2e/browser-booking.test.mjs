// The booking flow in a browser, with JavaScript and without: book, back, reload, a lost time, moving, after the
// meeting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './lib/browser.mjs';
import { Client, demoRep, slots } from './lib/client.mjs';
import { MONDAY } from './lib/host.mjs';
import { browser, host, stage } from './lib/stage.mjs';

let rep, prospect;
stage({}, async () => {
  rep = await demoRep(host);
  prospect = await Client.anonymous(host);
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
  const made = await rep.post('/api/v1/scheduling/meeting-types', {
    scheduling_page_id: page.id, name: 'Everything', slug: 'everything', duration_minutes: 30, location_type: 'in_person',
    location_details: '1 Main Street',
    questions: [
      { id: 'size', label: 'Team size', type: 'number', required: true },
      { id: 'colour', label: 'Colour', type: 'radio', required: false, options: ['Red', 'Blue'] },
      { id: 'days', label: 'Days', type: 'multiselect', required: false, options: ['Mon', 'Tue'] },
    ],
  });
  assert.equal(made.status, 201, made.text);
});

async function open({ javaScriptEnabled = true, viewport = { width: 1366, height: 768 }, ...more } = {}) {
  const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'en-US', reducedMotion: 'reduce', ...more });
  return context.newPage();
}

/** Nothing is wider than the screen, and nothing scrolls inside of the page without a name and the keyboard. */
async function looksSound(page) {
  const faults = await page.evaluate(() => {
    const list = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) list.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    for (const each of document.querySelectorAll('main *')) {
      const style = getComputedStyle(each);
      const scrolls = /auto|scroll/.test(style.overflowY + style.overflowX) && (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1);
      if (scrolls && !/^(TEXTAREA|SELECT)$/.test(each.tagName) && !(each.tabIndex >= 0 && (each.getAttribute('aria-label') || each.getAttribute('aria-labelledby'))))
        list.push(`a scroller without keyboard or name: ${each.className || each.tagName}`);
    }
    return list;
  });
  assert.deepEqual(faults, [], page.url());
  assert.equal(await page.locator('h1').count(), 1);
}

const book = (page) => page.locator('form[action*="/book"] button[type=submit]').click();
/** The browser moves the focus when it has painted, a moment after the page is there. */
async function hasFocus(page, selector) {
  await page.locator(`${selector}:focus`).waitFor({ state: 'attached' });
}
const free = (from = '2026-02-03') => slots(prospect, { type: 'everything', from, to: '2026-02-20' });
const formOf = (start) => `${host.base}/schedule/demo/everything?start=${encodeURIComponent(start)}&timezone=America/New_York`;

async function fill(page, name) {
  await page.locator('[name=attendee_name]').fill(`Ada ${name}`);
  await page.locator('[name=attendee_email]').fill(`ada-${name}@prospect.test`);
  await page.locator('[name="answers.size"]').fill('12');
  await page.getByLabel('Blue').check();
  await page.getByLabel('Tue').check();
  await page.locator('[name=notes]').fill('First line\nSecond line');
  await page.locator('summary').click();
  await page.locator('[name=guests]').fill('grace@prospect.test');
}

async function isFilled(page, name) {
  assert.equal(await page.locator('[name=attendee_name]').inputValue(), `Ada ${name}`);
  assert.equal(await page.locator('[name=attendee_email]').inputValue(), `ada-${name}@prospect.test`);
  assert.equal(await page.locator('[name="answers.size"]').inputValue(), '12');
  assert.ok(await page.getByLabel('Blue').isChecked());
  assert.ok(await page.getByLabel('Tue').isChecked());
  assert.equal(await page.locator('[name=notes]').inputValue(), 'First line\nSecond line');
  assert.equal(await page.locator('[name=guests]').inputValue(), 'grace@prospect.test');
}

const meetingsOf = async (name) => (await rep.get('/api/v1/scheduling/meetings?limit=100')).body.data
  .filter((each) => each.attendee_email === `ada-${name}@prospect.test`);

for (const javaScriptEnabled of [true, false]) {
  const name = javaScriptEnabled ? 'js' : 'nojs';

  test(`booked once, however often one goes back or reloads (${name})`, async () => {
    const page = await open({ javaScriptEnabled });
    const [slot] = await free();
    await page.goto(formOf(slot.start));
    await looksSound(page);
    await picture(page, `${name}-form`);
    await fill(page, name);
    await book(page);
    await page.waitForURL(/booked=1$/);
    const booked = page.url();
    assert.match(booked, /\/schedule\/manage\/[\w-]{43}\?booked=1$/);
    const text = await page.locator('main').innerText();
    assert.match(text, /You are booked/);
    assert.match(text, new RegExp(`ada-${name}@prospect\\.test`));
    assert.match(text, /grace@prospect\.test/);
    assert.ok(text.includes(booked.replace('?booked=1', '')), 'the link to keep is shown');
    await looksSound(page);
    await picture(page, `${name}-booked`);
    await page.reload();
    assert.equal(page.url(), booked);
    assert.match(await page.locator('main').innerText(), /You are booked/);

    await page.goBack();
    await isFilled(page, name);
    await book(page);
    await page.waitForURL(booked);  // the same form leads to the same booking

    await page.goBack();
    await page.locator('[name=notes]').fill('Something else');
    await book(page);
    assert.equal(await page.locator('a', { hasText: 'Show the booked meeting' }).getAttribute('href'), new URL(booked).pathname);
    await page.locator('a', { hasText: 'Show the booked meeting' }).click();
    assert.equal(page.url(), booked.replace('?booked=1', ''));
    assert.equal((await meetingsOf(name)).length, 1);

    await page.goto(formOf(slot.start));
    assert.match(await page.locator('main').innerText(), /no longer free/);
    assert.match(await page.locator('main').innerText(), /booked it yourself/);
    await page.context().close();
  });

  test(`a lost time: nothing is chosen for anybody, nothing typed is lost (${name})`, async () => {
    const page = await open({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
    const [slot, next] = await free('2026-02-10');
    await page.goto(formOf(slot.start));
    await fill(page, `taken-${name}`);
    const other = await prospect.post('/schedule/demo/everything/book', { start: slot.start, timezone: 'UTC', attendee_name: 'Faster', attendee_email: `faster-${name}@prospect.test`, answers: { size: 1 } });
    assert.equal(other.status, 201, other.text);
    await book(page);
    await hasFocus(page, '.notice');
    await looksSound(page);
    await picture(page, `${name}-taken-phone`);
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.locator('[name=start]:checked').count(), 0);
    assert.ok(await page.locator(`[name=start][value="${next.start}"]`).isVisible());
    await isFilled(page, `taken-${name}`);
    await book(page);
    await hasFocus(page, '#errors');
    assert.match(await page.title(), /^Error: /);
    await isFilled(page, `taken-${name}`);
    await page.locator('[name=pick_date]').selectOption('2026-02-12');
    await page.getByRole('button', { name: 'Show times' }).click();
    await page.locator('.choose p', { hasText: 'Thursday, February 12' }).waitFor();
    await looksSound(page);
    await isFilled(page, `taken-${name}`);
    await page.locator('[name=start]').nth(2).check();
    await book(page);
    await page.waitForURL(/\?booked=1$/);
    const [meeting] = await meetingsOf(`taken-${name}`);
    assert.match(meeting.start_time, /^2026-02-12/);
    await page.context().close();
  });

  test(`another time before sending keeps what was typed, and Enter sends (${name})`, async () => {
    const page = await open({ javaScriptEnabled });
    const all = await free('2026-02-17');
    await page.goto(formOf(all[0].start));
    await fill(page, `change-${name}`);
    await page.getByRole('button', { name: 'Change time' }).click();
    await page.locator('.choose').waitFor();
    await isFilled(page, `change-${name}`);
    await looksSound(page);
    await picture(page, `${name}-change`);
    await page.locator(`[name=start][value="${all[3].start}"]`).check();
    await page.locator('[name=attendee_name]').press('Enter');
    await page.waitForURL(/\?booked=1$/);
    assert.equal((await meetingsOf(`change-${name}`))[0].start_time, all[3].start);
    await page.context().close();
  });

  test(`moving begins at the meeting's day and refuses its own time (${name})`, async () => {
    const page = await open({ javaScriptEnabled });
    const [slot] = await free('2026-02-18');
    const made = await prospect.post('/schedule/demo/everything/book', { start: slot.start, timezone: 'America/New_York', attendee_name: 'Ada', attendee_email: `ada-move-${name}@prospect.test`, answers: { size: 1 } });
    const manage = made.body.data.manage_url;
    await page.goto(manage);
    await page.getByRole('link', { name: 'Reschedule' }).click();
    await looksSound(page);
    await picture(page, `${name}-move`);
    assert.match(await page.locator('.day-times').innerText(), /Wednesday, February 18/);
    const current = page.locator('.time.current');
    assert.match(await current.innerText(), /your present time/);
    assert.equal(await current.evaluate((each) => each.tagName), 'SPAN');
    const target = page.locator('a.time').first();
    const start = new URL(await target.getAttribute('href'), host.base).searchParams.get('start');
    await target.click();
    await page.getByRole('heading', { name: 'Move the meeting?' }).waitFor();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await page.locator('form[action*="/schedule/reschedule/"] button').click();
    await page.waitForURL(`${manage}?moved=1`);
    assert.match(await page.locator('main').innerText(), /Your meeting was moved/);
    await page.reload();
    assert.match(await page.locator('main').innerText(), /Your meeting was moved/);
    const same = await prospect.post(`/schedule/reschedule/${manage.split('/').pop()}`, { start });
    assert.equal(same.status, 422);
    assert.deepEqual(same.body.errors.map(({ field, code }) => [field, code]), [['start', 'same_time']]);
    await second.locator('form[action*="/schedule/reschedule/"] button').click();
    await second.getByRole('heading', { name: /at this time already/ }).waitFor();
    assert.match(await second.title(), /^Error: /);
    await page.goBack();
    assert.match(await page.locator('.time.current').innerText(), /your present time/);
    await page.goto(manage);
    await page.locator('form[action*="/schedule/cancel/"] button').click();
    assert.match(await page.locator('main').innerText(), /Your meeting is cancelled/);
    assert.equal(await page.locator('form[action*="/schedule/cancel/"]').count(), 0);
    await page.getByRole('link', { name: 'Book another time' }).click();
    assert.match(page.url(), /\/schedule\/demo\/everything(\?timezone=.*)?$/);
    await page.context().close();
  });
}

for (const [device, viewport] of [['phone', { width: 390, height: 844 }], ['laptop', { width: 1366, height: 768 }]]) {
  test(`every time of a day can be reached (${device})`, async () => {
    const page = await open({ viewport });
    await page.goto(`${host.base}/schedule/demo/discovery-call?date=2026-02-19&timezone=America/New_York`);
    await looksSound(page);
    await picture(page, `${device}-times`);
    const times = page.locator('.times .time');
    assert.equal(await times.count(), 16);
    const hidden = await times.evaluateAll((all) => all.filter((each) => {
      const box = each.getBoundingClientRect();
      for (let up = each.parentElement; up && up !== document.documentElement; up = up.parentElement) {
        const outer = up.getBoundingClientRect();
        if (getComputedStyle(up).overflowY !== 'visible' && (box.bottom > outer.bottom + 1 || box.top < outer.top - 1)) return true;
      }
      return false;
    }).length);
    assert.equal(hidden, 0);
    await page.context().close();
  });
}

test('colours of the system, and text twice as large', async () => {
  const page = await open({ forcedColors: 'active' });
  await page.goto(`${host.base}/schedule/demo/discovery-call?date=2026-02-19`);
  await picture(page, 'forced-colours');
  const borders = await page.locator('a.day, .time').evaluateAll((all) => all.filter((each) => getComputedStyle(each).borderTopStyle === 'none').length);
  assert.equal(borders, 0, 'what can be chosen has a border');
  await page.context().close();
  const large = await open({ viewport: { width: 1366, height: 768 } });
  await large.goto(`${host.base}/schedule/demo/discovery-call?date=2026-02-19`);
  const before = await large.locator('.time').first().evaluate((each) => each.getBoundingClientRect().height);
  await large.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  const after = await large.locator('.time').first().evaluate((each) => each.getBoundingClientRect().height);
  assert.ok(after > before * 1.7, `${before} px became ${after} px`);
  await looksSound(large);
  await large.context().close();
});

test('text of any direction stays where it belongs', async () => {
  const page = await open({ viewport: { width: 390, height: 844 } });
  const [slot] = await free('2026-02-13');
  const made = await prospect.post('/schedule/demo/everything/book', { start: slot.start, timezone: 'UTC', attendee_name: 'עדה לאבלייס', attendee_email: 'ada-rtl@prospect.test', notes: 'שלום! (1)', answers: { size: 1 } });
  assert.equal(made.status, 201, made.text);
  await page.goto(made.body.data.manage_url);
  await looksSound(page);
  await picture(page, 'right-to-left');
  assert.equal(await page.locator('dd', { hasText: 'שלום' }).evaluate((each) => getComputedStyle(each).direction), 'rtl');
  await page.context().close();
});

test('after the meeting the page says so', async () => {
  const page = await open();
  const [slot] = await free('2026-02-04');
  const made = await prospect.post('/schedule/demo/everything/book', { start: slot.start, timezone: 'UTC', attendee_name: 'Ada', attendee_email: 'ada-after@prospect.test', answers: { size: 1 } });
  const clock = (now) => rep.post('/api/v1/dev/clock', { now }, { validate: false });
  await clock(slot.end);
  await page.goto(made.body.data.manage_url);
  await picture(page, 'after');
  assert.match(await page.locator('main').innerText(), /has taken place/);
  assert.equal(await page.getByRole('link', { name: 'Reschedule' }).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Book another time' }).count(), 1);
  await clock(MONDAY);
  await page.context().close();
});
