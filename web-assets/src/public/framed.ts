/**
 * Inside of another website: tells that site how high the page is, that somebody booked, and that Escape was pressed.
 * Only origins that the page's owner named hear it.
 */
type Told = { scheduler: 'height'; height: number } | { scheduler: 'booked' } | { scheduler: 'close' };

/** The origins that may listen: the one around us when the browser says which it is, else all that were named. */
export function listeners(named: string, around: string | undefined): string[] {
  const all = named.split(/\s+/).filter((origin) => /^https?:\/\/[^/*]+$/.test(origin));
  return around === undefined ? all : all.filter((origin) => origin === around);
}

export function tellFrame(): void {
  if (window.parent === window) return;
  const named = document.documentElement.dataset.embedOrigins ?? '';
  const origins = listeners(named, location.ancestorOrigins?.[0]);
  if (!origins.length) return;
  const tell = (told: Told) => {
    for (const origin of origins) window.parent.postMessage(told, origin);
  };
  let last = 0;
  const measure = () => {
    // The body is at least as high as the frame; what is in it is not.
    const height = Math.ceil([...document.body.children].reduce((bottom, each) => Math.max(bottom, each.getBoundingClientRect().bottom), 0) + scrollY);
    if (Math.abs(height - last) < 2) return;
    last = height;
    tell({ scheduler: 'height', height });
  };
  const observer = new ResizeObserver(measure);
  for (const each of document.body.children) observer.observe(each);
  measure();
  if (new URLSearchParams(location.search).has('booked')) tell({ scheduler: 'booked' });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) tell({ scheduler: 'close' });
  });
}
