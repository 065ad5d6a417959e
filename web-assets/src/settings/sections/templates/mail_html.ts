/**
 * Shows the HTML of a mail inside the page without letting it do anything. The page's policy refuses inline styles and
 * frames, so the mail is built anew, element by element, from what is known to be harmless; its styles are set as
 * properties, which the policy allows.
 */
const elements = new Set(['a', 'b', 'br', 'center', 'div', 'em', 'h1', 'h2', 'h3', 'hr', 'i', 'img', 'li', 'ol', 'p', 'small', 'span', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul']);
const attributes = new Set(['align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'colspan', 'dir', 'height', 'lang', 'role', 'rowspan', 'valign', 'width']);

const kept = 'data-style';

/** Even while it is parsed, the page's policy looks at styles and complains of them: they travel under another name. */
function withoutStyles(html: string): string {
  return html.replace(/<style[\s>][\s\S]*?<\/style>/gi, '').replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, ` ${kept}=`));
}

function copied(node: Node, page: Document): Node | null {
  if (node.nodeType === Node.TEXT_NODE) return page.createTextNode(node.textContent ?? '');
  if (!(node instanceof Element) && node.nodeType !== Node.ELEMENT_NODE) return null;
  const source = node as HTMLElement;
  const name = source.localName;
  if (!elements.has(name)) return null;
  const copy = page.createElement(name);
  for (const { name: key, value } of [...source.attributes]) if (attributes.has(key)) copy.setAttribute(key, value);
  const style = source.getAttribute(kept);
  if (style) copy.style.cssText = style;
  const address = source.getAttribute(name === 'a' ? 'href' : 'src') ?? '';
  // A preview's links lead nowhere; only how they look matters.
  if (name === 'img' && /^https:\/\//i.test(address)) copy.setAttribute('src', address);
  copy.append(...children(source, page));
  return copy;
}

function children(source: Element, page: Document): Node[] {
  return [...source.childNodes].map((child) => copied(child, page)).filter((child): child is Node => child !== null);
}

/** What stands in the body of `html`, without scripts, handlers, forms, frames and addresses. */
export function harmless(html: string, page: Document = document): HTMLElement {
  const parsed = new DOMParser().parseFromString(withoutStyles(html), 'text/html');
  const body = page.createElement('div');
  body.style.cssText = parsed.body.getAttribute(kept) ?? '';
  for (const key of ['lang', 'dir']) {
    const value = parsed.documentElement.getAttribute(key) ?? parsed.body.getAttribute(key);
    if (value) body.setAttribute(key, value);
  }
  body.append(...children(parsed.body, page));
  return body;
}
