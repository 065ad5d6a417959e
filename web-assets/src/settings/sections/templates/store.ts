/** The words of mails: one pair of subject and text for an occasion in a language, where a page has its own. */
import { api, call } from '../../../shared/api/client';
import type { components } from '../../../shared/api/schema';

export type Occasion = components['schemas']['MailOccasion'];
export type Words = components['schemas']['MailTemplateContent'];
export type Preview = components['schemas']['MailPreview'];
export type Template = components['schemas']['MailTemplate'];

const at = (id: number, occasion: Occasion, language: string) => ({ params: { path: { id, occasion, language } } });
const base = '/api/v1/scheduling/pages/{id}/mail-templates' as const;

export const loadTemplates = (page: number) => call(api.GET(base, { params: { path: { id: page } } }));
export const saveTemplate = async (page: number, occasion: Occasion, language: string, body: Words) => (await call(api.PUT(`${base}/{occasion}/{language}`, { ...at(page, occasion, language), body }))).data;
export const removeTemplate = async (page: number, occasion: Occasion, language: string) => void (await call(api.DELETE(`${base}/{occasion}/{language}`, at(page, occasion, language))));
export const previewTemplate = async (page: number, occasion: Occasion, language: string, body: Partial<Words>) => (await call(api.POST(`${base}/{occasion}/{language}/preview`, { ...at(page, occasion, language), body }))).data;
export const testTemplate = async (page: number, occasion: Occasion, language: string, body: Partial<Words>) => void (await call(api.POST(`${base}/{occasion}/{language}/test`, { ...at(page, occasion, language), body })));

/** "de" is German. */
export const languageName = (language: string) => new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
/** The third part of an address: booked.de */
export const keyOf = (occasion: string, language: string) => `${occasion}.${language}`;
