/** The booker's zone: chosen here before, else the browser's. The server knows what a zone means; this is its name. */
const key = 'booking-zone';

export function ownZone(): string {
  try {
    const kept = localStorage.getItem(key);
    if (kept) return kept;
  } catch {
    // Storage may be forbidden, in frames above all.
  }
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
  } catch {
    return '';
  }
}

export function rememberZone(zone: string): void {
  try {
    localStorage.setItem(key, zone);
  } catch {
    // Then it is asked for again next time.
  }
}

/** "new york" finds "America/New_York". */
export function matchingZones(zones: readonly string[], search: string): string[] {
  const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[_/]+/g, ' ');
  const words = plain(search).split(/\s+/).filter(Boolean);
  const place = (zone: string) => plain(zone.slice(zone.lastIndexOf('/') + 1));
  return zones
    .filter((zone) => words.every((word) => plain(zone).includes(word)))
    .sort((a, b) => Number(place(b).startsWith(words[0] ?? '')) - Number(place(a).startsWith(words[0] ?? '')));
}
