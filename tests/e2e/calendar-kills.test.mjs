// EVIDENCE: B-7.1 B-9.1 B-9.3
// The process is killed with SIGKILL in the middle of readings and writes. At the end there is one live event for each
// live meeting, none for the rest, and the busy store says what the calendar says. Counts and seed come from the
// environment, so that a run can be repeated; tests/long.sh asks for more:
//   CALENDAR_KILLS=200 CALENDAR_SEED=7 node --test calendar-kills.test.mjs
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chanceOf, WORLDS } from './lib/calendar_worlds.mjs';
import { clock, starts } from './lib/calendars.mjs';
import { sleep } from './lib/host.mjs';

const kills = Number(process.env.CALENDAR_KILLS ?? 20);
const seed = Number(process.env.CALENDAR_SEED ?? Date.now() % 100_000);

/** Asked and not waited for: whoever answers may be dead by then. */
const begin = (world, address) => void fetch(`${world.host.base}${address}`, { method: 'POST', headers: { authorization: `Bearer ${world.rep.token}`, 'content-type': 'application/json' }, body: '{}' }).catch(() => {});

async function round(world, chance, live, n) {
  const post = async (address, body) => (await world.open.post(address, body));
  for (let i = 0; i < 3; i += 1) {
    const start = chance.one(await starts(world.open));
    const answer = await post('/schedule/demo/discovery-call/book', { start, timezone: 'America/New_York', attendee_name: 'Ada Lovelace', attendee_email: `ada${n}.${i}@prospect.test`, answers: {} });
    assert.equal(answer.status, 201, answer.text);
    live.push(answer.body.data.manage_url.split('/').pop());
  }
  await world.put(`busy${n}`, `2026-02-${String(3 + (n % 4)).padStart(2, '0')}T1${chance.below(4) + 4}:00:00Z`, 15);
  const [gone] = live.splice(chance.below(live.length), 1);
  assert.equal((await post(`/schedule/cancel/${gone}`, {})).status, 200);
  const moved = await post(`/schedule/reschedule/${chance.one(live)}`, { start: chance.one(await starts(world.open)), timezone: 'America/New_York' });
  assert.ok([200, 409].includes(moved.status), moved.text);
  // Readings and writes are at it, the kill lands somewhere in between; sometimes a little before they begin.
  begin(world, '/api/v1/dev/jobs/WriteCalendarEventsJob/run');
  begin(world, `/api/v1/calendar/connections/${world.connection.id}/sync`);
  await sleep(chance.below(world.double ? 250 : 120));
  await world.host.kill();
  await world.host.launch();
  await clock(world.open, new Date(world.now).toISOString().replace('.000Z', 'Z'));
  if (live.length > 12) await Promise.all(live.splice(0, 8).map((token) => post(`/schedule/cancel/${token}`, {})));
}

describe(`killed while calendars are read and written, seed ${seed}`, () => {
  for (const name of ['google', 'radicale'])
    test(`${name}: ${kills} times`, { timeout: 3_600_000 }, async (t) => {
      const world = await WORLDS[name]();
      t.after(() => world.stop());
      if (world.double) world.double.slow = 25;
      const chance = chanceOf(seed);
      const live = [];
      let half = 0;
      for (let n = 0; n < kills; n += 1) {
        await round(world, chance, live, n);
        const [{ begun }] = await world.query("SELECT count(*)::int AS begun FROM outbox WHERE kind = 'calendar_write' AND status = 'waiting'");
        if (begun > 0) half += 1;
        if (n % 10 === 9) {
          await world.settle();
          await world.agrees(`after ${n + 1} kills, seed ${seed}`);
        }
      }
      await world.settle();
      await world.agrees(`seed ${seed}`);
      assert.ok(half > kills / 4, `only ${half} of ${kills} kills left work behind: they came too late`);
      const shown = await world.query("SELECT count(*)::int AS n FROM scheduled_meetings WHERE status = 'scheduled'");
      assert.equal(shown[0].n, live.length, 'no meeting ended that nobody cancelled');
    });
});
