/** The booking pages with a script. Without it, or where it fails, they are the same pages with more loading. */
import { readData } from './data';
import { tellFrame } from './framed';
import { wake } from './net';
import { oncePainted } from './painted';
import { Steps } from './steps';
import { ownZone } from './zone';

addEventListener('online', wake);

const data = readData(document);
const card = document.querySelector<HTMLElement>('[data-booking]');
if (data && card) oncePainted(() => new Steps(data, card));

tellFrame();

// The list of meeting types hands the zone on, so that its links open in it at once.
for (const link of document.querySelectorAll<HTMLAnchorElement>('.types a[href]')) {
  const url = new URL(link.href);
  const zone = ownZone();
  if (!zone || url.searchParams.has('timezone')) continue;
  url.searchParams.set('timezone', zone);
  link.href = url.pathname + url.search;
}
