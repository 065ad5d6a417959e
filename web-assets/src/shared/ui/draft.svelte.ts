/**
 * What somebody edits: the saved value, the edited copy, and what the server said of it.
 *
 *   const draft = new Draft(page, (edited) => call(api.PUT(…)).then(({ data }) => data));
 *   draft.now.name = 'Ada';   draft.isChanged   await draft.save()   draft.error('name')
 */
import { Problem } from '../api/problem';

/** What stands at "branding.color" or "members[2].weight". */
const at = (value: unknown, field: string): unknown =>
  field.split(/[.[\]]+/).filter(Boolean).reduce<unknown>((part, key) => (part as Record<string, unknown> | null | undefined)?.[key], value);

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export class Draft<T> {
  now: T = $state() as T;
  problem: Problem | null = $state.raw(null);
  isSaving = $state(false);
  #saved: string = $state('');
  #refused: T | null = null;

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
    this.#refused = copy($state.snapshot(this.now) as T);
    try {
      this.reset(await this.store(copy(this.#refused)));
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : Problem.offline();
      return false;
    } finally {
      this.isSaving = false;
    }
  }

  /** What the server said of a field, until the field holds something else. */
  error(field: string): string | undefined {
    const message = this.problem?.of(field);
    const isCorrected = message !== undefined && JSON.stringify(at(this.now, field)) !== JSON.stringify(at(this.#refused, field));
    return isCorrected ? undefined : message;
  }
}
