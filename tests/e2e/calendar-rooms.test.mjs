// EVIDENCE: B-9.3
// The room of a video call: Google Meet and Teams come with the event, Zoom by its API. The link reaches the meeting, the
// mails, the pages, the calendar file and the timeline; a room that cannot be made never loses the booking.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { ZoomDouble } from '../calendar_doubles/zoom.mjs';
import { json } from './lib/client.mjs';
import { book, clock, connect, connections, EMAIL, runJob, starts, sync, withProvider, write } from './lib/calendars.mjs';
import { MailServer } from './lib/mail.mjs';
import { ZoomContract } from './lib/zoom_contract.mjs';

const deliver = (open) => runJob(open, 'DeliverMailJob');
const at = (minutes) => new Date(Date.parse('2026-02-02T13:00:00Z') + minutes * 60_000).toISOString().replace('.000Z', 'Z');

/** The demonstration's meeting type takes place there. */
async function place(stage, location_type, location_details = '') {
  const types = (await stage.rep.get('/api/v1/scheduling/meeting-types')).body.data;
  const type = types.find((each) => each.slug === 'discovery-call');
  const saved = await stage.rep.put(`/api/v1/scheduling/meeting-types/${type.id}`, { location_type, location_details });
  assert.equal(saved.status, 200, saved.text);
}
async function query(stage, sql, values = []) {
  const client = new pg.Client({ connectionString: stage.host.databaseUrl() });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
const meeting = async (stage, one) => (await stage.rep.get(`/api/v1/scheduling/meetings/${one.meeting.id}`)).body.data;
async function end(stage, one) {
  assert.equal((await stage.open.post(`/schedule/cancel/${one.token}`, {})).status, 200);
  await write(stage.open);
}

for (const [provider, kind, join] of [['google', 'google_meet', /^https:\/\/meet\.example\//], ['outlook', 'teams', /^https:\/\/teams\.example\//]])
  describe(`${kind} with the event`, () => {
    let stage, double, open, mailbox;
    before(async () => {
      mailbox = await MailServer.start();
      stage = await withProvider(provider, { args: ['--smtp-url', mailbox.url] });
      ({ double, open } = stage);
      await connect(stage);
      await place(stage, kind);
    });
    after(async () => {
      await stage?.stop();
      await mailbox?.stop();
    });
    const linkOf = (event) => event.hangoutLink ?? event.onlineMeeting?.joinUrl;

    test('the link reaches the meeting, the attendee\'s page, the mail and the calendar file', async () => {
      const [first] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = double.ours(EMAIL);
      const link = linkOf(event);
      assert.match(link, join);
      const now = await meeting(stage, made);
      assert.equal(now.join_url, link);
      assert.equal(now.calendar.status, 'written');
      assert.match(now.location, join);
      const page = await open.get(`/schedule/manage/${made.token}`, { headers: { accept: 'text/html' } });
      assert.ok(page.text.includes(link), 'the page of the attendee');
      const file = await open.get(new URL(made.ics_url).pathname);
      assert.ok(file.text.replace(/\r\n /g, '').includes(link), 'the calendar file');
      await deliver(open);
      const mails = await mailbox.mails(2, (mail) => /^(Booked|New booking): /.test(mail.subject));
      for (const mail of mails) assert.ok(mail.text.includes(link), `${mail.to}: the mail has the link`);
      const own = mails.find((mail) => mail.to === 'ada@prospect.test');
      assert.match(own.text, /comes from the calendar of Robin Rep/);
      assert.ok(!/comes with this e-mail/.test(own.text));
      await deliver(open);
      assert.equal((await mailbox.mails(0, (mail) => /link/i.test(mail.subject))).length, 0, 'nobody is told twice');
      const activities = await stage.rep.get(`/api/v1/records/${now.contact_id}/activities`);
      assert.ok(activities.text.includes(link), 'the timeline');
      await end(stage, made);
    });

    test('a move keeps the room', async () => {
      const [first, , second] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const link = linkOf(double.ours(EMAIL)[0]);
      assert.equal((await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' })).status, 200);
      await write(open);
      const [event] = double.ours(EMAIL);
      assert.equal(linkOf(event), link);
      const shown = (await open.get(`/schedule/manage/${made.token}`, json)).body.data.meeting;
      assert.equal((await stage.rep.get(`/api/v1/scheduling/meetings/${shown.id}`)).body.data.join_url, link);
      await sync(stage.rep, (await connections(stage.rep))[0].id);
      await end(stage, made);
    });

    test('a room that takes a while is looked for; who was told of the meeting without it is told when it is there', async () => {
      await mailbox.clear();
      double.roomAfter = 2;
      const [first] = await starts(open);
      const made = await book(open, first);
      await write(open);
      assert.equal((await meeting(stage, made)).join_url, null);
      assert.equal((await meeting(stage, made)).calendar.status, 'pending');
      assert.equal(double.ours(EMAIL).length, 1, 'the event stands');
      await deliver(open);
      await clock(open, at(2)); // nobody waits longer than a minute for a link
      await deliver(open);
      const [booked] = await mailbox.mails(1, (mail) => mail.to === 'ada@prospect.test');
      assert.ok(!join.test(booked.text));
      for (const minutes of [5, 20, 60]) {
        await clock(open, at(minutes));
        await write(open);
      }
      double.roomAfter = 0;
      const now = await meeting(stage, made);
      assert.match(now.join_url, join);
      assert.equal(now.calendar.status, 'written');
      assert.equal(double.ours(EMAIL).length, 1);
      await deliver(open);
      const [late] = await mailbox.mails(1, (mail) => mail.to === 'ada@prospect.test' && /link/i.test(mail.subject));
      assert.ok(late.text.includes(now.join_url));
      await end(stage, made);
      await clock(open, at(0));
    });

    test('the host\'s own link is a place of its own: no room is made', async () => {
      await place(stage, kind, 'https://rooms.example/rosa');
      const [first] = await starts(open);
      const made = await book(open, first);
      await write(open);
      assert.equal(linkOf(double.ours(EMAIL)[0]), undefined);
      assert.equal((await meeting(stage, made)).join_url, null);
      assert.equal((await meeting(stage, made)).calendar.status, 'written');
      await end(stage, made);
      await place(stage, kind);
    });

    test('an event that the host renames keeps its room', async () => {
      const [first, , second] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = double.ours(EMAIL);
      double.rename(EMAIL, event, 'renamed');
      await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
      await write(open);
      assert.equal(linkOf(double.ours(EMAIL)[0]), linkOf(event));
      await end(stage, made);
    });

    if (provider === 'google')
      test('a wish that Google refuses is told again as another one', async () => {
        double.roomFails = 1;
        const [first] = await starts(open);
        const made = await book(open, first);
        await write(open);
        assert.equal((await meeting(stage, made)).join_url, null);
        await clock(open, at(10));
        await write(open);
        assert.match((await meeting(stage, made)).join_url, join);
        await end(stage, made);
        await clock(open, at(0));
      });

    if (provider === 'google')
      test('an account without Meet gets the event, and the booking stands', async () => {
        double.refusesRooms = true;
        const [first] = await starts(open);
        const made = await book(open, first);
        await write(open);
        assert.equal(double.ours(EMAIL).length, 1, 'the event without a room');
        assert.match((await meeting(stage, made)).calendar.error, /room_failed/);
        await clock(open, at(10));
        await write(open);
        assert.equal(double.ours(EMAIL).length, 1);
        assert.equal((await meeting(stage, made)).calendar.status, 'pending');
        double.refusesRooms = false;
        await clock(open, at(30));
        await write(open);
        assert.match((await meeting(stage, made)).join_url, join);
        assert.equal(double.ours(EMAIL).length, 1);
        await end(stage, made);
        await clock(open, at(0));
      });

    if (provider === 'outlook')
      test('a mailbox without Teams gets the event, and the booking stands', async () => {
        double.accounts.get(EMAIL).hasTeams = false;
        const [first] = await starts(open);
        const made = await book(open, first);
        await write(open);
        assert.equal(double.ours(EMAIL).length, 1);
        assert.equal(double.ours(EMAIL)[0].isOnlineMeeting, false);
        assert.equal((await meeting(stage, made)).status, 'scheduled');
        assert.match((await meeting(stage, made)).calendar.error, /room_failed/);
        double.accounts.get(EMAIL).hasTeams = true;
        await clock(open, at(10));
        await write(open);
        assert.match((await meeting(stage, made)).join_url, join);
        await end(stage, made);
        await clock(open, at(0));
      });
  });

describe('Zoom by its API', () => {
  let stage, google, zoom, open, rep, mailbox;
  before(async () => {
    mailbox = await MailServer.start();
    stage = await withProvider('google', { args: ['--smtp-url', mailbox.url] });
    ({ double: google, open, rep } = stage);
    zoom = await ZoomDouble.start();
    zoom.contract = new ZoomContract();
    zoom.account('rep@example.test');
    await connect(stage);
    await stage.admin.put('/api/v1/modules/meeting_scheduler/settings', zoom.settings());
    await place(stage, 'zoom');
  });
  after(async () => {
    await stage?.stop();
    await zoom?.stop();
    await mailbox?.stop();
    assert.deepEqual(zoom.violations, [], 'the published contract');
  });
  let minutes = 0;
  async function later(rounds = 3) {
    for (let n = 0; n < rounds; n += 1) {
      minutes += 10;
      await clock(open, at(minutes));
      await write(open);
    }
  }

  test('the CRM makes the meeting in the host\'s account there, and its link reaches everybody', async () => {
    const [first] = await starts(open);
    const made = await book(open, first, { notes: 'my secret notes' });
    await write(open);
    const [room, ...more] = zoom.live('rep@example.test');
    assert.equal(more.length, 0);
    assert.equal(room.start_time, first);
    assert.equal(room.duration, 30);
    assert.ok(!JSON.stringify(zoom.bodies).includes('my secret notes'));
    const now = await meeting(stage, made);
    assert.equal(now.join_url, room.join_url);
    assert.ok(google.ours(EMAIL)[0].location.includes(room.join_url), 'the event in the calendar');
    await deliver(open);
    const mails = await mailbox.mails(2, (mail) => /^(Booked|New booking): /.test(mail.subject));
    for (const mail of mails) assert.ok(mail.text.includes(room.join_url));
    const page = await open.get(`/schedule/manage/${made.token}`, { headers: { accept: 'text/html' } });
    assert.ok(page.text.includes(room.join_url.replace('&', '&amp;')));
    await end(stage, made);
    assert.equal(zoom.live().length, 0, 'and it is taken away with the meeting');
  });

  test('what lets in as the host is never kept', async () => {
    const [first] = await starts(open);
    const made = await book(open, first);
    await write(open);
    const rows = await query(stage, "SELECT row_to_json(r)::text AS text FROM meeting_rooms r UNION ALL SELECT row_to_json(m)::text FROM scheduled_meetings m UNION ALL SELECT row_to_json(o)::text FROM outbox o");
    assert.ok(rows.length > 1);
    assert.ok(!rows.some((row) => /zak=|\/s\/9/.test(row.text)));
    await end(stage, made);
  });

  test('a move moves the same meeting, there and back', async () => {
    const [first, , second] = await starts(open);
    const made = await book(open, first);
    await write(open);
    const [room] = zoom.live();
    for (const target of [second, first]) {
      assert.equal((await open.post(`/schedule/reschedule/${made.token}`, { start: target, timezone: 'America/New_York' })).status, 200);
      await write(open);
      assert.deepEqual(zoom.live().map((each) => [each.join_url, each.start_time]), [[room.join_url, target]]);
    }
    await end(stage, made);
  });

  for (const [name, fault] of [
    ['an answer that was lost', { after: 'drop' }], ['500 after the write', { after: 'status', status: 500 }],
    ['a connection that was lost before', { drop: true }], ['503', { status: 503 }],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '30' } }], ['401', { status: 401, code: 124 }]])
    test(`${name}: make, move and delete end with one room for the meeting, and none after it`, async () => {
      const [first, , second] = await starts(open);
      zoom.fault('POST /v2/users', fault);
      const made = await book(open, first);
      await write(open);
      assert.equal((await meeting(stage, made)).status, 'scheduled');
      await later();
      assert.equal(zoom.live().length, 1);
      assert.equal((await meeting(stage, made)).join_url, zoom.live()[0].join_url);
      zoom.fault('PATCH /v2/meetings', fault);
      await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
      await write(open);
      await later();
      assert.deepEqual(zoom.live().map((each) => each.start_time), [second]);
      zoom.fault('DELETE /v2/meetings', fault);
      await end(stage, made);
      await later();
      assert.equal(zoom.live().length, 0);
      zoom.faults = [];
    });

  test('a booking that is cancelled before anybody knows whether its room was made leaves none', async () => {
    const [first] = await starts(open);
    zoom.fault('POST /v2/users', { after: 'drop' });
    const made = await book(open, first);
    await write(open);
    assert.equal(zoom.live().length, 1);
    await open.post(`/schedule/cancel/${made.token}`, {});
    await later();
    assert.equal(zoom.live().length, 0);
  });

  test('a process that dies while Zoom makes a room leaves one room and no second', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [first] = await starts(open);
      const made = await book(open, first);
      const began = zoom.count('POST /v2/users');
      zoom.fault('POST /v2/users', round % 2 ? { stall: true } : { after: 'stall' });
      void write(open).catch(() => {});
      while (zoom.count('POST /v2/users') === began) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await stage.host.kill();
      zoom.faults = [];
      await stage.host.launch();
      await clock(open, at(minutes));
      await later(2);
      assert.equal(zoom.live().length, 1);
      assert.equal((await meeting(stage, made)).join_url, zoom.live()[0].join_url);
      await end(stage, made);
      await later(1);
      assert.equal(zoom.live().length, 0);
    }
  });

  test('a meeting that is handed over leaves the former host\'s room and gets one of the new host\'s', async () => {
    const people = (await stage.admin.get('/api/v1/users')).body.data;
    const admin = people.find((each) => each.email === 'admin@example.test');
    zoom.account('admin@example.test');
    const [first] = await starts(open);
    const made = await book(open, first);
    await write(open);
    const [before] = zoom.live();
    const handed = await rep.post(`/api/v1/scheduling/meetings/${made.meeting.id}/reassign`, { host_user_id: admin.id });
    assert.equal(handed.status, 200, handed.text);
    assert.equal(handed.body.data.join_url, null, 'the room is the former host\'s');
    await write(open);
    assert.deepEqual(zoom.live().map((each) => each.host_email), ['admin@example.test']);
    assert.notEqual(zoom.live()[0].join_url, before.join_url);
    const now = (await stage.admin.get(`/api/v1/scheduling/meetings/${made.meeting.id}`)).body.data;
    assert.equal(now.join_url, zoom.live()[0].join_url);
    await end(stage, made);
    assert.equal(zoom.live().length, 0);
  });

  test('the list in which a lost room is looked for comes in pages', async () => {
    zoom.pageSize = 1;
    const free = await starts(open);
    const one = await book(open, free[0]);
    await write(open);
    zoom.fault('POST /v2/users', { after: 'drop' });
    const two = await book(open, free[4], { attendee_email: 'bea@prospect.test' });
    await write(open);
    await later(1);
    assert.equal(zoom.live().length, 2);
    zoom.pageSize = 300;
    await end(stage, one);
    await end(stage, two);
  });

  test('a meeting that somebody deleted at Zoom gets another room when it moves', async () => {
    const [first, , second] = await starts(open);
    const made = await book(open, first);
    await write(open);
    zoom.meetings.clear();
    await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
    await write(open);
    assert.equal(zoom.live().length, 1);
    const shown = (await open.get(`/schedule/manage/${made.token}`, json)).body.data.meeting;
    assert.equal((await rep.get(`/api/v1/scheduling/meetings/${shown.id}`)).body.data.join_url, zoom.live()[0].join_url);
    await end(stage, made);
  });

  test('where Zoom makes no more meetings today the booking stands, and the link comes later', async () => {
    zoom.createsMax = zoom.creates;
    // Zoom names the time, and the day has not much left.
    zoom.retryAfter = new Date(Date.now() + 65 * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
    const [first] = await starts(open);
    const made = await book(open, first);
    await write(open);
    assert.equal((await meeting(stage, made)).status, 'scheduled');
    assert.equal((await meeting(stage, made)).join_url, null);
    const asked = zoom.count('POST /v2/users');
    zoom.createsMax = 1000;
    await later(6);
    assert.equal(zoom.count('POST /v2/users'), asked, 'not before the time that Zoom named');
    zoom.retryAfter = undefined;
    await later(6);
    assert.equal(zoom.live().length, 1);
    assert.equal((await meeting(stage, made)).join_url, zoom.live()[0].join_url);
    await end(stage, made);
  });

  test('after a hundred rooms in a day Zoom is not asked on', async () => {
    // Ninety-nine of other chains and one of ours: rows as the module writes them.
    await query(stage, `INSERT INTO meeting_rooms (chain_id, user_id, stage, start_time, end_time, topic_hash, wished_at)
      SELECT m.id, m.host_user_id, 'gone', m.start_time, m.end_time, '', $1::timestamptz
        FROM scheduled_meetings m WHERE m.rescheduled_from_id IS NULL ON CONFLICT (chain_id) DO UPDATE SET wished_at = excluded.wished_at`, [at(minutes)]);
    const [{ count, host }] = await query(stage, 'SELECT count(*)::integer AS count, min(user_id) AS host FROM meeting_rooms GROUP BY user_id ORDER BY 1 DESC LIMIT 1');
    await query(stage, `INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, end_time, timezone, status, chain_id, ical_uid)
      SELECT 900000 + n, (SELECT min(id) FROM meeting_types), $1, 'X', 'x@prospect.test', '2026-01-05T10:00Z', '2026-01-05T10:30Z', 'UTC', 'completed', 900000 + n, 'filler' || n
        FROM generate_series(1, $2::integer) n`, [host, 100 - count]);
    await query(stage, `INSERT INTO meeting_rooms (chain_id, user_id, stage, start_time, end_time, topic_hash, wished_at)
      SELECT id, host_user_id, 'gone', start_time, end_time, '', $1::timestamptz FROM scheduled_meetings WHERE id > 900000`, [at(minutes)]);
    const [first] = await starts(open);
    const asked = zoom.count('POST /v2/users');
    const made = await book(open, first);
    await write(open);
    await later(3);
    assert.equal(zoom.count('POST /v2/users'), asked);
    assert.equal((await meeting(stage, made)).join_url, null);
    await query(stage, 'DELETE FROM scheduled_meetings WHERE id > 900000');
    await later(12);
    assert.equal((await meeting(stage, made)).join_url, zoom.live()[0].join_url);
    await end(stage, made);
  });

  test('a host whom Zoom does not know is booked all the same', async () => {
    zoom.users.delete('rep@example.test');
    const [first] = await starts(open);
    const made = await book(open, first);
    await write(open);
    assert.equal((await meeting(stage, made)).status, 'scheduled');
    zoom.users.add('rep@example.test');
    await later();
    assert.equal(zoom.live().length, 1, 'as soon as the administrator has added them');
    await end(stage, made);
  });

  test('without an account of the CRM each user connects their own, and the refresh token that counts once is replaced', async () => {
    await stage.admin.put('/api/v1/modules/meeting_scheduler/settings', zoom.settings({ ownAccount: false }));
    zoom.account('rosa@zoom.example');
    const [first] = await starts(open);
    const made = await book(open, first);
    await write(open);
    assert.equal(zoom.live().length, 0, 'nobody is connected');
    const begun = await rep.get('/api/v1/calendar/connect/zoom', json);
    const back = new URL(zoom.consent(begun.body.data.authorize_url, 'rosa@zoom.example'));
    assert.equal((await rep.get(back.pathname + back.search)).headers.get('location'), '/settings/scheduling?connected=zoom');
    const connection = (await connections(rep)).find((each) => each.provider === 'zoom');
    assert.equal(connection.account, 'rosa@zoom.example');
    assert.deepEqual(connection.calendars, []);
    await write(open);
    assert.equal(zoom.live('rosa@zoom.example').length, 1, 'meetings that are ahead get their room');
    assert.equal((await meeting(stage, made)).join_url, zoom.live()[0].join_url);
    for (let round = 0; round < 2; round += 1) {
      zoom.expireAccessTokens();
      await sync(rep, connection.id);
      assert.equal((await connections(rep)).find((each) => each.provider === 'zoom').last_error, null);
    }
    await end(stage, made);
    assert.equal(zoom.live().length, 0);
    assert.equal((await rep.delete(`/api/v1/calendar/connections/${connection.id}`)).status, 204);
    assert.equal(zoom.refreshTokens.size, 0, 'the consent was given back');
    await stage.admin.put('/api/v1/modules/meeting_scheduler/settings', zoom.settings());
  });
});
