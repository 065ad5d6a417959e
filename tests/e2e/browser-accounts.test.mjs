// How people get in: an invitation and a forgotten password, from the admin's form through a real mail to the log-in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSound, isSoundInEveryLook, newPage, signIn } from './lib/browser.mjs';
import { browser, host, mailbox, stage, visit } from './lib/stage.mjs';

stage({ mail: true });

const ida = 'ida@crm.test';
const first = 'idas own long words';
const second = 'other words of ida';

/** The link in the `count`th mail to Ida; mails without one are not counted. */
async function linkMailed(count) {
  const mails = await mailbox.mails(count, (mail) => mail.to === ida && /\/password-reset\//.test(mail.text));
  return /https?:\/\/\S+\/password-reset\/[\w-]{43}/.exec(mails.at(-1).text)[0];
}
async function open() {
  const page = await newPage(browser);
  page.refusals = /status of (401|410|422)/;
  return page;
}
async function choose(page, password) {
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
}
/** On the log-in that stands there. */
async function logIn(page, password) {
  await page.getByLabel('E-mail address').fill(ida);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
async function isIn(page) {
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  assert.equal((await (await page.request.get(`${host.base}/api/v1/users/me`)).json()).data.email, ida);
}

test('an admin invites somebody, who follows the mail, chooses a password and works', async () => {
  const admin = await visit('/admin/users', {}, 'admin@example.test', 'admin-demo');
  await admin.getByLabel('Name', { exact: true }).fill('Ida Invited');
  await admin.getByLabel('E-mail address').fill(ida);
  await admin.getByLabel(/^Time zone/).fill('Europe/Vienna');
  await admin.getByRole('button', { name: 'Create user' }).click();
  await admin.getByRole('status').getByText(/invitation/).waitFor();
  await admin.getByRole('row', { name: /Ida Invited/ }).getByRole('cell', { name: /^invited/ }).waitFor(); // and that its mail waits
  const link = await linkMailed(1);

  const page = await open();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  assert.match(await page.locator('main').innerText(), new RegExp(ida));
  await isSoundInEveryLook(page, 'accounts-invitation');
  await choose(page, 'short');
  assert.ok(await page.locator('#new_password').evaluate((each) => each.matches(':invalid')), 'the browser says that it is too short');
  await choose(page, first);
  await page.getByRole('status').getByText('Your password is set').waitFor();
  await logIn(page, 'wrong words');
  await page.getByRole('alert').getByText('is wrong').waitFor();
  await isSound(page, { context: 'wrong password' });
  await logIn(page, first);
  await isIn(page);
  await page.goto(`${host.base}/settings/scheduling`);
  await page.getByRole('heading', { name: 'Your booking link in one step' }).waitFor();

  await page.goto(link);
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await isSound(page, { context: 'used' });
  await admin.reload();
  await admin.getByRole('row', { name: /Ida Invited/ }).getByRole('cell', { name: /^active/ }).waitFor();
  await page.context().close();
  await admin.context().close();
});

test('a forgotten password: a mail, a new one, and whoever was logged in is out', async () => {
  const elsewhere = await visit('/settings/scheduling', {}, ida, first);
  elsewhere.refusals = /status of 401/;
  const page = await open();
  await page.goto(`${host.base}/login`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail address').fill(ida);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('status').getByText(ida).waitFor();
  await isSoundInEveryLook(page, 'accounts-mailed');
  await page.goto(await linkMailed(2));
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await isSound(page, { context: 'reset' });
  await choose(page, second);
  await logIn(page, first);
  await page.getByRole('alert').getByText('is wrong').waitFor();
  await logIn(page, second);
  await isIn(page);

  // The settings, open all the while in another browser, lead to the log-in and back to where somebody was.
  await elsewhere.getByRole('link', { name: 'Hours' }).click();
  await elsewhere.waitForURL(/\/login\?next=%2Fsettings%2Fscheduling/);
  await logIn(elsewhere, second);
  await elsewhere.waitForURL(/\/settings\/scheduling/);
  await page.context().close();
  await elsewhere.context().close();
});

test('an admin sends somebody a link for a new password', async () => {
  const admin = await open();
  await signIn(admin, host, '/admin/users', 'admin@example.test', 'admin-demo');
  await admin.getByRole('button', { name: 'Reset password of Ida Invited' }).click();
  await admin.getByRole('status').waitFor();
  const page = await open();
  await page.goto(await linkMailed(3));
  await choose(page, first);
  await logIn(page, first);
  await isIn(page);
  await page.context().close();
  await admin.context().close();
});
