import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import { changeOrders, createOrders, findOrders, steerOrders } from './index.ts';
import {
  createQuotations,
  findQuotations,
  listQuotations,
  orderQuotations,
  quotationStatusOf,
  reviseQuotations,
  steerQuotations,
} from './quotations.ts';
import type { QuotationDraft, QuotationOrdering, QuotationStep } from './quotations.ts';
import { context, march, openBench, pumps, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_SALES_RUNS'] ?? 12);
const TIMEOUT_MS = 240_000; // On a machine that has much else to do.

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const offer = (more: Partial<QuotationDraft> = {}): QuotationDraft => ({
  customer: bench.customer,
  issuedOn: march(1),
  validUntil: march(15),
  lines: [
    { ...pumps(bench, '10', '11.50'), discountPercent: decimal('10') },
    { item: bench.service, quantity: decimal('2'), unitPrice: decimal('90.00') },
  ],
  ...more,
});
const step = async (id: string, name: QuotationStep, day = 10) => {
  const [result] = await bench.run((tx) =>
    steerQuotations(tx, context, [{ id, step: name, on: march(day) }]),
  );
  return result?.ok === true ? result.value.status : result?.problem.code;
};
const statusNow = async (id: string, day = 10) => {
  const found = (await findQuotations(bench.database.kysely, [id])).get(id);
  return found === undefined ? undefined : quotationStatusOf(found, march(day));
};

/** A quotation that the customer has accepted. */
async function accepted(more: Partial<QuotationDraft> = {}): Promise<string> {
  const [made] = await bench.run((tx) => createQuotations(tx, context, [offer(more)]));
  const { id } = valueOf(made);
  await step(id, 'send');
  expect(await step(id, 'accept')).toBe('accepted');
  return id;
}
const order = (...wishes: readonly Omit<QuotationOrdering, 'issuedOn'>[]) =>
  bench.run((tx) =>
    orderQuotations(
      tx,
      context,
      wishes.map((wish) => ({ ...wish, issuedOn: march(20) })),
    ),
  );
const part = (id: string, quantity: string, line = 10) => ({
  id,
  lines: [{ line, quantity: decimal(quantity) }],
});
const codeOf = (result: Awaited<ReturnType<typeof order>>[number] | undefined) =>
  result?.ok === false ? result.problem.code : 'ok';

test('what was accepted is ordered in parts, at the prices quoted', async () => {
  const id = await accepted();
  const first = valueOf((await order(part(id, '4')))[0]);
  expect(await statusNow(id)).toBe('partly-ordered');
  expect(codeOf((await order(part(id, '7')))[0])).toBe('sales.above-quotation');
  const rest = valueOf((await order({ id, requestedOn: march(25) }))[0]);
  expect(await statusNow(id)).toBe('ordered');
  const orders = await findOrders(bench.database.kysely, [first.id, rest.id]);
  const lines = orders.get(rest.id)?.lines ?? [];
  expect(lines.map((line) => [line.ordered, line.unitPrice, line.discountPercent])).toEqual([
    ['6', '11.50', '10'],
    ['2', '90.00', '0'],
  ]);
  const flow = await documentFlow(bench.database.kysely, 'quotation', id);
  expect(flow.map(({ to }) => to.number).toSorted()).toEqual([first.number, rest.number]);
  await bench.run((tx) => steerOrders(tx, context, [{ id: rest.id, step: 'cancel' }]));
  expect(await statusNow(id)).toBe('partly-ordered');
  const [changed] = await bench.run((tx) =>
    changeOrders(tx, context, [
      { id: first.id, version: 1, lines: [{ line: 10, quantity: decimal('10') }] },
    ]),
  );
  expect(valueOf(changed).status).toBe('draft');
  const [beyond] = await bench.run((tx) =>
    changeOrders(tx, context, [
      { id: first.id, version: 2, lines: [{ line: 10, quantity: decimal('11') }] },
    ]),
  );
  expect(beyond).toMatchObject({ problem: { code: 'sales.above-quotation' } });
});

test('an offer holds until its day, and is revised under its number', async () => {
  const [made] = await bench.run((tx) => createQuotations(tx, context, [offer()]));
  const { id, number } = valueOf(made);
  expect(await step(id, 'accept')).toBe('sales.not-in-this-state');
  expect(await step(id, 'send')).toBe('sent');
  expect(await statusNow(id, 15)).toBe('sent');
  expect(await statusNow(id, 16)).toBe('expired');
  expect(await step(id, 'accept', 16)).toBe('sales.expired');
  const [revised] = await bench.run((tx) =>
    reviseQuotations(tx, context, [
      { id, draft: offer({ issuedOn: march(16), validUntil: march(31) }) },
    ]),
  );
  const next = valueOf(revised);
  expect([next.number, next.revision]).toEqual([number, 2]);
  expect(await statusNow(id, 16)).toBe('superseded');
  expect(await step(next.id, 'send', 16)).toBe('sent');
  expect(await step(next.id, 'accept', 31)).toBe('accepted');
  const found = await listQuotations(bench.database.kysely, { number, on: march(31), limit: 9 });
  expect(found.map((each) => [each.revision, quotationStatusOf(each, march(31))])).toEqual([
    [2, 'accepted'],
    [1, 'superseded'],
  ]);
  const expired = { statuses: ['expired' as const], on: march(16), limit: 9 };
  expect(await listQuotations(bench.database.kysely, expired)).toEqual([]);
  await order({ id: next.id });
  const [late] = await bench.run((tx) =>
    reviseQuotations(tx, context, [{ id: next.id, draft: offer() }]),
  );
  expect(late).toMatchObject({ problem: { code: 'sales.not-in-this-state' } });
});

test('an order that names a quotation by hand is held to what was quoted', async () => {
  const id = await accepted();
  const line = {
    ...pumps(bench, '1', '11.50'),
    discountPercent: decimal('10'),
    quotation: { id, line: 10 },
  };
  const results = await bench.run((tx) =>
    createOrders(
      tx,
      context,
      [
        { lines: [{ ...line, unitPrice: decimal('11.49') }] },
        { lines: [line], customer: bench.limited },
        { lines: [{ ...line, quotation: { id, line: 99 } }] },
        { lines: [line] },
      ].map((draft) => ({ customer: bench.customer, issuedOn: march(20), ...draft })),
    ),
  );
  expect(results.map(codeOf)).toEqual([
    'sales.not-as-quoted',
    'sales.not-as-quoted',
    'sales.no-such-quotation',
    'ok',
  ]);
  const [made] = await bench.run((tx) => createQuotations(tx, context, [offer()]));
  expect(codeOf((await order({ id: valueOf(made).id }))[0])).toBe('sales.not-in-this-state');
  const [past] = await bench.run((tx) =>
    createQuotations(tx, context, [
      offer({ validUntil: '2026-02-28' as QuotationDraft['issuedOn'] }),
    ]),
  );
  expect(past).toMatchObject({ problem: { code: 'sales.expired' } });
});

test('eight people order the last ten: never more than was quoted', async () => {
  const id = await accepted();
  const results = await Promise.all(Array.from({ length: 8 }, () => order(part(id, '3'))));
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(3);
  const found = (await findQuotations(bench.database.kysely, [id])).get(id);
  expect(found?.lines[0]?.ordered).toBe('9');
});

test('PostgreSQL refuses to rewrite what was offered, and two revisions that stand', async () => {
  const id = await accepted();
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(await refusal('update erp_sales.quotation_line set unit_price = 1')).toContain('reversed');
  expect(await refusal('update erp_sales.quotation_line set ordered = 1')).toContain('alone');
  expect(await refusal("update erp_sales.quotation set valid_until = '2030-01-01'")).toContain(
    'reversed',
  );
  expect(await refusal('delete from erp_sales.quotation')).toContain('reversed');
  expect(
    await refusal(`insert into erp_sales.quotation select (jsonb_populate_record(q, jsonb_build_object(
      'id', 'sq_two', 'revision', 2, 'revises', q.id))).* from erp_sales.quotation q
      where id = '${id}'`),
  ).toContain('quotation_stands_once');
});

test(
  'whatever is ordered and cancelled, a quotation knows the sum of its order lines',
  async () => {
    const ids = await Promise.all([accepted(), accepted()]);
    const wishes = fc.array(
      fc.record({
        id: fc.constantFrom(...ids),
        line: fc.constantFrom(10, 20),
        quantity: fc.integer({ min: 1, max: 6 }).map(String),
        cancels: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(wishes, async (asked) => {
        const results = await order(
          ...asked.map((each) => part(each.id, each.quantity, each.line)),
        );
        const cancelled = results.flatMap((each, at) =>
          each.ok && asked[at]?.cancels === true
            ? [{ id: each.value.id, step: 'cancel' as const }]
            : [],
        );
        await bench.run((tx) => steerOrders(tx, context, cancelled));
        const wrong = await rows(
          bench.database.kysely,
          sql`select 1 from erp_sales.quotation_line q where q.ordered > q.quantity
          or q.ordered <> (select coalesce(sum(l.ordered), 0) from erp_sales.sales_order_line l
            join erp_sales.sales_order o on o.id = l.order_id
            where l.quotation_id = q.quotation_id and l.quotation_line = q.number
              and not l.is_cancelled and o.decision <> 'cancelled')`,
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
