import { expect, test } from 'vitest';
import type { Connection } from '../calendars/store';
import { sorted } from './store';

const connection = (id: number, user_id: number, more: Partial<Connection> = {}): Connection => ({
  id, user_id, provider: 'google', account: `${id}@example.com`, status: 'active', last_error: null, last_sync_at: null, next_sync_at: null,
  push: 'none', events: 0, invites: 'provider', calendars: [], local: { timezone: 'UTC', last_sync_at: null, next_sync_at: null, error_at: null }, ...more,
});

test('what needs somebody comes first, the rest by owner', () => {
  const failing = { last_error: { code: 'unavailable', message: 'x', at: '' } };
  const names = new Map([[1, 'Zoe'], [2, 'Ada']]);
  const all = sorted([connection(1, 1), connection(2, 2), connection(3, 1, failing), connection(4, 9, { status: 'broken', ...failing })], names);
  expect(all.map((each) => each.connection.id)).toEqual([4, 3, 2, 1]);
  expect(all.map((each) => each.owner)).toEqual([null, 'Zoe', 'Ada', 'Zoe']);
});
