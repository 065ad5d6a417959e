// Hosts with a calendar at any provider, and what people do in it, in the same words for all: doubles of web APIs and
// real CalDAV servers. And what must be true at the end: meetings, busy store and calendar say the same.
import assert from 'node:assert/strict';
import pg from 'pg';
import { connectCalDav, makeCalendar, SERVERS, withCalDav } from './caldav.mjs';
import { clock, connect, EMAIL, sync, withProvider, write } from './calendars.mjs';

export { chanceOf } from './kills.mjs';

export const plus = (start, minutes) => new Date(Date.parse(start) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
const stamp = (instant) => instant.replaceAll(/[-:]/g, '');
const iso = (instant) => new Date(instant).toISOString().replace('.000Z', 'Z');

class World {
  constructor(name, stage, connection) {
    Object.assign(this, stage, { name, connection, now: Date.parse('2026-02-02T13:00:00Z') });
  }

  async query(text, values) {
    const client = new pg.Client({ connectionString: this.host.databaseUrl() });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  read() { return sync(this.rep, this.connection.id); }

  /** Time moves on, because what was refused waits longer each time. */
  async later(minutes) {
    this.now += minutes * 60_000;
    await clock(this.open, iso(this.now));
  }

  /** Reads and writes until nothing waits and a reading has brought nothing. */
  async settle() {
    for (let round = 0; round < 40; round += 1) {
      await write(this.open);
      const connection = await this.read();
      const [{ waiting }] = await this.query("SELECT count(*)::int AS waiting FROM outbox WHERE kind = 'calendar_write' AND status = 'waiting'");
      if (waiting === 0 && connection.last_error === null) {
        const before = await this.version();
        await this.read();
        await write(this.open);
        if ((await this.version()) === before) return;
      }
      await this.later(3);
    }
    assert.fail(`${this.name} does not come to rest: ${JSON.stringify(await this.query("SELECT id, attempts, last_error FROM outbox WHERE kind = 'calendar_write' AND status <> 'done'"))} ${JSON.stringify((await this.read()).last_error)}`);
  }

  async version() { return (await this.query('SELECT sum(calendar_version)::text AS n FROM host_versions'))[0].n; }

  /** What stands in the database and the calendar, for whoever has to find out why they differ. */
  async known() {
    const rows = await this.query(`SELECT m.id, m.chain_id, m.status, m.start_time, e.event_id, e.provider_calendar_id AS calendar, e.is_live, e.is_placed, e.attempt, e.start_time AS written, e.host_move
      FROM scheduled_meetings m LEFT JOIN meeting_calendar_events e ON e.chain_id = m.chain_id WHERE m.status <> 'rescheduled' ORDER BY m.start_time`);
    return [...rows.map((row) => JSON.stringify(row)), ...(await this.ours()).map(({ id, start, calendar }) => JSON.stringify({ id, start, calendar }))].join('\n');
  }

  /** One live event for each live meeting, at its time, and none for the rest; what blocks is what the calendar says. */
  async agrees(told = '') {
    const context = `${this.name} ${told}`;
    const ahead = (rows) => rows.filter(({ start }) => Date.parse(start) > this.now);
    const meetings = ahead(await this.query("SELECT to_char(start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS start FROM scheduled_meetings WHERE status = 'scheduled' ORDER BY 1"));
    const events = ahead(await this.ours()).map((each) => each.start).sort();
    assert.deepEqual(events, meetings.map((each) => each.start), `${context}: events and meetings\n${await this.known()}`);
    const stored = ahead(await this.query("SELECT to_char(start_time AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS start, extract(epoch FROM end_time - start_time)::int / 60 AS minutes FROM external_busy ORDER BY 1, 2"));
    const busy = ahead(await this.busy()).map(({ start, minutes }) => ({ start, minutes })).sort((a, b) => a.start.localeCompare(b.start) || a.minutes - b.minutes);
    assert.deepEqual(stored, busy, `${context}: busy store and calendar`);
    const written = await this.query('SELECT count(*)::int AS n FROM meeting_calendar_events WHERE is_live AND start_time > $1', [iso(this.now)]);
    assert.equal(written[0].n, meetings.length, `${context}: what is known of events`);
  }
}

/** A double of a provider's web API. */
class WebWorld extends World {
  static async start(name, other) {
    const stage = await withProvider(name);
    stage.double.calendar(EMAIL, other, { summary: 'Family' });
    const world = new WebWorld(name, stage, await connect(stage));
    Object.assign(world, { home: stage.double.calendarId(EMAIL), other });
    return world;
  }

  shown(event) { return { id: event.id, start: iso(this.double.startOf(event)), minutes: (this.endOf(event) - this.double.startOf(event)) / 60_000, event }; }
  endOf(event) { return this.double.provider === 'google' ? Date.parse(event.end.dateTime) : Date.parse(`${event.end.dateTime.slice(0, 19)}Z`); }
  async ours(calendar) {
    const calendars = calendar ? [calendar] : [this.home, this.other];
    return calendars.flatMap((each) => this.double.ours(EMAIL, each).map((event) => ({ ...this.shown(event), calendar: each })));
  }
  async busy() {
    const own = new Set((await this.ours(this.home)).map((each) => each.id));
    return this.double.live(EMAIL, this.home).filter((event) => !own.has(event.id)).map((event) => this.shown(event));
  }
  async put(id, start, minutes) { this.double.busy(EMAIL, id, start, plus(start, minutes)); }
  async remove({ id, calendar = this.home }) { this.double.cancel(EMAIL, id, calendar); }
  async drag({ event, calendar }, to) {
    const times = this.double.provider === 'google'
      ? { start: { dateTime: to }, end: { dateTime: plus(to, 30) } }
      : { start: { dateTime: to.slice(0, 19), timeZone: 'UTC' }, end: { dateTime: plus(to, 30).slice(0, 19), timeZone: 'UTC' } };
    this.double.put(EMAIL, { ...event, ...times }, calendar);
  }
  async rename({ event, calendar }, text) { this.double.put(EMAIL, { ...event, [this.double.provider === 'google' ? 'summary' : 'subject']: text }, calendar); }
  async move({ id }) { this.double.move(EMAIL, id, this.home, this.other); }
  forget() { this.double.forgetPlaces(); }
  loseAnswer(operation) { this.double.fault(this.double.paths[operation], { after: 'drop' }); }
}

/** A real CalDAV server. */
class DavWorld extends World {
  static async start(name) {
    const stage = await withCalDav(SERVERS[name]);
    const other = stage.server.calendar.replace(/[^/]+\/$/, 'family/');
    assert.equal((await makeCalendar(stage.server, other)).status, 201);
    const world = new DavWorld(name, stage, await connectCalDav(stage));
    return Object.assign(world, { home: stage.server.calendar, other });
  }

  shown({ href, text }, calendar) {
    const at = (name) => {
      const found = new RegExp(`^${name}[^:\\r\\n]*:(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z`, 'm').exec(text);
      return `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z`;
    };
    return { id: href, start: at('DTSTART'), minutes: (Date.parse(at('DTEND')) - Date.parse(at('DTSTART'))) / 60_000, text, calendar };
  }
  async all(calendar) { return (await this.server.objects(calendar)).map((each) => this.shown(each, calendar)); }
  async ours(calendar) {
    const calendars = calendar ? [calendar] : [this.home, this.other];
    return (await Promise.all(calendars.map((each) => this.all(each)))).flat().filter((each) => /^UID:.*@meeting-scheduler/m.test(each.text));
  }
  async busy() { return (await this.all(this.home)).filter((each) => !/^UID:.*@meeting-scheduler/m.test(each.text)); }
  put(id, start, minutes) { return this.server.put(id, `DTSTART:${stamp(start)}\nDTEND:${stamp(plus(start, minutes))}`); }
  remove({ id }) { return this.server.remove(id); }
  drag({ id, text }, to) {
    return this.server.write(id, text.replace(/^DTSTART[^\r\n]*/m, `DTSTART:${stamp(to)}`).replace(/^DTEND[^\r\n]*/m, `DTEND:${stamp(plus(to, 30))}`));
  }
  rename({ id, text }, name) { return this.server.write(id, text.replace(/^SUMMARY[^\r\n]*/m, `SUMMARY:${name}`)); }
  /** As programs do: a new object with the same UID, under another name. */
  async move({ id, text }) {
    await this.server.remove(id);
    await this.server.write(`${this.other}moved-${id.split('/').pop()}`, text);
  }
  async forget() {
    const rows = await this.query('SELECT id, sync_token FROM connected_calendars WHERE sync_token IS NOT NULL');
    for (const { id, sync_token: token } of rows) {
      const lines = token.split('\n');
      if (lines[1]) lines[1] = lines[1].replace(/.{8}$/, '00000000');
      await this.query('UPDATE connected_calendars SET sync_token = $1 WHERE id = $2', [lines.join('\n'), id]);
    }
  }
}

export const WORLDS = {
  google: () => WebWorld.start('google', 'family@group.calendar.example.com'),
  outlook: () => WebWorld.start('outlook', 'AQMk-family='),
  ...Object.fromEntries(Object.keys(SERVERS).map((name) => [name, () => DavWorld.start(name)])),
};
