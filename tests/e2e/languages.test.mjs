// The public pages in the reader's language, clock, week and direction, without JavaScript; a whole booking in German,
// whose errors and mail are German too. Pictures land in SCREENSHOTS when it is set.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { booking, Client, demoRep, json, slots } from './lib/client.mjs';
import { Host } from './lib/host.mjs';
import { MailServer } from './lib/mail.mjs';

const pictures = process.env.SCREENSHOTS;
const CALL = '/schedule/demo/discovery-call';
const demoPhone = { phone: '+12125550123' };
let host, server, browser, rep, prospect;
before(async () => {
  server = await MailServer.start();
  host = await Host.start({ args: ['--smtp-url', `smtp://localhost:${server.ports.smtp_port}`], env: { CRM_SMTP_FROM: 'crm@example.test' } });
  rep = await demoRep(host);
  prospect = await Client.anonymous(host);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
});
after(async () => {
  await browser?.close();
  await host?.stop();
  await server?.stop();
});

/** As a browser with that header asks; undefined sends none. */
async function ask(target, language, { form, method = form ? 'POST' : 'GET' } = {}) {
  const headers = { accept: 'text/html', 'accept-language': language ?? '*' };
  if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
  const answer = await fetch(host.base + target, { method, headers, body: form && new URLSearchParams(form), redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, lang: text.match(/<html lang="([^"]*)" dir="([^"]*)"/)?.slice(1).join(' ') };
}

async function open(locale, { viewport = { width: 1280, height: 800 }, ...more } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport, locale, reducedMotion: 'reduce', ...more });
  return context.newPage();
}

async function picture(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${name} scrolls sideways`);
  if (!pictures) return;
  fs.mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

test('the language is the browser’s, by RFC 9110', async () => {
  const cases = {
    'de-AT,de;q=0.9,en;q=0.8': 'de ltr', 'pt-BR': 'pt ltr', 'zh-CN,zh;q=0.9': 'en ltr', 'zh,ja;q=0.5': 'ja ltr', 'fr;q=0.2, es;q=0.7': 'es ltr',
    'de;q=0, fr;q=0.1': 'fr ltr', '*': 'en ltr', 'EN-gb': 'en ltr', ar: 'en rtl', 'he-IL': 'en rtl', 'klingon, ;;q=,': 'en ltr',
  };
  for (const [header, want] of Object.entries(cases))
    for (const target of ['/schedule/demo', CALL, '/schedule/nobody', '/schedule/manage/unknown', '/schedule/manage/verify/unknown', '/schedule/manage/request/unknown'])
      assert.equal((await ask(target, header)).lang, want, `${header} ${target}`);
  const german = await ask('/schedule/demo', 'de');
  assert.match(german.headers.get('vary'), /accept-language/i);
  assert.equal(german.headers.get('content-language'), 'de');
  assert.match(german.text, /Wählen Sie eine Terminart/);
});

test('an address says it before the browser does, and is carried along', async () => {
  for (const query of ['lang=ja', 'locale=ja', 'lang=ja&locale=de'])
    assert.equal((await ask(`/schedule/demo?${query}`, 'de')).lang, 'ja ltr', query);
  for (const query of ['lang=%FF', 'lang=zz', 'lang=', 'locale=<b>', `lang=${'x'.repeat(500)}`])
    assert.equal((await ask(`/schedule/demo?${query}`, 'de')).lang, 'de ltr', query);
  const page = await open('de-DE');
  await page.goto(`${host.base}/schedule/demo?lang=ja`);
  const lang = () => page.locator('html').getAttribute('lang');
  await page.locator('.type a').first().click();
  assert.equal(await lang(), 'ja');
  await page.locator('.month-head a[rel=next], .times a').first().click();
  assert.equal(await lang(), 'ja');
  await page.goto(`${host.base}${CALL}?lang=ja&date=2026-02-04`);
  await page.locator('.zone button').click();
  assert.equal(await lang(), 'ja');
  await page.locator('.times a').first().click();
  assert.equal(await lang(), 'ja');
  await page.locator('input[formnovalidate]').first().click();
  assert.equal(await lang(), 'ja', 'after a POST');
});

test('the reader may choose a language at the foot of a page', async () => {
  const page = await open('de-DE');
  await page.goto(`${host.base}${CALL}?date=2026-02-04&utm_source=mail&lang=fr`);
  assert.deepEqual(await page.locator('.languages li').allInnerTexts(), ['Deutsch', 'English', 'Español', 'Français', '日本語', 'Português']);
  assert.equal(await page.locator('.languages [aria-current]').innerText(), 'Français');
  await page.locator('.languages a', { hasText: '日本語' }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
  assert.equal(new URL(page.url()).search, '?date=2026-02-04&utm_source=mail&lang=ja');
});

test('clock, week and order of dates follow language and region', async () => {
  const [slot] = await slots(prospect);
  assert.ok(slot);
  const of = async (header) => {
    const { text } = await ask(`${CALL}?date=2026-02-04&timezone=America/New_York`, header);
    return { first: text.match(/<abbr title="([^"]+)"/)[1], time: text.match(/<a class="time"[^>]*>([^<]+)</)[1], day: text.match(/<h3 id="times"[^>]*>([^<]+)</)[1] };
  };
  assert.deepEqual(await of('en-US'), { first: 'Sunday', time: '9:00 AM', day: 'Wednesday, February 4, 2026' });
  assert.deepEqual(await of('en-GB'), { first: 'Monday', time: '09:00', day: 'Wednesday, 4 February 2026' });
  assert.deepEqual(await of('de'), { first: 'Montag', time: '09:00', day: 'Mittwoch, 4. Februar 2026' });
  assert.deepEqual(await of('ja'), { first: '日曜日', time: '9:00', day: '2026年2月4日水曜日' });
  assert.equal((await of('pt-BR')).first, 'domingo');
  assert.equal((await of('es-ES')).first, 'lunes');
});

test('a whole booking by form in German: page, errors, confirmation, mail, move, cancellation', async () => {
  const page = await open('de-DE', { timezoneId: 'Europe/Berlin' });
  await page.goto(`${host.base}/schedule/demo`);
  await page.getByRole('link', { name: /Discovery Call/ }).click();
  assert.match(await page.locator('main').innerText(), /Wählen Sie Tag und Uhrzeit/);
  await page.goto(`${host.base}${CALL}?date=2026-02-05&timezone=Europe/Berlin`);
  assert.match(await page.locator('a.day').first().getAttribute('aria-label'), /, \d+ freie Zeiten$/);
  await picture(page, 'german-month');
  await page.locator('.times a').first().click();
  await page.getByRole('button', { name: 'Termin buchen' }).first().click();
  assert.match(await page.title(), /^Fehler: /);
  assert.deepEqual(await page.locator('#errors li').allInnerTexts(), [
    'Ihr Name: Bitte füllen Sie dieses Feld aus.', 'Ihre E-Mail-Adresse: Geben Sie eine E-Mail-Adresse ein, zum Beispiel ada@example.com.']);
  await page.locator('[name=attendee_name]').fill('Käthe Müller www.example.com');
  await page.locator('[name=attendee_email]').fill('kaethe');
  await page.locator('[name=phone]').fill('x');
  await page.getByRole('button', { name: 'Termin buchen' }).first().click();
  assert.match(await page.locator('#attendee_name-error').innerText(), /Ein Name enthält keine Webadresse/);
  assert.match(await page.locator('#phone-error').innerText(), /Landesvorwahl/);
  await picture(page, 'german-errors');
  await page.locator('[name=attendee_name]').fill('Käthe Müller');
  await page.locator('[name=attendee_email]').fill('kaethe@prospect.test');
  await page.locator('[name=phone]').fill('+49 30 901820');
  await page.getByRole('button', { name: 'Termin buchen' }).first().click();
  assert.match(page.url(), /\/schedule\/manage\/[\w-]{43}\?booked=1$/);
  const booked = await page.locator('main').innerText();
  for (const words of ['Ihr Termin ist gebucht', 'Ihr Link', 'E-Mails zu Ihrer Buchung', 'Donnerstag, 5. Februar 2026', 'Zu Google Kalender hinzufügen'])
    assert.ok(booked.includes(words), words);
  await picture(page, 'german-booked');
  const [mail] = await server.mails(1, (each) => each.to === 'kaethe@prospect.test');
  assert.match(mail.subject, /^Gebucht: /);
  assert.equal(mail.header('content-language'), 'de-DE');
  await page.getByRole('link', { name: 'Verschieben' }).click();
  assert.match(await page.locator('main').innerText(), /Wählen Sie eine neue Zeit/);
  await page.locator('a.time').first().click();
  await page.getByRole('button', { name: 'Termin verschieben' }).click();
  assert.match(await page.locator('main').innerText(), /Ihr Termin wurde verschoben/);
  await page.locator('[name=reason]').fill('x'.repeat(1001));
  await page.locator('[name=reason]').evaluate((each) => each.removeAttribute('maxlength'));
  await page.getByRole('button', { name: 'Termin absagen' }).click();
  assert.match(await page.locator('main').innerText(), /Ihr Termin ist abgesagt|Höchstens 1\.000 Zeichen/);
});

test('the language that was chosen is the booking’s, and the page after it speaks it', async () => {
  const [slot] = await slots(prospect, { from: '2026-02-09' });
  const form = { start: slot.start, timezone: 'America/New_York', attendee_name: 'Chosen', attendee_email: 'chosen@prospect.test', lang: 'fr', ...demoPhone };
  const answer = await ask(`${CALL}/book`, 'en-US', { form });
  assert.equal(answer.status, 303, answer.text);
  assert.match(answer.headers.get('location'), /\?booked=1&lang=fr$/);
  assert.equal((await ask(answer.headers.get('location'), 'en-US')).lang, 'fr ltr');
  const [mail] = await server.mails(1, (each) => each.to === 'chosen@prospect.test');
  assert.match(mail.subject, /^Rendez-vous réservé/);
  const [meeting] = (await rep.get('/api/v1/scheduling/meetings?limit=100')).body.data.filter((each) => each.attendee_email === 'chosen@prospect.test');
  assert.equal(meeting.locale ?? 'fr', 'fr');
});

test('a meeting’s page speaks the browser’s language, else the one it was booked in', async () => {
  const [slot] = await slots(prospect, { from: '2026-02-10' });
  const booked = await prospect.post(`${CALL}/book`, booking(slot.start, 31, { locale: 'ja', ...demoPhone }));
  assert.equal(booked.status, 201, booked.text);
  const manage = new URL(booked.body.data.manage_url).pathname;
  assert.equal((await ask(manage)).lang, 'ja ltr');
  assert.equal((await ask(manage, 'zh-CN')).lang, 'ja ltr');
  assert.equal((await ask(manage, 'es')).lang, 'es ltr');
  assert.equal((await ask(`${manage}?lang=de`, 'es')).lang, 'de ltr');
  assert.match((await ask(`${manage}?lang=de`, 'es')).text, /href="[^"]*\?move=1&amp;lang=de"/);
  const token = manage.split('/').pop();
  for (const [target, form] of [[`/schedule/reschedule/${token}`, { start: '2026-02-07T03:00:00Z', lang: 'pt' }], [`/schedule/reschedule/${token}`, { start: slot.start, lang: 'pt' }],
    [`/schedule/cancel/${token}`, { reason: 'x\u0001', lang: 'pt' }], [`/schedule/cancel/${token}`, { reason: '', lang: 'pt' }]]) {
    const answer = await ask(target, 'es', { form });
    assert.equal(answer.lang, 'pt ltr', target);
    assert.match(answer.text, new RegExp(`href="${manage}\\?lang=de"`), 'another language leads to the meeting');
  }
});

test('JSON stays English and its codes stable', async () => {
  const answer = await prospect.post(`${CALL}/book`, booking('2026-02-10T15:00:00Z', 1, { attendee_name: '' }), { headers: { 'accept-language': 'de', accept: 'application/json' } });
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.body.errors.find((each) => each.field === 'attendee_name'), { field: 'attendee_name', code: 'required', message: 'This is needed.' });
  assert.equal((await prospect.get('/schedule/nobody', { headers: { ...json.headers, 'accept-language': 'de' } })).body.title, 'There is no such thing here');
});

test('what shared links show, and what search engines leave out', async () => {
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
  const branding = { logo_url: 'https://cdn.example.test/logo.png', company_name: 'Acme & Söhne' };
  assert.equal((await rep.put(`/api/v1/scheduling/pages/${page.id}`, { branding, description: 'Line one\n"Line" <two>' })).status, 200);
  const { text } = await ask('/schedule/demo?utm_source=x', 'de');
  for (const tag of ['<meta name="description" content="Line one &quot;Line&quot; &lt;two&gt;">', `<link rel="canonical" href="${host.base.replace('127.0.0.1', '127.0.0.1')}/schedule/demo">`,
    '<meta property="og:image" content="https://cdn.example.test/logo.png">', '<meta property="og:site_name" content="Acme &amp; Söhne">', '<meta name="twitter:card" content="summary">'])
    assert.ok(text.includes(tag), `${tag}\n${text.slice(0, 2500)}`);
  assert.match(text, /<meta property="og:title" content="[^"]+ – Termin buchen">/);
  const type = await ask(CALL, 'de');
  assert.match(type.text, /<meta property="og:url" content="[^"]+\/schedule\/demo\/discovery-call">/);
  assert.match(type.text, /<title>Discovery Call – /);
  assert.doesNotMatch((await ask('/schedule/manage/unknown', 'de')).text, /og:|canonical/);
  assert.match((await ask('/schedule/manage/unknown', 'de')).text, /<meta name="robots" content="noindex">/);
});

test('buttons that take a meeting to a calendar', async () => {
  const [slot] = await slots(prospect, { from: '2026-02-11' });
  const booked = await prospect.post(`${CALL}/book`, booking(slot.start, 41, { attendee_name: 'Ada & Söhne', ...demoPhone }));
  const { text } = await ask(new URL(booked.body.data.manage_url).pathname, 'en');
  const links = [...text.matchAll(/<a class="button quiet" href="(https:[^"]+)" target="_blank" rel="noopener noreferrer">([^<]+)</g)].map(([, url, name]) => [new URL(url.replaceAll('&amp;', '&')), name]);
  assert.deepEqual(links.map(([url, name]) => [url.hostname, name]),
    [['calendar.google.com', 'Add to Google Calendar'], ['outlook.live.com', 'Add to Outlook'], ['outlook.office.com', 'Add to Microsoft 365']]);
  const compact = (instant) => instant.replace(/[-:]/g, '');
  assert.equal(links[0][0].searchParams.get('dates'), `${compact(slot.start)}/${compact(slot.end)}`);
  assert.match(links[0][0].searchParams.get('text'), /Discovery Call.*Ada & Söhne/);
  for (const [url] of links) assert.ok(!decodeURIComponent(url.href).includes(booked.body.data.manage_url.split('/').pop()), 'no secret for others');
  assert.equal(links[1][0].searchParams.get('startdt'), slot.start);
  assert.equal(links[2][0].searchParams.get('enddt'), slot.end);
  await prospect.post(`/schedule/cancel/${new URL(booked.body.data.manage_url).pathname.split('/').pop()}`, {});
  assert.doesNotMatch((await ask(new URL(booked.body.data.manage_url).pathname, 'en')).text, /calendar\.google/);
});

for (const [name, viewport] of [['desktop', { width: 1280, height: 800 }], ['phone', { width: 390, height: 844 }], ['narrow', { width: 320, height: 640 }]]) {
  test(`Arabic: layout mirrored, dates in Arabic, names whole (${name})`, async () => {
    const page = await open('ar-EG', { viewport });
    await page.goto(`${host.base}/schedule/demo`);
    await picture(page, `arabic-page-${name}`);
    await page.goto(`${host.base}${CALL}?date=2026-02-12&timezone=Africa/Cairo`);
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    assert.match(await page.locator('#times').innerText(), /الخميس/);
    assert.equal(await page.locator('#times').getAttribute('lang'), 'ar-EG');
    await picture(page, `arabic-month-${name}`);
    const box = (selector) => page.locator(selector).first().boundingBox();
    if (name === 'desktop') assert.ok((await box('.summary')).x > (await box('.step')).x, 'the summary is on the right');
    assert.ok((await box('thead th:first-child')).x > (await box('thead th:last-child')).x, 'the week runs from right to left');
    const turned = await page.locator('.month-head .turns').first().evaluate((each) => getComputedStyle(each).transform);
    assert.match(turned, /^matrix\(-1/);
    await page.locator('.times a').first().click();
    await page.locator('[name=attendee_name]').fill('ليلى العلي');
    await page.locator('[name=attendee_email]').fill(`leila-${name}@prospect.test`);
    await page.locator('[name=phone]').fill('+20 2 27921000');
    await picture(page, `arabic-form-${name}`);
    await page.locator('form[action*="/book"] button[type=submit]').click();
    assert.match(page.url(), /booked=1/);
    assert.match(await page.locator('main').innerText(), /ليلى العلي/);
    await picture(page, `arabic-booked-${name}`);
  });
}

test('Japanese pages', async () => {
  const page = await open('ja-JP', { viewport: { width: 390, height: 844 } });
  await page.goto(`${host.base}${CALL}?date=2026-02-12&timezone=Asia/Tokyo`);
  assert.match(await page.locator('main').innerText(), /日時をお選びください/);
  await picture(page, 'japanese-month-phone');
});
