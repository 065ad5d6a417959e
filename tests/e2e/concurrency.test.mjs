// EVIDENCE: B-7.2, B-13.4
// A hundred people book one slot at once, through one host and through two on one database.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { booking, Client, demoRep, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let first, second;
before(async () => {
  first = await Host.start();
  second = await Host.start({ dataDir: first.dataDir, databaseUrl: first.databaseUrl(), demo: true,
    args: ['--secret-file', path.join(first.dataDir, 'secret.key')] });
});
after(async () => {
  await second?.stop();
  await first?.stop();
});

async function race(hosts, start) {
  const clients = await Promise.all(hosts.map((host) => Client.anonymous(host)));
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) =>
    clients[n % clients.length].post('/schedule/demo/discovery-call/book', booking(start, n))));
  const count = (status) => answers.filter((answer) => answer.status === status).length;
  assert.equal(count(201), 1, JSON.stringify(answers.map((a) => a.status)));
  assert.equal(count(409), 99, JSON.stringify(answers.filter((a) => ![201, 409].includes(a.status)).slice(0, 3)));
  for (const { body } of answers.filter((answer) => answer.status === 409)) {
    assert.equal(body.code, 'slot_taken');
    assert.ok(body.alternatives.length > 0);
    assert.ok(!body.alternatives.includes(start));
  }
  const rep = await demoRep(first);
  const meetings = (await rep.get(`/api/v1/scheduling/meetings?from=${start}&limit=100`)).body.data;
  assert.equal(meetings.filter((meeting) => meeting.start_time === start).length, 1);
}

test('a hundred bookings of one slot through one host: one 201, ninety-nine 409', async () => {
  const [slot] = await slots(await Client.anonymous(first));
  await race([first], slot.start);
});

test('the same through two instances on one database', async () => {
  const [slot] = await slots(await Client.anonymous(first));
  await race([first, second], slot.start);
});

test('a change made through one host is seen through the other', async () => {
  const [slot] = await slots(await Client.anonymous(second));
  const booked = await (await Client.anonymous(second)).post('/schedule/demo/discovery-call/book', booking(slot.start, 500));
  assert.equal(booked.status, 201, booked.text);
  const client = await Client.anonymous(first);
  const refused = await client.post('/schedule/demo/discovery-call/book', booking(slot.start, 501));
  assert.equal(refused.status, 409, 'a booking follows at once');
  let listed = true;
  for (let tries = 0; listed && tries < 100; ++tries) {
    listed = (await slots(client)).some((s) => s.start === slot.start);
    if (listed) await sleep(50);
  }
  assert.ok(!listed, 'a list follows soon');
  const token = booked.body.data.manage_url.split('/').pop();
  const cancelled = await (await Client.anonymous(first)).post(`/schedule/cancel/${token}`, {});
  assert.equal(cancelled.status, 200, 'one secret key opens links on both hosts');
});

test('while people book and cancel, no two live meetings of a host ever overlap', async () => {
  const clients = [await Client.anonymous(first), await Client.anonymous(second)];
  const free = (await slots(clients[0])).slice(0, 6);
  let booked = 0;
  await Promise.all(Array.from({ length: 24 }, async (_, worker) => {
    for (let round = 0; round < 8; ++round) {
      const client = clients[(worker + round) % 2];
      const answer = await client.post('/schedule/demo/discovery-call/book', booking(free[(worker + round) % free.length].start, 1000 + worker * 10 + round));
      assert.ok([201, 409].includes(answer.status), answer.text);
      if (answer.status !== 201) continue;
      booked += 1;
      if (round % 2 === 0) {
        const cancelled = await client.post(`/schedule/cancel/${answer.body.data.manage_url.split('/').pop()}`, {});
        assert.equal(cancelled.status, 200, cancelled.text);
      }
    }
  }));
  assert.ok(booked >= 6);
  const rep = await demoRep(first);
  const live = (await rep.get('/api/v1/scheduling/meetings?status=scheduled&limit=100')).body.data
    .sort((a, b) => a.start_time.localeCompare(b.start_time));
  for (let i = 1; i < live.length; ++i) assert.ok(live[i - 1].end_time <= live[i].start_time, `${live[i - 1].id} and ${live[i].id}`);
});
