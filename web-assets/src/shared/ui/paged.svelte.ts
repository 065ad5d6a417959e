/** A list that grows page by page: what was asked, what is there, and whether there is more. */
import { Problem } from '../api/problem';

interface ResultPage<Row> {
  data: Row[];
  next_cursor: string | null;
}

export class Paged<Row, Query extends { cursor?: string }> {
  rows: Row[] = $state.raw([]);
  hasMore = $state(false);
  isLoading = $state(true);
  problem: Problem | null = $state.raw(null);
  #query: Query = {} as Query;
  #cursor: string | null = null;
  #latest = 0;

  constructor(private readonly ask: (query: Query) => Promise<ResultPage<Row>>) {}

  /** Begins anew. What was shown stays until the answer is there. */
  show(query: Query): Promise<void> {
    this.#query = query;
    this.#cursor = null;
    return this.#load(false);
  }

  /** Asks the same from the beginning. */
  again(): Promise<void> {
    return this.show(this.#query);
  }

  more(): Promise<void> {
    return this.#load(true);
  }

  /** An answer that was overtaken by a later question is dropped. */
  async #load(isMore: boolean): Promise<void> {
    const mine = ++this.#latest;
    this.isLoading = true;
    try {
      const answer = await this.ask(this.#cursor ? { ...this.#query, cursor: this.#cursor } : this.#query);
      if (mine !== this.#latest) return;
      this.rows = isMore ? [...this.rows, ...answer.data] : answer.data;
      this.#cursor = answer.next_cursor;
      this.hasMore = answer.next_cursor !== null;
      this.problem = null;
    } catch (error) {
      if (mine !== this.#latest) return;
      this.problem = error instanceof Problem ? error : Problem.offline();
      if (!isMore) this.rows = [];
    }
    this.isLoading = false;
  }
}
