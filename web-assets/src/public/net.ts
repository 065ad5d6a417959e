/**
 * Requests that can be asked again: a connection that breaks is waited for, a few times and ever longer. Whoever sees
 * the browser come back online, or presses a button, cuts the wait short.
 */
export type Told = 'slow' | 'waiting' | 'asking';

export interface Patience {
  signal?: AbortSignal;
  /** Told of what is worth showing. */
  tell?: (told: Told) => void;
  /** Resolves when the next attempt shall be made. */
  pause?: (ms: number) => Promise<void>;
}

const slowAfter = 4000;
const giveUpAfter = 20_000;
const pauses = [1000, 2000, 4000, 8000, 16_000];

const wakers = new Set<() => void>();
/** Ends every wait: the browser is online again, or somebody asks for it. */
export function wake(): void {
  for (const each of [...wakers]) each();
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      wakers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    wakers.add(done);
  });
}

/** Throws only when every attempt failed or `signal` says so. Answers of the server, whatever they are, are returned. */
export async function patiently(ask: (signal: AbortSignal) => Promise<Response>, how: Patience = {}): Promise<Response> {
  for (let attempt = 0; ; ++attempt) {
    how.signal?.throwIfAborted();
    const own = new AbortController();
    const stop = () => own.abort();
    how.signal?.addEventListener('abort', stop);
    const slow = setTimeout(() => how.tell?.('slow'), slowAfter);
    const end = setTimeout(stop, giveUpAfter);
    try {
      const answer = await ask(own.signal);
      if (!isPassing(answer.status) || attempt >= pauses.length) return answer;
    } catch (error) {
      how.signal?.throwIfAborted();
      if (attempt >= pauses.length) throw error;
    } finally {
      clearTimeout(slow);
      clearTimeout(end);
      how.signal?.removeEventListener('abort', stop);
    }
    how.tell?.('waiting');
    await (how.pause ?? pause)(pauses[attempt] ?? 0);
    how.tell?.('asking');
  }
}

/** The server is overloaded or starts anew: the same question may be answered in a moment. */
export function isPassing(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}
