// How long a booker waits for times, in Chromium on loopback: cold (nothing cached) and warm, median of ten; and how much
// of the page moves meanwhile.
//   cd tests/e2e && node ../bench/pages.mjs        the host is started from CRM_BUILD, as the tests do
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const lib = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../e2e/lib');
const from = (file) => import(pathToFileURL(path.join(lib, file)));
const { launch, newPage } = await from('browser.mjs');
const { Host } = await from('host.mjs');

const rounds = 10;
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const targets = { cold: 300, warm: 100 };
const shiftMax = 0.02;

/**
 * Runs in the page before anything of it: notes when the first time is painted, when the script has taken over, and what
 * moves. Nothing else of ours runs in the page until it is done: to look for an element from outside, the browser's
 * driver would first evaluate scripts of its own there, and those would be measured too.
 */
function watch() {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const observer = new MutationObserver(() => {
    if (!window.timesSeen && document.querySelector('a.time')) {
      window.timesSeen = true;
      requestAnimationFrame(() => setTimeout(() => { window.timesAt = performance.now(); }));
    }
    if (document.querySelector('.zone-now')) {
      observer.disconnect();
      window.scriptedAt = performance.now();
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function visit(page, address) {
  await page.goto(address, { waitUntil: 'networkidle' });
  return page.evaluate(() => ({
    times: window.timesAt, scripted: window.scriptedAt ?? 0, shift: window.shift,
    answer: performance.getEntriesByType('navigation')[0].responseEnd, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
}

const host = await Host.start();
const browser = await launch();
const address = `${host.base}/schedule/demo/discovery-call?timezone=America/New_York`;
// What this browser takes on this machine for a page of one word, without styles and scripts: the rest is ours.
const word = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>One word</title><a class="time" href="#">09:00</a>');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => word.once('listening', resolve));
const all = { 'one word': [], cold: [], warm: [] };
for (let round = 0; round < rounds; ++round) {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  await page.addInitScript(watch);
  all['one word'].push(await visit(page, `http://127.0.0.1:${word.address().port}/`));
  all.cold.push(await visit(page, address));
  all.warm.push(await visit(page, address));
  await page.context().close();
}
await browser.close();
await host.stop();
word.closeAllConnections?.();
word.close();

let missed = false;
for (const [name, visits] of Object.entries(all)) {
  const of = (part) => median(visits.map((each) => each[part]));
  const shift = Math.max(...visits.map((each) => each.shift));
  missed ||= of('times') > targets[name] || shift >= shiftMax;
  console.log(`${name}: first times ${of('times').toFixed(0)} ms${targets[name] ? ` (at most ${targets[name]})` : ''}, answer ${of('answer').toFixed(0)}, first paint ${of('paint').toFixed(0)}, script in charge ${of('scripted').toFixed(0)}; layout shift ${shift.toFixed(4)}`);
}
process.exit(missed ? 1 : 0);
