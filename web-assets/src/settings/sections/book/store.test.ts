import { describe, expect, it } from 'vitest';
import type { Member, MemberTurn } from '../team/store';
import { daysOf, hostChoices, nextInTurn, type Contact, type Offer } from './store';

const member = (user_id: number, weight = 1, priority = 0, is_active = true): Member => ({ user_id, weight, priority, is_active });
const turn = (user_id: number, balance: number): MemberTurn => ({ user_id, name: '', balance, meetings: 0, eligible: 0, expected: 0 });
const contact = (owner: number | null): Contact => ({ id: 7, name: 'Ada', email: 'ada@prospect.test', owner });
const colleagues = [1, 2, 3].map((user_id) => ({ user_id, name: `U${user_id}` }));
const offer = (assignment: string, members: Member[], owner_first?: string) =>
  ({ page: { user_id: 1, assignment, members }, type: { settings: owner_first ? { owner_first } : {} } }) as unknown as Offer;
const shown = (one: Offer, owner: number | null = null, balances: MemberTurn[] = []) => hostChoices(one, balances, colleagues, contact(owner)).map(({ id, name, why }) => [id, name, why]);

describe('who is next', () => {
  it('is who has the greatest balance after the credit of this booking', () => {
    expect(nextInTurn([turn(1, 0.2), turn(2, 0)], [member(1), member(2, 3)])?.user_id).toBe(2);
    expect(nextInTurn([turn(1, 0.2), turn(2, 0)], [member(1), member(2)])?.user_id).toBe(1);
  });
  it('is who has the higher priority where the turn is level, else the lower id', () => {
    expect(nextInTurn([turn(1, 0), turn(2, 1e-12)], [member(1), member(2)])?.user_id).toBe(1);
    expect(nextInTurn([], [member(1), member(2, 1, 5)])?.user_id).toBe(2);
    expect(nextInTurn([], [])).toBeNull();
  });
});

describe('the hosts to choose from', () => {
  it('begin with the one whose turn it is, and name who serves', () => {
    const team = offer('round_robin', [member(1), member(2, 1, 1), member(3, 1, 0, false), member(4)]);
    expect(shown(team)).toEqual([[null, 'U2', 'Next in turn'], [1, 'U1', '']]);
  });
  it('begin with the owner of the contact where the type asks for them', () => {
    const members = [member(1, 1, 9), member(2)];
    expect(shown(offer('round_robin', members, 'prefer'), 2)[0]).toEqual([null, 'U2', 'Owns this contact']);
    expect(shown(offer('round_robin', members, 'prefer'), 3)[0]).toEqual([null, 'U1', 'Next in turn']);
    expect(shown(offer('round_robin', members, 'off'), 2)[0]).toEqual([null, 'U1', 'Next in turn']);
  });
  it('are the host of a personal page and every colleague, and of a collective one nobody else', () => {
    expect(shown(offer('personal', []))).toEqual([[null, 'U1', 'Host of this page'], [2, 'U2', ''], [3, 'U3', '']]);
    expect(shown(offer('collective', [member(1), member(3)]))).toEqual([[null, 'U1, U3', 'All of them together']]);
  });
});

it('sorts free starts into the dates of the reader', () => {
  const slots = ['2026-02-09T09:00', '2026-02-09T09:30', '2026-02-11T10:00'].map((local) => ({ start: local, local }));
  expect(daysOf(slots).map(({ date, slots: all }) => [date, all.length])).toEqual([['2026-02-09', 2], ['2026-02-11', 1]]);
});
