// The served OpenAPI document: a linter finds nothing, its examples fit its schemas, its table of roles is true.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { Host, temporaryFolder } from './lib/host.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const methods = ['get', 'post', 'put', 'delete'];
let host, open, document;

before(async () => {
  host = await Host.start();
  open = await Client.anonymous(host);
  document = open.contract.document;
});
after(() => host?.stop());

function* operations() {
  for (const [template, item] of Object.entries(document.paths))
    for (const method of methods) if (item[method]) yield { template, method, operation: item[method], name: `${method} ${template}` };
}

test('the recommended rules of Redocly find nothing', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'openapi.json');
  fs.writeFileSync(file, JSON.stringify(document));
  const { stdout } = await promisify(execFile)(path.join(here, 'node_modules/.bin/redocly'),
    ['lint', file, '--extends=recommended', '--format=json', '--max-problems=1000'],
    { maxBuffer: 1 << 26, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } });
  const { problems } = JSON.parse(stdout);
  fs.rmSync(folder, { recursive: true });
  const known = [
    // An address that mails hold already. The route table prefers literal parts, from the left, so it leads to one route.
    'no-ambiguous-paths #/paths/~1schedule~1manage~1{token}~1invite.ics',
    // A provider sends the browser here, and it always goes on to the settings.
    'operation-2xx-response #/paths/~1api~1v1~1calendar~1callback~1{provider}/get/responses',
  ];
  const isKnown = (problem) => known.includes(`${problem.ruleId} ${problem.location[0].pointer}`);
  assert.deepEqual(problems.filter((problem) => !isKnown(problem)).map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0].pointer })), []);
  assert.equal(problems.length, known.length, 'an exception that is no longer needed must go');
});

test('every example fits its schema', () => {
  const { ajv } = open.contract;
  const wrong = [];
  let checked = 0;
  const visit = (node, at) => {
    if (node === null || typeof node !== 'object') return;
    if (node.schema && !Array.isArray(node) && (node.example !== undefined || node.examples)) {
      const validate = ajv.compile({ $ref: `contract#${encodeURI(`${at}/schema`)}` });
      for (const value of node.example !== undefined ? [node.example] : Object.values(node.examples).map((each) => each.value)) {
        checked += 1;
        if (!validate(value)) wrong.push(`${at}: ${ajv.errorsText(validate.errors)}`);
      }
    }
    for (const [key, value] of Object.entries(node))
      if (!['example', 'examples', 'properties'].includes(key)) visit(value, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  };
  visit(document.paths, '/paths');
  visit(document.components.responses, '/components/responses');
  visit(document.components.parameters, '/components/parameters');
  assert.deepEqual(wrong, []);
  assert.ok(checked > 130, `${checked} examples`);
});

test('version, contact and licence are those of the product', () => {
  const top = path.resolve(here, '../..');
  const { version } = JSON.parse(fs.readFileSync(path.join(top, 'manifest.json'), 'utf8'));
  assert.equal(document.info.version, version);
  assert.equal(document.info.license.identifier, 'Apache-2.0');
  assert.ok(document.info.contact.name);
  assert.deepEqual(document.servers, [{ url: host.base }]);
});

test('development routes are described only while they are there', async () => {
  const ordinary = await Host.start({ development: false, now: null });
  try {
    const { paths, tags } = await (await fetch(`${ordinary.base}/api/v1/openapi.json`)).json();
    assert.deepEqual(Object.keys(paths).filter((each) => each.includes('/dev/')), []);
    assert.ok(!tags.some((tag) => tag.name === 'Development'));
    assert.equal((await fetch(`${ordinary.base}/api/v1/dev/clock`, { method: 'POST', body: '{}' })).status, 404);
    const lost = Object.keys(document.paths).filter((each) => !each.includes('/dev/') && !paths[each]);
    assert.deepEqual(lost, []);
  } finally {
    await ordinary.stop();
  }
  assert.deepEqual(Object.keys(document.paths).filter((each) => each.includes('/dev/')),
    ['/api/v1/dev/clock', '/api/v1/dev/jobs/{name}/run']);
});

test('a module that is switched off is not described', async () => {
  const admin = await demoAdmin(host);
  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable', {})).status, 200);
  const without = await (await fetch(`${host.base}/api/v1/openapi.json`)).json();
  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable', {})).status, 200);
  assert.deepEqual(Object.keys(without.paths).filter((each) => each.includes('schedul')), []);
  assert.ok(!without.info.description.includes('# Meeting Scheduler'));
  assert.ok(document.info.description.includes('# Meeting Scheduler'));
});

test('the table in the description says what x-roles says', () => {
  const words = { allowed: 'yes', own_only: 'own only', left_out: 'left out', none: '–' };
  for (const { template, method, operation } of operations()) {
    const roles = operation['x-roles'];
    const cells = ['anonymous', 'rep_own', 'rep_other', 'admin'].map((who) => words[roles[who]] ?? String(roles[who]));
    assert.ok(document.info.description.includes(`| \`${method.toUpperCase()} ${template}\` | ${cells.join(' | ')} |`), `${method} ${template}`);
  }
});

/** One of everything, owned by the rep, for the {id} of each address. */
async function ownedBy(rep, visitor = open, on = host) {
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  // Renamed and renamed back: the name in between is a former one.
  for (const slug of ['role-former', page.slug]) assert.equal((await rep.put(`/api/v1/scheduling/pages/${page.id}`, { slug })).status, 200);
  const type = (await rep.get('/api/v1/scheduling/meeting-types')).body.data.find((each) => each.slug === 'discovery-call');
  const [slot] = await slots(visitor);
  const known = (await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Another Name', email: 'role@prospect.test' } })).body.data;
  const booked = (await visitor.post('/schedule/demo/discovery-call/book',
    { start: slot.start, timezone: 'UTC', attendee_name: 'Role', attendee_email: 'role@prospect.test' })).body.data;
  const { meeting } = booked;
  const override = (await rep.post('/api/v1/scheduling/overrides', { date: '2026-03-05', is_available: false })).body.data;
  const record = (await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'V' } })).body.data;
  const token = (await rep.post('/api/v1/auth/tokens', { name: 'owned' })).body.data;
  const another = (await rep.post('/api/v1/auth/tokens', { name: 'owned too' })).body.data;
  const me = (await rep.get('/api/v1/users/me')).body.data;
  const mail = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${meeting.id}`)).body.data[0];
  const [suggestion] = (await rep.get(`/api/v1/scheduling/suggestions?contact_id=${known.id}`)).body.data;
  // Connected at a provider; its tokens are none, and nobody here can ask it.
  const database = new pg.Client({ connectionString: on.databaseUrl() });
  await database.connect();
  const { rows: [connection] } = await database.query(
    "INSERT INTO calendar_connections (user_id, provider, access_token, account) VALUES ($1, 'google', '', 'rep@calendar.test') RETURNING id", [me.id]);
  await database.end();
  return {
    page, type, record, manage: booked.manage_url.split('/').at(-1),
    ids: {
      '/api/v1/scheduling/pages/': page.id, '/api/v1/scheduling/meeting-types/': type.id, '/api/v1/scheduling/meetings/': meeting.id,
      '/api/v1/scheduling/overrides/': override.id, '/api/v1/scheduling/mails/': mail.id, '/api/v1/records/': record.id,
      '/contacts/': record.id, '/api/v1/auth/tokens/': token.id, '/profile/tokens/': another.id,
      '/api/v1/users/': me.id, '/admin/users/': me.id, '/api/v1/modules/': 'meeting_scheduler', '/admin/modules/': 'meeting_scheduler',
      '/settings/scheduling/': page.id, '/api/v1/calendar/connections/': connection.id, '/api/v1/scheduling/suggestions/': suggestion.id,
    },
  };
}

/** The request of the documented example, for the thing that the rep owns. */
function exampleCall({ template, method, operation, name }, owned) {
  const id = Object.entries(owned.ids).find(([prefix]) => template.startsWith(prefix))?.[1];
  assert.ok(id !== undefined || !template.includes('{id}'), `${name}: nothing real stands behind {id}`);
  let target = template.replace('{id}', id).replace('slugs/{slug}', 'slugs/role-former').replace('{occasion}', 'booked').replace('{language}', 'en').replace('{provider}', 'google');
  target = target.replace('scheduling/{section}', 'scheduling/pages');
  if (name === 'get /api/v1/scheduling/brand-colors') target += '?color=%231f6feb';
  if (name === 'get /api/v1/scheduling/explain') target += `?meeting_type_id=${owned.type.id}&start=2026-02-03T14:00:00Z`;
  if (name === 'get /api/v1/scheduling/slots') target += `?meeting_type_id=${owned.type.id}&date=2026-02-03`;
  if (name === 'get /api/v1/scheduling/metrics') target += `?host_user_id=${owned.ids['/api/v1/users/']}`;
  const media = operation.requestBody?.content ?? {};
  const headers = { accept: 'application/json' };
  if (media['application/json']) {
    const body = structuredClone(media['application/json'].example);
    if (body.meeting_type_id) body.meeting_type_id = owned.type.id;
    if (body.scheduling_page_id) body.scheduling_page_id = owned.page.id;
    if (body.contact_id) body.contact_id = owned.record.id;
    return { target, options: { headers, body } };
  }
  if (media['application/x-www-form-urlencoded']) {
    const raw = new URLSearchParams(media['application/x-www-form-urlencoded'].example).toString();
    return { target, options: { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, raw } };
  }
  return { target, options: { headers } };
}

const order = { get: 0, post: 1, put: 2, delete: 3 };
/** What gives a thing to somebody else, or takes it away, comes after what only changes it. */
const rank = ({ template, method }) => order[method] + (/\/(reassign|merge|delete)$/.test(template) ? 2.5 : 0);
/** Reading first, deleting last, so that what somebody does to one thing leaves it there for the next request. */
const inOrder = (list) => list.sort((a, b) => rank(a) - rank(b) || b.template.length - a.template.length);
const isClosed = ({ operation }) => operation.security.length > 0 && !/logout/.test(operation.operationId.toLowerCase());
/** Whoever deactivates users, switches modules off or resets passwords changes who may ask. */
const isQuiet = ({ template, method }) => method === 'get' || !/\/(users|modules|mail)\b/.test(template);
/** One html page for every address below it; what the address names is asked for by its script. */
const isShell = ({ template }) => template.startsWith('/settings/scheduling');
/** Their example names what is not there, or no longer: a 404 of the thing named, not of the thing asked for. */
const mayMiss = /retry|merge|delete \/contacts/;

async function statusFor(client, each, owned) {
  const { target, options } = exampleCall(each, owned);
  return (await client.request(each.method.toUpperCase(), target, options)).status;
}

test('x-roles is true for nobody, another rep and an admin, whatever real things they name', async () => {
  const rep = await open.cookieLogin('rep@example.test', 'rep-demo');
  const rep2 = await open.cookieLogin('rep2@example.test', 'rep2-demo');
  const admin = await open.cookieLogin('admin@example.test', 'admin-demo');
  const owned = await ownedBy(rep);
  const wrong = [];
  const closed = [...operations()].filter(isClosed);
  for (const each of closed) {
    const roles = each.operation['x-roles'];
    const nobody = await statusFor(open, each, owned);
    if (nobody !== roles.anonymous) wrong.push(`${each.name}: nobody ${nobody}`);
    if (typeof roles.rep_other === 'number' && roles.rep_other !== 422) {
      const other = await statusFor(rep2, each, owned);
      if (other !== roles.rep_other) wrong.push(`${each.name}: another rep ${other}`);
    }
    if (typeof roles.rep_own === 'number') {
      const own = await statusFor(rep, each, owned);
      if (own !== roles.rep_own) wrong.push(`${each.name}: the rep ${own}`);
    }
  }
  for (const each of inOrder(closed.filter(isQuiet))) {
    const namesForeign = each.template.includes('{id}') && each.operation['x-roles'].admin === 'own_only' && !isShell(each);
    const status = await statusFor(admin, each, owned);
    if (namesForeign ? status !== 404 : [401, 403, 404].includes(status) && !mayMiss.test(each.name)) wrong.push(`${each.name}: admin ${status}`);
  }
  assert.deepEqual(wrong, []);
});

test('x-roles is true for the rep who owns it; what nobody ever made is a 404', async () => {
  const own = await Host.start();
  try {
    const nobody = await Client.anonymous(own);
    const rep = await nobody.cookieLogin('rep@example.test', 'rep-demo');
    const owned = await ownedBy(rep, nobody, own);
    const wrong = [];
    const allowed = [...operations()].filter((each) => isClosed(each) && each.operation['x-roles'].rep_own === 'allowed');
    const unmade = { ...owned, ids: Object.fromEntries(Object.keys(owned.ids).map((prefix) => [prefix, /modules/.test(prefix) ? 'none' : 2147483647])) };
    for (const each of allowed.filter((one) => one.template.includes('{id}') && !/\{language\}/.test(one.template) && !isShell(one))) {
      const status = await statusFor(rep, each, unmade);
      if (status !== 404) wrong.push(`${each.name}: unmade ${status}`);
    }
    for (const each of inOrder(allowed.filter(isQuiet))) {
      const status = await statusFor(rep, each, owned);
      if ([401, 403, 404].includes(status) && !mayMiss.test(each.name)) wrong.push(`${each.name}: the rep ${status}`);
    }
    assert.deepEqual(wrong, []);
  } finally {
    await own.stop();
  }
});

test('a query parameter that nobody knows never changes an answer', async () => {
  const own = await Host.start();
  try {
    const nobody = await Client.anonymous(own);
    const rep = await nobody.cookieLogin('rep@example.test', 'rep-demo');
    const admin = await nobody.cookieLogin('admin@example.test', 'admin-demo');
    const owned = await ownedBy(rep, nobody, own);
    owned.fill = { '{slug}': 'demo', '{meetingType}': 'discovery-call', '{token}': owned.manage, '{file}': 'none' };
    const different = [];
    // What counts time by the machine's own clock differs from one request to the next.
    const steady = [...operations()].filter(({ template }) => !/jobs|\/dev\/|healthz|readyz|mail-health/.test(template));
    for (const each of inOrder(steady.filter(({ method }) => method === 'get')))
      for (const [who, client] of [['nobody', nobody], ['the rep', rep], ['an admin', admin]]) {
        const { target, options } = exampleCall(each, owned);
        const address = Object.entries(owned.fill).reduce((all, [name, value]) => all.replace(name, value), target);
        const ask = async (suffix) => client.request('GET', address + suffix, { ...options, validate: false });
        const one = await ask('');
        const two = await ask(`${address.includes('?') ? '&' : '?'}zzz=1`);
        const masked = (answer) => answer.text.replaceAll(/[?&;](amp;)?zzz=1|%3Fzzz%3D1/g, '');
        if (one.status !== two.status || masked(one) !== masked(two)) different.push(`${each.name} for ${who}: ${one.status} ${two.status}`);
      }
    const writes = [['PUT', '/api/v1/users/me', { name: 'Robin Rep' }], ['PUT', '/api/v1/scheduling/availability', {}], ['POST', '/api/v1/scheduling/pages', { slug: 'demo' }],
      ['POST', '/api/v1/auth/tokens', {}], ['PUT', `/api/v1/records/${owned.record.id}`, {}], ['POST', '/schedule/demo/discovery-call/book', {}]];
    for (const [method, address, body] of writes) {
      const one = await rep.request(method, address, { body, validate: false });
      const two = await rep.request(method, `${address}?zzz=1`, { body, validate: false });
      if (one.status !== two.status || one.text !== two.text) different.push(`${method} ${address}: ${one.status} ${two.status}`);
    }
    assert.deepEqual(different, []);
  } finally {
    await own.stop();
  }
});

test('a list leaves out what belongs to another rep', async () => {
  const rep2 = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  const me = (await rep2.get('/api/v1/users/me')).body.data.id;
  const owner = { listPages: 'user_id', listMeetings: 'host_user_id', listRecords: 'owner_user_id' };
  const lists = [...operations()].filter(({ operation }) => operation['x-roles'].rep_other === 'left_out' && owner[operation.operationId]);
  assert.equal(lists.length, Object.keys(owner).length);
  for (const { template, operation } of lists)
    for (const item of (await rep2.get(template)).body.data)
      assert.ok([me, null].includes(item[owner[operation.operationId]]), `${operation.operationId}: ${JSON.stringify(item)}`);
});
