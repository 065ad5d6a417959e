// Numbers and rows that storage rewrites: what is refused, and that one odd row takes nothing else along.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { booking, Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let host;
let rep;
let open;
let database;
before(async () => {
  host = await Host.start();
  [rep, open] = [await demoRep(host), await Client.anonymous(host)];
  database = new pg.Client({ connectionString: host.databaseUrl() });
  await database.connect();
});
after(async () => {
  await database?.end();
  await host?.stop();
});

const contact = (data) => `{"module":"contacts","data":${data}}`;
const raw = (client, method, path, text) => client.request(method, path, { raw: text, headers: { 'content-type': 'application/json' } });

/** As an earlier version stored it. */
async function stored(data) {
  const { rows } = await database.query(
    "INSERT INTO module_records (module, data, owner_user_id, created_at, updated_at) VALUES ('contacts', $1::jsonb, (SELECT id FROM users WHERE email = 'rep@example.test'), now(), now()) RETURNING id",
    [data]);
  return rows[0].id;
}

async function withAddress(id, email) {
  await database.query('INSERT INTO record_emails (email_key, record_id) VALUES ($1, $2)', [email, id]);
}

test('a number that storage would rewrite is refused by name, others come back as people write them', async () => {
  for (const number of ['1e20', '-1e20', '1e400', '9223372036854775808', '1e-30']) {
    const refused = await raw(rep, 'POST', '/api/v1/records', contact(`{"name":"Odd","budget":${number}}`));
    assert.equal(refused.status, 422, `${number}: ${refused.text}`);
    assert.equal(refused.body.errors[0].field, 'data.budget');
  }
  for (const [number, text] of [['100000', '100000'], ['1e5', '100000'], ['100000.0', '100000'], ['0.1', '0.1'], ['1e15', '1000000000000000'], ['-5', '-5'], ['1234567.89', '1234567.89'], ['-0.0', '0']]) {
    const made = await raw(rep, 'POST', '/api/v1/records', contact(`{"name":"Even","budget":${number}}`));
    assert.equal(made.status, 201, made.text);
    assert.match(made.text, new RegExp(`"budget":${text.replace('.', '\\.')}[,}]`), number);
    const id = made.body.data.id;
    assert.match((await rep.get(`/api/v1/records/${id}`)).text, new RegExp(`"budget":${text.replace('.', '\\.')}[,}]`), number);
    const changed = await raw(rep, 'PUT', `/api/v1/records/${id}`, '{"data":{"name":"Changed"}}');
    assert.match(changed.text, new RegExp(`"budget":${text.replace('.', '\\.')}[,}]`), number);
    const page = await rep.get(`/contacts/${id}`, { headers: { accept: 'text/html' }, validate: false });
    assert.ok(page.text.includes(`>${text}<`), `${number} on the page`);
  }
});

test('names are whole and stand once', async () => {
  for (const [data, field] of [['{"a\\u0000b":1}', 'data'], ['{"a":{"b\\u0000c":1}}', 'data.a'], ['{"name":"x\\u0000y"}', 'data.name'], ['{"a":1,"a":2}', 'data.a']]) {
    const refused = await raw(rep, 'POST', '/api/v1/records', contact(data));
    assert.equal(refused.status, 422, `${data}: ${refused.text}`);
    assert.equal(refused.body.errors[0].field, field, data);
  }
});

test('a row stored before the rule is shown, and its address can be booked with', async () => {
  const odd = await stored('{"name":"Large Budget","email":"large@prospect.test","budget":1e20,"tiny":1e-300,"plain":100000.0}');
  await withAddress(odd, 'large@prospect.test');
  const shown = await rep.get(`/api/v1/records/${odd}`);
  assert.equal(shown.status, 200, shown.text);
  assert.equal(shown.body.data.data.budget, 1e20);
  assert.match(shown.text, /"plain":100000[,}]/);
  const found = await rep.get('/api/v1/records?module=contacts&email=large@prospect.test');
  assert.deepEqual(found.body.data.map((record) => record.id), [odd]);
  for (const path of ['/contacts', `/contacts/${odd}`]) {
    const page = await rep.get(path, { headers: { accept: 'text/html' }, validate: false });
    assert.equal(page.status, 200, path);
    assert.ok(page.text.includes('Large Budget'), path);
  }
  const [first] = await slots(open);
  const booked = await open.post('/schedule/demo/discovery-call/book', booking(first.start, 1, { attendee_email: 'large@prospect.test' }));
  assert.equal(booked.status, 201, booked.text);
});

test('a row that nobody can read is marked, and the list is whole', async () => {
  const bad = [await stored('[1,2]'), await stored('"text"'), await stored(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`)];
  const good = await raw(rep, 'POST', '/api/v1/records', contact('{"name":"Readable"}'));
  const list = await rep.get('/api/v1/records?module=contacts&limit=100');
  assert.equal(list.status, 200, list.text);
  for (const id of bad) {
    const row = list.body.data.find((record) => record.id === id);
    assert.deepEqual([row.unreadable, row.data], [true, {}]);
  }
  const readable = list.body.data.find((record) => record.id === good.body.data.id);
  assert.deepEqual([readable.unreadable, readable.data], [undefined, { name: 'Readable' }]);
  const page = await rep.get('/contacts', { headers: { accept: 'text/html' }, validate: false });
  assert.equal(page.status, 200);
  assert.ok(page.text.includes('Readable') && page.text.includes(`Contact ${bad[0]} (cannot be read)`));
  await withAddress(bad[0], 'nobody-reads@prospect.test');
  const [, second] = await slots(open);
  const booked = await open.post('/schedule/demo/discovery-call/book', booking(second.start, 2, { attendee_email: 'nobody-reads@prospect.test' }));
  assert.equal(booked.status, 201, booked.text);
});

test('answers that are numbers stay as they were written, and a grid is no finer than five minutes', async () => {
  const admin = await demoAdmin(host);
  const types = (await admin.get('/api/v1/scheduling/meeting-types')).body.data;
  const type = types.find((each) => each.slug === 'product-demo');
  const path = `/api/v1/scheduling/meeting-types/${type.id}`;
  const asked = await admin.put(path, { questions: [{ id: 'budget', label: 'Budget', type: 'number', required: true }] });
  assert.equal(asked.status, 200, asked.text);
  const listed = await slots(open, { type: 'product-demo' });
  for (const [n, [number, text]] of [[100000, '100000'], ['1234567.89', '1234567.89'], [0.1, '0.1'], [1e15, '1000000000000000'], [-5, '-5']].entries()) {
    const booked = await open.post('/schedule/demo/product-demo/book', booking(listed[n * 4].start, 50 + n, { answers: { budget: number } }));
    assert.equal(booked.status, 201, booked.text);
    const id = booked.body.data.meeting.id;
    assert.match((await rep.get(`/api/v1/scheduling/meetings/${id}`)).text, new RegExp(`"budget":${text.replace('.', '\\.')}[,}]`));
    const manage = await fetch(booked.body.data.manage_url, { headers: { accept: 'text/html' } });
    assert.ok(!/\de[+-]\d/.test((await manage.text()).replace(/<script[\s\S]*?<\/script>|\/schedule\/\S+/g, '')), `${number}: an exponent on the page`);
  }
  for (const [minutes, status] of [[4, 422], [1, 422], [721, 422], [5, 200], [720, 200]])
    assert.equal((await admin.put(path, { settings: { slot_interval_minutes: minutes } })).status, status, `${minutes} minutes`);
  await database.query("UPDATE meeting_types SET settings = jsonb_set(settings, '{slot_interval_minutes}', '1') WHERE id = $1", [type.id]);
  assert.equal((await admin.get(path)).body.data.settings.slot_interval_minutes, 5);
});
