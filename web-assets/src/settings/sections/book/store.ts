/** What a rep books for a contact: over the API, and whom they would get. */
import { api, call } from '../../../shared/api/client';
import { t } from '../../texts/texts';
import type { Meeting } from '../meetings/store';
import { loadColleagues, loadTurn, type Colleague, type Member, type MemberTurn } from '../team/store';
import { loadPages, loadTypes, type Page } from '../types/store';
import type { MeetingType } from '../types/type_form';

export interface Contact {
  id: number;
  name: string;
  email: string;
  owner: number | null;
}
export interface Offer {
  page: Page;
  type: MeetingType;
}
/** `id` null: whoever the page says, which is the page's host, all of a team, or the one whose turn it is. */
export interface HostChoice {
  id: number | null;
  name: string;
  why: string;
}
export interface Slot {
  start: string;
  local: string;
}
export interface Day {
  date: string;
  slots: Slot[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export async function loadContact(id: number): Promise<Contact> {
  const { data } = await call(api.GET('/api/v1/records/{id}', { params: { path: { id } } }));
  const fields = data.data as Record<string, unknown>;
  return { id: data.id, name: text(fields.name), email: text(fields.email), owner: data.owner_user_id ?? null };
}

/** The types of all pages that the rep has or serves, those that can be booked. */
export async function loadOffers(): Promise<Offer[]> {
  const pages = (await loadPages()).filter((page) => page.is_active);
  const offers = pages.map(async (page) => (await loadTypes(page.id)).filter((type) => type.is_active).map((type) => ({ page, type })));
  return (await Promise.all(offers)).flat();
}

/** Whoever the turn would give a meeting that everybody could take; the server chooses among those who are free. */
export function nextInTurn(turn: MemberTurn[], members: Member[]): Member | null {
  const sum = members.reduce((all, member) => all + member.weight, 0);
  const score = (member: Member) => (turn.find((one) => one.user_id === member.user_id)?.balance ?? 0) + member.weight / sum;
  const before = (a: Member, b: Member) => (Math.abs(score(a) - score(b)) > 1e-9 ? score(b) - score(a) : b.priority - a.priority || a.user_id - b.user_id);
  return [...members].sort(before)[0] ?? null;
}

/** The first is the one that a booking gets unless the rep says otherwise, with the reason. */
export function hostChoices({ page, type }: Offer, turn: MemberTurn[], colleagues: Colleague[], contact: Contact): HostChoice[] {
  const nameOf = (id: number) => colleagues.find((one) => one.user_id === id)?.name ?? t('team.member.gone');
  const serving = (page.members as Member[]).filter((one) => one.is_active && colleagues.some(({ user_id }) => user_id === one.user_id));
  const named = (id: number) => ({ id, name: nameOf(id), why: '' });
  if (page.assignment === 'collective') return [{ id: null, name: serving.map((one) => nameOf(one.user_id)).join(', '), why: t('book.why.collective') }];
  if (page.assignment === 'personal') {
    const others = colleagues.filter((one) => one.user_id !== page.user_id);
    return [{ id: null, name: nameOf(page.user_id), why: t('book.why.personal') }, ...others.map((one) => named(one.user_id))];
  }
  const owner = (type.settings.owner_first ?? 'off') === 'off' ? undefined : serving.find((one) => one.user_id === contact.owner);
  const next = owner ?? nextInTurn(turn, serving);
  if (!next) return [];
  const why = owner ? t('book.why.owner') : t(serving.length === 1 ? 'book.why.only' : 'book.why.turn');
  return [{ id: null, name: nameOf(next.user_id), why }, ...serving.filter((one) => one !== next).map((one) => named(one.user_id))];
}

export async function loadHosts(offer: Offer, contact: Contact): Promise<HostChoice[]> {
  const [colleagues, turn] = await Promise.all([loadColleagues(), offer.page.assignment === 'round_robin' ? loadTurn(offer.page.id) : []]);
  return hostChoices(offer, turn, colleagues, contact);
}

/** Of the reader's dates, those with a free start. */
export function daysOf(slots: Slot[]): Day[] {
  const days: Day[] = [];
  for (const slot of slots) {
    const date = slot.local.slice(0, 10);
    if (days.at(-1)?.date !== date) days.push({ date, slots: [] });
    days.at(-1)!.slots.push(slot);
  }
  return days;
}

export async function loadDays(type: number, host: number | null, from: string, to: string, timezone: string): Promise<Day[]> {
  const query = { meeting_type_id: type, from, to, timezone, ...(host === null ? {} : { host_user_id: host }) };
  return daysOf((await call(api.GET('/api/v1/scheduling/slots', { params: { query } }))).data.slots);
}

export const loadToday = async () => (await call(api.GET('/api/v1/scheduling/availability'))).data.today as string;

export async function bookFor(contact: number, meeting_type_id: number, start: string, host: number | null): Promise<Meeting> {
  const body = { contact_id: contact, meeting_type_id, start, ...(host === null ? {} : { host_user_id: host }) };
  return (await call(api.POST('/api/v1/scheduling/bookings', { body: body as never }))).data as Meeting;
}
