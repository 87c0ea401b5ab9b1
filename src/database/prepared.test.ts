/** What a connection prepares, seen in its own session; and what happens when sessions are swapped. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, rows, sql, transact } from './index.ts';
import type { Database, Handle } from './index.ts';
import { testDatabase } from './testing.ts';

let own: Database;

beforeAll(async () => {
  own = await testDatabase([]);
  await rows(own.kysely, sql`create table kept (n integer, text text)`);
  await rows(own.kysely, sql`insert into kept values (1, 'one'), (2, 'two')`);
});

afterAll(() => own.close());

const textOf = (handle: Handle, n: number): Promise<{ text: string }[]> =>
  rows<{ text: string }>(handle, sql`select text from kept where n = ${n}`);

const preparedIn = (handle: Handle): Promise<{ name: string; statement: string }[]> =>
  rows(handle, sql`select name, statement from pg_prepared_statements order by name`);

async function withOne<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, poolSizeMax: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

test('what comes a third time is prepared, and answers the same; what comes once is not', async () => {
  await withOne(own.url, async (database) => {
    await rows(database.kysely, sql`select ${'once'}::text`);
    for (const n of [1, 2, 1, 2]) {
      const found = await transact(database, (tx) => textOf(tx, n));
      expect(found).toEqual([{ text: n === 1 ? 'one' : 'two' }]);
    }
    expect(await textOf(database.kysely, 2)).toEqual([{ text: 'two' }]);
    const prepared = await preparedIn(database.kysely);
    expect(prepared.map(({ statement }) => statement)).toEqual([
      'select text from kept where n = $1',
    ]);
    expect(prepared[0]?.name).toMatch(/^rialto_[0-9a-f]{32}$/);
  });
});

test('what comes with very many values at once is planned for them', async () => {
  await withOne(own.url, async (database) => {
    const many = Array.from({ length: 65 }, (_, at) => at);
    for (const asked of [many, many, many, many.slice(0, 3), many]) {
      const found = await rows(
        database.kysely,
        sql`select n from kept where n = any(${asked}::integer[]) order by n`,
      );
      expect(found).toEqual([{ n: 1 }, { n: 2 }]);
    }
    expect(await preparedIn(database.kysely)).toEqual([]);
  });
});

test('an address may forbid it', async () => {
  const url = new URL(own.url);
  url.searchParams.set('prepare', 'no');
  await withOne(url.href, async (database) => {
    for (const n of [1, 2, 1, 2]) await textOf(database.kysely, n);
    expect(await preparedIn(database.kysely)).toEqual([]);
  });
});

test('a connection keeps no more than so many', async () => {
  await withOne(own.url, async (database) => {
    for (let at = 0; at < 260; at += 1) {
      const statement = sql`select ${sql.raw(String(at))} + ${1}::integer`;
      for (const _ of [1, 2, 3]) await rows(database.kysely, statement);
    }
    expect(await preparedIn(database.kysely)).toHaveLength(250);
  });
});

test('a session that was swapped for another costs nothing but the speed', async () => {
  await withOne(own.url, async (database) => {
    for (const n of [1, 2, 1]) await transact(database, (tx) => textOf(tx, n));
    await rows(database.kysely, sql`deallocate all`); // As a pooler leaves it.
    expect(await transact(database, (tx) => textOf(tx, 2))).toEqual([{ text: 'two' }]);
    for (const n of [1, 2, 1]) await transact(database, (tx) => textOf(tx, n));
    expect(await preparedIn(database.kysely)).toEqual([]);
  });
});

test('a table that gets a column meanwhile is read with it', async () => {
  await rows(own.kysely, sql`create table growing as select 1 as n`);
  const all = (handle: Handle): Promise<unknown[]> =>
    rows(handle, sql`select * from growing where n = ${1}`);
  await withOne(own.url, async (database) => {
    for (const _ of [1, 2, 3]) await transact(database, all);
    await rows(own.kysely, sql`alter table growing add column more text`);
    expect(await transact(database, all)).toEqual([{ n: 1, more: null }]);
  });
});
