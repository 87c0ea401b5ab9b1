/** Lists of purchase orders: what their own columns and indexes answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CanonicalRecord } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { applyPage, listRecords, orderTotals, recordsMigrations } from './index.ts';
import type { Draft, RecordQuery } from './index.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase([recordsMigrations]);
  const orders = [
    order('1', { shippedOn: '2025-02-01', requester: 'Zoë Ärger' }, ['a', 'b']),
    order('2', { netAmount: '0.1', status: 'received', currency: 'USD' }, ['b']),
    order('3', { netAmount: '0.20', shippedOn: '2025-01-01', requester: 'Bob' }, []),
    order('4', { netAmount: '100', status: 'draft' }, ['a']),
    order('5', { netAmount: '100', kind: 'return', issuedOn: '2024-12-31' }, ['c']),
    order('6', { supplier: 's2' }, ['%']),
  ];
  await transact(database, (transaction) =>
    applyPage(transaction, {
      integration: 'erp',
      kind: 'purchase-order',
      drafts: orders,
      cause: 'snapshot',
      seenAt: instantOf(1_700_000_000_000),
    }),
  );
});
afterAll(() => database.close());

function order(key: string, more: object, items: readonly string[]): Draft {
  const content = {
    number: `PO-${key}`,
    kind: 'standard',
    supplier: 's1',
    status: 'issued',
    issuedOn: `2025-01-0${key}`,
    currency: 'EUR',
    netAmount: '1.10',
    shipMethod: 'Truck',
    lines: items.map((item, at) => ({ number: String(at + 1), item })),
    ...more,
  };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what lists look at is there.
    record: { kind: 'purchase-order', content } as unknown as CanonicalRecord,
    source: { integration: 'erp', key },
  };
}

async function keys(query: Partial<RecordQuery>): Promise<string> {
  const { rows: found } = await listRecords(database.kysely, {
    kind: 'purchase-order',
    filters: [],
    offset: 0,
    limit: 10,
    ...query,
  });
  return found.map(({ key }) => key).join('');
}

const sorted = (field: string, direction: 'asc' | 'desc') => keys({ sort: { field, direction } });

test('what is missing comes last, in either direction', async () => {
  expect((await sorted('shippedOn', 'asc')).slice(0, 2)).toBe('31');
  expect((await sorted('shippedOn', 'desc')).slice(0, 2)).toBe('13');
  expect((await sorted('requester', 'asc')).slice(0, 2)).toBe('31');
  expect((await sorted('requester', 'desc')).slice(0, 2)).toBe('13');
});

test('a list backwards is the list, backwards, ties too', async () => {
  for (const field of ['number', 'netAmount', 'issuedOn', 'status']) {
    const up = await sorted(field, 'asc');
    expect(up.split('').toReversed().join('')).toBe(await sorted(field, 'desc'));
  }
  expect((await sorted('netAmount', 'asc')).slice(0, 2)).toBe('23');
});

test('orders are found by the items of their lines, whatever the key looks like', async () => {
  const naming = (...values: string[]) => keys({ filters: [{ field: 'item', op: 'in', values }] });
  expect(await naming('a')).toBe('14');
  expect(await naming('b', 'c')).toBe('125');
  expect(await naming('%')).toBe('6');
  expect(await naming('nothing')).toBe('');
  expect(await naming()).toBe('');
});

test('a search does not mind case, accents included, nor does it take % for anything', async () => {
  expect(await keys({ search: 'po-3' })).toBe('3');
  expect(await keys({ search: 'ÄRGER zoë' })).toBe('1');
  expect(await keys({ search: 'truck' })).toBe('123456');
  expect(await keys({ search: '%' })).toBe('');
});

test('a search counts what it finds on every page, and beyond the last', async () => {
  const page = (offset: number, search: string) =>
    listRecords(database.kysely, { kind: 'purchase-order', filters: [], search, offset, limit: 4 });
  expect(await page(0, 'truck')).toMatchObject({ total: 6, rows: { length: 4 } });
  expect(await page(4, 'truck')).toMatchObject({ total: 6, rows: { length: 2 } });
  expect(await page(8, 'truck')).toEqual({ total: 6, rows: [] });
  expect(await page(0, 'nobody')).toEqual({ total: 0, rows: [] });
});

test('a supplier is added up exactly, per currency, without returns and drafts', async () => {
  const supplier = { integration: 'erp', key: 's1' };
  expect(await orderTotals(database.kysely, supplier, ['issued', 'received'])).toEqual({
    orderCount: 5,
    ordered: [
      { currency: 'EUR', amount: '1.3' },
      { currency: 'USD', amount: '0.1' },
    ],
    firstOrderOn: '2024-12-31',
    lastOrderOn: '2025-01-04',
  });
  const nobody = { integration: 'erp', key: 's9' };
  expect(await orderTotals(database.kysely, nobody, ['issued'])).toEqual({
    orderCount: 0,
    ordered: [],
  });
});

test('the usual lists are read from an index alone', async () => {
  await rows(database.kysely, sql`vacuum analyze records.record`);
  await transact(database, async (transaction) => {
    await rows(transaction, sql`set local enable_seqscan = off`);
    await rows(transaction, sql`set local enable_bitmapscan = off`);
    for (const wanted of ['issued_on desc, id desc', 'number, id', 'net_amount, id']) {
      const plan = await rows<{ 'QUERY PLAN': string }>(
        transaction,
        sql`explain select id from records.record where kind = 'purchase-order'
          order by ${sql.raw(wanted)} limit 50 offset 100`,
      );
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toContain('Index Only Scan');
      expect(text).not.toContain('Sort');
    }
  });
});
