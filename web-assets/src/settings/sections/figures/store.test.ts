import { expect, test } from 'vitest';
import { addressOf, askedOf, percent, queryOf, spanOf } from './store';

test('without more, the last twelve months are shown', () => {
  expect(askedOf(new URLSearchParams(), '2026-02-14')).toEqual({ from: '2025-03-01', to: '2026-02-14', by: 'meeting_type', host: '' });
  expect(askedOf(new URLSearchParams('from=x&to=2026-01-31&by=weather&host=-1'), '2026-02-14')).toEqual({ from: '2025-03-01', to: '2026-01-31', by: 'meeting_type', host: '' });
});

test('what is asked stands in the address and comes back from it', () => {
  const asked = { from: '2026-01-01', to: '2026-01-31', by: 'host' as const, host: '7' };
  expect(askedOf(new URL(addressOf('/x', asked), 'http://crm.test').searchParams, '2026-02-14')).toEqual(asked);
  expect(queryOf(asked)).toEqual({ from: '2026-01-01', to: '2026-01-31', group_by: 'host', host_user_id: 7 });
});

test('numbers are written for people', () => {
  expect(percent(null)).toBe(null);
  expect(percent(1 / 3)).toBe('33.3 %');
  expect(spanOf(47.96)).toEqual({ unit: 'hours', count: 48 });
  expect(spanOf(60)).toEqual({ unit: 'days', count: 2.5 });
});
