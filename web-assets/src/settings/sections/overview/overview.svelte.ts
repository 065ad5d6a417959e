/** What somebody sees first: how far they are, their links, who comes next, and what went wrong. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';
import type { TextKey } from '../../texts/texts';
import { loadConnections, moodOf } from '../calendars/store';
import { loadAvailability, type Availability } from '../hours/hours.svelte';
import { proposal, rulesOf } from '../hours/week';
import { loadMeetings } from '../meetings/store';
import { createFirstType, createPage, loadPages, type PageWithTypes } from '../pages/pages.svelte';

export type Meeting = components['schemas']['Meeting'] & { local?: { start: string; end: string }; meeting_type_name?: string };

export interface Overview {
  availability: Availability;
  pages: PageWithTypes[];
  next: Meeting[];
  waiting: number;
  deadMails: number;
  heldMails: number;
  calendars: CalendarsShown;
}

/** Whether accounts are in trouble, or none is connected although one could be. */
export type CalendarsShown = 'good' | 'broken' | 'trouble' | 'missing' | 'none';
export async function loadCalendars(): Promise<CalendarsShown> {
  const { connections, configured } = await loadConnections();
  if (connections.length === 0) return configured.length > 0 ? 'missing' : 'none';
  const moods = connections.map(moodOf);
  return moods.includes('broken') ? 'broken' : moods.includes('trouble') ? 'trouble' : 'good';
}

const nextMax = 3;
const countMax = 100;

export async function loadOverview(): Promise<Overview> {
  const meetings = (status: 'scheduled' | 'pending', from: string, limit: number) =>
    loadMeetings({ status, from, limit });
  const mails = (status: 'dead' | 'held') => call(api.GET('/api/v1/scheduling/mails', { params: { query: { status, limit: countMax } } }));
  const availability = await loadAvailability();
  const [pages, next, waiting, dead, held, calendars] = await Promise.all([
    loadPages(), meetings('scheduled', availability.today, nextMax), meetings('pending', availability.today, countMax), mails('dead'), mails('held'), loadCalendars(),
  ]);
  return { availability, pages, next: next.data, waiting: waiting.data.length, deadMails: dead.data.length, heldMails: held.data.length, calendars };
}

export interface Step {
  done: boolean;
  label: TextKey;
  go: TextKey;
  path: string; // below the settings
}

type Known = Pick<Overview, 'availability' | 'pages'>;

/** What is to do before somebody can book, in order. */
export function stepsOf({ availability, pages }: Known): Step[] {
  const open = pages.filter(({ page }) => page.is_active);
  const pageStep: Pick<Step, 'go' | 'path'> = pages.length ? { go: 'overview.step.page.resume', path: `pages/${pages[0]?.page.id}` } : { go: 'overview.step.page.go', path: 'pages/new' };
  const target = open[0] ?? pages[0];
  return [
    { done: availability.rules.some((rule) => rule.is_available), label: 'overview.step.hours', go: 'overview.step.hours.go', path: 'hours' },
    { done: open.length > 0, label: 'overview.step.page', ...pageStep },
    { done: linkOf({ pages }) !== null, label: 'overview.step.type', go: 'overview.step.type.go', path: target ? `types/new?page=${target.page.id}` : 'pages/new' },
  ];
}

/** The first page that somebody can book on, as far as pages and types decide it. */
export function linkOf({ pages }: Pick<Overview, 'pages'>): PageWithTypes | null {
  return pages.find(({ page, types }) => page.is_active && types.some((type) => type.is_active)) ?? null;
}

export function isReady(known: Known): boolean {
  return stepsOf(known).every((step) => step.done);
}

/** Everything that a link takes, for who has no page yet. What was made before a failure is kept and not made twice. */
export class QuickStart {
  name = $state('');
  withHours = $state(true);
  isSaving = $state(false);
  #pageId: number | null = null;

  async create(availability: Availability): Promise<void> {
    if (this.withHours && availability.rules.length === 0) await call(api.PUT('/api/v1/scheduling/availability', { body: { rules: rulesOf(proposal()) } }));
    this.#pageId ??= (await createPage({ name: this.name.trim(), slug: '', withType: false })).id;
    await createFirstType(this.#pageId);
  }
}
