/** The part of a link that names a page: what the server makes of a name, and what it takes. */
const lengthMax = 100;

export function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, lengthMax).replace(/^-+|-+$/g, '') || 'page';
}

/** What somebody types, as near to a slug as typing allows: a hyphen at the end may be followed by more. */
export function typedSlug(text: string): string {
  return text.toLowerCase().replace(/[\s_.]+/g, '-').replace(/[^a-z0-9-]/g, '').slice(0, lengthMax);
}

export function isSlug(text: string): boolean {
  return text.length <= lengthMax && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text);
}
