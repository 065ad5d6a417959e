/** Mails about meetings, and how sending goes. */
import { api, call } from '../../../shared/api/client';
import type { components, operations } from '../../../shared/api/schema';

export type Mail = components['schemas']['OutboxMail'];
export type Health = components['schemas']['MailHealth'];
export type Query = NonNullable<operations['listMails']['parameters']['query']>;

export const statuses = ['waiting', 'held', 'dead', 'done', 'dropped'] as const;
export type Status = (typeof statuses)[number];

export const loadMails = (query: Query) => call(api.GET('/api/v1/scheduling/mails', { params: { query } }));
export const loadHealth = async () => (await call(api.GET('/api/v1/scheduling/mail-health'))).data;
export const retryMail = async (id: number) => void (await call(api.POST('/api/v1/scheduling/mails/{id}/retry', { params: { path: { id } } })));

export interface Filter {
  status: Status | '';
  meeting: number | null;
}
export function filterOf(query: URLSearchParams): Filter {
  const meeting = query.get('meeting') ?? '';
  return { status: statuses.find((one) => one === query.get('status')) ?? '', meeting: /^[1-9]\d{0,9}$/.test(meeting) ? Number(meeting) : null };
}
export function addressOf(root: string, { status, meeting }: Filter): string {
  const query = new URLSearchParams({ ...(status ? { status } : {}), ...(meeting ? { meeting: String(meeting) } : {}) });
  return `${root}/mails${query.size ? `?${query}` : ''}`;
}
export const queryOf = ({ status, meeting }: Filter): Query => ({ limit: 30, ...(status ? { status } : {}), ...(meeting ? { meeting_id: meeting } : {}) });
