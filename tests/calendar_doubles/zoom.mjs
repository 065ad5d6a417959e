// Zoom that tests can command: its log-in of users and of the account itself, and meetings. Stateful, over real HTTP on
// loopback; faults on command. It knows no key by which a wish told twice is one meeting, as the real one.
import crypto from 'node:crypto';
import { LoopbackDouble, Refusal } from './loopback_double.mjs';

const b64url = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (text) => crypto.createHash('sha256').update(text).digest();

export class ZoomDouble extends LoopbackDouble {
  provider = 'zoom';
  type = 'application/json;charset=UTF-8';

  constructor() {
    super();
    this.client = { id: 'zoom-client', secret: 'zoom-secret', account: 'zoom-account' };
    this.users = new Set();
    this.codes = new Map();
    this.refreshTokens = new Map();
    this.accessTokens = new Map(); // token → email, or '*' for the account itself
    this.meetings = new Map();
    this.creates = 0;
    this.createsMax = 100;
  }

  settings({ ownAccount = true } = {}) {
    return {
      zoom_client_id: this.client.id,
      zoom_client_secret: this.client.secret,
      zoom_account_id: ownAccount ? this.client.account : '',
      zoom_authorize_url: `${this.base}/oauth/authorize`,
      zoom_token_url: `${this.base}/oauth/token`,
      zoom_api_url: `${this.base}/v2`,
    };
  }

  account(email) { this.users.add(email); }
  live(email) { return [...this.meetings.values()].filter((meeting) => !email || meeting.host_email === email); }
  expireAccessTokens() { this.accessTokens.clear(); }

  consent(authorizeUrl, email) {
    const query = new URL(authorizeUrl).searchParams;
    if (query.get('client_id') !== this.client.id) throw new Error('unknown client');
    const code = b64url(crypto.randomBytes(16));
    this.codes.set(code, { email, redirect: query.get('redirect_uri'), challenge: query.get('code_challenge') });
    const back = new URL(query.get('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state'));
    return back.href;
  }

  error(url, { status, reason: code = status, message }) {
    return url.pathname.startsWith('/oauth') ? { error: code, reason: message } : { code, message };
  }

  status(request, url, result) { return result === undefined ? 204 : request.method === 'POST' && url.pathname.startsWith('/v2') ? 201 : 200; }

  route(request, url, body) {
    if (url.pathname === '/oauth/token') return this.token(request, new URLSearchParams(body));
    if (url.pathname === '/oauth/revoke') return this.revoke(request, new URLSearchParams(body).get('token'));
    const caller = this.callerOf(request);
    const path = decodeURIComponent(url.pathname.replace('/v2', ''));
    const [, user, rest] = /^\/users\/([^/]+)(\/meetings)?$/.exec(path) ?? [];
    if (user) {
      const email = user === 'me' ? caller : user;
      if (!this.users.has(email) || (caller !== '*' && caller !== email)) throw new Refusal(404, 1001, `User does not exist: ${user}`);
      if (!rest) return { id: 'u1', email };
      if (request.method === 'POST') return this.create(email, this.checked(JSON.parse(body)));
      return this.list(email, url.searchParams);
    }
    const id = /^\/meetings\/(\d+)$/.exec(path)?.[1];
    if (!id) throw new Refusal(404, 2300, 'This API endpoint is not recognized.');
    if (!this.meetings.has(id)) throw new Refusal(404, 3001, `Meeting does not exist: ${id}.`);
    if (request.method === 'DELETE') return void this.meetings.delete(id);
    if (request.method === 'PATCH') return void this.meetings.set(id, { ...this.meetings.get(id), ...this.checked(JSON.parse(body)) });
    throw new Refusal(405, 300);
  }

  checked(meeting) {
    this.contract?.valid(meeting, 'a meeting');
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(meeting.start_time ?? '')) throw new Refusal(400, 300, 'start_time');
    if ((meeting.topic ?? '').length > 200 || (meeting.agenda ?? '').length > 2000) throw new Refusal(400, 300, 'too long');
    return meeting;
  }

  isClient(request) {
    return request.headers.authorization === `Basic ${Buffer.from(`${this.client.id}:${this.client.secret}`).toString('base64')}`;
  }

  token(request, form) {
    if (!this.isClient(request)) throw new Refusal(401, 'invalid_client');
    if (form.get('grant_type') === 'account_credentials') {
      if (form.get('account_id') !== this.client.account) throw new Refusal(400, 'invalid_request');
      return this.access('*');
    }
    if (form.get('grant_type') === 'refresh_token') {
      const email = this.refreshTokens.get(form.get('refresh_token'));
      if (!email) throw new Refusal(400, 'invalid_grant');
      this.refreshTokens.delete(form.get('refresh_token'));
      return this.withRefresh(email);
    }
    const code = this.codes.get(form.get('code'));
    this.codes.delete(form.get('code'));
    const isRight = code && code.redirect === form.get('redirect_uri') && code.challenge === b64url(sha256(form.get('code_verifier') ?? ''));
    if (!isRight) throw new Refusal(400, 'invalid_grant');
    return this.withRefresh(code.email);
  }

  access(email) {
    const token = b64url(crypto.randomBytes(16));
    this.accessTokens.set(token, email);
    return { access_token: token, token_type: 'bearer', expires_in: 3600, scope: 'meeting:write' };
  }

  withRefresh(email) {
    const refresh = b64url(crypto.randomBytes(16));
    this.refreshTokens.set(refresh, email);
    return { ...this.access(email), refresh_token: refresh };
  }

  revoke(request, token) {
    if (!this.isClient(request)) throw new Refusal(401, 'invalid_client');
    const email = this.refreshTokens.get(token) ?? this.accessTokens.get(token);
    for (const [each, owner] of this.refreshTokens) if (owner === email) this.refreshTokens.delete(each);
    for (const [each, owner] of this.accessTokens) if (owner === email) this.accessTokens.delete(each);
    return { status: 'success' };
  }

  callerOf(request) {
    const caller = this.accessTokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]);
    if (!caller) throw new Refusal(401, 124, 'Invalid access token.');
    return caller;
  }

  create(email, meeting) {
    if (this.creates >= this.createsMax) throw new Refusal(429, 429, 'You have reached the maximum per-day rate limit for this API.', this.retryAfter ? { 'retry-after': this.retryAfter } : {});
    this.creates += 1;
    const id = String(90000000000 + this.creates);
    const made = { uuid: b64url(crypto.randomBytes(12)), ...meeting, host_email: email, join_url: `https://zoom.example/j/${id}?pwd=abc` };
    this.meetings.set(id, made);
    return { id: Number(id), ...made, start_url: `https://zoom.example/s/${id}?zak=secret-of-the-host`, password: 'abc' };
  }

  list(email, query) {
    const size = Math.min(Number(query.get('page_size') ?? 30), this.pageSize ?? 300);
    const from = Number(query.get('next_page_token') || 0);
    const all = [...this.meetings].filter(([, each]) => each.host_email === email).map(([id, each]) => ({ id: Number(id), ...each, agenda: each.agenda.slice(0, 250) }));
    return { page_size: size, next_page_token: from + size < all.length ? String(from + size) : '', meetings: all.slice(from, from + size) };
  }
}
