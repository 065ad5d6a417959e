/**
 * Where in /settings/scheduling the reader is. Links inside the settings change the page without loading it anew;
 * Back, reload and a link sent to a colleague lead to the same place. A page with unsaved changes is asked first.
 */
export const root = '/settings/scheduling';

export interface Place {
  section: string; // '' is the overview
  id: string | null; // '12', 'new' or null
  query: URLSearchParams;
}

export function placeOf(url: URL): Place | null {
  if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return null;
  const [section = '', id] = url.pathname.slice(root.length + 1).split('/');
  return { section, id: id ?? null, query: url.searchParams };
}

type Guard = () => boolean | Promise<boolean>;

class Router {
  place: Place = $state.raw(placeOf(new URL(location.href)) ?? { section: '', id: null, query: new URLSearchParams() });
  #shown = location.href;
  #guards: Guard[] = [];

  /**
   * Asks `guard` before anybody leaves; true lets them go. Returns the function that takes the guard away. Of several
   * forms on a page the last one asks for all: one question is enough.
   */
  guard(guard: Guard): () => void {
    this.#guards.push(guard);
    return () => {
      this.#guards = this.#guards.filter((one) => one !== guard);
    };
  }

  async go(address: string, { replace = false } = {}): Promise<void> {
    const url = new URL(address, location.href);
    if (!placeOf(url)) return location.assign(url.href);
    if (!(await this.#mayLeave())) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', url.href);
    this.#show(url);
  }

  /** Connects the router with the window. Returns the function that disconnects it. */
  start(): () => void {
    const followed = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a');
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
      const url = new URL(link.href);
      if (!placeOf(url) || (url.hash && url.pathname === location.pathname)) return;
      event.preventDefault();
      void this.go(url.href);
    };
    const moved = async () => {
      const wanted = location.href;
      if (wanted === this.#shown) return;
      // A link to a part of this page leaves nothing.
      if (wanted.split('#')[0] === this.#shown.split('#')[0]) {
        this.#shown = wanted;
        return;
      }
      if (await this.#mayLeave()) return this.#show(new URL(wanted));
      history.pushState(null, '', this.#shown);
    };
    const closing = (event: BeforeUnloadEvent) => {
      if (this.#guards.length) event.preventDefault();
    };
    document.addEventListener('click', followed);
    window.addEventListener('popstate', moved);
    window.addEventListener('beforeunload', closing);
    return () => {
      document.removeEventListener('click', followed);
      window.removeEventListener('popstate', moved);
      window.removeEventListener('beforeunload', closing);
    };
  }

  async #mayLeave(): Promise<boolean> {
    const last = this.#guards.at(-1);
    if (last && !(await last())) return false;
    this.#guards = [];
    return true;
  }

  #show(url: URL): void {
    this.#shown = url.href;
    this.place = placeOf(url) ?? this.place;
  }
}

export const router = new Router();
