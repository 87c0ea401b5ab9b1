import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows } from './connect.ts';
import type { Database } from './connect.ts';
import { insertRows, unnested } from './insert-rows.ts';
import { testDatabase } from './testing.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase([]);
  await rows(
    database.kysely,
    sql`create table thing (id text, amount numeric, tags jsonb, seen_on date)`,
  );
});
afterAll(() => database.close());

const columns = { id: 'text', amount: 'numeric', tags: 'jsonb', seen_on: 'date' } as const;

test('many rows go in by one statement, whatever their text holds', async () => {
  const awkward = `a "quoted", {curly} \\ and 'single' NULL`;
  await insertRows(database.kysely, 'public.thing', columns, [
    { id: awkward, amount: '1.50', tags: '["a,b"]', seen_on: '2025-01-31' },
    { id: 'NULL', amount: undefined, tags: null, seen_on: null },
  ]);
  await insertRows(database.kysely, 'public.thing', columns, []);
  expect(await rows(database.kysely, sql`select * from thing order by amount nulls last`)).toEqual([
    { id: awkward, amount: '1.50', tags: ['a,b'], seen_on: '2025-01-31' },
    { id: 'NULL', amount: null, tags: null, seen_on: null },
  ]);
});

test('very many rows go in the same, in one transaction or not at all', async () => {
  const awkward = 'tab\there, line\nthere, \\N and \\. and "quotes"';
  const made = Array.from({ length: 3_000 }, (_, at) => ({
    id: `${awkward} ${at}`,
    amount: at % 2 === 0 ? `${at}.50` : null,
    tags: JSON.stringify([awkward]),
    seen_on: undefined,
  }));
  await insertRows(database.kysely, 'public.thing', columns, made);
  const found = sql`select id, amount, tags, seen_on from thing where starts_with(id, 'tab')`;
  const kept = await rows<{ id: string }>(database.kysely, found);
  expect(kept).toHaveLength(3_000);
  expect(kept.find(({ id }) => id === `${awkward} 2998`)).toEqual({
    id: `${awkward} 2998`,
    amount: '2998.50',
    tags: [awkward],
    seen_on: null,
  });
  const nothing = Array.from({ length: 30 }, () => ({
    id: '',
    amount: null,
    tags: null,
    seen_on: null,
  }));
  await insertRows(database.kysely, 'public.thing', columns, nothing);
  const empty = sql`select count(*)::integer as count from thing where id = '' and amount is null`;
  expect(await rows(database.kysely, empty)).toEqual([{ count: 30 }]);
  const one = { id: 'x', amount: 'no number', tags: null, seen_on: null };
  const wrong = [...made.slice(0, 100), one];
  await expect(insertRows(database.kysely, 'public.thing', columns, wrong)).rejects.toThrow(
    'invalid input syntax',
  );
  expect(await rows(database.kysely, found)).toHaveLength(3_000);
});

test('many rows are a relation to update from', async () => {
  const draft = unnested('draft', { id: 'text', amount: 'numeric' }, [{ id: 'NULL', amount: '2' }]);
  await rows(
    database.kysely,
    sql`update thing set amount = draft.amount from ${draft} where thing.id = draft.id`,
  );
  expect(await rows(database.kysely, sql`select amount from thing where id = 'NULL'`)).toEqual([
    { amount: '2' },
  ]);
});
