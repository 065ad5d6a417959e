import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BookingData } from './data';
import { readData } from './data';
import { Steps } from './steps';

const texts = Object.fromEntries(['page.back_to_days', 'page.zone_change', 'booking.offline_kept', 'booking.offline', 'booking.retrying'].map((key) => [key, key]));
const data: BookingData = {
  locale: 'en-US', language: 'en', direction: 'ltr', texts, date: '', month_url: '/schedule/demo/call/month', is_month_asked: false, may_detect_zone: false,
  month: {
    month: '2026-02', title: 'February 2026', caption: '', timezone: 'Europe/Berlin', zone_label: 'Berlin', previous: null, next: null, next_free: null,
    weekdays: [{ short: 'Mo', long: 'Monday' }],
    weeks: [[3, 4].map((number) => ({ date: `2026-02-0${number}`, number: String(number), title: `Day ${number}`, label: `Day ${number}, 1 time`, is_today: false,
      times: [{ start: `2026-02-0${number}T09:00:00Z`, text: '10:00', label: `10:00, Day ${number}` }] }))],
  },
};
const page = (title: string, card: string, own: BookingData = { locale: 'en-US', language: 'en', direction: 'ltr', texts }) =>
  `<title>${title}</title><main>${card}</main><script type="application/json" id="booking-data">${JSON.stringify(own)}</script>`;
const calendar = '<div data-booking><section class="summary"><span data-zone-label></span></section><section class="step"><h2 id="step-title">Pick</h2><div data-calendar><select name="timezone"><option>Europe/Berlin</option></select></div></section></div>';
const form = (inner = '', name = '') => `<div data-booking><h2 id="step-title">Form</h2>${inner}<form method="post" action="/schedule/demo/call/book"><input name="attendee_name" value="${name}"><div class="actions"><button type="submit">Book</button></div></form></div>`;

const answers: (Response | Error)[] = [];
const asked = vi.fn();
const assigned = vi.fn();
const flush = async () => {
  for (let i = 0; i < 8; ++i) await new Promise((resolve) => setTimeout(resolve));
  await tick();
};
const click = async (selector: string) => {
  document.querySelector<HTMLElement>(selector)!.click();
  await flush();
};

beforeEach(() => {
  history.replaceState(null, '', '/schedule/demo/call?timezone=Europe/Berlin&utm_source=mail');
  const parsed = new DOMParser().parseFromString(page('Pick a time', calendar, data), 'text/html');
  document.body.replaceChildren(...parsed.body.childNodes);
  document.title = parsed.title;
  window.scrollTo = () => {};
  vi.stubGlobal('fetch', async (url: string, how: RequestInit = {}) => {
    asked(how.method ?? 'GET', url, how.body?.toString());
    const answer = answers.shift() ?? new Error('no answer');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  asked.mockClear();
  assigned.mockClear();
  answers.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

describe('a booking', () => {
  it('goes from day to time to form, keeps addresses, finds its way back, and sends once', async () => {
    new Steps(readData(document)!, document.querySelector('[data-booking]')!);
    await flush();
    expect(document.querySelector('#times')?.textContent).toBe('Day 3');
    await click('a.day[href*="02-04"]');
    expect(document.querySelector('#times')?.textContent).toBe('Day 4');
    expect(document.activeElement?.id).toBe('times');
    expect(document.querySelector('[role=status]')?.textContent).toBe('Day 4, 1 time');
    expect(location.search).toBe('?timezone=Europe%2FBerlin&utm_source=mail&date=2026-02-04');

    answers.push(new Response(page('Your details', form())));
    await click('a.time');
    expect(asked).toHaveBeenLastCalledWith('GET', '/schedule/demo/call?timezone=Europe%2FBerlin&utm_source=mail&start=2026-02-04T09%3A00%3A00Z', undefined);
    expect(document.title).toBe('Your details');
    expect(location.search).toContain('start=');
    expect(document.activeElement?.id).toBe('step-title');

    document.querySelector<HTMLInputElement>('[name=attendee_name]')!.value = 'Ada';
    history.back();
    await flush();
    await vi.waitFor(() => expect(document.querySelector('#times')?.textContent).toBe('Day 4'));
    expect(document.title).toBe('Pick a time');
    history.forward();
    await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>('[name=attendee_name]')?.value).toBe('Ada'));

    answers.push(new Error('lost'));
    await click('form button[type=submit]');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('booking.offline_kept');
    answers.push(new Response(page('Error: Your details', form('<div class="notice" tabindex="-1" autofocus></div>', 'Ada')), { status: 422 }));
    await click('[data-again]');
    expect(document.title).toBe('Error: Your details');
    expect(document.activeElement?.className).toBe('notice');

    // Sent twice at once; it stays unanswered while this test looks.
    answers.push(new Response(page('x', form()), { status: 422 }));
    asked.mockClear();
    const button = document.querySelector<HTMLElement>('form button[type=submit]')!;
    button.click();
    button.click();
    await flush();
    expect(asked.mock.calls).toEqual([['POST', '/schedule/demo/call/book', 'attendee_name=Ada']]);
  });

  it('says that the way to a form is lost, and tries again', async () => {
    new Steps(readData(document)!, document.querySelector('[data-booking]')!);
    await flush();
    answers.push(new Error('lost'));
    await click('a.time');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('booking.offline booking.retrying');
    answers.push(new Response(page('Your details', form())));
    await click('[role=alert] button');
    expect(document.title).toBe('Your details');
  });

  it('keeps the form when the server cannot answer now', async () => {
    document.body.innerHTML = page('Form', form('', 'Ada')).replace(/^<title>.*<\/title>/, '');
    new Steps(readData(document)!, document.querySelector('[data-booking]')!);
    answers.push(new Response(page('Later', '<h1>We are back in a moment</h1><p class="soft">Please wait.</p>'), { status: 503 }));
    await click('form button[type=submit]');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('We are back in a moment: Please wait.');
    expect(document.querySelector<HTMLInputElement>('[name=attendee_name]')!.value).toBe('Ada');
    answers.push(new Response(page('Refused', '<h1>Not accepted</h1>'), { status: 403 }));
    await click('form button[type=submit]');
    expect(document.activeElement?.textContent).toBe('Not accepted');
    expect(document.title).toBe('Refused');
  });
});
