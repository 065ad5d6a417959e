/** Wall-clock texts of the server ("2026-02-03T09:00") as people read them. No zone is converted here. */
const utc = (wall: string) => new Date(`${wall.length === 10 ? `${wall}T00:00` : wall}Z`);
const format = (wall: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(utc(wall));

/** "Tuesday, February 3, 2026" */
export const dayText = (wall: string) => format(wall, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** "9:00 AM" */
export const clockText = (wall: string) => format(wall, { hour: 'numeric', minute: '2-digit' });
/** "Tue, Feb 3, 2026, 9:00 AM" */
export const momentText = (wall: string) => format(wall, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' });
/** "9:00 AM – 9:30 AM"; with the second date where it ends on another day. */
export const spanText = (start: string, end: string) => `${clockText(start)} – ${start.slice(0, 10) === end.slice(0, 10) ? clockText(end) : momentText(end)}`;

/** "UTC−05:00" */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}
