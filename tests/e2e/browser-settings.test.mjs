// The settings in a real browser: who may open them, what stands there first, how they look.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differInForcedColours, isSoundInEveryLook, newPage, signIn } from './lib/browser.mjs';
import { browser, host, root, stage, visit } from './lib/stage.mjs';

stage();

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

test('the overview is sound in every look, and says in forced colours where one is', async () => {
  const page = await visit(root);
  await page.getByRole('link', { name: /\/schedule\/demo\b/ }).waitFor();
  await isSoundInEveryLook(page, 'settings-overview');
  await differInForcedColours(page, 'nav a[aria-current]', 'nav a:not([aria-current])');
  await page.context().close();
});
