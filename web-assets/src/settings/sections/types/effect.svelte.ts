/** What saving would change of next week's starts: the server compares, a moment after somebody stopped typing. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';
import { Loaded } from '../../../shared/ui/loaded.svelte';
import { changeOf, type MeetingType, type Settings } from './type_form';

type Asked = components['schemas']['AvailabilityPreviewRequest'];
export type Trial = Pick<Asked, 'settings' | 'duration_minutes'>;
export type Effect = components['schemas']['AvailabilityPreview'];

const ofTimes = ['slot_interval_minutes', 'align', 'buffer_before_minutes', 'buffer_after_minutes', 'minimum_notice_minutes', 'max_days_in_advance', 'bookable_from', 'bookable_until', 'daily_limit', 'weekly_limit', 'available_days', 'available_hours'];

/**
 * The rules to try; null when none of them decides which starts there are. Null inherits a rule, except the horizon: there
 * it means no limit, so the trial keeps the horizon that is saved.
 */
export function trialOf(saved: MeetingType, edited: MeetingType): Trial | null {
  const change = changeOf(saved, edited);
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change.settings ?? {})) if (ofTimes.includes(name)) settings[name] = value;
  for (const name of change.inherited_settings ?? []) if (ofTimes.includes(name) && name !== 'max_days_in_advance') settings[name] = null;
  const trial: Trial = {};
  if (Object.keys(settings).length) trial.settings = settings as Settings;
  if (change.duration_minutes !== undefined) trial.duration_minutes = change.duration_minutes;
  return Object.keys(trial).length ? trial : null;
}

export interface DayEffect {
  date: string;
  gained: string[]; // "09:30"
  lost: string[];
}

/** The days on which something changes. */
export function daysOf({ gained, lost }: Pick<Effect, 'gained' | 'lost'>): DayEffect[] {
  const days: Record<string, DayEffect> = {};
  const put = (kind: 'gained' | 'lost', starts: Effect['gained']) => {
    for (const { local } of starts) {
      const date = local.slice(0, 10);
      (days[date] ??= { date, gained: [], lost: [] })[kind].push(local.slice(11, 16));
    }
  };
  put('gained', gained);
  put('lost', lost);
  return Object.values(days).sort((a, b) => a.date.localeCompare(b.date));
}

const pauseMs = 400;

export class TypeEffect {
  // Without dates it is the week that begins today, which the server knows.
  readonly shown = new Loaded(async () => (await call(api.POST('/api/v1/scheduling/preview', { body: { meeting_type_id: this.id, ...this.#trial } as Asked }))).data);
  #trial: Trial = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly id: number) {}

  later(trial: Trial): void {
    this.#trial = trial;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.shown.load(), pauseMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
