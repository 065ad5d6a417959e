/** Invitations over the API: whom an address belongs to, and the link that invites them. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';

export interface Contact {
  id: number;
  label: string;
}
export type Invitation = components['schemas']['IssuedInvitation'];
/** In days; two weeks is the server's own. */
export const spans = [7, 14, 30, 90] as const;

/** "Ada Lovelace, Engines Ltd": what tells two contacts with one address apart. */
export function contactOf({ id, data }: { id: number; data: Record<string, unknown> }): Contact {
  const words = [data.name, data.company].filter((each): each is string => typeof each === 'string' && each.trim() !== '');
  return { id, label: words.join(', ') || `#${id}` };
}

export async function findContacts(email: string): Promise<Contact[]> {
  const found = await call(api.GET('/api/v1/records', { params: { query: { module: 'contacts', email } } }));
  return found.data.map(contactOf);
}

export async function inviteContact(meeting_type_id: number, contact_id: number, days: number): Promise<Invitation> {
  return (await call(api.POST('/api/v1/scheduling/invitations', { body: { meeting_type_id, contact_id, expires_in_hours: days * 24 } }))).data;
}
