/** The gate against the real ERP: what is stated, what is told of changes, what is booked once. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, rows, sql } from '#database';
import { setApprovalLimit } from '#erp/purchasing';
import type { JsonObject } from '#kernel';
import { decimal } from '#kernel/decimal';
import { openGate } from './open-gate.ts';
import { context, march, openGateBench, receive, setRate } from './testing.ts';
import type { GateBench } from './testing.ts';

let bench: GateBench;

beforeAll(async () => {
  bench = await openGateBench();
}, 120_000);
afterAll(() => bench.database.close());

const reference = (): string => `RLT-${randomBytes(6).toString('hex').toUpperCase()}`;

const line = (number: string, more: JsonObject = {}): JsonObject => ({
  number,
  item: bench.item,
  ordered: { value: '10', unit: 'C62' },
  received: '0',
  rejected: '0',
  unitPrice: '2.00',
  priceBase: '1',
  netAmount: '20.00',
  ...more,
});

const order = (more: JsonObject = {}): JsonObject => ({
  number: 'PO-1',
  kind: 'standard',
  supplier: bench.supplier,
  status: 'issued',
  issuedOn: '2026-03-02',
  currency: 'EUR',
  netAmount: '20.00',
  lines: [line('1')],
  ...more,
});

const ask = (operation: string, payload: JsonObject, more: object = {}) =>
  bench.gate.book({ operation, reference: reference(), payload, ...more });

async function booked(operation: string, payload: JsonObject, more: object = {}) {
  const outcome = await ask(operation, payload, more);
  if (outcome.kind !== 'booked') throw new Error(JSON.stringify(outcome));
  return outcome.as;
}

async function contentOf(
  entity: Parameters<GateBench['gate']['read']>[0],
  key: string,
): Promise<JsonObject> {
  const { documents } = await bench.gate.read(entity, [key]);
  return documents[0]?.content ?? {};
}

test('an order says how much has come of it, a receipt what it was, an item what it costs', async () => {
  expect(await contentOf('purchase-orders', bench.order)).toMatchObject({
    status: 'partly-received',
    net: '20.00',
    lines: [{ number: 10, ordered: '10', received: '4', rejected: '0', isFinal: false }],
  });
  expect(await contentOf('items', bench.item)).toMatchObject({
    companyCurrency: 'EUR',
    suppliers: [{ supplier: bench.supplier, price: '200', unitPrice: '2', currency: 'EUR' }],
  });
  const [receipt = ''] = await bench.gate.keysAfter('goods-receipts', undefined, 9);
  expect(await contentOf('goods-receipts', receipt)).toMatchObject({
    status: 'posted',
    warehouse: bench.warehouse,
    lines: [{ quantity: '4', accepted: '4', unit: 'C62', order: bench.order, orderLine: 10 }],
  });
});

test('what a position is worth is shared among its statuses to the cent', async () => {
  const made = await booked('create-purchase-order', order());
  const receipt = {
    number: 'GR',
    status: 'posted',
    receivedOn: '2026-03-06',
    warehouse: bench.warehouse,
    lines: [
      {
        number: '1',
        order: made.key,
        orderLine: '10',
        item: bench.item,
        quantity: { value: '3', unit: 'C62' },
        rejected: '1',
        reason: 'bent',
      },
    ],
  };
  await booked('post-goods-receipt', receipt);
  const { documents } = await bench.gate.read('stock-balances', [
    `${bench.item}~${bench.warehouse}`,
  ]);
  const shares = documents.map(({ content: { status, quantity, value } }) => [
    status,
    [quantity, value],
  ]);
  expect(Object.fromEntries(shares)).toEqual({ blocked: ['1', '2.00'], free: ['6', '12.00'] });
  expect(await contentOf('purchase-orders', made.key)).toMatchObject({
    lines: [{ received: '3', rejected: '1' }],
  });
});

test('a receipt that is taken back is cancelled, and told as changed', async () => {
  const receipt = await bench.run((tx) => receive(tx, bench.order, '1'));
  const since = await bench.gate.mark();
  const taken = await booked('reverse-goods-receipt', {}, { target: { key: receipt } });
  const until = await bench.gate.mark();
  const { keys } = await bench.gate.changes('goods-receipts', { since, until });
  expect(keys.toSorted()).toEqual([receipt, taken.key].toSorted());
  expect(await contentOf('goods-receipts', receipt)).toMatchObject({ status: 'cancelled' });
  expect(await contentOf('goods-receipts', taken.key)).toMatchObject({
    kind: 'reversal',
    reverses: receipt,
    lines: [{ quantity: '1' }],
  });
  expect(await bench.gate.changedSince(new Map([['suppliers', since]]))).toEqual([]);
});

test('an order is changed line by line, at the version that was seen', async () => {
  const made = await booked('create-purchase-order', order({ status: 'draft' }));
  const lines = [
    line('10', { ordered: { value: '5', unit: 'C62' }, unitPrice: '3.00' }),
    line('new', { unitPrice: '1.00' }),
  ];
  const wanted = order({ netAmount: '25.00', lines });
  const changed = await booked('update-purchase-order', wanted, { target: made });
  expect(await contentOf('purchase-orders', made.key)).toMatchObject({
    status: 'issued',
    net: '25.00',
    lines: [
      { number: 10, ordered: '5', unitPrice: '3.00' },
      { number: 20, ordered: '10', unitPrice: '1.00' },
    ],
  });
  const only = order({ netAmount: '10.00', lines: [line('20', { unitPrice: '1.00' })] });
  expect(await ask('update-purchase-order', only, { target: made })).toMatchObject({
    problem: { code: 'purchasing.moved-on' },
  });
  await booked('update-purchase-order', only, { target: changed });
  expect(await contentOf('purchase-orders', made.key)).toMatchObject({
    net: '10.00',
    lines: [{ isCancelled: true }, { isCancelled: false }],
  });
});

test('what does not come to what was asked for is not booked, and leaves nothing behind', async () => {
  const before = await bench.gate.keysAfter('purchase-orders', undefined, 999);
  for (const [payload, code] of [
    [order({ netAmount: '21.00' }), 'gate.totals-differ'],
    [order({ status: 'closed' }), 'gate.not-offered'],
    [order({ lines: [] }), 'gate.bad-content'],
    [order({ extensions: { warehouse: 'elsewhere' } }), 'gate.no-warehouse'],
    [order({ lines: [line('1', { item: 'nothing' })] }), 'purchasing.no-such-item'],
  ] as const) {
    expect(await ask('create-purchase-order', payload)).toMatchObject({
      kind: 'refused',
      problem: { code },
    });
  }
  expect(await bench.gate.keysAfter('purchase-orders', undefined, 999)).toEqual(before);
  const kept = await rows(
    bench.database.kysely,
    sql`select key from erp_company.idempotency_key where answer = 'null'`,
  );
  expect(kept).toEqual([]);
});

test('an order above the limit waits for a person', async () => {
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', decimal('15')));
  const made = await booked('create-purchase-order', order());
  expect(made.status).toBe('awaiting-approval');
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', undefined));
});

test('the same reference at the same time books once; refused first, it may be booked later', async () => {
  const wish = { operation: 'create-purchase-order', reference: reference(), payload: order() };
  const before = (await bench.gate.keysAfter('purchase-orders', undefined, 999)).length;
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => bench.gate.book(wish)));
  const keys = new Set(outcomes.map((each) => (each.kind === 'booked' ? each.as.key : each.kind)));
  expect(keys.size).toBe(1);
  expect(await bench.gate.keysAfter('purchase-orders', undefined, 999)).toHaveLength(before + 1);
  const other = { ...wish, payload: order({ netAmount: '20.0' }) };
  expect(await bench.gate.book(other)).toMatchObject({ problem: { code: 'company.key-reused' } });
  const edited = { ...wish, reference: reference(), payload: order({ netAmount: '1' }) };
  expect(await bench.gate.book(edited)).toMatchObject({ kind: 'refused' });
  expect(await bench.gate.bookedUnder(edited)).toBeUndefined();
  expect(await bench.gate.book({ ...edited, payload: order() })).toMatchObject({ kind: 'booked' });
});

test('a line that breaks while it commits leaves it unsettled, and looking tells', async () => {
  const own = await openDatabase({ url: bench.database.url, poolSizeMax: 1 });
  await rows(
    own.kysely,
    sql`create function pg_temp.die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`,
  );
  await rows(
    own.kysely,
    sql`create constraint trigger dies after insert on erp_purchasing.purchase_order
      deferrable initially deferred for each row execute function pg_temp.die()`,
  );
  const { clock, legalEntity } = context;
  const gate = openGate({ database: own, clock, legalEntity, by: 'erp' });
  const wish = { operation: 'create-purchase-order', reference: reference(), payload: order() };
  expect(await gate.book(wish)).toMatchObject({ kind: 'unsettled' });
  expect(await bench.gate.bookedUnder(wish)).toBeUndefined();
  await own.close();
  await rows(
    bench.database.kysely,
    sql`drop trigger if exists dies on erp_purchasing.purchase_order`,
  );
  expect(await bench.gate.book(wish)).toMatchObject({ kind: 'booked' });
});

test('a rate that is replaced is told; one that is not there is gone', async () => {
  const since = await bench.gate.mark();
  const key = await bench.run((tx) => setRate(tx, 9, '1.11'));
  const until = await bench.gate.mark();
  expect((await bench.gate.changes('exchange-rates', { since, until })).keys).toEqual([key]);
  const { documents, gone } = await bench.gate.read('exchange-rates', [
    key,
    `EUR~USD~spot~${march(27)}`,
  ]);
  expect(documents.map(({ content }) => content['rate'])).toEqual(['1.11']);
  expect(gone).toEqual([`EUR~USD~spot~${march(27)}`]);
});
