import { describe, expect, it } from 'vitest';
import { Problem } from '../../../shared/api/problem';
import { blankType, type MeetingType, type MeetingTypeChange } from './type_form';
import { TypeList, type TypeStore } from './type_list.svelte';

const types = (...orders: number[]): MeetingType[] => orders.map((display_order, index) => ({ ...blankType(1), id: index + 1, name: `T${index + 1}`, display_order }));

function storeOf(kept: MeetingType[]) {
  const asked: [number, MeetingTypeChange][] = [];
  const store: TypeStore & { asked: typeof asked; refuse: boolean } = {
    asked, refuse: false,
    load: async () => kept.map((type) => ({ ...type })),
    change: async (id, change) => {
      asked.push([id, change]);
      if (store.refuse) throw new Problem(409, 'conflict', 'No.');
      const type = kept.find((one) => one.id === id)!;
      Object.assign(type, change);
      return { ...type };
    },
    archive: async (id) => void kept.splice(kept.findIndex((type) => type.id === id), 1),
  };
  return store;
}
const ids = (list: TypeList) => list.types.map(({ id }) => id);

describe('TypeList', () => {
  it('moves at once and tells the server only what changed', async () => {
    const store = storeOf(types(10, 20, 30));
    const list = new TypeList(store, await store.load());
    const done = list.move(2, 1);
    expect(ids(list)).toEqual([1, 3, 2]);
    await done;
    expect(store.asked).toEqual([[3, { display_order: 20 }], [2, { display_order: 30 }]]);
  });
  it('ends with the last of several quick moves', async () => {
    const kept = types(0, 0, 0);
    const store = storeOf(kept);
    const list = new TypeList(store, await store.load());
    await Promise.all([list.move(0, 1), list.move(1, 2), list.move(0, 1)]);
    expect(ids(list)).toEqual([3, 2, 1]);
    expect([...kept].sort((a, b) => a.display_order - b.display_order).map(({ id }) => id)).toEqual([3, 2, 1]);
  });
  it('shows what the server has when it refuses', async () => {
    const store = storeOf(types(10, 20));
    store.refuse = true;
    const list = new TypeList(store, await store.load());
    await list.move(0, 1);
    expect(ids(list)).toEqual([1, 2]);
    expect(list.problem?.message).toBe('No.');
    await list.activate(1, false);
    expect(list.types[0]?.is_active).toBe(true);
  });
  it('lets an archived one go', async () => {
    const store = storeOf(types(10, 20));
    const list = new TypeList(store, await store.load());
    await list.archive(1);
    expect(ids(list)).toEqual([2]);
  });
});
