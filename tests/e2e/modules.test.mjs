// EVIDENCE: B-13.2
// An admin switches the module: its library leaves the process, its data stay, other instances follow.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { booking, Client, demoAdmin, demoRep, json, slots } from './lib/client.mjs';
import { Host, sleep } from './lib/host.mjs';

let first, second, admin;
before(async () => {
  first = await Host.start();
  second = await Host.start({ dataDir: first.dataDir, databaseUrl: first.databaseUrl(), demo: true,
    args: ['--secret-file', path.join(first.dataDir, 'secret.key')] });
  admin = await demoAdmin(first);
});
after(async () => {
  await second?.stop();
  await first?.stop();
});

const mapped = (host) => fs.readFileSync(`/proc/${host.process.pid}/maps`, 'utf8').includes('meeting_scheduler');

async function until(what, condition) {
  for (let i = 0; i < 200; ++i) {
    if (await condition()) return;
    await sleep(50);
  }
  assert.fail(`never happened: ${what}`);
}

test('switched off: 503 with a friendly page, library gone, on every instance; switched on: all is there again', async () => {
  const open = await Client.anonymous(first);
  const [slot] = await slots(open);
  const booked = (await open.post('/schedule/demo/discovery-call/book', booking(slot.start, 1))).body.data;
  assert.ok(mapped(first) && mapped(second));

  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
  assert.ok(!mapped(first), 'the library is gone from the process when the answer arrives');
  const off = await fetch(`${first.base}/schedule/demo`, { headers: { accept: 'text/html' } });
  assert.equal(off.status, 503);
  assert.match(await off.text(), /<h1/);
  assert.equal((await (await fetch(`${first.base}/schedule/demo`, json)).json()).code, 'module_disabled');
  await until('the second host follows', () => !mapped(second));

  // The CRM goes on without the module: deleting the contact keeps the meeting.
  const rep = await demoRep(first);
  const contact = (await rep.get('/api/v1/records?module=contacts&email=ada1@prospect.test')).body.data[0];
  assert.equal((await rep.delete(`/api/v1/records/${contact.id}`)).status, 204);

  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable', {})).status, 200);
  assert.ok(mapped(first));
  await until('the second host follows', () => mapped(second));
  const meeting = (await rep.get(`/api/v1/scheduling/meetings/${booked.meeting.id}`)).body.data;
  assert.equal(meeting.status, 'scheduled');
  assert.equal(meeting.contact_id, null);
  await until('the second host serves', async () => (await fetch(`${second.base}/schedule/demo`, json)).status === 200);
});

test('requests in flight finish while the module is switched off and on', async () => {
  const open = await Client.anonymous(first);
  let stop = false;
  const seen = new Map();
  const callers = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const { status } = await fetch(`${first.base}/schedule/demo/discovery-call/slots?date=2026-02-05`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
  });
  for (let round = 0; round < 5; ++round) {
    assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
    assert.ok(!mapped(first));
    assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable', {})).status, 200);
  }
  stop = true;
  await Promise.all(callers);
  assert.deepEqual([...seen.keys()].filter((status) => status !== 200 && status !== 503), []);
  assert.ok(seen.get(200) > 0);
  assert.equal((await open.get('/schedule/demo', json)).status, 200);
});

test('settings are checked against the manifest and take effect', async () => {
  const good = await admin.put('/api/v1/modules/meeting_scheduler/settings', { manage_link_days: 3 });
  assert.equal(good.status, 200, good.text);
  assert.equal((await admin.get('/api/v1/modules/meeting_scheduler/settings')).body.data.manage_link_days ?? (await admin.get('/api/v1/modules/meeting_scheduler/settings')).body.data.settings?.manage_link_days, 3);
  for (const [body, field] of [[{ manage_link_days: 0 }, 'manage_link_days'], [{ manage_link_days: 'x' }, 'manage_link_days'], [{ nonsense: 1 }, 'nonsense']]) {
    const bad = await admin.put('/api/v1/modules/meeting_scheduler/settings', body);
    assert.equal(bad.status, 422, bad.text);
    assert.equal(bad.body.errors[0].field, field);
  }
});
