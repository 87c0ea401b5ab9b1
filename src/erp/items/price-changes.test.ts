/** Agreements and price lists that are changed: from a version, within what was called off, and kept. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  addPrices,
  closeAgreements,
  createAgreements,
  createPriceLists,
  itemsMigrations,
  listAgreements,
  pricesOn,
} from './index.ts';
import { changeAgreements, changePriceList, priceHistory } from './changing-prices.ts';
import { releaseAgreements } from './calling-off.ts';
import type { AgreementChange } from './change-agreements.ts';
import { codeOf, context, foundEntity, newItems, on, valueOf } from './testing.ts';

let database: Database;
let item: string;
let other: string;
let number: string;
let second: string;

beforeAll(async () => {
  database = await testDatabase([companyMigrations, itemsMigrations]);
  await foundEntity(database);
  [number, second] = ['B-1', 'B-2'];
  [item = '', other = ''] = await newItems(database, { number }, { number: second });
});
afterAll(() => database.close());

const LAST_DAY = localDate('2026-12-31');

async function newAgreement(): Promise<string> {
  const head = { side: 'purchase', party: 'sup_1', kind: 'blanket', currency: 'EUR' } as const;
  const lines = [{ line: '1', item, price: decimal('2'), quantityLimit: decimal('10') }];
  const [made] = await transact(database, (tx) =>
    createAgreements(tx, context, [{ ...head, validFrom: on, lines }]),
  );
  return valueOf(made).id;
}
const change = (of: AgreementChange) =>
  transact(database, (tx) => changeAgreements(tx, context, [of])).then(([result]) => result);
const callOff = (agreement: string, quantity: string) =>
  transact(database, (tx) =>
    releaseAgreements(tx, context, [
      {
        agreement,
        line: '1',
        quantity: decimal(quantity),
        value: decimal('0'),
        on,
        source: { area: 'purchasing', kind: 'purchase-order', id: 'po_1', line: '1' },
      },
    ]),
  ).then(([result]) => codeOf(result));
const shown = async (id: string) =>
  (await listAgreements(database.kysely, { ids: [id], limit: 1 }))[0];

test('an agreement gets another price, limit, end and line; each change is kept', async () => {
  const id = await newAgreement();
  const changed = await change({
    id,
    version: 1,
    set: { validTo: LAST_DAY },
    lines: [{ line: '1', price: decimal('1.5'), quantityLimit: undefined }],
    added: [{ line: '2', item: other, price: decimal('7') }],
  });
  expect(valueOf(changed)).toEqual({ id, version: 2 });
  const agreement = await shown(id);
  expect(agreement).toMatchObject({
    version: 2,
    validTo: '2026-12-31',
    lines: [
      { line: '1', price: '1.5' },
      { line: '2', item: other, price: '7', releasedQuantity: '0' },
    ],
  });
  expect(agreement?.lines[0]).not.toHaveProperty('quantityLimit');
  expect(valueOf(await change({ id, version: 2, dropped: ['1'] }))).toEqual({ id, version: 3 });
  expect((await shown(id))?.lines.map(({ line }) => line)).toEqual(['2']);
  expect(await priceHistory(database.kysely, 'agreement', id)).toMatchObject([
    { version: 3, changes: { 'lines[1]': [`${number} · 1.5`, null] } },
    {
      version: 2,
      changedBy: 'anna',
      changes: {
        validTo: [null, '2026-12-31'],
        'lines[1].price': ['2', '1.5'],
        'lines[1].quantityLimit': ['10', null],
        'lines[2]': [null, `${second} · 7`],
      },
    },
  ]);
});

test('what was called off stays; an old version, a closed agreement and nothing new are refused', async () => {
  const id = await newAgreement();
  expect(await callOff(id, '4')).toBe('ok');
  const least = (quantity: string): AgreementChange => ({
    id,
    version: 1,
    lines: [{ line: '1', quantityLimit: decimal(quantity) }],
  });
  const refusals = [
    least('3'),
    { id, version: 1, dropped: ['1'], added: [{ line: '2', item }] },
    { id, version: 1, added: [{ line: '1', item }] },
    { id, version: 1, lines: [{ line: '9', price: decimal('1') }] },
    { id, version: 1, set: { validTo: localDate('2020-01-01') } },
    { id, version: 1 },
    { ...least('5'), version: 7 },
    { ...least('5'), id: 'agr_none' },
  ];
  const codes: string[] = [];
  for (const refused of refusals) codes.push(codeOf(await change(refused)));
  expect(codes).toEqual([
    'items.agreement-exceeded',
    'items.agreement-exceeded',
    'items.invalid',
    'items.invalid',
    'items.invalid',
    'items.invalid',
    'items.version-conflict',
    'items.unknown-agreement',
  ]);
  expect(codeOf(await change(least('4')))).toBe('ok');
  expect(await callOff(id, '1')).toBe('items.agreement-exceeded');
  await transact(database, (tx) => closeAgreements(tx, context, [{ id, version: 2 }]));
  expect(codeOf(await change({ ...least('9'), version: 3 }))).toBe('items.version-conflict');
  expect((await priceHistory(database.kysely, 'agreement', id))[0]?.changes).toEqual({
    status: ['active', 'closed'],
  });
});

test('PostgreSQL keeps a closed agreement, and what a price said', async () => {
  const id = await newAgreement();
  await transact(database, (tx) => closeAgreements(tx, context, [{ id, version: 1 }]));
  const touch = (statement: ReturnType<typeof sql>) => rows(database.kysely, statement);
  await expect(
    touch(sql`update erp_items.agreement set version = 3 where id = ${id}`),
  ).rejects.toThrow('a closed agreement stays');
  await expect(touch(sql`delete from erp_items.price_change`)).rejects.toThrow('kept as it is');
});

test('changes and callings-off in any order: no limit is below what was called off', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('limit'), by: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ kind: fc.constant('call'), by: fc.integer({ min: -3, max: 6 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const id = await newAgreement();
      let [limit, called, changes] = [10, 0, 0];
      const codes: string[] = [];
      const expected: string[] = [];
      for (const { kind, by } of steps) {
        if (kind === 'call' && by !== 0) {
          const may = called + by >= 0 && called + by <= limit;
          const refusal = called + by < 0 ? 'items.invalid' : 'items.agreement-exceeded';
          codes.push(await callOff(id, String(by)));
          expected.push(may ? 'ok' : refusal);
          if (may) called += by;
        }
        if (kind === 'limit' && by !== limit) {
          const lines = [{ line: '1', quantityLimit: decimal(String(by)) }];
          codes.push(codeOf(await change({ id, version: changes + 1, lines })));
          expected.push(by >= called ? 'ok' : 'items.agreement-exceeded');
          if (by >= called) [limit, changes] = [by, changes + 1];
        }
      }
      expect(codes).toEqual(expected);
      expect(await shown(id)).toMatchObject({
        version: changes + 1,
        lines: [{ quantityLimit: String(limit), releasedQuantity: String(called) }],
      });
      expect(await priceHistory(database.kysely, 'agreement', id)).toHaveLength(changes);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 15) },
  );
});

test('a price list is called otherwise and ends; its prices end, and stay what they were', async () => {
  const draft = { code: 'S', name: 'Spring', currency: 'EUR', validFrom: on };
  const [made] = await transact(database, (tx) => createPriceLists(tx, context, [draft]));
  const { id } = valueOf(made);
  const price = { priceList: id, item, price: decimal('9'), validFrom: on };
  const [first] = await transact(database, (tx) => addPrices(tx, context, [price]));
  const prices = [{ id: valueOf(first).id, validTo: LAST_DAY }];
  const now = (version: number, more: object) =>
    transact(database, (tx) => changePriceList(tx, context, { id, version, ...more }));
  expect(valueOf(await now(1, { set: { name: 'Summer', validTo: LAST_DAY }, prices }))).toEqual({
    id,
    version: 2,
  });
  expect(await pricesOn(database.kysely, id)).toMatchObject([{ price: '9', validTo: LAST_DAY }]);
  expect(await priceHistory(database.kysely, 'price-list', id)).toMatchObject([
    { changes: { name: ['Spring', 'Summer'], validTo: [null, LAST_DAY] } },
  ]);
  expect(codeOf(await now(1, { set: { name: 'Autumn' } }))).toBe('items.version-conflict');
  expect(codeOf(await now(2, { set: { name: 'Summer' } }))).toBe('items.invalid');
  expect(codeOf(await now(2, { set: { validTo: localDate('2020-01-01') } }))).toBe('items.invalid');
  expect(codeOf(await now(2, { prices: [{ id: 'prc_none', validTo: on }] }))).toBe('items.invalid');
  await expect(rows(database.kysely, sql`update erp_items.price set price = 1`)).rejects.toThrow(
    'a price stays as it is',
  );
});
