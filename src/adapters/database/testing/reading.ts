/** What is read is what is there, to the last digit: held against one server. */
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type {
  Cursor,
  DocumentAdapter,
  DocumentsPage,
  PullFrom,
  SourceDocument,
} from '#adapter-kit';
import { connectDatabase } from '../connect.ts';
import { parseDatabaseProfile } from '../profile/profile.ts';
import { addOrder, connectTo, makePurchasing, purchasingProfile } from './purchasing.ts';
import type { TestDatabase } from './test-database.ts';

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

export async function pagesOf(
  adapter: DocumentAdapter,
  entity: string,
  from: PullFrom = { mode: 'snapshot' },
): Promise<DocumentsPage[]> {
  const pages: DocumentsPage[] = [];
  for await (const page of adapter.pull(entity, from, patience())) pages.push(page);
  return pages;
}

const documentsOf = (pages: readonly DocumentsPage[]): SourceDocument[] =>
  pages.flatMap(({ documents }) => documents);

/** Runs the suite; `open` gives an empty database. */
export function describeReading(server: string, open: () => Promise<TestDatabase>): void {
  const fresh = async (orders = 7): Promise<TestDatabase> => {
    const database = await open();
    onTestFinished(async () => await database.stop());
    await makePurchasing(database, orders);
    return database;
  };

  describe(`${server} is read to the last digit`, () => {
    describeDocuments(fresh);
    describeOddities(fresh);
    describeMarks(fresh);
    test('random changes between pulls arrive, each of them and no other', async () => {
      const database = await fresh(4);
      const law = fc.asyncProperty(
        fc.array(change, { minLength: 5, maxLength: 25 }),
        async (changes) => {
          const mirror = await changeAndPull(database, changes);
          const there = new Map<string, SourceDocument>();
          await snapshotInto(connectTo(database), there); // Tells deletions as well.
          for (const key of mirror.keys()) if (!there.has(key)) mirror.delete(key);
          expect(mirror).toEqual(there);
        },
      );
      await fc.assert(law, { numRuns: 12 });
    });
  });
}

function describeDocuments(fresh: (orders?: number) => Promise<TestDatabase>): void {
  test('a document has its columns, NULL as null, and its lines in order', async () => {
    const database = await fresh();
    const [order] = documentsOf(await pagesOf(connectTo(database), 'orders'));
    expect(order).toEqual({
      key: '1',
      version: '2026-01-02T10:00:00.123456',
      content: {
        id: '1',
        number: 'PO-1',
        supplier: 'S2',
        total: '1.5000',
        note: null,
        updated_at: '2026-01-02T10:00:00.123456',
        lines: [
          { order_id: '1', line_no: '1', item: 'I1', quantity: '2.500', price: '0.100000' },
          { order_id: '1', line_no: '2', item: 'I2', quantity: '1.000', price: '1.250000' },
        ],
      },
    });
  });

  test('a filter keeps rows out, and columns that are not named stay away', async () => {
    const database = await fresh();
    const profile = purchasingProfile({
      entities: {
        orders: {
          table: 'purchase_order',
          key: ['id'],
          columns: ['number'],
          where: {
            any: [
              { column: 'id', op: 'in', values: [1, 2] },
              {
                all: [
                  { column: 'id', op: '>', value: 5 },
                  { column: 'supplier', op: '=', value: 'S2' },
                ],
              },
              { column: 'number', op: '=', value: "PO-1'; drop table purchase_order; --" },
            ],
          },
        },
      },
    });
    const read = documentsOf(await pagesOf(connectTo(database, profile), 'orders'));
    expect(read.map(({ key, content }) => [key, content])).toEqual([
      ['1', { number: 'PO-1' }],
      ['2', { number: 'PO-2' }],
      ['7', { number: 'PO-7' }],
    ]);
  });

  test('what is too large to be read is a problem of its own, and the rest goes on', async () => {
    const database = await fresh();
    await database.run(`update purchase_order set note = '${'x'.repeat(300)}' where id = 3`);
    const limits = { cellCharacters: 200 };
    const pages = await pagesOf(connectTo(database, purchasingProfile({ limits })), 'orders');
    expect(pages.flatMap(({ problems }) => problems)).toMatchObject([
      { key: '3', reason: 'has more than 200 characters in note' },
    ]);
    expect(documentsOf(pages)).toHaveLength(6);
  });
}

function describeOddities(fresh: (orders?: number) => Promise<TestDatabase>): void {
  test('a page with more lines than are read at once is read in smaller ones', async () => {
    const database = await fresh();
    const profile = purchasingProfile({ limits: { childRows: 3 } });
    const pages = await pagesOf(connectTo(database, profile), 'orders');
    expect(documentsOf(pages)).toHaveLength(7);
    await database.run(
      "insert into purchase_order_line values (2, 3, 'I3', 1, 1), (2, 4, 'I4', 1, 1)",
    );
    const then = await pagesOf(connectTo(database, profile), 'orders');
    expect(then.flatMap(({ problems }) => problems)).toMatchObject([
      { key: '2', reason: 'has more than 3 child rows' },
    ]);
    expect(documentsOf(then)).toHaveLength(6);
  });

  test('of rows with one key none is taken; one without a key is told of', async () => {
    const database = await fresh();
    await database.run('create table loose (code varchar(10), text varchar(20))');
    await database.run(
      "insert into loose values ('A', '1'), ('B', '2'), ('B', '3'), ('C', '4'), (null, '5')",
    );
    const entities = { loose: { table: 'loose', key: ['code'] } };
    const adapter = connectTo(database, purchasingProfile({ entities, pageRows: 2 }));
    const pages = await pagesOf(adapter, 'loose');
    expect(documentsOf(pages).map(({ key }) => key)).toEqual(['A', 'C']);
    expect(
      pages.flatMap(({ problems }) => problems).map(({ key, reason }) => [key, reason]),
    ).toEqual([
      [undefined, 'there are rows whose key is empty (code): they cannot be read'],
      ['B', 'has a key that another row has too: neither is taken'],
    ]);
    const checks = await adapter.test(patience());
    expect(checks.find(({ check }) => check === 'key of loose')).toMatchObject({ ok: false });
  });

  test('keys of several columns are read in order and fetched by all of them', async () => {
    const database = await fresh();
    const entities = {
      lines: { table: 'purchase_order_line', key: ['order_id', 'item'], columns: ['price'] },
    };
    const adapter = connectTo(database, purchasingProfile({ entities }));
    const read = documentsOf(await pagesOf(adapter, 'lines'));
    expect(read).toHaveLength(14);
    expect(read[3]).toEqual({ key: '2|I2', content: { price: '2.250000' } });
    expect(await adapter.fetch('lines', '2|I2', patience())).toEqual(read[3]);
    expect(await adapter.fetch('lines', '2|x', patience())).toBeUndefined();
    expect(await adapter.fetch('lines', 'x|I2', patience())).toBeUndefined();
  });

  test('a column that is not there is told with those that are', async () => {
    const database = await fresh();
    const entities = { orders: { table: 'purchase_order', key: ['ID'] } };
    const adapter = connectTo(database, purchasingProfile({ entities }));
    await expect(pagesOf(adapter, 'orders')).rejects.toMatchObject({
      code: 'database.column-missing',
      remedy: 'There is: id.',
    });
    const none = { orders: { table: 'no_such"; drop', key: ['id'] } };
    expect(() => purchasingProfile({ entities: none })).toThrow('reading a profile');
    const missing = { orders: { table: 'no_such_table', key: ['id'] } };
    const other = connectTo(database, purchasingProfile({ entities: missing }));
    await expect(pagesOf(other, 'orders')).rejects.toMatchObject({
      code: 'database.table-missing',
    });
  });
}

function describeMarks(fresh: (orders?: number) => Promise<TestDatabase>): void {
  test('rows of one microsecond, and those a microsecond apart, are each found', async () => {
    const database = await fresh(0);
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) await addOrder(database, id, '2026-01-01');
    await database.run(
      "update purchase_order set updated_at = '2026-01-01 10:00:00.123457' where id in (2, 4, 6, 8)",
    );
    const adapter = connectTo(database);
    const from = { mode: 'changes', after: changesFrom(await pagesOf(adapter, 'orders')) } as const;
    const pages = await pagesOf(adapter, 'orders', from);
    expect(documentsOf(pages).map(({ key }) => key)).toEqual('13572468'.split(''));
    expect(pages.length).toBe(3);
  });

  test('a row stamped far ahead hides nothing of what comes after', async () => {
    const database = await fresh();
    await database.run("update purchase_order set updated_at = '2099-01-01' where id = 1");
    const adapter = connectTo(database);
    const after = changesFrom(await pagesOf(adapter, 'orders'));
    await database.run(
      "update purchase_order set note = 'seen', updated_at = '2026-01-05' where id = 2",
    );
    const keys = documentsOf(await pagesOf(adapter, 'orders', { mode: 'changes', after }));
    expect(keys.map(({ key }) => key)).toContain('2');
  });

  test('a row without a watermark is read each time, and the connection test says so', async () => {
    const database = await fresh();
    await database.run('create table plain (id int not null primary key, changed timestamp null)');
    await database.run("insert into plain values (1, '2026-01-01 00:00:00'), (2, null), (3, null)");
    const changes = { by: 'watermark', column: 'changed', overlap: 0 };
    const entities = { plain: { table: 'plain', key: ['id'], changes } };
    const adapter = connectTo(database, purchasingProfile({ entities, pageRows: 1 }));
    const after = changesFrom(await pagesOf(adapter, 'plain'));
    const pages = await pagesOf(adapter, 'plain', { mode: 'changes', after });
    expect(documentsOf(pages).map(({ key }) => key)).toEqual(['2', '3', '1']);
    for (const { next } of pages) {
      const rest = await pagesOf(adapter, 'plain', { mode: 'changes', after: next });
      expect(rest.at(-1)?.last).toBe(true);
    }
    const checks = await adapter.test(patience());
    expect(checks.find(({ check }) => check === 'watermark of plain')?.detail).toBe(
      'changed; warning: no index begins with it, so each look reads all; warning: 2 rows have none and are read each time',
    );
  });

  test('what is committed later than it was stamped is found by the overlap', async () => {
    const database = await fresh();
    const adapter = connectTo(database);
    const late = await database.second();
    onTestFinished(async () => await late.stop());
    await late.run('begin');
    await late.run(
      "update purchase_order set note = 'late', updated_at = '2026-01-04 10:00:00' where id = 1",
    );
    await database.run(
      "update purchase_order set note = 'early', updated_at = '2026-01-04 10:00:59' where id = 2",
    );
    const after = changesFrom(await pagesOf(adapter, 'orders'));
    const seen = await pagesOf(adapter, 'orders', { mode: 'changes', after });
    expect(documentsOf(seen).map(({ content }) => content['note'])).toEqual(['early']);
    await late.run('commit');
    const then = await pagesOf(adapter, 'orders', {
      mode: 'changes',
      after: seen.at(-1)?.next ?? after,
    });
    expect(documentsOf(then).map(({ content }) => content['note'])).toContain('late');
  });
}

function changesFrom(pages: readonly DocumentsPage[]): Cursor {
  const from = pages.at(-1)?.changesFrom;
  if (from === undefined) throw new Error('the last page says not from where changes begin');
  return from;
}

type Change =
  | {
      readonly kind: 'insert' | 'update' | 'delete' | 'line';
      readonly id: number;
      readonly late: number;
    }
  | { readonly kind: 'pull' | 'snapshot' };

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('insert', 'update', 'line', 'delete'),
      id: fc.integer({ min: 1, max: 12 }),
      late: fc.integer({ min: 0, max: 50 }), // Seconds before the newest stamp: committed late.
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'pull' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'snapshot' }) },
);

/** Changes rows at random, stamps in no order within the overlap, and pulls in between. */
async function changeAndPull(
  database: TestDatabase,
  changes: readonly Change[],
): Promise<Map<string, SourceDocument>> {
  const adapter = connectTo(database);
  await database.run('delete from purchase_order_line');
  await database.run('delete from purchase_order');
  const mirror = new Map<string, SourceDocument>();
  let cursor = await snapshotInto(adapter, mirror);
  let second = 60;
  for (const each of changes) {
    if ('id' in each) {
      second += 1;
      await applyTo(database, each, second - each.late);
    } else {
      cursor =
        each.kind === 'snapshot'
          ? await snapshotInto(adapter, mirror)
          : await changesInto(adapter, mirror, cursor);
    }
  }
  await changesInto(adapter, mirror, cursor);
  return mirror;
}

async function applyTo(
  database: TestDatabase,
  { kind, id, late }: Extract<Change, { readonly id: number }>,
  second: number,
): Promise<void> {
  const stamp = `'2026-02-01 00:0${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}.00000${late % 10}'`;
  const known = (await database.run(`select 1 from purchase_order where id = ${id}`)).length > 0;
  if (kind === 'delete') {
    await database.run(`delete from purchase_order_line where order_id = ${id}`);
    await database.run(`delete from purchase_order where id = ${id}`);
  } else if (!known) {
    await addOrder(database, id, '2026-02-01');
    await database.run(`update purchase_order set updated_at = ${stamp} where id = ${id}`);
  } else if (kind === 'line') {
    await database.run(`delete from purchase_order_line where order_id = ${id} and line_no = 1`);
    await database.run(`update purchase_order set updated_at = ${stamp} where id = ${id}`);
  } else {
    const set = `total = total + 0.0001, note = 'n${second}', updated_at = ${stamp}`;
    await database.run(`update purchase_order set ${set} where id = ${id}`);
  }
}

async function snapshotInto(
  adapter: DocumentAdapter,
  mirror: Map<string, SourceDocument>,
): Promise<Cursor> {
  const pages = await pagesOf(adapter, 'orders');
  mirror.clear();
  for (const document of documentsOf(pages)) mirror.set(document.key, document);
  return changesFrom(pages);
}

async function changesInto(
  adapter: DocumentAdapter,
  mirror: Map<string, SourceDocument>,
  after: Cursor,
): Promise<Cursor> {
  const pages = await pagesOf(adapter, 'orders', { mode: 'changes', after });
  for (const document of documentsOf(pages)) mirror.set(document.key, document);
  return pages.at(-1)?.next ?? after;
}

/** A view whose one row takes twenty seconds, read by someone with less patience. */
export function slowAdapter(database: TestDatabase, statementSecondsMax: number): DocumentAdapter {
  const profile = parseDatabaseProfile({
    name: 'slow',
    version: 1,
    title: 'Slow',
    entities: { rows: { table: 'slow', key: ['id'] } },
  });
  return connectDatabase({ ...database.settings, profile, statementSecondsMax });
}

/** Reads the one row of a table of many types, by what each server calls them. */
export async function rowOfTypes(
  database: TestDatabase,
  table: string,
  json: readonly string[] = [],
): Promise<SourceDocument['content'] | undefined> {
  const profile = parseDatabaseProfile({
    name: 'types',
    version: 1,
    title: 'Types',
    entities: { rows: { table, key: ['id'], ...(json.length === 0 ? {} : { json }) } },
  });
  const [row] = documentsOf(await pagesOf(connectTo(database, profile), 'rows'));
  return row?.content;
}
