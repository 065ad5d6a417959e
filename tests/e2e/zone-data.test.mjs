// EVIDENCE: B-1.4
// A server with zone data of its own: the admin page, the API and the log say what is wrong with it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client, demoAdmin } from './lib/client.mjs';
import { Host, sleep, temporaryFolder } from './lib/host.mjs';

const zones = path.join(temporaryFolder(), 'zones');
const list = path.join(zones, 'tzdata.zi');
const changed = fs.readFileSync('/usr/share/zoneinfo/tzdata.zi', 'utf8').replace(/^# version .*\n/, '')
  .replace(/(\nZ America\/New_York (?:.*\n)*?)(?=[ZLR] )/, (all) => `${all.trimEnd()} 2026 Jan 1\n-5 - EST\n`);
const write = (version) => fs.writeFileSync(list, `# version ${version}\n${changed}`);

let host, admin;
before(async () => {
  fs.mkdirSync(zones, { recursive: true });
  fs.copyFileSync('/usr/share/zoneinfo/zone.tab', path.join(zones, 'zone.tab'));
  write('2020a');
  execFileSync('/usr/sbin/zic', ['-b', 'fat', '-d', zones, list]);
  host = await Host.start({ env: { TZDIR: zones } });
  admin = await demoAdmin(host);
});
after(async () => {
  await host?.stop();
  fs.rmSync(path.dirname(zones), { recursive: true, force: true });
});

const health = async () => {
  const answer = await admin.get('/api/v1/modules/meeting_scheduler');
  assert.equal(answer.status, 200);
  return answer.body.data.health.filter((note) => note.name === 'Time zones');
};
/** The log arrives through a pipe, a moment after the answer. */
async function logged(pattern) {
  for (let i = 0; i < 100 && !pattern.test(host.output); ++i) await sleep(50);
  assert.ok(pattern.test(host.output), `${pattern} never stood in the log`);
}
const warned = (notes, pattern) => notes.some((note) => note.level === 'warn' && pattern.test(note.text));

test('the version in use is named; data older than the system\'s and other than the database\'s is a warning', async () => {
  const notes = await health();
  assert.equal(notes[0].level, 'ok');
  assert.match(notes[0].text, /^Zone data 2020a from .*zones is in use\.$/);
  assert.ok(warned(notes, /older than the system's, which is 20\d\d[a-z]/), JSON.stringify(notes));
  assert.ok(warned(notes, /database's zone rules differ .* for: America\/New_York\./), JSON.stringify(notes));
  await logged(/scheduling\.zones.*Zone data 2020a/);
  await logged(/scheduling\.zones.*older than the system's/);
});

test('the page shows the same', async () => {
  const session = await (await Client.anonymous(host)).cookieLogin('admin@example.test', 'admin-demo');
  const page = await session.get('/admin/modules', { validate: false });
  assert.match(page.text, /<li class="warn" dir="auto"><strong>Warning<\/strong> Time zones: The zone data in use is older/);
});

test('an upgrade under the running process asks for a restart, and is logged by the job', async () => {
  write('2020b');
  assert.ok(warned(await health(), /is 2020b now, and the CRM still uses 2020a\. Restart it\./));
  const ran = await admin.post('/api/v1/dev/jobs/CheckZoneRulesJob/run', {});
  assert.equal(ran.status, 200);
  await logged(/scheduling\.zones.*Restart it/);
});
