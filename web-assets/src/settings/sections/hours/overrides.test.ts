import { describe, expect, it } from 'vitest';
import { rowsOf, stateOf, throughIsWrong, type Override, type OverrideForm } from './overrides.svelte';
import type { Range } from './week';

const form = (more: Partial<OverrideForm>): OverrideForm => ({ kind: 'closed', date: '2026-02-27', through: '', start: '18:00', end: '20:00', reason: '', ...more });
const usual: Range[] = [
  { start: '09:00', end: '17:00', is_available: true },
  { start: '12:00', end: '13:00', is_available: false },
];
const stored = (more: Partial<Override>): Override => ({ id: 1, date: '2026-02-27', is_available: true, start_time: '09:00', end_time: '10:00', reason: null, ...more });
const short = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => `${row.date.slice(5)} ${row.is_available ? 'open' : 'blocked'} ${row.start_time ?? ''}-${row.end_time ?? ''}`);

describe('rowsOf', () => {
  it('closes one day or several, over the end of a month', () => {
    expect(short(rowsOf(form({}), usual, []))).toEqual(['02-27 blocked -']);
    expect(rowsOf(form({ through: '2026-03-02', reason: ' Trip ' }), usual, []).map((row) => row.date)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(rowsOf(form({ reason: ' Trip ' }), usual, [])[0]?.reason).toBe('Trip');
    expect(rowsOf(form({ reason: '  ' }), usual, [])[0]?.reason).toBeNull();
  });
  it('opens other hours and blocks some', () => {
    expect(short(rowsOf(form({ kind: 'other' }), usual, []))).toEqual(['02-27 open 18:00-20:00']);
    expect(short(rowsOf(form({ kind: 'blocked' }), usual, []))).toEqual(['02-27 blocked 18:00-20:00']);
  });
  it('keeps the usual hours beside extra ones', () => {
    expect(short(rowsOf(form({ kind: 'extra' }), usual, []))).toEqual(['02-27 open 09:00-12:00', '02-27 open 13:00-17:00', '02-27 open 18:00-20:00']);
    expect(short(rowsOf(form({ kind: 'extra' }), usual, [stored({})]))).toEqual(['02-27 open 18:00-20:00']);
    expect(short(rowsOf(form({ kind: 'extra' }), [], []))).toEqual(['02-27 open 18:00-20:00']);
  });
});

describe('a date', () => {
  it('is closed, changed or as usual', () => {
    expect(stateOf([])).toBeNull();
    expect(stateOf([stored({})])).toBe('changed');
    expect(stateOf([stored({}), stored({ is_available: false, start_time: null, end_time: null })])).toBe('closed');
    expect(stateOf([stored({ is_available: false })])).toBe('changed');
  });
  it('ends after it begins, within a year', () => {
    expect(throughIsWrong(form({ through: '2026-02-26' }))).toBe(true);
    expect(throughIsWrong(form({ through: '2027-02-28' }))).toBe(true);
    expect(throughIsWrong(form({ through: '2027-02-27' }))).toBe(false);
    expect(throughIsWrong(form({ through: '' }))).toBe(false);
  });
});
