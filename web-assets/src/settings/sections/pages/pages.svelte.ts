/** The host's pages with their meeting types, and what is done with them. */
import { api, call } from '../../../shared/api/client';
import { Problem } from '../../../shared/api/problem';
import type { components } from '../../../shared/api/schema';
import { isSlug } from '../../../shared/slug';
import { Draft } from '../../../shared/ui/draft.svelte';
import { t } from '../../texts/texts';
import { changeOf, formOf, type Page, type PageForm } from './page_form';

export type MeetingType = components['schemas']['MeetingType'];

export interface PageWithTypes {
  page: Page;
  types: MeetingType[];
}

const listMax = 100;

export async function loadPages(): Promise<PageWithTypes[]> {
  const [pages, types] = await Promise.all([
    call(api.GET('/api/v1/scheduling/pages', { params: { query: { limit: listMax } } })),
    call(api.GET('/api/v1/scheduling/meeting-types', { params: { query: { limit: listMax } } })),
  ]);
  return pages.data.map((page) => ({ page, types: types.data.filter((type) => type.scheduling_page_id === page.id) }));
}

export async function loadPage(id: number): Promise<PageWithTypes> {
  const [page, types] = await Promise.all([
    call(api.GET('/api/v1/scheduling/pages/{id}', { params: { path: { id } } })),
    call(api.GET('/api/v1/scheduling/meeting-types', { params: { query: { scheduling_page_id: id, limit: listMax } } })),
  ]);
  return { page: page.data, types: types.data };
}

export function slugFault(slug: string): string | null {
  if (slug === '') return t('pages.slug.needed');
  return isSlug(slug) ? null : t('pages.slug.wrong');
}

/** Refusals that concern the link stand at the link, whatever shape they come in. */
export function atSlug(error: unknown): unknown {
  if (!(error instanceof Problem) || error.status !== 409 || error.errors.length > 0) return error;
  return new Problem(error.status, error.code, error.message, [{ field: 'slug', message: error.message }], error.body);
}

export class PageEditor {
  readonly draft: Draft<PageForm>;
  page: Page = $state.raw() as Page;
  types: MeetingType[] = $state.raw([]);

  constructor({ page, types }: PageWithTypes) {
    this.page = page;
    this.types = types;
    this.draft = new Draft(formOf(page), (edited) => this.#store(edited));
  }

  get form(): PageForm {
    return this.draft.now;
  }

  async archive(): Promise<void> {
    await call(api.DELETE('/api/v1/scheduling/pages/{id}', { params: { path: { id: this.page.id } } }));
    this.draft.reset(); // nothing is left to save
  }

  async #store(edited: PageForm): Promise<PageForm> {
    const fault = slugFault(edited.slug);
    if (fault) throw new Problem(422, 'invalid_input', fault, [{ field: 'slug', message: fault }]);
    try {
      const { data } = await call(api.PUT('/api/v1/scheduling/pages/{id}', { params: { path: { id: this.page.id } }, body: changeOf(edited) }));
      this.page = data;
      return formOf(data);
    } catch (error) {
      throw atSlug(error);
    }
  }
}

export interface NewPage {
  name: string;
  slug: string; // '': the server makes one from the name that nobody else has
  withType: boolean;
}

/** A page, and a first meeting type on it. A page whose type was refused stands all the same. */
export async function createPage({ name, slug, withType }: NewPage): Promise<Page> {
  let page: Page;
  try {
    page = (await call(api.POST('/api/v1/scheduling/pages', { body: slug ? { name, slug } : { name } }))).data;
  } catch (error) {
    throw atSlug(error);
  }
  if (withType) await createFirstType(page.id);
  return page;
}

export async function createFirstType(pageId: number): Promise<void> {
  await call(api.POST('/api/v1/scheduling/meeting-types', { body: { scheduling_page_id: pageId, name: t('pages.first_type.name'), duration_minutes: 30 } }));
}
