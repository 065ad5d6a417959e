// Deaths at moments that a seed chooses.
import fs from 'node:fs';
import path from 'node:path';
import { sleep } from './host.mjs';

/** mulberry32: a run's only source of chance. */
export function chanceOf(seed) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (count) => Math.floor(next() * count), one: (list) => list[Math.floor(next() * list.length)] };
}

export function shuffle(list, chance) {
  for (let i = list.length - 1; i > 0; --i) {
    const j = chance.below(i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function findFile(folder, name) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.name === name) return full;
    if (entry.isDirectory() && entry.name !== 'base' && entry.name !== 'pg_wal') {
      const found = findFile(full, name);
      if (found) return found;
    }
  }
  return null;
}

function postmasterPid(host) {
  const file = findFile(host.dataDir, 'postmaster.pid');
  return file ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

/**
 * Kills host and PostgreSQL as often as `kills` says, spread over the work: each at a random moment after its share.
 * `progress()` says how much of the work is done, 0 to 1. Returns how many died.
 */
export async function reap(host, kills, chance, progress) {
  const deaths = { host: 0, postgres: 0 };
  const plan = shuffle([...Array(kills.host).fill('host'), ...Array(kills.postgres).fill('postgres')], chance);
  for (let i = 0; i < plan.length; ++i) {
    const share = ((i + chance.next()) / plan.length) * 0.97;
    while (progress() < share) await sleep(5);
    await sleep(chance.next() * 40);
    if (plan[i] === 'host') {
      await host.kill();
      await host.launch();
    } else {
      const pid = postmasterPid(host);
      try { if (pid > 0) process.kill(pid, 'SIGKILL'); } catch { continue; }
      await sleep(20);
      await host.ready();
    }
    deaths[plan[i]] += 1;
  }
  return deaths;
}

/** Asks until an instance answers with something else than "not now": it may be dead, or its database. */
export async function askUntilAnswered(ask, what) {
  for (let attempt = 0; attempt < 400; ++attempt) {
    try {
      const answer = await ask();
      if (answer.status !== 503) return answer;
      await answer.body?.cancel?.();
    } catch { /* killed while it worked */ }
    await sleep(30 + 50 * Math.random());
  }
  throw new Error(`${what} was never answered`);
}
