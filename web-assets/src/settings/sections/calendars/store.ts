/** Accounts at calendar providers, and how each of their calendars is used. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';

export type Connection = components['schemas']['CalendarConnection'];
export type Calendar = components['schemas']['ConnectedCalendar'];
export type CalDavAccount = components['schemas']['CalDavAccount'];
export type Change = components['schemas']['CalendarConnectionChange'];

export type Provider = Connection['provider'];
/** To whom people are led for their consent. */
export type LogInProvider = Exclude<Provider, 'caldav'>;

export interface Shown {
  connections: Connection[];
  /** Providers that the administrator has set up, and to which people are led. */
  configured: LogInProvider[];
}

/** An administrator's list is everybody's unless a user is named. */
export async function loadConnections(user?: number): Promise<Shown> {
  const [connections, providers] = await Promise.all([call(api.GET('/api/v1/calendar/connections', { params: { query: user === undefined ? {} : { user_id: user } } })), call(api.GET('/api/v1/calendar/providers'))]);
  return { connections: connections.data, configured: providers.data.filter((one) => one.is_configured).map((one) => one.provider).filter((one) => one !== 'caldav') };
}
const at = (id: number) => ({ params: { path: { id } } });
export const connectCalDav = async (body: CalDavAccount) => (await call(api.POST('/api/v1/calendar/connect/caldav', { body }))).data;
export const change = async (id: number, body: Change) => (await call(api.PUT('/api/v1/calendar/connections/{id}', { ...at(id), body }))).data;
export const sync = async (id: number) => (await call(api.POST('/api/v1/calendar/connections/{id}/sync', at(id)))).data;
export const disconnect = async (id: number) => void (await call(api.DELETE('/api/v1/calendar/connections/{id}', at(id))));

/** A log-in is a journey of the browser, not a call. */
export const connectAddress = (provider: Provider) => `/api/v1/calendar/connect/${provider}`;

const use = ({ id, checks_conflicts, writes_meetings }: Calendar) => ({ id, checks_conflicts, writes_meetings });
export const blocking = (calendar: Calendar, checks: boolean): Change => ({ calendars: [{ ...use(calendar), checks_conflicts: checks }] });
/** One calendar is written to, or none of this account: `id` is empty then. */
export const writing = (connection: Connection, id: string): Change => ({
  calendars: connection.calendars.filter((one) => one.writes_meetings || one.id === id).map((one) => ({ ...use(one), writes_meetings: one.id === id })),
});

export type Mood = 'active' | 'trouble' | 'broken';
export const moodOf = ({ status, last_error }: Connection): Mood => (status === 'broken' ? 'broken' : last_error ? 'trouble' : 'active');

const errors = ['access_denied', 'log_in_expired', 'scope_missing', 'provider_refused', 'provider_unavailable', 'not_configured'] as const;
export type ConnectError = (typeof errors)[number];
/** Why the log-in came to nothing, as the address says it. */
export function errorIn(query: URLSearchParams): ConnectError | null {
  const code = query.get('calendar_error');
  return code === null ? null : (errors.find((one) => one === code) ?? 'provider_refused');
}
