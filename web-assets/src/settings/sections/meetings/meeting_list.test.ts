import { describe, expect, it } from 'vitest';
import { addressOf, byDay, filterOf, queryOf } from './meeting_list';
import type { Meeting } from './store';

const meeting = (id: number, start = '2026-02-03T09:00') => ({ id, local: { start } }) as Meeting;
const filter = (query: string) => filterOf(new URLSearchParams(query));

describe('filters', () => {
  it('stand in the address and come back from it', () => {
    const asked = 'view=past&status=no_show&type=3&from=2026-01-01&q=ada+l';
    expect(addressOf('/s', filter(asked))).toBe(`/s/meetings?${asked}`);
    expect(addressOf('/s', filter(''))).toBe('/s/meetings');
  });
  it('ask for what a view shows by itself', () => {
    expect(queryOf(filter(''))).toEqual({ when: 'upcoming', order: 'oldest_first', limit: 30, status: 'scheduled' });
    expect(queryOf(filter('view=requests'))).toMatchObject({ when: 'upcoming', status: 'pending' });
    expect(queryOf(filter('view=past'))).toEqual({ when: 'past', order: 'newest_first', limit: 30 });
    expect('status' in queryOf(filter('status=all'))).toBe(false);
  });
  it('leave out what nobody can mean', () => {
    expect(filter('view=sideways&status=lost')).toMatchObject({ view: 'upcoming', status: '' });
    expect(queryOf(filter('type=x&user=0&from=soon&q=+++'))).toEqual({ when: 'upcoming', order: 'oldest_first', limit: 30, status: 'scheduled' });
  });
});

describe('byDay', () => {
  it('groups by the date on the reader\'s clock and keeps the order', () => {
    const days = byDay([meeting(1), meeting(2, '2026-02-03T23:30'), meeting(3, '2026-02-04T00:15')]);
    expect(days.map(({ date, meetings }) => [date, meetings.map(({ id }) => id)])).toEqual([['2026-02-03', [1, 2]], ['2026-02-04', [3]]]);
  });
});
