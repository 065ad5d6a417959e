import { describe, expect, it } from 'vitest';
import { offsetText, spanText } from './written';

describe('written', () => {
  it('names an offset', () => {
    expect(offsetText(-300)).toBe('UTC−05:00');
    expect(offsetText(345)).toBe('UTC+05:45');
    expect(offsetText(0)).toBe('UTC+00:00');
  });
  it('says the date of an end on another day', () => {
    expect(spanText('2026-02-03T09:00', '2026-02-03T09:30')).not.toMatch(/2026/);
    expect(spanText('2026-02-03T23:45', '2026-02-04T00:15')).toMatch(/2026/);
  });
});
