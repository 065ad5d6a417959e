// Links as people type, forward and fill them in, through the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { booking, Client, json, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let host, prospect;
before(async () => {
  host = await Host.start();
  prospect = await Client.anonymous(host);
});
after(() => host?.stop());

const page = (target) => fetch(host.base + target, { headers: { accept: 'text/html' }, redirect: 'manual' });

test('a query that cannot be read never breaks a page', async () => {
  for (const query of ['utm_campaign=%FCbersicht', 'utm_source=50%', 'notes=a%0Ab', 'gclid=%zz', '%FF=1', 'timezone=%FF', 'date=%00', 'name=%ED%A0%80&email=a@b.test', '&&=&a'])
    for (const target of ['/schedule/demo', '/schedule/demo/discovery-call', '/schedule/demo/discovery-call/slots?from=2026-02-03&to=2026-02-04']) {
      if (target.includes('?') && /timezone|date/.test(query)) continue;
      const answer = await page(`${target}${target.includes('?') ? '&' : '?'}${query}`);
      assert.equal(answer.status, 200, `${target} ${query}`);
    }
});

test('what cannot be read fills nothing in; the rest of the link does', async () => {
  const [slot] = await slots(prospect);
  const answer = await page(`/schedule/demo/discovery-call?start=${slot.start}&utm_campaign=%FCbersicht&utm_source=mail&notes=a%0Ab&name=Ada&phone=50%`);
  const text = await answer.text();
  assert.match(text, /name="utm_source" value="mail"/);
  assert.doesNotMatch(text, /utm_campaign/);
  assert.match(text, />a\nb<\/textarea>/);
  assert.match(text, /name="attendee_name" value="Ada"/);
  assert.match(text, /name="phone" value=""/);
});

test('named parameters of JSON routes are refused when they cannot be read', async () => {
  for (const query of ['date=%FF', 'date=2026-02-03%', 'date=2026-02-03&timezone=%FCTC', 'from=2026-02-03&to=%00']) {
    const answer = await prospect.get(`/schedule/demo/discovery-call/slots?${query}`, { ...json, validate: false });
    assert.equal(answer.status, 422, query);
  }
});

test('capitals and slashes at the end lead to the one address, the query kept', async () => {
  const cases = {
    '/schedule/demo/': '/schedule/demo', '/schedule/demo//?a=%FC': '/schedule/demo?a=%FC',
    '/schedule/Demo?utm_source=x': '/schedule/demo?utm_source=x',
    '/schedule/demo/Discovery-Call/?date=2026-02-03': '/schedule/demo/discovery-call?date=2026-02-03',
    '/schedule/demo/discovery-call/slots/?date=2026-02-03': '/schedule/demo/discovery-call/slots?date=2026-02-03',
    '/schedule/DEMO/discovery-call/slots?date=2026-02-03': '/schedule/demo/discovery-call/slots?date=2026-02-03',
  };
  for (const [from, to] of Object.entries(cases)) {
    let at = from;
    for (let steps = 0; at !== to && steps < 3; ++steps) {
      const answer = await page(at);
      assert.equal(answer.status, 308, at);
      at = answer.headers.get('location');
    }
    assert.equal(at, to);
  }
  assert.equal((await fetch(`${host.base}/schedule/nobody/`)).status, 404);
  assert.equal((await page('/no-such-place/')).status, 404);
  assert.ok(!(await page('//schedule/demo/')).headers.get('location'));
});

test('a booking posted to an address in capitals arrives', async () => {
  const [slot] = await slots(prospect);
  const answer = await fetch(`${host.base}/schedule/Demo/Discovery-Call/book/`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(booking(slot.start, 5, { phone: '+12125550123' })) });
  assert.equal(answer.status, 201, await answer.text());
});

test('manage links with what mail programs put behind them', async () => {
  const [slot] = await slots(prospect);
  const booked = await prospect.post('/schedule/demo/discovery-call/book', booking(slot.start, 6, { phone: '+12125550123' }));
  assert.equal(booked.status, 201, booked.text);
  const clean = new URL(booked.body.data.manage_url).pathname;
  for (const rest of ['/', '.', ',', ')', '%3E', ').', '/.', '%20']) {
    const answer = await fetch(`${host.base}${clean}${rest === '/.' ? './' : rest}`, { headers: { accept: 'text/html' } });
    assert.equal(answer.status, 200, rest);
    assert.equal(new URL(answer.url).pathname, clean, rest);
  }
  const token = clean.split('/').pop();
  const folded = token === token.toLowerCase() ? token.toUpperCase() : token.toLowerCase();
  assert.equal((await page(clean.replace(token, folded))).status, 404);
});

test('zones under the names that some machines report', async () => {
  const [slot] = await slots(prospect);
  for (const timezone of ['CET', 'EET', 'EST5EDT', 'MST7MDT', 'WET', 'US/Eastern', 'Asia/Calcutta', 'Europe/Kiev', 'GMT+0', 'GMT']) {
    const listed = await prospect.get(`/schedule/demo/discovery-call/slots?date=2026-02-05&timezone=${encodeURIComponent(timezone)}`);
    assert.equal(listed.status, 200, `${timezone}: ${listed.text}`);
    const booked = await prospect.post('/schedule/demo/discovery-call/book', booking(slot.start, 7, { timezone, phone: '+12125550123' }));
    assert.equal(booked.status, 201, `${timezone}: ${booked.text}`);
    assert.equal(booked.body.data.meeting.timezone, listed.body.data.timezone);
    const token = booked.body.data.manage_url.split('/').pop();
    assert.equal((await page(`/schedule/manage/${token}`)).status, 200);
    assert.equal((await prospect.post(`/schedule/cancel/${token}`, {})).status, 200);
  }
});
