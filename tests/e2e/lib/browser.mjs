// Chromium, what every test of a page asks of it, and pictures. They land in SCREENSHOTS when it is set.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Playwright loses pages that come back from the back-forward cache, so it is off. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-back-forward-cache'],
  });
}

export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } };

/**
 * A page whose `problems` collects errors of its console, of its policy and of the server. Chromium's console tells of
 * each refusal, too: a test that means to be refused sets `page.refusals`, such as /status of 422/.
 */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: sizes.desktop, locale: 'en-US', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !page.refusals?.test(message.text())) page.problems.push(message.text());
  });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('response', (response) => {
    const told = `status of ${response.status()} ${response.url()}`;
    if (response.status() >= 500 && !page.refusals?.test(told)) page.problems.push(told);
  });
  return page;
}

/**
 * Opens `address` as somebody of the demo: the first time through the log-in that leads back to it, later with the
 * session of that first time, for as long as it lasts.
 */
export async function signIn(page, host, address, email = 'rep@example.test', password = 'rep-demo') {
  host.sessions ??= new Map();
  if (host.sessions.has(email)) await page.context().addCookies([host.sessions.get(email)]);
  await page.goto(`${host.base}${address}`);
  if (new URL(page.url()).pathname === '/login') {
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=password]').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  }
  await page.waitForURL(`${host.base}${address}`);
  host.sessions.set(email, (await page.context().cookies(host.base)).find(({ name }) => name === 'crm_session'));
}

export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/**
 * Nothing is wider than the screen, axe-core finds nothing, and the console is clean. Scripts of a test pass the page's
 * Content-Security-Policy, those of the page do not. `page` was made with JavaScript on.
 */
export async function isSound(page, { context = 'page', rules = {} } = {}) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${context}: ${page.url()} scrolls sideways by ${wide} px`);
  // A colour on its way to another is nobody's colour: what ends by itself is let end first.
  await page.evaluate(() => Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity).map((animation) => animation.finished)));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), { rules, resultTypes: ['violations'] });
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary?.split('\n')[1]?.trim()}`).slice(0, 4).join(' | ')}`);
  assert.deepEqual(told, [], `${context}: ${page.url()}`);
  assert.deepEqual(page.problems ?? [], [], `${context}: ${page.url()}`);
}
