import { beforeAll, beforeEach, expect, it, vi } from 'vitest';

let near: (() => void)[] = [];
const frames = () => [...document.querySelectorAll('iframe')];
const scheduler = () => (window as unknown as { MeetingScheduler: { init: (root?: ParentNode) => void; open: (address: string) => void } }).MeetingScheduler;
const told = (frame: HTMLIFrameElement, data: unknown, origin: string, source: unknown = frame.contentWindow) =>
  dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));

beforeAll(async () => {
  vi.stubGlobal('IntersectionObserver', class {
    constructor(readonly seen: (all: { isIntersecting: boolean }[]) => void) {}
    observe() { near.push(() => this.seen([{ isIntersecting: true }])); }
    disconnect() {}
  });
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  history.replaceState(null, '', '/landing?utm_source=mail&gclid=g1&secret=x');
  await import('./embed');
});
beforeEach(() => {
  near = [];
  document.head.replaceChildren();
  document.body.replaceChildren();
});

it('loads nothing before somebody comes near, and then with where the visit came from', () => {
  document.body.innerHTML = '<div data-scheduler="https://crm.test/schedule/demo?utm_source=own&amp;name=Ada"></div>';
  scheduler().init();
  expect(frames()).toHaveLength(0);
  near[0]!();
  expect(frames().map((each) => each.src)).toEqual(['https://crm.test/schedule/demo?utm_source=own&name=Ada&gclid=g1&embed=1']);
  expect(frames()[0]!.title).toBe('Book a meeting');
});

it('begins elements that are added later, each once, and none that is no web page', () => {
  document.body.innerHTML = '<div data-scheduler="https://crm.test/a"></div><div data-scheduler="javascript:alert(1)"></div>';
  scheduler().init();
  document.body.insertAdjacentHTML('beforeend', '<div data-scheduler="https://crm.test/b"></div>');
  scheduler().init();
  scheduler().init(document.body.lastElementChild!);
  expect(near).toHaveLength(2);
});

it('believes the height of its own frame only', () => {
  document.body.innerHTML = '<div data-scheduler="https://crm.test/a"></div><div data-scheduler="https://other.test/b"></div>';
  scheduler().init();
  near.forEach((each) => each());
  const [frame, second] = frames() as [HTMLIFrameElement, HTMLIFrameElement];
  told(frame, { scheduler: 'height', height: 900.2 }, 'https://crm.test');
  expect(frame.style.height).toBe('901px');
  expect(second.style.height).toBe('640px');
  told(frame, { scheduler: 'height', height: 1000 }, 'https://evil.test');
  told(frame, { scheduler: 'height', height: 1000 }, 'https://crm.test', window);
  for (const height of ['1000', -1, 1e9, null]) told(frame, { scheduler: 'height', height }, 'https://crm.test');
  told(frame, 'scheduler', 'https://crm.test');
  told(frame, null, 'https://crm.test');
  expect(frame.style.height).toBe('901px');
  const booked = vi.fn();
  document.body.addEventListener('scheduler:booked', booked, { once: true });
  told(frame, { scheduler: 'booked' }, 'https://crm.test');
  expect(booked).toHaveBeenCalledOnce();
});

it('opens a dialog behind a link: connects on intent, closes on Escape inside, gives the focus back', () => {
  document.body.innerHTML = '<a data-scheduler-popup href="https://crm.test/schedule/demo">Meet us</a>';
  scheduler().init();
  const link = document.querySelector('a')!;
  expect(link.getAttribute('aria-haspopup')).toBe('dialog');
  expect(document.querySelector('link')).toBeNull();
  link.focus();
  link.dispatchEvent(new Event('pointerenter'));
  expect([...document.querySelectorAll('link')].map((each) => [each.rel, each.getAttribute('href')])).toEqual([['preconnect', 'https://crm.test']]);
  expect(frames()).toHaveLength(0);
  link.click();
  const dialog = document.querySelector('dialog')!;
  expect([dialog.open, dialog.getAttribute('aria-modal'), dialog.getAttribute('aria-label')]).toEqual([true, 'true', 'Meet us']);
  told(frames()[0]!, { scheduler: 'close' }, 'https://crm.test');
  expect(document.querySelector('dialog')).toBeNull();
  expect(document.activeElement).toBe(link);
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
  expect(document.querySelector('dialog')).toBeNull();
});

it('opens from a button and from code', () => {
  document.body.innerHTML = '<button data-scheduler-popup="https://crm.test/schedule/demo" data-scheduler-close="Schließen">Termin</button>';
  scheduler().init();
  document.querySelector('button')!.click();
  expect(document.querySelector('dialog button')!.getAttribute('aria-label')).toBe('Schließen');
  document.querySelector<HTMLButtonElement>('dialog button')!.click();
  scheduler().open('https://crm.test/schedule/demo');
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  scheduler().open('nonsense://x');
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
});

it('writes no markup with styles, which a strict policy would refuse', async () => {
  const { readFileSync } = await import('node:fs');
  const source = readFileSync('src/embed/embed.ts', 'utf8');
  expect(source).not.toMatch(/innerHTML|insertAdjacentHTML|cssText|setAttribute\('style'|createElement\('style'/);
});
