// EVIDENCE: B-9.1 B-9.2
// A host connects a Google calendar, over real HTTP to a double of Google: what blocks there is not offered, and
// meetings stand there. The double's rules are those of the published contract.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { json } from './lib/client.mjs';
import { book, clock, connect, connections, EMAIL, logIn, runJob, starts, sync, withGoogle, write } from './lib/calendars.mjs';
import { MailServer } from './lib/mail.mjs';

let stage, google, open, rep, mailbox;
before(async () => {
  mailbox = await MailServer.start();
  stage = await withGoogle({ args: ['--smtp-url', mailbox.url] });
  ({ google, open, rep } = stage);
});
after(async () => {
  await stage?.stop();
  await mailbox?.stop();
});

const minutes = (start, n) => new Date(Date.parse(start) + n * 60_000).toISOString().replace('.000Z', 'Z');
const busy = (id, start, length = 30, more = {}) =>
  google.put(EMAIL, { id, start: { dateTime: start }, end: { dateTime: minutes(start, length) }, ...more });

test('without a registered client nobody is led anywhere', async () => {
  const admin = stage.admin;
  await admin.put('/api/v1/modules/meeting_scheduler/settings', { google_client_id: '' });
  const answer = await rep.get('/api/v1/calendar/connect/google', json);
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, 'not_configured');
  const browser = await rep.get('/api/v1/calendar/connect/google');
  assert.equal(browser.headers.get('location'), '/settings/scheduling?calendar_error=not_configured');
  await admin.put('/api/v1/modules/meeting_scheduler/settings', { google_client_id: google.client.id });
  assert.equal((await rep.get('/api/v1/calendar/connect/nobody', { ...json, validate: false })).status, 404);
});

test('the log-in asks for the least, with PKCE, and its state counts once, for its user', async () => {
  const begun = await rep.get('/api/v1/calendar/connect/google', json);
  const query = new URL(begun.body.data.authorize_url).searchParams;
  assert.equal(query.get('code_challenge_method'), 'S256');
  assert.equal(query.get('access_type'), 'offline');
  assert.equal(query.get('prompt'), 'consent');
  assert.deepEqual(query.get('scope').split(' ').map((scope) => scope.split('/').pop()).sort(), ['calendar.calendarlist.readonly', 'calendar.events']);

  const back = new URL(google.consent(begun.body.data.authorize_url, EMAIL));
  const stranger = await stage.admin.get(back.pathname + back.search);
  assert.equal(stranger.headers.get('location'), '/settings/scheduling?calendar_error=log_in_expired');
  assert.deepEqual(await connections(stage.admin), []);

  assert.equal(await logIn(stage), '/settings/scheduling?connected=google');
  const replay = await rep.get('/api/v1/calendar/connect/google', json);
  const second = new URL(google.consent(replay.body.data.authorize_url, EMAIL));
  assert.equal((await rep.get(second.pathname + second.search)).headers.get('location'), '/settings/scheduling?connected=google');
  assert.equal((await rep.get(second.pathname + second.search)).headers.get('location'), '/settings/scheduling?calendar_error=log_in_expired');
  assert.equal((await connections(rep)).length, 1, 'the same account again renews its connection');
});

test('a log-in expires, and one that is refused leaves nothing', async () => {
  const begun = await rep.get('/api/v1/calendar/connect/google', json);
  const back = new URL(google.consent(begun.body.data.authorize_url, EMAIL));
  await clock(open, '2026-02-02T13:16:00Z');
  assert.match((await rep.get(back.pathname + back.search)).headers.get('location'), /calendar_error=log_in_expired/);
  await clock(open, '2026-02-02T13:00:00Z');
  const denied = await rep.get('/api/v1/calendar/callback/google?error=access_denied&state=x');
  assert.equal(denied.headers.get('location'), '/settings/scheduling?calendar_error=access_denied');
});

test('less consent than needed connects nothing', async () => {
  const all = google.grantedScopes;
  google.grantedScopes = all.split(' ')[0];
  google.account('less@example.com');
  const before = google.refreshTokens.size;
  assert.equal(await logIn(stage, { email: 'less@example.com' }), '/settings/scheduling?calendar_error=scope_missing');
  google.grantedScopes = all;
  assert.equal((await connections(rep)).length, 1);
  assert.equal(google.refreshTokens.size, before, 'what was granted is given back');
});

test('what blocks in the calendar is not offered, and each line of the table of B-9 holds', async () => {
  const [connection] = await connections(rep);
  assert.equal(connection.account, EMAIL);
  assert.equal(connection.status, 'active');
  assert.ok(connection.calendars[0].checks_conflicts && connection.calendars[0].writes_meetings);
  const before = await starts(open);
  const at = (n) => before[n * 2];
  busy('plain', at(0));
  busy('tentative', at(1), 30, { status: 'tentative' });
  busy('outofoffice', at(2), 30, { eventType: 'outOfOffice' });
  busy('focus', at(3), 30, { eventType: 'focusTime' });
  busy('free', at(4), 30, { transparency: 'transparent' });
  busy('working', at(5), 30, { eventType: 'workingLocation' });
  busy('birthday', at(6), 30, { eventType: 'birthday' });
  busy('declined', at(7), 30, { attendees: [{ email: EMAIL, self: true, responseStatus: 'declined' }] });
  busy('accepted', at(8), 30, { attendees: [{ email: EMAIL, self: true, responseStatus: 'accepted' }] });
  const after = await sync(rep, connection.id);
  assert.equal(after.last_error, null);
  assert.equal(after.events, 5);
  const left = new Set(await starts(open));
  for (const n of [0, 1, 2, 3, 8]) assert.ok(!left.has(at(n)), `event ${n} blocks`);
  for (const n of [4, 5, 6, 7]) assert.ok(left.has(at(n)), `event ${n} does not block`);

  google.cancel(EMAIL, 'plain');
  await sync(rep, connection.id);
  assert.ok((await starts(open)).includes(at(0)), 'a cancelled event frees its time');
  for (const id of ['tentative', 'outofoffice', 'focus', 'accepted']) google.cancel(EMAIL, id);
  await sync(rep, connection.id);
  assert.deepEqual(await starts(open), before);
});

test('an all-day event blocks the day of its calendar\'s zone', async () => {
  const [connection] = await connections(rep);
  google.put(EMAIL, { id: 'holiday', start: { date: '2026-02-04' }, end: { date: '2026-02-05' } });
  await sync(rep, connection.id);
  const days = new Set((await starts(open)).map((start) => start.slice(0, 10)));
  assert.ok(!days.has('2026-02-04') && days.has('2026-02-03') && days.has('2026-02-05'));
  google.put(EMAIL, { id: 'holiday', start: { date: '2026-02-04' }, end: { date: '2026-02-05' }, transparency: 'transparent' });
  await sync(rep, connection.id);
  assert.ok((await starts(open)).some((start) => start.startsWith('2026-02-04')));
});

test('a list of changes comes in pages; a forgotten place is read again without freeing anything in between', async () => {
  const [connection] = await connections(rep);
  const free = await starts(open);
  for (let n = 0; n < 7; n += 1) busy(`paged${n}`, free[n]);
  google.pageSize = 3;
  const full = await sync(rep, connection.id);
  assert.equal(full.events, 7);
  google.forgetPlaces();
  google.cancel(EMAIL, 'paged6');
  // The second page of the whole reading fails: what was known stays.
  let pages = 0;
  const route = google.route.bind(google);
  google.route = (request, url, body) => {
    if (url.searchParams.get('pageToken') && pages++ === 0) google.fault('/events', { status: 503 });
    return route(request, url, body);
  };
  const failed = await sync(rep, connection.id);
  google.route = route;
  assert.equal(failed.events, 7);
  const now = new Set(await starts(open));
  for (let n = 0; n < 7; n += 1) assert.ok(!now.has(free[n]));
  const mended = await sync(rep, connection.id);
  assert.equal(mended.last_error, null, JSON.stringify(mended.last_error));
  assert.equal(mended.events, 6);
  google.pageSize = 2500;
  for (let n = 0; n < 6; n += 1) google.cancel(EMAIL, `paged${n}`);
  await sync(rep, connection.id);
  assert.deepEqual(await starts(open), free);
});

test('a meeting is written with the attendee, moved and deleted, and Google alone invites', async () => {
  const [connection] = await connections(rep);
  const [first, , second] = await starts(open);
  const made = await book(open, first, { notes: 'my secret notes', phone: '+12025550136', guests: ['gus@prospect.test'] });
  await write(open);
  let [event, ...more] = google.ours(EMAIL);
  assert.equal(more.length, 0);
  assert.equal(Date.parse(event.start.dateTime), Date.parse(first));
  assert.deepEqual(event.attendees.map((each) => each.email).sort(), ['ada@prospect.test', 'gus@prospect.test']);
  assert.equal(event.guestsCanSeeOtherGuests, false);
  assert.ok(!/secret|5550136/.test(JSON.stringify(event)), 'no notes and no number');
  assert.deepEqual(google.invitations.map((each) => each.what), ['invited', 'invited']);

  const mails = await mailbox.mails(3, (mail) => /^(Booked|Invitation|New booking): /.test(mail.subject));
  for (const mail of mails) assert.ok(!mail.parts.some((part) => /calendar|ics/.test(part.mimeType)), `${mail.to}: one invitation is enough`);
  for (const mail of mails) assert.ok(!/comes with this e-mail/.test(mail.text), `${mail.to}: no mail promises what it does not hold`);

  await sync(rep, connection.id);
  assert.equal((await connections(rep))[0].events, 0, 'our own event is not counted twice');

  const moved = await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
  assert.equal(moved.status, 200, moved.text);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 1);
  assert.equal(google.ours(EMAIL)[0].id, event.id);
  assert.equal(Date.parse(google.ours(EMAIL)[0].start.dateTime), Date.parse(second));

  const back = await open.post(`/schedule/reschedule/${made.token}`, { start: first, timezone: 'America/New_York' });
  assert.equal(back.status, 200, back.text);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 1);
  assert.equal(Date.parse(google.ours(EMAIL)[0].start.dateTime), Date.parse(first));

  const count = google.requests.length;
  assert.equal((await open.post(`/schedule/cancel/${made.token}`, { reason: 'ill' })).status, 200);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 0);
  assert.equal(google.requests.length, count + 1, 'one call');
  await sync(rep, connection.id);
  assert.equal((await connections(rep))[0].last_error, null);
});

test('where the CRM invites, the event names nobody and the mails carry the invitation', async () => {
  const [connection] = await connections(rep);
  assert.equal((await rep.put(`/api/v1/calendar/connections/${connection.id}`, { invites: 'scheduler' })).body.data.invites, 'scheduler');
  await mailbox.clear();
  google.invitations = [];
  const [first] = await starts(open);
  const made = await book(open, first, { attendee_email: 'bea@prospect.test', notes: 'my notes' });
  await write(open);
  const [event] = google.ours(EMAIL);
  assert.equal(event.attendees, undefined);
  assert.deepEqual(google.invitations, []);
  const [mail] = await mailbox.mails(1, (each) => each.to === 'bea@prospect.test');
  assert.ok(mail.parts.some((part) => part.mimeType === 'text/calendar'));
  assert.match(mail.text, /comes with this e-mail/);
  assert.equal((await open.post(`/schedule/cancel/${made.token}`, {})).status, 200);
  await write(open);
  await rep.put(`/api/v1/calendar/connections/${connection.id}`, { invites: 'provider' });
});

test('a booking calls nobody', async () => {
  const [first] = await starts(open);
  const count = google.requests.length;
  const made = await book(open, first);
  assert.equal(google.requests.length, count);
  await open.post(`/schedule/cancel/${made.token}`, {});
});

test('who has no consent any more is broken, once, and mends it by connecting again', async () => {
  const [connection] = await connections(rep);
  google.revokeConsent(EMAIL);
  const broken = await sync(rep, connection.id);
  assert.equal(broken.status, 'broken');
  assert.equal(broken.last_error.code, 'consent_gone');
  assert.equal(broken.next_sync_at, null);
  const count = google.requests.length;
  await runJob(open, 'SyncCalendarEventsJob');
  await sync(rep, connection.id);
  assert.equal(google.requests.length, count, 'nobody asks on');
  await write(open);
  await write(open);
  const told = await mailbox.mails(1, (mail) => mail.to === 'rep@example.test' && /no longer connected/.test(mail.subject));
  assert.equal(told.length, 1);
  assert.match(told[0].text, /settings\/scheduling\/calendars/);
  assert.match(told[0].html, /rosa@example\.com/);
  const mended = await connect(stage);
  assert.equal(mended.id, connection.id);
  assert.equal(mended.status, 'active');
  assert.equal(mended.last_error, null);
});

test('an expired token is renewed without anybody noticing', async () => {
  const [connection] = await connections(rep);
  google.expireAccessTokens();
  const renewals = google.count('POST /token');
  const synced = await sync(rep, connection.id);
  assert.equal(synced.last_error, null);
  assert.equal(google.count('POST /token'), renewals + 1);
});

test('a calendar that is not to block is forgotten, and one that is read again blocks again', async () => {
  const [connection] = await connections(rep);
  const [first] = await starts(open);
  busy('blocker', first);
  await sync(rep, connection.id);
  assert.ok(!(await starts(open)).includes(first));
  const put = (checks) => rep.put(`/api/v1/calendar/connections/${connection.id}`, { calendars: [{ id: EMAIL, checks_conflicts: checks, writes_meetings: true }] });
  assert.equal((await put(false)).status, 200);
  assert.ok((await starts(open)).includes(first));
  assert.equal((await put(true)).status, 200);
  await sync(rep, connection.id);
  assert.ok(!(await starts(open)).includes(first));
  google.cancel(EMAIL, 'blocker');
  await sync(rep, connection.id);
  const wrong = await rep.put(`/api/v1/calendar/connections/${connection.id}`, { calendars: [{ id: 'nobody', checks_conflicts: true, writes_meetings: false }] });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.errors[0].field, 'calendars[0].id');
  assert.equal((await rep.put('/api/v1/calendar/connections/999', {})).status, 404);
});

test('another calendar to write to takes the events along: one live event, and never two', async () => {
  const [connection] = await connections(rep);
  google.calendar(EMAIL, 'work@group.calendar.example.com', { summary: 'Work' });
  await sync(rep, connection.id);
  const [first] = await starts(open);
  const made = await book(open, first);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 1);
  const choose = (id) => rep.put(`/api/v1/calendar/connections/${connection.id}`, { calendars: [EMAIL, 'work@group.calendar.example.com'].map((each) => ({ id: each, checks_conflicts: each === EMAIL, writes_meetings: each === id })) });
  assert.equal((await choose('work@group.calendar.example.com')).status, 200);
  google.fault('POST /calendar/v3', { status: 503 }); // deleted there, and not written here yet
  await write(open);
  assert.equal(google.ours(EMAIL).length, 0);
  await clock(open, '2026-02-02T13:10:00Z');
  await write(open);
  assert.equal(google.ours(EMAIL).length, 0);
  assert.equal(google.ours(EMAIL, 'work@group.calendar.example.com').length, 1);
  await sync(rep, connection.id);
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${made.meeting.id}`)).body.data.status, 'scheduled', 'our own deletion is no cancellation');
  assert.equal((await choose(EMAIL)).status, 200);
  await write(open);
  assert.equal(google.ours(EMAIL).length, 1);
  assert.equal(google.ours(EMAIL, 'work@group.calendar.example.com').length, 0);
  await open.post(`/schedule/cancel/${made.token}`, {});
  await write(open);
  assert.equal(google.ours(EMAIL).length, 0);
  await clock(open, '2026-02-02T13:00:00Z');
});

test('disconnecting revokes and forgets; what was written stays', async () => {
  const [connection] = await connections(rep);
  const [first, second] = await starts(open);
  busy('blocker', first);
  const made = await book(open, second);
  await write(open);
  await sync(rep, connection.id);
  assert.equal((await rep.delete(`/api/v1/calendar/connections/${connection.id}`)).status, 204);
  assert.deepEqual(await connections(rep), []);
  assert.ok(![...google.refreshTokens.values()].includes(EMAIL), 'the consent was given back');
  assert.ok((await starts(open)).includes(first));
  assert.equal(google.ours(EMAIL).length, 1);
  await open.post(`/schedule/cancel/${made.token}`, {});
  const count = google.requests.length;
  await write(open);
  assert.equal(google.requests.length, count);
});
