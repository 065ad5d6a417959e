import { describe, expect, it } from 'vitest';
import { contactOf } from './invite';

describe('a contact that is invited', () => {
  it('is told by name and company', () => {
    expect(contactOf({ id: 3, data: { name: 'Ada Lovelace', company: 'Engines Ltd' } })).toEqual({ id: 3, label: 'Ada Lovelace, Engines Ltd' });
    expect(contactOf({ id: 3, data: { name: 'Ada Lovelace', company: ' ' } }).label).toBe('Ada Lovelace');
  });
  it('has a number at least', () => {
    expect(contactOf({ id: 7, data: { name: 12 } }).label).toBe('#7');
  });
});
