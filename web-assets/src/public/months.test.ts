import { describe, expect, it, vi } from 'vitest';
import type { Month } from './data';
import { dayIn, Months } from './months.svelte';
import { patiently } from './net';

const time = (start: string) => ({ start, text: start.slice(11, 16), label: start });
function month(name: string, free: number[], timezone = 'Europe/Berlin'): Month {
  const day = (number: number) => {
    const date = `${name}-${String(number).padStart(2, '0')}`;
    return { date, number: String(number), title: date, label: date, is_today: false, times: free.includes(number) ? [time(`${date}T09:00:00Z`)] : [] };
  };
  return { month: name, title: name, caption: '', timezone, zone_label: timezone, previous: null, next: null, next_free: null, weekdays: [], weeks: [[null, day(1), day(2), day(3)]] };
}
const json = (data: Month, status = 200) => new Response(JSON.stringify({ data }), { status });
const nothing = () => Promise.resolve();

describe('Months', () => {
  it('asks once for a month, and not at all for the one it began with', async () => {
    const ask = vi.fn(async (url: string) => json(month(new URL(url, 'http://x').searchParams.get('month')!, [1])));
    const months = new Months('/m', month('2026-02', [1]), ask);
    await months.show('2026-02', 'Europe/Berlin');
    expect(ask).not.toHaveBeenCalled();
    await months.prefetch('2026-03', 'Europe/Berlin');
    expect(months.shown.month).toBe('2026-02');
    await months.show('2026-03', 'Europe/Berlin');
    expect(months.shown.month).toBe('2026-03');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('keeps what the address holds already: a language, an invitation', async () => {
    const ask = vi.fn(async (url: string) => json(month(new URL(url, 'http://x').searchParams.get('month')!, [1])));
    const months = new Months('/m?invite=abc', month('2026-02', [1]), ask);
    await months.show('2026-03', 'Europe/Berlin');
    expect(ask.mock.calls[0]![0]).toBe('/m?invite=abc&timezone=Europe%2FBerlin&month=2026-03');
  });

  it('asks again for what was told from memory, as soon as it is shown again', async () => {
    let isAway = true;
    const ask = vi.fn(async () => json({ ...month('2026-03', [1]), ...(isAway ? { from_memory: true } : {}) }));
    const months = new Months('/m', month('2026-02', [1]), ask);
    await months.show('2026-03', 'Europe/Berlin');
    expect(months.shown.from_memory).toBe(true);
    await months.show('2026-02', 'Europe/Berlin');
    isAway = false;
    await months.show('2026-03', 'Europe/Berlin');
    await vi.waitFor(() => expect(months.shown.from_memory).toBeUndefined());
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('knows a zone by the name it asked for', async () => {
    const ask = vi.fn(async () => json(month('2026-02', [1], 'Asia/Kolkata')));
    const months = new Months('/m', month('2026-02', [1]), ask);
    await months.show('2026-02', 'Asia/Calcutta');
    await months.show('2026-02', 'Asia/Calcutta');
    await months.show('2026-02', 'Asia/Kolkata');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('shows the month that was asked for last, whichever comes first', async () => {
    const open: Record<string, (answer: Response) => void> = {};
    const ask = (url: string) => new Promise<Response>((resolve) => (open[new URL(url, 'http://x').searchParams.get('month')!] = resolve));
    const months = new Months('/m', month('2026-02', [1]), ask);
    const first = months.show('2026-03', 'Europe/Berlin');
    const second = months.show('2026-04', 'Europe/Berlin');
    open['2026-04']!(json(month('2026-04', [1])));
    expect(await second).toBe(true);
    open['2026-03']!(json(month('2026-03', [1])));
    expect(await first).toBe(false);
    expect(months.shown.month).toBe('2026-04');
  });

  it('waits for a lost connection and says so, then gives up and can be asked again', async () => {
    const phases: string[] = [];
    let isDown = true;
    const ask = async () => {
      if (isDown) throw new TypeError('Failed to fetch');
      return json(month('2026-03', [1]));
    };
    const months: Months = new Months('/m', month('2026-02', [1]), ask, { pause: async () => void phases.push(months.phase) });
    expect(await months.show('2026-03', 'Europe/Berlin')).toBe(false);
    expect(phases).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(months.phase).toBe('failed');
    expect(months.shown.month).toBe('2026-02');
    isDown = false;
    months.again();
    await vi.waitFor(() => expect(months.shown.month).toBe('2026-03'));
    expect(months.phase).toBe('ready');
  });

  it('stays in the zone of the page when the server does not know the other one', async () => {
    const months = new Months('/m', month('2026-02', [1]), async () => new Response('{}', { status: 422 }));
    expect(await months.show('2026-02', 'Mars/Olympus')).toBe(false);
    expect(months.phase).toBe('ready');
    expect(months.shown.timezone).toBe('Europe/Berlin');
  });
});

describe('dayIn', () => {
  it('is the wanted day of this month, else the first free one', () => {
    expect(dayIn(month('2026-02', [2, 3]), '2026-02-03')?.number).toBe('3');
    expect(dayIn(month('2026-02', [2, 3]), '2026-02-01')?.times).toEqual([]);
    expect(dayIn(month('2026-02', [2, 3]), '2026-01-03')?.number).toBe('2');
    expect(dayIn(month('2026-02', []), '')).toBeUndefined();
  });
});

describe('patiently', () => {
  it('asks an overloaded server again, and returns what it says otherwise', async () => {
    const answers = [503, 429, 404];
    const answer = await patiently(async () => new Response('', { status: answers.shift()! }), { pause: nothing });
    expect(answer.status).toBe(404);
    expect(answers).toEqual([]);
  });

  it('stops when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const asked = patiently(async () => { throw new TypeError('lost'); }, { signal: stop.signal, pause: async () => stop.abort() });
    await expect(asked).rejects.toThrow(/abort/i);
  });
});
