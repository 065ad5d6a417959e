/** Something a page waits for: nothing yet, an answer, or why there is none. */
import { Problem } from '../api/problem';

export class Loaded<T> {
  value: T | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  isLoading = $state(false);
  #latest = 0;

  constructor(private readonly ask: () => Promise<T>) {}

  /** Asks again. An answer that was overtaken by a later question is dropped. */
  async load(): Promise<void> {
    const mine = ++this.#latest;
    this.isLoading = true;
    try {
      const value = await this.ask();
      if (mine !== this.#latest) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (mine !== this.#latest) return;
      this.problem = error instanceof Problem ? error : Problem.offline();
    }
    this.isLoading = false;
  }
}
