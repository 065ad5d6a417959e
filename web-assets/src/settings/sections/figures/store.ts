/** The figures of scheduling, and how they are asked for; that stands in the address. */
import { api, call } from '../../../shared/api/client';
import type { components, operations } from '../../../shared/api/schema';
import { plusMonths } from '../../../shared/time/dates';

export type Metrics = components['schemas']['Metrics'];
export type Group = components['schemas']['MetricsOfGroup'];
export type Query = NonNullable<operations['getMetrics']['parameters']['query']>;

export const groupings = ['month', 'page', 'meeting_type', 'host', 'source'] as const;
export type Grouping = (typeof groupings)[number];

export interface Asked {
  from: string;
  to: string;
  by: Grouping;
  host: string;
}

/** Without `Accept: text/csv` the answer is JSON. */
export const loadMetrics = async (query: Query) => ((await call(api.GET('/api/v1/scheduling/metrics', { params: { query } }))) as { data: Metrics }).data;
export const loadCsv = async (query: Query) =>
  (await call(api.GET('/api/v1/scheduling/metrics', { params: { query }, headers: { accept: 'text/csv' }, parseAs: 'text' }))) as unknown as string;

/** Without more: the last twelve months, `today` among them. */
export function askedOf(query: URLSearchParams, today: string): Asked {
  const date = (name: string, otherwise: string) => (/^\d{4}-\d{2}-\d{2}$/.test(query.get(name) ?? '') ? (query.get(name) as string) : otherwise);
  return {
    from: date('from', `${plusMonths(today.slice(0, 7), -11)}-01`),
    to: date('to', today),
    by: groupings.find((one) => one === query.get('by')) ?? 'meeting_type',
    host: /^[1-9]\d{0,9}$/.test(query.get('host') ?? '') ? (query.get('host') as string) : '',
  };
}
export const addressOf = (root: string, { from, to, by, host }: Asked) => `${root}/figures?${new URLSearchParams({ from, to, by, ...(host ? { host } : {}) })}`;
export const queryOf = ({ from, to, by, host }: Asked): Query => ({ from, to, group_by: by, ...(host ? { host_user_id: Number(host) } : {}) });

export const percent = (rate: number | null) => (rate === null ? null : `${Math.round(rate * 1000) / 10} %`);
/** From two days on in days, below in hours. */
export function spanOf(hours: number): { unit: 'hours' | 'days'; count: number } {
  return hours >= 48 ? { unit: 'days', count: Math.round((hours / 24) * 10) / 10 } : { unit: 'hours', count: Math.round(hours * 10) / 10 };
}
