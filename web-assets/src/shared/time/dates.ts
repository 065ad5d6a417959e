/** Dates of a calendar, without zones: "2026-02-03". Counting them needs no clock. */
const dayMs = 86_400_000;

const utc = (date: string) => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
const written = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function plusDays(date: string, days: number): string {
  return written(utc(date) + days * dayMs);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(utc(date)).getUTCDay();
}

/** Every date from `first` to `last`, both included. */
export function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = plusDays(date, 1)) dates.push(date);
  return dates;
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && written(utc(text)) === text;
}

/** The seven weekdays, beginning with `first`. */
export function weekFrom(first: number): number[] {
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7);
}

/** "2026-02" some months later. */
export function plusMonths(month: string, count: number): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The weeks that a month touches, days of its neighbours included. */
export function weeksOf(month: string, weekStart: number): string[][] {
  const first = `${month}-01`;
  let date = plusDays(first, -((weekdayOf(first) - weekStart + 7) % 7));
  const weeks: string[][] = [];
  while (weeks.length === 0 || date.slice(0, 7) === month) {
    weeks.push(datesBetween(date, plusDays(date, 6)));
    date = plusDays(date, 7);
  }
  return weeks;
}

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' });

/** "Tuesday, February 3, 2026" in the reader's language. */
export function dateText(date: string, options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }): string {
  return format(options).format(utc(date));
}

export function monthText(month: string): string {
  return dateText(`${month}-01`, { month: 'long', year: 'numeric' });
}

export function weekdayText(day: number, weekday: 'long' | 'short' = 'long'): string {
  // 2 January 2000 was a Sunday.
  return format({ weekday }).format(Date.UTC(2000, 0, 2 + day));
}
