/** Why somebody hosts a meeting, and why somebody else cannot, in words. */
import type { components } from '../../../shared/api/schema';
import { t, type TextKey } from '../../texts/texts';
import { en } from '../../texts/en';

export type Assignment = components['schemas']['Assignment'];

const said = (key: string): string | null => (key in en ? t(key as TextKey) : null);

/** "It was their turn." */
export function reasonText({ reason }: Assignment): string {
  return said(`meetings.why.${reason}`) ?? reason;
}

/** "has another meeting then" */
export function obstacleText(rule: string): string {
  return said(`meetings.obstacle.${rule}`) ?? t('meetings.obstacle.other');
}
