import { beforeEach, describe, expect, it } from 'vitest';
import { readData, textsOf } from './data';
import { listeners } from './framed';
import { carry, hasValues, isChanged } from './typed';
import { matchingZones, ownZone, rememberZone } from './zone';

beforeEach(() => localStorage.clear());

describe('zones', () => {
  const all = ['America/New_York', 'America/North_Dakota/New_Salem', 'Asia/Kolkata', 'Europe/Berlin', 'America/Sao_Paulo', 'UTC'];
  it('are found by place, whatever is typed between and above the letters', () => {
    expect(matchingZones(all, 'new york')).toEqual(['America/New_York']);
    expect(matchingZones(all, 'São p')).toEqual(['America/Sao_Paulo']);
    expect(matchingZones(all, 'america/new')[0]).toBe('America/New_York');
    expect(matchingZones(all, 'nowhere')).toEqual([]);
    expect(matchingZones(all, '')).toHaveLength(6);
  });
  it('are remembered', () => {
    expect(ownZone()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    rememberZone('Asia/Kolkata');
    expect(ownZone()).toBe('Asia/Kolkata');
  });
});

describe('what was typed', () => {
  const form = (name: string, extra = '') => {
    const root = document.createElement('div');
    root.innerHTML = `<form method="post"><input name="start" value="x"><input type="hidden" name="form_stamp" value="s"><input name="attendee_name" value="${name}">
      <input type="radio" name="answers.c" value="Red"><input type="radio" name="answers.c" value="Blue"><details><textarea name="guests"></textarea></details>${extra}</form>`;
    return root;
  };
  const field = (root: Element, name: string) => root.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
  it('goes along to the form for another time, which keeps its own start and stamp', () => {
    const from = form('');
    const to = form('');
    expect(hasValues(from)).toBe(false);
    field(from, 'attendee_name').value = 'Ada';
    field(from, 'guests').value = 'grace@prospect.test';
    field(from, 'start').value = 'y';
    from.querySelector<HTMLInputElement>('[value=Blue]')!.checked = true;
    expect(hasValues(from)).toBe(true);
    expect(isChanged(from)).toBe(true);
    carry(from, to);
    expect(field(to, 'attendee_name').value).toBe('Ada');
    expect(to.querySelector<HTMLInputElement>('[value=Blue]')!.checked).toBe(true);
    expect(to.querySelector('details')!.open).toBe(true);
    expect(field(to, 'start').value).toBe('x');
    expect(field(to, 'form_stamp').value).toBe('s');
  });
  it('is told from what a link brought', () => {
    expect(isChanged(form('Ada'))).toBe(false);
    expect(hasValues(form('Ada'))).toBe(true);
  });
});

it('texts are filled in, and a gap is seen', () => {
  document.body.innerHTML = '<script type="application/json" id="booking-data">{"locale":"en-US","language":"en","direction":"ltr","texts":{"a":"{b} and {c}"}}</script>';
  const texts = textsOf(readData(document)!);
  expect(texts('a', { b: '1' })).toBe('1 and {c}');
  expect(texts('nothing')).toBe('nothing');
  const plural = textsOf({ locale: 'en-US', language: 'en', direction: 'ltr', texts: { n: '{count, plural, one {{date}, # time} other {{date}, # times}}' } });
  expect([1, 3].map((count) => plural('n', { count, date: 'Monday' }))).toEqual(['Monday, 1 time', 'Monday, 3 times']);
});

it('only named origins hear what a frame tells', () => {
  const named = 'https://a.example https://b.example * http://localhost:1/x';
  expect(listeners(named, 'https://b.example')).toEqual(['https://b.example']);
  expect(listeners(named, 'https://evil.example')).toEqual([]);
  expect(listeners(named, undefined)).toEqual(['https://a.example', 'https://b.example']);
  expect(listeners('', undefined)).toEqual([]);
});
