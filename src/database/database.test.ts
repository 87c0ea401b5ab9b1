import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#kernel/testing';
import { copyInto, listen, migrate, notify, openDatabase, rows, sql, transact } from './index.ts';
import type { Database } from './index.ts';
import { testDatabase } from './testing.ts';

const folder = temporaryFolder('migrations');
const zoo = { name: 'zoo', folder };
let database: Database;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, '0001-animal.sql'),
    'create table zoo.animal (name text, weight numeric(20, 8), born_on date, seen_at timestamptz, n bigint);',
  );
  database = await testDatabase([zoo]);
});
afterAll(() => database.close());

test('exact and dated values arrive as text, never through a float or a Date', async () => {
  const found = await rows<Record<string, unknown>>(
    database.kysely,
    sql`select 9007199254740993::int8 as n, 0.10000000::numeric as d, date '2025-02-28' as day,
      timestamptz '2025-01-31 12:00:00.1234+02' as at, ${12n}::int8 as given`,
  );
  expect(found).toEqual([
    {
      n: '9007199254740993',
      d: '0.10000000',
      day: '2025-02-28',
      at: '2025-01-31T10:00:00.123Z',
      given: '12',
    },
  ]);
});

test('nothing is compiled, and days are those of UTC, whatever the server likes', async () => {
  const [set] = await rows(
    database.kysely,
    sql`select current_setting('jit') as jit, current_setting('timezone') as zone`,
  );
  expect(set).toEqual({ jit: 'off', zone: 'UTC' });
});

test('a transaction that fails leaves nothing, COPY included', async () => {
  const attempt = transact(database, async (transaction) => {
    await rows(transaction, sql`insert into zoo.animal (name) values ('heron')`);
    expect(await copyInto(transaction, 'zoo.animal', ['name'], [['otter'], ['newt']])).toBe(2);
    expect(await rows(transaction, sql`select name from zoo.animal`)).toHaveLength(3);
    throw new Error('changed our mind');
  });
  await expect(attempt).rejects.toThrow('changed our mind');
  expect(await rows(database.kysely, sql`select name from zoo.animal`)).toEqual([]);
});

test('a COPY that PostgreSQL refuses fails the transaction and spares the connection', async () => {
  const attempt = transact(database, (transaction) =>
    copyInto(transaction, 'zoo.animal', ['n'], [['12'], ['twelve']]),
  );
  await expect(attempt).rejects.toThrow('invalid input syntax');
  expect(await rows(database.kysely, sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test('a source of rows that fails half way leaves nothing', async () => {
  async function* broken(): AsyncGenerator<string[]> {
    yield ['swan'];
    await Promise.resolve();
    throw new Error('the file was cut');
  }
  const attempt = transact(database, (transaction) =>
    copyInto(transaction, 'zoo.animal', ['name'], broken()),
  );
  await expect(attempt).rejects.toThrow('the file was cut');
  expect(await rows(database.kysely, sql`select name from zoo.animal`)).toEqual([]);
});

test('any text goes through COPY unchanged', async () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  const cell = fc.oneof(text, fc.constantFrom(null, '\\N', '\\.', '\t\r\n\\', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 50 }), async (cells) => {
      await transact(database, async (transaction) => {
        await rows(transaction, sql`create temporary table t (at serial, v text) on commit drop`);
        await copyInto(
          transaction,
          't',
          ['v'],
          cells.map((value) => [value]),
        );
        const back = await rows<{ v: string | null }>(
          transaction,
          sql`select v from t order by at`,
        );
        expect(back.map(({ v }) => v)).toEqual(cells);
      });
    }),
    { numRuns: 25 },
  );
});

test('two transactions that deadlock both finish', async () => {
  await rows(database.kysely, sql`create table zoo.pair (name text primary key, n integer)`);
  await rows(database.kysely, sql`insert into zoo.pair values ('a', 0), ('b', 0)`);
  let arrived = 0;
  let open: () => void;
  const bothHold = new Promise<void>((resolve) => {
    open = resolve;
  });
  const visit = (first: string, second: string) =>
    transact(database, async (transaction) => {
      await rows(transaction, sql`update zoo.pair set n = n + 1 where name = ${first}`);
      arrived += 1;
      if (arrived >= 2) open();
      await bothHold;
      await rows(transaction, sql`update zoo.pair set n = n + 1 where name = ${second}`);
    });
  await Promise.all([visit('a', 'b'), visit('b', 'a')]);
  expect(await rows(database.kysely, sql`select n from zoo.pair`)).toEqual([{ n: 2 }, { n: 2 }]);
});

test('a connection cut between two statements fails the transaction, not the process', async () => {
  const cut = transact(database, async (tx) => {
    const [own] = await rows<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`);
    await rows(database.kysely, sql`select pg_terminate_backend(${own?.pid ?? 0})`);
    await rows(database.kysely, sql`select pg_sleep(0.05)`); // It is heard while nothing is asked.
    await rows(tx, sql`select 1`);
  });
  await expect(cut).rejects.toThrow(/database|connection/i);
  expect(await rows(database.kysely, sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test('a doorbell rings after the commit, not before', async () => {
  let rings = 0;
  let heard: () => void;
  const bell = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const listening = await listen(database, 'zoo.bell', () => {
    rings += 1;
    heard();
  });
  await transact(database, async (transaction) => {
    await notify(transaction, 'zoo.bell');
    await rows(database.kysely, sql`select pg_sleep(0.05)`);
    expect(rings).toBe(0);
  });
  await bell;
  expect(rings).toBe(1);
  await listening.close();
});

test('a listener whose connection was cut listens again and rings once', async () => {
  let rings = 0;
  let heard: () => void;
  const bell = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const listening = await listen(database, 'zoo.cut', () => {
    rings += 1;
    heard();
  });
  await rows(
    database.kysely,
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query = 'listen "zoo.cut"' and pid <> pg_backend_pid()`,
  );
  await bell;
  expect(rings).toBe(1);
  await listening.close();
});

test('migrating again changes nothing; a newer database or an edited migration is refused', async () => {
  await migrate(database, [zoo]);
  const older = { name: 'zoo', folder: temporaryFolder('migrations') };
  await expect(migrate(database, [older])).rejects.toMatchObject({ code: 'database.newer' });
  writeFileSync(join(older.folder, '0001-animal.sql'), 'create table zoo.animal (name text);');
  await expect(migrate(database, [older])).rejects.toMatchObject({
    code: 'database.migration-edited',
  });
});

test('a migration that fails leaves no trace of itself', async () => {
  const bad = { name: 'bad', folder: temporaryFolder('migrations') };
  writeFileSync(join(bad.folder, '0001-half.sql'), 'create table bad.t (n int); select nonsense;');
  await expect(migrate(database, [bad])).rejects.toMatchObject({
    code: 'database.migration-failed',
  });
  expect(await rows(database.kysely, sql`select to_regnamespace('bad') as s`)).toEqual([
    { s: null },
  ]);
});

test('a database that is not there says so, without the password', async () => {
  const opening = openDatabase({ url: 'postgresql://me:secret@127.0.0.1:1/none' });
  await expect(opening).rejects.toMatchObject({
    code: 'database.unreachable',
    message: 'opening postgresql://me@127.0.0.1:1/none',
  });
});
