/** Goods received at the dollar of one day and charged at another's: price and rate have accounts of their own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { findOrders, postReceipts, reverseReceipts } from '#erp/purchasing';
import { decimal, subtractDecimals } from '#kernel/decimal';
import { cancelInvoices, findInvoices } from './index.ts';
import type { InvoiceDraft } from './index.ts';
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

/** What accounts of interest gained, by short names; those that gained nothing are left out. */
async function gained(work: () => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  const names = {
    waiting: 'Goods received, not invoiced',
    price: 'Purchase price variance',
    gain: 'Exchange gains',
    loss: 'Exchange losses',
    owed: 'payable',
  };
  const before = await books(bench);
  await work();
  const after = await books(bench);
  const zero = decimal('0');
  const changes = Object.entries(names).map(
    ([short, name]) =>
      [short, subtractDecimals(after.get(name) ?? zero, before.get(name) ?? zero)] as const,
  );
  return Object.fromEntries(changes.filter(([, change]) => Number(change) !== 0));
}

/** An order of so many bolts in dollars, at 0.80 € each dollar. */
const inDollars = (quantity: string, price: string, received?: string) =>
  ordered(
    bench,
    { quantity, price, ...(received === undefined ? {} : { received }) },
    bench.foreign,
  );
/** Charges in dollars at 1.00, or before the 15th at 0.80. */
const charge = async (
  order: string,
  of: readonly [string, string],
  more: Partial<InvoiceDraft> = {},
) => {
  const [quantity, net] = of;
  const line = { order: { id: order, line: 10 }, quantity: decimal(quantity), net: decimal(net) };
  const on = { supplier: bench.foreign, postedOn: march(16), ...more };
  return valueOf((await chargeAt(bench, [line], on))[0]).id;
};
const lineNow = async (order: string) =>
  (await bench.run((tx) => findOrders(tx, [order]))).get(order)?.lines[0];

test('charged at its price at another rate, nothing is the price; the rate is lost', async () => {
  const order = await inDollars('100', '1.25', '100');
  expect(await lineNow(order)).toMatchObject({ receivedValue: '100.00', receivedNet: '125.00' });
  let id = '';
  const change = await gained(async () => {
    id = await charge(order, ['100', '125.00']);
  });
  expect(change).toEqual({ waiting: '100.00', loss: '25.00', owed: '-125.00' });
  const line = { taken: '100.00', variance: '0.00', exchangeDifference: '25.00' };
  const invoices = await findInvoices(bench.database.kysely, [id]);
  expect(invoices.get(id)?.lines).toMatchObject([line]);
  expect(await lineNow(order)).toMatchObject({ invoicedValue: '100.00', invoicedNet: '125.00' });
});

test('partial, dearer and cheaper invoices each tell price from rate, and leave nothing waiting', async () => {
  const order = await inDollars('10', '3.33', '10');
  const part = await gained(() => charge(order, ['3', '12.00'])); // 9.99 came, worth 7.99 €.
  expect(part).toEqual({ waiting: '7.99', loss: '2.00', price: '2.01', owed: '-12.00' });
  const early = await gained(() => charge(order, ['3', '9.00'], { postedOn: march(9) }));
  expect(early).toEqual({ waiting: '7.99', price: '-0.79', owed: '-7.20' });
  const rest = await gained(() => charge(order, ['4', '13.32']));
  expect(rest).toEqual({ waiting: '10.66', loss: '2.66', owed: '-13.32' });
  const line = await lineNow(order);
  expect([line?.invoicedValue, line?.invoicedNet]).toEqual(['26.64', '33.30']);
});

test('a credit note and a cancelled invoice put price and rate back', async () => {
  const order = await inDollars('10', '5.00', '10');
  const whole = await gained(async () => {
    const invoice = await charge(order, ['10', '60.00']);
    let note = '';
    const credit = await gained(async () => {
      note = await charge(order, ['4', '24.00'], { kind: 'credit-note' });
    });
    // 20 dollars came for 16 €: 4 € are of the rate, 4 € of the price.
    expect(credit).toEqual({ waiting: '-16.00', gain: '-4.00', price: '-4.00', owed: '24.00' });
    expect(await lineNow(order)).toMatchObject({ invoicedValue: '24.00', invoicedNet: '30.00' });
    for (const id of [note, invoice]) {
      const wish = { id, on: march(17), reason: 'wrong' };
      valueOf((await bench.run((tx) => cancelInvoices(tx, context, [wish])))[0]);
    }
  });
  expect(whole).toEqual({});
  expect(await lineNow(order)).toMatchObject({ invoicedValue: '0.00', invoicedNet: '0.00' });
  const again = await gained(() => charge(order, ['10', '50.00']));
  expect(again).toEqual({ waiting: '40.00', loss: '10.00', owed: '-50.00' });
});

test('goods that go back, or come after their invoice, go out and in at what is known in dollars', async () => {
  const order = await inDollars('10', '5.00');
  const change = await gained(async () => {
    await charge(order, ['6', '30.00']); // Before anything came.
    await bench.run((tx) => receive(tx, order, '9'));
    const lines = [{ order, line: 10, quantity: decimal('3') }];
    const days = { receivedOn: march(6), postedOn: march(6) };
    const back = { ...days, kind: 'return', lines } as const;
    const [returned] = await bench.run((tx) => postReceipts(tx, context, [back]));
    expect(await lineNow(order)).toMatchObject({ receivedNet: '30.00', invoicedNet: '30.00' });
    const reversal = { id: valueOf(returned).id, on: march(7) };
    valueOf((await bench.run((tx) => reverseReceipts(tx, context, [reversal])))[0]);
    expect(await lineNow(order)).toMatchObject({ receivedNet: '45.00', receivedValue: '36.00' });
    await charge(order, ['3', '15.00']);
  });
  expect(change).toEqual({ loss: '9.00', owed: '-45.00' });
});

test('in the company currency, and for a subsequent debit, all that differs is the price', async () => {
  const own = await ordered(bench, { quantity: '10', price: '0.333', received: '10' });
  const line = { order: { id: own, line: 10 }, quantity: decimal('10'), net: decimal('4.00') };
  const change = await gained(() => chargeAt(bench, [line], { postedOn: march(16) }));
  expect(change).toEqual({ waiting: '3.33', price: '0.67', owed: '-4.00' });
  const order = await inDollars('10', '5.00', '10');
  await charge(order, ['10', '50.00']);
  const kind = 'subsequent-debit';
  const more = await gained(() => charge(order, ['10', '7.00'], { kind }));
  expect(more).toEqual({ price: '7.00', owed: '-7.00' });
});

test('PostgreSQL refuses sums in dollars by hand, and a rate without an order', async () => {
  const order = await inDollars('1', '5.00', '1');
  const write = (statement: ReturnType<typeof sql>) => bench.run((tx) => rows(tx, statement));
  for (const column of ['received_net', 'invoiced_net']) {
    const byHand = sql`update erp_purchasing.purchase_order_line set ${sql.id(column)} = 7
      where order_id = ${order}`;
    await expect(write(byHand)).rejects.toThrow('kept by receipts and invoices alone');
  }
  const [posted] = await chargeAt(bench, [{ text: 'Paper', net: decimal('1.00') }]);
  const rated = sql`insert into erp_payables.supplier_invoice_line
      (invoice_id, number, kind, text, net, exchange_difference)
    values (${valueOf(posted).id}, 7, 'item', 'x', 1, 1)`;
  await expect(write(rated)).rejects.toThrow('ordered_at_a_rate');
});
