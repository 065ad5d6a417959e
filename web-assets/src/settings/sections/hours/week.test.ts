import { describe, expect, it } from 'vitest';
import { copied, faultOf, isSound, nextBreak, nextRange, openOf, proposal, ruleIndex, rulesOf, weekOf, type Range } from './week';

const open = (start: string, end: string): Range => ({ start, end, is_available: true });
const blocked = (start: string, end: string): Range => ({ start, end, is_available: false });

describe('a week', () => {
  it('is proposed from Monday to Friday, nine to five', () => {
    expect(rulesOf(proposal()).map((rule) => `${rule.day_of_week} ${rule.start_time}-${rule.end_time}`)).toEqual([1, 2, 3, 4, 5].map((day) => `${day} 09:00-17:00`));
  });

  it('comes back from its rules in the order of the clock', () => {
    const week = weekOf([
      { day_of_week: 2, start_time: '13:00', end_time: '24:00', is_available: true },
      { day_of_week: 2, start_time: '09:00', end_time: '12:00', is_available: true },
      { day_of_week: 0, start_time: '10:00', end_time: '11:00', is_available: false },
    ]);
    expect(week[2]).toEqual([open('09:00', '12:00'), open('13:00', '24:00')]);
    expect(rulesOf(week)[ruleIndex(week, 2, 1)]).toMatchObject({ day_of_week: 2, start_time: '13:00' });
    expect(weekOf(rulesOf(week))).toEqual(week);
  });

  it('shows at once what is wrong with a range', () => {
    expect(faultOf([open('09:00', '12:00'), open('11:00', '14:00')], 1)).toBe('hours.fault.overlap');
    expect(faultOf([open('09:00', '12:00'), open('12:00', '14:00')], 1)).toBeNull();
    expect(faultOf([open('17:00', '09:00')], 0)).toBe('hours.fault.order');
    expect(faultOf([open('09:00', '09:00')], 0)).toBe('hours.fault.order');
    expect(faultOf([open('09:00', '')], 0)).toBe('hours.fault.time');
    expect(faultOf([open('22:00', '24:00')], 0)).toBeNull();
    const lunch = [open('09:00', '17:00'), blocked('12:00', '13:00')];
    expect(faultOf(lunch, 0)).toBeNull();
    expect(faultOf(lunch, 1)).toBeNull();
    expect(faultOf([...lunch, blocked('12:30', '14:00')], 2)).toBe('hours.fault.blocked_twice');
    expect(faultOf([open('09:00', '11:00'), blocked('12:00', '13:00')], 1)).toBe('hours.fault.blocked_closed');
    expect(isSound([lunch])).toBe(true);
    expect(isSound([[open('10:00', '09:00')]])).toBe(false);
  });

  it('copies a day as it is, and never shares its rows', () => {
    const week = copied(proposal().map((ranges, day) => (day === 1 ? [open('08:00', '12:00'), open('13:00', '15:00')] : ranges)), 1, [1, 3, 6]);
    expect(week[3]).toEqual(week[1]);
    expect(week[6]).toEqual(week[1]);
    expect(week[3]?.[0]).not.toBe(week[1]?.[0]);
    expect(week[2]).toEqual([open('09:00', '17:00')]);
    expect(copied(week, 0, [1])[1]).toEqual([]);
  });

  it('proposes the next hours inside the day', () => {
    expect(nextRange([])).toEqual(open('09:00', '17:00'));
    expect(nextRange([open('09:00', '12:00')])).toEqual(open('13:00', '14:00'));
    expect(nextRange([open('09:00', '24:00')]).end).toBe('24:00');
    expect(nextBreak([open('09:00', '17:00')])).toEqual(blocked('12:00', '13:00'));
    const evening = [open('18:00', '22:00')];
    expect(faultOf([...evening, nextBreak(evening)], 1)).toBeNull();
  });

  it('knows what is open in the end', () => {
    expect(openOf([open('09:00', '17:00'), blocked('12:00', '13:00')])).toEqual([open('09:00', '12:00'), open('13:00', '17:00')]);
    expect(openOf([open('13:00', '15:00'), open('09:00', '13:00'), blocked('08:00', '10:00')])).toEqual([open('10:00', '15:00')]);
    expect(openOf([open('09:00', '10:00'), blocked('00:00', '24:00')])).toEqual([]);
  });
});
