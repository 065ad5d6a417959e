/** What the server puts into the page for this script, and what it sends as months. All of it is text to show. */
export interface Time {
  start: string;
  text: string;
  label: string;
  offset?: string;
  is_present?: boolean;
}

export interface Day {
  date: string;
  number: string;
  title: string;
  label: string;
  is_today: boolean;
  /** Where it differs from the month's: the clocks change within the month. */
  zone_label?: string;
  times: Time[];
}

export interface Month {
  month: string;
  title: string;
  caption: string;
  timezone: string;
  zone_label: string;
  previous: { month: string; label: string } | null;
  next: { month: string; label: string } | null;
  next_free: { date: string; month: string; label: string } | null;
  weekdays: { short: string; long: string }[];
  weeks: (Day | null)[][];
  /** The database is away, and this is what was known a moment before. */
  from_memory?: boolean;
}

export interface BookingData {
  locale: string; // of dates
  language: string; // of the texts
  direction: 'ltr' | 'rtl';
  texts: Record<string, string>;
  /** Only where a time is chosen. */
  month?: Month;
  month_url?: string;
  date?: string;
  is_month_asked?: boolean;
  may_detect_zone?: boolean;
}

export type Texts = (key: string, values?: Record<string, string | number>) => string;

export function readData(from: ParentNode): BookingData | undefined {
  const block = from.querySelector('#booking-data');
  return block?.textContent ? (JSON.parse(block.textContent) as BookingData) : undefined;
}

/** Knows {name} and {count, plural, one {# time} other {# times}}, and nothing else of the translators' syntax. */
export function textsOf(data: BookingData): Texts {
  return (key, values = {}) =>
    (data.texts[key] ?? key)
      .replace(/\{(\w+), plural, ((?:\w+ \{(?:[^{}]|\{\w+\})*\} ?)+)\}/g, (_, name: string, forms: string) => {
        const rule = new Intl.PluralRules(data.language).select(Number(values[name]));
        const all = new Map([...forms.matchAll(/(\w+) \{((?:[^{}]|\{\w+\})*)\}/g)].map(([, form, text]) => [form, text]));
        return (all.get(rule) ?? all.get('other') ?? '').replaceAll('#', String(values[name]));
      })
      .replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function daysOf(month: Month): Day[] {
  return month.weeks.flat().filter((day) => day !== null);
}

export function freeDays(month: Month): Day[] {
  return daysOf(month).filter((day) => day.times.length > 0);
}
