/** A company that charges what it sells, for the tests of this area. */
import type { Handle } from '#database';
import { setExchangeRates } from '#erp/company';
import { findOpenItems, openOf } from '#erp/open-items';
import { createCustomers } from '#erp/parties';
import { postDeliveries, statusOf } from '#erp/sales';
import {
  books,
  confirmed,
  context,
  march,
  openBench as openSalesBench,
  orderNow,
  pumps,
  stock,
  valueOf,
} from '#erp/sales/testing';
import type { Bench as SalesBench } from '#erp/sales/testing';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import { receivablesMigrations } from './migrations.ts';

export { context, march, orderNow, pumps, valueOf };

/** A company with 10,100 pumps in stock; `customer` gets 2 % within ten days, else thirty. */
export type Bench = SalesBench & {
  readonly foreign: string; // Pays dollars: 0.80 € each, from the 15th on 1.00 €.
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const bench = await openSalesBench([receivablesMigrations]);
  const foreign = await bench.run(async (tx) => {
    await setExchangeRates(tx, [
      { from: 'EUR', to: 'USD', type: 'spot', validOn: march(1), rate: decimal('1.25') },
      { from: 'EUR', to: 'USD', type: 'spot', validOn: march(15), rate: decimal('1.00') },
    ]);
    await stock(tx, bench, '10000', '7.00');
    const made = await createCustomers(tx, context, [
      { name: 'Pump House Inc.', currency: 'USD', paymentTerms: '2-10-NET30' },
    ]);
    return valueOf(made[0]).id;
  });
  return { ...bench, foreign };
}

/** An order of so many pumps with tax, of which so many have left. */
export async function delivered(
  bench: Bench,
  quantity: string,
  of: { readonly price?: string; readonly ordered?: string; readonly customer?: string } = {},
): Promise<{ readonly order: string; readonly delivery: string }> {
  const { price = '12.00', ordered = quantity, customer = bench.customer } = of;
  const taxCode = customer === bench.foreign ? 'OUT-ZERO' : 'OUT-STD';
  const lines = [{ ...pumps(bench, ordered, price), taxCode }];
  const { id } = await confirmed(bench, lines, { customer });
  return { order: id, delivery: await bench.run((tx) => deliver(tx, id, quantity)) };
}

/** So many more pumps of an order leave, or come back. */
export async function deliver(
  tx: Handle,
  order: string,
  quantity: string,
  kind: 'delivery' | 'return' = 'delivery',
): Promise<string> {
  const lines = [{ order, line: 10, quantity: decimal(quantity) }];
  const draft = { kind, shippedOn: march(9), postedOn: march(9), lines };
  return valueOf((await postDeliveries(tx, context, [draft]))[0]).id;
}

/** What accounts gained by some work; those that are as they were are left out. */
export async function gained(bench: Bench, work: () => Promise<unknown>): Promise<object> {
  const zero = decimal('0');
  const before = await books(bench);
  await work();
  const changes = Object.entries(await books(bench)).map(
    ([name, value]) => [name, subtractDecimals(value, before[name] ?? zero)] as const,
  );
  return Object.fromEntries(changes.filter(([, change]) => compareDecimals(change, zero) !== 0));
}

/** Where an order stands. */
export const statusNow = async (bench: Bench, order: string): Promise<string> =>
  statusOf(await bench.run((tx) => orderNow(tx, order)));

/** What is open of an item. */
export async function openNow(bench: Bench, item: string): Promise<string | undefined> {
  const found = (await findOpenItems(bench.database.kysely, [item])).get(item);
  return found === undefined ? undefined : openOf(found);
}
