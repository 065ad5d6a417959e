// Starts and stops the real crm-host for a test: its own data folder, its own port, loopback only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const build = process.env.CRM_BUILD ?? path.join(top, 'build/release');
export const binary = path.join(build, 'bin/crm-host');
export const modules = path.join(build, 'modules');

/** Below those that the system gives to connections: nobody takes it by chance before its server listens. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    const attempt = () => probe.listen(11_000 + Math.floor(Math.random() * 21_000), '127.0.0.1');
    probe.on('error', (error) => (error.code === 'EADDRINUSE' ? attempt() : reject(error)));
    probe.on('listening', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
    attempt();
  });
}

/**
 * Making a cluster and its tables is thousands of small files, which memory takes at once. A killed process loses the
 * same on both. TMPDIR chooses another place. Modules are loaded from copies below it, so it must allow programs.
 */
function placeForFolders() {
  if (process.env.TMPDIR || !fs.statfsSync) return os.tmpdir();
  try {
    const mount = fs.readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')).find(([, at]) => at === '/dev/shm');
    const { bavail, bsize } = fs.statfsSync('/dev/shm');
    if (mount && !mount[3].split(',').includes('noexec') && bavail * bsize >= 2 ** 30) return '/dev/shm';
  } catch { /* no such place */ }
  return os.tmpdir();
}

const folders = [];
process.once('exit', () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** Goes away with this process, if not before. */
export function temporaryFolder(place = placeForFolders()) {
  const folder = fs.mkdtempSync(path.join(place, 'crm-e2e-'));
  fs.chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Like sleep, but does not keep the process alive. */
export const patience = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** A Monday in winter, 08:00 in New York: weeks without a change of clocks on either side. */
export const MONDAY = '2026-02-02T13:00:00Z';

export class Host {
  constructor(options) {
    Object.assign(this, options);
    this.base = `http://127.0.0.1:${this.port}`;
    this.output = '';
  }

  /** @param {{dataDir?: string, port?: number, databaseUrl?: string, now?: string|null, demo?: boolean, development?: boolean, args?: string[], env?: Record<string, string>}} [options] */
  static async start(options = {}) {
    const host = new Host({
      port: options.port ?? (await freePort()),
      dataDir: options.dataDir ?? temporaryFolder(),
      ownsData: options.dataDir === undefined,
      env: options.env ?? {},
    });
    host.args = ['--port', String(host.port), '--data-dir', host.dataDir, '--plugin-dir', modules];
    if (options.development ?? true) host.args.push('--development');
    if (options.demo ?? true) host.args.push('--demo');
    if (options.now !== null) host.args.push('--fixed-now', options.now ?? MONDAY);
    if (options.databaseUrl) host.args.push('--database-url', options.databaseUrl);
    host.args.push(...(options.args ?? []));
    await host.launch();
    return host;
  }

  async launch() {
    this.exited = false;
    this.process = spawn(binary, this.args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.env } });
    const keep = (chunk) => { this.output = (this.output + chunk).slice(-200_000); };
    this.process.stdout.on('data', keep);
    this.process.stderr.on('data', keep);
    this.ended = new Promise((resolve) => this.process.once('exit', (code, signal) => {
      this.exited = true;
      resolve({ code, signal });
    }));
    await this.ready();
  }

  async ready(timeoutMs = 60_000) {
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      if (this.exited) throw new Error(`crm-host ended while starting:\n${this.output.slice(-4000)}`);
      try {
        const answer = await fetch(`${this.base}/readyz`, { signal: AbortSignal.timeout(2000) });
        if (answer.status === 200) return;
      } catch { /* not listening yet */ }
      await sleep(50);
    }
    throw new Error(`crm-host not ready in ${timeoutMs} ms:\n${this.output.slice(-4000)}`);
  }

  /** What it printed, once it printed that: it answers a moment before its lines have arrived here. */
  async said(pattern, timeoutMs = 20_000) {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = pattern.exec(this.output);
      if (found) return found;
    }
    throw new Error(`${pattern} was never printed:\n${this.output.slice(-2000)}`);
  }

  databaseUrl() {
    return fs.readFileSync(path.join(this.dataDir, 'database-url'), 'utf8').trim();
  }

  async kill() {
    if (!this.exited) this.process.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    const asked = Date.now();
    if (!this.exited) this.process.kill('SIGTERM');
    const result = await Promise.race([this.ended, patience(60_000).then(() => null)]);
    if (result === null) {
      await this.kill();
      throw new Error('crm-host did not stop within 60 s of SIGTERM');
    }
    if (Date.now() - asked > 8000) console.log(`stopping took ${Date.now() - asked} ms:\n${this.output.slice(-1500)}`);
    if (this.ownsData) fs.rmSync(this.dataDir, { recursive: true, force: true });
    return result;
  }
}
