// EVIDENCE: B-7.6 B-13.1
// What forms and changed records suggest, answered once, over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { booking, Client, demoAdmin, demoRep, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

let host, server, open, rep, rep2, admin, free;
before(async () => {
  server = await MailServer.start([]);
  host = await Host.start({ args: ['--smtp-url', `${server.url}`], env: { CRM_SMTP_FROM: 'crm@example.test' } });
  open = await Client.anonymous(host);
  rep = await demoRep(host);
  admin = await demoAdmin(host);
  rep2 = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  free = await slots(open);
});
after(async () => {
  await host?.stop();
  await server?.stop();
});

const path = '/api/v1/scheduling/suggestions';
const list = async (client, query = '') => {
  const answer = await client.get(`${path}?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data;
};
const contact = async (email, data = {}) => {
  const made = await rep.post('/api/v1/records', { module: 'contacts', data: { name: 'Grace Hopper', email, ...data } });
  assert.equal(made.status, 201, made.text);
  return made.body.data.id;
};
const book = async (email, more = {}) => {
  const answer = await open.post('/schedule/demo/discovery-call/book', booking(free.shift().start, 0, { attendee_email: email, ...more }));
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body.data.meeting, token: answer.body.data.manage_url.split('/').pop() };
};
const record = async (id) => (await rep.get(`/api/v1/records/${id}`)).body.data;

test('what the form says and the record does not is accepted or dismissed, once', async () => {
  const id = await contact('grace@prospect.test');
  const meeting = await book('GRACE@prospect.test', { attendee_name: 'Amazing Grace', phone: '+1 202 555 0136' });
  const [phone, name] = (await list(rep, `contact_id=${id}&status=open`)).sort((a, b) => b.field.localeCompare(a.field));
  assert.deepEqual({ ...name, id: 0, created_at: 0 }, {
    id: 0, kind: 'contact_field', contact_id: id, meeting_id: meeting.id, field: 'name', current: 'Grace Hopper', proposed: 'Amazing Grace', status: 'open', created_at: 0,
  });
  assert.equal(phone.proposed, '+12025550136');
  assert.equal(phone.current, '');
  assert.equal((await record(id)).data.phone, undefined, 'a public booking changes nothing');

  assert.equal((await rep2.post(`${path}/${phone.id}/accept`)).status, 404, 'not for whom the contact is not');
  assert.deepEqual(await list(rep2, `contact_id=${id}`), []);
  assert.equal((await list(admin, `contact_id=${id}`)).length, 2);

  const accepted = await rep.post(`${path}/${phone.id}/accept`);
  assert.equal(accepted.status, 200, accepted.text);
  assert.equal(accepted.body.data.status, 'accepted');
  assert.equal((await record(id)).data.phone, '+12025550136');
  assert.equal((await record(id)).data.name, 'Grace Hopper', 'one by one');
  assert.equal((await rep.post(`${path}/${phone.id}/accept`)).status, 409);
  assert.equal((await rep.post(`${path}/${phone.id}/dismiss`)).status, 409);
  assert.equal((await rep.post(`${path}/${name.id}/dismiss`)).body.data.status, 'dismissed');
  assert.equal((await record(id)).data.name, 'Grace Hopper');
  assert.deepEqual(await list(rep, `contact_id=${id}&status=open`), []);
  assert.equal((await rep.post(`${path}/999999/accept`)).status, 404);
  for (const wrong of ['status=perhaps', 'contact_id=x', 'meeting_id=0', 'limit=0'])
    assert.equal((await rep.get(`${path}?${wrong}`)).status, 422, wrong);
});

test('a changed address is suggested to the meetings that are ahead, and their mails follow when somebody says so', async () => {
  const id = await contact('former@prospect.test');
  const meeting = await book('former@prospect.test', { attendee_name: 'Grace Hopper' });
  const untouched = await book('stranger@prospect.test');
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'former@prospect.test', title: 'Admiral' } });
  assert.deepEqual(await list(rep, `contact_id=${id}`), [], 'the address is the same');
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'between@prospect.test' } });
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'new@prospect.test' } });
  const found = await list(rep, `meeting_id=${meeting.id}&status=open`);
  assert.deepEqual(found.map((each) => [each.kind, each.field, each.current, each.proposed]), [['attendee_email', 'attendee_email', 'former@prospect.test', 'new@prospect.test']]);
  assert.equal((await list(rep, `meeting_id=${untouched.id}`)).length, 0);

  await server.clear();
  assert.equal((await rep.post(`${path}/${found[0].id}/accept`)).status, 200);
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${meeting.id}`)).body.data.attendee_email, 'new@prospect.test');
  await open.post('/api/v1/dev/jobs/DeliverMailJob/run');
  await open.post(`/schedule/cancel/${meeting.token}`, {});
  await open.post('/api/v1/dev/jobs/DeliverMailJob/run');
  const mails = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${meeting.id}`)).body.data;
  const later = mails.filter((each) => each.role === 'attendee').map((each) => [each.kind, each.recipient]);
  assert.deepEqual(later.slice(0, 2), [['mail_cancelled', 'new@prospect.test'], ['mail_booked', 'new@prospect.test']]);
  assert.ok(!later.some(([kind, to]) => kind === 'mail_cancelled' && to === 'former@prospect.test'));
  assert.equal((await rep.post(`${path}/${found[0].id}/accept`)).status, 409);
});

test('back to the former address, and nothing is suggested any more', async () => {
  const id = await contact('there@prospect.test');
  const meeting = await book('there@prospect.test', { attendee_name: 'Grace Hopper' });
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'elsewhere@prospect.test' } });
  assert.equal((await list(rep, `meeting_id=${meeting.id}&status=open`)).length, 1);
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'elsewhere@prospect.test', emails: ['there@prospect.test'] } });
  assert.equal((await list(rep, `meeting_id=${meeting.id}&status=open`)).length, 0);
});

test('an address that the record never had is left alone', async () => {
  const id = await contact('one@prospect.test', { emails: ['two@prospect.test'] });
  const meeting = await book('two@prospect.test', { attendee_name: 'Grace Hopper' });
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'three@prospect.test', emails: ['two@prospect.test'] } });
  assert.deepEqual(await list(rep, `meeting_id=${meeting.id}`), []);
});

test('suggestions follow a merge and end with their contact; what happens while the module is off is told later', async () => {
  const [leaving, staying] = [await contact('leaving@prospect.test'), await contact('staying@prospect.test')];
  await book('leaving@prospect.test', { attendee_name: 'Leaving Lady' });
  assert.equal((await list(rep, `contact_id=${leaving}&status=open`)).length, 1);
  await rep.post(`/api/v1/records/${leaving}/merge`, { into: staying });
  assert.equal((await list(rep, `contact_id=${staying}&status=open`)).length, 1);
  await rep.delete(`/api/v1/records/${staying}`);
  assert.deepEqual(await list(admin, `contact_id=${staying}`), []);

  const id = await contact('off@prospect.test');
  const meeting = await book('off@prospect.test', { attendee_name: 'Grace Hopper' });
  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/disable')).status, 200);
  await rep.put(`/api/v1/records/${id}`, { data: { name: 'Grace Hopper', email: 'on@prospect.test' } });
  assert.equal((await admin.post('/api/v1/modules/meeting_scheduler/enable')).status, 200);
  let found = [];
  for (let tries = 0; tries < 50 && found.length === 0; ++tries) {
    found = await list(rep, `meeting_id=${meeting.id}&status=open`);
    if (found.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.deepEqual(found.map((each) => each.proposed), ['on@prospect.test']);
});

test('a known contact whom the team gave to somebody else is suggested to its owner', async () => {
  const root = '/api/v1/scheduling';
  const ok = (answer, status = 200) => {
    assert.equal(answer.status, status, answer.text);
    return answer.body.data;
  };
  const [mine, other] = [ok(await rep.get('/api/v1/users/me')).id, ok(await rep2.get('/api/v1/users/me')).id];
  const hours = { timezone: 'America/New_York', rules: [1, 2, 3, 4, 5].map((day_of_week) => ({ day_of_week, start_time: '09:00', end_time: '17:00', is_available: true })) };
  for (const each of [rep, rep2]) ok(await each.put(`${root}/availability`, hours));
  const page = ok(await rep.post(`${root}/pages`, { slug: 'team', name: 'Team', assignment: 'round_robin', members: [{ user_id: mine, priority: 1 }, { user_id: other }] }), 201);
  const type = ok(await rep.post(`${root}/meeting-types`, { scheduling_page_id: page.id, name: 'Call', slug: 'call', duration_minutes: 30, settings: { owner_first: 'strict' } }), 201);
  const team = ok(await open.get('/schedule/team/call/slots?from=2026-02-09&to=2026-02-10&timezone=UTC')).slots.map((slot) => slot.start);
  const bookTeam = async (start, email) => {
    const { meeting, manage_url } = ok(await open.post('/schedule/team/call/book', booking(start, 0, { attendee_name: 'Grace Hopper', attendee_email: email })), 201);
    return { ...meeting, token: manage_url.split('/').pop() };
  };
  const busy = new Set(ok(await rep.get(`${root}/meetings`)).map((each) => each.start_time));
  const start = team.find((each) => !busy.has(each));
  const stranger = await bookTeam(start, 'in-the-way@prospect.test');
  assert.equal(stranger.host_user_id, mine, 'the higher priority');
  const id = await contact('owned@prospect.test');
  const meeting = await bookTeam(start, 'owned@prospect.test');
  assert.equal(meeting.host_user_id, other, 'the owner is taken, and an address that was typed binds nobody');
  assert.equal(meeting.contact_id, null);
  const found = (await list(rep, `contact_id=${id}&status=open`)).filter((each) => each.kind === 'reassign');
  assert.deepEqual(found.map((each) => [each.meeting_id, each.field, each.current, each.proposed]), [[meeting.id, 'host_user_id', String(other), String(mine)]]);
  assert.ok(ok(await admin.get(`${root}/meetings?needs_reassignment=true`)).some((each) => each.id === meeting.id));

  const refused = await rep.post(`${path}/${found[0].id}/accept`);
  assert.equal(refused.status, 409, refused.text);
  assert.equal(refused.body.code, 'slot_taken');
  assert.deepEqual(refused.body.candidates.map((one) => [one.user_id, one.free, one.reason]), [[mine, false, 'busy_meeting']]);
  assert.equal((await list(rep, `contact_id=${id}&status=open`)).length, 1, 'still open');

  ok(await open.post(`/schedule/cancel/${stranger.token}`, {}));
  assert.equal(ok(await rep.post(`${path}/${found[0].id}/accept`)).status, 'accepted');
  const after = ok(await admin.get(`${root}/meetings/${meeting.id}`));
  assert.deepEqual([after.host_user_id, after.assignment.reason], [mine, 'reassigned']);
  assert.ok(!ok(await admin.get(`${root}/meetings?needs_reassignment=true`)).some((each) => each.id === meeting.id));

  // The owner's own, a stranger's, a rep's booking, and types that do not ask for the owner suggest nothing.
  const reassigns = async () => (await list(admin, 'status=open')).filter((each) => each.kind === 'reassign').map((each) => each.meeting_id);
  const own = await bookTeam(team.find((each) => each > start && !busy.has(each)), 'owned@prospect.test');
  assert.equal(own.host_user_id, mine);
  ok(await rep.put(`${root}/meeting-types/${type.id}`, { settings: { owner_first: 'off' } }));
  const day = team.filter((each) => each > own.start_time && !busy.has(each));
  const hosts = [await bookTeam(day[0], 'owned@prospect.test'), await bookTeam(day[1], 'owned@prospect.test')].map((each) => each.host_user_id);
  assert.ok(hosts.includes(other), 'by turn');
  assert.deepEqual(await reassigns(), []);
});

test('the record shows them with buttons', async () => {
  const id = await contact('panel@prospect.test');
  await book('panel@prospect.test', { attendee_name: 'Panel Person' });
  const session = await open.cookieLogin('rep@example.test', 'rep-demo');
  const page = await session.get(`/contacts/${id}`, { headers: { accept: 'text/html' }, validate: false });
  assert.match(page.text, /Panel Person/);
  const [, action] = page.text.match(/action="(\/api\/v1\/scheduling\/suggestions\/\d+\/accept)"/);
  const [, token] = page.text.match(/name="csrf_token" value="([^"]+)"/);
  const done = await session.request('POST', action, { raw: `csrf_token=${encodeURIComponent(token)}`, validate: false,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' } });
  assert.equal(done.status, 303, done.text);
  assert.equal(done.headers.get('location'), `/contacts/${id}`);
  assert.equal((await record(id)).data.name, 'Panel Person');
  assert.doesNotMatch((await session.get(`/contacts/${id}`, { headers: { accept: 'text/html' }, validate: false })).text, /suggestions\/\d+\/accept/);
});
