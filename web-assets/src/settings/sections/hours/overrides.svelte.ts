/** Dates with other hours than the week says, and what a form makes of them. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';
import { datesBetween, isDate, plusDays } from '../../../shared/time/dates';
import { Loaded } from '../../../shared/ui/loaded.svelte';
import { openOf, type Range } from './week';

export type Override = components['schemas']['DateOverride'];
export type NewOverride = components['schemas']['NewDateOverride'];
export type Kind = 'closed' | 'other' | 'extra' | 'blocked';

const daysMax = 366;

export interface OverrideForm {
  kind: Kind;
  date: string;
  through: string; // '' or the last day of several
  start: string;
  end: string;
  reason: string;
}

/**
 * The rows that say what the form means. Open hours of a date replace those of its weekday, so extra hours bring the
 * usual ones with them, unless the date has its own already.
 */
export function rowsOf(form: OverrideForm, usual: Range[], existing: Override[]): NewOverride[] {
  const reason = form.reason.trim() || null;
  const row = (date: string, is_available: boolean, start_time: string | null, end_time: string | null): NewOverride => ({ date, is_available, start_time, end_time, reason });
  if (form.kind === 'closed') return datesBetween(form.date, form.through || form.date).map((date) => row(date, false, null, null));
  const own = row(form.date, form.kind !== 'blocked', form.start, form.end);
  if (form.kind !== 'extra' || existing.some((one) => one.is_available)) return [own];
  return [...openOf(usual).map((range) => ({ ...row(form.date, true, range.start, range.end), reason: null })), own];
}

export function throughIsWrong(form: OverrideForm): boolean {
  return form.kind === 'closed' && form.through !== '' && (!isDate(form.through) || form.through < form.date || form.through > plusDays(form.date, daysMax - 1));
}

/** What a date is in the month: closed, with other hours, or as usual. */
export function stateOf(rows: Override[]): 'closed' | 'changed' | null {
  if (rows.length === 0) return null;
  return rows.some((row) => !row.is_available && row.start_time === null) ? 'closed' : 'changed';
}

const rowsMax = 500;

export class Overrides {
  readonly all = new Loaded(async () => {
    const rows: Override[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(api.GET('/api/v1/scheduling/overrides', { params: { query: { limit: 100, cursor } } }));
      rows.push(...page.data);
      cursor = page.next_cursor ?? undefined;
    } while (cursor && rows.length < rowsMax);
    return rows;
  });
  /** Rises with every change that the server took. */
  version = $state(0);

  of(date: string): Override[] {
    return (this.all.value ?? []).filter((row) => row.date === date);
  }

  /** Adds one row after the other; what was added before a refusal stays and is shown. */
  async add(rows: NewOverride[]): Promise<void> {
    try {
      for (const body of rows) await call(api.POST('/api/v1/scheduling/overrides', { body }));
    } finally {
      await this.#changed();
    }
  }

  async remove(id: number): Promise<void> {
    try {
      await call(api.DELETE('/api/v1/scheduling/overrides/{id}', { params: { path: { id } } }));
    } finally {
      await this.#changed();
    }
  }

  async #changed(): Promise<void> {
    this.version += 1;
    await this.all.load();
  }
}
