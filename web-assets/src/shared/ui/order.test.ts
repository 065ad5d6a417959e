import { describe, expect, it } from 'vitest';
import { moved, placeAt } from './order';

describe('moved', () => {
  it('moves one and keeps the others in order', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  });
  it('stays within the list, and leaves the given one alone', () => {
    const list = ['a', 'b'];
    expect(moved(list, 0, 9)).toEqual(['b', 'a']);
    expect(moved(list, 1, -4)).toEqual(['b', 'a']);
    expect(moved(list, 7, 0)).toEqual(['a', 'b']);
    expect(list).toEqual(['a', 'b']);
  });
});

describe('placeAt', () => {
  const boxes = [0, 100, 200].map((top) => ({ top, bottom: top + 80 }));
  it('takes a place only past the middle of who has it', () => {
    expect(placeAt(130, boxes, 0)).toBe(0);
    expect(placeAt(150, boxes, 0)).toBe(1);
    expect(placeAt(900, boxes, 0)).toBe(2);
    expect(placeAt(150, boxes, 2)).toBe(2);
    expect(placeAt(-5, boxes, 2)).toBe(0);
  });
});
