// EVIDENCE: B-9.1 B-9.3
// Random weeks: people book, move and cancel here while the host edits their calendar there, in any order. Whenever it
// comes to rest, meetings, busy store and calendar say the same. Counts and seed come from the environment, so that a run
// can be repeated; tests/long.sh asks for more:
//   CALENDAR_STEPS=2000 CALENDAR_SEED=7 node --test calendar-weeks.test.mjs
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chanceOf, WORLDS } from './lib/calendar_worlds.mjs';
import { starts, write } from './lib/calendars.mjs';

const steps = Number(process.env.CALENDAR_STEPS ?? 80);
const seed = Number(process.env.CALENDAR_SEED ?? Date.now() % 100_000);
/** Whatever happened by then has to agree. */
const stretch = 40;

class Week {
  constructor(world, chance) {
    Object.assign(this, { world, chance, made: [], cancelled: new Set(), done: [], names: 0, deleted: 0 });
  }

  async free() { return this.chance.one(await starts(this.world.open)); }
  /** A grid time that may be taken. */
  someTime() {
    const day = this.chance.one(['03', '04', '05', '06', '09', '10', '11', '12', '13']);
    return `2026-02-${day}T${String(14 + this.chance.below(8)).padStart(2, '0')}:${this.chance.one(['00', '30'])}:00Z`;
  }
  async own() { return this.chance.one(await this.world.ours()); }
  async other() { return this.chance.one(await this.world.busy()); }

  async book() {
    const start = await this.free();
    const answer = await this.world.open.post('/schedule/demo/discovery-call/book', {
      start, timezone: 'America/New_York', attendee_name: 'Ada Lovelace', attendee_email: `ada${this.names += 1}@prospect.test`, answers: {},
    });
    assert.ok([201, 409].includes(answer.status), answer.text);
    if (answer.status === 201) this.made.push(answer.body.data.manage_url.split('/').pop());
  }
  async reschedule() {
    const token = this.chance.one(this.made);
    const start = await this.free();
    if (!token || !start) return;
    const answer = await this.world.open.post(`/schedule/reschedule/${token}`, { start, timezone: 'America/New_York' });
    assert.ok([200, 409, 422].includes(answer.status), answer.text);
  }
  async cancel() {
    const token = this.chance.one(this.made);
    if (!token) return;
    const answer = await this.world.open.post(`/schedule/cancel/${token}`, {});
    assert.ok([200, 409].includes(answer.status), answer.text);
    if (answer.status === 200) this.cancelled.add(token);
  }
  async put() { await this.world.put(`busy${this.names += 1}`, this.someTime(), this.chance.one([15, 30, 60, 90])); }
  async putAgain() {
    const event = await this.other();
    if (event) await this.world.drag({ ...event, calendar: this.world.home }, this.someTime());
  }
  async take() {
    const event = await this.other();
    if (event) await this.world.remove(event);
  }
  async drag() {
    const event = await this.own();
    if (event) await this.world.drag(event, this.someTime());
  }
  async rename() {
    const event = await this.own();
    if (event) await this.world.rename(event, `renamed ${this.names += 1}`);
  }
  /** Many at once would be a person's to decide; that is another test's. */
  async remove() {
    const event = this.deleted < 2 ? await this.own() : undefined;
    if (!event) return;
    this.deleted += 1;
    await this.world.remove(event);
  }
  async move() {
    const event = await this.own();
    if (event?.calendar === this.world.home) await this.world.move(event);
  }
  async forget() { await this.world.forget(); }
  async lose() { this.world.loseAnswer?.(this.chance.one(['insert', 'update', 'remove'])); }
  async sync() {
    await this.world.read();
    this.deleted = 0;
  }
  async write() { await write(this.world.open); }
  async both() {
    await Promise.all([this.world.read(), write(this.world.open)]);
    this.deleted = 0;
  }

  async step() {
    const acts = ['book', 'book', 'book', 'reschedule', 'reschedule', 'cancel', 'put', 'put', 'putAgain', 'take', 'drag', 'drag', 'rename', 'remove', 'move', 'lose', 'forget', 'sync', 'sync', 'write', 'both'];
    const act = this.chance.one(acts);
    this.done.push(act);
    await this[act]();
  }

  async end() {
    await this.world.settle();
    if (this.world.double) this.world.double.faults = [];
    this.deleted = 0;
    const told = `seed ${seed}: ${this.done.slice(-stretch).join(' ')}`;
    await this.world.agrees(told);
    for (const token of this.cancelled) {
      const shown = (await this.world.open.get(`/schedule/manage/${token}`, { headers: { accept: 'application/json' } })).body.data.meeting;
      assert.equal(shown.status, 'cancelled', `what was cancelled stays so, ${told}`);
    }
    const free = new Set(await starts(this.world.open));
    for (const { start } of [...(await this.world.ours()), ...(await this.world.busy())])
      assert.ok(!free.has(start), `${start} is taken and offered, ${told}`);
  }
}

describe(`random weeks, seed ${seed}`, () => {
  for (const [index, [name, start]] of Object.entries(WORLDS).entries())
    test(`${name}: ${steps} steps`, { timeout: 3_600_000 }, async (t) => {
      const world = await start();
      t.after(() => world.stop());
      const week = new Week(world, chanceOf(seed + index));
      for (let n = 1; n <= steps; n += 1) {
        try {
          await week.step();
          if (n % stretch === 0 || n === steps) await week.end();
        } catch (error) {
          error.message += `\nseed ${seed}, step ${n}: ${week.done.slice(-stretch).join(' ')}`;
          throw error;
        }
      }
    });
});
