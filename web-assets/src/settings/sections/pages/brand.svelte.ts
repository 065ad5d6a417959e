/** What a colour becomes on a page. The server decides it, because the page does. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';

export type BrandColors = components['schemas']['BrandColors'];

/** Of a page without a colour: those of the pages' own stylesheet. */
export const defaultColors: BrandColors = { brand: '#2f5bea', ink: '#ffffff', text: '#2549c4', soft: '#eaf0ff' };

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
