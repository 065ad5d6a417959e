/** Lengths of time: minutes inside, words outside. */
export type Unit = 'minutes' | 'hours' | 'days';
export const units: Unit[] = ['minutes', 'hours', 'days'];
export const minutesIn: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

/** In the largest unit that leaves nothing over: 240 is 4 hours, 90 is 90 minutes. */
export function splitMinutes(minutes: number): { count: number; unit: Unit } {
  const unit = minutes === 0 ? 'minutes' : ([...units].reverse().find((one) => minutes % minutesIn[one] === 0) ?? 'minutes');
  return { count: minutes / minutesIn[unit], unit };
}

const written = (count: number, unit: string) => new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count);

/** "1 day 2 hours"; "0 minutes". */
export function durationText(minutes: number): string {
  const parts = [
    { count: Math.floor(minutes / 1440), unit: 'day' },
    { count: Math.floor((minutes % 1440) / 60), unit: 'hour' },
    { count: minutes % 60, unit: 'minute' },
  ].filter(({ count }) => count > 0);
  return parts.length ? parts.map(({ count, unit }) => written(count, unit)).join(' ') : written(0, 'minute');
}
