import { expect, it } from 'vitest';
import { obstacleText, reasonText, type Assignment } from './reasons';

const because = (reason: Assignment['reason']): Assignment => ({ strategy: 'round_robin', reason, considered: [], at: '2026-02-02T13:00:00Z' });

it('says why somebody hosts a meeting', () => {
  expect(reasonText(because('turn'))).toBe('It was their turn.');
  expect(reasonText(because('invited'))).toBe('The contact is theirs, and came by an invitation.');
  expect(reasonText(because('reassigned'))).toBe('It was handed over.');
});
it('says what stands in the way, whatever the rule is called', () => {
  expect(obstacleText('busy_meeting')).toBe('has another meeting then');
  expect(obstacleText('not_owner')).toBe('does not look after this contact');
  expect(obstacleText('a_rule_of_tomorrow')).toBe('is not free then');
});
