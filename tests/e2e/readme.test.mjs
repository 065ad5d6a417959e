// README's commands, run as a newcomer would paste them, one after the other; those that a comment marks are left out.
// Changed are only ports and folders, so that nothing else on this machine is touched.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, freePort, sleep, temporaryFolder } from './lib/host.mjs';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const readme = fs.readFileSync(path.join(top, 'README.md'), 'utf8');
const folder = temporaryFolder();
fs.symlinkSync(path.join(top, 'packaging'), path.join(folder, 'packaging'));
const servers = new Map();

/** @returns {string[]} the blocks of indented lines that are to be tried, in order */
function commandBlocks(text) {
  const blocks = [];
  let marked = false, open = null;
  // What stands between fences is a drawing or an example, no command.
  for (const line of text.replace(/^```[^]*?^```$/gm, '').split('\n')) {
    if (line.startsWith('<!-- not tried here: ')) marked = true;
    else if (line.startsWith('    ')) {
      if (!open && !marked) blocks.push(open = []);
      open?.push(line.slice(4));
    } else if (line.trim() !== '') [marked, open] = [false, null];
    else open = null;
  }
  return blocks.map((lines) => lines.join('\n'));
}

/** The end of a block that goes on until it is stopped: the program it is, and what runs before it. */
const asServer = (block) => block.match(/^([^]*?)(packaging\/(run|mailbox)\.sh[^\n#]*)$/);

async function stopServer(kind) {
  const server = servers.get(kind);
  servers.delete(kind);
  if (!server || server.exitCode !== null) return;
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
}

const environment = () => {
  const { CRM_BUILD, XDG_DATA_HOME, ...rest } = process.env;
  const own = build === path.join(top, 'build/release') ? {} : { CRM_BUILD: build };
  return { ...rest, ...own, HOME: folder };
};

function shell(script) {
  return spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

async function startServer(kind, script, ready) {
  await stopServer(kind);
  const child = shell(script);
  child.output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { child.output += chunk; });
  servers.set(kind, child);
  for (let i = 0; i < 3000; ++i) {
    assert.equal(child.exitCode, null, child.output);
    try {
      if ((await fetch(ready)).status === 200) return;
    } catch { /* not listening yet */ }
    await sleep(100);
  }
  assert.fail(`never ready: ${script}\n${child.output}`);
}

function run(script) {
  return new Promise((resolve) => {
    const child = shell(script);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
    child.once('close', (code) => resolve({ code, output }));
  });
}

after(async () => {
  for (const kind of [...servers.keys()]) await stopServer(kind);
  fs.rmSync(folder, { recursive: true, force: true });
});

test('the commands work as they stand', async () => {
  const [port, smtp, web] = [await freePort(), await freePort(), await freePort()];
  const here = (text) => text.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`).replaceAll('127.0.0.1:2525', `127.0.0.1:${smtp}`)
    .replaceAll('127.0.0.1:2580', `127.0.0.1:${web}`).replaceAll('/var/lib/crm-host', `${folder}/demo`)
    .replaceAll('/var/lib/crm-restored', `${folder}/restored`);
  const blocks = commandBlocks(readme);
  assert.ok(blocks.length >= 6, blocks.join('\n--\n'));
  const outputs = [];
  for (const block of blocks) {
    const server = asServer(block);
    if (server?.[3] === 'mailbox') {
      await startServer('mailbox', here(`${block} --smtp-port ${smtp} --http-port ${web}`), `http://127.0.0.1:${web}/`);
    } else if (server) {
      // All data of this page are a demo's, the restored ones too.
      const data = block.includes('--data-dir') ? '' : ' --data-dir demo';
      const demo = block.includes('--demo') ? '' : ' --demo';
      await startServer('crm', `${here(block)} --port ${port}${data}${demo}`, `http://127.0.0.1:${port}/readyz`);
    } else {
      const { code, output } = await run(here(block));
      assert.equal(code, 0, `${block}\n${output}`);
      outputs.push(output);
    }
  }
  assert.ok(fs.existsSync(path.join(folder, 'demo/database-url')), 'relative paths are those of the folder it is called in');
  assert.ok(outputs.some((output) => /"manage_url":"http/.test(output)), outputs.join('\n'));

  // Started anew, the restored CRM holds the meeting that was booked before.
  await startServer('crm', `packaging/run.sh --demo --port ${port} --data-dir ${folder}/restored`, `http://127.0.0.1:${port}/readyz`);
  const manage = outputs.join('\n').match(/"manage_url":"([^"]*)"/)[1];
  const answer = await fetch(manage, { headers: { accept: 'application/json' } });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).data.meeting.status, 'scheduled');

  // And its mails arrive where README says that one can read them.
  await startServer('crm', here(`packaging/run.sh --demo --port ${port} --data-dir ${folder}/restored --smtp-url smtp://127.0.0.1:2525`), `http://127.0.0.1:${port}/readyz`);
  const mailbox = `http://127.0.0.1:${web}`;
  let mails = [];
  for (let i = 0; i < 600 && mails.length < 2; ++i, await sleep(100)) mails = await (await fetch(`${mailbox}/mails`)).json();
  assert.ok(mails.some((mail) => mail.to.includes('ada@example.org')), JSON.stringify(mails));
  const page = await (await fetch(mailbox)).text();
  assert.match(page, /href="\/mails\/1"/);
  const { number } = mails.find((mail) => mail.to.includes('ada@example.org'));
  const mail = await (await fetch(`${mailbox}/mails/${number}`)).text();
  assert.match(mail, /<iframe/);
  assert.match(mail, /\.ics|text\/calendar/);

  for (const [, address] of here(readme).matchAll(/\| (http:\/\/127\.0\.0\.1:[^ ]*) \|/g)) {
    assert.equal((await fetch(address, { headers: { accept: 'text/html, */*' } })).status, 200, address);
  }
});

test('help and version are said before anything is installed or built', async () => {
  // Without the programs that install and build.
  const bare = path.join(folder, 'bare');
  fs.mkdirSync(bare);
  for (const program of ['bash', 'cat', 'sed', 'dirname']) fs.symlinkSync(`/usr/bin/${program}`, path.join(bare, program));
  const help = await run(`PATH=${bare} CRM_BUILD= packaging/run.sh --help`);
  assert.equal(help.code, 0, help.output);
  assert.match(help.output, /--database-url/);
  const version = await run(`PATH=${bare} CRM_BUILD= packaging/run.sh --port 1 --version`);
  assert.match(version.output, /^crm-host \d+\.\d+\.\d+\n$/);
  const { output } = await run(`${path.join(build, 'bin/crm-host')} --version`);
  assert.equal(output.trim(), version.output.trim());
});

test('its links lead somewhere', () => {
  for (const [, target] of readme.matchAll(/\]\(([^)#]+)\)/g)) {
    if (!target.startsWith('http')) assert.ok(fs.existsSync(path.join(top, target)), target);
  }
});
