import { describe, expect, it } from 'vitest';
import { durationText, splitMinutes } from './durations';

describe('durations', () => {
  it('are split into the largest unit that fits', () => {
    expect(splitMinutes(0)).toEqual({ count: 0, unit: 'minutes' });
    expect(splitMinutes(90)).toEqual({ count: 90, unit: 'minutes' });
    expect(splitMinutes(240)).toEqual({ count: 4, unit: 'hours' });
    expect(splitMinutes(1440)).toEqual({ count: 1, unit: 'days' });
  });
  it('are said in words', () => {
    expect(durationText(0)).toBe('0 minutes');
    expect(durationText(1)).toBe('1 minute');
    expect(durationText(1590)).toBe('1 day 2 hours 30 minutes');
  });
});
