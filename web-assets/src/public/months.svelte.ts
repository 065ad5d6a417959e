/** The months that were loaded, the one that is shown, and how loading goes. */
import type { Month } from './data';
import { freeDays } from './data';
import { patiently, type Patience } from './net';

export type Phase = 'ready' | 'loading' | 'slow' | 'waiting' | 'failed';

const freshFor = 60_000;

export class Months {
  shown = $state.raw() as Month;
  phase = $state<Phase>('ready');
  /** The zone was not known to the server. */
  refusedZone = $state('');
  #kept = new Map<string, { month: Month; at: number }>();
  #asked?: AbortController;
  #again = () => {};

  constructor(
    readonly url: string,
    readonly first: Month,
    readonly ask: (url: string, signal: AbortSignal) => Promise<Response> = (url, signal) =>
      fetch(url, { signal, headers: { Accept: 'application/json' } }),
    readonly how: Patience = {},
  ) {
    this.shown = first;
    this.#keep(first);
  }

  /** `month` "": the first one with a free time. True when it is shown in the end. */
  async show(month: string, zone: string): Promise<boolean> {
    this.#asked?.abort();
    const kept = this.#kept.get(`${zone} ${month}`);
    if (kept) {
      this.shown = kept.month;
      this.phase = 'ready';
      if (Date.now() - kept.at > freshFor) void this.#refresh(month, zone);
      return true;
    }
    const asked = new AbortController();
    this.#asked = asked;
    this.#again = () => void this.show(month, zone);
    this.phase = 'loading';
    const tell = { slow: 'slow', waiting: 'waiting', asking: 'waiting' } as const;
    try {
      const loaded = await this.#load(month, zone, { ...this.how, signal: asked.signal, tell: (told) => (this.phase = tell[told]) });
      if (asked.signal.aborted) return false;
      if (loaded) this.shown = loaded;
      this.phase = loaded ? 'ready' : this.refusedZone === zone ? 'ready' : 'failed';
      return loaded !== undefined;
    } catch {
      if (!asked.signal.aborted) this.phase = 'failed';
      return false;
    }
  }

  again(): void {
    this.#again();
  }

  /** Loads a month that is likely to be asked for; whether it comes is nobody's concern. */
  async prefetch(month: string, zone: string): Promise<void> {
    if (this.#kept.has(`${zone} ${month}`)) return;
    await this.#refresh(month, zone, false);
  }

  async #refresh(month: string, zone: string, isShown = true): Promise<void> {
    try {
      const answer = await this.ask(this.#address(month, zone), new AbortController().signal);
      if (!answer.ok) return;
      const { data } = (await answer.json()) as { data: Month };
      this.#keep(data, zone);
      if (isShown && this.shown.month === data.month && this.shown.timezone === data.timezone && this.phase === 'ready') this.shown = data;
    } catch {
      // What is shown stays.
    }
  }

  async #load(month: string, zone: string, how: Patience): Promise<Month | undefined> {
    const answer = await patiently((signal) => this.ask(this.#address(month, zone), signal), how);
    if (answer.status === 422) this.refusedZone = zone;
    if (!answer.ok) return undefined;
    const { data } = (await answer.json()) as { data: Month };
    this.#keep(data, zone);
    return data;
  }

  #address(month: string, zone: string): string {
    const query = new URLSearchParams({ timezone: zone });
    if (month) query.set('month', month);
    return `${this.url}${this.url.includes('?') ? '&' : '?'}${query}`;
  }

  /** Under the name that was asked for, too: "Asia/Calcutta" is answered as "Asia/Kolkata". */
  #keep(month: Month, zone = month.timezone): void {
    // What was told from memory is asked for again as soon as it is shown again.
    const entry = { month, at: month.from_memory ? -freshFor : Date.now() };
    this.#kept.set(`${zone} ${month.month}`, entry);
    this.#kept.set(`${month.timezone} ${month.month}`, entry);
  }
}

/** The day whose times are shown: `wanted` when it lies in the month, else the first free one. */
export function dayIn(month: Month, wanted: string) {
  if (wanted.startsWith(month.month)) return month.weeks.flat().find((day) => day?.date === wanted) ?? undefined;
  return freeDays(month)[0];
}
