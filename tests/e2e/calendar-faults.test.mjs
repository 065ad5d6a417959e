// EVIDENCE: B-9.1 B-9.3
// Faults of a provider, each with each operation, and what must be true at the end: one live event for each live
// meeting, none for the rest, and a busy store that agrees with the calendar.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { book, clock, connect, connections, EMAIL, starts, sync, withProvider, write } from './lib/calendars.mjs';

const faults = [
  ['401', { status: 401, reason: 'authError' }],
  ['403 rate limit', { status: 403, reason: 'rateLimitExceeded', only: 'google' }], // Graph says 429
  ['429 with Retry-After', { status: 429, reason: 'rateLimitExceeded', headers: { 'retry-after': '2' } }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['connection lost before', { drop: true }],
  ['connection lost after the write', { after: 'drop' }],
  ['500 after the write', { after: 'status', status: 500 }],
  ['truncated answer', { truncate: true }],
];

for (const provider of ['google', 'outlook'])
  describe(provider, () => {
    let stage, double, open, rep;
    before(async () => {
      stage = await withProvider(provider);
      ({ double, open, rep } = stage);
      await connect(stage);
    });
    after(async () => stage?.stop());

    /** Later, as often as it takes. Time moves on, because a refused write waits longer each time. */
    let now = Date.parse('2026-02-02T13:00:00Z');
    async function later(rounds = 4) {
      for (let n = 0; n < rounds; n += 1) {
        now += 10 * 60_000;
        await clock(open, new Date(now).toISOString().replace('.000Z', 'Z'));
        await write(open);
      }
    }

    async function agrees(made, start) {
      const events = double.ours(EMAIL);
      if (start === null) return assert.deepEqual(events.map((event) => event.id), []);
      assert.equal(events.length, 1, JSON.stringify(events.map((event) => [event.id, event.start])));
      assert.equal(double.startOf(events[0]), Date.parse(start));
      const meetings = (await rep.get('/api/v1/scheduling/meetings?status=scheduled&limit=10')).body.data;
      assert.deepEqual(meetings.map((meeting) => [meeting.start_time, meeting.calendar.status]), [[start, 'written']]);
      return undefined;
    }

    for (const [name, fault] of faults.filter(([, each]) => (each.only ?? provider) === provider)) {
      test(`${name}: create, move, delete and read end as if nothing had been`, async () => {
        const free = await starts(open);
        double.fault(double.paths.insert, fault);
        const made = await book(open, free[free.length - 1]);
        await later();
        await agrees(made, free[free.length - 1]);

        double.fault(double.paths.update, fault);
        const target = free[free.length - 3];
        const moved = await open.post(`/schedule/reschedule/${made.token}`, { start: target, timezone: 'America/New_York' });
        assert.equal(moved.status, 200, moved.text);
        await later();
        await agrees(made, target);

        double.fault(double.paths.read, fault);
        double.busy(EMAIL, 'appointment', free[free.length - 5], free[free.length - 4]);
        const [{ id }] = await connections(rep);
        await sync(rep, id);
        const synced = await sync(rep, id);
        assert.equal(synced.last_error, null, JSON.stringify(synced.last_error));
        assert.equal(synced.events, 1);
        double.cancel(EMAIL, 'appointment');
        await sync(rep, id);

        double.fault(double.paths.remove, fault);
        assert.equal((await open.post(`/schedule/cancel/${made.token}`, {})).status, 200);
        await later();
        await agrees(made, null);
        double.faults = [];
        const clean = await sync(rep, id);
        assert.equal(clean.last_error, null, JSON.stringify(clean.last_error));
        assert.equal(clean.events, 0);
      });
    }

    test('412: an event that changed meanwhile is looked at before it is written over', async () => {
      const free = await starts(open);
      const made = await book(open, free[free.length - 1]);
      await later(1);
      const [event] = double.ours(EMAIL);
      double.rename(EMAIL, event, 'renamed by the host');
      await open.post(`/schedule/reschedule/${made.token}`, { start: free[free.length - 3], timezone: 'America/New_York' });
      await later(1);
      await agrees(made, free[free.length - 3]);
      await open.post(`/schedule/cancel/${made.token}`, {});
      await later(1);
      await agrees(made, null);
    });

    test('409 and an id that a deleted event keeps: another attempt has another id', async () => {
      const free = await starts(open);
      const made = await book(open, free[free.length - 1]);
      double.fault(double.paths.insert, { after: 'drop' });
      await write(open);
      const [event] = double.ours(EMAIL);
      double.cancel(EMAIL, event.id); // the host deletes what we do not know of yet
      await later();
      await agrees(made, free[free.length - 1]);
      assert.notEqual(double.ours(EMAIL)[0].id, event.id);
      await open.post(`/schedule/cancel/${made.token}`, {});
      await later(1);
      await agrees(made, null);
    });

    test('a process that dies in the middle of a write or a reading leaves nothing double', async () => {
      const { host } = stage;
      for (let round = 0; round < 4; round += 1) {
        const free = await starts(open);
        const start = free[free.length - 1];
        const made = await book(open, start);
        double.fault(double.paths.insert, { stall: true });
        double.fault(double.paths.read, { stall: true, times: round % 2 });
        const began = double.count(double.paths.insert);
        void write(open).catch(() => {});
        while (double.count(double.paths.insert) === began) await new Promise((resolve) => setTimeout(resolve, 20));
        await host.kill();
        double.faults = [];
        await host.launch();
        await clock(open, new Date(now).toISOString().replace('.000Z', 'Z'));
        await later(2);
        await agrees(made, start);
        assert.equal((await open.post(`/schedule/cancel/${made.token}`, {})).status, 200);
        await later(2);
        await agrees(made, null);
      }
    });

    test('Retry-After holds a write back for as long as the provider asks', async () => {
      const free = await starts(open);
      double.fault(double.paths.insert, { status: 429, reason: 'rateLimitExceeded', headers: { 'retry-after': '3000' } });
      const made = await book(open, free[free.length - 1]);
      await write(open);
      const asked = double.count(double.paths.insert);
      await later(4); // forty minutes: the usual waits are over
      assert.equal(double.count(double.paths.insert), asked);
      await later(2);
      await agrees(made, free[free.length - 1]);
      await open.post(`/schedule/cancel/${made.token}`, {});
      await later(1);
      await agrees(made, null);
    });

    if (provider === 'google')
      test('a provider that says nothing is given up after a while; nobody who books waits for it, and nothing is double', async () => {
        const free = await starts(open);
        double.fault(double.paths.insert, { stall: true });
        const made = await book(open, free[free.length - 1]);
        const began = Date.now();
        const stalled = write(open);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const other = await book(open, free[free.length - 5], { attendee_email: 'bea@prospect.test' });
        assert.ok(Date.now() - began < 5000, 'a booking waits for no provider');
        await stalled;
        const took = Date.now() - began;
        assert.ok(took > 10_000 && took < 45_000, `${took} ms`);
        await open.post(`/schedule/cancel/${other.token}`, {});
        await later();
        await agrees(made, free[free.length - 1]);
        await open.post(`/schedule/cancel/${made.token}`, {});
        await later(1);
        await agrees(made, null);
      });

    test('several readers and writers at once renew a token once', async () => {
      const [{ id }] = await connections(rep);
      double.expireAccessTokens();
      const before = double.count(double.paths.token);
      await Promise.all([1, 2, 3, 4].map(() => sync(rep, id)));
      assert.equal(double.count(double.paths.token), before + 1);
    });
  });
