import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultColors, papers } from '../../settings/sections/pages/brand.svelte';

/** The custom properties of :root, light and dark; what the dark does not set again stays. */
function tokensOf(file: string) {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const [light = '', dark = ''] = [...text.matchAll(/:root\s*\{([^}]*)\}/g)].map((found) => found[1] ?? '');
  const read = (block: string) => Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', (value ?? '').trim()]));
  return { light: read(light), dark: { ...read(light), ...read(dark) } };
}

const settings = tokensOf('src/shared/styles/tokens.css');
const others = { 'the booking pages': tokensOf('assets/public.css'), 'the CRM': tokensOf('../host-sdk/reference_host/templates/style.css') };

describe('one set of colours', () => {
  for (const [name, tokens] of Object.entries(others))
    for (const look of ['light', 'dark'] as const)
      it(`${name}, ${look}`, () => {
        const shared = Object.keys(tokens[look]).filter((token) => token in settings[look]);
        expect(shared.length).toBeGreaterThan(15);
        const of = (all: Record<string, string>) => Object.fromEntries(shared.map((token) => [token, all[token]]));
        expect(of(tokens[look])).toEqual(of(settings[look]));
      });

  it('is what the preview of a page shows', () => {
    for (const [look, colors] of [['light', defaultColors], ['dark', defaultColors.dark]] as const) {
      const tokens = others['the booking pages'][look];
      expect([colors.brand, colors.ink, colors.text, colors.soft]).toEqual(['--brand', '--brand-ink', '--brand-text', '--brand-soft'].map((token) => tokens[token]));
      const { paper, ink, inkSoft, line } = papers[look];
      expect([paper, ink, inkSoft, line]).toEqual(['--paper', '--ink', '--ink-soft', '--line'].map((token) => tokens[token]));
    }
  });

  it('is what the server computes contrast with', () => {
    const told = /k_dark_paper = "(#[0-9a-f]{6})"/.exec(readFileSync('../plugin/core/catalog/brand_colors.hpp', 'utf8'))?.[1];
    expect(told).toBe(others['the booking pages'].dark['--paper']);
  });
});
