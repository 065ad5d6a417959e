/**
 * The steps of a booking without loading a page for each: the server's HTML of the next step takes the place of the
 * present one, and Back finds a step as it was left. Whatever cannot be done here is left to the browser.
 */
import { mount } from 'svelte';
import BookingForm from './BookingForm.svelte';
import { readData, textsOf, type BookingData } from './data';
import { Months } from './months.svelte';
import { isPassing, patiently, type Told } from './net';
import PublicSchedulingPage from './PublicSchedulingPage.svelte';
import { Sending } from './sending.svelte';
import { carry, hasValues, isChanged } from './typed';
import { ownZone } from './zone';

interface Step {
  card: HTMLElement;
  title: string;
  href: string;
  sending?: Sending;
  /** What was sent last, to send it again. */
  action?: string;
  focus?: HTMLElement;
}

interface Going {
  isReplacing?: boolean;
  hasFocus?: boolean;
  /** Only while nobody typed. */
  ifUntouched?: boolean;
  tell?: (told: Told) => void;
}

const withoutHash = (href: string) => href.replace(/#.*$/, '');
const cardIn = (root: ParentNode) => root.querySelector<HTMLElement>('[data-booking]');
const htmlOf = { headers: { Accept: 'text/html' } };

export class Steps {
  #all: Step[] = [];
  #now: Step;

  constructor(data: BookingData, card: HTMLElement) {
    this.#now = this.#begun(card, data, document.title, location.href);
    addEventListener('popstate', () => void this.#back());
    addEventListener('pageshow', (event) => {
      if (event.persisted && this.#now.sending) this.#now.sending.stage = 'ready';
    });
    document.addEventListener('click', (event) => this.#click(event));
    document.addEventListener('submit', (event) => this.#submit(event));
    this.#toOwnZone();
  }

  /** A link to a form names no zone: it is shown again in the one of the browser, before anybody typed. */
  #toOwnZone(): void {
    const url = new URL(location.href);
    const zone = ownZone();
    const shown = this.#now.card.querySelector<HTMLInputElement>('form [name=timezone]');
    if (!shown || !url.searchParams.has('start') || url.searchParams.has('timezone') || !zone || zone === shown.value) return;
    url.searchParams.set('timezone', zone);
    void this.go(url.href, { isReplacing: true, hasFocus: false, ifUntouched: true });
  }

  /** With `tell` it waits for a lost connection; without, the browser shows what went wrong. */
  async go(href: string, { isReplacing = false, hasFocus = true, ifUntouched = false, tell }: Going = {}): Promise<boolean> {
    const from = this.#now;
    from.focus = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    let loaded;
    try {
      const ask = (signal?: AbortSignal) => fetch(href, { ...htmlOf, signal });
      const answer = await (tell ? patiently(ask, { tell }) : ask());
      loaded = this.#read(await answer.text(), answer.redirected ? answer.url : new URL(href, location.href).href);
    } catch {
      if (tell) return false;
    }
    // What is no step of this booking is the browser's to show.
    if (!loaded) location.assign(href);
    if (!loaded || this.#now !== from || (ifUntouched && isChanged(from.card))) return true;
    const step = this.#begun(loaded.card, loaded.data, loaded.title, loaded.href);
    const typed = [...this.#all].reverse().find((each) => each !== step && hasValues(each.card));
    if (typed) carry(typed.card, step.card);
    if (isReplacing) history.replaceState(null, '', step.href);
    else history.pushState(null, '', step.href);
    this.#show(step, hasFocus);
    return true;
  }

  #read(html: string, href: string) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const card = cardIn(page);
    const data = readData(page);
    return card && data ? { card: document.adoptNode(card), data, title: page.title, href } : undefined;
  }

  #begun(card: HTMLElement, data: BookingData, title: string, href: string): Step {
    const step: Step = { card, title, href };
    this.#all = [...this.#all.filter((each) => withoutHash(each.href) !== withoutHash(href)), step].slice(-8);
    const calendar = card.querySelector<HTMLElement>('[data-calendar]');
    if (calendar && data.month && data.month_url) this.#choose(step, calendar, data);
    const actions = card.querySelector('form[method=post] .actions');
    if (actions) {
      const target = document.createElement('div');
      actions.before(target);
      step.sending = new Sending();
      mount(BookingForm, { target, props: { sending: step.sending, texts: textsOf(data) } });
    }
    return step;
  }

  #choose(step: Step, target: HTMLElement, data: BookingData): void {
    const zones = [...target.querySelectorAll<HTMLOptionElement>('select[name=timezone] option')].map((each) => each.value);
    const zonesUrl = target.querySelector('a[href*="zones=all"]') ? '/schedule/assets/zones.json' : '';
    const months = new Months(data.month_url!, data.month!);
    const label = step.card.querySelector('[data-zone-label]');
    target.replaceChildren();
    mount(PublicSchedulingPage, {
      target,
      props: {
        data,
        zones: [...new Set(zones)].sort(),
        zonesUrl,
        months,
        start: step.href,
        go: (href: string, tell: (told: Told) => void) => this.go(href, { tell }),
        onAddress: (href: string) => {
          step.href = href;
          if (this.#now === step) history.replaceState(null, '', href);
        },
        onZone: (words: string) => label?.replaceChildren(words),
      },
    });
  }

  #show(step: Step, hasFocus = true): void {
    this.#now.card.replaceWith(step.card);
    this.#now = step;
    document.title = step.title;
    if (!hasFocus) return;
    const focus = step.focus?.isConnected ? step.focus : (step.card.querySelector<HTMLElement>('[autofocus]') ?? step.card.querySelector<HTMLElement>('#step-title'));
    if (focus?.id === 'step-title') focus.tabIndex = -1;
    if (focus !== step.focus) scrollTo(0, 0);
    focus?.focus();
  }

  async #back(): Promise<void> {
    const href = withoutHash(location.href);
    if (href === withoutHash(this.#now.href)) return;
    // A page that ended the booking stands there.
    if (!this.#now.card.isConnected) return location.reload();
    this.#now.focus = undefined;
    const known = this.#all.find((each) => withoutHash(each.href) === href);
    if (known) this.#show(known);
    else await this.go(location.href, { isReplacing: true });
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || !this.#now.card.contains(link) || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    const isHere = url.origin === location.origin && url.pathname === location.pathname;
    if (!isHere || link.target || url.hash || !url.searchParams.size) return;
    // The page of a meeting has the same address as the one that moves it.
    if (this.#now.href.includes('move=') && !url.searchParams.has('move')) return;
    event.preventDefault();
    void this.go(link.href);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const { sending } = this.#now;
    if (!sending || !this.#now.card.contains(form) || form.method !== 'post') return;
    event.preventDefault();
    if (sending.stage === 'sending' || sending.stage === 'done') return;
    const submitter = event.submitter as HTMLButtonElement | HTMLInputElement | null;
    const isAgain = submitter?.hasAttribute('data-again') ?? false;
    const action = (isAgain && this.#now.action) || (submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href);
    void this.#send(this.#now, action, new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])));
  }

  async #send(step: Step, action: string, body: URLSearchParams): Promise<void> {
    const sending = step.sending!;
    step.action = action;
    sending.stage = 'sending';
    sending.words = '';
    let answer: Response;
    let html: string;
    try {
      answer = await fetch(action, { method: 'POST', body, headers: { ...htmlOf.headers, 'X-Requested-With': 'fetch' } });
      html = await answer.text();
    } catch {
      sending.stage = 'lost';
      return;
    }
    const address = answer.headers.get('Location');
    if (answer.ok && address) {
      sending.address = address;
      sending.stage = 'done';
      location.assign(address);
      return;
    }
    this.#refused(step, answer.status, html);
  }

  /** The server's page says what is wrong; only when it has none for this step does the form stay. */
  #refused(step: Step, status: number, html: string): void {
    const sending = step.sending!;
    const read = this.#read(html, step.href);
    if (read && this.#now === step) return this.#show(this.#begun(read.card, read.data, read.title, read.href));
    const page = new DOMParser().parseFromString(html, 'text/html');
    const main = page.querySelector('main');
    const words = [...(main?.querySelectorAll('h1, .soft') ?? [])].map((each) => each.textContent?.trim()).join(': ');
    if (!main || isPassing(status) || status >= 500) {
      sending.words = main && status !== 500 ? words : '';
      sending.stage = 'failed';
      return;
    }
    document.querySelector('main')?.replaceChildren(...main.childNodes);
    document.title = page.title;
    const heading = document.querySelector<HTMLElement>('main [autofocus], main h1');
    if (heading) heading.tabIndex = -1;
    heading?.focus();
  }
}
