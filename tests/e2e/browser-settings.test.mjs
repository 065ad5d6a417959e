// The settings in a real browser: who may open them, what stands there first, how they look.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isSound, launch, newPage, picture, signIn, sizes } from './lib/browser.mjs';
import { Host } from './lib/host.mjs';

let host, browser;
before(async () => {
  host = await Host.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await host?.stop();
});

test('whoever is not signed in is led to the log-in and back', async () => {
  const page = await newPage(browser);
  await signIn(page, host, '/settings/scheduling/no-such-section');
  await page.getByRole('heading', { name: 'There is no such page here' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your scheduling links' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'There is no such page here' }).waitFor();
  assert.match(await page.title(), /no such page/);
  await page.context().close();
});

for (const [device, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the overview is sound (${device}, ${colorScheme})`, async () => {
      const page = await newPage(browser, { viewport, colorScheme });
      await signIn(page, host, '/settings/scheduling');
      await page.getByRole('link', { name: /\/schedule\/demo\b/ }).waitFor();
      await isSound(page);
      await picture(page, `settings-overview-${device}-${colorScheme}`);
      await page.context().close();
    });
  }
}
