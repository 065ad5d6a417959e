// EVIDENCE: B-10.2
// Team pages over HTTP: who reads and changes them, who gets a booking and why, the turn, handing over, several hosts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, demoAdmin, demoRep } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

const root = '/api/v1/scheduling';
const monday = '2026-02-09';
let host, admin, rosa, ron, prospect, ids, page, type;

const hours = (from, until) => ({ timezone: 'America/New_York', defaults: { minimum_notice_minutes: 60, max_days_in_advance: 60 },
  rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: from, end_time: until, is_available: true })) });
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data;
};
const at = (time, day = monday) => `${day}T${time}:00Z`; // 14:00 is 9:00 in New York
const book = (start, email = 'ada@prospect.test') => prospect.post(`/schedule/sales/call/book`,
  { start, timezone: 'UTC', attendee_name: 'Ada Lovelace', attendee_email: email });
const starts = async () => ok(await prospect.get(`/schedule/sales/call/slots?from=${monday}&to=${monday}&timezone=UTC`)).slots.map((slot) => slot.start);
const turn = async (who = admin) => Object.fromEntries(ok(await who.get(`${root}/pages/${page.id}/turn`)).map((one) => [one.user_id, one]));
const meeting = async (id) => ok(await admin.get(`${root}/meetings/${id}`));

before(async () => {
  host = await Host.start();
  admin = await demoAdmin(host);
  rosa = await demoRep(host);
  ron = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  prospect = await Client.anonymous(host);
  const of = async (client) => ok(await client.get('/api/v1/users/me')).id;
  ids = { rosa: await of(rosa), ron: await of(ron), admin: await of(admin) };
  ok(await rosa.put(`${root}/availability`, hours('09:00', '17:00')));
  ok(await ron.put(`${root}/availability`, hours('09:00', '18:00')));
});
after(() => host?.stop());

test('a team page belongs to its owner and is read by its members', async () => {
  page = ok(await rosa.post(`${root}/pages`, { slug: 'sales', name: 'Talk to sales', assignment: 'round_robin',
    members: [{ user_id: ids.rosa }, { user_id: ids.ron, weight: 1, priority: 0, is_active: true }] }), 201);
  assert.deepEqual(page.members, [{ user_id: ids.rosa, weight: 1, priority: 0, is_active: true }, { user_id: ids.ron, weight: 1, priority: 0, is_active: true }]);
  assert.deepEqual([page.rotation, page.show_hosts], [{ owner_bookings_count: false }, false]);
  type = ok(await rosa.post(`${root}/meeting-types`, { scheduling_page_id: page.id, name: 'Call', slug: 'call', duration_minutes: 30 }), 201);
  assert.equal(ok(await ron.get(`${root}/pages/${page.id}`)).slug, 'sales');
  assert.equal(ok(await ron.get(`${root}/meeting-types/${type.id}`)).slug, 'call');
  assert.ok(ok(await ron.get(`${root}/pages`)).some((one) => one.id === page.id));
  assert.equal((await ron.put(`${root}/pages/${page.id}`, { name: 'Mine' })).status, 403);
  assert.equal((await ron.put(`${root}/meeting-types/${type.id}`, { name: 'Mine' })).status, 403);
  assert.equal((await rosa.put(`${root}/pages/${page.id}`, { members: [{ user_id: 9999 }] })).status, 422);
});

test('the public learns the members\' names only where the page shows them', async () => {
  const shown = async () => ok(await prospect.get('/schedule/sales', { headers: { accept: 'application/json' } }));
  assert.equal('hosts' in (await shown()), false);
  ok(await rosa.put(`${root}/pages/${page.id}`, { show_hosts: true }));
  assert.equal((await shown()).hosts.length, 2);
  assert.match((await fetch(`${host.base}/schedule/sales`, { headers: { accept: 'text/html' } }).then((answer) => answer.text())), new RegExp((await shown()).hosts.join(', ')));
});

test('a start that one member can take is listed, and goes to whose turn it is', async () => {
  const listed = await starts();
  assert.ok(listed.includes(at('22:00')), 'Ron is open until six');
  assert.ok(!listed.includes(at('23:00')));
  const first = ok(await book(at('14:00'), 'a@prospect.test'), 201).meeting;
  const second = ok(await book(at('14:00'), 'b@prospect.test'), 201).meeting;
  assert.deepEqual([first.host_user_id, second.host_user_id].sort(), [ids.rosa, ids.ron].sort());
  const one = await meeting(first.id);
  assert.deepEqual(one.hosts, [first.host_user_id]);
  assert.deepEqual([one.assignment.strategy, one.assignment.reason], ['round_robin', 'lowest_id']);
  assert.deepEqual(one.assignment.considered.map(({ outcome, reason, balance }) => [outcome, reason, balance]).sort(),
    [['chosen', 'lowest_id', 0.5], ['passed_over', 'lowest_id', 0.5]]);
  const other = (await meeting(second.id)).assignment;
  assert.equal(other.reason, 'turn');
  assert.deepEqual(other.considered.find((each) => each.outcome === 'skipped'), { user_id: first.host_user_id, outcome: 'skipped', reason: 'busy_meeting', balance: null });
  const taken = await book(at('14:00'), 'c@prospect.test');
  assert.deepEqual([taken.status, taken.body.code], [409, 'slot_taken']);
  assert.ok(taken.body.alternatives.length > 0);
  const outside = await book(at('03:00'), 'c@prospect.test');
  assert.deepEqual([outside.status, outside.body.code], [422, 'outside_rules']);
  assert.deepEqual(Object.values(await turn()).map((each) => [each.balance, each.meetings, each.eligible, each.expected]).sort(),
    [[-0.5, 1, 1, 0.5], [0.5, 1, 2, 1.5]]);
});

test('explain names what skips each member', async () => {
  const why = ok(await admin.get(`${root}/explain?meeting_type_id=${type.id}&start=${at('22:00')}`));
  assert.deepEqual([why.bookable, why.rule], [true, null]);
  assert.equal(why.hosts.find((each) => each.user_id === ids.rosa).rule, 'outside_hours');
  const full = ok(await ron.get(`${root}/explain?meeting_type_id=${type.id}&start=${at('14:00')}`));
  assert.deepEqual([full.bookable, full.rule, full.hosts.map((each) => each.rule)], [false, 'busy_meeting', ['busy_meeting', 'busy_meeting']]);
});

test('a member pauses, is skipped, and comes back to the same balance', async () => {
  const before = (await turn())[ids.ron].balance;
  ok(await ron.put(`${root}/pages/${page.id}/membership`, { is_active: false }));
  const booked = ok(await book(at('15:00'), 'p@prospect.test'), 201).meeting;
  assert.equal(booked.host_user_id, ids.rosa);
  assert.equal((await meeting(booked.id)).assignment.considered.find((each) => each.user_id === ids.ron).reason, 'paused');
  assert.equal((await turn())[ids.ron].balance, before);
  ok(await ron.put(`${root}/pages/${page.id}/membership`, { is_active: true }));
  assert.equal((await admin.put(`${root}/pages/${page.id}/membership`, { is_active: true })).status, 422, 'no member');
});

test('candidates, handing over, and giving the turn back', async () => {
  const booked = ok(await book(at('16:00'), 'h@prospect.test'), 201).meeting;
  const [mine, theirs, other] = booked.host_user_id === ids.rosa ? [rosa, ron, ids.ron] : [ron, rosa, ids.rosa];
  const before = await turn();
  const candidates = ok(await mine.get(`${root}/meetings/${booked.id}/candidates`));
  assert.deepEqual(candidates.map(({ user_id, free, reason }) => [user_id, free, reason]), [[other, true, null]]);
  assert.equal((await theirs.get(`${root}/meetings/${booked.id}/candidates`)).status, 404);
  const moved = ok(await mine.post(`${root}/meetings/${booked.id}/reassign`, { host_user_id: other }));
  assert.deepEqual([moved.host_user_id, moved.assignment.reason], [other, 'reassigned']);
  const after = await turn();
  assert.equal(after[other].balance, before[other].balance - 1);
  ok(await theirs.post(`${root}/meetings/${booked.id}/cancel`, { reason: 'no' }));
  const back = await turn();
  assert.equal(back[other].meetings, before[other].meetings);
  assert.equal(back[other].eligible, before[other].eligible - 1);
});

test('a user who left takes no turn, and the page stays open', async () => {
  ok(await admin.post(`/api/v1/users/${ids.ron}/deactivate`, {}));
  const booked = ok(await book(at('17:00'), 'l@prospect.test'), 201).meeting;
  assert.equal(booked.host_user_id, ids.rosa);
  assert.equal((await meeting(booked.id)).assignment.considered.find((each) => each.user_id === ids.ron).reason, 'inactive_user');
  ok(await admin.post(`/api/v1/users/${ids.ron}/activate`, {}));
  assert.equal(ok(await book(at('17:00'), 'l2@prospect.test'), 201).meeting.host_user_id, ids.ron);
  ron = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
});

test('a collective meeting has several hosts, each told once', async () => {
  ok(await rosa.put(`${root}/pages/${page.id}`, { assignment: 'collective' }));
  const listed = await starts();
  assert.ok(!listed.includes(at('22:00')), 'Rosa is not there');
  assert.ok(!listed.includes(at('14:00')));
  const booked = ok(await book(at('18:00'), 'both@prospect.test'), 201).meeting;
  const shown = await meeting(booked.id);
  assert.deepEqual(shown.hosts, [ids.rosa, ids.ron]);
  assert.deepEqual([shown.assignment.strategy, shown.assignment.reason], ['collective', 'collective']);
  for (const member of [rosa, ron]) assert.equal(ok(await member.get(`${root}/meetings/${booked.id}`)).id, booked.id);
  assert.equal((await book(at('18:00'))).status, 409);
  assert.equal((await book(at('22:00'))).status, 422);
  const mails = ok(await admin.get(`${root}/mails?limit=100`)).filter((mail) => mail.meeting_id === booked.id).map((mail) => mail.recipient).sort();
  assert.deepEqual(mails, ['both@prospect.test', 'rep2@example.test', 'rep@example.test']);
  assert.equal((await admin.post(`${root}/meetings/${booked.id}/reassign`, { host_user_id: ids.admin })).status, 422, 'who leaves?');
  const moved = ok(await admin.post(`${root}/meetings/${booked.id}/reassign`, { host_user_id: ids.admin, from_user_id: ids.ron }));
  assert.deepEqual([...moved.hosts].sort(), [ids.rosa, ids.admin].sort());
  assert.equal((await ron.get(`${root}/meetings/${booked.id}`)).status, 404);
});

test('a rep books for a contact: with whose turn it is, with a colleague, and without the notice', async () => {
  ok(await rosa.put(`${root}/pages/${page.id}`, { assignment: 'round_robin' }));
  ok(await rosa.put(`${root}/meeting-types/${type.id}`, { settings: { minimum_notice_minutes: 100 * 24 * 60, requires_confirmation: true },
    questions: [{ id: 'why', label: 'Why?', type: 'text', required: true }] }));
  assert.deepEqual(await starts(), []);
  const day = '2026-02-11';
  const free = ok(await ron.get(`${root}/slots?meeting_type_id=${type.id}&from=${day}&to=${day}&timezone=UTC`)).slots.map((slot) => slot.start);
  assert.ok(free.includes(at('22:00', day)));
  const rosas = ok(await ron.get(`${root}/slots?meeting_type_id=${type.id}&host_user_id=${ids.rosa}&date=${day}&timezone=UTC`)).slots.map((slot) => slot.start);
  assert.ok(!rosas.includes(at('22:00', day)));
  const record = ok(await ron.post('/api/v1/records', { module: 'contacts', data: { name: 'Grace Hopper', email: 'grace@prospect.test' } }), 201);
  const booking = (more) => ron.post(`${root}/bookings`, { meeting_type_id: type.id, contact_id: record.id, start: at('15:00', day), timezone: 'UTC', ...more });
  const before = await turn();
  const named = ok(await booking({ host_user_id: ids.rosa }), 201);
  assert.deepEqual([named.status, named.host_user_id, named.booked_by_user_id, named.contact_id, named.attendee_email, named.assignment.strategy, named.assignment.reason],
    ['scheduled', ids.rosa, ids.ron, record.id, 'grace@prospect.test', 'round_robin', 'named']);
  assert.deepEqual(await turn(), before, 'no entries');
  const inTurn = ok(await booking({}), 201);
  assert.equal(inTurn.host_user_id, ids.ron);
  assert.equal((await turn())[ids.ron].meetings, before[ids.ron].meetings + 1);
  const taken = await booking({});
  assert.deepEqual([taken.status, taken.body.code], [409, 'slot_taken']);
  assert.equal((await booking({ start: '2026-01-05T15:00:00Z' })).status, 422, 'the past');
  assert.equal((await booking({ start: at('03:00', day) })).status, 422, 'nobody is there');
  const stranger = ok(await booking({ contact_id: null, attendee_name: 'New', attendee_email: 'new@prospect.test', start: at('16:00', day) }), 201);
  assert.equal(stranger.attendee_name, 'New');
  assert.equal((await booking({ contact_id: 99999 })).status, 404);
  assert.equal((await booking({ meeting_type_id: 99999 })).status, 404);
  ok(await rosa.put(`${root}/meeting-types/${type.id}`, { settings: { minimum_notice_minutes: 60, requires_confirmation: false }, questions: [] }));
});

test('a team page may become its owner\'s alone, and a team\'s again', async () => {
  const alone = ok(await rosa.put(`${root}/pages/${page.id}`, { assignment: 'personal' }));
  assert.deepEqual([alone.assignment, alone.members], ['personal', []]);
  assert.equal((await ron.get(`${root}/pages/${page.id}`)).status, 404);
  const again = ok(await rosa.put(`${root}/pages/${page.id}`, { assignment: 'round_robin', members: [{ user_id: ids.rosa }, { user_id: ids.ron }] }));
  assert.equal(again.members.length, 2);
});

test('whatever a team lists, it books', async () => {
  ok(await rosa.put(`${root}/pages/${page.id}`, { assignment: 'round_robin' }));
  let count = 0;
  for (let listed = await starts(); listed.length > 0; listed = await starts()) {
    const start = listed[Math.floor(listed.length / 2)];
    assert.equal((await book(start, `o${count++}@prospect.test`)).status, 201, start);
  }
  assert.ok(count > 10);
});
