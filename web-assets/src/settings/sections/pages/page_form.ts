/** A page as its form holds it: empty fields are '', for the API they are null. */
import type { components } from '../../../shared/api/schema';
import type { Assignment, Member } from '../team/store';

export type Page = components['schemas']['SchedulingPage'];
export type PageChange = components['schemas']['SchedulingPageChange'];
type Editable = Pick<Page, 'name' | 'slug' | 'description' | 'timezone' | 'is_active' | 'branding' | 'privacy' | 'embed_origins' | 'assignment' | 'members' | 'show_hosts'>;

export interface PageForm {
  name: string;
  slug: string;
  description: string;
  timezone: string;
  is_active: boolean;
  branding: { color: string; logo_url: string; company_name: string; website_url: string };
  privacy: { text: string; url: string };
  origins: string; // one website a line
  assignment: Assignment;
  members: Member[];
  show_hosts: boolean;
}

export function formOf({ name, slug, description, timezone, is_active, branding, privacy, embed_origins, assignment, members, show_hosts }: Editable): PageForm {
  return {
    name, slug, timezone, is_active,
    description: description ?? '',
    branding: { color: branding.color ?? '', logo_url: branding.logo_url ?? '', company_name: branding.company_name ?? '', website_url: branding.website_url ?? '' },
    privacy: { text: privacy.text ?? '', url: privacy.url ?? '' },
    origins: embed_origins.join('\n'),
    assignment, show_hosts,
    members: members as Member[], // the server says all of each
  };
}

/** Each line as the origin that is meant: people paste addresses of whole pages, and leave the scheme out. */
export function originsOf(text: string): string[] {
  const lines = text.split(/[\s,]+/).filter(Boolean);
  const origins = lines.map((line) => {
    const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(line) ? line : `https://${line}`;
    try {
      const { origin, protocol } = new URL(address);
      return protocol === 'https:' || protocol === 'http:' ? origin : line;
    } catch {
      return line; // the server says what is wrong with it
    }
  });
  return origins.filter((origin, index) => origins.indexOf(origin) === index);
}

const orNull = (text: string) => text.trim() || null;

export function changeOf({ branding, privacy, description, origins, ...rest }: PageForm): PageChange {
  return {
    ...rest,
    description: orNull(description),
    branding: { color: orNull(branding.color), logo_url: orNull(branding.logo_url), company_name: orNull(branding.company_name), website_url: orNull(branding.website_url) },
    privacy: { text: orNull(privacy.text), url: orNull(privacy.url) },
    embed_origins: originsOf(origins),
  };
}
