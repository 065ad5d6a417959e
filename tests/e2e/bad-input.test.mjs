// Bad input, generated: every route of the OpenAPI document × every class of damage that applies to it.
// Each case demands its exact status and code, the field named, and that nothing was written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let host, open, rep, rep2, admin, database, valid;
const writing = ['post', 'put'];

before(async () => {
  host = await Host.start();
  open = await Client.anonymous(host);
  rep = await demoRep(host);
  rep2 = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  admin = await demoAdmin(host);
  database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
  valid = await makeValid();
});
after(async () => {
  await database?.end();
  await host?.stop();
});

/** One of everything, owned by the rep, and a good body for each write. */
async function makeValid() {
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  const type = (await rep.get(`/api/v1/scheduling/meeting-types?scheduling_page_id=${page.id}`)).body.data
    .find((each) => each.slug === 'discovery-call');
  const [slot, later] = await slots(open);
  const start = slot.start;
  const booked = (await open.post('/schedule/demo/discovery-call/book',
    { start, timezone: 'UTC', attendee_name: 'Valid', attendee_email: 'valid@prospect.test' })).body.data;
  const override = (await rep.post('/api/v1/scheduling/overrides', { date: '2026-03-05', is_available: false })).body.data;
  const record = (await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'V', email: 'v@prospect.test' } })).body.data;
  const other = (await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'W', email: 'w@prospect.test' } })).body.data;
  const token = booked.manage_url.split('/').pop();
  return {
    start: later.start, token,
    paths: {
      '/api/v1/scheduling/pages/{id}': page.id, '/api/v1/scheduling/meeting-types/{id}': type.id,
      '/api/v1/scheduling/overrides/{id}': override.id, '/api/v1/scheduling/meetings/{id}': booked.meeting.id,
      '/api/v1/records/{id}': record.id,
    },
    bodies: {
      'post /api/v1/scheduling/pages': { slug: 'valid-slug', name: 'Valid', description: 'd', timezone: 'UTC', branding: {}, is_active: true },
      'put /api/v1/scheduling/pages/{id}': { name: 'Valid' },
      'put /api/v1/scheduling/pages/{id}/membership': { is_active: true },
      'post /api/v1/scheduling/meeting-types': { scheduling_page_id: page.id, name: 'Valid', slug: 'valid-type', duration_minutes: 30, description: 'd', location_type: 'phone', location_details: 'x', color: '#112233', is_active: true, questions: [], settings: {}, display_order: 1 },
      'put /api/v1/scheduling/meeting-types/{id}': { name: 'Valid' },
      'put /api/v1/scheduling/availability': { timezone: 'UTC', week_start: 1, rules: [], daily_limit: 3, weekly_limit: 9, defaults: {} },
      'post /api/v1/scheduling/overrides': { date: '2026-03-06', is_available: true, start_time: '09:00', end_time: '10:00', reason: 'r' },
      'post /api/v1/scheduling/preview': { meeting_type_id: type.id, from: '2026-02-03', to: '2026-02-04', availability: { rules: [] }, overrides: { add: [], remove: [] }, settings: {}, duration_minutes: 45 },
      'post /schedule/{slug}/{meetingType}/book': { start: later.start, timezone: 'UTC', attendee_name: 'V', attendee_email: 'vv@prospect.test', phone: '+12125550123', notes: 'n', answers: {}, guests: [], locale: 'en', utm: {} },
      'post /schedule/cancel/{token}': { reason: 'r' },
      'post /schedule/manage/outcome/{token}': { outcome: 'completed' },
      'post /schedule/reschedule/{token}': { start: later.start, timezone: 'UTC' },
      'post /api/v1/users': { email: 'new@example.test', name: 'New', password: 'a-long-password', role: 'rep', timezone: 'UTC' },
      'post /api/v1/records': { module: 'contacts', data: { name: 'N', email: 'n@prospect.test' } },
      'put /api/v1/records/{id}': { data: { name: 'N' } },
      'post /api/v1/records/{id}/merge': { into: other.id },
      'post /api/v1/auth/login': { email: 'rep@example.test', password: 'rep-demo' },
      'post /api/v1/auth/tokens': { name: 'x', expires_in_days: 30 },
      'post /api/v1/auth/password-reset': { email: 'nobody@example.test' },
      'post /api/v1/auth/password-reset/{token}': { new_password: 'a-long-password' },
      'put /api/v1/users/me/password': { current_password: 'rep-demo', new_password: 'a-long-password' },
      'post /api/v1/scheduling/meetings/{id}/cancel': { reason: 'r' },
      'post /api/v1/scheduling/meetings/{id}/reassign': { host_user_id: 1 },
      'post /api/v1/scheduling/meetings/{id}/outcome': { outcome: 'completed' },
      'post /api/v1/scheduling/meetings/{id}/decline': { reason: 'r' },
      'put /api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}': { subject: 's', body: 'b' },
      'post /api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}/preview': { subject: 's', body: 'b' },
      'post /api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}/test': { subject: 's', body: 'b' },
    },
  };
}

function fill(template) {
  const longest = Object.keys(valid.paths).filter((path) => template.startsWith(path)).sort((a, b) => b.length - a.length)[0];
  return template.replace('{id}', longest ? valid.paths[longest] : '1').replace('{slug}', 'demo').replace('{meetingType}', 'discovery-call')
    .replace('{occasion}', 'booked').replace('{language}', 'en').replace('{token}', valid.token).replace('{provider}', 'google');
}

/** Who calls a route when nothing about the credentials is to be wrong. */
function caller(operation, template) {
  if ((operation.security ?? []).length === 0) return open;
  return /\/(users|modules|jobs|mail)\b/.test(template) ? admin : rep;
}

async function census() {
  const { rows } = await database.query(`SELECT relname, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname), false, true, '')))[1]::text AS n
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('sessions', 'job_runs', 'api_tokens')
    ORDER BY relname`);
  return JSON.stringify(rows);
}

/** Runs the cases of one class over all operations; collects every deviation before failing. */
async function sweep(select, cases) {
  const wrong = [];
  let ran = 0;
  const before = await census();
  for (const [template, item] of Object.entries(open.contract.document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!['get', 'post', 'put', 'delete'].includes(method)) continue;
      if (template.includes('/dev/') || !select({ template, method, operation })) continue;
      for (const each of cases({ template, method, operation, good: structuredClone(valid.bodies[`${method} ${template}`]) })) {
        ran += 1;
        const answer = await (each.client ?? caller(operation, template)).request(method.toUpperCase(), each.path ?? fill(template), { validate: each.validate ?? true, ...each.options });
        const fields = (answer.body?.errors ?? []).map((error) => error.field);
        const fits = each.status.includes(answer.status)
          && (!each.code || !answer.body || [each.code].flat().includes(answer.body?.code))
          && (!each.field || fields.some((field) => field === each.field || field.startsWith(`${each.field}.`) || field.startsWith(`${each.field}[`)));
        if (!fits) wrong.push(`${method.toUpperCase()} ${template} [${each.name}]: wanted ${each.status} ${each.code ?? ''} ${each.field ?? ''}, got ${answer.status} ${answer.text.slice(0, 240)}`);
      }
    }
  }
  assert.deepEqual(wrong, [], `${wrong.length} of ${ran} cases`);
  assert.ok(ran > 0, 'cases were generated');
  assert.equal(await census(), before, 'nothing was written');
  return ran;
}

const body = (value) => ({ body: value });
const raw = (text, type = 'application/json') => ({ raw: text, headers: { 'content-type': type, accept: 'application/json' } });
const withBody = ({ method, template }) => writing.includes(method) && valid.bodies[`${method} ${template}`] !== undefined;

test('unreadable JSON is 400, another media type 415, an array or scalar refused', () => sweep(withBody, () => [
  { name: 'broken', options: raw('{"a":'), status: [400], code: 'invalid_json' },
  { name: 'trailing garbage', options: raw('{} x'), status: [400], code: 'invalid_json' },
  { name: 'deep', options: raw('{"a":'.repeat(500) + '1' + '}'.repeat(500)), status: [400, 422] },
  { name: 'array', options: raw('[]'), status: [400, 422] },
  { name: 'empty', options: raw(''), status: [400, 422] },
  { name: 'bad UTF-8', options: raw(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])), status: [400, 422] },
  { name: 'xml', options: raw('<a/>', 'application/xml'), status: [415], code: 'unsupported_media_type' },
]));

test('an unknown field is 422 and named', () => sweep(withBody, ({ good }) => [
  { name: 'unknown', options: body({ ...good, no_such_field: 1 }), status: [422], field: 'no_such_field' },
]));

test('a wrong type is 422 and named', () => sweep(withBody, ({ good }) => Object.entries(good).map(([field, value]) => ({
  name: `${field} of a wrong type`, status: [422], field,
  options: body({ ...good, [field]: typeof value === 'string' ? 17 : typeof value === 'number' ? 'x' : typeof value === 'boolean' ? 'yes' : 'text' }),
}))));

test('what is too long, or holds control characters, is 422 and named', () => sweep(withBody, ({ good }) => Object.entries(good)
  .filter(([, value]) => typeof value === 'string')
  .flatMap(([field]) => [
    { name: `${field} too long`, status: [422, 401], field: field === 'password' ? undefined : field, options: body({ ...good, [field]: 'x'.repeat(9000) }) },
    { name: `${field} with NUL`, status: [422, 400], options: body({ ...good, [field]: 'a\u0000b' }) },
    { name: `${field} with a line break and bell`, status: [422, 401, 200, 201, 204].slice(0, 2), options: body({ ...good, [field]: 'a\u0007b' }) },
  ])));

test('numbers out of range are 422 and named', () => sweep(withBody, ({ good }) => Object.entries(good)
  .filter(([field, value]) => typeof value === 'number' && !/_id$|^into$/.test(field))
  .flatMap(([field]) => [-1, 2 ** 31, 1e300, 1.5].map((value) => ({ name: `${field}=${value}`, status: [422], field, options: body({ ...good, [field]: value }) })))));

test('a required field that is missing is 422 and named', () => sweep(withBody, ({ template, method, good }) => {
  const required = {
    'post /api/v1/scheduling/pages': ['name'], 'post /api/v1/scheduling/meeting-types': ['scheduling_page_id', 'name', 'duration_minutes'],
    'post /api/v1/scheduling/overrides': ['date', 'is_available'],
    'post /api/v1/scheduling/preview': ['meeting_type_id', 'from'],
    'post /schedule/{slug}/{meetingType}/book': ['start', 'attendee_name', 'attendee_email'],
    'post /schedule/manage/outcome/{token}': ['outcome'], 'post /schedule/reschedule/{token}': ['start'], 'post /api/v1/users': ['email', 'name'], 'put /api/v1/users/me/password': ['current_password', 'new_password'],
    'post /api/v1/auth/password-reset': ['email'], 'post /api/v1/auth/password-reset/{token}': ['new_password'], 'post /api/v1/auth/tokens': ['name'],
    'post /api/v1/records': ['module', 'data'], 'post /api/v1/records/{id}/merge': ['into'],
    'post /api/v1/auth/login': ['email', 'password'], 'post /api/v1/scheduling/meetings/{id}/reassign': ['host_user_id'],
    'post /api/v1/scheduling/meetings/{id}/outcome': ['outcome'],
    'put /api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}': ['subject', 'body'],
  }[`${method} ${template}`] ?? [];
  return required.map((field) => {
    const { [field]: _, ...rest } = good;
    return { name: `without ${field}`, status: [422], field, options: body(rest) };
  });
}));

test('a huge body is 413', () => sweep(withBody, () => [
  { name: 'huge', options: raw(JSON.stringify({ a: 'x'.repeat(2_000_000) })), status: [413], code: 'body_too_large' },
]));

test('no or wrong credentials are 401, a rep on admin routes 403', () => sweep(({ operation }) => (operation.security ?? []).length > 0, ({ template, good }) => {
  const stranger = new Client(host.base, open.contract, { token: 'x'.repeat(43) });
  const cases = [
    { name: 'nobody', client: open, options: good ? body(good) : {}, status: [401], code: 'unauthorized' },
    { name: 'wrong token', client: stranger, options: good ? body(good) : {}, status: [401], code: 'unauthorized' },
  ];
  if (/^\/api\/v1\/(modules|jobs|mail)/.test(template)) cases.push({ name: 'rep', client: rep, options: good ? body(good) : {}, status: [403], code: 'forbidden' });
  return cases;
}));

test('a cookie session without the CSRF token cannot write', async () => {
  const session = await open.cookieLogin('admin@example.test', 'admin-demo');
  await sweep(({ operation, method }) => method !== 'get' && (operation.security ?? []).length > 0, ({ good }) => [
    { name: 'no CSRF token', client: new Client(host.base, open.contract, { cookie: session.cookie, csrf: '' }), options: good ? body(good) : {}, status: [403], code: 'csrf_failed' },
  ]);
});

test('a foreign, unknown, overflowing or senseless id is 404', () => sweep(({ template }) => template.includes('{id}') && !/modules|users|calendar|settings/.test(template), ({ template, good }) => {
  const cases = ['999999', '99999999999999999999', '0', '-1', 'abc', '1%00', '1e3'].map((id) => ({
    name: `id ${id}`, path: template.replace('{id}', id), options: good ? body(good) : {}, status: id.includes('%00') ? [400, 404] : [404] }));
  cases.push({ name: 'foreign', client: rep2, options: good ? body(good) : {}, status: [404], code: 'not_found' });
  return cases;
}));

test('a dead or mangled token is 404 and says nothing', () => sweep(({ template }) => template.includes('{token}'), ({ template, good }) =>
  ['A'.repeat(43), 'short', 'B'.repeat(4000), `${valid.token.slice(0, -1)}%00`].map((token) => ({
    name: `token ${token.slice(0, 8)}`, path: template.replace('{token}', token), options: { headers: { accept: 'application/json' }, ...(good ? body(good) : {}) },
    status: token.includes('%00') ? [400, 404] : [404, 414] }))));

test('another method is 405 with Allow', async () => {
  for (const [template, item] of Object.entries(open.contract.document.paths)) {
    if (template.includes('/dev/') || template.includes('{file}')) continue;
    for (const method of ['get', 'post', 'put', 'delete', 'patch']) {
      if (item[method]) continue;
      const answer = await fetch(host.base + fill(template), { method: method.toUpperCase(), headers: { accept: 'application/json' }, redirect: 'manual' });
      assert.equal(answer.status, 405, `${method} ${template}`);
      const allowed = answer.headers.get('allow').split(/, */).map((each) => each.toLowerCase());
      for (const listed of Object.keys(item).filter((key) => ['get', 'post', 'put', 'delete'].includes(key)))
        assert.ok(allowed.includes(listed), `${method} ${template}: Allow ${allowed} lacks ${listed}`);
    }
  }
});

// EVIDENCE: B-8.2
test('GET changes nothing, whoever asks: mail scanners open every link', async () => {
  const before = await census();
  let asked = 0;
  for (const [template, item] of Object.entries(open.contract.document.paths)) {
    if (!item.get || template.includes('{file}')) continue;
    for (const client of [open, rep, admin]) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await client.get(fill(template), { headers: { accept } });
        assert.ok(answer.status < 500, `${template}: ${answer.status}`);
        asked += 1;
      }
    }
  }
  assert.ok(asked > 50);
  assert.equal(await census(), before);
});

test('slugs: reserved, malformed, taken', async () => {
  const before = await census();
  for (const slug of ['manage', 'cancel', 'reschedule', 'assets', 'embed', 'With-Capitals', 'ümlaut', 'a b', 'a/b', '', '-', 'x'.repeat(101)]) {
    const answer = await rep.post('/api/v1/scheduling/pages', { slug, name: 'X' });
    assert.equal(answer.status, 422, `${slug}: ${answer.text}`);
    assert.equal(answer.body.errors[0].field, 'slug');
  }
  const taken = await rep2.post('/api/v1/scheduling/pages', { slug: 'demo', name: 'X' });
  assert.equal(taken.status, 409, taken.text);
  assert.equal(await census(), before);
});

test('starts and zones a prospect may send', async () => {
  const before = await census();
  const good = valid.bodies['post /schedule/{slug}/{meetingType}/book'];
  const cases = [
    ['start', 'tomorrow', [422]], ['start', '2026-02-30T10:00:00Z', [422]], ['start', '2026-02-03T10:00:00', [422]], ['start', '99999-01-01T00:00:00Z', [422]],
    ['start', '1969-01-01T00:00:00Z', [422]], ['start', '2026-02-03T25:00:00Z', [422]],
    ['timezone', 'Mars/Olympus', [422]], ['timezone', '../../etc/passwd', [422]], ['timezone', '', [422]], ['timezone', 'EST5EDT4,M3', [422]],
    ['attendee_email', 'no-at-sign', [422]], ['attendee_email', 'a@b', [422]], ['attendee_email', 'a@b.test\r\nBcc: x@y.test', [422]], ['attendee_email', '', [422]],
    ['attendee_name', '', [422]], ['attendee_name', '   ', [422]], ['attendee_name', 'a\nb', [422]],
    ['phone', 'not a phone', [422]], ['guests', Array.from({ length: 11 }, (_, n) => `g${n}@x.test`), [422]], ['guests', ['nope'], [422]],
    ['answers', { no_such_question: 1 }, [422]], ['utm', { no_such_key: 'x' }, [422]], ['locale', 'not a locale!', [422]],
  ];
  for (const [field, value, statuses] of cases) {
    const answer = await open.post('/schedule/demo/discovery-call/book', { ...good, [field]: value });
    assert.ok(statuses.includes(answer.status), `${field}=${JSON.stringify(value)}: ${answer.status} ${answer.text}`);
    assert.ok(answer.body.errors.some((error) => error.field.startsWith(field)), `${field}=${JSON.stringify(value)}: ${answer.text}`);
  }
  for (const query of ['', 'date=2026-02-30', 'date=x', 'from=2026-02-01', 'to=2026-02-01', 'from=2026-02-02&to=2026-02-01', 'from=2026-01-01&to=2026-06-01', 'date=2026-02-03&timezone=Nowhere', 'date=2026-02-03&from=2026-02-03&to=2026-02-04', 'date=99999-01-01']) {
    const answer = await open.get(`/schedule/demo/discovery-call/slots?${query}`);
    assert.equal(answer.status, 422, `${query}: ${answer.text}`);
    assert.ok(answer.body.errors.length > 0);
  }
  assert.equal(await census(), before);
});

test('a preview refuses what saving would, names the place, and changes nothing', async () => {
  const before = await census();
  const { availability, overrides, settings, duration_minutes: _, ...dates } = valid.bodies['post /api/v1/scheduling/preview'];
  const rule = { day_of_week: 1, start_time: '09:00', end_time: '17:00' };
  for (const [change, field] of [
    [{}, 'availability'], [{ availability: null }, 'availability'], [{ availability: { rules: [rule, { ...rule, end_time: '08:00' }] } }, 'availability.rules[1].end_time'],
    [{ availability: { timezone: 'Mars/Olympus' } }, 'availability.timezone'], [{ availability: { hours: [] } }, 'availability.hours'],
    [{ overrides: { add: [{ date: '2026-02-30', is_available: false }] } }, 'overrides.add[0].date'], [{ overrides: { add: 'x' } }, 'overrides.add'],
    [{ overrides: { remove: [999999] } }, 'overrides.remove[0]'], [{ overrides: { remove: [-1] } }, 'overrides.remove[0]'], [{ overrides: { keep: [] } }, 'overrides.keep'],
    [{ settings: { buffer_before_minutes: -1 } }, 'settings.buffer_before_minutes'], [{ settings: { no_such_setting: 1 } }, 'settings.no_such_setting'],
    [{ duration_minutes: 721 }, 'duration_minutes'], [{ availability, name: 'x' }, 'name'],
    [{ overrides, from: '2026-02-05' }, 'to'], [{ settings, to: '2026-04-06' }, 'to'], [{ settings, from: '99999-01-01' }, 'from'], [{ settings, meeting_type_id: 0 }, 'meeting_type_id'],
  ]) {
    const answer = await rep.post('/api/v1/scheduling/preview', { ...dates, ...change });
    assert.equal(answer.status, 422, `${JSON.stringify(change)}: ${answer.text}`);
    assert.ok(answer.body.errors.some((error) => error.field === field), `${field}: ${answer.text}`);
  }
  assert.equal((await rep2.post('/api/v1/scheduling/preview', valid.bodies['post /api/v1/scheduling/preview'])).status, 404, 'a foreign type');
  assert.equal((await rep.post('/api/v1/scheduling/preview', valid.bodies['post /api/v1/scheduling/preview'])).status, 200);
  assert.equal(await census(), before);
});

test('explain answers any instant and refuses the rest', async () => {
  const id = valid.paths['/api/v1/scheduling/meeting-types/{id}'];
  for (const start of ['1970-01-01T00:00:00Z', '2199-12-31T23:59:59Z', '2026-02-03T14:07:13Z', '2026-03-08T07:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z']) {
    const answer = await rep.get(`/api/v1/scheduling/explain?meeting_type_id=${id}&start=${start}`);
    assert.equal(answer.status, 200, `${start}: ${answer.text}`);
    assert.ok(answer.body.data.message.endsWith('.'));
  }
  for (const local of ['1970-01-01T00:00', '2199-12-31T24:00', '2026-03-08T02:30', '2026-11-01T01:30']) {
    const answer = await rep.get(`/api/v1/scheduling/explain?meeting_type_id=${id}&local=${local}`);
    assert.equal(answer.status, 200, `${local}: ${answer.text}`);
  }
  for (const [query, field] of [[`meeting_type_id=${id}&local=noon`, 'local'], [`meeting_type_id=${id}&local=2200-01-01T00:00`, 'local'], ['start=2026-02-03T14:00:00Z', 'meeting_type_id'], [`meeting_type_id=${id}`, 'start'], [`meeting_type_id=${id}&start=noon`, 'start'], ['meeting_type_id=-1&start=2026-02-03T14:00:00Z', 'meeting_type_id']]) {
    const answer = await rep.get(`/api/v1/scheduling/explain?${query}`);
    assert.equal(answer.status, 422, `${query}: ${answer.text}`);
    assert.equal(answer.body.errors[0].field, field);
  }
  assert.equal((await rep2.get(`/api/v1/scheduling/explain?meeting_type_id=${id}&start=2026-02-03T14:00:00Z`)).status, 404);
});

test('rules of availability and types that make no sense are refused as a whole', async () => {
  const before = await census();
  const rule = { day_of_week: 1, start_time: '09:00', end_time: '17:00', is_available: true };
  for (const [bad, field] of [
    [{ ...rule, day_of_week: 7 }, 'rules[1].day_of_week'], [{ ...rule, start_time: '17:00', end_time: '09:00' }, 'rules[1]'], [{ ...rule, start_time: '9' }, 'rules[1].start_time'],
    [{ ...rule, end_time: '24:01' }, 'rules[1].end_time'], [{ ...rule, extra: 1 }, 'rules[1].extra'], [{ day_of_week: 1 }, 'rules[1]'],
  ]) {
    const answer = await rep.put('/api/v1/scheduling/availability', { rules: [rule, bad] });
    assert.equal(answer.status, 422, answer.text);
    assert.ok(answer.body.errors.some((error) => error.field.startsWith(field)), `${field}: ${answer.text}`);
  }
  const id = valid.paths['/api/v1/scheduling/meeting-types/{id}'];
  for (const [settings, field] of [
    [{ slot_interval_minutes: 0 }, 'settings.slot_interval_minutes'], [{ align: 'sideways' }, 'settings.align'], [{ daily_limit: 0 }, 'settings.daily_limit'],
    [{ bookable_from: '2026-05-02', bookable_until: '2026-05-01' }, 'settings.bookable_'], [{ available_days: [9] }, 'settings.available_days'],
    [{ available_hours: [{ start_time: '12:00', end_time: '11:00' }] }, 'settings.available_hours'], [{ reminder_offsets_minutes: [-5] }, 'settings.reminder_offsets_minutes'],
    [{ confirmation: { redirect_url: 'javascript:alert(1)' } }, 'settings.confirmation.redirect_url'], [{ owner_first: 'maybe' }, 'settings.owner_first'],
    [{ no_such_setting: 1 }, 'settings.no_such_setting'], [{ minimum_notice_minutes: -1 }, 'settings.minimum_notice_minutes'],
  ]) {
    const answer = await rep.put(`/api/v1/scheduling/meeting-types/${id}`, { settings });
    assert.equal(answer.status, 422, `${JSON.stringify(settings)}: ${answer.text}`);
    assert.ok(answer.body.errors.some((error) => error.field.startsWith(field)), `${field}: ${answer.text}`);
  }
  for (const duration_minutes of [4, 721, 0, -30]) {
    const answer = await rep.put(`/api/v1/scheduling/meeting-types/${id}`, { duration_minutes });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].field, 'duration_minutes');
  }
  assert.equal(await census(), before);
});
