import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { Paged } from './paged.svelte';

interface Row {
  id: number;
}
interface Query {
  cursor?: string;
  status?: string;
  q?: string;
}

describe('Paged', () => {
  const page = (ids: number[], next_cursor: string | null) => ({ data: ids.map((id) => ({ id })), next_cursor });

  it('grows, and begins anew', async () => {
    const asked: Query[] = [];
    const list = new Paged<Row, Query>(async (query) => {
      asked.push(query);
      return query.cursor ? page([2], null) : page([1], 'c');
    });
    await list.show({ status: 'scheduled' });
    expect(list.hasMore).toBe(true);
    await list.more();
    expect(list.rows.map(({ id }) => id)).toEqual([1, 2]);
    expect(list.hasMore).toBe(false);
    await list.show({ status: 'cancelled' });
    expect(asked).toEqual([{ status: 'scheduled' }, { status: 'scheduled', cursor: 'c' }, { status: 'cancelled' }]);
    expect(list.rows.map(({ id }) => id)).toEqual([1]);
  });

  it('drops an answer that was overtaken', async () => {
    const waiting: ((answer: ReturnType<typeof page>) => void)[] = [];
    const list = new Paged<Row, Query>(() => new Promise((resolve) => waiting.push(resolve)));
    const [first, second] = [list.show({ q: 'a' }), list.show({ q: 'ad' })];
    waiting[1]!(page([2], null));
    await second;
    waiting[0]!(page([1], null));
    await first;
    expect(list.rows.map(({ id }) => id)).toEqual([2]);
    expect(list.isLoading).toBe(false);
  });

  it('keeps what it has when there is no more to be had now', async () => {
    let isDown = false;
    const list = new Paged<Row, Query>(async () => {
      if (isDown) throw Problem.offline();
      return page([1], 'c');
    });
    await list.show({});
    isDown = true;
    await list.more();
    expect(list.rows).toHaveLength(1);
    expect(list.problem?.code).toBe('offline');
    expect(list.hasMore).toBe(true);
  });
});
