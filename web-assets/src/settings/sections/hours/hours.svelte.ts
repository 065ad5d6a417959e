/** What the page of hours edits: the week, its zone, limits and defaults. */
import { api, call } from '../../../shared/api/client';
import { Problem } from '../../../shared/api/problem';
import type { components } from '../../../shared/api/schema';
import { Draft } from '../../../shared/ui/draft.svelte';
import { t } from '../../texts/texts';
import { copied, faultOf, isSound, proposal, ruleIndex, rulesOf, weekOf, type Week } from './week';

export type Availability = components['schemas']['Availability'];
export type AvailabilityChange = components['schemas']['AvailabilityChange'];
type Defaults = Availability['defaults'];

/** null: the field is empty. What may not be empty is noted before it is sent. */
export interface HoursForm {
  timezone: string;
  week_start: number;
  week: Week;
  daily_limit: number | null;
  weekly_limit: number | null;
  defaults: { [K in keyof Defaults]: number | null };
  is_endless: boolean; // no limit in days ahead
}

const advanceDaysDefault = 30;

export function formOf(stored: Availability): HoursForm {
  const { timezone, week_start, daily_limit, weekly_limit, defaults } = stored;
  const is_endless = defaults.max_days_in_advance === null;
  return {
    timezone, week_start, daily_limit, weekly_limit, is_endless,
    week: weekOf(stored.rules),
    defaults: { ...defaults, max_days_in_advance: defaults.max_days_in_advance ?? advanceDaysDefault },
  };
}

export function changeOf(form: HoursForm): AvailabilityChange {
  const { timezone, week_start, daily_limit, weekly_limit, defaults, is_endless } = form;
  const change = {
    timezone, week_start, daily_limit, weekly_limit,
    rules: rulesOf(form.week),
    defaults: { ...defaults, max_days_in_advance: is_endless ? null : defaults.max_days_in_advance },
  };
  return change as AvailabilityChange;
}

/** What can be seen to be wrong without the server, by field. */
export function faultsOf(form: HoursForm): { field: string; message: string }[] {
  const faults: { field: string; message: string }[] = [];
  if (!isSound(form.week)) faults.push({ field: 'rules', message: '' });
  const whole = (value: number | null) => value !== null && Number.isInteger(value);
  for (const [name, value] of Object.entries(form.defaults))
    if (!whole(value) && !(name === 'max_days_in_advance' && form.is_endless)) faults.push({ field: `defaults.${name}`, message: t('hours.number') });
  for (const name of ['daily_limit', 'weekly_limit'] as const)
    if (form[name] !== null && !whole(form[name])) faults.push({ field: name, message: t('hours.number') });
  return faults;
}

export class HoursEditor {
  readonly draft: Draft<HoursForm>;
  /** The week is proposed and was never saved. */
  isProposal = $state(false);
  /** What day it is in the saved zone. */
  today = $state('');
  /** The week that holds today, whatever is being typed: single dates differ from it. */
  saved: Week = $state.raw([]);

  constructor(stored: Availability) {
    this.isProposal = stored.rules.length === 0;
    this.today = stored.today;
    this.saved = weekOf(stored.rules);
    const form = formOf(stored);
    this.draft = new Draft(this.isProposal ? { ...form, week: proposal() } : form, (edited) => this.#store(edited));
  }

  get form(): HoursForm {
    return this.draft.now;
  }

  get isSound(): boolean {
    return faultsOf(this.form).length === 0;
  }

  copyDay(from: number, to: number[]): void {
    this.form.week = copied($state.snapshot(this.form.week) as Week, from, to);
  }

  /** What is wrong with a range, as far as can be seen here or as the server said. */
  rangeError(day: number, index: number): string | undefined {
    const ranges = this.form.week[day] ?? [];
    const fault = faultOf(ranges, index);
    if (fault) return t(fault);
    const field = `rules[${ruleIndex(this.form.week, day, index)}]`;
    return ['', '.start_time', '.end_time', '.day_of_week'].map((part) => this.draft.error(field + part)).find(Boolean);
  }

  async #store(edited: HoursForm): Promise<HoursForm> {
    const faults = faultsOf(edited);
    if (faults.length) throw new Problem(422, 'invalid_input', t('shell.errors'), faults);
    const { data } = await call(api.PUT('/api/v1/scheduling/availability', { body: changeOf(edited) }));
    this.today = data.today;
    this.saved = weekOf(data.rules);
    this.isProposal = data.rules.length === 0;
    return formOf(data);
  }
}

export async function loadAvailability(): Promise<Availability> {
  return (await call(api.GET('/api/v1/scheduling/availability'))).data;
}
