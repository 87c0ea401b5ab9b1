import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentFlow } from '#erp/company';
import { listPositions } from '#erp/inventory';
import { findOrders, setApprovalLimit, statusOf as purchaseStatusOf } from '#erp/purchasing';
import { decimal } from '#kernel/decimal';
import {
  closeWorkOrders,
  findPostings,
  postConfirmations,
  reversePostings,
  statusOf,
} from './index.ts';
import { orderOutside, receiveOutside, shipOutside } from './outside.ts';
import type { OutsideOrderDraft, OutsideReceiptDraft, ShipmentDraft } from './outside.ts';
import {
  books,
  codeOf,
  context,
  done,
  eight,
  keepLaws,
  march,
  openBench,
  orderNow,
  released,
  stockUp,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await stockUp(
    bench,
    { item: bench.steel, quantity: '100000', unitCost: '2' },
    { item: bench.nickel, quantity: '1000', unitCost: '30' },
  );
});
afterAll(() => bench.database.close());

/** An order for gears, sawn. */
async function sawn(quantity: string): Promise<string> {
  const { id } = await released(bench, { item: bench.gear, quantity: decimal(quantity) });
  await confirm(id, 10, quantity);
  return id;
}
const confirm = (id: string, operation: number, good: string) =>
  bench.run((tx) =>
    postConfirmations(tx, context, [
      done(id, operation, good, {
        runSeconds: 3600,
        ...(operation === 30 ? { receive: {} } : {}),
      }),
    ]),
  );
const order = (id: string, quantity: string, more: Partial<OutsideOrderDraft> = {}) =>
  bench.run((tx) =>
    orderOutside(tx, context, [
      { order: id, operation: 20, quantity: decimal(quantity), issuedOn: march(2), ...more },
    ]),
  );
const ship = (id: string, quantity: string, more: Partial<ShipmentDraft> = {}) =>
  bench.run((tx) =>
    shipOutside(tx, context, [
      { order: id, operation: 20, quantity: decimal(quantity), postedOn: march(3), ...more },
    ]),
  );
const receive = (id: string, good: string, more: Partial<OutsideReceiptDraft> = {}) =>
  bench.run((tx) =>
    receiveOutside(tx, context, [
      {
        order: id,
        operation: 20,
        good: decimal(good),
        startedAt: eight(0),
        endedAt: eight(4000),
        receivedOn: march(5),
        postedOn: march(5),
        ...more,
      },
    ]),
  );
const now = (id: string) => bench.run((tx) => orderNow(tx, id));
const atSupplier = async () => {
  const filter = { legalEntity: 'DE01', warehouse: bench.atSupplier, inStock: true, limit: 9 };
  const found = await bench.run((tx) => listPositions(tx, filter));
  return found.map(({ owned, value }) => [Number(owned), Number(value)]);
};

test('gears are hardened outside: ordered, shipped, back with yield and cost, then ground', async () => {
  const id = await sawn('100');
  const before = await books(bench);
  const [ordered] = await order(id, '100', { unitPrice: decimal('1.80') });
  expect(valueOf(ordered).status).toBe('issued');
  expect((await ship(id, '101')).map(codeOf)).toEqual(['production.more-than-passed-on']);
  const [shipped] = await ship(id, '100');
  expect(codeOf(shipped)).toBe('ok');
  expect(await atSupplier()).toEqual([[10, 300]]); // Nickel, still ours.
  expect((await receive(id, '101')).map(codeOf)).toEqual(['production.more-than-passed-on']);
  const [back] = await receive(id, '96', { scrap: decimal('4'), scrapReason: 'brittle' });
  expect(codeOf(back)).toBe('ok');
  expect(await atSupplier()).toEqual([]);
  const after = await books(bench);
  const change = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(change('Work in progress')).toBeCloseTo(300 + 96 * 1.8, 2);
  expect(change('Outside processing')).toBeCloseTo(0, 2); // Debited by the receipt, taken over here.
  const purchase = (await bench.run((tx) => findOrders(tx, [valueOf(ordered).id]))).get(
    valueOf(ordered).id,
  );
  expect(purchase?.lines[0]).toMatchObject({ received: '96', workOrder: id });
  const flow = await bench.run((tx) => documentFlow(tx, 'work-order', id));
  expect(flow.map(({ to }) => to.kind)).toContain('goods-receipt');
  await confirm(id, 30, '96');
  expect(statusOf(await now(id))).toBe('completed');
  const [closed] = await bench.run((tx) => closeWorkOrders(tx, context, [{ id, on: march(9) }]));
  const found = await bench.run((tx) => findPostings(tx, [valueOf(closed).id]));
  const lines = found.get(valueOf(closed).id)?.lines ?? [];
  const price = lines.find(({ kind }) => kind === 'price-variance');
  expect(Number(price?.amount)).toBeCloseTo(-96 * 0.3, 2);
  await keepLaws(bench);
});

test('what came back, and what was shipped, is taken back in that order', async () => {
  const id = await sawn('10');
  const [ordered] = await order(id, '10');
  const before = await books(bench);
  const [shipped] = await ship(id, '10');
  const [back] = await receive(id, '10', { isFinal: true });
  const reverse = (posting: string) =>
    bench.run((tx) => reversePostings(tx, context, [{ id: posting, on: march(6) }]));
  expect((await reverse(valueOf(shipped).id)).map(codeOf)).toEqual([
    'production.later-steps-exist',
  ]);
  expect((await reverse(valueOf(back).id)).map(codeOf)).toEqual(['ok']);
  expect((await reverse(valueOf(shipped).id)).map(codeOf)).toEqual(['ok']);
  expect(await atSupplier()).toEqual([]);
  const after = await books(bench);
  for (const [name, balance] of after) expect(balance).toBeCloseTo(before.get(name) ?? 0, 2);
  const purchase = (await bench.run((tx) => findOrders(tx, [valueOf(ordered).id]))).get(
    valueOf(ordered).id,
  );
  expect(purchase?.lines[0]?.received).toBe('0');
  await keepLaws(bench);
});

test.each([
  ['pieces that were not shipped', '5', {}, 'production.more-than-shipped'],
  ['more pieces charged than ordered', '2', { charged: '9' }, 'production.purchase-refused'],
  [
    'a purchase order of another',
    '2',
    { purchaseOrder: 'po_x' },
    'production.no-such-purchase-order',
  ],
  ['an inside operation', '2', { operation: 10 }, 'production.no-such-operation'],
] as const)('%s come not back, and leave nothing', async (_what, good, more, code) => {
  const id = await sawn('8');
  await order(id, '8');
  await ship(id, '4');
  const before = await books(bench);
  const { charged, ...rest } = { charged: undefined, ...more };
  const asked = { ...rest, ...(charged === undefined ? {} : { charged: decimal(charged) }) };
  expect((await receive(id, good, asked)).map(codeOf)).toEqual([code]);
  expect(await books(bench)).toEqual(before);
});

test('a service that costs nothing more needs no purchase order, a dear one an approval', async () => {
  const id = await sawn('8');
  await ship(id, '8');
  expect((await receive(id, '3', { charged: decimal('0') })).map(codeOf)).toEqual(['ok']);
  expect((await receive(id, '3')).map(codeOf)).toEqual(['production.no-such-purchase-order']);
  expect((await order(id, '9')).map(codeOf)).toEqual(['production.more-than-passed-on']);
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', decimal('10')));
  const [ordered] = await order(id, '8', { unitPrice: decimal('100') });
  expect(valueOf(ordered).status).toBe('awaiting-approval');
  expect((await receive(id, '3')).map(codeOf)).toEqual(['production.purchase-refused']);
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', undefined));
  const purchase = (await bench.run((tx) => findOrders(tx, [valueOf(ordered).id]))).get(
    valueOf(ordered).id,
  );
  expect(purchase === undefined ? '' : purchaseStatusOf(purchase)).toBe('awaiting-approval');
});
