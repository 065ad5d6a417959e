/**
 * A meeting type while it is edited. Its settings stay as the API has them: a rule that is absent is inherited, and null
 * says "no limit" of the horizon. So what is sent is what differs.
 */
import type { components } from '../../../shared/api/schema';

export type MeetingType = components['schemas']['MeetingType'];
export type MeetingTypeChange = components['schemas']['MeetingTypeChange'];
export type NewMeetingType = components['schemas']['NewMeetingType'];
export type Settings = components['schemas']['MeetingTypeSettings'];
export type SettingName = keyof Settings;
export type LocationType = NonNullable<MeetingType['location_type']>;

/** Names are keys of texts. */
export const colours = { blue: '#2f5bea', teal: '#0b7285', green: '#2b8a3e', amber: '#a05a00', red: '#c92a2a', pink: '#a61e4d', violet: '#6741d9', grey: '#495057' } as const;
export const colourNames = Object.keys(colours) as (keyof typeof colours)[];
export const durations = [15, 30, 45, 60];

export function blankType(page: number): MeetingType {
  return {
    id: 0, scheduling_page_id: page, name: '', slug: '', duration_minutes: 30, description: null, location_type: 'phone', location_details: null,
    color: colours.blue, is_active: true, questions: [], settings: {}, display_order: 0,
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const orNull = (text: string | null) => (text === null || text.trim() === '' ? null : text);

/** Texts that may be absent are never empty; a confirmation or event of which nothing is left is inherited. */
export function tidied(type: MeetingType): MeetingType {
  const settings: Settings = { ...type.settings };
  for (const group of ['confirmation', 'event'] as const) {
    const texts = settings[group];
    if (!texts) continue;
    const kept = Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string' && text.trim() !== ''));
    if (Object.keys(kept).length) settings[group] = kept;
    else delete settings[group];
  }
  return { ...type, description: orNull(type.description), location_details: orNull(type.location_details), color: orNull(type.color), settings };
}

/** The body of a PUT that turns `saved` into `edited`. */
export function changeOf(saved: MeetingType, edited: MeetingType): MeetingTypeChange {
  const [was, is] = [tidied(saved), tidied(edited)];
  const change: Record<string, unknown> = {};
  for (const field of ['name', 'slug', 'duration_minutes', 'description', 'location_type', 'location_details', 'color', 'is_active', 'questions', 'display_order'] as const)
    if (!same(was[field], is[field])) change[field] = is[field];
  const set: Record<string, unknown> = {};
  const inherited: string[] = [];
  for (const name of new Set([...Object.keys(was.settings), ...Object.keys(is.settings)]) as Set<SettingName>) {
    if (!(name in is.settings) || is.settings[name] === undefined) {
      if (name in was.settings) inherited.push(name);
    } else if (!same(was.settings[name], is.settings[name])) set[name] = is.settings[name];
  }
  if (Object.keys(set).length) change.settings = set;
  if (inherited.length) change.inherited_settings = inherited;
  return change as MeetingTypeChange;
}

/** The body of a POST. An empty slug is left out, so that the server makes one. */
export function newTypeOf(edited: MeetingType, order: number): NewMeetingType {
  const body: Partial<MeetingType> = { ...tidied(edited), display_order: order };
  delete body.id;
  if (!body.slug) delete body.slug;
  return body as NewMeetingType;
}

/** Where a new one stands: after the last. */
export function orderAfter(types: readonly MeetingType[]): number {
  return types.reduce((last, { display_order }) => Math.max(last, display_order), 0) + 10;
}
