// A booking page inside of a website of another origin: a whole booking in the frame, and who may not frame it. And how
// many bytes the pages take on the way.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { launch, newPage, picture } from './lib/browser.mjs';
import { Client, demoRep } from './lib/client.mjs';
import { Host } from './lib/host.mjs';

let host, browser, shop, stranger, rep, pageId;

/** A website that shows whatever address stands in its query inside a frame. */
function website() {
  return new Promise((resolve) => {
    const server = http.createServer((request, answer) => {
      const address = new URL(request.url, 'http://x').searchParams.get('show');
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(`<!doctype html><html lang="en"><title>A website</title><h1>A website</h1><iframe title="Book" width="700" height="900" src="${address}"></iframe></html>`);
    });
    // Another port is another origin.
    server.listen(0, '127.0.0.1', () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` }));
  });
}

before(async () => {
  [shop, stranger] = [await website(), await website()];
  host = await Host.start();
  browser = await launch();
  rep = await demoRep(host);
  pageId = (await rep.get('/api/v1/scheduling/pages')).body.data.find((page) => page.slug === 'demo').id;
  const set = await rep.put(`/api/v1/scheduling/pages/${pageId}`, { embed_origins: [`${shop.origin}/`] });
  assert.equal(set.status, 200, set.text);
  assert.deepEqual(set.body.data.embed_origins, [shop.origin]);
});
after(async () => {
  await browser?.close();
  await host?.stop();
  shop?.server.close();
  stranger?.server.close();
});

async function shownOn(site, address, options = {}) {
  const page = await newPage(browser, { javaScriptEnabled: false, ...options });
  page.refused = [];
  page.on('console', (message) => { if (/frame-ancestors/.test(message.text())) page.refused.push(message.text()); });
  await page.goto(`${site.origin}/?show=${encodeURIComponent(host.base + address)}`);
  return page;
}

test('a whole booking happens in the frame, without cookies and without JavaScript', async () => {
  const page = await shownOn(shop, '/schedule/demo?embed=1&utm_source=shop');
  const frame = page.frameLocator('iframe');
  const framesAddress = () => page.frames()[1].url();
  await frame.getByRole('link', { name: /Discovery Call/ }).click();
  await frame.locator('.month a[href*="date="]').nth(2).click();
  await frame.locator('a[href*="start="]').nth(1).click();
  await frame.locator('[name=attendee_name]').fill('Ada Lovelace');
  await frame.locator('[name=attendee_email]').fill('not an address');
  const phone = frame.locator('[name=phone]');
  if (await phone.count()) await phone.fill('+1 212 555 0199');
  const send = frame.locator('button[type=submit]').last();
  await send.click();
  await frame.locator('#errors').waitFor();
  await picture(page, 'embedded-errors');
  await frame.locator('[name=attendee_email]').fill('ada@prospect.test');
  await frame.locator('button[type=submit]').last().click();
  await frame.getByRole('heading', { name: 'You are booked' }).waitFor();
  assert.match(framesAddress(), /\/schedule\/manage\/[\w-]{43}\?booked=1&embed=1$/);
  await picture(page, 'embedded-booked');
  await page.frames()[1].goto(framesAddress());
  await frame.getByRole('heading', { name: 'You are booked' }).waitFor();
  await frame.locator('a[href*="move=1"]').click();
  await frame.locator('a.time').first().click();
  await frame.locator('form[action*="/reschedule/"] button').click();
  await frame.getByText('Your meeting was moved').waitFor();
  await frame.getByRole('button', { name: /Cancel/ }).click();
  await frame.getByText('Your meeting is cancelled', { exact: false }).first().waitFor();
  assert.deepEqual(page.refused, []);
  assert.deepEqual(await page.context().cookies(), []);
  const meeting = (await rep.get('/api/v1/scheduling/meetings?status=cancelled')).body.data.find((each) => each.attendee_email === 'ada@prospect.test');
  assert.equal(meeting.utm.source, 'shop');
  await page.context().close();
});

for (const [who, address] of [['another website', '/schedule/demo?embed=1'], ['the website itself without embed=1', '/schedule/demo'], ['a form', '/schedule/demo/discovery-call?embed=0']]) {
  test(`${who} may not frame it`, async () => {
    const page = await shownOn(who === 'another website' ? stranger : shop, address);
    await page.waitForTimeout(300);
    assert.equal(page.refused.length, 1, 'the browser says why');
    assert.equal(await page.frameLocator('iframe').locator('h1:has-text("demo"), .types').count(), 0);
    await page.context().close();
  });
}

test('the policy names exactly the page\'s own websites, in front of everything', async () => {
  const policy = async (address) => (await fetch(host.base + address, { headers: { accept: 'text/html' } })).headers.get('content-security-policy');
  assert.ok((await policy('/schedule/demo?embed=1')).startsWith(`frame-ancestors ${shop.origin}; `));
  for (const address of ['/schedule/demo', '/schedule/demo?embed=1x', '/schedule/nobody?embed=1', `/schedule/manage/${'a'.repeat(43)}?embed=1`, '/login?embed=1', '/contacts?embed=1'])
    assert.ok((await policy(address)).includes("frame-ancestors 'none'"), address);
});

/** As it travels: fetch() would unpack it. */
function raw(address, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    http.request(host.base + address, { method, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', reject).end();
  });
}

const html = { accept: 'text/html' };
const packed = { 'accept-encoding': 'gzip, deflate, br' };

test('slots, zones and pages without secrets travel compressed; others never', async () => {
  const month = '/schedule/demo/discovery-call/slots?from=2026-02-03&to=2026-03-03&timezone=Europe/Berlin';
  for (const [address, headers] of [[month, {}], ['/schedule/assets/zones.json', {}], ['/schedule/demo/discovery-call', html], ['/schedule/demo', html], ['/schedule/assets/public.css', {}], ['/api/v1/openapi.json', {}]]) {
    const plain = await raw(address, headers);
    const small = await raw(address, { ...headers, ...packed });
    assert.equal(plain.headers['content-encoding'], undefined, address);
    assert.equal(small.headers['content-encoding'], 'gzip', address);
    for (const answer of [plain, small]) {
      assert.match(answer.headers.vary, /Accept-Encoding/, address);
      assert.equal(Number(answer.headers['content-length']), answer.body.length, address);
    }
    if (!address.includes('openapi')) assert.deepEqual(zlib.gunzipSync(small.body), plain.body, address);
    const head = await raw(address, { ...headers, ...packed }, 'HEAD');
    assert.equal(head.headers['content-length'], small.headers['content-length'], address);
    assert.equal(head.body.length, 0);
    const refused = await raw(address, { ...headers, 'accept-encoding': 'gzip;q=0' });
    assert.equal(refused.headers['content-encoding'], undefined, address);
  }
  const open = await Client.anonymous(host);
  const { slots: [slot] } = (await open.get(month)).body.data;
  const booked = await open.post('/schedule/demo/discovery-call/book', { start: slot.start, timezone: 'UTC', attendee_name: 'Ada', attendee_email: 'secret@prospect.test' });
  const manage = new URL(booked.body.data.manage_url).pathname;
  for (const address of [`${manage}?booked=1`, manage, `${manage}?move=1`, `/schedule/demo/discovery-call?start=${slot.start}`, '/schedule/demo/discovery-call?email=ada@prospect.test', '/login', '/nothing-here'])
    assert.equal((await raw(address, { ...html, ...packed })).headers['content-encoding'], undefined, address);
  const rep = await open.cookieLogin('rep@example.test', 'rep-demo');
  for (const address of ['/', '/contacts', '/profile', '/api/v1/users/me', '/api/v1/scheduling/meetings'])
    assert.equal((await raw(address, { ...html, ...packed, cookie: rep.cookie })).headers['content-encoding'], undefined, address);
});

test('a page of a month stays small', async () => {
  const page = await raw('/schedule/demo/discovery-call', { ...html, ...packed });
  assert.ok(page.body.length < 8_000, `${page.body.length} bytes, the times of the month for its script among them`);
  const zones = await raw('/schedule/assets/zones.json', packed);
  assert.ok(zones.body.length < 8_000, `${zones.body.length} bytes`);
  const known = await raw('/schedule/assets/zones.json', { ...packed, 'if-none-match': zones.headers.etag });
  assert.equal(known.status, 304);
  assert.equal(known.body.length, 0);
});

test('built files come compressed as they were built, and are kept for ever', async () => {
  const shell = (await raw('/settings/scheduling', { ...html, cookie: (await (await Client.anonymous(host)).cookieLogin('rep@example.test', 'rep-demo')).cookie })).body.toString();
  const script = /src="(\/schedule\/assets\/built\/[^"]+\.js)"/.exec(shell)[1];
  const plain = await raw(script);
  assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
  for (const [accepted, coding, unpack] of [['br, gzip', 'br', zlib.brotliDecompressSync], ['gzip', 'gzip', zlib.gunzipSync]]) {
    const answer = await raw(script, { 'accept-encoding': accepted });
    assert.equal(answer.headers['content-encoding'], coding);
    assert.deepEqual(unpack(answer.body), plain.body);
    assert.match(answer.headers.vary, /Accept-Encoding/);
  }
  assert.equal((await raw(`${script}.br`)).status, 404);
});
