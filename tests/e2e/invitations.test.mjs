// EVIDENCE: B-10.3
// Invitations over HTTP: who may invite, whose times a link offers, whom its bookings belong to, how it ends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, demoAdmin, demoRep, json } from './lib/client.mjs';
import { Host, MONDAY } from './lib/host.mjs';

const root = '/api/v1/scheduling';
const settingsPath = '/api/v1/modules/meeting_scheduler/settings';
const day = '2026-02-09';
const call = '/schedule/sales/call';
let host, admin, rosa, ron, prospect, ids, page, type, other, ada, invite;

const hours = (from, until) => ({ timezone: 'America/New_York', defaults: { minimum_notice_minutes: 60, max_days_in_advance: 60 },
  rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: from, end_time: until, is_available: true })) });
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data;
};
const at = (time, date = day) => `${date}T${time}:00Z`; // 14:00 is 9:00 in New York
const tokenOf = (link) => new URL(link.url).searchParams.get('invite');
const invited = async (more = {}, who = ron) => tokenOf(ok(await who.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id, ...more }), 201));
const contact = async (data, who = ron) => ok(await who.post('/api/v1/records', { module: 'contacts', data }), 201);
const record = async (id) => ok(await admin.get(`/api/v1/records/${id}`)).data;
const book = (start, token, more = {}, at = call) => prospect.post(`${at}/book`,
  { start, timezone: 'UTC', attendee_name: 'Ada Lovelace', attendee_email: 'ada@prospect.test', invite: token, ...more });
const slots = async (token, from = day, to = from) => ok(await prospect.get(`${call}/slots?from=${from}&to=${to}&timezone=UTC${token ? `&invite=${token}` : ''}`));
const starts = async (...asked) => (await slots(...asked)).slots.map((slot) => slot.start);
const meeting = async (id) => ok(await admin.get(`${root}/meetings/${id}`));
const settings = async (values) => { type = ok(await rosa.put(`${root}/meeting-types/${type.id}`, { settings: values })); };
const setClock = (now) => prospect.post('/api/v1/dev/clock', { now }, { validate: false });
const html = async (path, form) => {
  const answer = await fetch(path.startsWith('http') ? path : host.base + path, { redirect: 'manual', method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form),
    headers: { accept: 'text/html' } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const unescaped = (text) => text.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&#61;', '=');
const values = (text) => Object.fromEntries([...text.matchAll(/<input[^>]*>/g)].map(([tag]) => [tag.match(/name="([^"]*)"/)?.[1], unescaped(tag.match(/ value="([^"]*)"/)?.[1] ?? '')]).filter(([name]) => name));

before(async () => {
  host = await Host.start();
  admin = await demoAdmin(host);
  rosa = await demoRep(host);
  ron = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  prospect = await Client.anonymous(host);
  const of = async (client) => ok(await client.get('/api/v1/users/me')).id;
  ids = { rosa: await of(rosa), ron: await of(ron), admin: await of(admin) };
  ok(await rosa.put(`${root}/availability`, hours('09:00', '15:00')));
  ok(await ron.put(`${root}/availability`, hours('11:00', '18:00')));
  page = ok(await rosa.post(`${root}/pages`, { slug: 'sales', name: 'Talk to sales', assignment: 'round_robin',
    members: [{ user_id: ids.rosa }, { user_id: ids.ron }] }), 201);
  type = ok(await rosa.post(`${root}/meeting-types`, { scheduling_page_id: page.id, name: 'Call', slug: 'call', duration_minutes: 30,
    settings: { owner_first: 'strict' } }), 201);
  other = ok(await rosa.post(`${root}/meeting-types`, { scheduling_page_id: page.id, name: 'Demo', slug: 'demo', duration_minutes: 60 }), 201);
  ada = await contact({ name: 'Ada Lovelace', email: 'ada@prospect.test', company: 'Secret Engines Ltd' });
  invite = await invited();
});
after(() => host?.stop());

test('whoever may see the contact and use the type invites; the link says until when', async () => {
  const made = ok(await ron.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id }), 201);
  assert.match(made.url, new RegExp(`^${host.base}${call}\\?invite=[A-Za-z0-9_-]{43}$`));
  assert.equal(made.expires_at, '2026-02-16T13:00:00Z', 'two weeks');
  const long = ok(await admin.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id, expires_in_hours: 2160 }), 201);
  assert.equal(long.expires_at, '2026-05-03T13:00:00Z');
  for (const expires_in_hours of [0, -1, 2161, 'soon', 1.5]) {
    const refused = await ron.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id, expires_in_hours }, { validate: false });
    assert.deepEqual([refused.status, refused.body.errors?.[0].field], [422, 'expires_in_hours'], String(expires_in_hours));
  }
  const field = async (body) => (await ron.post(`${root}/invitations`, body, { validate: false })).body.errors.map((each) => each.field).sort();
  assert.deepEqual(await field({}), ['contact_id', 'meeting_type_id']);
  assert.deepEqual(await field({ meeting_type_id: type.id, contact_id: ada.id, host_user_id: 1 }), ['host_user_id']);
  assert.equal((await ron.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: 99999 })).status, 404);
  assert.equal((await rosa.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id })).status, 404, 'a colleague\'s contact');
  const demo = ok(await rosa.get(`${root}/pages`)).find((each) => each.slug === 'demo');
  const foreign = ok(await rosa.get(`${root}/meeting-types?scheduling_page_id=${demo.id}`))[0];
  assert.equal((await ron.post(`${root}/invitations`, { meeting_type_id: foreign.id, contact_id: ada.id })).status, 404, 'a page of somebody else');
  assert.equal((await prospect.post(`${root}/invitations`, { meeting_type_id: type.id, contact_id: ada.id })).status, 401);
});

test('an invitation shows the owner\'s times, and of the contact nothing but name and address', async () => {
  const all = await starts();
  assert.ok(all.includes(at('14:00')) && all.includes(at('22:00')));
  const owners = await starts(invite);
  assert.deepEqual([owners[0], owners.at(-1)], [at('16:00'), at('22:30')]);
  const month = ok(await prospect.get(`${call}/month?month=2026-02&timezone=UTC&invite=${invite}`));
  assert.deepEqual(month.weeks.flat().find((each) => each?.date === day).times.map((time) => time.start), owners);
  const shown = await prospect.get(`${call}?invite=${invite}`, json);
  assert.deepEqual(ok(shown).invitation, { name: 'Ada Lovelace', email: 'ada@prospect.test', expires_at: '2026-02-16T13:00:00Z', owner: null });
  assert.equal(shown.headers.get('cache-control'), 'no-store');
  assert.equal('invitation' in ok(await prospect.get(call, json)), false);
  const calendar = await html(`${call}?invite=${invite}`);
  const form = await html(`${call}?invite=${invite}&start=${at('16:00')}&timezone=UTC`);
  for (const answer of [calendar, form]) {
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    for (const text of ['Secret Engines', 'rep2@example.test']) assert.ok(!(answer.text + shown.text).includes(text), text);
  }
  assert.deepEqual([values(form.text).attendee_name, values(form.text).attendee_email, values(form.text).invite], ['Ada Lovelace', 'ada@prospect.test', invite]);
});

test('without script the invitation goes along through every step', async () => {
  const calendar = unescaped((await html(`${call}?invite=${invite}&month=2026-02&date=${day}&timezone=UTC`)).text);
  const links = [...calendar.matchAll(/href="(\/schedule\/sales[^"#]*)"/g)].map(([, href]) => href).filter((href) => href.includes('?'));
  assert.ok(links.length > 10);
  for (const href of links) assert.ok(href.includes(`invite=${invite}`) || href.includes('.css'), href);
  assert.ok(values(calendar).invite === invite, 'the chooser of the time zone too');
  const overview = unescaped((await html(`/schedule/sales?invite=${invite}`)).text);
  assert.ok(overview.includes(`/schedule/sales/call?invite=${invite}`));
  assert.match(overview, /\/schedule\/sales\/demo["?](?!invite)/, 'another type does not know it');
  const start = links.find((href) => href.includes('start='));
  const form = values((await html(start)).text);
  assert.equal(form.start, at('16:00'));
  const bad = await html(`${call}/book`, { ...form, attendee_email: 'nothing' });
  assert.equal(bad.status, 422);
  assert.equal(values(bad.text).invite, invite);
  const choosing = await html(call, { ...form, pick_date: day });
  assert.ok(!choosing.text.includes(`value="${at('14:00')}"`) && choosing.text.includes(`value="${at('22:30')}"`), 'the times of the owner');
  const gone = await html(`${call}?invite=${invite}&start=${at('14:00')}`);
  assert.ok(gone.text.includes('That time is no longer free') && gone.text.includes(invite));
  const taken = await html(`${call}/book`, { ...form, start: at('14:00') });
  assert.equal(taken.status, 409);
  assert.ok(taken.text.includes('That time is with somebody else'), taken.text);
  assert.equal(values(taken.text).invite, invite);
  const done = await html(`${call}/book`, form);
  assert.equal(done.status, 303, done.text);
  assert.equal((await html(done.headers.get('location'))).status, 200);
  const meetings = ok(await ron.get(`${root}/meetings?from=${day}&to=${day}`));
  assert.deepEqual(meetings.map((each) => [each.host_user_id, each.contact_id, each.assignment.reason]), [[ids.ron, ada.id, 'invited']]);
});

test('a start that only others can take is 409 owner_only with the owner\'s times', async () => {
  for (const owner_first of ['strict', 'prefer']) {
    await settings({ owner_first });
    const refused = await book(at('14:00'), invite);
    assert.deepEqual([refused.status, refused.body.code], [409, 'owner_only']);
    const owners = await starts(invite, day, '2026-02-13');
    assert.ok(refused.body.alternatives.length > 0 && refused.body.alternatives.every((start) => owners.includes(start)), refused.text);
    const nobody = await book(at('03:00'), invite);
    assert.deepEqual([nobody.status, nobody.body.code], [422, 'outside_rules']);
    const busy = await book(at('16:00'), invite);
    assert.deepEqual([busy.status, busy.body.code], [409, 'owner_only'], 'the owner is busy, and only a colleague is free');
  }
  ok(await book(at('16:00'), undefined, { attendee_email: 'stranger@prospect.test' }), 201);
  assert.deepEqual([(await book(at('16:00'), invite)).body.code], ['slot_taken'], 'nobody is free any more');
  await settings({ owner_first: 'strict' });
});

test('it belongs to the contact whatever address is typed; only the contact\'s own fills what is empty', async () => {
  const cases = [['someone@else.test', undefined], ['ADA@prospect.TEST', '+12025550136']];
  const day2 = '2026-02-10';
  for (const [n, [attendee_email, phone]] of cases.entries()) {
    const booked = ok(await book(at(n ? '17:00' : '16:00', day2), invite, { attendee_email, attendee_name: 'A. L.', phone: '+12025550136' }), 201).meeting;
    assert.equal(booked.contact_id, null, 'the public is told of no contact');
    const shown = await meeting(booked.id);
    assert.deepEqual([shown.contact_id, shown.host_user_id, shown.attendee_email], [ada.id, ids.ron, attendee_email]);
    const after = await record(ada.id);
    assert.deepEqual([after.name, after.email, after.phone], ['Ada Lovelace', 'ada@prospect.test', phone]);
  }
  const proposed = ok(await ron.get(`${root}/suggestions?contact_id=${ada.id}`)).filter((each) => each.kind === 'contact_field').map((each) => [each.field, each.proposed]);
  assert.ok(proposed.some(([field, text]) => field === 'name' && text === 'A. L.'), 'what the record says otherwise is a suggestion');
  const activities = ok(await ron.get(`/api/v1/records/${ada.id}/activities`)).filter((each) => each.kind === 'meeting');
  assert.ok(activities.length >= 3);
  ok(await book(at('17:00', day2), undefined, { attendee_email: 'zoe@prospect.test', phone: '+12025550199' }), 201);
  const known = await contact({ name: 'Zoe', email: 'zoe2@prospect.test' });
  ok(await book(at('17:30', day2), undefined, { attendee_email: 'zoe2@prospect.test', phone: '+12025550199' }), 201);
  assert.equal((await record(known.id)).phone, undefined, 'without an invitation nothing is filled');
});

test('the owner is chosen because of the invitation, which the turn does not count unless the page says so', async () => {
  const turn = async () => ok(await admin.get(`${root}/pages/${page.id}/turn`)).map(({ user_id, balance, meetings, eligible }) => [user_id, balance, meetings, eligible]);
  const before = await turn();
  const day3 = '2026-02-11';
  const booked = await meeting(ok(await book(at('16:00', day3), invite), 201).meeting.id);
  assert.deepEqual([booked.assignment.strategy, booked.assignment.reason], ['round_robin', 'invited']);
  assert.deepEqual(booked.assignment.considered, [{ user_id: ids.rosa, outcome: 'skipped', reason: 'not_owner', balance: null },
    { user_id: ids.ron, outcome: 'chosen', reason: 'invited', balance: null }]);
  assert.deepEqual(await turn(), before);
  ok(await rosa.put(`${root}/pages/${page.id}`, { rotation: { owner_bookings_count: true } }));
  const counted = await meeting(ok(await book(at('16:30', day3), invite), 201).meeting.id);
  assert.equal(counted.assignment.reason, 'invited');
  const after = await turn();
  assert.deepEqual(after.map(([, , meetings, eligible]) => [meetings, eligible]), before.map(([user, , meetings, eligible]) => [meetings + (user === ids.ron ? 1 : 0), eligible + 1]));
  ok(await rosa.put(`${root}/pages/${page.id}`, { rotation: { owner_bookings_count: false } }));
});

test('the whole team\'s times when owner first is off, or the owner no longer serves', async () => {
  const all = await starts(undefined, '2026-02-12');
  assert.notDeepEqual(await starts(invite, '2026-02-12'), all);
  await settings({ owner_first: 'off' });
  assert.deepEqual(await starts(invite, '2026-02-12'), all);
  assert.equal(ok(await book(at('14:00', '2026-02-12'), invite), 201).meeting.host_user_id, ids.rosa);
  await settings({ owner_first: 'strict' });
  ok(await ron.put(`${root}/pages/${page.id}/membership`, { is_active: false }));
  assert.deepEqual(await starts(invite, '2026-02-12'), await starts(undefined, '2026-02-12'));
  const booked = await meeting(ok(await book(at('14:30', '2026-02-12'), invite), 201).meeting.id);
  assert.deepEqual([booked.host_user_id, booked.contact_id, booked.assignment.reason], [ids.rosa, ada.id, 'turn']);
  ok(await ron.put(`${root}/pages/${page.id}/membership`, { is_active: true }));
});

test('without an invitation strict acts as prefer', async () => {
  const known = ok(await book(at('18:00', '2026-02-12'), undefined), 201).meeting;
  assert.equal(known.host_user_id, ids.ron);
  assert.equal((await meeting(known.id)).assignment.reason, 'owner');
  assert.equal(ok(await book(at('15:00', '2026-02-12'), undefined), 201).meeting.host_user_id, ids.rosa, 'the owner is not there');
});

test('when the owner has no free start within the days of waiting', async () => {
  const away = ['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05', '2026-02-06'];
  const later = '2026-02-13';
  const closed = [];
  // Meetings, not overrides: the days must have open hours to count.
  for (const date of away) {
    ok(await ron.post(`${root}/overrides`, { date, is_available: true, start_time: '11:00', end_time: '12:00' }), 201);
    if (date !== away[0]) for (const time of ['16:00', '16:30']) {
      const day = await ron.post(`${root}/bookings`, { meeting_type_id: type.id, host_user_id: ids.ron, attendee_name: 'Full', attendee_email: 'full@prospect.test', start: at(time, date), timezone: 'UTC' });
      closed.push(ok(day, 201).id);
    }
  }
  // Today's hour is still free at eight in the morning, with an hour of notice.
  assert.deepEqual(await starts(invite, away[0]), [at('16:00', away[0]), at('16:30', away[0])]);
  for (const time of ['16:00', '16:30'])
    ok(await ron.post(`${root}/bookings`, { meeting_type_id: type.id, host_user_id: ids.ron, attendee_name: 'Full', attendee_email: 'full@prospect.test', start: at(time, away[0]), timezone: 'UTC' }), 201);
  const strict = await slots(invite, later);
  assert.deepEqual(strict.owner, { name: ok(await ron.get('/api/v1/users/me')).name, email: 'rep2@example.test' });
  assert.ok(strict.slots.length > 0 && !strict.slots.some((slot) => slot.start === at('14:00', later)), 'only the owner\'s, and later');
  assert.deepEqual(ok(await prospect.get(`${call}?invite=${invite}`, json)).invitation.owner, strict.owner);
  const shown = (await html(`${call}?invite=${invite}&month=2026-02`)).text;
  assert.ok(shown.includes('mailto:rep2@example.test') && shown.includes('has no free time soon') && shown.includes('5 working days'), shown);
  assert.ok((await html(`${call}?invite=${invite}&lang=de`)).text.includes('5 Arbeitstagen'));
  assert.equal((await book(at('14:00', later), invite)).body.code, 'owner_only');
  await settings({ owner_wait_days: 6 });
  assert.equal((await slots(invite, later)).owner, undefined, 'the sixth day is free');
  await settings({ owner_wait_days: null, owner_first: 'prefer' });
  const all = await starts(undefined, later);
  assert.deepEqual(await starts(invite, later), all);
  assert.ok(!(await html(`${call}?invite=${invite}`)).text.includes('rep2@example.test'));
  const others = await meeting(ok(await book(at('14:00', later), invite), 201).meeting.id);
  assert.deepEqual([others.host_user_id, others.contact_id], [ids.rosa, ada.id]);
  const owners = await meeting(ok(await book(at('16:00', later), invite), 201).meeting.id);
  assert.deepEqual([owners.host_user_id, owners.assignment.reason], [ids.ron, 'invited'], 'they come first all the same');
  await settings({ owner_wait_days: 6 });
  assert.equal((await book(at('14:30', later), invite)).body.code, 'owner_only', 'and bind again');
  await settings({ owner_wait_days: null, owner_first: 'strict' });
  for (const owner_wait_days of [0, 61]) {
    const refused = await rosa.put(`${root}/meeting-types/${type.id}`, { settings: { owner_wait_days } });
    assert.deepEqual([refused.status, refused.body.errors[0].field], [422, 'settings.owner_wait_days']);
  }
});

test('whatever an invitation lists, it books', async () => {
  const date = '2026-02-17';
  const long = await invited({ expires_in_hours: 2000 });
  let count = 0;
  for (let listed = await starts(long, date); listed.length > 0; listed = await starts(long, date)) {
    const booked = ok(await book(listed[Math.floor(listed.length / 2)], long, { attendee_email: `o${count++}@prospect.test` }), 201).meeting;
    assert.equal(booked.host_user_id, ids.ron);
  }
  assert.equal(count, 14);
  assert.ok((await starts(undefined, date)).length > 0, 'the colleague is still free');
});

test('an invitation proves the address, and its bookings count nowhere', async () => {
  const date = '2026-02-18';
  const long = await invited({ expires_in_hours: 2000 });
  await settings({ verify_email: 'new_addresses' });
  assert.equal(ok(await book(at('14:00', date), undefined, { attendee_email: 'new@prospect.test' }), 201).meeting.status, 'pending');
  const proved = ok(await book(at('16:00', date), long, { attendee_email: 'new2@prospect.test' }), 201).meeting;
  assert.equal(proved.status, 'scheduled');
  await settings({ verify_email: null });
  ok(await admin.put(settingsPath, { bookings_per_network_max: 1, open_meetings_per_email_max: 1, form_seconds_min: 3600, guest_mails_per_network_max: 1 }));
  for (const time of ['17:00', '17:30', '18:00']) {
    const form = values((await html(`${call}?invite=${long}&start=${at(time, date)}&timezone=UTC`)).text);
    assert.equal((await html(`${call}/book`, form)).status, 303);
  }
  const booked = ok(await ron.get(`${root}/meetings?from=${date}&to=${date}`)).filter((each) => each.start_time >= at('17:00', date));
  assert.deepEqual(booked.map((each) => [each.status, each.held_for_review]), [['scheduled', []], ['scheduled', []], ['scheduled', []]]);
  const mails = ok(await admin.get(`${root}/mails?limit=100`)).filter((mail) => booked.some((each) => each.id === mail.meeting_id));
  assert.ok(mails.length >= 6 && mails.every((mail) => mail.status !== 'held'));
  ok(await admin.put(settingsPath, { blocked_senders: ['blocked.test'] }));
  assert.equal((await book(at('18:30', date), long, { attendee_email: 'x@blocked.test' })).status, 403, 'whom the administrator blocked stays out');
  ok(await admin.put(settingsPath, { bookings_per_network_max: null, open_meetings_per_email_max: null, form_seconds_min: null, guest_mails_per_network_max: null, blocked_senders: [] }));
});

test('a booking that is moved needs no invitation', async () => {
  const date = '2026-02-19';
  const long = await invited({ expires_in_hours: 2000 });
  const booked = ok(await book(at('16:00', date), long), 201);
  const token = booked.manage_url.split('/').at(-1);
  const moved = ok(await prospect.post(`/schedule/reschedule/${token}`, { start: at('17:00', date), timezone: 'UTC' })).meeting;
  assert.equal(moved.host_user_id, ids.ron);
  assert.equal((await meeting(moved.id)).contact_id, ada.id);
});

test('altered, unknown and foreign tokens are 404', async () => {
  const altered = invite.slice(0, -2) + (invite.endsWith('AA') ? 'BB' : 'AA');
  const foreign = tokenOf(ok(await ron.post(`${root}/invitations`, { meeting_type_id: other.id, contact_id: ada.id }), 201));
  for (const token of [altered, foreign, 'x', 'a'.repeat(500), 'ä', '']) {
    const query = encodeURIComponent(token);
    for (const path of [`${call}?invite=${query}`, `${call}/slots?date=${day}&invite=${query}`, `${call}/month?invite=${query}`])
      assert.equal((await prospect.get(path, json)).status, 404, path);
    assert.equal((await html(`${call}?invite=${query}`)).status, 404, token);
    assert.equal((await book(at('17:30'), token)).status, 404, token);
    assert.equal((await html(call, { invite: token, pick_date: day })).status, 404, token);
  }
  assert.equal((await html('/schedule/sales?invite=nothing')).status, 200, 'a page ignores what it does not know');
  assert.equal((await book(at('17:30'), 7)).status, 422);
});

test('it follows a merge, and ends with the contact and with whoever invited', async () => {
  const first = await contact({ name: 'Grace', email: 'grace@prospect.test' });
  const second = await contact({ name: 'Grace Hopper', email: 'hopper@prospect.test' }, rosa);
  const token = await invited({ contact_id: first.id });
  assert.equal((await starts(token, '2026-02-13'))[0], (await starts(invite, '2026-02-13'))[0]);
  assert.ok((await admin.post(`/api/v1/records/${first.id}/merge`, { into: second.id })).status < 300);
  const shown = ok(await prospect.get(`${call}?invite=${token}`, json)).invitation;
  assert.deepEqual([shown.name, shown.email], ['Grace Hopper', 'hopper@prospect.test']);
  const booked = await meeting(ok(await book(at('15:00', '2026-02-13'), token), 201).meeting.id);
  assert.deepEqual([booked.contact_id, booked.host_user_id], [second.id, ids.rosa], 'the times of the one who stays');
  const gone = await contact({ name: 'Gone', email: 'gone@prospect.test' });
  const ended = await invited({ contact_id: gone.id });
  assert.ok((await ron.delete(`/api/v1/records/${gone.id}`)).status < 300);
  assert.equal((await prospect.get(`${call}/slots?date=${day}&invite=${ended}`)).status, 404);
  ok(await admin.post(`/api/v1/users/${ids.ron}/deactivate`, {}));
  assert.equal((await prospect.get(`${call}/slots?date=${day}&invite=${invite}`)).status, 404);
  assert.equal((await book(at('17:30', '2026-02-13'), invite)).status, 404);
  ok(await admin.post(`/api/v1/users/${ids.ron}/activate`, {}));
  ron = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
});

test('an expired one is 410, on every step', async () => {
  const short = await invited({ expires_in_hours: 1 });
  const form = values((await html(`${call}?invite=${short}&start=${at('17:00', '2026-02-20')}&timezone=UTC`)).text);
  await setClock('2026-02-02T14:00:00Z');
  for (const path of [`${call}?invite=${short}`, `${call}/slots?date=${day}&invite=${short}`, `${call}/month?invite=${short}`]) {
    const answer = await prospect.get(path, json);
    assert.deepEqual([answer.status, answer.body.code], [410, 'token_expired'], path);
  }
  assert.equal((await book(at('17:00', '2026-02-20'), short)).status, 410);
  for (const answer of [await html(`${call}?invite=${short}`), await html(call, form), await html(`${call}/book`, form)]) {
    assert.equal(answer.status, 410);
    assert.ok(answer.text.includes('This invitation has ended'), answer.text);
  }
  await setClock(MONDAY);
});

test('on a personal page an invitation shows its times, and the booking is the contact\'s', async () => {
  const demo = ok(await rosa.get(`${root}/pages`)).find((each) => each.slug === 'demo');
  const own = ok(await rosa.get(`${root}/meeting-types?scheduling_page_id=${demo.id}`)).find((each) => each.slug === 'discovery-call');
  const token = await invited({ meeting_type_id: own.id }, admin);
  const path = '/schedule/demo/discovery-call';
  const listed = async (query) => ok(await prospect.get(`${path}/slots?date=2026-02-20&timezone=UTC${query}`)).slots;
  assert.deepEqual(await listed(`&invite=${token}`), await listed(''));
  const start = (await listed(''))[0].start;
  const booked = await meeting(ok(await book(start, token, { attendee_email: 'x@y.test', phone: '+12025550136' }, path), 201).meeting.id);
  assert.deepEqual([booked.contact_id, booked.host_user_id, booked.assignment.reason], [ada.id, ids.rosa, 'personal']);
});
