/**
 * The words of the settings, by key. English today; another language is another file with the same keys.
 *
 *   t('types.deleted', { name: 'Discovery Call' })   "Discovery Call" is deleted.
 */
import { en } from './en';

export type TextKey = keyof typeof en;

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** t() of `{key}.one` or `{key}.other`, with {count}. */
export function tn(key: string, count: number, values: Record<string, string | number> = {}): string {
  const form = `${key}.${count === 1 ? 'one' : 'other'}` as TextKey;
  return t(form, { count, ...values });
}
