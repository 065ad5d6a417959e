/** The meeting types of a page, in the order in which attendees see them. Changes are kept at once. */
import { Problem } from '../../../shared/api/problem';
import { moved } from '../../../shared/ui/order';
import type { MeetingType, MeetingTypeChange } from './type_form';

export interface TypeStore {
  load(): Promise<MeetingType[]>;
  change(id: number, change: MeetingTypeChange): Promise<MeetingType>;
  archive(id: number): Promise<void>;
}

const step = 10;

export class TypeList {
  types: MeetingType[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: TypeStore,
    types: MeetingType[],
  ) {
    this.types = types;
  }

  /** The list shows it at once; the server hears of those whose place changed, one after the other. */
  move(from: number, to: number): Promise<void> {
    this.types = moved(this.types, from, to);
    return this.#kept(async () => {
      for (const [index, { id }] of this.types.entries()) {
        const display_order = (index + 1) * step;
        if (this.types.find((type) => type.id === id)?.display_order === display_order) continue;
        this.#take(await this.store.change(id, { display_order }));
      }
    });
  }

  activate(id: number, is_active: boolean): Promise<void> {
    this.types = this.types.map((type) => (type.id === id ? { ...type, is_active } : type));
    return this.#kept(async () => this.#take(await this.store.change(id, { is_active })));
  }

  archive(id: number): Promise<void> {
    return this.#kept(async () => {
      await this.store.archive(id);
      this.types = this.types.filter((type) => type.id !== id);
    });
  }

  #take(kept: MeetingType): void {
    this.types = this.types.map((type) => (type.id === kept.id ? { ...kept } : type));
  }

  /** In turn, so that two moves do not overtake each other. What failed shows what the server has. */
  #kept(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(async () => {
      this.problem = null;
      try {
        await work();
      } catch (error) {
        this.problem = error instanceof Problem ? error : Problem.offline();
        this.types = await this.store.load().catch(() => this.types);
      }
    });
    this.#queue = done;
    return done;
  }
}
