// A small HTTP client for tests. Every answer is validated against the OpenAPI document.
import assert from 'node:assert/strict';
import { Contract } from './openapi.mjs';

export class Client {
  constructor(base, contract, { token, cookie, csrf } = {}) {
    Object.assign(this, { base, contract, token, cookie, csrf });
  }

  static async anonymous(host) {
    host.contract ??= await Contract.load(host.base);
    return new Client(host.base, host.contract);
  }

  /** Signed in with an API token. */
  static async signedIn(host, email, password) {
    const open = await Client.anonymous(host);
    const session = await open.cookieLogin(email, password);
    const made = await session.post('/api/v1/auth/tokens', { name: 'tests' });
    assert.equal(made.status, 201, made.text);
    return new Client(host.base, host.contract, { token: made.body.data.token });
  }

  async cookieLogin(email, password) {
    const answer = await this.post('/api/v1/auth/login', { email, password });
    assert.equal(answer.status, 200, answer.text);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    return new Client(this.base, this.contract, { cookie, csrf: answer.body.data.csrf_token });
  }

  async request(method, target, { body, headers = {}, raw, validate = true, signal } = {}) {
    const all = { ...headers };
    if (this.token) all.authorization ??= `Bearer ${this.token}`;
    if (this.cookie) {
      all.cookie ??= this.cookie;
      if (method !== 'GET') all['x-csrf-token'] ??= this.csrf;
    }
    let payload = raw;
    if (body !== undefined) {
      payload = JSON.stringify(body);
      all['content-type'] ??= 'application/json';
    }
    const answer = await fetch(this.base + target, { method, headers: all, body: payload, redirect: 'manual', signal });
    const text = await answer.text();
    const type = answer.headers.get('content-type');
    if (validate) this.contract.check(method, new URL(target, this.base).pathname, answer.status, type, text);
    return { status: answer.status, headers: answer.headers, text, body: /json/.test(type ?? '') && text ? JSON.parse(text) : undefined };
  }

  get(target, options) { return this.request('GET', target, options); }
  post(target, body, options) { return this.request('POST', target, { body, ...options }); }
  put(target, body, options) { return this.request('PUT', target, { body, ...options }); }
  delete(target, options) { return this.request('DELETE', target, options); }
}

export const json = { headers: { accept: 'application/json' } };

export async function demoRep(host) { return Client.signedIn(host, 'rep@example.test', 'rep-demo'); }
export async function demoAdmin(host) { return Client.signedIn(host, 'admin@example.test', 'admin-demo'); }

export async function slots(client, { page = 'demo', type = 'discovery-call', from = '2026-02-03', to = '2026-02-20', timezone = 'America/New_York' } = {}) {
  const answer = await client.get(`/schedule/${page}/${type}/slots?from=${from}&to=${to}&timezone=${encodeURIComponent(timezone)}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data.slots;
}

export function booking(start, n = 0, more = {}) {
  return { start, timezone: 'America/New_York', attendee_name: `Ada Lovelace ${n}`, attendee_email: `ada${n}@prospect.test`, answers: {}, ...more };
}
