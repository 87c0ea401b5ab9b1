import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { itemsOfDocuments } from '#erp/open-items';
import { findOrders, statusOf } from '#erp/purchasing';
import { describeError } from '#kernel';
import {
  compareDecimals,
  decimal,
  decimalOf,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import {
  cancelInvoices,
  findInvoices,
  listInvoices,
  listPayments,
  postPayments,
  reversePayments,
} from './index.ts';
import type { InvoiceDraft, InvoiceLineDraft } from './index.ts';
import {
  books,
  chargeAt,
  context,
  march,
  openBench,
  ordered,
  receive,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const charge = (lines: readonly InvoiceLineDraft[], more: Partial<InvoiceDraft> = {}) =>
  chargeAt(bench, lines, more);
const ofOrder = (id: string, quantity: string, net: string, taxCode = 'IN-STD') => ({
  order: { id, line: 10 },
  quantity: decimal(quantity),
  net: decimal(net),
  taxCode,
});
/** What accounts gained between two looks. */
async function gained(work: () => Promise<unknown>): Promise<ReadonlyMap<string, string>> {
  const before = await books(bench);
  await work();
  const after = await books(bench);
  const changes = [...after].map(
    ([name, value]) => [name, subtractDecimals(value, before.get(name) ?? decimal('0'))] as const,
  );
  return new Map(changes.filter(([, change]) => compareDecimals(change, decimal('0')) !== 0));
}
const statusNow = async (id: string) => {
  const order = (await bench.run((tx) => findOrders(tx, [id]))).get(id);
  return order === undefined ? undefined : statusOf(order);
};

test('an invoice that matches clears goods received, and closes its order', async () => {
  const order = await ordered(bench, { quantity: '100', price: '1.50', received: '100' });
  const change = await gained(async () => {
    const [posted] = await charge([ofOrder(order, '100', '150.00')], { gross: decimal('178.50') });
    expect(valueOf(posted)).toMatchObject({ number: 'SI-2026-000001', blocks: [] });
  });
  expect(new Set(change.values())).toEqual(new Set(['150.00', '28.50', '-178.50']));
  expect(change.get('payable')).toBe('-178.50');
  expect(await statusNow(order)).toBe('closed');
});

test('what is charged above the price is a variance and blocks the payment', async () => {
  const order = await ordered(bench, { quantity: '100', price: '1.50', received: '60' });
  const change = await gained(async () => {
    const [posted] = await charge([ofOrder(order, '80', '136.00')]);
    expect(valueOf(posted).blocks).toEqual(['price', 'quantity']);
    const invoice = (await findInvoices(bench.database.kysely, [valueOf(posted).id])).values();
    expect(invoice.next().value).toMatchObject({
      matchStatus: 'deviating',
      deviations: [
        { line: 1, kind: 'price-above', by: '16.00' },
        { line: 1, kind: 'quantity-above-received', by: '20' },
      ],
      lines: [{ taken: '120.00', variance: '16.00' }],
    });
  });
  expect([...change.values()].toSorted()).toEqual(['-161.84', '120.00', '16.00', '25.84']);
  await bench.run((tx) => receive(tx, order, '40'));
  const [rest] = await charge([ofOrder(order, '20', '30.00')]);
  expect(valueOf(rest).blocks).toEqual([]);
  expect(await statusNow(order)).toBe('closed');
});

test('a cancelled invoice leaves books, order and open items as they were', async () => {
  const order = await ordered(bench, { quantity: '10', price: '3.00', received: '10' });
  let id = '';
  const change = await gained(async () => {
    const [posted] = await charge([ofOrder(order, '10', '33.33')], { supplierNumber: 'X-1' });
    id = valueOf(posted).id;
    const cancel = () =>
      bench.run((tx) => cancelInvoices(tx, context, [{ id, on: march(9), reason: 'wrong' }]));
    expect((await cancel())[0]?.ok).toBe(true);
    expect((await cancel())[0]).toMatchObject({ problem: { code: 'payables.already-cancelled' } });
  });
  expect(change).toEqual(new Map());
  expect(await statusNow(order)).toBe('received');
  const items = (await itemsOfDocuments(bench.database.kysely, [id])).get(id) ?? [];
  expect(items.every(({ amount, cleared }) => amount === cleared)).toBe(true);
  const [again] = await charge([ofOrder(order, '10', '30.00')], { supplierNumber: 'x 1' });
  expect(again?.ok).toBe(true); // The number is free again.
});

test('a credit note gives back what was charged', async () => {
  const order = await ordered(bench, { quantity: '10', price: '3.00', received: '10' });
  await charge([ofOrder(order, '10', '30.00')]);
  const change = await gained(async () => {
    const [posted] = await charge([ofOrder(order, '4', '12.00')], { kind: 'credit-note' });
    expect(posted?.ok).toBe(true);
  });
  expect([...change.values()].toSorted()).toEqual(['-12.00', '-2.28', '14.28']);
  expect(await statusNow(order)).toBe('received');
});

test('paid early in dollars: discount, rate and order end even', async () => {
  const order = await ordered(
    bench,
    { quantity: '100', price: '1.25', received: '100' },
    bench.foreign,
  );
  const change = await gained(async () => {
    const [posted] = await charge([ofOrder(order, '100', '125.00', 'IN-ZERO')], {
      supplier: bench.foreign,
      paymentTerms: '2-10-NET30',
    });
    const { item } = valueOf(posted);
    const part = { item, amount: decimal('122.50'), discount: decimal('2.50') };
    const [paid] = await bench.run((tx) =>
      postPayments(tx, context, [
        {
          supplier: bench.foreign,
          paidOn: march(16),
          bankAccount: 'MAIN',
          currency: 'USD',
          amount: decimal('122.50'),
          parts: [part],
        },
      ]),
    );
    expect(valueOf(paid).number).toBe('SP-2026-000001');
  });
  // Received at 0.80: 100 €. Paid 122.50 € at 1.00; the discount is worth 2.00 €, the rate cost 24.50 €.
  expect([...change.values()].toSorted()).toEqual(['-122.50', '-2.00', '100.00', '24.50']);
  expect(change.has('payable')).toBe(false);
});

test('a payment that is taken back opens what it settled, and goes back once', async () => {
  const change = await gained(async () => {
    const [posted] = await charge([{ text: 'Paper', net: decimal('100.00'), taxCode: 'IN-STD' }], {
      paymentTerms: '2-10-NET30',
    });
    const { item } = valueOf(posted);
    const part = { item, amount: decimal('116.62'), discount: decimal('2.38') };
    const draft = {
      supplier: bench.supplier,
      paidOn: march(10),
      bankAccount: 'MAIN',
      currency: 'EUR',
      amount: decimal('120.00'), // A part of it is an advance.
      parts: [part],
    };
    const [paid] = await bench.run((tx) => postPayments(tx, context, [draft]));
    const { id, number } = valueOf(paid);
    const wish = { id, on: march(12), reason: 'returned by the bank' };
    const back = (more: object = {}) =>
      bench.run((tx) => reversePayments(tx, context, [{ ...wish, ...more }]));
    const atOnce = await Promise.all([back(), back()]);
    expect(atOnce.flat().filter(({ ok }) => ok)).toHaveLength(1);
    expect(await back()).toMatchObject([{ problem: { code: 'payables.already-taken-back' } }]);
    expect(await back({ id: 'sp_none' })).toMatchObject([
      { problem: { code: 'payables.no-such-payment' } },
    ]);
    const listed = await listPayments(bench.database.kysely, { number, limit: 9 });
    expect(listed).toMatchObject([{ id, takenBackOn: march(12) }]);
    const left = await itemsOfDocuments(bench.database.kysely, [id]);
    for (const own of left.get(id) ?? []) expect(own.cleared).toBe(own.amount);
    const again = await bench.run((tx) => postPayments(tx, context, [draft]));
    expect(valueOf(again[0]).id).not.toBe(id);
    await bench.run((tx) => reversePayments(tx, context, [{ ...wish, id: valueOf(again[0]).id }]));
  });
  // The invoice alone is left.
  expect([...change.values()].toSorted()).toEqual(['-119.00', '100.00', '19.00']);
});

test.each([
  ['a number that was sent before', { supplierNumber: 're 1' }, 'payables.duplicate'],
  ['a gross that does not add up', { gross: decimal('1.00') }, 'payables.totals-differ'],
  [
    'an unknown tax code',
    { lines: [{ text: 'x', net: decimal('1'), taxCode: 'NO' }] },
    'payables.no-such-tax-code',
  ],
  [
    'a tax that is off',
    { taxes: [{ code: 'IN-STD', base: decimal('10'), amount: decimal('2.50') }] },
    'payables.bad-tax',
  ],
  ['a tax left out', { taxes: [] }, 'payables.bad-tax'],
  ['nothing charged', { lines: [] }, 'payables.empty-document'],
  ['a negative line', { lines: [{ text: 'x', net: decimal('-1') }] }, 'payables.bad-line'],
  ['an unknown supplier', { supplier: 'sup_x' }, 'payables.no-such-supplier'],
  ['a year without books', { postedOn: '2031-01-01' }, 'payables.journal-refused'],
])('%s is refused', async (_what, more, code) => {
  const line = { text: 'Paper', net: decimal('10.00'), taxCode: 'IN-STD' };
  const [result] = await charge([line], more as Partial<InvoiceDraft>);
  expect(result).toMatchObject({ ok: false, problem: { code } });
});

test('the same invoice sent twice at once is posted once', async () => {
  const line = { text: 'Paper', net: decimal('10.00'), taxCode: 'IN-STD' };
  const results = await Promise.all(
    Array.from({ length: 6 }, () => charge([line], { supplierNumber: 'TWICE-7' })),
  );
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(1);
});

test('PostgreSQL refuses to change what is posted', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(await refusal('update erp_payables.supplier_invoice set net = 1')).toContain(
    'only cancelled',
  );
  expect(await refusal('delete from erp_payables.supplier_payment')).toContain('only cancelled');
});

/** What an invoice charges is what it takes, another price and another rate; at one rate no exchange. */
async function isSplit(id: string): Promise<void> {
  const invoice = (await findInvoices(bench.database.kysely, [id])).get(id);
  const [line] = invoice?.lines ?? [];
  if (invoice === undefined || line === undefined) throw new Error(`${id} has no line`);
  const { taken, variance, exchangeDifference } = line;
  const charged = roundDecimal(multiplyDecimals(line.net, invoice.rate), 2);
  const told = sumDecimals([taken, variance, exchangeDifference]);
  expect(compareDecimals(told, charged)).toBe(0);
  const isAtItsRate = invoice.postedOn < march(15);
  expect(Number(exchangeDifference) === 0 || !isAtItsRate).toBe(true);
}

test('however goods and invoices come, all received and charged leaves nothing between them', async () => {
  const cents = (amount: number) => decimalOf(BigInt(amount), 2);
  const step = fc.record({
    isInvoice: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 40 }),
    perMille: fc.integer({ min: 900, max: 1100 }),
    cancels: fc.boolean(),
    isLater: fc.boolean(), // At another rate.
  });
  const story = fc.record({
    price: fc.integer({ min: 1, max: 100_000 }),
    isForeign: fc.boolean(),
    steps: fc.array(step, { maxLength: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ price, isForeign, steps }) => {
      const before = (await books(bench)).get('Goods received, not invoiced') ?? decimal('0');
      const supplier = isForeign ? bench.foreign : bench.supplier;
      const order = await ordered(bench, { quantity: '50', price: cents(price) }, supplier);
      type Charge = Omit<(typeof steps)[number], 'isInvoice'>;
      const invoice = async ({ quantity, perMille, cancels, isLater }: Charge) => {
        const net = cents(Math.round((quantity * price * perMille) / 1000));
        const postedOn = march(isLater ? 16 : 8);
        const line = { order: { id: order, line: 10 }, quantity: decimal(String(quantity)), net };
        const [posted] = await charge([line], { supplier, postedOn });
        if (posted?.ok !== true) return false;
        await isSplit(posted.value.id);
        if (!cancels) return true;
        const cancelled = await bench.run((tx) =>
          cancelInvoices(tx, context, [{ id: posted.value.id, on: march(17), reason: 'x' }]),
        );
        expect(cancelled[0]?.ok).toBe(true);
        return false;
      };
      let [received, invoiced] = [0, 0];
      for (const { isInvoice, ...own } of steps) {
        const taken = Math.min(own.quantity, 50 - (isInvoice ? invoiced : received));
        if (taken === 0) continue;
        if (isInvoice) invoiced += (await invoice({ ...own, quantity: taken })) ? taken : 0;
        else {
          await bench.run((tx) => receive(tx, order, String(taken)));
          received += taken;
        }
      }
      if (received < 50) await bench.run((tx) => receive(tx, order, String(50 - received)));
      const rest = { quantity: 50 - invoiced, perMille: 1000, cancels: false, isLater: false };
      if (invoiced < 50) await invoice(rest);
      expect(await statusNow(order)).toBe('closed');
      const [line] = (await bench.run((tx) => findOrders(tx, [order]))).get(order)?.lines ?? [];
      const left = Number(line?.receivedNet) - Number(line?.invoicedNet);
      expect(Math.abs(left)).toBeLessThanOrEqual(0.08);
      const after = (await books(bench)).get('Goods received, not invoiced') ?? decimal('0');
      expect(Math.abs(Number(subtractDecimals(after, before)))).toBeLessThanOrEqual(0.08);
    }),
    { numRuns: 15 },
  );
  const all = await listInvoices(bench.database.kysely, { limit: 1000 });
  const open = await itemsOfDocuments(
    bench.database.kysely,
    all.map(({ id }) => id),
  );
  const owed: Decimal[] = [...open.values()]
    .flat()
    .map(({ effect, companyAmount, companyCleared }) => {
      const left = subtractDecimals(companyAmount, companyCleared);
      return effect === 'raises' ? left : subtractDecimals(decimal('0'), left);
    });
  const payable = (await books(bench)).get('payable') ?? decimal('0');
  expect(compareDecimals(sumDecimals([...owed, payable]), decimal('0'))).toBe(0);
}, 180_000);
