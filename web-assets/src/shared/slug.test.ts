import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSlug, slugOf, slugOfNothing, typedSlug } from './slug';

describe('a slug', () => {
  const lines = readFileSync('../tests/tables/slugs.txt', 'utf8').split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean);
  it('comes from the name as the server makes it', () => {
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const [want, name] = line.split(/ {2,}/) as [string, string];
      expect(slugOf(name) || slugOfNothing, name).toBe(want);
      expect(isSlug(want), want).toBe(true);
    }
    expect(slugOf('x'.repeat(150))).toHaveLength(100);
    expect(slugOf(`${'a'.repeat(99)} b`)).toBe('a'.repeat(99));
    expect(slugOf(' Café à deux! ')).toBe('cafe-a-deux');
  });
  it('is corrected while somebody types', () => {
    expect(typedSlug('Ada Love')).toBe('ada-love');
    expect(typedSlug('ada-')).toBe('ada-');
    expect(typedSlug('ä/b?')).toBe('b');
  });
  it('has letters or digits at both ends', () => {
    for (const good of ['a', 'ada', 'a-1']) expect(isSlug(good)).toBe(true);
    for (const bad of ['', '-a', 'a-', 'A', 'a b', 'a'.repeat(101)]) expect(isSlug(bad)).toBe(false);
  });
});
