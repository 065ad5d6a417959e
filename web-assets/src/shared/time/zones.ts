/** The zones that can be chosen. The server knows them, and what each is ahead of UTC now; asked once for all fields. */
import { api, call } from '../api/client';
import type { paths } from '../api/schema';

export type Zone = paths['/schedule/assets/zones.json']['get']['responses']['200']['content']['application/json']['data'][number];

let asked: Promise<Zone[]> | null = null;

export function loadZones(): Promise<Zone[]> {
  asked ??= call(api.GET('/schedule/assets/zones.json')).then(({ data }) => data);
  asked.catch(() => (asked = null)); // the next field asks again
  return asked;
}

/** "America/New York": the name as people read it. */
export function zoneText(id: string): string {
  return id.replaceAll('_', ' ');
}

/** "UTC+05:30" */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}

/** Zones that hold every typed word, those that begin a part of the name with it first. */
export function foundZones(zones: Zone[], typed: string, most = 60): Zone[] {
  const words = typed.toLowerCase().split(/[\s/_,]+/).filter(Boolean);
  const ranked = zones.flatMap((zone) => {
    const name = zone.id.toLowerCase();
    if (!words.every((word) => name.includes(word))) return [];
    const begins = words.every((word) => name.split(/[/_-]/).some((part) => part.startsWith(word)));
    return [{ zone, rank: begins ? 0 : 1 }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ zone }) => zone);
}
