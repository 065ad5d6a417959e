/** The starts of the next days under rules that nobody saved yet. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';
import { datesBetween } from '../../../shared/time/dates';
import { Loaded } from '../../../shared/ui/loaded.svelte';
import type { AvailabilityChange } from './hours.svelte';

export type Preview = components['schemas']['AvailabilityPreview'];
export type MeetingType = components['schemas']['MeetingType'];

export interface PreviewDay {
  date: string;
  times: { time: string; state: 'kept' | 'new' | 'gone' }[]; // "09:30", in order
  offered: number;
  added: number;
  gone: number;
}

/** Each day with what it offers, and what it would offer no longer. */
export function daysOf(preview: Pick<Preview, 'from' | 'to' | 'slots' | 'gained' | 'lost'>): PreviewDay[] {
  const gained = preview.gained.map((slot) => slot.start);
  const starts = [
    ...preview.slots.map((slot) => ({ ...slot, state: gained.includes(slot.start) ? ('new' as const) : ('kept' as const) })),
    ...preview.lost.map((slot) => ({ ...slot, state: 'gone' as const })),
  ].sort((a, b) => a.start.localeCompare(b.start));
  return datesBetween(preview.from, preview.to).map((date) => {
    const times = starts.filter((slot) => slot.local.startsWith(date)).map(({ local, state }) => ({ time: local.slice(11, 16), state }));
    const count = (state: string) => times.filter((one) => one.state === state).length;
    return { date, times, offered: times.length - count('gone'), added: count('new'), gone: count('gone') };
  });
}

const pauseMs = 300;

export class RulePreview {
  typeId: number | null = $state(null);
  readonly types = new Loaded(async () => (await call(api.GET('/api/v1/scheduling/meeting-types', { params: { query: { limit: 100 } } }))).data);
  readonly shown = new Loaded(async () => {
    const body = { meeting_type_id: this.typeId as number, availability: this.#change };
    return (await call(api.POST('/api/v1/scheduling/preview', { body }))).data;
  });
  #change: AvailabilityChange = {};
  #isFirst = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async start(): Promise<void> {
    await this.types.load();
    this.typeId = this.types.value?.find((type) => type.is_active)?.id ?? this.types.value?.[0]?.id ?? null;
  }

  /** Asks for `change` once nobody has typed for a moment. */
  show(change: AvailabilityChange): void {
    this.#change = change;
    clearTimeout(this.#timer);
    if (this.typeId === null) return;
    this.#timer = setTimeout(() => void this.shown.load(), this.#isFirst ? 0 : pauseMs);
    this.#isFirst = false;
  }
}
