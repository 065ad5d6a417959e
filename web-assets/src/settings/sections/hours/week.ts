/** The week of a host as rows to edit: read from rules, checked while somebody types, written as rules. */
import type { components } from '../../../shared/api/schema';
import { minutesOf, timeOf } from '../../../shared/time/clock';
import type { TextKey } from '../../texts/texts';

export type Rule = components['schemas']['AvailabilityRule'];

/** `start` or `end` is '' while what stands in the field is no time. */
export interface Range {
  start: string;
  end: string;
  is_available: boolean;
}
/** By weekday; 0 is Sunday. A day without ranges is closed. */
export type Week = Range[][];

export const workday: Range = { start: '09:00', end: '17:00', is_available: true };

export function proposal(): Week {
  return Array.from({ length: 7 }, (_, day) => (day >= 1 && day <= 5 ? [{ ...workday }] : []));
}

export function weekOf(rules: Rule[]): Week {
  const week: Week = Array.from({ length: 7 }, () => []);
  const sorted = [...rules].sort((a, b) => a.start_time.localeCompare(b.start_time) || a.end_time.localeCompare(b.end_time));
  for (const rule of sorted) week[rule.day_of_week]?.push({ start: rule.start_time, end: rule.end_time, is_available: rule.is_available });
  return week;
}

export function rulesOf(week: Week): Rule[] {
  return week.flatMap((ranges, day) => ranges.map((range) => ({ day_of_week: day, start_time: range.start, end_time: range.end, is_available: range.is_available })));
}

/** Where a range stands in rulesOf(): the server names its errors by that number. */
export function ruleIndex(week: Week, day: number, index: number): number {
  return week.slice(0, day).reduce((count, ranges) => count + ranges.length, 0) + index;
}

/** What is wrong with a range among those of its day, or null. */
export function faultOf(ranges: Range[], index: number): TextKey | null {
  const range = ranges[index] as Range;
  if (!range.start || !range.end) return 'hours.fault.time';
  if (range.start >= range.end) return 'hours.fault.order';
  const others = ranges.filter((other, at) => at !== index && other.start && other.end && other.start < other.end);
  const same = others.filter((other) => other.is_available === range.is_available);
  if (same.some((other) => range.start < other.end && other.start < range.end)) return range.is_available ? 'hours.fault.overlap' : 'hours.fault.blocked_twice';
  if (!range.is_available && !others.some((other) => other.is_available && range.start < other.end && other.start < range.end)) return 'hours.fault.blocked_closed';
  return null;
}

export function isSound(week: Week): boolean {
  return week.every((ranges) => ranges.every((_, index) => faultOf(ranges, index) === null));
}

/** The next hours of a day: an hour after the last ones, one hour long, as far as the day goes. */
export function nextRange(ranges: Range[]): Range {
  if (ranges.length === 0) return { ...workday };
  const last = ranges.map((range) => range.end).sort().at(-1) || '17:00';
  const start = Math.min(minutesOf(last) + 60, 1380);
  return { start: timeOf(start), end: timeOf(Math.min(start + 60, 1440)), is_available: true };
}

/** A break in the middle of the longest open range: noon to one where that fits. */
export function nextBreak(ranges: Range[]): Range {
  const open = ranges.filter((range) => range.is_available && range.start && range.start < range.end);
  if (open.length === 0 || open.some((range) => range.start < '12:00' && range.end > '13:00')) return { start: '12:00', end: '13:00', is_available: false };
  const length = (range: Range) => minutesOf(range.end) - minutesOf(range.start);
  const longest = open.reduce((best, range) => (length(range) > length(best) ? range : best));
  const middle = minutesOf(longest.start) + Math.floor(length(longest) / 30) * 15;
  const end = Math.min(middle + Math.min(60, Math.floor(length(longest) / 4)), 1440);
  return { start: timeOf(middle), end: timeOf(end), is_available: false };
}

export function copied(week: Week, from: number, to: number[]): Week {
  return week.map((ranges, day) => (day !== from && to.includes(day) ? (week[from] ?? []).map((range) => ({ ...range })) : ranges));
}

/** What is open of a day in the end: the union of its hours without what is blocked. Only of sound ranges. */
export function openOf(ranges: Range[]): Range[] {
  const sorted = ranges.filter((range) => range.start && range.start < range.end).sort((a, b) => a.start.localeCompare(b.start));
  const union: Range[] = [];
  for (const range of sorted.filter((one) => one.is_available)) {
    const last = union.at(-1);
    if (last && range.start <= last.end) last.end = range.end > last.end ? range.end : last.end;
    else union.push({ ...range });
  }
  return sorted.filter((one) => !one.is_available).reduce((open, cut) => open.flatMap((range) => without(range, cut)), union);
}

function without(range: Range, cut: Range): Range[] {
  if (cut.end <= range.start || cut.start >= range.end) return [range];
  const left = { ...range, end: cut.start };
  const right = { ...range, start: cut.end };
  return [left, right].filter((part) => part.start < part.end);
}
