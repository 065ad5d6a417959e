// Microsoft's log-in and Graph's calendars that tests can command: OAuth with PKCE and rotating refresh tokens, mailbox,
// calendars, calendarView with its delta links, events with ETags and transaction ids, Teams rooms, subscriptions.
// Stateful, over real HTTP on loopback; faults on command. Its rules are those of the published documentation.
import crypto from 'node:crypto';
import { LoopbackDouble, Refusal } from './loopback_double.mjs';

const SCOPES = 'Calendars.ReadWrite MailboxSettings.Read';
const MARK = 'Name meetingScheduler';
const b64url = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (text) => crypto.createHash('sha256').update(text).digest();
const utc = (time) => ({ dateTime: `${new Date(time).toISOString().slice(0, 19)}.0000000`, timeZone: 'UTC' });
const instant = (time) => Date.parse(`${time.dateTime.slice(0, 19)}Z`);

export class GraphDouble extends LoopbackDouble {
  provider = 'outlook';
  paths = { insert: 'POST /v1.0/me/calendars', update: 'PATCH /v1.0/me/events', remove: 'DELETE /v1.0/me/events', read: '/calendarView', token: 'POST /token' };

  constructor() {
    super();
    this.client = { id: 'crm-client', secret: 'crm-secret' };
    this.codes = new Map();
    this.refreshTokens = new Map(); // token → account
    this.accessTokens = new Map(); // token → { account, expires }
    this.accounts = new Map();
    this.invitations = [];
    this.grantedScopes = SCOPES;
    this.lifetime = 3600;
    this.pageSize = 200;
    this.generation = 1;
    this.version = 0;
    this.tellsDuplicates = true; // of a transaction id: 409; else the event that stands already
    this.subscriptions = new Map();
    this.roomAfter = 0; // how often an event is asked for before its room is ready
  }

  settings() {
    return {
      outlook_client_id: this.client.id,
      outlook_client_secret: this.client.secret,
      outlook_authorize_url: `${this.base}/authorize`,
      outlook_token_url: `${this.base}/token`,
      outlook_api_url: `${this.base}/v1.0`,
    };
  }

  account(email, { timezone = 'Eastern Standard Time', hasTeams = true } = {}) {
    const account = { email, timezone, hasTeams, calendars: new Map() };
    this.accounts.set(email, account);
    this.calendar(email, `AQMk-${b64url(sha256(email)).slice(0, 12)}=`, { primary: true, summary: 'Calendar' });
    return account;
  }

  calendar(email, id, { primary = false, role = 'owner', summary = id } = {}) {
    const calendar = { id, primary, canEdit: role !== 'reader', summary, events: new Map(), gone: new Map() };
    this.accounts.get(email).calendars.set(id, calendar);
    return calendar;
  }

  find(email, id) {
    const calendars = [...this.accounts.get(email).calendars.values()];
    return id ? calendars.find((each) => each.id === id) : calendars.find((each) => each.primary);
  }
  calendarId(email) { return this.find(email).id; }

  /** An event that the owner makes in Outlook. */
  put(email, event, calendarId) {
    const calendar = this.find(email, calendarId);
    const known = calendar.events.get(event.id);
    calendar.gone.delete(event.id);
    return this.touch(calendar, { showAs: 'busy', isAllDay: false, isCancelled: false, type: 'singleInstance', attendees: [], ...known, ...event });
  }
  busy(email, id, start, end, more = {}) { return this.put(email, { id, subject: id, start: utc(start), end: utc(end), ...more }); }
  drag(email, event, start, end) { return this.put(email, { ...event, start: utc(start), end: utc(end) }); }
  rename(email, event, subject) { return this.put(email, { ...event, subject }); }
  respond(email, event, response) {
    const said = { accepted: 'accepted', tentative: 'tentativelyAccepted', declined: 'declined' }[response];
    return this.put(email, { ...event, attendees: event.attendees.map((each) => ({ ...each, status: { response: said, time: '2026-02-02T00:00:00Z' } })) });
  }

  cancel(email, id, calendarId) {
    const calendar = this.find(email, calendarId);
    this.deleted = (this.deleted ?? new Map()).set(id, calendar.events.get(id));
    calendar.events.delete(id);
    this.version += 1;
    calendar.gone.set(id, { version: this.version, reason: 'deleted' });
  }

  live(email, calendarId) { return [...this.find(email, calendarId).events.values()]; }
  ours(email, calendarId) {
    return this.live(email, calendarId).filter((event) => event.singleValueExtendedProperties?.some((each) => each.id.endsWith(MARK)));
  }
  startOf(event) { return instant(event.start); }
  addressesOf(event) { return event.attendees.map((each) => each.emailAddress.address); }

  /** The owner drags an event to another calendar of the mailbox; an id that stays, stays. */
  move(email, id, from, to) {
    const source = this.find(email, from);
    const event = source.events.get(id);
    source.events.delete(id);
    this.version += 1;
    source.gone.set(id, { version: this.version, reason: 'deleted' });
    const target = this.find(email, to);
    target.gone.delete(id);
    return this.touch(target, { ...event });
  }

  touch(calendar, event) {
    this.version += 1;
    const stored = { ...event, changeKey: `ck${this.version}`, version: this.version };
    calendar.events.set(event.id, stored);
    return stored;
  }

  forgetPlaces() { this.generation += 1; }
  expireAccessTokens() { this.accessTokens.clear(); }
  revokeConsent(email) {
    for (const [token, account] of this.refreshTokens) if (account === email) this.refreshTokens.delete(token);
    for (const [token, { account }] of this.accessTokens) if (account === email) this.accessTokens.delete(token);
  }
  /** Outlook moves the mailbox: ids that were not asked to stay change. */
  moveMailbox() { this.era = (this.era ?? 0) + 1; }

  consent(authorizeUrl, email) {
    const query = new URL(authorizeUrl).searchParams;
    if (query.get('client_id') !== this.client.id) throw new Error('unknown client');
    const code = `0.${b64url(crypto.randomBytes(16))}`;
    this.codes.set(code, {
      email, redirect: query.get('redirect_uri'), challenge: query.get('code_challenge'), offline: query.get('scope').split(' ').includes('offline_access'),
    });
    const back = new URL(query.get('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state'));
    return back.href;
  }

  error(url, { reason = 'serviceNotAvailable' }) {
    if (url.pathname === '/token' && reason !== 'serviceNotAvailable') return { error: reason, error_description: 'AADSTS0', error_codes: [70008] };
    return { error: { code: reason, message: reason, innerError: { 'request-id': 'r', date: '2026-02-02T13:00:00' } } };
  }

  status(request, url, result) { return result === undefined ? 204 : request.method === 'POST' && !url.pathname.startsWith('/token') ? 201 : 200; }

  route(request, url, body) {
    if (url.pathname === '/token' && request.method === 'POST') return this.token(new URLSearchParams(body));
    if (url.pathname === '/authorize') return { page: 'consent' };
    const account = this.accountOf(request);
    const path = decodeURIComponent(url.pathname.replace('/v1.0', ''));
    const stays = /IdType="ImmutableId"/.test(request.headers.prefer ?? '');
    const context = { account, stays, request, query: url.searchParams, url };
    if (path === '/me/mailboxSettings') return this.checked('MailboxSettings', { timeZone: account.timezone, language: { locale: 'en-US', displayName: 'English' } });
    if (path === '/me/calendars') return { value: [...account.calendars.values()].map((each) => this.calendarJson(account, each)) };
    if (path.startsWith('/subscriptions')) return this.subscription(request.method, path, body);
    const view = /^\/me(?:\/calendars\/([^/]+))?\/calendarView\/delta$/.exec(path);
    if (view) return this.delta(this.calendarOf(account, view[1]), context);
    const list = /^\/me\/calendars\/([^/]+)\/events$/.exec(path);
    if (list && request.method === 'GET') return this.filtered(this.calendarOf(account, list[1]), context);
    if (list && request.method === 'POST') return this.insert(this.calendarOf(account, list[1]), this.checked('Event', JSON.parse(body)), context);
    const one = /^\/me\/calendars\/([^/]+)$/.exec(path);
    if (one) return this.calendarJson(account, this.calendarOf(account, one[1]));
    const within = /^\/me\/calendars\/([^/]+)\/events\/([^/]+)$/.exec(path);
    if (within && request.method === 'GET') return this.eventJson(this.within(this.calendarOf(account, within[1]), within[2], context), context);
    const [, id] = /^\/me\/events\/([^/]+)$/.exec(path) ?? [];
    if (!id) throw new Refusal(404, 'ErrorItemNotFound');
    if (request.method === 'GET') return this.eventJson(this.known(account, id, context).event, context);
    if (request.method === 'PATCH') return this.patch(id, this.checked('Event', JSON.parse(body)), context);
    if (request.method === 'DELETE') return this.remove(id, context);
    throw new Refusal(405, 'ErrorInvalidRequest');
  }

  checked(name, value) {
    this.contract?.valid(name, value, name);
    return value;
  }

  token(form) {
    if (form.get('client_id') !== this.client.id || form.get('client_secret') !== this.client.secret) throw new Refusal(401, 'invalid_client');
    if (form.get('grant_type') === 'refresh_token') {
      const email = this.refreshTokens.get(form.get('refresh_token'));
      if (!email) throw new Refusal(400, 'invalid_grant');
      this.refreshTokens.delete(form.get('refresh_token')); // stricter than Microsoft, who lets the old one live
      return this.tokensFor(email, true);
    }
    const code = this.codes.get(form.get('code'));
    this.codes.delete(form.get('code'));
    const isRight = code && code.redirect === form.get('redirect_uri') && code.challenge === b64url(sha256(form.get('code_verifier') ?? ''));
    if (!isRight) throw new Refusal(400, 'invalid_grant');
    return this.tokensFor(code.email, code.offline);
  }

  tokensFor(email, isOffline) {
    const token = `eyJ0${b64url(crypto.randomBytes(16))}`;
    this.accessTokens.set(token, { account: email });
    const refresh = `0.AX${b64url(crypto.randomBytes(16))}`;
    if (isOffline) this.refreshTokens.set(refresh, email);
    return { token_type: 'Bearer', scope: this.grantedScopes, expires_in: this.lifetime, access_token: token, ...(isOffline ? { refresh_token: refresh } : {}) };
  }

  accountOf(request) {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const known = this.accessTokens.get(token);
    if (!known) throw new Refusal(401, 'InvalidAuthenticationToken');
    return this.accounts.get(known.account);
  }

  calendarOf(account, id) {
    const calendars = [...account.calendars.values()];
    const calendar = calendars.find((each) => (id ? each.id === id : each.primary));
    if (!calendar) throw new Refusal(404, 'ErrorItemNotFound');
    return calendar;
  }

  calendarJson(account, calendar) {
    return this.checked('Calendar', {
      id: calendar.id, name: calendar.summary, isDefaultCalendar: calendar.primary, canEdit: calendar.canEdit,
      owner: { name: account.email, address: account.email },
      allowedOnlineMeetingProviders: account.hasTeams ? ['teamsForBusiness'] : [],
    });
  }

  /** Ids that were not asked to stay depend on where the mailbox is. */
  idFor(id, { stays }) { return stays ? id : `${id}-era${this.era ?? 0}`; }
  idFrom(id, { stays }) {
    if (stays) return id;
    const suffix = `-era${this.era ?? 0}`;
    if (!id.endsWith(suffix)) throw new Refusal(404, 'ErrorItemNotFound');
    return id.slice(0, -suffix.length);
  }

  eventJson(event, context) {
    const { version, waits, singleValueExtendedProperties: marks, ...shown } = event;
    const answer = { '@odata.etag': `W/"${event.changeKey}"`, ...shown, id: this.idFor(event.id, context) };
    // Only who asks for them by id is shown extended properties.
    const expand = context.query?.get('$expand') ?? '';
    const asked = marks?.filter((each) => expand.includes(`id eq '${each.id}'`)) ?? [];
    if (asked.length) answer.singleValueExtendedProperties = asked;
    if (event.isOnlineMeeting && waits > 0) {
      event.waits -= 1;
      delete answer.onlineMeeting;
    }
    return this.checked('Event', answer);
  }

  delta(calendar, context) {
    const { query } = context;
    const own = ['$select', '$filter', '$orderby', '$expand', '$search'].find((name) => query.has(name));
    if (own) throw new Refusal(400, 'ErrorInvalidUrlQuery');
    const token = query.get('$skiptoken') ?? query.get('$deltatoken');
    let state = token ? JSON.parse(Buffer.from(token, 'base64url')) : undefined;
    if (!state) {
      const [from, until] = [query.get('startDateTime'), query.get('endDateTime')].map(Date.parse);
      if (!(from < until)) throw new Refusal(400, 'ErrorInvalidParameter');
      if (until - from > 1825 * 86_400_000) throw new Refusal(400, 'ErrorInvalidParameter');
      state = { from, until, since: 0, upTo: this.version, at: 0, generation: this.generation };
    } else if (query.has('$deltatoken')) state = { ...state, since: state.upTo, upTo: this.version, at: 0 };
    if (state.generation !== this.generation) throw new Refusal(410, this.placeCode ?? 'SyncStateNotFound');
    const isIn = (event) => instant(event.end) > state.from && instant(event.start) < state.until;
    const all = [...calendar.events.values()].filter((event) => event.version > state.since && (isIn(event) || state.since > 0))
      .map((event) => [event.version, isIn(event) ? this.eventJson(event, { ...context, query: undefined }) : { id: this.idFor(event.id, context), '@removed': { reason: 'changed' } }]);
    if (state.since > 0)
      for (const [id, { version, reason }] of calendar.gone)
        if (version > state.since) all.push([version, { id: this.idFor(id, context), '@removed': { reason } }]);
    all.sort((a, b) => b[0] - a[0]); // the order is nobody's business
    const asked = /odata\.maxpagesize=(\d+)/.exec(context.request.headers.prefer ?? '')?.[1];
    const size = Math.min(this.pageSize, Number(asked ?? 10));
    const value = all.slice(state.at, state.at + size).map(([, each]) => each);
    const next = { ...state, at: state.at + size };
    const link = `${this.base}${context.url.pathname}`;
    const isLast = next.at >= all.length;
    return { value, ...(isLast ? { '@odata.deltaLink': `${link}?$deltatoken=${b64url(JSON.stringify(next))}` } : { '@odata.nextLink': `${link}?$skiptoken=${b64url(JSON.stringify(next))}` }) };
  }

  filtered(calendar, context) {
    const filter = context.query.get('$filter') ?? '';
    const [, id, value] = /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '([^']+)'\)$/.exec(filter) ?? [];
    if (!id) throw new Refusal(400, 'ErrorInvalidUrlQueryFilter');
    const found = [...calendar.events.values()].filter((event) => event.singleValueExtendedProperties?.some((each) => each.id === id && each.value === value));
    return { value: found.map((event) => this.eventJson(event, context)) };
  }

  within(calendar, id, context) {
    const event = calendar.events.get(this.idFrom(id, context));
    if (!event) throw new Refusal(404, 'ErrorItemNotFound');
    return event;
  }

  /** Without a calendar's name an id that stays is found among the deleted events, too. */
  known(account, id, context) {
    const known = this.idFrom(id, context);
    if (context.request.method === 'GET' && this.deleted?.has(known)) return { event: this.deleted.get(known) };
    for (const calendar of account.calendars.values()) if (calendar.events.has(known)) return { calendar, event: calendar.events.get(known) };
    throw new Refusal(404, 'ErrorItemNotFound');
  }

  /** The organizer's mailbox writes to attendees by itself, whatever the call says. */
  invite(what, event) {
    for (const attendee of event.attendees ?? []) this.invitations.push({ what, to: attendee.emailAddress.address, event: event.id });
  }

  insert(calendar, event, context) {
    if (!calendar.canEdit) throw new Refusal(403, 'ErrorAccessDenied');
    if (event.id) throw new Refusal(400, 'ErrorInvalidProperty');
    if (!(instant(event.start) < instant(event.end))) throw new Refusal(400, 'ErrorCalendarEndDateIsEarlierThanStartDate');
    const twin = event.transactionId && [...calendar.events.values(), ...(calendar.used ?? [])].find((each) => each.transactionId === event.transactionId);
    if (twin && (this.tellsDuplicates || !calendar.events.has(twin.id))) throw new Refusal(409, 'ErrorDuplicateTransactionId');
    if (twin) return this.eventJson(twin, context);
    const id = `AAkALg${b64url(crypto.randomBytes(9))}`;
    const stored = this.put(context.account.email, this.withRoom({ isOnlineMeeting: false, ...event, id }), calendar.id);
    calendar.used = [...(calendar.used ?? []), { id, transactionId: event.transactionId }];
    this.invite('invited', stored);
    return this.eventJson(stored, context);
  }

  withRoom(event) {
    if (!event.isOnlineMeeting || event.onlineMeeting) return event;
    const joinUrl = `https://teams.example/l/meetup-join/${b64url(crypto.randomBytes(6))}`;
    const blob = `<div id="teams-join"><a href="${joinUrl}">Join</a></div>`;
    return { ...event, onlineMeeting: { joinUrl }, body: { contentType: 'html', content: `${event.body?.content ?? ''}${blob}` }, waits: this.roomAfter };
  }

  patch(id, changes, context) {
    const { calendar, event } = this.known(context.account, id, context);
    const match = context.request.headers['if-match'];
    if (match && match !== `W/"${event.changeKey}"`) throw new Refusal(412, 'ErrorIrresolvableConflict');
    if (changes.transactionId && changes.transactionId !== event.transactionId) throw new Refusal(400, 'ErrorInvalidProperty');
    let next = this.withRoom({ ...event, ...changes, id: event.id });
    // Who writes over the text that Teams wrote takes the room out of the meeting.
    if (changes.body && event.onlineMeeting && !changes.body.content.includes('teams-join')) next = { ...next, onlineMeeting: null };
    const stored = this.touch(calendar, next);
    this.invite('changed', stored);
    return this.eventJson(stored, context);
  }

  remove(id, context) {
    const { calendar, event } = this.known(context.account, id, context);
    this.cancel(context.account.email, event.id, calendar.id);
    this.invite('cancelled', event);
    return undefined;
  }

  async subscription(method, path, body) {
    const id = path.split('/')[2];
    if (method === 'POST') {
      const asked = this.checked('Subscription', JSON.parse(body));
      if ((asked.clientState ?? '').length > 128) throw new Refusal(400, 'InvalidRequest');
      const token = `Validation: ${b64url(crypto.randomBytes(6))} & more`;
      const answer = await fetch(`${asked.notificationUrl}?validationToken=${encodeURIComponent(token)}`, { method: 'POST', headers: { 'content-type': 'text/plain' } });
      const isRight = answer.status === 200 && /^text\/plain/.test(answer.headers.get('content-type') ?? '') && (await answer.text()) === token;
      if (!isRight) throw new Refusal(400, 'ValidationError');
      const made = { ...asked, id: crypto.randomUUID() };
      this.subscriptions.set(made.id, made);
      return made;
    }
    if (!this.subscriptions.has(id)) throw new Refusal(404, 'ResourceNotFound');
    if (method === 'DELETE') return void this.subscriptions.delete(id);
    if (method === 'PATCH') {
      const renewed = { ...this.subscriptions.get(id), ...this.checked('Subscription', JSON.parse(body)) };
      this.subscriptions.set(id, renewed);
      return renewed;
    }
    throw new Refusal(405, 'InvalidRequest');
  }

  async tell(subscription, more = {}) {
    const word = { subscriptionId: subscription.id, clientState: subscription.clientState, changeType: 'updated', resource: subscription.resource, ...more };
    this.contract?.valid('ChangeNotificationCollection', { value: [word] }, 'notification');
    return fetch(subscription.notificationUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ value: [word] }) });
  }
}
