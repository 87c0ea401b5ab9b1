import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CanonicalRecord } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import {
  applyPage,
  changedFields,
  existingKeys,
  findRecord,
  historyOf,
  lastPosition,
  listRecords,
  onChanges,
  readChanges,
  recordIdOf,
  recordsByReference,
  recordsMigrations,
  streamRecords,
} from './index.ts';
import type { Draft } from './index.ts';

let database: Database;
beforeEach(async () => {
  database = await testDatabase([recordsMigrations]);
});
afterEach(() => database.close());

const seenAt = instantOf(1_700_000_000_000);

function supplier(key: string, name = `Supplier ${key}`): Draft {
  const content = { number: key, name, status: 'active' };
  return {
    record: { kind: 'supplier', content } as CanonicalRecord,
    source: { integration: 'erp', key, file: 'Vendor.csv', line: 1 },
  };
}

function order(key: string, unitPrice: string, issuedOn = '2025-01-31'): Draft {
  const line = (number: string) => ({
    number,
    item: '7',
    ordered: { value: '3', unit: 'C62' },
    received: '3',
    rejected: '0',
    unitPrice: number === '2' ? unitPrice : '1',
    priceBase: '1',
    netAmount: '3',
  });
  const content = {
    number: key,
    kind: 'standard',
    supplier: '1',
    status: 'issued',
    issuedOn,
    currency: 'EUR',
    netAmount: String(Number(key) * 10),
    lines: [line('1'), line('2')],
  };
  return {
    record: { kind: 'purchase-order', content } as unknown as CanonicalRecord,
    source: { integration: 'erp', key },
  };
}

const apply = (drafts: readonly Draft[], removedKeys: readonly string[] = []) =>
  transact(database, (tx) =>
    applyPage(tx, {
      integration: 'erp',
      kind: drafts[0]?.record.kind ?? 'supplier',
      drafts,
      removedKeys,
      cause: 'snapshot',
      seenAt,
    }),
  );

test('a page is created, found unchanged, changed and deleted, each logged once', async () => {
  expect(await apply([supplier('1'), supplier('2')])).toMatchObject({
    created: 2,
    lastPosition: 2n,
  });
  expect(await apply([supplier('1'), supplier('2')])).toEqual({
    created: 0,
    changed: 0,
    unchanged: 2,
    deleted: 0,
    lastPosition: undefined,
  });
  expect(await apply([supplier('1', 'Renamed'), supplier('2')])).toMatchObject({
    changed: 1,
    unchanged: 1,
    lastPosition: 3n,
  });
  expect(await apply([], ['2', 'never seen'])).toMatchObject({ deleted: 1, lastPosition: 4n });
  const changes = await readChanges(database.kysely, { after: 2n, limit: 10 });
  expect(changes.map(({ position, changedFields: fields }) => [position, fields])).toEqual([
    [3n, [{ field: 'name', before: 'Supplier 1', after: 'Renamed' }]],
    [4n, []],
  ]);
  expect(changes[1]).toMatchObject({ before: { name: 'Supplier 2' }, after: undefined });
  const id = recordIdOf('erp', 'supplier', '1');
  expect(await findRecord(database.kysely, id)).toMatchObject({ version: 2, key: '1' });
  expect((await historyOf(database.kysely, id, { offset: 0, limit: 10 })).total).toBe(2);
  expect(await lastPosition(database.kysely)).toBe(4n);
  expect(await existingKeys(database.kysely, 'erp', 'supplier', ['1', '2'])).toEqual(
    new Set(['1']),
  );
});

test('a changed price is named by its line number, not by its place', async () => {
  await apply([order('5', '45.12')]);
  await apply([order('5', '45.13')]);
  const [change] = await readChanges(database.kysely, { after: 1n, limit: 1 });
  expect(change?.changedFields).toEqual([
    { field: 'lines[2].unitPrice', before: '45.12', after: '45.13' },
  ]);
});

test('a page that fails leaves neither state nor log', async () => {
  const attempt = transact(database, async (tx) => {
    await applyPage(tx, {
      integration: 'erp',
      kind: 'supplier',
      drafts: [supplier('1')],
      cause: 'snapshot',
      seenAt,
    });
    throw new Error('power cut');
  });
  await expect(attempt).rejects.toThrow('power cut');
  expect(await lastPosition(database.kysely)).toBe(0n);
  expect(await apply([supplier('1')])).toMatchObject({ created: 1, lastPosition: 1n });
});

test('writers at the same time never make a reader miss a position', async () => {
  const writers = Array.from({ length: 12 }, (_, at) => apply([supplier(String(at))]));
  let read = 0n;
  const reading = (async () => {
    while (read < 12n) {
      const changes = await readChanges(database.kysely, { after: read, limit: 5 });
      for (const { position } of changes) {
        expect(position).toBe(read + 1n);
        read = position;
      }
    }
  })();
  await Promise.all(writers);
  await reading;
  expect(read).toBe(12n);
});

test('the log refuses to be rewritten', async () => {
  await apply([supplier('1')]);
  await expect(rows(database.kysely, sql`delete from records.change`)).rejects.toThrow(
    'append-only',
  );
});

test('lists filter, search, sort by value and page', async () => {
  await apply([supplier('1', 'Allenson Cycles')]);
  await apply([2, 10, 9].map((n) => order(String(n), '1', `2025-0${n === 10 ? 1 : n}-01`)));
  const list = async (more: object) => {
    const base = { kind: 'purchase-order' as const, filters: [], offset: 0, limit: 10, ...more };
    const { rows: found, total } = await listRecords(database.kysely, base);
    return [found.map(({ key }) => key).join(' '), total];
  };
  expect(await list({})).toEqual(['2 9 10', 3]);
  expect(await list({ sort: { field: 'netAmount', direction: 'desc' } })).toEqual(['10 9 2', 3]);
  expect(await list({ sort: { field: 'issuedOn', direction: 'asc' }, limit: 1 })).toEqual([
    '10',
    3,
  ]);
  expect(await list({ search: 'allenson' })).toEqual(['2 9 10', 3]);
  expect(await list({ search: 'nobody' })).toEqual(['', 0]);
  const from = { field: 'netAmount', op: 'from', values: ['90'] };
  expect(await list({ filters: [from] })).toEqual(['9 10', 2]);
  const among = { field: 'number', op: 'in', values: ['2', '10'] };
  const to = { field: 'issuedOn', op: 'to', values: ['2025-01-31'] };
  expect(await list({ filters: [among, to] })).toEqual(['10', 1]);
  await expect(list({ sort: { field: 'lines', direction: 'asc' } })).rejects.toMatchObject({
    code: 'records.unknown-field',
  });
  await expect(list({ filters: [{ ...from, values: ['ninety'] }] })).rejects.toMatchObject({
    code: 'records.bad-value',
    kind: 'invalid',
  });
  const streamed = [];
  for await (const { key } of streamRecords(database.kysely, {
    kind: 'purchase-order',
    filters: [],
  })) {
    streamed.push(key);
  }
  expect(streamed).toEqual(['2', '9', '10']);
  const by = { kind: 'supplier' as const, field: 'key', keys: ['1', '3'], integration: 'erp' };
  expect(await recordsByReference(database.kysely, by)).toMatchObject([
    { content: { name: 'Allenson Cycles' } },
  ]);
});

test('every sortable and filterable field of every kind is SQL that runs', async () => {
  const fields = {
    supplier: ['number', 'preferred', 'creditRating'],
    item: ['category', 'subcategory', 'standardCost', 'leadTimeDays'],
    'purchase-order': ['issuedOn', 'grossAmount'],
    currency: ['code'],
    'exchange-rate': ['rate', 'validOn'],
  } as const;
  for (const [kind, names] of Object.entries(fields)) {
    for (const field of names) {
      const query = { kind: kind as 'item', filters: [], offset: 0, limit: 1 };
      await listRecords(database.kysely, { ...query, sort: { field, direction: 'desc' } });
      const searched = await listRecords(database.kysely, { ...query, search: '50% a_b \\' });
      expect(searched).toEqual({ rows: [], total: 0 });
    }
  }
});

test('the doorbell rings when the log has grown', async () => {
  let ring = (_rings: number): void => undefined;
  const rung = new Promise<number>((resolve) => {
    ring = resolve;
  });
  const listening = await onChanges(database, () => ring(1));
  await apply([supplier('1')]);
  expect(await rung).toBe(1);
  await listening.close();
});

test('equal contents have no changed fields, and a changed leaf is found once', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = value as never;
      expect(changedFields(json, structuredClone(json))).toEqual([]);
    }),
  );
  expect(changedFields({ a: { b: '1' } }, { a: { b: '2', c: true } })).toEqual([
    { field: 'a.b', before: '1', after: '2' },
    { field: 'a.c', after: true },
  ]);
});
