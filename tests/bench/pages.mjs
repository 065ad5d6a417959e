// How long a booker waits for times, in Chromium on loopback: cold (nothing cached) and warm, median of ten.
//   cd tests/e2e && node ../bench/pages.mjs        the host is started from CRM_BUILD, as the tests do
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const e2e = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../e2e');
createRequire(path.join(e2e, 'package.json'));
const { launch, newPage } = await import(pathToFileURL(path.join(e2e, 'lib/browser.mjs')));
const { Host } = await import(pathToFileURL(path.join(e2e, 'lib/host.mjs')));

const rounds = 10;
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const host = await Host.start();
const browser = await launch();
const address = `${host.base}/schedule/demo/discovery-call?timezone=America/New_York`;

/** Milliseconds from the start of the navigation until the first time is painted, and until the script is in charge. */
async function visit(page) {
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('a.time').first().waitFor();
  const visible = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))));
  await page.locator('.zone-now').waitFor();
  const [paint] = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').map((each) => each.startTime));
  return { visible: Math.min(visible, paint ?? visible), scripted: await page.evaluate(() => performance.now()) };
}

const cold = [];
const warm = [];
for (let round = 0; round < rounds; ++round) {
  const page = await newPage(browser, { timezoneId: 'America/New_York' });
  cold.push(await visit(page));
  warm.push(await visit(page));
  await page.context().close();
}
for (const [name, all] of [['cold', cold], ['warm', warm]])
  console.log(`${name}: first times ${median(all.map((each) => each.visible)).toFixed(0)} ms, script in charge ${median(all.map((each) => each.scripted)).toFixed(0)} ms (median of ${rounds})`);
await browser.close();
await host.stop();
