/** The part of a link that names a page or a type: what the server makes of a name, and what it takes. */
const lengthMax = 100;
const reserved = ['manage', 'cancel', 'reschedule', 'assets', 'embed'];
/** Letters of Latin alphabets that are no letter with an accent for Unicode. */
const ownLetters: Record<string, string> = { æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ß: 'ss' };

/** "Café à deux" is cafe-a-deux; '' when nothing of a name can stand in an address. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[æœøłđðþħıß]/g, (letter) => ownLetters[letter] ?? '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, lengthMax).replace(/-+$/, '');
  return reserved.includes(slug) ? `${slug}-1` : slug;
}

/** What the server takes where slugOf gives nothing. */
export const slugOfNothing = 'page';

/** What somebody types, as near to a slug as typing allows: a hyphen at the end may be followed by more. */
export function typedSlug(text: string): string {
  return text.toLowerCase().replace(/[\s_.]+/g, '-').replace(/[^a-z0-9-]/g, '').slice(0, lengthMax);
}

export function isSlug(text: string): boolean {
  return text.length <= lengthMax && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text);
}
