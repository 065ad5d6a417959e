// A replicated PostgreSQL on this machine: three servers under Patroni, etcd to decide who leads, HAProxy to lead there.
// Everything listens on 127.0.0.1, lies in one folder and ends with stop().
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { freePort, sleep, temporaryFolder } from './host.mjs';

const NODES = [1, 2, 3];
const postgresBin = ['15', '16', '17'].map((version) => `/usr/lib/postgresql/${version}/bin`).find((folder) => fs.existsSync(folder));

function found(program) {
  return (process.env.PATH ?? '').split(':').concat('/usr/sbin', '/sbin').some((folder) => fs.existsSync(path.join(folder, program)));
}

/** What has to be installed first. */
export function missingPrograms() {
  const packages = { etcd: 'etcd-server', patroni: 'patroni', haproxy: 'haproxy' };
  const missing = Object.keys(packages).filter((program) => !found(program)).map((program) => packages[program]);
  return postgresBin ? missing : [...missing, 'postgresql'];
}

function childrenOf(parent) {
  return fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).map(Number).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1] === String(parent);
    } catch {
      return false;
    }
  });
}

function signal(pids, name) {
  for (const pid of pids) try { process.kill(pid, name); } catch { /* ended */ }
}

export class Cluster {
  /** @param {{synchronous?: boolean}} [options] */
  static async start({ synchronous = true } = {}) {
    const cluster = new Cluster();
    cluster.folder = temporaryFolder();
    cluster.processes = new Map();
    // PostgreSQL does not run as root.
    cluster.owner = process.getuid() === 0
      ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) } : {};
    cluster.ports = { proxy: await freePort() };
    for (const node of NODES)
      cluster.ports[node] = { pg: await freePort(), rest: await freePort(), client: await freePort(), peer: await freePort() };
    if (cluster.owner.uid !== undefined) fs.chownSync(cluster.folder, cluster.owner.uid, cluster.owner.gid);
    try {
      for (const node of NODES) cluster.#etcd(node);
      for (const node of NODES) {
        cluster.#configure(node, synchronous);
        cluster.launch(node);
      }
      cluster.#haproxy();
      await cluster.whole();
      await cluster.query('CREATE ROLE crm LOGIN PASSWORD \'crm\'').catch(() => {});
      await cluster.query('CREATE DATABASE crm OWNER crm');
      // libpq asks no further server of a URL when one says that there is no such database.
      for (const node of NODES) await cluster.#until(`the database at server ${node}`, () => cluster.#has(node, 'crm'), 30);
    } catch (error) {
      for (const node of NODES) console.log(cluster.log(`patroni${node}`).slice(-1500));
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  get url() { return `postgresql://crm:crm@127.0.0.1:${this.ports.proxy}/crm`; }
  get urlOfAll() {
    return `postgresql://crm:crm@${NODES.map((node) => `127.0.0.1:${this.ports[node].pg}`).join(',')}/crm?target_session_attrs=read-write&connect_timeout=2`;
  }

  async #has(node, database) {
    const client = new pg.Client({ connectionString: `postgresql://crm:crm@127.0.0.1:${this.ports[node].pg}/${database}` });
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  log(name) { return fs.readFileSync(path.join(this.folder, `${name}.log`), 'utf8'); }

  #spawn(name, program, args, owner = this.owner) {
    const log = fs.openSync(path.join(this.folder, `${name}.log`), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log], cwd: this.folder, ...owner, env: { PATH: `${process.env.PATH}:/usr/sbin`, HOME: this.folder, LC_ALL: 'C.UTF-8' } });
    fs.closeSync(log);
    this.processes.set(name, child);
  }

  #etcd(node) {
    const { client, peer } = this.ports[node];
    const members = NODES.map((one) => `m${one}=http://127.0.0.1:${this.ports[one].peer}`).join(',');
    this.#spawn(`etcd${node}`, 'etcd', ['--name', `m${node}`, '--data-dir', path.join(this.folder, `etcd${node}`),
      '--listen-client-urls', `http://127.0.0.1:${client}`, '--advertise-client-urls', `http://127.0.0.1:${client}`,
      '--listen-peer-urls', `http://127.0.0.1:${peer}`, '--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`,
      '--initial-cluster', members, '--initial-cluster-state', 'new', '--heartbeat-interval', '200', '--election-timeout', '2000']);
  }

  #configure(node, synchronous) {
    const { pg: port, rest } = this.ports[node];
    const hosts = NODES.map((one) => `127.0.0.1:${this.ports[one].client}`);
    const config = {
      scope: 'crm', name: `pg${node}`,
      restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${rest}` },
      etcd3: { hosts },
      bootstrap: {
        dcs: {
          ttl: 20, loop_wait: 2, retry_timeout: 5, synchronous_mode: synchronous, maximum_lag_on_failover: 100_000_000,
          postgresql: { use_pg_rewind: true, use_slots: true, parameters: { max_connections: 80, shared_buffers: '32MB', wal_level: 'replica', hot_standby: 'on', wal_log_hints: 'on', max_wal_senders: 8, wal_keep_size: '128MB' } },
        },
        initdb: [{ encoding: 'UTF8' }, 'data-checksums'],
        pg_hba: ['host replication repl 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256'],
        users: { crm: { password: 'crm', options: ['createdb'] } },
      },
      postgresql: {
        listen: `127.0.0.1:${port}`, connect_address: `127.0.0.1:${port}`, data_dir: path.join(this.folder, `data${node}`), bin_dir: postgresBin,
        pgpass: path.join(this.folder, `pgpass${node}`),
        authentication: { replication: { username: 'repl', password: 'repl' }, superuser: { username: 'postgres', password: 'su' }, rewind: { username: 'rewind', password: 'rewind' } },
        parameters: { unix_socket_directories: this.folder },
      },
      watchdog: { mode: 'off' },
    };
    // JSON is YAML.
    fs.writeFileSync(path.join(this.folder, `pg${node}.yml`), JSON.stringify(config));
  }

  launch(node) { this.#spawn(`patroni${node}`, 'patroni', [path.join(this.folder, `pg${node}.yml`)]); }

  #haproxy() {
    const servers = NODES.map((node) => `  server pg${node} 127.0.0.1:${this.ports[node].pg} check port ${this.ports[node].rest}\n`).join('');
    fs.writeFileSync(path.join(this.folder, 'haproxy.cfg'), `global\n  maxconn 200\ndefaults\n  mode tcp\n  timeout connect 2s\n  timeout client 300s\n  timeout server 300s\n  timeout check 2s\n`
      + `listen primary\n  bind 127.0.0.1:${this.ports.proxy}\n  option httpchk OPTIONS /primary\n  http-check expect status 200\n  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions\n${servers}`);
    this.#spawn('haproxy', 'haproxy', ['-db', '-f', path.join(this.folder, 'haproxy.cfg')]);
  }

  async members() {
    for (const node of NODES) {
      try {
        const answer = await fetch(`http://127.0.0.1:${this.ports[node].rest}/cluster`, { signal: AbortSignal.timeout(1000) });
        if (answer.ok) return (await answer.json()).members;
      } catch { /* this one is down */ }
    }
    return [];
  }

  async #until(what, condition, seconds) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(300)) if (await condition()) return;
    throw new Error(`${what}: not within ${seconds} s: ${JSON.stringify(await this.members())}`);
  }

  /** Three members, one of them leads, the others follow, and HAProxy knows. */
  async whole(seconds = 90) {
    await this.#until('a whole cluster', async () => {
      const members = await this.members();
      return members.length === 3 && members.some((one) => one.role === 'leader') && members.every((one) => ['running', 'streaming'].includes(one.state));
    }, seconds);
    await this.#until('a leader behind HAProxy', () => this.query('SELECT 1', 'postgres').then(() => true, () => false), seconds);
  }

  async leader() {
    const leads = (await this.members()).find((one) => one.role === 'leader');
    return leads ? Number(leads.name.slice(2)) : undefined;
  }

  async led(seconds = 60, not = undefined) {
    await this.#until('another leader', async () => { const now = await this.leader(); return now !== undefined && now !== not; }, seconds);
  }

  async query(sql, database = 'postgres') {
    const client = new pg.Client({ connectionString: `postgresql://postgres:su@127.0.0.1:${this.ports.proxy}/${database}`, connectionTimeoutMillis: 2000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  #postgresOf(node) {
    try {
      const postmaster = Number(fs.readFileSync(path.join(this.folder, `data${node}/postmaster.pid`), 'utf8').split('\n')[0]);
      return [postmaster, ...childrenOf(postmaster)];
    } catch {
      return [];
    }
  }

  #all(node) { return [this.processes.get(`patroni${node}`).pid, ...this.#postgresOf(node)]; }

  kill(node) { signal(this.#all(node), 'SIGKILL'); }

  /** Patroni, too: as when the machine hangs. */
  freeze(node) {
    const stopped = this.#all(node);
    signal(stopped, 'SIGSTOP');
    return () => signal(stopped, 'SIGCONT');
  }

  /** Nothing is sent to its followers any more, and it goes on: what it commits is lost when it dies. */
  async cutOff(node) {
    const senders = this.#postgresOf(node).filter((pid) => {
      try { return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('walsender'); } catch { return false; }
    });
    signal(senders, 'SIGSTOP');
  }

  async switchover() {
    const leader = await this.leader();
    const answer = await fetch(`http://127.0.0.1:${this.ports[leader].rest}/switchover`, { method: 'POST', body: JSON.stringify({ leader: `pg${leader}` }) });
    if (!answer.ok) throw new Error(`switchover: ${answer.status} ${await answer.text()}`);
  }

  async stop() {
    for (const node of NODES) if (this.processes.has(`patroni${node}`)) { const all = this.#all(node); signal(all, 'SIGCONT'); signal(all, 'SIGKILL'); }
    for (const child of this.processes.values()) signal([child.pid], 'SIGKILL');
    await sleep(500);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
