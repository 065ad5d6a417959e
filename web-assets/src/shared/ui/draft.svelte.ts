/**
 * What somebody edits: the saved value, the edited copy, and what the server said of it.
 *
 *   const draft = new Draft(page, (edited) => call(api.PUT(…)).then(({ data }) => data));
 *   draft.now.name = 'Ada';   draft.isChanged   await draft.save()   draft.error('name')
 */
import { Problem } from '../api/problem';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export class Draft<T> {
  now: T = $state() as T;
  problem: Problem | null = $state.raw(null);
  isSaving = $state(false);
  #saved: string = $state('');

  constructor(
    value: T,
    private readonly store: (edited: T) => Promise<T>,
  ) {
    this.reset(value);
  }

  get isChanged(): boolean {
    return JSON.stringify(this.now) !== this.#saved;
  }

  /** Takes `value` as the saved state; what was typed goes. */
  reset(value: T = JSON.parse(this.#saved) as T): void {
    this.now = copy(value);
    this.#saved = JSON.stringify(this.now);
    this.problem = null;
  }

  /** True when the server took it. */
  async save(): Promise<boolean> {
    this.isSaving = true;
    this.problem = null;
    try {
      this.reset(await this.store(copy($state.snapshot(this.now) as T)));
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : Problem.offline();
      return false;
    } finally {
      this.isSaving = false;
    }
  }

  error(field: string): string | undefined {
    return this.problem?.of(field);
  }
}
