import { expect, test } from 'vitest';
import { blocking, errorIn, moodOf, writing, type Calendar, type Connection } from './store';

const calendar = (id: string, more: Partial<Calendar> = {}): Calendar => ({
  id, name: id, timezone: 'UTC', is_primary: false, can_write: true, checks_conflicts: false, writes_meetings: false, ...more,
});
const connection = (more: Partial<Connection> = {}): Connection => ({
  id: 1, user_id: 2, provider: 'google', account: 'rosa@example.com', status: 'active', last_error: null, last_sync_at: null, next_sync_at: null,
  push: 'none', events: 0, invites: 'provider', calendars: [], local: { timezone: 'UTC', last_sync_at: null, next_sync_at: null, error_at: null }, ...more,
});

test('choosing another calendar to write to lets the former go', () => {
  const account = connection({ calendars: [calendar('a', { writes_meetings: true, checks_conflicts: true }), calendar('b'), calendar('c')] });
  expect(writing(account, 'b').calendars).toEqual([
    { id: 'a', checks_conflicts: true, writes_meetings: false },
    { id: 'b', checks_conflicts: false, writes_meetings: true },
  ]);
  expect(writing(account, '').calendars).toEqual([{ id: 'a', checks_conflicts: true, writes_meetings: false }]);
});

test('whether a calendar blocks says nothing about writing', () => {
  expect(blocking(calendar('a', { writes_meetings: true }), true).calendars).toEqual([{ id: 'a', checks_conflicts: true, writes_meetings: true }]);
});

test('a connection that fails for now is in trouble, one without consent is broken', () => {
  expect(moodOf(connection())).toBe('active');
  expect(moodOf(connection({ last_error: { code: 'unavailable', message: 'x', at: '' } }))).toBe('trouble');
  expect(moodOf(connection({ status: 'broken', last_error: { code: 'consent_gone', message: 'x', at: '' } }))).toBe('broken');
});

test('an error that nobody knows is still one', () => {
  expect(errorIn(new URLSearchParams('calendar_error=scope_missing'))).toBe('scope_missing');
  expect(errorIn(new URLSearchParams('calendar_error=<b>'))).toBe('provider_refused');
  expect(errorIn(new URLSearchParams('connected=google'))).toBeNull();
});
