// EVIDENCE: B-9.1
// Our own events are known by their mark: when an answer was lost and nobody learnt the id, and when the host moves an
// event to another calendar of the same account. One live event for each live meeting, none for those that ended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WORLDS } from './lib/calendar_worlds.mjs';
import { book, starts, write } from './lib/calendars.mjs';

for (const [name, start] of Object.entries(WORLDS)) {
  describe(name, () => {
    let world, open;
    before(async () => {
      world = await start();
      ({ open } = world);
    });
    after(async () => world?.stop());
    const shown = async (made) => (await open.get(`/schedule/manage/${made.token}`, { headers: { accept: 'application/json' } })).body.data.meeting;
    const cancel = async (made) => {
      assert.equal((await open.post(`/schedule/cancel/${made.token}`, {})).status, 200);
      await write(open);
    };
    const known = () => world.query('SELECT event_id, provider_calendar_id FROM meeting_calendar_events WHERE is_live');
    const blocking = () => world.query('SELECT external_event_id FROM external_busy');

    if (name === 'google' || name === 'outlook') {
      test('an event whose id nobody learnt blocks nothing, and is adopted', async () => {
        const [first] = await starts(open);
        world.loseAnswer('insert');
        const made = await book(open, first);
        await write(open);
        assert.deepEqual(await known(), [], 'not learnt');
        const [event] = await world.ours();
        await world.read();
        assert.deepEqual(await blocking(), [], 'no busy time against its own meeting');
        await world.later(10);
        await write(open);
        assert.deepEqual((await world.ours()).map((each) => each.id), [event.id]);
        assert.equal((await known())[0].event_id, event.id);
        await cancel(made);
        assert.deepEqual(await world.ours(), []);
      });

      test('an event whose id nobody learnt goes with its meeting', async () => {
        const [first] = await starts(open);
        world.loseAnswer('insert');
        const made = await book(open, first);
        await write(open);
        assert.equal((await world.ours()).length, 1);
        await cancel(made);
        await world.later(10);
        await write(open);
        assert.deepEqual(await world.ours(), []);
      });
    }

    test('an event that the host puts into another calendar stays the meeting\'s', async () => {
      const free = await starts(open);
      const made = await book(open, free[0]);
      await write(open);
      await world.read();
      await world.move((await world.ours())[0]);
      await world.read();
      await world.read();
      assert.equal((await shown(made)).status, 'scheduled');
      assert.equal((await known())[0].provider_calendar_id, world.other);
      assert.equal((await world.ours(world.other)).length, 1, 'nobody puts it back');
      await world.drag((await world.ours(world.other))[0], free[10]);
      await world.read();
      assert.equal((await shown(made)).start_time, free[10], 'what is done to it there is followed, though that calendar blocks nothing');
      const { calendars } = (await world.rep.get('/api/v1/calendar/connections')).body.data[0];
      const chosen = calendars.map(({ id, checks_conflicts, writes_meetings }) => ({ id, checks_conflicts: checks_conflicts || id === world.other, writes_meetings }));
      assert.equal((await world.rep.put(`/api/v1/calendar/connections/${world.connection.id}`, { calendars: chosen })).status, 200);
      await world.read();
      assert.deepEqual(await blocking(), [], 'ours there as well');
      await world.drag((await world.ours(world.other))[0], free[6]);
      await world.read();
      assert.equal((await shown(made)).start_time, free[6], 'and is followed there still');
      assert.equal((await open.post(`/schedule/reschedule/${made.token}`, { start: free[8], timezone: 'America/New_York' })).status, 200);
      await write(open);
      assert.deepEqual((await world.ours()).map((each) => [each.calendar, each.start]), [[world.other, free[8]]], 'where the host wants it');
      await cancel(made);
      assert.deepEqual(await world.ours(), []);
    });

    test('a second calendar that is empty is none that was emptied', async () => {
      const free = await starts(open);
      for (let n = 0; n < 5; n += 1) await world.put(`full${n}`, free[n * 2], 30);
      const use = async (isUsed) => {
        const { calendars } = (await world.rep.get('/api/v1/calendar/connections')).body.data[0];
        const chosen = calendars.map(({ id, checks_conflicts, writes_meetings }) => ({ id, checks_conflicts: id === world.other ? isUsed : checks_conflicts, writes_meetings }));
        assert.equal((await world.rep.put(`/api/v1/calendar/connections/${world.connection.id}`, { calendars: chosen })).status, 200);
      };
      await use(false);
      await world.read();
      await use(true);
      assert.equal((await world.read()).last_error, null);
      assert.equal((await blocking()).length, 5);
      for (const event of await world.busy()) await world.remove(event);
      for (const event of await world.busy()) assert.fail(event.id);
      await world.put('last', free[20], 30);
      await world.read();
      assert.equal((await blocking()).length, 1);
      for (const event of await world.busy()) await world.remove(event);
      await world.read();
      assert.deepEqual(await starts(open), free);
    });

    test('a meeting that ends or moves before anybody read where its event went has one or none', async () => {
      const free = await starts(open);
      const gone = await book(open, free[0]);
      await write(open);
      await world.move((await world.ours())[0]);
      await cancel(gone);
      assert.deepEqual(await world.ours(), [], 'it is deleted where it is now');
      const moved = await book(open, free[2]);
      await write(open);
      await world.move((await world.ours())[0]);
      assert.equal((await open.post(`/schedule/reschedule/${moved.token}`, { start: free[4], timezone: 'America/New_York' })).status, 200);
      await write(open);
      assert.equal((await world.ours()).length, 1);
      await world.read();
      assert.equal((await shown(moved)).start_time, free[4]);
      assert.deepEqual((await world.ours()).map((each) => each.start), [free[4]]);
      await cancel(moved);
      assert.deepEqual(await world.ours(), []);
    });
  });
}
