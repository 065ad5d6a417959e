/** What people paste into their websites. embed.js reads these attributes. */
export type EmbedKind = 'inline' | 'popup' | 'button';
export const embedKinds: EmbedKind[] = ['inline', 'popup', 'button'];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export function snippet(kind: EmbedKind, url: string, label: string): string {
  const script = `<script src="${escaped(new URL('/schedule/assets/embed.js', url).href)}" async></script>`;
  const address = escaped(url);
  const part = {
    inline: `<div data-scheduler="${address}"></div>`,
    popup: `<a data-scheduler-popup href="${address}">${escaped(label)}</a>`,
    button: `<button type="button" data-scheduler-popup="${address}">${escaped(label)}</button>`,
  }[kind];
  return `${part}\n${script}`;
}
