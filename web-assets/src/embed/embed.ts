/**
 * embed.js, for other websites: booking inside of a page, in a dialog behind a link, or behind a button.
 *
 *   <script async src="https://crm.example/schedule/assets/embed.js"></script>
 *   <div data-scheduler="https://crm.example/schedule/demo"></div>
 *   <a data-scheduler-popup href="https://crm.example/schedule/demo">Book a meeting</a>
 *
 * Nothing is asked of the CRM before somebody comes near. It writes no style attribute and no markup, so that it works
 * under the strictest policy of the page around it; that policy must allow the CRM in frame-src and script-src.
 */
interface Message {
  scheduler?: 'height' | 'booked' | 'close';
  height?: number;
}

const carried = /^(utm_\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|li_fat_id)$/;
const begun = new WeakSet<Element>();
const heightMin = 320;

type Style = Partial<Record<'width' | 'height' | 'minHeight' | 'maxWidth' | 'maxHeight' | 'border' | 'borderRadius' | 'margin' | 'padding' | 'display' | 'background' | 'position' | 'top' | 'insetInlineEnd' | 'colorScheme' | 'font' | 'cursor' | 'overflow' | 'color' | 'boxShadow', string>>;
// Through the object model: a style attribute in markup is what policies forbid.
const style = (element: HTMLElement, rules: Style) => Object.assign(element.style, rules);

/** The page to show, with where this visit came from; nothing for an address that is no web page. */
function addressOf(text: string | null): URL | undefined {
  try {
    const url = new URL(text ?? '', location.href);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
    new URLSearchParams(location.search).forEach((value, name) => {
      if (carried.test(name) && !url.searchParams.has(name)) url.searchParams.set(name, value);
    });
    url.searchParams.set('embed', '1');
    return url;
  } catch {
    return undefined;
  }
}

function frameOf(url: URL, title: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.src = url.href;
  style(frame, { width: '100%', minHeight: `${heightMin}px`, height: '640px', border: '0', display: 'block', colorScheme: 'normal' });
  const listen = ({ source, origin, data }: MessageEvent<Message | null>) => {
    if (source !== frame.contentWindow || origin !== url.origin || !data || typeof data !== 'object') return;
    const { scheduler, height } = data;
    if (scheduler === 'height' && typeof height === 'number' && height > 0 && height < 20_000) frame.style.height = `${Math.max(heightMin, Math.ceil(height))}px`;
    if (scheduler === 'close') frame.closest('dialog')?.close();
    if (scheduler === 'booked') frame.dispatchEvent(new CustomEvent('scheduler:booked', { bubbles: true }));
  };
  addEventListener('message', listen);
  return frame;
}

function inline(place: HTMLElement): void {
  const url = addressOf(place.dataset.scheduler ?? null);
  if (!url) return;
  if (!place.style.minHeight) place.style.minHeight = `${heightMin}px`;
  const load = () => place.replaceChildren(frameOf(url, place.dataset.schedulerTitle ?? 'Book a meeting'));
  // A frame that begins while the page loads would hold up that page's load event.
  const whenLoaded = () => (document.readyState === 'complete' ? load() : addEventListener('load', () => setTimeout(load), { once: true }));
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    near.disconnect();
    whenLoaded();
  }, { rootMargin: '200px' });
  near.observe(place);
}

function preconnect(origin: string): void {
  if (document.querySelector(`link[rel=preconnect][href="${origin}"]`)) return;
  const link = document.createElement('link');
  link.rel = 'preconnect';
  link.href = origin;
  document.head.append(link);
}

function open(url: URL, title: string, closeLabel: string): void {
  const opener = document.activeElement;
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-label', title);
  style(dialog, { width: 'min(100vw - 1rem, 62rem)', maxWidth: 'none', maxHeight: 'calc(100dvh - 1rem)', padding: '0', border: '0', borderRadius: '14px', overflow: 'auto', background: '#fff', boxShadow: '0 20px 60px rgb(0 0 0 / 35%)' });
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', closeLabel);
  style(close, { position: 'sticky', top: '0', display: 'block', margin: '0 0 0 auto', width: '44px', height: '44px', border: '0', font: '24px/1 sans-serif', cursor: 'pointer', background: '#fff', color: '#172033' });
  close.onclick = () => dialog.close();
  // Escape closes it, as with every <dialog>; a click beside it does, too.
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.onclose = () => {
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  };
  dialog.append(close, frameOf(url, title));
  document.body.append(dialog);
  dialog.showModal();
}

function popup(control: HTMLElement): void {
  const address = control.dataset.schedulerPopup || control.getAttribute('href');
  const url = addressOf(address);
  if (!url) return;
  const intend = () => preconnect(url.origin);
  control.addEventListener('pointerenter', intend);
  control.addEventListener('focus', intend);
  control.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(addressOf(address) ?? url, control.dataset.schedulerTitle ?? control.textContent?.trim() ?? 'Book a meeting', control.dataset.schedulerClose ?? 'Close');
  });
  if (control.localName !== 'a') return;
  control.setAttribute('aria-haspopup', 'dialog');
}

/** Begins what stands below `root` and was not begun before. */
function init(root: ParentNode = document): void {
  for (const [selector, begin] of [['[data-scheduler]', inline], ['[data-scheduler-popup]', popup]] as const) {
    const all = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) all.push(root);
    for (const each of all) {
      if (begun.has(each)) continue;
      begun.add(each);
      begin(each);
    }
  }
}

const shared = window as unknown as { MeetingScheduler?: { init: typeof init; open: (address: string, title?: string) => void } };
// A page may hold the script twice. (Browsers have a "Scheduler" of their own.)
if (!shared.MeetingScheduler) {
  shared.MeetingScheduler = {
    init,
    open(address, title = 'Book a meeting') {
      const url = addressOf(address);
      if (url) open(url, title, 'Close');
    },
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => init());
  else init();
}

export {};
