// EVIDENCE: B-10.2
// A team in a real browser: its page is booked by a prospect, a meeting is handed over, a rep books from a contact, a
// sales lead reads the figures, and meetings follow a merged contact.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, newPage, picture, sizes } from './lib/browser.mjs';
import { Client, demoRep } from './lib/client.mjs';
import { admin, browser, host, root, stage, visit } from './lib/stage.mjs';

const api = '/api/v1/scheduling';
const monday = '2026-02-09';
let rosa, ron, open, ids, team;
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data;
};
const hours = { timezone: 'America/New_York', defaults: { minimum_notice_minutes: 60, max_days_in_advance: 60 },
  rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: '09:00', end_time: '17:00', is_available: true })) };

stage({}, async () => {
  [rosa, ron, open] = [await demoRep(host), await Client.signedIn(host, 'rep2@example.test', 'rep2-demo'), await Client.anonymous(host)];
  const of = async (client) => ok(await client.get('/api/v1/users/me'));
  ids = { rosa: await of(rosa), ron: await of(ron) };
  for (const each of [rosa, ron]) ok(await each.put(`${api}/availability`, hours));
  team = ok(await rosa.post(`${api}/pages`, { slug: 'sales', name: 'Talk to sales', assignment: 'round_robin', members: [{ user_id: ids.rosa.id }, { user_id: ids.ron.id }] }), 201);
  ok(await rosa.post(`${api}/meeting-types`, { scheduling_page_id: team.id, name: 'Sales call', slug: 'call', duration_minutes: 30 }), 201);
});

const meetings = async (query = '') => ok(await admin.get(`${api}/meetings?limit=100${query}`));
const contact = async (name, email) => ok(await rosa.post('/api/v1/records', { module: 'contacts', data: { name, email } }), 201).id;

test('a prospect books the page of a team, and a host hands the meeting over from the list', async () => {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.goto(`${host.base}/schedule/sales`);
  await page.getByRole('link', { name: 'Sales call' }).click();
  await page.getByRole('link', { name: /February 9, 2026, \d+ times/ }).click();
  await page.locator('a.time').first().click();
  await page.locator('[name=attendee_name]').fill('Ada Lovelace');
  await page.locator('[name=attendee_email]').fill('ada@prospect.test');
  await isSound(page, { context: 'team form' });
  await page.locator('form[action$="/book"] button[type=submit]', { hasText: /Schedule/ }).click();
  await page.getByText('Ada Lovelace').first().waitFor();
  await isSound(page, { context: 'team booked' });
  await picture(page, 'teams-booked');
  await page.context().close();
  const [booked] = await meetings('&q=Ada');
  assert.deepEqual([booked.host_user_id, booked.assignment.strategy], [ids.rosa.id, 'round_robin']);

  const list = await visit(`${root}/meetings`);
  await list.getByRole('article').filter({ hasText: 'Ada Lovelace' }).getByRole('link').click();
  await list.getByRole('button', { name: 'Hand over' }).click();
  await list.getByLabel('New host').selectOption({ label: ids.ron.name });
  await list.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await list.getByText('Handed over. We write').waitFor();
  await list.context().close();
  const moved = ok(await admin.get(`${api}/meetings/${booked.id}`));
  assert.deepEqual([moved.host_user_id, moved.assignment.reason], [ids.ron.id, 'reassigned']);
  const turn = ok(await rosa.get(`${api}/pages/${team.id}/turn`));
  assert.deepEqual(turn.map((one) => [one.user_id, one.meetings]), [[ids.rosa.id, 0], [ids.ron.id, 1]]);
});

for (const size of ['desktop', 'phone']) {
  test(`a rep books for a contact in five clicks and without typing (${size})`, async () => {
    const id = await contact(`Grace ${size}`, `grace-${size}@prospect.test`);
    const page = await visit(`/contacts/${id}`, { viewport: sizes[size] });
    await isSound(page, { context: 'contact' });
    await picture(page, `teams-contact-${size}`);
    let clicks = 0;
    const click = async (what) => {
      clicks += 1;
      await what.click();
    };
    await click(page.getByRole('region', { name: 'Meetings' }).getByRole('link', { name: 'Book a meeting' }));
    await page.waitForURL(`${host.base}${root}/book/${id}`);
    await click(page.getByRole('button', { name: /Sales call/ }));
    const whom = page.getByRole('region', { name: 'With whom' });
    const starred = whom.getByRole('button', { pressed: true });
    await starred.waitFor();
    assert.match(await starred.innerText(), new RegExp(`${ids.rosa.name}\\s+Next in turn`), 'Ron has a meeting more');
    assert.equal(await whom.getByRole('button').count(), 2);
    if (size === 'phone') await click(whom.getByRole('button', { name: ids.ron.name }));
    const when = page.getByRole('region', { name: 'When' });
    await when.getByRole('button', { name: '9:00 AM' }).or(when.getByRole('button', { name: '10:00 AM' })).first().waitFor();
    await isSound(page, { context: `booking, ${size}` });
    await picture(page, `teams-booking-${size}`);
    await click(when.getByRole('button', { name: '10:00 AM' }));
    await click(page.getByRole('button', { name: 'Book', exact: true }));
    await page.getByRole('heading', { name: 'The meeting is booked' }).waitFor();
    assert.ok(clicks <= 5, `${clicks} clicks`);
    await isSound(page, { context: `booked, ${size}` });
    await picture(page, `teams-done-${size}`);
    await page.context().close();
    const [booked] = await meetings(`&q=${size}`);
    const mine = ids.rosa.id;
    assert.deepEqual([booked.contact_id, booked.booked_by_user_id, booked.host_user_id, booked.assignment.reason],
      size === 'phone' ? [id, mine, ids.ron.id, 'named'] : [id, mine, mine, 'turn']);
  });
}

test('a time that somebody else took is said, and the others are shown', async () => {
  const id = await contact('Late Lady', 'late@prospect.test');
  const page = await visit(`${root}/book/${id}`);
  page.refusals = /status of 409/;
  await page.getByRole('button', { name: /Discovery Call/ }).click();
  const when = page.getByRole('region', { name: 'When' });
  await when.getByRole('button', { name: '3:00 PM' }).click();
  const type = ok(await rosa.get(`${api}/meeting-types`)).find((each) => each.slug === 'discovery-call');
  const days = ok(await rosa.get(`${api}/slots?meeting_type_id=${type.id}&from=2026-02-02&to=2026-02-13&timezone=America/New_York`)).slots;
  const start = days.find((slot) => slot.local.endsWith('T15:00')).start;
  ok(await rosa.post(`${api}/bookings`, { meeting_type_id: type.id, start, attendee_name: 'Faster', attendee_email: 'faster@prospect.test' }), 201);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('alert').getByText('This time was just taken.').waitFor();
  await when.getByRole('button', { name: '3:30 PM' }).click();
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('heading', { name: 'The meeting is booked' }).waitFor();
  await page.context().close();
});

test('the figures tell who hosted what', async () => {
  const page = await visit(`${root}/figures?from=2026-01-01&to=2026-03-31&by=host`, {}, 'admin@example.test', 'admin-demo');
  const row = page.getByRole('row', { name: new RegExp(ids.ron.name) });
  await row.waitFor();
  assert.match(await row.innerText(), new RegExp(`^${ids.ron.name}\\t2\\t`));
  await isSound(page, { context: 'figures' });
  await page.context().close();
});

test('the meetings of a merged contact follow to the one that stays', async () => {
  const [leaving, staying] = [await contact('Grace Old', 'grace-old@prospect.test'), await contact('Grace New', 'grace-new@prospect.test')];
  const type = ok(await rosa.get(`${api}/meeting-types`)).find((each) => each.slug === 'discovery-call');
  const [slot] = ok(await rosa.get(`${api}/slots?meeting_type_id=${type.id}&from=2026-02-16&to=2026-02-16`)).slots;
  ok(await rosa.post(`${api}/bookings`, { meeting_type_id: type.id, contact_id: leaving, start: slot.start }), 201);
  const page = await visit(`/contacts/${leaving}`);
  await page.getByRole('region', { name: 'Meetings' }).getByRole('listitem').filter({ hasText: 'Discovery Call' }).waitFor();
  assert.equal((await rosa.post(`/api/v1/records/${leaving}/merge`, { into: staying })).status, 200);
  await page.reload();
  await page.waitForURL(`${host.base}/contacts/${staying}`);
  await page.getByRole('region', { name: 'Meetings' }).getByRole('listitem').filter({ hasText: 'Discovery Call' }).waitFor();
  await page.getByRole('link', { name: 'Book a meeting' }).click();
  await page.getByText('Grace New').waitFor();
  await page.context().close();
});

for (const [size, viewport] of Object.entries({ desktop: sizes.desktop, phone: sizes.phone })) {
  test(`members stand in order in the editor of the page (${size})`, async () => {
    const page = await visit(`${root}/pages/${team.id}`, { viewport });
    const members = page.getByRole('region', { name: 'Whom people meet' }).locator('li.member');
    await members.nth(1).waitFor();
    const [name, share, priority, takes, remove] = await Promise.all([members.first().locator('.name'), members.first().getByLabel('Share'), members.first().getByLabel('Priority'),
      members.first().locator('.takes'), members.first().getByRole('button', { name: /Remove/ })].map((each) => each.boundingBox()));
    assert.ok(Math.abs(share.y - priority.y) < 2, 'share and priority stand side by side');
    assert.ok(remove.x > name.x + name.width - 1 && Math.abs(remove.y + remove.height / 2 - name.y - name.height / 2) < 24, 'what removes a member stands beside the name');
    if (size === 'phone') assert.ok(share.y > name.y && takes.y > share.y, 'one below the other');
    await isSound(page, { context: `team editor, ${size}` });
    await picture(page, `teams-editor-${size}`);
    await page.context().close();
  });
}
