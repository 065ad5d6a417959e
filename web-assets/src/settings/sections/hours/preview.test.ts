import { describe, expect, it } from 'vitest';
import { daysOf } from './preview.svelte';

const slot = (local: string, hour: number) => ({ start: `${local.slice(0, 10)}T${hour}:00:00Z`, end: '', local });

describe('daysOf', () => {
  it('puts what stays, comes and goes under its day in order', () => {
    const nine = slot('2026-02-03T09:00', 14), ten = slot('2026-02-03T10:00', 15), eleven = slot('2026-02-03T11:00', 16);
    const days = daysOf({ from: '2026-02-02', to: '2026-02-03', slots: [nine, eleven], gained: [eleven], lost: [ten] });
    expect(days[0]).toEqual({ date: '2026-02-02', times: [], offered: 0, added: 0, gone: 0 });
    expect(days[1]).toEqual({
      date: '2026-02-03', offered: 2, added: 1, gone: 1,
      times: [{ time: '09:00', state: 'kept' }, { time: '10:00', state: 'gone' }, { time: '11:00', state: 'new' }],
    });
  });
});
