import { describe, expect, it } from 'vitest';
import { addressOf, filterOf, queryOf } from './store';

describe('filters of mails', () => {
  it('stand in the address and come back from it', () => {
    const filter = filterOf(new URLSearchParams('status=held&meeting=7'));
    expect(addressOf('/s', filter)).toBe('/s/mails?status=held&meeting=7');
    expect(queryOf(filter)).toEqual({ limit: 30, status: 'held', meeting_id: 7 });
  });
  it('leave out what nobody can mean', () => {
    const filter = filterOf(new URLSearchParams('status=lost&meeting=x'));
    expect(addressOf('/s', filter)).toBe('/s/mails');
    expect(queryOf(filter)).toEqual({ limit: 30 });
  });
});
