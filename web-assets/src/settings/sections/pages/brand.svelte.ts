/** What a colour becomes on a page. The server decides it, because the page does. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';

export type BrandColors = components['schemas']['BrandColors'];

/** Of a page without a colour: those of the pages' own stylesheet. */
export const defaultColors: BrandColors = {
  brand: '#2f5bea', ink: '#ffffff', text: '#2549c4', soft: '#eaf0ff',
  dark: { brand: '#4068ec', ink: '#ffffff', text: '#7693f1', soft: '#1e2b51' },
};

export type Look = 'light' | 'dark';
export const lookNames: Look[] = ['light', 'dark'];
/** What every page has around its own colours, from the same stylesheet. */
export const papers: Record<Look, { paper: string; ink: string; inkSoft: string; line: string }> = {
  light: { paper: '#ffffff', ink: '#172033', inkSoft: '#566079', line: '#dfe3ec' },
  dark: { paper: '#1a2130', ink: '#e8ecf4', inkSoft: '#a9b3c7', line: '#333d52' },
};

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text.trim());
}

const pauseMs = 150;

export class ShownColors {
  now: BrandColors = $state.raw(defaultColors);
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows `color` as soon as the server has said what it becomes; what is no colour changes nothing. */
  show(color: string): void {
    clearTimeout(this.#timer);
    const wanted = color.trim().toLowerCase();
    this.#asked = wanted;
    if (wanted === '') this.now = defaultColors;
    if (!isColor(wanted)) return;
    this.#timer = setTimeout(async () => {
      const answer = await call(api.GET('/api/v1/scheduling/brand-colors', { params: { query: { color: wanted } } })).catch(() => null);
      if (answer && this.#asked === wanted) this.now = answer.data;
    }, pauseMs);
  }
}
