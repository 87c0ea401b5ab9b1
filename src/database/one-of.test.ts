import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from './index.ts';
import type { Database } from './index.ts';
import { oneOf } from './one-of.ts';
import { testDatabase } from './testing.ts';

let own: Database;

beforeAll(async () => {
  own = await testDatabase([]);
});

afterAll(() => own.close());

test('a list of one is asked for as the one, each at its place', () => {
  const text = 'select 1 where a = any($1) and b = any($2) and c = $3 and d = any($10)';
  const values = [['x'], ['y', 'z'], 'c', 4, 5, 6, 7, 8, 9, [10]];
  expect(oneOf(text, values)).toEqual({
    text: 'select 1 where a = $1 and b = any($2) and c = $3 and d = $10',
    values: ['x', ['y', 'z'], 'c', 4, 5, 6, 7, 8, 9, 10],
  });
});

test('what is no list to look in stays a list', () => {
  const text = 'select * from unnest($1::text[]) of where a = any($2::text[]) and b <> all($3)';
  const values = [['x'], ['y'], ['z']];
  expect(oneOf(text, values)).toEqual({ text, values });
});

test('an empty list finds nothing, and none of it is found by null', async () => {
  const found = (ids: readonly (string | null)[]) =>
    rows<{ id: string }>(
      own.kysely,
      sql`select id from (values ('a'), ('b'), (null)) as v(id) where id = any(${[...ids]}) order by id`,
    );
  expect(await found([])).toEqual([]);
  expect(await found([null])).toEqual([]);
  expect(await found(['b'])).toEqual([{ id: 'b' }]);
  expect(await found(['b', 'a'])).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('numbers, days and truths are found alone as among others', async () => {
  const count = async (condition: ReturnType<typeof sql>) => {
    const [found] = await rows<{ many: number }>(
      own.kysely,
      sql`select count(*)::integer as many from (values (1, date '2025-01-31', true)) as v(n, day, is_so)
        where ${condition}`,
    );
    return found?.many;
  };
  expect(await count(sql`n = any(${[1]})`)).toBe(1);
  expect(await count(sql`day = any(${['2025-01-31']})`)).toBe(1);
  expect(await count(sql`is_so = any(${[true]})`)).toBe(1);
  expect(await count(sql`n = any(${[2]})`)).toBe(0);
});
