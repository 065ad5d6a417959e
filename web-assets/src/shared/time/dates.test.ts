import { describe, expect, it } from 'vitest';
import { datesBetween, isDate, plusDays, plusMonths, weekFrom, weekdayOf, weeksOf } from './dates';

describe('dates', () => {
  it('count over months, years and leap days', () => {
    expect(plusDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(plusDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(datesBetween('2026-03-07', '2026-03-09')).toEqual(['2026-03-07', '2026-03-08', '2026-03-09']);
    expect(datesBetween('2026-03-09', '2026-03-07')).toEqual([]);
    expect(plusMonths('2025-12', 1)).toBe('2026-01');
    expect(plusMonths('2026-01', -1)).toBe('2025-12');
    expect(weekdayOf('2026-02-02')).toBe(1);
  });
  it('knows which exist', () => {
    expect(isDate('2026-02-28')).toBe(true);
    for (const text of ['2026-02-30', '2026-2-3', '', 'soon']) expect(isDate(text)).toBe(false);
  });
  it('begins weeks where the reader does', () => {
    expect(weekFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(weekFrom(6)).toEqual([6, 0, 1, 2, 3, 4, 5]);
    expect(weeksOf('2026-02', 0)).toHaveLength(4);
    expect(weeksOf('2026-02', 1)[0]).toEqual(datesBetween('2026-01-26', '2026-02-01'));
    expect(weeksOf('2026-02', 1)).toHaveLength(5);
  });
});
