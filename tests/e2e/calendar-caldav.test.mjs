// EVIDENCE: B-9.1 B-9.2 B-9.3
// A host connects a CalDAV server: what blocks there is not offered, meetings stand there, and what the host does to them
// becomes true here. Over real HTTP to servers that others wrote; each differs from the others where the protocol allows.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { ask, connectCalDav, noCyrus, PASSWORD, SERVERS, USER, withCalDav } from './lib/caldav.mjs';
import { book, clock, connections, runJob, starts, sync, write } from './lib/calendars.mjs';

const stamp = (instant) => instant.replaceAll(/[-:]/g, '');
const plus = (start, minutes) => new Date(Date.parse(start) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
const at = (start, minutes = 30) => `DTSTART:${stamp(start)}\nDTEND:${stamp(plus(start, minutes))}`;

const database = async (host) => {
  const client = new pg.Client({ connectionString: host.databaseUrl() });
  await client.connect();
  return client;
};

if (noCyrus) test('cyrus', { skip: noCyrus }, () => {});
for (const [name, start] of Object.entries(SERVERS)) {
  describe(name, () => {
    let stage, server, open, rep, id;
    before(async () => {
      stage = await withCalDav(start);
      ({ server, open, rep } = stage);
    });
    after(async () => stage?.stop());
    const meeting = async (one) => (await rep.get(`/api/v1/scheduling/meetings/${one.meeting.id}`)).body.data;
    const shown = async (one) => (await open.get(`/schedule/manage/${one.token}`, { headers: { accept: 'application/json' } })).body.data.meeting;
    const cancel = async (...all) => {
      for (const each of all) await open.post(`/schedule/cancel/${each.token}`, {});
      await write(open);
    };
    const read = async () => {
      const connection = await sync(rep, id);
      assert.equal(connection.last_error, null, JSON.stringify(connection.last_error));
      return connection;
    };

    test('an account is found from the server\'s bare address, and connected once', async () => {
      const connection = await connectCalDav(stage);
      id = connection.id;
      assert.equal(connection.provider, 'caldav');
      assert.equal(connection.account, USER);
      assert.equal(connection.status, 'active');
      assert.equal(connection.invites, 'scheduler');
      assert.ok(connection.last_sync_at, 'it was read at once');
      const [calendar] = connection.calendars;
      assert.equal(calendar.id, server.calendar);
      assert.ok(calendar.is_primary && calendar.can_write && calendar.checks_conflicts && calendar.writes_meetings);
      const again = await connectCalDav(stage);
      assert.equal(again.id, id);
      assert.equal((await connections(rep)).length, 1);
      assert.ok(!JSON.stringify(again).includes(PASSWORD));
      assert.ok(!stage.host.output.includes(PASSWORD), 'the log holds no password');
    });

    test('each line of the table of B-9 holds', async () => {
      const free = await starts(open);
      const n = (i) => free[i * 2];
      await server.put('plain', at(n(0)));
      await server.put('tentative', `${at(n(1))}\nSTATUS:TENTATIVE`);
      await server.put('opaque', `${at(n(2))}\nTRANSP:OPAQUE`);
      await server.put('transparent', `${at(n(3))}\nTRANSP:TRANSPARENT`);
      await server.put('cancelled', `${at(n(4))}\nSTATUS:CANCELLED`);
      await server.put('declined', `${at(n(5))}\nORGANIZER:mailto:boss@example.com\nATTENDEE;PARTSTAT=DECLINED:mailto:${USER}`);
      await server.put('accepted', `${at(n(6))}\nORGANIZER:mailto:boss@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:${USER}`);
      const { events } = await read();
      const left = new Set(await starts(open));
      for (const i of [0, 1, 2, 6]) assert.ok(!left.has(n(i)), `event ${i} blocks`);
      for (const i of [3, 4, ...(name === 'radicale' ? [5] : [])]) assert.ok(left.has(n(i)), `event ${i} does not block`);
      assert.ok(events >= 4);
      for (const each of await server.objects()) await server.remove(each.href);
      await read();
      assert.deepEqual(await starts(open), free, 'what is deleted is free');
    });

    test('a series is expanded: zone, exceptions, moved and cancelled occurrences, additions', async () => {
      const free = new Set(await starts(open));
      const local = (day, hour) => `2026-02-${day}T${String(hour + 5).padStart(2, '0')}:00:00Z`; // New York in winter
      const zones = 'BEGIN:VTIMEZONE\nTZID:America/New_York\nBEGIN:STANDARD\nDTSTART:20001029T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\n';
      const event = (lines) => `BEGIN:VEVENT\nUID:series\nDTSTAMP:20260101T000000Z\nSUMMARY:series\n${lines}\nEND:VEVENT`;
      const zoned = (name, text) => `${name};TZID=America/New_York:${text}`;
      await server.put('series', [
        event(`${zoned('DTSTART', '20251103T100000')}\n${zoned('DTEND', '20251103T110000')}\nRRULE:FREQ=DAILY;UNTIL=20260212T150000Z\n${zoned('EXDATE', '20260205T100000')}\n${zoned('RDATE', '20260217T100000')}`),
        event(`${zoned('RECURRENCE-ID', '20260206T100000')}\n${zoned('DTSTART', '20260206T140000')}\n${zoned('DTEND', '20260206T150000')}`),
        event(`${zoned('RECURRENCE-ID', '20260209T100000')}\n${zoned('DTSTART', '20260209T100000')}\n${zoned('DTEND', '20260209T110000')}\nSTATUS:CANCELLED`),
      ].join('\n'), { zones });
      await read();
      const left = new Set(await starts(open));
      const blocked = (day, hour) => free.has(local(day, hour)) && !left.has(local(day, hour));
      assert.ok(blocked('03', 10) && blocked('04', 10), 'daily');
      assert.ok(left.has(local('05', 10)), 'EXDATE');
      assert.ok(left.has(local('06', 10)) && blocked('06', 14), 'moved');
      assert.ok(left.has(local('09', 10)), 'cancelled');
      assert.ok(blocked('12', 10) && left.has(local('13', 10)), 'until');
      assert.ok(blocked('17', 10), 'RDATE');
      await server.put('series', event(`${zoned('DTSTART', '20260203T100000')}\n${zoned('DTEND', '20260203T110000')}`), { zones });
      await read();
      const fewer = new Set(await starts(open));
      assert.ok(!fewer.has(local('03', 10)) && fewer.has(local('04', 10)) && fewer.has(local('06', 14)), 'occurrences that are gone are free');
      await server.remove('series');
      await read();
      assert.deepEqual(new Set(await starts(open)), free);
    });

    test('all-day and floating times are in the schedule\'s zone where the calendar has none', async () => {
      const free = await starts(open);
      await server.put('holiday', 'DTSTART;VALUE=DATE:20260204\nDTEND;VALUE=DATE:20260205');
      await server.put('floating', 'DTSTART:20260206T100000\nDTEND:20260206T110000');
      await server.put('birthday', 'DTSTART;VALUE=DATE:20260210\nTRANSP:TRANSPARENT');
      await read();
      const left = await starts(open);
      assert.ok(!left.some((each) => each >= '2026-02-04T05:00:00Z' && each < '2026-02-05T05:00:00Z'));
      assert.ok(left.some((each) => each.startsWith('2026-02-10')));
      assert.ok(free.includes('2026-02-06T15:00:00Z') && !left.includes('2026-02-06T15:00:00Z'));
      for (const each of ['holiday', 'floating', 'birthday']) await server.remove(each);
      await read();
    });

    test('a meeting is written, moved and deleted: one event, under one name', async () => {
      const [first, second] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = await server.ours();
      assert.ok(event.text.includes(`UID:${made.meeting.ical_uid ?? ''}`));
      assert.ok(event.text.includes(`DTSTART:${stamp(first)}`) && event.text.includes('Ada'));
      assert.ok(!/ATTENDEE|ORGANIZER/.test(event.text), 'our mails invite');
      const now = await meeting(made);
      assert.deepEqual(now.calendar, { status: 'written', error: null, unchecked: false });
      assert.equal(now.calendar_event_id, event.href);
      await read();
      assert.ok((await starts(open)).includes(second), 'our own event is not counted a second time');
      const moved = await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
      assert.equal(moved.status, 200, moved.text);
      await write(open);
      const all = await server.ours();
      assert.deepEqual(all.map((each) => each.href), [event.href]);
      assert.ok(all[0].text.includes(`DTSTART:${stamp(second)}`));
      await read();
      assert.equal((await shown(made)).start_time, second, 'what comes back is no change');
      await cancel(made);
      assert.deepEqual(await server.ours(), []);
    });

    test('what the host added to the event stays when the meeting moves', async () => {
      const [first, second] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = await server.ours();
      await server.write(event.href, event.text.replace('END:VEVENT', 'CATEGORIES:important\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:soon\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT'));
      await read();
      await open.post(`/schedule/reschedule/${made.token}`, { start: second, timezone: 'America/New_York' });
      await write(open);
      const [after] = await server.ours();
      assert.ok(after.text.includes(`DTSTART:${stamp(second)}`) && after.text.includes('BEGIN:VALARM') && after.text.includes('CATEGORIES:important'));
      await cancel(made);
    });

    test('an event that the host moves moves its meeting once, under another name as well', async () => {
      const free = await starts(open);
      const made = await book(open, free[0]);
      await write(open);
      const [event] = await server.ours();
      const drag = (text, from, to) => text.replace(stamp(from), stamp(to)).replace(stamp(plus(from, 30)), stamp(plus(to, 30)));
      await server.write(event.href, drag(event.text, free[0], free[6]));
      await read();
      const moved = await shown(made);
      assert.equal(moved.start_time, free[6]);
      await write(open);
      await read();
      assert.equal((await shown(made)).id, moved.id, 'once');
      // Some programs delete the object and write another one with the same UID.
      const [present] = await server.ours();
      await server.remove(present.href);
      await server.write(`${server.calendar}renamed.ics`, drag(present.text, free[6], free[8]));
      await read();
      const renamed = await shown(made);
      assert.equal(renamed.start_time, free[8]);
      assert.equal(renamed.status, 'scheduled');
      await write(open);
      const all = await server.ours();
      assert.equal(all.length, 1);
      assert.ok((await starts(open)).includes(free[6]));
      await cancel(made);
      assert.deepEqual(await server.ours(), [], 'the renamed event is deleted with its meeting');
    });

    test('an event that the host deletes cancels its meeting once', async () => {
      const [first] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = await server.ours();
      await read();
      await server.remove(event.href);
      await read();
      const now = await meeting(made);
      assert.equal(now.status, 'cancelled');
      assert.equal(now.cancelled_by, 'host');
      await write(open);
      await read();
      assert.deepEqual(await server.ours(), []);
      assert.ok((await starts(open)).includes(first));
    });

    test('a write whose outcome nobody noted is found again, not written twice', async () => {
      const [first] = await starts(open);
      const made = await book(open, first);
      await write(open);
      const [event] = await server.ours();
      const client = await database(stage.host);
      try {
        // As after a process that died between the server's answer and its own commit.
        await client.query('DELETE FROM meeting_calendar_events');
        await client.query(`UPDATE outbox SET status = 'waiting', attempts = 1 WHERE kind = 'calendar_write' AND meeting_id = ${made.meeting.id}`);
      } finally {
        await client.end();
      }
      await read();
      assert.ok((await starts(open)).length > 0);
      await write(open);
      assert.deepEqual((await server.ours()).map((each) => each.href), [event.href]);
      await cancel(made);
      assert.deepEqual(await server.ours(), []);
    });

    test('a place that the server does not know is read anew without freeing anything', async () => {
      const free = await starts(open);
      for (let n = 0; n < 5; n += 1) await server.put(`kept${n}`, at(free[n * 2]));
      await read();
      const blocked = await starts(open);
      const client = await database(stage.host);
      try {
        const known = await client.query('SELECT id, sync_token FROM connected_calendars WHERE sync_token IS NOT NULL');
        const lines = known.rows[0].sync_token.split('\n');
        assert.ok(lines[1], 'the server has tokens');
        lines[1] = lines[1].replace(/.{8}$/, '00000000');
        await client.query('UPDATE connected_calendars SET sync_token = $1 WHERE id = $2', [lines.join('\n'), known.rows[0].id]);
        await server.remove('kept0');
        await client.query(`CREATE TABLE freed AS SELECT external_event_id FROM external_busy WHERE false;
          CREATE FUNCTION note_freed() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO freed VALUES (OLD.external_event_id); RETURN NULL; END$$;
          CREATE TRIGGER note_freed AFTER DELETE ON external_busy FOR EACH ROW EXECUTE FUNCTION note_freed()`);
        await read();
        const freed = await client.query('SELECT external_event_id FROM freed');
        assert.deepEqual(freed.rows.map((row) => row.external_event_id), [`${server.calendar}kept0.ics`]);
        await client.query('DROP TRIGGER note_freed ON external_busy; DROP FUNCTION note_freed; DROP TABLE freed');
      } finally {
        await client.end();
      }
      assert.deepEqual((await starts(open)).filter((each) => each !== free[0]), blocked.filter((each) => each !== free[0]));
      for (let n = 1; n < 5; n += 1) await server.remove(`kept${n}`);
      await read();
      assert.deepEqual(await starts(open), free);
    });

    test('a server that is away changes nothing, and says so', async () => {
      const [first] = await starts(open);
      const made = await book(open, first);
      server.signal('SIGSTOP');
      try {
        const began = Date.now();
        const connection = (await rep.post(`/api/v1/calendar/connections/${id}/sync`)).body.data;
        assert.equal(connection.status, 'active');
        assert.equal(connection.last_error.code, 'unavailable');
        assert.ok(Date.now() - began < 60_000);
      } finally {
        server.signal('SIGCONT');
      }
      assert.equal((await meeting(made)).status, 'scheduled');
      await runJob(open, 'SyncCalendarEventsJob');
      await write(open);
      await clock(open, '2026-02-02T13:10:00Z');
      await write(open);
      assert.equal((await server.ours()).length, 1);
      await read();
      await cancel(made);
    });

    test('disconnecting forgets the account, its busy times and its password', async () => {
      const [first] = await starts(open);
      await server.put('last', at(first));
      await read();
      assert.ok(!(await starts(open)).includes(first));
      assert.equal((await rep.delete(`/api/v1/calendar/connections/${id}`)).status, 204);
      assert.ok((await starts(open)).includes(first));
      assert.deepEqual(await connections(rep), []);
    });
  });
}

describe('what a person types', () => {
  let stage, rep, server;
  before(async () => {
    stage = await withCalDav(SERVERS.radicale);
    ({ rep, server } = stage);
  });
  after(async () => stage?.stop());
  const refused = async (question, field, code) => {
    const answer = await ask(rep, { url: server.url, ...question });
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual(answer.body.errors.map((each) => [each.field, each.code]), [[field, code]]);
  };

  test('the field at fault is named', async () => {
    await refused({ password: 'wrong' }, 'password', 'log_in_refused');
    await refused({ username: 'nobody@example.com' }, 'password', 'log_in_refused');
    await refused({ username: 'a:b' }, 'username', 'invalid_format');
    await refused({ url: 'ftp://127.0.0.1/' }, 'url', 'invalid_format');
    await refused({ url: `http://rosa:secret@127.0.0.1:${server.port}/` }, 'url', 'invalid_format');
    await refused({ url: stage.host.base }, 'url', 'no_calendars');
    await refused({ url: 'http://127.0.0.1:1/' }, 'url', 'unreachable');
    const empty = await rep.post('/api/v1/calendar/connect/caldav', {});
    assert.equal(empty.status, 422);
    assert.deepEqual(empty.body.errors.map((each) => each.field).sort(), ['password', 'url', 'username']);
    assert.deepEqual(await connections(rep), []);
    assert.equal((await rep.get('/api/v1/calendar/connect/caldav', { validate: false })).status === 302, false, 'nobody is led to a log-in');
  });

  test('private networks are refused unless the administrator allowed them; the link\'s own always', async () => {
    await stage.settings({ allowed_private_networks: [] });
    for (const url of [server.url, `http://localhost:${server.port}/`, `http://[::1]:${server.port}/`, `https://127.0.0.1:${server.port}/`, 'https://10.0.0.1/', 'https://192.168.1.1/',
      `http://2130706433:${server.port}/`, `http://127.1:${server.port}/`, `http://[::ffff:127.0.0.1]:${server.port}/`, 'http://169.254.169.254/', 'http://0.0.0.0/', 'http://example.com@127.0.0.1/'])
      await refused({ url }, 'url', url.includes('@') ? 'invalid_format' : 'forbidden_address');
    await stage.settings({ allowed_private_networks: ['169.254.0.0/16', '10.0.0.0/8', 'nonsense'] });
    await refused({ url: 'http://169.254.169.254/' }, 'url', 'forbidden_address');
    await refused({}, 'url', 'forbidden_address');
    await stage.settings({ allowed_private_networks: ['127.0.0.1'] });
    assert.equal((await ask(rep, server)).status, 201);
    await stage.settings({ allowed_private_networks: [] });
    const [connection] = await connections(rep);
    const now = await sync(rep, connection.id);
    assert.equal(now.last_error.code, 'refused');
    assert.match(now.last_error.message, /not allowed/);
  });

  test('a redirect is judged like the address itself, and takes no password elsewhere', async () => {
    const seen = [];
    const trap = http.createServer((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.writeHead(302, { location: trap.to }).end();
    });
    await new Promise((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${trap.address().port}/`;
    try {
      await stage.settings({ allowed_private_networks: ['127.0.0.1', '::1'] });
      trap.to = `http://127.0.0.1:${server.port}/`;
      assert.equal((await ask(rep, { url })).status, 201, 'on the same host it is followed');
      trap.to = `http://localhost:${server.port}/`;
      await refused({ url }, 'url', 'leads_elsewhere');
      trap.to = 'http://169.254.169.254/latest/';
      await refused({ url }, 'url', 'leads_elsewhere');
      trap.to = url;
      await refused({ url }, 'url', 'no_calendars');
      assert.ok(seen.every(([, authorization]) => authorization === undefined), 'nothing was told before it was asked for');
    } finally {
      trap.close();
    }
  });

  test('an admin sees everybody\'s connections, a rep their own', async () => {
    const { admin } = stage;
    const me = (await rep.get('/api/v1/users/me')).body.data.id ?? (await rep.get('/api/v1/users/me')).body.data.user?.id;
    const all = await connections(admin);
    assert.ok(all.length > 0 && all.every((each) => each.user_id === me));
    assert.equal((await admin.get(`/api/v1/calendar/connections?user_id=${me}`)).body.data.length, all.length);
    assert.equal((await admin.get('/api/v1/calendar/connections?user_id=1')).body.data.filter((each) => each.user_id === me).length, me === 1 ? all.length : 0);
    assert.equal((await rep.get('/api/v1/calendar/connections?user_id=99999')).status, 404);
    assert.equal((await rep.get('/api/v1/calendar/connections?user_id=x', { validate: false })).status, 422);
  });
});
