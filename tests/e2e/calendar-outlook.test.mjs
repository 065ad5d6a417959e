// EVIDENCE: B-9.1 B-9.2 B-9.3
// A host connects an Outlook calendar, over real HTTP to a double of Microsoft's log-in and Graph. Each test is named
// after what the documentation of Graph says; its bodies are held against Microsoft's published types.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { json } from './lib/client.mjs';
import { book, clock, connect, connections, EMAIL, logIn, runJob, starts, sync, withOutlook, write } from './lib/calendars.mjs';
import { MailServer } from './lib/mail.mjs';

let stage, graph, open, rep, mailbox;
before(async () => {
  mailbox = await MailServer.start();
  stage = await withOutlook({ args: ['--smtp-url', mailbox.url] });
  ({ double: graph, open, rep } = stage);
});
after(async () => {
  await stage?.stop();
  await mailbox?.stop();
});

const plus = (start, n) => new Date(Date.parse(start) + n * 60_000).toISOString().replace('.000Z', 'Z');
const busy = (id, start, more = {}) => graph.busy(EMAIL, id, start, plus(start, 30), more);
const id = async () => (await connections(rep))[0].id;
const meeting = async (one) => (await rep.get(`/api/v1/scheduling/meetings/${one.meeting.id}`)).body.data;
const shown = async (one) => (await open.get(`/schedule/manage/${one.token}`, { headers: { accept: 'application/json' } })).body.data;
async function end(...made) {
  for (const one of made) await open.post(`/schedule/cancel/${one.token}`, {});
  await write(open);
}
async function synced() {
  const after = await sync(rep, await id());
  assert.equal(after.last_error, null, JSON.stringify(after.last_error));
  return after;
}

test('the log-in asks for the least that works without the user, with PKCE, and its state counts once, for its user', async () => {
  const begun = await rep.get('/api/v1/calendar/connect/outlook', json);
  const query = new URL(begun.body.data.authorize_url).searchParams;
  assert.equal(query.get('code_challenge_method'), 'S256');
  assert.equal(query.get('response_mode'), 'query');
  assert.deepEqual(query.get('scope').split(' ').sort(), ['Calendars.ReadWrite', 'MailboxSettings.Read', 'offline_access']);
  assert.match(query.get('redirect_uri'), /\/api\/v1\/calendar\/callback\/outlook$/);
  const back = new URL(graph.consent(begun.body.data.authorize_url, EMAIL));
  assert.match((await stage.admin.get(back.pathname + back.search)).headers.get('location'), /calendar_error=log_in_expired/);
  assert.equal(await logIn(stage), '/settings/scheduling?connected=outlook');
  const again = await rep.get('/api/v1/calendar/connect/outlook', json);
  const second = new URL(graph.consent(again.body.data.authorize_url, EMAIL));
  assert.equal((await rep.get(second.pathname + second.search)).headers.get('location'), '/settings/scheduling?connected=outlook');
  assert.match((await rep.get(second.pathname + second.search)).headers.get('location'), /calendar_error=log_in_expired/);
  const all = await connections(rep);
  assert.equal(all.length, 1);
  assert.equal(all[0].account, EMAIL);
  assert.equal(all[0].provider, 'outlook');
  assert.equal(all[0].calendars[0].timezone, 'America/New_York', 'Windows calls it Eastern Standard Time');
});

test('less consent than needed connects nothing; a scope may come back with its address and in other letters', async () => {
  const all = graph.grantedScopes;
  graph.account('less@example.com');
  for (const scopes of ['MailboxSettings.Read', 'Calendars.Read MailboxSettings.Read', 'Calendars.ReadWrite']) {
    graph.grantedScopes = scopes;
    assert.equal(await logIn(stage, { email: 'less@example.com' }), '/settings/scheduling?calendar_error=scope_missing');
  }
  graph.grantedScopes = 'https://graph.microsoft.com/calendars.readwrite https://graph.microsoft.com/MailboxSettings.Read';
  assert.equal(await logIn(stage), '/settings/scheduling?connected=outlook');
  graph.grantedScopes = all;
  assert.equal((await connections(rep)).length, 1);
});

test('a refresh token is replaced with every use, and the newest is kept', async () => {
  for (let round = 0; round < 3; round += 1) {
    graph.expireAccessTokens();
    const renewals = graph.count('POST /token');
    await synced();
    assert.equal(graph.count('POST /token'), renewals + 1);
    assert.equal([...graph.refreshTokens.values()].filter((email) => email === EMAIL).length >= 1, true);
  }
});

test('showAs decides: busy, tentative, out of office and what nobody knows block; free and working elsewhere do not', async () => {
  const before = await starts(open);
  const at = (n) => before[n * 2];
  const cases = [['busy', true], ['tentative', true], ['oof', true], ['unknown', true], ['free', false], ['workingElsewhere', false]];
  cases.forEach(([showAs], n) => busy(`e${n}`, at(n), { showAs }));
  busy('declined', at(6), { responseStatus: { response: 'declined', time: '2026-02-02T00:00:00Z' } });
  busy('cancelled', at(7), { isCancelled: true });
  const after = await synced();
  assert.equal(after.events, 4);
  const left = new Set(await starts(open));
  cases.forEach(([showAs, blocks], n) => assert.equal(left.has(at(n)), !blocks, showAs));
  assert.ok(left.has(at(6)) && left.has(at(7)));
  for (const each of [0, 1, 2, 3, 4, 5]) graph.cancel(EMAIL, `e${each}`);
  graph.cancel(EMAIL, 'declined');
  graph.cancel(EMAIL, 'cancelled');
  await synced();
  assert.deepEqual(await starts(open), before, 'what was removed frees its time');
});

test('an all-day event is a date of the mailbox\'s zone, whatever zone the answer has', async () => {
  graph.put(EMAIL, { id: 'holiday', isAllDay: true, start: { dateTime: '2026-02-04T00:00:00.0000000', timeZone: 'UTC' }, end: { dateTime: '2026-02-05T00:00:00.0000000', timeZone: 'UTC' } });
  await synced();
  const all = await starts(open);
  const days = new Set(all.map((start) => start.slice(0, 10)));
  assert.ok(!days.has('2026-02-04') && days.has('2026-02-03') && days.has('2026-02-05'));
  graph.cancel(EMAIL, 'holiday');
  // Midnight in New York is 05:00 in UTC: in UTC's own day the evening before would be gone.
  graph.accounts.get(EMAIL).timezone = 'Tokyo Standard Time';
  graph.put(EMAIL, { id: 'tokyo', isAllDay: true, start: { dateTime: '2026-02-05T00:00:00.0000000', timeZone: 'UTC' }, end: { dateTime: '2026-02-06T00:00:00.0000000', timeZone: 'UTC' } });
  await synced();
  const left = await starts(open);
  assert.ok(!left.some((start) => start >= '2026-02-04T15:00:00Z' && start < '2026-02-05T15:00:00Z'));
  assert.ok(left.some((start) => start >= '2026-02-05T15:00:00Z' && start < '2026-02-06T00:00:00Z'));
  assert.equal((await connections(rep))[0].calendars[0].timezone, 'Asia/Tokyo');
  graph.cancel(EMAIL, 'tokyo');
  graph.accounts.get(EMAIL).timezone = 'Eastern Standard Time';
  await synced();
});

test('every nextLink is followed as it is until a deltaLink comes, which is where the next reading goes on', async () => {
  const free = await starts(open);
  for (let n = 0; n < 7; n += 1) busy(`paged${n}`, free[n]);
  graph.pageSize = 3;
  assert.equal((await synced()).events, 7);
  const from = graph.requests.length;
  graph.cancel(EMAIL, 'paged6');
  assert.equal((await synced()).events, 6);
  const asked = graph.requests.slice(from).filter((line) => line.includes('/calendarView/delta'));
  assert.ok(asked.length >= 1 && asked.every((line) => /\$(deltatoken|skiptoken)=/.test(decodeURIComponent(line))), 'no window is asked for again');
  assert.ok(graph.requests.every((line) => !/calendarView.*(\$|%24)(select|filter|expand)/.test(line)));
  graph.pageSize = 200;
  for (let n = 0; n < 6; n += 1) graph.cancel(EMAIL, `paged${n}`);
  await synced();
  assert.deepEqual(await starts(open), free);
});

test('an event that a page names twice, removed and live, is live', async () => {
  const [first] = await starts(open);
  busy('twice', first);
  const calendar = graph.find(EMAIL);
  graph.version += 1;
  calendar.gone.set('twice', { version: graph.version, reason: 'changed' }); // newer, so this double names it first
  await synced();
  assert.ok(!(await starts(open)).includes(first));
  calendar.events.get('twice').version = graph.version += 2;
  calendar.gone.get('twice').version = graph.version - 1; // and now last
  await synced();
  assert.ok(!(await starts(open)).includes(first));
  graph.cancel(EMAIL, 'twice');
  await synced();
});

test('an event that left the window is removed, too', async () => {
  const [first] = await starts(open);
  busy('leaves', first);
  await synced();
  busy('leaves', '2035-02-05T15:00:00Z');
  await synced();
  assert.ok((await starts(open)).includes(first));
  graph.cancel(EMAIL, 'leaves');
  await synced();
});

for (const code of ['SyncStateNotFound', 'syncStateNotFound', 'resyncRequired'])
  test(`410 ${code}: everything is read again and compared, and nothing is freed in between`, async () => {
    const free = await starts(open);
    for (let n = 0; n < 6; n += 1) busy(`again${n}`, free[n]);
    await synced();
    graph.placeCode = code;
    graph.forgetPlaces();
    graph.cancel(EMAIL, 'again5');
    graph.pageSize = 2;
    let pages = 0;
    const route = graph.route.bind(graph);
    graph.route = (request, url, body) => {
      if (url.searchParams.get('$skiptoken') && pages++ === 0) graph.fault('/calendarView', { status: 503 });
      return route(request, url, body);
    };
    const failed = await sync(rep, await id());
    graph.route = route;
    assert.equal(failed.events, 6);
    const now = new Set(await starts(open));
    for (let n = 0; n < 6; n += 1) assert.ok(!now.has(free[n]));
    await sync(rep, await id());
    assert.equal((await synced()).events, 5);
    graph.pageSize = 200;
    for (let n = 0; n < 5; n += 1) graph.cancel(EMAIL, `again${n}`);
    await synced();
    assert.deepEqual(await starts(open), free);
  });

test('the window stands inside the link, so it is renewed before bookings could reach its end', async () => {
  const from = graph.requests.length;
  await clock(open, '2026-04-01T13:00:00Z'); // 800 days were read, 760 are needed
  await synced();
  const window = graph.requests.slice(from).find((line) => line.includes('startDateTime'));
  assert.ok(window, 'another window was asked for');
  const query = new URL(window.split(' ')[1], graph.base).searchParams;
  assert.ok(Date.parse(query.get('endDateTime')) >= Date.parse('2028-06-01T00:00:00Z'));
  await clock(open, '2026-02-02T13:00:00Z');
});

test('a link to another server is not followed: the token would go there', async () => {
  const route = graph.route.bind(graph);
  let asked = 0;
  graph.route = async (request, url, body) => {
    const answer = await route(request, url, body);
    if (answer?.['@odata.deltaLink'] && asked++ === 0) answer['@odata.deltaLink'] = 'http://127.0.0.1:1/stolen';
    return answer;
  };
  await synced();
  graph.route = route;
  await synced();
});

test('a meeting is written with the attendee, who sees no other guest; moved and deleted; and Outlook alone invites', async () => {
  const [first, , second] = await starts(open);
  const made = await book(open, first, { notes: 'my secret notes', phone: '+12025550136', guests: ['gus@prospect.test'] });
  await write(open);
  const [event, ...more] = graph.ours(EMAIL);
  assert.equal(more.length, 0);
  assert.equal(graph.startOf(event), Date.parse(first));
  assert.deepEqual(graph.addressesOf(event).sort(), ['ada@prospect.test', 'gus@prospect.test']);
  assert.equal(event.hideAttendees, true);
  assert.ok(!/secret|5550136/.test(JSON.stringify(event)), 'no notes and no number');
  assert.deepEqual(graph.invitations.map((each) => each.what), ['invited', 'invited']);
  const mails = await mailbox.mails(3, (mail) => /^(Booked|Invitation|New booking): /.test(mail.subject));
  for (const mail of mails) assert.ok(!mail.parts.some((part) => /calendar|ics/.test(part.mimeType)), `${mail.to}: one invitation is enough`);
  assert.equal((await synced()).events, 0, 'our own event is not counted twice');
  for (const target of [second, first]) {
    assert.equal((await open.post(`/schedule/reschedule/${made.token}`, { start: target, timezone: 'America/New_York' })).status, 200);
    await write(open);
    assert.deepEqual(graph.ours(EMAIL).map((each) => [each.id, graph.startOf(each)]), [[event.id, Date.parse(target)]]);
  }
  const count = graph.requests.length;
  await end(made);
  assert.equal(graph.ours(EMAIL).length, 0);
  assert.equal(graph.requests.length, count + 1, 'one call');
  await synced();
});

test('ids stay when Outlook moves the mailbox', async () => {
  const [first, , second] = await starts(open);
  const made = await book(open, first);
  await write(open);
  const [event] = graph.ours(EMAIL);
  graph.moveMailbox();
  assert.equal((await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' })).status, 200);
  await write(open);
  assert.deepEqual(graph.ours(EMAIL).map((each) => each.id), [event.id]);
  assert.ok(graph.headers.filter((each) => each.authorization).every((each) => /IdType="ImmutableId"/.test(each.prefer ?? '')));
  await end(made);
});

for (const tells of [true, false])
  test(`an insert whose answer was lost is one event, ${tells ? 'whether Graph refuses its transaction id the second time' : 'or answers with the first'}`, async () => {
    graph.tellsDuplicates = tells;
    const [first] = await starts(open);
    graph.fault(graph.paths.insert, { after: 'drop' });
    const made = await book(open, first);
    await write(open);
    assert.equal(graph.ours(EMAIL).length, 1);
    await clock(open, '2026-02-02T13:10:00Z');
    await write(open);
    assert.equal(graph.ours(EMAIL).length, 1);
    assert.equal((await meeting(made)).calendar.status, 'written');
    assert.equal((await meeting(made)).calendar_event_id, graph.ours(EMAIL)[0].id);
    await end(made);
    graph.tellsDuplicates = true;
    await clock(open, '2026-02-02T13:00:00Z');
  });

test('where the CRM invites, the event names nobody and Outlook writes to nobody', async () => {
  const connection = await id();
  await rep.put(`/api/v1/calendar/connections/${connection}`, { invites: 'scheduler' });
  graph.invitations = [];
  const [first] = await starts(open);
  const made = await book(open, first, { attendee_email: 'bea@prospect.test' });
  await write(open);
  assert.deepEqual(graph.addressesOf(graph.ours(EMAIL)[0]), []);
  await end(made);
  assert.deepEqual(graph.invitations, []);
  await rep.put(`/api/v1/calendar/connections/${connection}`, { invites: 'provider' });
});

test('what the host does in Outlook becomes true here: moved is moved, deleted is cancelled, once', async () => {
  const free = await starts(open);
  const made = await book(open, free[0]);
  await write(open);
  graph.drag(EMAIL, graph.ours(EMAIL)[0], free[6], plus(free[6], 30));
  await synced();
  const now = (await shown(made)).meeting;
  assert.equal(now.start_time, free[6]);
  await write(open);
  await synced();
  assert.equal((await shown(made)).meeting.id, now.id, 'moved once');
  const [event] = graph.ours(EMAIL);
  for (const response of ['accepted', 'tentative', 'declined']) {
    graph.respond(EMAIL, graph.ours(EMAIL)[0], response);
    await synced();
    assert.equal((await rep.get(`/api/v1/scheduling/meetings/${now.id}`)).body.data.attendee_response, response);
  }
  graph.cancel(EMAIL, event.id);
  graph.fault(`/events/${event.id}`, { status: 503 });
  assert.equal((await sync(rep, await id())).last_error.code, 'unavailable');
  assert.equal((await shown(made)).meeting.status, 'scheduled', 'an error is no clear word');
  await synced();
  assert.equal((await shown(made)).meeting.status, 'cancelled');
  await write(open);
  assert.equal(graph.ours(EMAIL).length, 0);
});

test('another calendar of the account is read by its own view', async () => {
  graph.calendar(EMAIL, 'AQMk-family=', { summary: 'Family' });
  await synced();
  const choose = (checks) => rep.put(`/api/v1/calendar/connections/${connectionId}`, { calendars: [{ id: 'AQMk-family=', checks_conflicts: checks, writes_meetings: false }] });
  const connectionId = await id();
  assert.equal((await choose(true)).status, 200);
  const [first] = await starts(open);
  graph.busy(EMAIL, 'school', first, plus(first, 30), {});
  graph.cancel(EMAIL, 'school');
  graph.put(EMAIL, { id: 'school', start: { dateTime: first.slice(0, 19), timeZone: 'UTC' }, end: { dateTime: plus(first, 30).slice(0, 19), timeZone: 'UTC' } }, 'AQMk-family=');
  await synced();
  assert.ok(!(await starts(open)).includes(first));
  assert.equal((await choose(false)).status, 200);
  assert.ok((await starts(open)).includes(first));
});

test('who has no consent any more is broken, once, and mends it by connecting again', async () => {
  graph.revokeConsent(EMAIL);
  const broken = await sync(rep, await id());
  assert.equal(broken.status, 'broken');
  assert.equal(broken.last_error.code, 'consent_gone');
  const count = graph.requests.length;
  await runJob(open, 'SyncCalendarEventsJob');
  assert.equal(graph.requests.length, count, 'nobody asks on');
  const mended = await connect(stage);
  assert.equal(mended.status, 'active');
});

test('disconnecting forgets; Microsoft has no address to give a token back to; what was written stays', async () => {
  const [first] = await starts(open);
  const made = await book(open, first);
  await write(open);
  assert.equal((await rep.delete(`/api/v1/calendar/connections/${await id()}`)).status, 204);
  assert.deepEqual(await connections(rep), []);
  const count = graph.requests.length;
  await end(made);
  assert.equal(graph.requests.length, count);
  assert.equal(graph.ours(EMAIL).length, 1);
});
