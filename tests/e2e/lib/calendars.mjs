// Hosts with calendars: a crm-host that knows a provider's double, and people who connect their accounts.
import assert from 'node:assert/strict';
import { GoogleDouble } from '../../calendar_doubles/google.mjs';
import { GraphDouble } from '../../calendar_doubles/graph.mjs';
import { GoogleContract } from './google_contract.mjs';
import { GraphContract } from './graph_contract.mjs';
import { Client, demoAdmin, demoRep, json, slots } from './client.mjs';
import { Host } from './host.mjs';

export const EMAIL = 'rosa@example.com';

export const withGoogle = (options) => withProvider('google', options);
export const withOutlook = (options) => withProvider('outlook', options);

/**
 * @param {'google' | 'outlook'} provider
 * @param {ConstructorParameters<typeof Host>[0]} [options]
 */
export async function withProvider(provider, options = {}) {
  const isGoogle = provider === 'google';
  const double = isGoogle ? await GoogleDouble.start() : await GraphDouble.start();
  double.contract = isGoogle ? new GoogleContract() : new GraphContract();
  const host = await Host.start(options);
  const admin = await demoAdmin(host);
  const saved = await admin.put('/api/v1/modules/meeting_scheduler/settings', double.settings());
  assert.equal(saved.status, 200, saved.text);
  double.account(EMAIL);
  const rep = await demoRep(host);
  const open = await Client.anonymous(host);
  return { google: double, double, host, admin, rep, open, stop: async () => {
    await host.stop();
    await double.stop();
    assert.deepEqual(double.violations, [], 'the published contract');
  } };
}

/** Asks for the log-in, consents at the provider, comes back. Returns where the browser ends. */
export async function logIn({ double, rep }, { email = EMAIL, client = rep } = {}) {
  const begun = await client.get(`/api/v1/calendar/connect/${double.provider}`, json);
  assert.equal(begun.status, 200, begun.text);
  const back = new URL(double.consent(begun.body.data.authorize_url, email));
  const answer = await client.get(back.pathname + back.search);
  assert.equal(answer.status, 302, answer.text);
  return answer.headers.get('location');
}

export async function connections(client) {
  const answer = await client.get('/api/v1/calendar/connections');
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data;
}

export async function connect(stage, options = {}) {
  assert.equal(await logIn(stage, options), `/settings/scheduling?connected=${stage.double.provider}`);
  const all = await connections(options.client ?? stage.rep);
  return all.find((each) => each.account === (options.email ?? EMAIL));
}

export async function sync(client, id) {
  const answer = await client.post(`/api/v1/calendar/connections/${id}/sync`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data;
}

export async function runJob(open, name) {
  const answer = await open.post(`/api/v1/dev/jobs/${name}/run`);
  assert.equal(answer.status, 200, answer.text);
}
export const write = (open) => runJob(open, 'WriteCalendarEventsJob');

export async function clock(open, now) {
  assert.equal((await open.post('/api/v1/dev/clock', { now })).status, 200);
}

export async function starts(open) {
  return (await slots(open)).map((slot) => slot.start);
}

export async function book(open, start, more = {}) {
  const answer = await open.post('/schedule/demo/discovery-call/book', {
    start, timezone: 'America/New_York', attendee_name: 'Ada Lovelace', attendee_email: 'ada@prospect.test', answers: {}, ...more,
  });
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body.data, token: answer.body.data.manage_url.split('/').pop() };
}
