import { describe, expect, it } from 'vitest';
import { minutesOf, readTime, timeOf, timeText } from './clock';

const at24 = { twelve: false };

describe('readTime', () => {
  it.each([
    ['9', '09:00'], ['09', '09:00'], ['930', '09:30'], ['0930', '09:30'], ['9:30', '09:30'], ['9.30', '09:30'], ['9h30', '09:30'],
    ['9:30 pm', '21:30'], ['9:30 p.m.', '21:30'], ['9p', '21:00'], ['9 AM', '09:00'], ['12 am', '00:00'], ['12pm', '12:00'],
    ['1745', '17:45'], ['noon', '12:00'], ['midnight', '00:00'], [' 8 : 15 ', '08:15'], ['9:30 PM', '21:30'], ['24:00', '00:00'],
  ])('reads %s as %s', (typed, time) => expect(readTime(typed, at24)).toBe(time));

  it.each(['', 'soon', '25', '9:5', '9:60', '13 pm', '0 am', '24:01', '12345', '9:30 xm', '-1'])('takes %s for no time', (typed) => expect(readTime(typed, at24)).toBeNull());

  it('knows that midnight ends a day', () => {
    for (const typed of ['24', '24:00', '2400', '0:00', '12 am', 'midnight']) expect(readTime(typed, { isEnd: true, twelve: true })).toBe('24:00');
    expect(readTime('24', { isEnd: true, twelve: false })).toBe('24:00');
  });

  it('takes a bare end for the next such time where clocks have twelve hours', () => {
    expect(readTime('5', { isEnd: true, after: '09:00', twelve: true })).toBe('17:00');
    expect(readTime('12', { isEnd: true, after: '09:00', twelve: true })).toBe('12:00');
    expect(readTime('12', { isEnd: true, after: '13:00', twelve: true })).toBe('24:00');
    expect(readTime('11', { isEnd: true, after: '09:00', twelve: true })).toBe('11:00');
    expect(readTime('5', { isEnd: true, after: '09:00', twelve: false })).toBe('05:00');
    expect(readTime('5 am', { isEnd: true, after: '09:00', twelve: true })).toBe('05:00');
  });
});

describe('timeText', () => {
  it('writes what readTime reads', () => {
    for (const twelve of [true, false])
      for (let minutes = 15; minutes <= 1440; minutes += 15)
        expect(readTime(timeText(timeOf(minutes), twelve, 'en-US'), { isEnd: true, twelve })).toBe(timeOf(minutes));
  });
  it('speaks both clocks', () => {
    expect(timeText('21:30', true, 'en-US')).toBe('9:30 PM');
    expect(timeText('09:00', false, 'de')).toBe('09:00');
    expect(timeText('24:00', false, 'de')).toBe('24:00');
    expect(timeText('24:00', true, 'en-US')).toBe('12:00 AM');
    expect(minutesOf('24:00')).toBe(1440);
  });
});
