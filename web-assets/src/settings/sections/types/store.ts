/** Meeting types over the API. */
import { api, call } from '../../../shared/api/client';
import type { TypeStore } from './type_list.svelte';
import type { MeetingType, MeetingTypeChange, NewMeetingType } from './type_form';
import type { components } from '../../../shared/api/schema';

export type Page = components['schemas']['SchedulingPage'];
const path = (id: number) => ({ params: { path: { id } } });

export async function loadPages(): Promise<Page[]> {
  return (await call(api.GET('/api/v1/scheduling/pages', { params: { query: { limit: 100 } } }))).data;
}

export async function loadTypes(page: number): Promise<MeetingType[]> {
  const types: MeetingType[] = [];
  let cursor: string | null = null;
  do {
    const query = { scheduling_page_id: page, limit: 100, ...(cursor ? { cursor } : {}) };
    const answer: { data: MeetingType[]; next_cursor: string | null } = await call(api.GET('/api/v1/scheduling/meeting-types', { params: { query } }));
    types.push(...answer.data);
    cursor = answer.next_cursor;
  } while (cursor);
  return types;
}

export const loadType = async (id: number) => (await call(api.GET('/api/v1/scheduling/meeting-types/{id}', path(id)))).data;
export const loadPage = async (id: number) => (await call(api.GET('/api/v1/scheduling/pages/{id}', path(id)))).data;
export const createType = async (body: NewMeetingType) => (await call(api.POST('/api/v1/scheduling/meeting-types', { body }))).data;
export const changeType = async (id: number, body: MeetingTypeChange) => (await call(api.PUT('/api/v1/scheduling/meeting-types/{id}', { ...path(id), body }))).data;
export const archiveType = async (id: number) => void (await call(api.DELETE('/api/v1/scheduling/meeting-types/{id}', path(id))));

export const storeOf = (page: number): TypeStore => ({ load: () => loadTypes(page), change: changeType, archive: archiveType });
export const addressOf = (page: Page, slug: string) => `${page.public_url}/${slug}`;
