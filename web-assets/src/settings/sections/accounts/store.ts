/** Everybody's accounts at calendar providers, with whose they are. */
import { api, call } from '../../../shared/api/client';
import { loadConnections, moodOf, type Connection } from '../calendars/store';

export interface Account {
  connection: Connection;
  owner: string | null; // null: whoever it was is no longer known
}

const pagesMax = 20;

/** Names by id. For admins; nobody else may list users. */
async function loadNames(): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer: { data: { id: number; name: string }[]; next_cursor: string | null } = await call(api.GET('/api/v1/users', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }));
    for (const user of answer.data) names.set(user.id, user.name);
    if (!answer.next_cursor) break;
    cursor = answer.next_cursor;
  }
  return names;
}

const order = { broken: 0, trouble: 1, active: 2 } as const;

/** What needs somebody comes first, then by owner. */
export function sorted(connections: Connection[], names: ReadonlyMap<number, string>): Account[] {
  return connections
    .map((connection) => ({ connection, owner: names.get(connection.user_id) ?? null }))
    .sort((a, b) => order[moodOf(a.connection)] - order[moodOf(b.connection)] || (a.owner ?? '').localeCompare(b.owner ?? '') || a.connection.id - b.connection.id);
}

export async function loadAccounts(): Promise<Account[]> {
  const [{ connections }, names] = await Promise.all([loadConnections(), loadNames()]);
  return sorted(connections, names);
}
