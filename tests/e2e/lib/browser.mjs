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
 * The ways in which people look at one page. `zoomed` is a desktop at 200 %: half the room, twice the dots. `large` has
 * letters twice as large in the same room.
 */
export const looks = {
  desktop: { viewport: sizes.desktop },
  'desktop-dark': { viewport: sizes.desktop, colorScheme: 'dark' },
  forced: { viewport: sizes.desktop, forcedColors: 'active' },
  large: { viewport: sizes.desktop, text: '200%' },
  zoomed: { viewport: { width: 640, height: 450 }, dots: 2 },
  phone: { viewport: sizes.phone },
  'phone-dark': { viewport: sizes.phone, colorScheme: 'dark' },
  narrow: { viewport: sizes.narrow },
};

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

export async function picture(page, name, fullPage = true) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
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

/** What is cut off: text in a box that hides the rest of it, and words that stand out of their button or cell. */
const cutOff = () => [...document.querySelectorAll('body *')].filter((each) => {
  const { overflowX, overflowY, clipPath, display } = getComputedStyle(each);
  // One pixel, or clipped away: for screen readers alone.
  for (let up = each.parentElement; up; up = up.parentElement) if (getComputedStyle(up).clipPath !== 'none') return false;
  const isSmall = each.clientWidth <= 1 && !each.matches('td, th, .day');
  if (clipPath !== 'none' || /none|inline$/.test(display) || isSmall || each.closest('svg') || !each.innerText?.trim()) return false;
  const hides = (overflow) => /hidden|clip/.test(overflow);
  if (/^(INPUT|SELECT|TEXTAREA|IFRAME)$/.test(each.tagName)) return false;
  const wide = each.scrollWidth > each.clientWidth + 1;
  const high = each.scrollHeight > each.clientHeight + 1;
  if ((hides(overflowX) && wide) || (hides(overflowY) && high)) return true;
  return wide && each.matches('button, .button, a.day, .time, td, th, .badge, .pill, label, legend, h1, h2, h3');
}).map((each) => `${each.tagName.toLowerCase()}.${each.className} “${each.innerText.trim().slice(0, 40)}”`);

/** What takes the focus of the keyboard and does not show it. */
const focusUnseen = () => {
  const before = document.activeElement;
  const found = [...document.querySelectorAll('a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary')]
    .filter((each) => each.checkVisibility() && each.tabIndex >= 0).slice(0, 60)
    .filter((each) => {
      each.focus({ focusVisible: true, preventScroll: true });
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return document.activeElement === each && (outlineStyle === 'none' || parseFloat(outlineWidth) === 0);
    });
  document.activeElement?.blur();
  before?.focus?.({ preventScroll: true });
  return found.map((each) => each.outerHTML.slice(0, 120));
};

export async function isWhole(page, context = 'page') {
  assert.deepEqual(await page.evaluate(cutOff), [], `${context}: ${page.url()} cuts something off`);
}

/** Sets the look of a page that stands there already. */
export async function setLook(page, { viewport, colorScheme = 'light', forcedColors = 'none', text = '', dots = 1 }) {
  await page.setViewportSize(viewport);
  if (dots !== 1) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor: dots, mobile: false });
    await session.detach();
  }
  await page.emulateMedia({ colorScheme, forcedColors });
  await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, text);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** The page that stands there, as it is, in every look: sound, whole, and a picture of it. */
export async function isSoundInEveryLook(page, name, { only = Object.keys(looks) } = {}) {
  for (const look of only) {
    await setLook(page, looks[look]);
    await isSound(page, { context: `${name}, ${look}` });
    await isWhole(page, `${name}, ${look}`);
    if (looks[look].forcedColors) assert.deepEqual(await page.evaluate(focusUnseen), [], `${name}: ${page.url()} hides the focus in forced colours`);
    await picture(page, `${name}-${look}`, !looks[look].dots); // a picture of all would set the dots anew
  }
  await setLook(page, looks.desktop);
}

/**
 * Colours of the system take ours away: what is chosen, pressed or off must still look otherwise than what is not. Both
 * selectors name elements of one kind.
 */
export async function differInForcedColours(page, state, plain) {
  await setLook(page, looks.forced);
  const styleOf = (selector) => page.locator(selector).first().evaluate((each) => {
    const seen = ['border-style', 'border-width', 'border-color', 'outline-style', 'outline-width', 'outline-color', 'color', 'background-color', 'text-decoration-line'];
    return ['', '::before', '::after'].map((part) => { const style = getComputedStyle(each, part); return seen.map((name) => style.getPropertyValue(name)).join(' '); });
  });
  assert.notDeepEqual(await styleOf(state), await styleOf(plain), `${page.url()}: ${state} looks like ${plain} in forced colours`);
  await setLook(page, looks.desktop);
}
