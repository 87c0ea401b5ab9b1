/** Several statements asked of one transaction without waiting in between; and what it remembers. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  copyInto,
  insertRows,
  memory,
  openDatabase,
  rollbackTo,
  rows,
  send,
  sql,
  transact,
} from './index.ts';
import type { Database, Handle } from './index.ts';
import { testDatabase } from './testing.ts';

let database: Database;
const LINE = { head: 'integer', text: 'text' } as const;

beforeAll(async () => {
  database = await testDatabase([]);
  await rows(database.kysely, sql`create table head (id integer primary key)`);
  await rows(
    database.kysely,
    sql`create table line (head integer not null references head, text text not null)`,
  );
});

beforeEach(() => rows(database.kysely, sql`truncate head, line`));
afterAll(() => database.close());

const addHead = (tx: Handle, id: number) => rows(tx, sql`insert into head values (${id})`);
const countOf = async (handle: Handle): Promise<string | undefined> => {
  const [found] = await rows<{ count: string }>(handle, sql`select count(*) as count from line`);
  return found?.count;
};

test('what is asked together happens in the order in which it was asked, COPY too', async () => {
  const counts = await transact(database, async (tx) => {
    const counting = Array.from({ length: 30 }, async (_, id) => {
      const asked = [
        addHead(tx, id),
        id % 3 === 0
          ? copyInto(tx, 'line', ['head', 'text'], [[`${id}`, 'copied']])
          : rows(tx, sql`insert into line values (${id}, 'written')`),
      ];
      const counted = countOf(tx);
      await Promise.all(asked);
      return await counted;
    });
    return await Promise.all(counting);
  });
  expect(counts).toEqual(Array.from({ length: 30 }, (_, id) => `${id + 1}`));
  expect(await countOf(database.kysely)).toBe('30');
});

test('one that fails takes all of them back, and its own words are told', async () => {
  const failing = transact(database, async (tx) => {
    await Promise.all([
      addHead(tx, 1),
      rows(tx, sql`insert into line values (7, 'x')`),
      countOf(tx),
    ]);
  });
  await expect(failing).rejects.toThrow('violates foreign key constraint');
  expect(await rows(database.kysely, sql`select 1 from head`)).toEqual([]);
  expect(await transact(database, countOf)).toBe('0'); // The connection is as good as before.
});

test('what is sent without waiting is told by what is waited for next, at the latest by the commit', async () => {
  const orphan = (tx: Handle) => insertRows(tx, 'line', LINE, [{ head: 9, text: 'of no head' }]);
  const told = 'violates foreign key constraint';
  let answered: unknown;
  const failing = transact(database, async (tx) => {
    await send(tx, sql`savepoint here`);
    await orphan(tx);
    await addHead(tx, 1).catch((error: unknown) => {
      answered = error;
    });
    await rows(tx, sql`rollback to savepoint here`); // Even so it does not go unheard.
  });
  await expect(failing).rejects.toThrow(told);
  expect(String(answered)).toContain(told);
  await expect(transact(database, orphan)).rejects.toThrow(told);
  await expect(send(database.kysely, sql`select 1 / 0`)).rejects.toThrow('division by zero');
  await transact(database, async (tx) => {
    await addHead(tx, 3);
    await insertRows(tx, 'line', LINE, [{ head: 3, text: 'of a head' }]);
    expect(await countOf(tx)).toBe('1');
  });
  expect(await countOf(database.kysely)).toBe('1');
});

test('COPY whose rows are sent ahead fails as any statement does, and its rows are dropped', async () => {
  const many = Array.from({ length: 5_000 }, (_, at) => ({
    head: 1,
    text: `line ${at} ${'x'.repeat(50)}`,
  }));
  const orphan = { head: 9, text: 'of no head' };
  const fillings: readonly [string, (tx: Handle) => Promise<unknown>][] = [
    ['violates foreign key constraint', (tx) => insertRows(tx, 'line', LINE, [...many, orphan])],
    ['does not exist', (tx) => insertRows(tx, 'nowhere', LINE, many)], // Before its rows are read.
    ['does not exist', (tx) => copyInto(tx, 'nowhere', ['head'], [['1']])],
  ];
  const one = await openDatabase({ url: database.url, poolSizeMax: 1 });
  try {
    for (const [told, fill] of fillings) {
      const failing = transact(one, async (tx) => {
        await addHead(tx, 1);
        await fill(tx);
        await countOf(tx);
      });
      await expect(failing).rejects.toThrow(told);
      expect(await countOf(one.kysely)).toBe('0'); // The connection is as good as before.
    }
    await transact(one, async (tx) => {
      await addHead(tx, 1);
      await insertRows(tx, 'line', LINE, many);
      expect(await countOf(tx)).toBe('5000');
    });
  } finally {
    await one.close();
  }
});

test('who goes on asking after the end of a transaction is refused, and changes nothing', async () => {
  const one = await openDatabase({ url: database.url, poolSizeMax: 1 });
  try {
    const late = Promise.withResolvers<unknown>();
    const failing = transact(one, async (tx) => {
      const slow = async (): Promise<void> => {
        await rows(tx, sql`select 1`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await addHead(tx, 2);
      };
      const going = slow();
      going.catch(late.resolve);
      await Promise.all([rows(tx, sql`select 1 / 0`), going]);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(String(await late.promise)).toContain('a transaction is asked until it ends');
    expect(await rows(one.kysely, sql`select 1 from head`)).toEqual([]);
  } finally {
    await one.close();
  }
});

test('many transactions at once each keep to themselves', async () => {
  await Promise.all(
    Array.from({ length: 25 }, (_, id) =>
      transact(database, async (tx) => {
        await Promise.all([addHead(tx, id), rows(tx, sql`insert into line values (${id}, 'x')`)]);
      }),
    ),
  );
  expect(await countOf(database.kysely)).toBe('25');
});

test('a transaction remembers what it was told to, and forgets it at its end', async () => {
  const heads = memory<number>();
  let asked = 0;
  const readHead = (handle: Handle): Promise<number | undefined> =>
    heads.read(handle, 'head', async () => {
      asked += 1;
      const [found] = await rows<{ id: number }>(handle, sql`select id from head`);
      return found?.id;
    });
  await transact(database, async (tx) => {
    expect(await readHead(tx)).toBeUndefined(); // What is not there is looked for again.
    await addHead(tx, 5);
    expect(await Promise.all([readHead(tx), readHead(tx), readHead(tx)])).toEqual([5, 5, 5]);
    expect(asked).toBe(2);
    heads.forget(tx, 'head');
    expect(await readHead(tx)).toBe(5);
    expect(asked).toBe(3);
  });
  await transact(database, readHead);
  await readHead(database.kysely);
  await readHead(database.kysely);
  expect(asked).toBe(6);
});

test('of many, a transaction asks for those that it does not know yet', async () => {
  const heads = memory<number>();
  const asked: (readonly string[])[] = [];
  const readHeads = (
    handle: Handle,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, number>> =>
    heads.readMany(handle, keys, async (wanted) => {
      asked.push(wanted);
      const found = await rows<{ id: number }>(
        handle,
        sql`select id from head where id::text = any(${[...wanted]})`,
      );
      return new Map(found.map(({ id }) => [String(id), id]));
    });
  await transact(database, async (tx) => {
    await addHead(tx, 5);
    expect(await readHeads(tx, ['5', '5', '6'])).toEqual(new Map([['5', 5]]));
    await rows(tx, sql`savepoint here`);
    await addHead(tx, 6);
    expect(await readHeads(tx, ['6', '5'])).toEqual(new Map([['6', 6]]).set('5', 5));
    expect(await readHeads(tx, ['5', '6'])).toEqual(new Map([['5', 5]]).set('6', 6));
    await rollbackTo(tx, 'here'); // What is taken back is forgotten.
    expect(await readHeads(tx, ['6', '5'])).toEqual(new Map([['5', 5]]));
    heads.forget(tx, '5');
    await readHeads(tx, ['5']);
    heads.forget(tx);
    await readHeads(tx, ['5']);
  });
  expect(asked).toEqual([['5', '6'], ['6'], ['6', '5'], ['5'], ['5']]);
  await readHeads(database.kysely, ['5']);
  await readHeads(database.kysely, ['5']);
  expect(asked).toHaveLength(7); // Outside of transactions nothing is remembered.
});
