// What a file of browser tests plays on: a host, a browser, and people who are signed in. Each file runs in a process of
// its own, so what is exported here is that file's alone.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, newPage, signIn } from './browser.mjs';
import { Client, demoAdmin } from './client.mjs';
import { Host } from './host.mjs';
import { MailServer } from './mail.mjs';

export let host, browser, mailbox, admin;
export const root = '/settings/scheduling';
const password = 'a long enough password';
let count = 0;

/**
 * Call it once. `mail`: beside a mail server, `mailbox`; all else as Host.start(). `prepare` is called when all of it
 * stands; a hook of one's own would not wait for this one.
 */
export function stage({ mail = false, args = [], ...options } = {}, prepare = async () => {}) {
  before(async () => {
    if (mail) mailbox = await MailServer.start();
    host = await Host.start({ ...options, args: [...(mail ? ['--smtp-url', mailbox.url] : []), ...args] });
    [browser, admin] = await Promise.all([launch(), demoAdmin(host)]);
    await prepare();
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
    await mailbox?.stop();
  });
}

/** A page of somebody who is signed in, the demo's rep unless `email` and `secret` say otherwise. */
export async function visit(address, options = {}, email = 'rep@example.test', secret = 'rep-demo') {
  const page = await newPage(browser, options);
  await signIn(page, host, address, email, secret);
  return page;
}

/** A rep who has nothing yet, at `address`. `prepare` gives them something before they look. */
export async function newRep(address, { name = `Rita Rep ${count + 1}`, timezone = 'Europe/Berlin', prepare = async () => {}, ...options } = {}) {
  const email = `rita-${++count}@crm.test`;
  const made = await admin.post('/api/v1/users', { email, name, password, role: 'rep', timezone });
  assert.equal(made.status, 201, made.text);
  const client = await Client.signedIn(host, email, password);
  await prepare(client);
  return { page: await visit(address, options, email, password), client };
}

/** An earlier "Saved." may still stand there, so the button is asked, too. */
export async function saved(page) {
  await page.getByRole('status').getByText('Saved.').last().waitFor();
  await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
}
