// EVIDENCE: B-11.2 B-5.3
// Every kind of mail, over a real SMTP server with STARTTLS and AUTH, read back by other people's parsers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './lib/browser.mjs';
import { Client, demoAdmin, demoRep, json, slots } from './lib/client.mjs';
import { Host, MONDAY } from './lib/host.mjs';
import { certificate, MailServer } from './lib/mail.mjs';

let host, server, open, rep, admin, types;
before(async () => {
  const { key, cert } = certificate();
  server = await MailServer.start(['--tls', 'starttls', '--cert', cert, '--key', key, '--user', 'crm', '--password', 'open sesame']);
  host = await Host.start({
    args: ['--smtp-url', `smtp://localhost:${server.ports.smtp_port}`],
    env: { CRM_SMTP_USER: 'crm', CRM_SMTP_PASSWORD: 'open sesame', CRM_SMTP_CA_FILE: cert, CRM_SMTP_TLS: 'required', CRM_SMTP_FROM: 'crm@example.test' },
  });
  open = await Client.anonymous(host);
  rep = await demoRep(host);
  admin = await demoAdmin(host);
  types = (await rep.get('/api/v1/scheduling/meeting-types')).body.data;
});
after(async () => {
  await host?.stop();
  await server?.stop();
});

const clock = async (now) => assert.equal((await open.post('/api/v1/dev/clock', { now })).status, 200);
const run = async (job) => assert.equal((await open.post(`/api/v1/dev/jobs/${job}/run`)).status, 200);
const type = (slug) => types.find((each) => each.slug === slug);

async function book({ slug = 'discovery-call', email, timezone = 'America/New_York', locale, guests = [], more = {} }) {
  const [slot] = await slots(open, { type: slug });
  const answer = await open.post(`/schedule/demo/${slug}/book`,
    { start: slot.start, timezone, attendee_name: 'Ada Lovelace', attendee_email: email, guests, ...(locale ? { locale } : {}), ...more });
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body.data, token: answer.body.data.manage_url.split('/').pop(), slot };
}

/** What holds for every mail we write. */
function wellFormed(mail) {
  assert.equal(mail.tls, true);
  assert.equal(mail.user, 'crm');
  assert.equal(mail.from, 'crm@example.test');
  assert.match(mail.header('from'), /<?crm@example\.test>?$/);
  assert.ok(mail.subject.length > 5, mail.subject);
  assert.ok(mail.text.length > 50 && mail.html.length > 200, 'text and HTML');
  assert.match(mail.header('message-id'), /^<\d+\.[0-9a-f]+@[^>]+>$/);
  assert.match(mail.header('auto-submitted'), /auto-generated/);
  assert.ok(!/[^\r]\n/.test(mail.source.toString('latin1')), 'CRLF only');
  assert.ok(mail.source.toString('latin1').split('\r\n').every((line) => line.length <= 998), 'short lines');
  assert.doesNotMatch(mail.html, /<script|javascript:|{{|}}/i);
  assert.doesNotMatch(mail.text, /{{|}}|undefined|null/);
  const wanted = mail.calendar.method;
  assert.match(mail.source.toString('latin1').replace(/\r\n[ \t]+/g, ' '), new RegExp(`text/calendar;[^\\r]*method="?${wanted}"?`, 'i'), 'the method parameter equals METHOD');
  assert.equal(mail.attached.replace(/\r\n/g, '\n'), mail.calendarText.replace(/\r\n/g, '\n'), 'the attachment is the same event');
  assert.ok(mail.calendar.attendees.includes(mail.to), `${mail.to} is an attendee of ${JSON.stringify(mail.calendar.attendees)}`);
}

const to = (address) => (mail) => mail.to === address;

test('booked: attendee, guest and host each get one mail, in their own zone', async () => {
  await server.clear();
  const booked = await book({ email: 'ada1@prospect.test', timezone: 'Asia/Kathmandu', guests: ['bob@prospect.test'], more: { notes: 'About "pricing" <b>&</b> more' } });
  const mails = await server.mails(3);
  mails.forEach(wellFormed);
  const [ada, bob, rosa] = ['ada1@prospect.test', 'bob@prospect.test', 'rep@example.test'].map((address) => mails.find(to(address)));
  assert.ok(ada && bob && rosa);
  assert.equal(ada.calendar.method, 'REQUEST');
  assert.equal(ada.calendar.start, booked.slot.start);
  assert.equal(ada.calendar.sequence, 0);
  assert.equal(ada.calendar.status, 'CONFIRMED');
  assert.ok(ada.calendar.alarms >= 1);
  assert.match(ada.calendar.organizer, /rep@example\.test/i);
  assert.match(ada.header('reply-to'), /rep@example\.test/);
  assert.match(rosa.header('reply-to'), /ada1@prospect\.test/);
  assert.match(ada.text, /Asia\/Kathmandu/);
  assert.match(ada.text, /UTC\+05:45/);
  assert.ok(ada.text.includes(booked.manage_url), 'the manage link');
  assert.ok(!bob.text.includes('/schedule/manage/') && !bob.html.includes('/schedule/manage/'), 'not the guest\'s to change');
  assert.ok(!rosa.text.includes(booked.manage_url));
  assert.ok(rosa.text.includes('About "pricing" <b>&</b> more'), 'plain in the text part');
  assert.ok(rosa.html.includes('&lt;b&gt;') && !rosa.html.includes('<b>&</b>'), 'escaped in the HTML part');
  await server.quiet(3);
  const listed = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${booked.meeting.id}`)).body.data;
  assert.deepEqual(listed.map((each) => each.status), ['done', 'done', 'done']);
});

// EVIDENCE: B-7.8
test('a host books their own page, in capitals, with a guest who takes over: everybody is told once', async () => {
  await server.clear();
  const booked = await book({ email: 'REP@Example.test', guests: ['Rep@example.test', 'rep2@example.test', 'REP2@example.test'] });
  const mails = await server.mails(2);
  assert.deepEqual(mails.map((mail) => mail.to).sort(), ['rep2@example.test', 'rep@example.test']);
  const own = mails.find(to('rep@example.test'));
  assert.equal(own.calendar.attendees.filter((each) => each.toLowerCase() === 'rep@example.test').length, 1);
  await server.quiet(2);
  const other = (await admin.get('/api/v1/users')).body.data.find((each) => each.email === 'rep2@example.test');
  const rules = [1, 2, 3, 4, 5].map((day) => ({ day_of_week: day, start_time: '09:00', end_time: '17:00', is_available: true }));
  const colleague = await Client.signedIn(host, 'rep2@example.test', 'rep2-demo');
  assert.equal((await colleague.put('/api/v1/scheduling/availability', { timezone: 'America/New_York', rules })).status, 200);
  const done = await admin.post(`/api/v1/scheduling/meetings/${booked.meeting.id}/reassign`, { host_user_id: other.id });
  assert.equal(done.status, 200, done.text);
  await server.mails(4);
  const later = (await slots(open)).at(5);
  const moved = await open.post(`/schedule/reschedule/${booked.token}`, { start: later.start });
  assert.equal(moved.status, 200, moved.text);
  await server.mails(6);
  assert.equal((await open.post(`/schedule/cancel/${booked.token}`)).status, 200);
  const all = await server.mails(8);
  await server.quiet(8);
  assert.equal(all.filter((mail) => /^rep2@/i.test(mail.to)).length, 4);
});

// EVIDENCE: B-8.4
test('calendar files name the organizer and the reader, the CRM never speaks under an attendee\'s name', async () => {
  await server.clear();
  await book({ email: 'eve@b\u00fccher.example', guests: ['guest1@prospect.test', 'guest2@prospect.test'], more: { attendee_name: 'Eve Example', phone: '+1 645 234 5678', notes: 'secret words' } });
  const mails = await server.mails(4);
  mails.forEach(wellFormed);
  const rosa = mails.find(to('rep@example.test'));
  assert.doesNotMatch(rosa.header('from'), /Eve/);
  assert.match(rosa.header('reply-to'), /eve@xn--bcher-kva\.example/);
  for (const mail of mails.filter((each) => each !== rosa)) {
    assert.deepEqual(mail.calendar.attendees.filter((each) => !/^(rep@example\.test)$/i.test(each)), [mail.to]);
    assert.doesNotMatch(`${mail.text} ${mail.html}`, /secret words/);
    if (/guest/.test(mail.to)) assert.doesNotMatch(`${mail.text} ${mail.html} ${mail.calendarText}`, /5678|eve@/);
  }
  assert.ok(mails.some(to('eve@xn--bcher-kva.example')), 'mailed without SMTPUTF8');
});

for (const [locale, timezone, words] of [['en-US', 'America/New_York', /confirmed|booked|scheduled/i], ['de', 'Europe/Berlin', /Termin/], ['ja', 'Asia/Kathmandu', /予約|予定/]]) {
  test(`a meeting's whole life, told in ${locale} and ${timezone}`, async () => {
    await server.clear();
    const email = `life-${locale.toLowerCase()}@prospect.test`;
    const booked = await book({ email, locale, timezone });
    const [first] = await server.mails(1, to(email));
    wellFormed(first);
    assert.match(`${first.subject} ${first.text}`, words);
    assert.match(first.html, new RegExp(`lang="${locale.slice(0, 2)}`));
    assert.ok(first.text.includes(timezone));

    const later = (await slots(open)).at(3);
    const moved = await open.post(`/schedule/reschedule/${booked.token}`, { start: later.start });
    assert.equal(moved.status, 200, moved.text);
    const [, second] = await server.mails(2, to(email));
    wellFormed(second);
    assert.equal(second.calendar.method, 'REQUEST');
    assert.equal(second.calendar.uid, first.calendar.uid);
    assert.ok(second.calendar.sequence > first.calendar.sequence);
    assert.equal(second.calendar.start, later.start);
    assert.ok(second.text.includes(booked.manage_url), 'the old link');

    const cancelled = await open.post(`/schedule/cancel/${booked.token}`, { reason: 'Zu früh <x>' });
    assert.equal(cancelled.status, 200, cancelled.text);
    const [, , third] = await server.mails(3, to(email));
    wellFormed(third);
    assert.equal(third.calendar.method, 'CANCEL');
    assert.equal(third.calendar.status, 'CANCELLED');
    assert.equal(third.calendar.uid, first.calendar.uid);
    assert.ok(third.calendar.sequence > second.calendar.sequence);
    assert.equal(third.calendar.alarms, 0);
    assert.ok(!third.text.includes('Zu früh'), 'what a public form says goes to hosts only');
    assert.ok(!third.text.includes('/schedule/manage/'), 'no link that will not work');
    assert.ok(new Set([first.subject, second.subject, third.subject]).size === 3);
    const hosts = await server.mails(3, to('rep@example.test'));
    hosts.forEach(wellFormed);
    assert.deepEqual(hosts.map((mail) => mail.calendar.method), ['REQUEST', 'REQUEST', 'CANCEL']);
    assert.ok(hosts[2].text.includes('Zu früh <x>'));
  });
}

test('without a chosen language, the browser\'s is spoken', async () => {
  await server.clear();
  const [slot] = await slots(open);
  const form = new URLSearchParams({ start: slot.start, timezone: 'Europe/Berlin', attendee_name: 'Ada', attendee_email: 'browser@prospect.test' });
  const answer = await fetch(`${host.base}/schedule/demo/discovery-call/book`, { method: 'POST', body: form, redirect: 'manual', headers: { accept: 'text/html', 'accept-language': 'de-AT,de;q=0.8,en;q=0.5' } });
  assert.equal(answer.status, 303);
  const [mail] = await server.mails(1, to('browser@prospect.test'));
  wellFormed(mail);
  assert.match(mail.subject, /Termin|Gebucht/);
});

test('a request is confirmed from the link in the host\'s mail, another one declined', async () => {
  const made = await rep.post('/api/v1/scheduling/meeting-types', { scheduling_page_id: type('discovery-call').scheduling_page_id, name: 'On request', slug: 'on-request', duration_minutes: 30, settings: { requires_confirmation: true, confirmation_hours: 24 } });
  assert.equal(made.status, 201, made.text);
  for (const [answer, occasion, method] of [['confirm', 'confirmed', 'REQUEST'], ['decline', 'declined', 'CANCEL']]) {
    await server.clear();
    const email = `${answer}@prospect.test`;
    const booked = await book({ slug: 'on-request', email });
    assert.equal(booked.meeting.status, 'pending');
    const [asked] = await server.mails(1, to('rep@example.test'));
    wellFormed(asked);
    const link = asked.text.match(/http\S+\/schedule\/manage\/request\/[\w-]+/)[0];
    const [first] = await server.mails(1, to(email));
    wellFormed(first);
    assert.equal(first.calendar.status, 'TENTATIVE');
    const page = await fetch(link, { headers: { accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Confirm meeting/);
    assert.equal((await rep.get(`/api/v1/scheduling/meetings/${booked.meeting.id}`)).body.data.status, 'pending', 'looking changes nothing');
    const done = await fetch(`${link}/${answer}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, body: answer === 'decline' ? 'reason=Full' : '' });
    assert.equal(done.status, 200);
    const [, second] = await server.mails(2, to(email));
    wellFormed(second);
    assert.equal(second.calendar.method, method);
    assert.ok(second.calendar.sequence > first.calendar.sequence);
    const kinds = (await rep.get(`/api/v1/scheduling/mails?meeting_id=${booked.meeting.id}`)).body.data.map((each) => each.kind);
    assert.ok(kinds.includes(`mail_${occasion}`), kinds.join());
  }
});

test('a request nobody answers expires, and everybody is told', async () => {
  await server.clear();
  const booked = await book({ slug: 'on-request', email: 'forgotten@prospect.test' });
  await server.mails(2);
  await clock('2026-02-03T13:00:00Z');
  await run('ExpireRequestsJob');
  const [, second] = await server.mails(2, to('forgotten@prospect.test'));
  wellFormed(second);
  assert.equal(second.calendar.method, 'CANCEL');
  assert.equal((await rep.get(`/api/v1/scheduling/meetings/${booked.meeting.id}`)).body.data.cancelled_by, 'system');
  await clock(MONDAY);
});

for (const [locale, timezone] of [['en', 'America/New_York'], ['de', 'Europe/Berlin'], ['en-GB', 'Asia/Kathmandu']]) {
  test(`every other kind of mail, told in ${locale} and ${timezone}`, async () => {
    const language = locale.slice(0, 2);
    const told = async (email, count) => {
      const mail = (await server.mails(count, to(email))).at(-1);
      wellFormed(mail);
      assert.match(mail.html, new RegExp(`lang="${language}`));
      assert.ok(mail.text.includes(timezone), mail.text);
      assert.equal(mail.header('content-language'), locale);
      return mail;
    };
    const subjects = new Set();
    for (const kind of ['confirmed', 'declined', 'expired', 'reassigned', 'reminder']) {
      await server.clear();
      const email = `${kind}-${locale.toLowerCase()}@prospect.test`;
      const isRequest = ['confirmed', 'declined', 'expired'].includes(kind);
      const { meeting, slot } = await book({ slug: isRequest ? 'on-request' : 'product-demo', email, locale, timezone });
      subjects.add((await told(email, 1)).subject);
      const path = `/api/v1/scheduling/meetings/${meeting.id}`;
      if (kind === 'confirmed') assert.equal((await rep.post(`${path}/confirm`)).status, 200);
      if (kind === 'declined') assert.equal((await rep.post(`${path}/decline`, { reason: 'Full' })).status, 200);
      if (kind === 'expired') {
        await clock(slot.start);
        await run('ExpireRequestsJob');
      }
      if (kind === 'reassigned') {
        const other = (await admin.get('/api/v1/users')).body.data.find((each) => each.email === 'rep2@example.test');
        assert.equal((await admin.post(`${path}/reassign`, { host_user_id: other.id })).status, 200);
      }
      if (kind === 'reminder') {
        await clock(new Date(Date.parse(slot.start) - 3_600_000).toISOString());
        await run('SendMeetingReminderJob');
      }
      subjects.add((await told(email, 2)).subject);
      await clock(MONDAY);
      assert.equal((await rep.get(`/api/v1/scheduling/mails?meeting_id=${meeting.id}`)).status, 200);
      if (kind !== 'declined' && kind !== 'expired') await admin.post(`${path}/cancel`, {});
    }
    assert.ok(subjects.size >= 6, [...subjects].join('\n'));
  });
}

test('another host takes a meeting over: all four are told', async () => {
  await server.clear();
  const booked = await book({ email: 'moved-on@prospect.test' });
  const [first] = await server.mails(1, to('moved-on@prospect.test'));
  // A late mail of another meeting is none of these.
  const ours = (mail) => mail.calendar?.uid === first.calendar.uid;
  await server.mails(2, ours);
  await server.clear();
  const users = (await admin.get('/api/v1/users')).body.data;
  const other = users.find((each) => each.email === 'rep2@example.test');
  const done = await admin.post(`/api/v1/scheduling/meetings/${booked.meeting.id}/reassign`, { host_user_id: other.id });
  assert.equal(done.status, 200, done.text);
  const mails = await server.mails(3, ours);
  mails.forEach(wellFormed);
  const [ada, now, was] = ['moved-on@prospect.test', 'rep2@example.test', 'rep@example.test'].map((address) => mails.find(to(address)));
  assert.equal(ada.calendar.method, 'REQUEST');
  assert.match(ada.calendar.organizer, /rep2@example\.test/i);
  assert.equal(now.calendar.method, 'REQUEST');
  assert.equal(was.calendar.method, 'CANCEL');
});

test('a reminder tells how long it is, and carries no link once it is too late to change', async () => {
  await server.clear();
  const saved = await rep.put(`/api/v1/scheduling/meeting-types/${type('product-demo').id}`, { settings: { cancel_notice_minutes: 120, reschedule_notice_minutes: 120 } });
  assert.equal(saved.status, 200, saved.text);
  const booked = await book({ slug: 'product-demo', email: 'reminded@prospect.test', timezone: 'Europe/Berlin', locale: 'de' });
  const start = Date.parse(booked.slot.start);
  const at = (minutes) => new Date(start - minutes * 60_000).toISOString().replace('.000', '');
  await server.mails(2);
  if (Date.parse(MONDAY) < start - 1440 * 60_000) {
    await clock(at(1440));
    await run('SendMeetingReminderJob');
    const [, day] = await server.mails(2, to('reminded@prospect.test'));
    wellFormed(day);
    assert.match(day.subject, /morgen/i);
    assert.ok(day.text.includes(booked.manage_url));
  }
  const before = (await server.raw()).filter((mail) => mail.to[0] === 'reminded@prospect.test').length;
  await clock(at(60));
  await run('SendMeetingReminderJob');
  const mails = await server.mails(before + 1, to('reminded@prospect.test'));
  const hour = mails.at(-1);
  wellFormed(hour);
  assert.match(hour.subject, /Stunde/);
  assert.ok(!hour.text.includes('/schedule/manage/') && !hour.html.includes('/schedule/manage/'));
  assert.match(hour.text, /rep@example\.test/, 'how to reach the host instead');
  await run('SendMeetingReminderJob');
  // The clock has passed other meetings: their hosts may be asked what came of them.
  await server.quiet(mails.length, 2500, 'reminded@prospect.test');
  await clock(MONDAY);
});

test('a rep writes own words, looks at them and tries them out', async () => {
  const page = (await rep.get('/api/v1/scheduling/pages')).body.data[0];
  const path = `/api/v1/scheduling/pages/${page.id}/mail-templates`;
  const words = { subject: 'Hooray, {{attendee_name}}!', body: 'See you on {{date}} at {{time}}.\n\n<b>{{host_name}}</b>' };
  const listed = (await rep.get(path)).body;
  assert.deepEqual(listed.languages, ['de', 'en', 'es', 'fr', 'ja', 'pt']);
  for (const [body, field] of [[{ ...words, body: '{{secret}}' }, 'body'], [{ ...words, subject: 'a\nb' }, 'subject'], [{ ...words, subject: '{{' }, 'subject']]) {
    const bad = await rep.put(`${path}/booked/en`, body);
    assert.equal(bad.status, 422, bad.text);
    assert.equal(bad.body.errors[0].field, field);
  }
  assert.equal((await rep.put(`${path}/booked/xx`, words)).body.errors[0].field, 'language');
  assert.equal((await rep.put(`${path}/party/en`, words)).body.errors[0].field, 'occasion');
  const shown = await rep.post(`${path}/booked/en/preview`, words);
  assert.equal(shown.status, 200, shown.text);
  assert.equal(shown.body.data.subject, 'Hooray, Ada Lovelace!');
  assert.ok(shown.body.data.html.includes('&lt;b&gt;'), 'escaped');
  assert.deepEqual((await rep.get(path)).body.data, [], 'looking saves nothing');
  assert.equal((await rep.put(`${path}/booked/en`, words)).status, 200);

  await server.clear();
  assert.equal((await rep.post(`${path}/booked/en/test`, {})).status, 200);
  const [tried] = await server.mails(1, to('rep@example.test'));
  assert.match(tried.subject, /Hooray, Ada Lovelace!/);
  assert.equal(tried.parts.length, 0, 'nothing for the calendar');
  await server.clear();
  const booked = await book({ email: 'own-words@prospect.test' });
  const [mail] = await server.mails(1, to('own-words@prospect.test'));
  wellFormed(mail);
  assert.equal(mail.subject, 'Hooray, Ada Lovelace!');
  assert.ok(mail.text.includes(booked.manage_url), 'facts and links stay');
  const german = await book({ email: 'andere-worte@prospect.test', locale: 'de' });
  assert.ok(german);
  const [other] = await server.mails(1, to('andere-worte@prospect.test'));
  assert.doesNotMatch(other.subject, /Hooray/);
  assert.equal((await rep.delete(`${path}/booked/en`)).status, 204);
  assert.equal((await rep.delete(`${path}/booked/en`)).status, 404);
});

test('an address that bounces is shown to the rep, and tried again on request', async () => {
  await server.clear();
  await server.fault({ stage: 'rcpt', code: 550, text: '5.1.1 no such user here', match: 'bounces@prospect.test', count: 0 });
  const booked = await book({ email: 'bounces@prospect.test' });
  await server.mails(1, to('rep@example.test'));
  let meeting;
  for (let i = 0; i < 50 && !meeting?.mail_failures.length; ++i) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    meeting = (await rep.get(`/api/v1/scheduling/meetings/${booked.meeting.id}`)).body.data;
  }
  assert.equal(meeting.mail_failures[0].recipient, 'bounces@prospect.test');
  assert.match(meeting.mail_failures[0].reply, /no such user here/);
  const timeline = (await rep.get(`/api/v1/records/${meeting.contact_id}/activities`)).body.data;
  assert.match(JSON.stringify(timeline), /no such user here/);
  const health = (await admin.get('/api/v1/scheduling/mail-health')).body.data;
  assert.equal(health.mails.failed, 1);
  assert.match(health.mails.failed_reason, /no such user here/);
  const modules = (await admin.get('/api/v1/modules')).body.data;
  assert.match(JSON.stringify(modules), /could not be delivered/);
  await server.mend();
  const dead = (await rep.get('/api/v1/scheduling/mails?status=dead')).body.data[0];
  assert.equal((await rep.post(`/api/v1/scheduling/mails/${dead.id}/retry`)).status, 204);
  await server.mails(1, to('bounces@prospect.test'));
});

test('mails fit a phone and a desk, and follow the reader into the dark', async () => {
  await server.clear();
  await book({ email: 'looks@prospect.test', locale: 'ja', more: { notes: 'x'.repeat(300) + ' https://example.test/' + 'y'.repeat(200) } });
  const mails = await server.mails(2);
  const browser = await launch();
  try {
    for (const width of [390, 1000]) {
      const grounds = [];
      for (const colorScheme of ['light', 'dark']) {
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, javaScriptEnabled: false });
        for (const { html, to: reader } of mails) {
          await page.setContent(html);
          const box = await page.locator('body').evaluate((body) => ({ wide: body.ownerDocument.documentElement.scrollWidth, ground: getComputedStyle(body).backgroundColor }));
          assert.ok(box.wide <= width, `${reader}: ${box.wide} > ${width}`);
          grounds.push(box.ground);
        }
        await page.close();
      }
      assert.notEqual(grounds[0], grounds.at(-1));
    }
  } finally {
    await browser.close();
  }
});

test('the jobs page shows the mail jobs', async () => {
  const jobs = (await admin.get('/api/v1/jobs')).body.data;
  for (const name of ['DeliverMailJob', 'SendMeetingReminderJob', 'ExpireRequestsJob', 'CompleteMeetingsJob']) {
    const job = jobs.find((each) => each.name === name);
    assert.ok(job, name);
    assert.equal(job.last_error, '');
  }
});

test('nothing secret stands in the log', () => {
  assert.doesNotMatch(host.output, /open sesame|\/schedule\/manage\/[\w-]{43}|b3BlbiBzZXNhbWU/);
});
