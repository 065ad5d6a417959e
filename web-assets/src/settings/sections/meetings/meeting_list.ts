/** What a list of meetings is asked for; it stands in the address. */
import type { Meeting, Query, Status } from './store';

export type View = 'upcoming' | 'requests' | 'past';
export const views: View[] = ['upcoming', 'requests', 'past'];

export interface Filter {
  view: View;
  status: Status | 'all' | '';
  type: string;
  user: string;
  from: string;
  to: string;
  q: string;
}

/** What may be chosen in a view; '' is what it shows by itself. */
export const statusesOf: Record<View, (Status | 'all' | '')[]> = {
  upcoming: ['', 'cancelled', 'rescheduled', 'all'],
  requests: [],
  past: ['', 'scheduled', 'completed', 'no_show', 'cancelled', 'rescheduled'],
};

export function filterOf(query: URLSearchParams): Filter {
  const text = (name: string) => query.get(name) ?? '';
  const view = views.find((one) => one === text('view')) ?? 'upcoming';
  const status = statusesOf[view].find((one) => one === text('status')) ?? '';
  return { view, status, type: text('type'), user: text('user'), from: text('from'), to: text('to'), q: text('q') };
}

/** The address of a filter; what it shows by itself is left out. */
export function addressOf(root: string, filter: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value && !(name === 'view' && value === 'upcoming')) query.set(name, value);
  return `${root}/meetings${query.size ? `?${query}` : ''}`;
}

const idOf = (text: string) => (/^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined);
const dateOf = (text: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);

export function queryOf(filter: Filter): Query {
  const isPast = filter.view === 'past';
  const byView: Status | undefined = filter.view === 'requests' ? 'pending' : filter.view === 'upcoming' ? 'scheduled' : undefined;
  const status = filter.status === 'all' ? undefined : filter.status || byView;
  const query: Query = {
    when: isPast ? 'past' : 'upcoming', order: isPast ? 'newest_first' : 'oldest_first', limit: 30,
    status, meeting_type_id: idOf(filter.type), user_id: idOf(filter.user), from: dateOf(filter.from), to: dateOf(filter.to), q: filter.q.trim() || undefined,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Query;
}

export interface Day {
  date: string;
  meetings: Meeting[];
}

/** In the given order; the date is the server's, on the reader's clock. */
export function byDay(meetings: readonly Meeting[]): Day[] {
  const days: Day[] = [];
  for (const meeting of meetings) {
    const date = meeting.local.start.slice(0, 10);
    if (days.at(-1)?.date !== date) days.push({ date, meetings: [] });
    days.at(-1)!.meetings.push(meeting);
  }
  return days;
}
