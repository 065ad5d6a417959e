// The states in which a prospect meets the booking pages, made over the API: for checks of all of them, and for pictures.
import assert from 'node:assert/strict';
import { Client, slots } from './client.mjs';
import { MONDAY } from './host.mjs';

export async function setNow(client, now = MONDAY) {
  const answer = await client.post('/api/v1/dev/clock', { now }, { validate: false });
  assert.ok(answer.status < 300, answer.text);
}

const created = (answer) => {
  assert.equal(answer.status, 201, answer.text);
  return answer.body.data;
};

/** Gives addresses by the name of their state; those with `now` are true at that moment only. `rep` is the demo's. */
export async function bookingStates(host, rep) {
  const prospect = await Client.anonymous(host);
  const demo = (await rep.get('/api/v1/scheduling/pages')).body.data.find((each) => each.slug === 'demo');
  const type = async (slug, name, settings = {}, more = {}) => created(await rep.post('/api/v1/scheduling/meeting-types', {
    scheduling_page_id: demo.id, slug, name, duration_minutes: 30, location_type: 'in_person', location_details: '1 Main Street', settings, ...more,
  }));
  await type('visit', 'Visit us', { max_days_in_advance: 90 }, {
    description: 'A first meeting, with coffee.', color: '#0b7285',
    questions: [
      { id: 'size', label: 'How large is your team?', type: 'number', required: true },
      { id: 'topics', label: 'What shall we talk about?', type: 'multiselect', required: false, options: ['Prices', 'Support', 'Security'] },
    ],
  });
  await type('later', 'Much later', { minimum_notice_minutes: 60 * 24 * 40, max_days_in_advance: 90 });
  await type('asked', 'By request', { requires_confirmation: true });
  await type('strict', 'Cannot be changed', { cancel_notice_minutes: 60 * 24 * 60, reschedule_notice_minutes: 60 * 24 * 60 });
  const closed = created(await rep.post('/api/v1/scheduling/pages', { name: 'Closed for good', slug: 'closed-for-good' }));
  const archived = await rep.delete(`/api/v1/scheduling/pages/${closed.id}`);
  assert.ok(archived.status < 300, archived.text);

  const free = await slots(prospect, { type: 'visit', from: '2026-02-10', to: '2026-02-20' });
  const book = async (slug, slot, more = {}) => created(await prospect.post(`/schedule/demo/${slug}/book`, {
    start: slot.start, timezone: 'America/New_York', attendee_name: 'Ada Lovelace', attendee_email: `ada.${slug}@prospect.test`, answers: slug === 'visit' ? { size: 12 } : {}, ...more,
  }));
  const ofDay = (day, at = 0) => free.filter((slot) => slot.local.startsWith(`2026-02-${day}`))[at];
  const booked = await book('visit', ofDay(10), { guests: ['grace@prospect.test'], notes: 'I look forward to it.' });
  const requested = await book('asked', ofDay(11));
  const moved = await book('visit', ofDay(12));
  const token = (made) => made.manage_url.split('/').at(-1);
  assert.equal((await prospect.post(`/schedule/reschedule/${token(moved)}`, { start: ofDay(13).start, timezone: 'America/New_York' })).status, 200);
  const cancelled = await book('visit', ofDay(16, 1));
  assert.equal((await prospect.post(`/schedule/cancel/${token(cancelled)}`, { reason: 'Train strike' })).status, 200);
  const strict = await book('strict', ofDay(17));
  const path = (made, rest = '') => `/schedule/manage/${token(made)}${rest}`;
  const form = `/schedule/demo/visit?start=${encodeURIComponent(ofDay(18, 2).start)}&timezone=America/New_York`;
  return {
    types: { address: '/schedule/demo' },
    month: { address: '/schedule/demo/visit?date=2026-02-19&timezone=America/New_York' },
    'empty-month': { address: '/schedule/demo/later?month=2026-02&timezone=America/New_York' },
    form: { address: form, start: ofDay(18, 2).start },
    'form-of-lost-time': { address: `/schedule/demo/visit?start=${encodeURIComponent(ofDay(10).start)}&timezone=America/New_York`, status: null },
    booked: { address: path(booked, '?booked=1') },
    manage: { address: path(booked) },
    'move-month': { address: path(booked, '?move=1') },
    requested: { address: path(requested, '?booked=1') },
    moved: { address: path(moved, '?moved=1') },
    cancelled: { address: path(cancelled) },
    'too-late': { address: path(strict) },
    past: { address: path(booked), now: '2026-02-10T22:00:00Z' },
    expired: { address: path(booked), now: '2026-04-20T22:00:00Z', status: 410 },
    archived: { address: '/schedule/closed-for-good', status: 404 },
    unknown: { address: '/schedule/nobody-here', status: 404 },
    'unknown-link': { address: `/schedule/manage/${'a'.repeat(43)}`, status: 404 },
  };
}
