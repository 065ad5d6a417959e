// A Google Calendar that tests can command: OAuth with PKCE, calendar lists, events with ETags, sync tokens and pages.
// Stateful, over real HTTP on loopback; faults on command. Its rules are those of the published contract.
import crypto from 'node:crypto';
import { LoopbackDouble, Refusal } from './loopback_double.mjs';

const SCOPES = 'https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.calendarlist.readonly';
const b64url = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (text) => crypto.createHash('sha256').update(text).digest();

export class GoogleDouble extends LoopbackDouble {
  provider = 'google';
  paths = { insert: 'POST /calendar/v3', update: 'PATCH /calendar/v3', remove: 'DELETE /calendar/v3', read: 'GET /calendar/v3/calendars', token: 'POST /token' };

  constructor() {
    super();
    this.client = { id: 'crm-client', secret: 'crm-secret' };
    this.codes = new Map();
    this.refreshTokens = new Map(); // token → account
    this.accessTokens = new Map(); // token → { account, expires }
    this.accounts = new Map();
    this.invitations = []; // mails that Google would have sent
    this.grantedScopes = SCOPES;
    this.lifetime = 3600;
    this.pageSize = 2500;
    this.generation = 1; // of sync tokens
    this.version = 0;
    this.channels = new Map();
    this.told = []; // words to channels, as they were answered
    this.roomAfter = 0; // how often an event is asked for before its room is ready
    this.roomFails = 0;
  }

  /** What an administrator enters in the module's settings. */
  settings() {
    return {
      google_client_id: this.client.id,
      google_client_secret: this.client.secret,
      google_authorize_url: `${this.base}/o/oauth2/v2/auth`,
      google_token_url: `${this.base}/token`,
      google_revoke_url: `${this.base}/revoke`,
      google_api_url: `${this.base}/calendar/v3`,
    };
  }

  account(email, { timezone = 'America/New_York' } = {}) {
    const account = { email, calendars: new Map() };
    this.accounts.set(email, account);
    this.calendar(email, email, { primary: true, timezone });
    return account;
  }

  calendar(email, id, { primary = false, timezone = 'America/New_York', role = 'owner', summary = id } = {}) {
    const calendar = { id, primary, timezone, role, summary, events: new Map(), emptied: false };
    this.accounts.get(email).calendars.set(id, calendar);
    return calendar;
  }

  find(email, id = email) {
    return this.accounts.get(email).calendars.get(id);
  }

  /** An event that the owner makes in Google's own pages. */
  put(email, event, calendarId = email) {
    const calendar = this.find(email, calendarId);
    const known = calendar.events.get(event.id);
    const stored = { eventType: 'default', ...known, status: 'confirmed', ...event };
    return this.touch(calendar, stored);
  }

  // What a test does at any provider, in words that all doubles share.
  calendarId(email) { return email; }
  busy(email, id, start, end, more = {}) { return this.put(email, { id, start: { dateTime: start }, end: { dateTime: end }, ...more }); }
  drag(email, event, start, end) { return this.put(email, { ...event, start: { dateTime: start }, end: { dateTime: end } }); }
  rename(email, event, summary) { return this.put(email, { ...event, summary }); }
  respond(email, event, response) { return this.put(email, { ...event, attendees: event.attendees.map((each) => ({ ...each, responseStatus: response })) }); }
  startOf(event) { return Date.parse(event.start.dateTime); }
  addressesOf(event) { return (event.attendees ?? []).map((each) => each.email); }

  cancel(email, id, calendarId = email) {
    const calendar = this.find(email, calendarId);
    const known = calendar.events.get(id);
    return this.touch(calendar, { ...known, id, status: 'cancelled' });
  }

  live(email, calendarId = email) {
    return [...this.find(email, calendarId).events.values()].filter((event) => event.status !== 'cancelled');
  }

  ours(email, calendarId = email) {
    return this.live(email, calendarId).filter((event) => event.extendedProperties?.private?.meetingScheduler);
  }

  touch(calendar, event) {
    this.version += 1;
    const stored = { ...event, kind: 'calendar#event', etag: `"${this.version}"`, version: this.version };
    calendar.events.set(event.id, stored);
    return stored;
  }

  /** Every sync token given so far is answered with 410. */
  forgetPlaces() { this.generation += 1; }
  expireAccessTokens() { this.accessTokens.clear(); }
  revokeConsent(email) {
    for (const [token, account] of this.refreshTokens) if (account === email) this.refreshTokens.delete(token);
    for (const [token, { account }] of this.accessTokens) if (account === email) this.accessTokens.delete(token);
  }

  /** What a person does on the consent page: an account gives its consent. Returns where the browser is led. */
  consent(authorizeUrl, email) {
    const query = new URL(authorizeUrl).searchParams;
    if (query.get('client_id') !== this.client.id) throw new Error('unknown client');
    const code = b64url(crypto.randomBytes(16));
    this.codes.set(code, {
      email, redirect: query.get('redirect_uri'), challenge: query.get('code_challenge'), offline: query.get('access_type') === 'offline',
    });
    const back = new URL(query.get('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state'));
    return back.href;
  }

  error(url, { status: code, reason = 'backendError' }) {
    if (['/token', '/revoke'].includes(url.pathname) && reason !== 'backendError') return { error: reason };
    return { error: { errors: [{ domain: 'global', reason, message: reason }], code, message: reason } };
  }

  shown(key, part) { return key === 'version' || key === 'waits' ? undefined : part; }

  async route(request, url, body) {
    if (!url.pathname.startsWith('/calendar/v3')) return this.answerTo(request, url, body);
    const path = url.pathname.replace('/calendar/v3', '');
    this.contract?.request(request.method, path, url.searchParams, body);
    const result = await this.answerTo(request, url, body);
    this.contract?.answer(request.method, path, result);
    return result;
  }

  answerTo(request, url, body) {
    if (url.pathname === '/token' && request.method === 'POST') return this.token(new URLSearchParams(body));
    if (url.pathname === '/revoke' && request.method === 'POST') return this.revoke(new URLSearchParams(body).get('token'));
    if (url.pathname === '/o/oauth2/v2/auth') return { page: 'consent' };
    const account = this.accountOf(request);
    const path = url.pathname.replace('/calendar/v3', '');
    if (path === '/users/me/calendarList') return this.calendarList(account);
    if (path === '/channels/stop') return void this.channels.delete(JSON.parse(body).id);
    const watched = /^\/calendars\/([^/]+)\/events\/watch$/.exec(path)?.[1];
    if (watched) return this.watch(decodeURIComponent(watched), JSON.parse(body));
    const [, calendarId, eventId] = /^\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/.exec(path) ?? [];
    const calendar = calendarId && account.calendars.get(decodeURIComponent(calendarId));
    if (!calendar) throw new Refusal(404, 'notFound');
    const id = eventId && decodeURIComponent(eventId);
    if (!id && request.method === 'GET') return this.list(calendar, url.searchParams);
    if (!id && request.method === 'POST') return this.insert(calendar, JSON.parse(body), url.searchParams);
    if (request.method === 'GET') return this.known(calendar, id);
    if (request.method === 'PATCH') return this.patch(calendar, id, JSON.parse(body), request, url.searchParams);
    if (request.method === 'DELETE') return this.remove(calendar, id, request, url.searchParams);
    throw new Refusal(404, 'notFound');
  }

  token(form) {
    if (form.get('client_id') !== this.client.id || form.get('client_secret') !== this.client.secret) throw new Refusal(401, 'invalid_client');
    if (form.get('grant_type') === 'refresh_token') {
      const email = this.refreshTokens.get(form.get('refresh_token'));
      if (!email) throw new Refusal(400, 'invalid_grant');
      return this.accessFor(email);
    }
    const code = this.codes.get(form.get('code'));
    this.codes.delete(form.get('code'));
    const isRight = code && code.redirect === form.get('redirect_uri') && code.challenge === b64url(sha256(form.get('code_verifier') ?? ''));
    if (!isRight) throw new Refusal(400, 'invalid_grant');
    const refresh = `1//${b64url(crypto.randomBytes(16))}`;
    this.refreshTokens.set(refresh, code.email);
    return { ...this.accessFor(code.email), ...(code.offline ? { refresh_token: refresh } : {}) };
  }

  accessFor(email) {
    const token = `ya29.${b64url(crypto.randomBytes(16))}`;
    this.accessTokens.set(token, { account: email });
    return { access_token: token, expires_in: this.lifetime, scope: this.grantedScopes, token_type: 'Bearer' };
  }

  revoke(token) {
    const email = this.refreshTokens.get(token) ?? this.accessTokens.get(token)?.account;
    if (!email) throw new Refusal(400, 'invalid_token');
    this.revokeConsent(email);
    return {};
  }

  accountOf(request) {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const known = this.accessTokens.get(token);
    if (!known) throw new Refusal(401, 'authError');
    return this.accounts.get(known.account);
  }

  calendarList(account) {
    const items = [...account.calendars.values()].map((calendar) => ({
      kind: 'calendar#calendarListEntry', id: calendar.id, summary: calendar.summary, timeZone: calendar.timezone,
      accessRole: calendar.role, ...(calendar.primary ? { primary: true } : {}),
    }));
    return { kind: 'calendar#calendarList', items };
  }

  list(calendar, query) {
    if (query.get('singleEvents') !== 'true') throw new Refusal(400, 'this double expands nothing');
    const token = query.get('syncToken');
    const marked = query.get('privateExtendedProperty');
    if (token && marked) throw new Refusal(400, 'invalid');
    if (marked) return this.marked(calendar, marked, query);
    if (token && (query.get('timeMin') || query.get('timeMax') || query.get('q'))) throw new Refusal(400, 'invalid');
    let since = 0;
    if (token) {
      const [generation, version] = token.split('.').map(Number);
      if (generation !== this.generation) throw new Refusal(410, 'fullSyncRequired');
      since = version;
    }
    const begins = (event) => Date.parse(event.start?.dateTime ?? `${event.start?.date}T00:00:00Z`);
    const ends = (event) => Date.parse(event.end?.dateTime ?? `${event.end?.date}T00:00:00Z`);
    const page = query.get('pageToken') ? JSON.parse(Buffer.from(query.get('pageToken'), 'base64url')) : { from: 0, upTo: this.version };
    const all = [...calendar.events.values()].filter((event) => event.version > since)
      .filter((event) => token || ((!query.get('timeMin') || ends(event) > Date.parse(query.get('timeMin')))
        && (!query.get('timeMax') || begins(event) < Date.parse(query.get('timeMax')))))
      .sort((a, b) => a.version - b.version);
    const size = Math.min(this.pageSize, Number(query.get('maxResults') ?? 250));
    const items = all.slice(page.from, page.from + size)
      .map((event) => (event.status === 'cancelled' ? { kind: event.kind, id: event.id, status: 'cancelled', etag: event.etag } : event));
    const isLast = page.from + size >= all.length;
    const next = isLast
      ? { nextSyncToken: `${this.generation}.${page.upTo}` }
      : { nextPageToken: b64url(JSON.stringify({ from: page.from + size, upTo: page.upTo })) };
    return { kind: 'calendar#events', timeZone: calendar.timezone, items, ...next };
  }

  /** Live events alone, unless somebody asks for deleted ones. A list of that kind goes on from nowhere. */
  marked(calendar, marked, query) {
    const [name, ...value] = marked.split('=');
    const items = [...calendar.events.values()]
      .filter((event) => event.extendedProperties?.private?.[name] === value.join('=') && (query.get('showDeleted') === 'true' || event.status !== 'cancelled'));
    return { kind: 'calendar#events', timeZone: calendar.timezone, items };
  }

  /** The owner drags an event to another calendar of theirs: the same id there, a deleted event here. */
  move(email, id, from, to) {
    const event = this.find(email, from).events.get(id);
    this.cancel(email, id, from);
    return this.touch(this.find(email, to), { ...event });
  }

  known(calendar, id) {
    const event = calendar.events.get(id);
    if (!event) throw new Refusal(404, 'notFound');
    const status = event.conferenceData?.createRequest?.status;
    if (status?.statusCode === 'pending' && event.waits-- <= 1) this.openRoom(event);
    return event;
  }

  /** A wish for a room counts for callers who say that they know of rooms; the others lose the one that there is. */
  withRoom(event, before, query) {
    if (query.get('conferenceDataVersion') !== '1') return { ...event, conferenceData: undefined, hangoutLink: undefined };
    const wish = event.conferenceData?.createRequest;
    if (wish && this.refusesRooms) throw new Refusal(400, 'invalid'); // an account without Meet
    if (!wish || before?.conferenceData?.createRequest?.requestId === wish.requestId) return event;
    const code = this.roomFails > 0 ? 'failure' : 'pending';
    if (code === 'failure') this.roomFails -= 1;
    const stored = { ...event, waits: this.roomAfter, conferenceData: { createRequest: { ...wish, status: { statusCode: code } } } };
    if (code === 'pending' && this.roomAfter === 0) this.openRoom(stored);
    return stored;
  }

  openRoom(event) {
    const wish = event.conferenceData.createRequest;
    event.hangoutLink = `https://meet.example/${b64url(sha256(wish.requestId)).slice(0, 10)}`;
    event.conferenceData = { conferenceId: 'abc', entryPoints: [{ entryPointType: 'video', uri: event.hangoutLink }], createRequest: { ...wish, status: { statusCode: 'success' } } };
  }

  async watch(calendar, wish) {
    const channel = { ...wish, calendar, resourceId: `res-${calendar}`, expiration: String(this.expires ?? Date.parse('2026-02-09T13:00:00Z')) };
    this.channels.set(wish.id, channel);
    await this.tell(channel, 'sync');
    return { kind: 'api#channel', id: wish.id, resourceId: channel.resourceId, resourceUri: 'https://www.googleapis.com/calendar/v3', token: wish.token, expiration: channel.expiration };
  }

  /** Google's word about a channel: headers only. */
  async tell(channel, state = 'exists', more = {}) {
    const answer = await fetch(channel.address, { method: 'POST', headers: {
      'x-goog-channel-id': channel.id, 'x-goog-channel-token': channel.token, 'x-goog-resource-state': state,
      'x-goog-resource-id': channel.resourceId, 'x-goog-message-number': '1', ...more } });
    this.told.push(answer.status);
    return answer;
  }

  invite(calendar, what, event, query) {
    if (query.get('sendUpdates') !== 'all') return;
    for (const attendee of event.attendees ?? []) this.invitations.push({ what, to: attendee.email, event: event.id });
  }

  insert(calendar, event, query) {
    if (!['owner', 'writer'].includes(calendar.role)) throw new Refusal(403, 'requiredAccessLevel');
    const id = event.id ?? b64url(crypto.randomBytes(8)).toLowerCase();
    if (!/^[a-v0-9]{5,1024}$/.test(id)) throw new Refusal(400, 'invalid');
    if (calendar.events.has(id)) throw new Refusal(409, 'duplicate');
    if (!(Date.parse(event.start?.dateTime) < Date.parse(event.end?.dateTime))) throw new Refusal(400, 'timeRangeEmpty');
    const stored = this.touch(calendar, this.withRoom({ status: 'confirmed', eventType: 'default', ...event, id }, undefined, query));
    this.invite(calendar, 'invited', stored, query);
    return stored;
  }

  patch(calendar, id, changes, request, query) {
    const event = this.known(calendar, id);
    if (request.headers['if-match'] && request.headers['if-match'] !== event.etag) throw new Refusal(412, 'conditionNotMet');
    const stored = this.touch(calendar, this.withRoom({ ...event, ...changes, id }, event, query));
    this.invite(calendar, 'changed', stored, query);
    return stored;
  }

  remove(calendar, id, request, query) {
    const event = this.known(calendar, id);
    if (event.status === 'cancelled') throw new Refusal(410, 'deleted');
    this.touch(calendar, { ...event, status: 'cancelled' });
    this.invite(calendar, 'cancelled', event, query);
    return undefined;
  }
}
