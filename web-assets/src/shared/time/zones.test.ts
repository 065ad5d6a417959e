import { describe, expect, it } from 'vitest';
import { foundZones, offsetText, zoneText } from './zones';

const zones = ['America/New_York', 'America/Argentina/Buenos_Aires', 'Europe/Berlin', 'Europe/London', 'Asia/Kolkata', 'America/Port-au-Prince'].map((id) => ({ id, offset_minutes: 0 }));
const found = (typed: string) => foundZones(zones, typed).map(({ id }) => id);

describe('zones', () => {
  it('are found by what people type', () => {
    expect(found('new york')).toEqual(['America/New_York']);
    expect(found('europe ber')).toEqual(['Europe/Berlin']);
    expect(found('America/New_York')).toEqual(['America/New_York']);
    expect(found('lon')).toEqual(['Europe/London']);
    expect(found('atlantis')).toEqual([]);
    expect(found('')).toHaveLength(zones.length);
  });
  it('put those first that begin so', () => {
    expect(found('a').slice(0, 2)).toEqual(['America/New_York', 'America/Argentina/Buenos_Aires']);
    expect(found('prince')).toEqual(['America/Port-au-Prince']);
  });
  it('are read', () => {
    expect(zoneText('America/New_York')).toBe('America/New York');
    expect(offsetText(330)).toBe('UTC+05:30');
    expect(offsetText(-210)).toBe('UTC−03:30');
  });
});
