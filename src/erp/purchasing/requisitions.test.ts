import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { addSupplierItems } from '#erp/items';
import { decimal } from '#kernel/decimal';
import { describeError } from '#kernel';
import { createOrders, listOrders, steerOrders } from './index.ts';
import {
  createRequisitions,
  findRequisitions,
  listRequisitions,
  orderRequisitions,
  requisitionStatusOf,
  steerRequisitions,
} from './requisitions.ts';
import type { OrderingWish, RequisitionLineDraft, RequisitionStep } from './requisitions.ts';
import { context, march, openBench, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_PURCHASING_RUNS'] ?? 12);
const TIMEOUT_MS = 240_000; // On a machine that has much else to do.

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const bolts = (quantity: string, more: Partial<RequisitionLineDraft> = {}) => ({
  item: bench.screw,
  quantity: decimal(quantity),
  neededOn: march(20),
  estimatedPrice: decimal('0.40'),
  supplier: bench.supplier,
  warehouse: bench.warehouse,
  ...more,
});
const paper = (quantity: string): RequisitionLineDraft => ({
  text: 'paper',
  quantity: decimal(quantity),
  neededOn: march(20),
  costCentre: 'CC10',
});
const step = (id: string, name: RequisitionStep, by = 'ada') =>
  bench.run((tx) => steerRequisitions(tx, { ...context, by }, [{ id, step: name }]));
const statusNow = async (id: string) => {
  const found = (await findRequisitions(bench.database.kysely, [id])).get(id);
  return found === undefined ? undefined : requisitionStatusOf(found);
};

/** A requisition of these lines that another has approved. */
async function approved(lines: readonly RequisitionLineDraft[]): Promise<string> {
  const [created] = await bench.run((tx) =>
    createRequisitions(tx, context, [{ issuedOn: march(1), lines }]),
  );
  const { id } = valueOf(created);
  valueOf((await step(id, 'submit'))[0]);
  valueOf((await step(id, 'approve', 'bob'))[0]);
  return id;
}

const order = (...wishes: readonly Omit<OrderingWish, 'issuedOn'>[]) =>
  bench.run((tx) =>
    orderRequisitions(
      tx,
      context,
      wishes.map((wish) => ({ ...wish, issuedOn: march(2) })),
    ),
  );

test('what was approved by another is ordered in parts, one order for each supplier', async () => {
  const id = await approved([bolts('100'), paper('5'), bolts('10', { unit: 'BX' })]);
  const other = await approved([bolts('7')]);
  expect(await statusNow(id)).toBe('approved');
  const ordered = await order(
    { requisition: id, line: 10, quantity: decimal('60') },
    { requisition: id, line: 20, supplier: bench.foreign, unitPrice: decimal('4.00') },
    { requisition: other, line: 10 },
  );
  const [first, second, third] = ordered.map((each) => valueOf(each));
  expect(first?.order).toBe(third?.order);
  expect(second?.order).not.toBe(first?.order);
  expect([await statusNow(id), await statusNow(other)]).toEqual(['partly-ordered', 'ordered']);
  const orders = await listOrders(bench.database.kysely, { limit: 9 });
  const lines = orders.find((each) => each.id === first?.order)?.lines;
  expect(lines?.map(({ ordered: quantity, unitPrice }) => [quantity, unitPrice])).toEqual([
    ['60', '0.40'],
    ['7', '0.40'],
  ]);
  const flow = await documentFlow(bench.database.kysely, 'requisition', id);
  expect(new Set(flow.map(({ from }) => from.number.slice(0, 3)))).toEqual(new Set(['RQ-']));
  expect(await order({ requisition: id, line: 10, quantity: decimal('41') })).toMatchObject([
    { problem: { code: 'purchasing.above-requisition' } },
  ]);
  await bench.run((tx) => steerOrders(tx, context, [{ id: first?.order ?? '', step: 'cancel' }]));
  expect([await statusNow(id), await statusNow(other)]).toEqual(['partly-ordered', 'approved']);
  const all = await order(
    { requisition: id, line: 10 },
    { requisition: id, line: 30, unitPrice: decimal('80.00') },
  );
  expect(all.every(({ ok }) => ok)).toBe(true);
  expect(await statusNow(id)).toBe('ordered');
});

test('the price that holds for the supplier goes before the estimate, in the unit asked for', async () => {
  valueOf(
    (
      await bench.run((tx) =>
        addSupplierItems(tx, context, [
          {
            item: bench.screw,
            supplier: bench.supplier,
            price: decimal('0.35'),
            currency: 'EUR',
            validFrom: march(1),
          },
        ]),
      )
    )[0],
  );
  const id = await approved([bolts('2', { unit: 'BX' })]);
  const [made] = await order({ requisition: id, line: 10 });
  const [line] =
    (await listOrders(bench.database.kysely, { limit: 99 })).find(
      (each) => each.id === valueOf(made).order,
    )?.lines ?? [];
  expect([line?.unitPrice, line?.net]).toEqual(['70.00', '140.00']);
});

test('a line that cannot be ordered is refused by itself, the rest of its order is written', async () => {
  const id = await approved([bolts('10'), bolts('10', { item: bench.screw }), paper('3')]);
  const results = await order(
    { requisition: id, line: 10 },
    { requisition: id, line: 20, quantity: decimal('11') },
    { requisition: id, line: 30, supplier: bench.supplier },
    { requisition: id, line: 40 },
    { requisition: 'rq_none', line: 10 },
  );
  expect(results.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'ok',
    'purchasing.above-requisition',
    'purchasing.no-price',
    'purchasing.no-such-requisition',
    'purchasing.no-such-requisition',
  ]);
});

test('a requisition goes its way and no other', async () => {
  const [created] = await bench.run((tx) =>
    createRequisitions(tx, context, [{ issuedOn: march(1), lines: [bolts('5')] }]),
  );
  const { id } = valueOf(created);
  const wish = { requisition: id, line: 10 };
  expect(await order(wish)).toMatchObject([{ problem: { code: 'purchasing.not-in-this-state' } }]);
  expect(await step(id, 'approve', 'bob')).toMatchObject([
    { problem: { code: 'purchasing.not-in-this-state' } },
  ]);
  valueOf((await step(id, 'submit'))[0]);
  expect(await step(id, 'approve')).toMatchObject([{ problem: { code: 'purchasing.four-eyes' } }]);
  valueOf((await step(id, 'approve', 'bob'))[0]);
  valueOf((await step(id, 'close'))[0]);
  expect(await order(wish)).toMatchObject([{ problem: { code: 'purchasing.not-in-this-state' } }]);
  valueOf((await step(id, 'reopen'))[0]);
  valueOf((await step(id, 'withdraw'))[0]);
  expect(await statusNow(id)).toBe('withdrawn');
  const found = await listRequisitions(bench.database.kysely, {
    statuses: ['withdrawn'],
    limit: 9,
  });
  expect(found.map((each) => each.id)).toEqual([id]);
  const [stale] = await bench.run((tx) =>
    steerRequisitions(tx, context, [{ id, version: 1, step: 'close' }]),
  );
  expect(stale).toMatchObject({ problem: { code: 'purchasing.moved-on' } });
});

test('what is wanted names an item, or says what it is and who bears it', async () => {
  const drafts = [
    [],
    [{ text: 'paper', quantity: decimal('1'), neededOn: march(9) }],
    [bolts('0')],
    [bolts('1', { unit: 'KGM' })],
    [bolts('1', { item: 'item_none' })],
    [bolts('1', { estimatedPrice: decimal('-0.01') })],
  ].map((lines) => ({ issuedOn: march(1), lines }));
  const results = await bench.run((tx) => createRequisitions(tx, context, drafts));
  expect(results.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'purchasing.empty-document',
    'purchasing.bad-line',
    'purchasing.quantity-not-positive',
    'purchasing.bad-line',
    'purchasing.no-such-item',
    'purchasing.bad-line',
  ]);
});

test('eight people order the last hundred: never more than was asked for', async () => {
  const id = await approved([bolts('100')]);
  const results = await Promise.all(
    Array.from({ length: 8 }, () => order({ requisition: id, line: 10, quantity: decimal('30') })),
  );
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(3);
  const found = (await findRequisitions(bench.database.kysely, [id])).get(id);
  expect(found?.lines[0]?.ordered).toBe('90');
});

test('PostgreSQL refuses what was not approved, sums by hand and rewriting', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(await refusal('update erp_purchasing.requisition_line set ordered = 0')).toContain(
    'alone',
  );
  expect(await refusal('update erp_purchasing.requisition_line set quantity = 1')).toContain(
    'only reversed',
  );
  expect(await refusal('delete from erp_purchasing.requisition')).toContain('only reversed');
  expect(await refusal('delete from erp_purchasing.requisition_event')).toContain('only reversed');
  const [created] = await bench.run((tx) =>
    createRequisitions(tx, context, [{ issuedOn: march(1), lines: [bolts('5')] }]),
  );
  const inserted = await refusal(
    `insert into erp_purchasing.purchase_order_line (order_id, number, text, unit, ordered,
       unit_price, net, requisition_id, requisition_line)
     select id, 990, 'x', 'C62', 1, 1, 1, '${valueOf(created).id}', 10
     from erp_purchasing.purchase_order limit 1`,
  );
  expect(inserted).toContain('only what was approved');
});

test(
  'whatever is ordered and cancelled, a requisition knows the sum of its order lines',
  async () => {
    const ids = await Promise.all([approved([bolts('50'), bolts('20')]), approved([bolts('30')])]);
    const wishes = fc.array(
      fc.record({
        requisition: fc.constantFrom(...ids),
        line: fc.constantFrom(10, 20),
        quantity: fc.integer({ min: 1, max: 25 }).map((each) => decimal(String(each))),
        cancels: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(wishes, async (asked) => {
        const results = await order(...asked.map(({ cancels: _cancels, ...wish }) => wish));
        const cancelled = new Set(
          results.flatMap((each, at) =>
            each.ok && asked[at]?.cancels === true ? [each.value.order] : [],
          ),
        );
        await bench.run((tx) =>
          steerOrders(
            tx,
            context,
            [...cancelled].map((id) => ({ id, step: 'cancel' as const })),
          ),
        );
        const wrong = await rows(
          bench.database.kysely,
          sql`select 1 from erp_purchasing.requisition_line r where r.ordered > r.quantity
          or r.ordered <> (select coalesce(sum(l.ordered), 0)
            from erp_purchasing.purchase_order_line l
            join erp_purchasing.purchase_order o on o.id = l.order_id
            where l.requisition_id = r.requisition_id and l.requisition_line = r.number
              and not l.is_cancelled and o.decision not in ('cancelled', 'rejected'))`,
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

test('an order that names a requisition by hand is held to it too', async () => {
  const id = await approved([bolts('10')]);
  const draft = (quantity: string) => ({
    supplier: bench.supplier,
    issuedOn: march(3),
    lines: [
      {
        item: bench.screw,
        warehouse: bench.warehouse,
        quantity: decimal(quantity),
        unitPrice: decimal('1.00'),
        requisition: { id, line: 10 },
      },
    ],
  });
  const results = await bench.run((tx) =>
    createOrders(tx, context, [draft('6'), draft('6'), draft('4')]),
  );
  expect(results.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'ok',
    'purchasing.above-requisition',
    'ok',
  ]);
});
