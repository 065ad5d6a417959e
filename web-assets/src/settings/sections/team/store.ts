/** Teams over the API, and how the turn is said in words. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';
import { t, tn } from '../../texts/texts';

export type Member = Required<components['schemas']['PageMember']>;
export type MemberTurn = components['schemas']['MemberTurn'];
export type Colleague = components['schemas']['Colleague'];
export type Assignment = components['schemas']['SchedulingPage']['assignment'];
export const assignments: Assignment[] = ['personal', 'round_robin', 'collective'];

const path = (id: number) => ({ params: { path: { id } } });

export const loadColleagues = async (): Promise<Colleague[]> => (await call(api.GET('/api/v1/scheduling/colleagues'))).data;
export const loadTurn = async (page: number): Promise<MemberTurn[]> => (await call(api.GET('/api/v1/scheduling/pages/{id}/turn', path(page)))).data;
export const setMembership = async (page: number, is_active: boolean) =>
  (await call(api.PUT('/api/v1/scheduling/pages/{id}/membership', { ...path(page), body: { is_active } }))).data;

/** One digit, and no "-0". */
const rounded = (number: number) => String(Math.round(number * 10) / 10 || 0);

/** "3 meetings of the 7 she could have taken; her share is 3.5." */
export function turnInWords({ meetings, eligible, expected }: MemberTurn): string {
  if (eligible === 0 && meetings === 0) return t('team.turn.none');
  return tn('team.turn.meetings', meetings, { eligible, share: rounded(expected) });
}

/** What the balance means: who is owed meetings is next. */
export function balanceInWords({ balance }: MemberTurn): string {
  const owed = Math.round(balance * 10) / 10;
  if (owed > 0) return t('team.turn.owed', { number: rounded(owed) });
  if (owed < 0) return t('team.turn.ahead', { number: rounded(-owed) });
  return t('team.turn.level');
}

/** Whoever comes first gets the next meeting that everybody could take. */
export function inOrder(turn: MemberTurn[], members: Member[]): MemberTurn[] {
  const priority = (user: number) => members.find((member) => member.user_id === user)?.priority ?? 0;
  return [...turn].sort((a, b) => (Math.abs(a.balance - b.balance) > 1e-9 ? b.balance - a.balance : priority(b.user_id) - priority(a.user_id) || a.user_id - b.user_id));
}
