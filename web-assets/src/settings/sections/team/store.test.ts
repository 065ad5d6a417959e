import { describe, expect, it } from 'vitest';
import { balanceInWords, inOrder, turnInWords, type Member, type MemberTurn } from './store';

const turn = (user_id: number, meetings: number, eligible: number, expected: number): MemberTurn => ({ user_id, name: `U${user_id}`, meetings, eligible, expected, balance: expected - meetings });
const member = (user_id: number, priority = 0): Member => ({ user_id, weight: 1, priority, is_active: true });

describe('the turn in words', () => {
  it('says what somebody got of what they could have taken', () => {
    expect(turnInWords(turn(1, 1, 3, 1.5))).toBe('1 meeting of 3 that were possible; the share is 1.5.');
    expect(turnInWords(turn(1, 2, 7, 7 / 3))).toBe('2 meetings of 7 that were possible; the share is 2.3.');
    expect(turnInWords(turn(1, 0, 0, 0))).toBe('No meetings yet.');
  });
  it('says who is owed meetings, and nothing of the last digit', () => {
    expect(balanceInWords(turn(1, 1, 3, 1.5))).toBe('Is owed 0.5.');
    expect(balanceInWords(turn(1, 2, 3, 1.5))).toBe('Is 0.5 ahead.');
    expect(balanceInWords(turn(1, 1, 3, 1 + 1e-12))).toBe('Is level.');
  });
  it('puts first whoever is next, by priority where the turn is level', () => {
    const all = [turn(1, 1, 2, 1), turn(2, 1, 2, 1 + 1e-12), turn(3, 0, 2, 1)];
    expect(inOrder(all, [member(1), member(2, 5), member(3)]).map((each) => each.user_id)).toEqual([3, 2, 1]);
  });
});
