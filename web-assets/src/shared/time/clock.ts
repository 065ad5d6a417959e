/** Times of day as people type and read them. "HH:MM" inside; 24:00 is the end of a day. No zones, no dates. */

/** Whether the reader's language says "9:30 PM". */
export function uses12Hours(locale?: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
}

export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** "9:30 PM" or "21:30". The end of a day is 12:00 AM where clocks have twelve hours. */
export function timeText(time: string, twelve = uses12Hours(), locale?: string): string {
  if (time === '24:00' && !twelve) return '24:00';
  const at = new Date(Date.UTC(2000, 0, 1, Number(time.slice(0, 2)), Number(time.slice(3, 5))));
  const format = new Intl.DateTimeFormat(locale, { hour: twelve ? 'numeric' : '2-digit', minute: '2-digit', hourCycle: twelve ? 'h12' : 'h23', timeZone: 'UTC' });
  return format.format(at).replace(/\s/g, ' ');
}

interface Reading {
  isEnd?: boolean; // midnight is the end of the day
  after?: string; // "5" after 9:00 is five in the afternoon, where clocks have twelve hours
  twelve?: boolean;
}

const words: Record<string, string> = { noon: '12', midday: '12', midnight: '0' };

/** "9", "930", "9:30", "9.30 pm", "noon" → "HH:MM"; null for what is no time. */
export function readTime(typed: string, { isEnd = false, after, twelve = uses12Hours() }: Reading = {}): string | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, '');
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?:([ap])\.?m?\.?)?$/.exec(words[text] ?? text);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[3];
  if (hour > 24 || minute > 59 || (half && (hour < 1 || hour > 12))) return null;
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  let minutes = hour * 60 + minute;
  if (minutes > 1440) return null;
  if (!half && twelve && after && hour <= 12 && minutes <= minutesOf(after) && minutes > 0 && minutes + 720 > minutesOf(after) && minutes + 720 <= 1440) minutes += 720;
  if (minutes === 0 && isEnd) minutes = 1440;
  if (minutes === 1440 && !isEnd) minutes = 0;
  return timeOf(minutes);
}
