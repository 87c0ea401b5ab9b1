/** A company that sells, for the tests of this area. */
import { transact } from '#database';
import type { Database, Handle, Migrations } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import { createWarehouses, inventoryMigrations, moveStock } from '#erp/inventory';
import { createItems, itemsMigrations } from '#erp/items';
import { ledgerMigrations, postEntries } from '#erp/ledger';
import { trialBalance } from '#erp/ledger/reports';
import { context, foundCompany, march, valueOf } from '#erp/ledger/testing';
import { openItemsMigrations } from '#erp/open-items';
import { createCustomers, partiesMigrations } from '#erp/parties';
import { assert } from '#kernel';
import { decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { createOrders } from './create-orders.ts';
import { salesMigrations } from './migrations.ts';
import { findOrders } from './read-orders.ts';
import type { SalesLineDraft, SalesOrder, SalesOrderDraft } from './sales-order.ts';
import { steerOrders } from './steer-orders.ts';

export { context, march, valueOf };

/** A database with one company and what it sells: a hundred pumps at 7.00 in stock. */
export type Bench = {
  readonly database: Database;
  readonly customer: string;
  readonly limited: string; // May owe 1,000.
  readonly pump: string;
  readonly service: string;
  readonly warehouse: string;
  run<T>(work: (tx: Handle) => Promise<T>): Promise<T>;
};

/** Opens it, with the tables of `more` areas. */
export async function openBench(more: readonly Migrations[] = []): Promise<Bench> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
    openItemsMigrations,
    salesMigrations,
    ...more,
  ]);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(found);
  return { database, run, ...made };
}

async function found(tx: Handle) {
  await foundCompany(tx);
  const customers = await createCustomers(tx, context, [
    { name: 'Stadtwerke Linz', paymentTerms: '2-10-NET30' },
    { name: 'Neukunde GmbH', creditLimit: decimal('1000.00') },
  ]);
  const items = await createItems(tx, context, [
    { name: 'Pump P1', kind: 'finished', baseUnit: 'C62' },
    { name: 'Commissioning', kind: 'service', baseUnit: 'HUR' },
  ]);
  const warehouses = await createWarehouses(tx, context, [
    { code: 'WH1', name: 'Main', kind: 'store' },
  ]);
  const pump = valueOf(items[0]).id;
  const warehouse = valueOf(warehouses[0]).id;
  await stock(tx, { pump, warehouse }, '100', '7.00');
  return {
    customer: valueOf(customers[0]).id,
    limited: valueOf(customers[1]).id,
    pump,
    service: valueOf(items[1]).id,
    warehouse,
  };
}

/** So many more pumps in stock, at so much each. */
export async function stock(
  tx: Handle,
  bench: Pick<Bench, 'pump' | 'warehouse'>,
  quantity: string,
  unitCost: string,
): Promise<void> {
  const [moved] = await moveStock(tx, context, [
    {
      kind: 'receipt',
      item: bench.pump,
      warehouse: bench.warehouse,
      quantity: decimal(quantity),
      unitCost: decimal(unitCost),
      postedOn: march(1),
      source: { area: 'tests', kind: 'opening', id: 'opening' },
    },
  ]);
  const { value } = valueOf(moved);
  const [posted] = await postEntries(tx, context, [
    {
      legalEntity: 'DE01',
      kind: 'opening',
      postedOn: march(1),
      documentOn: march(1),
      currency: 'EUR',
      text: 'opening stock',
      lines: [
        { posting: { key: 'stock' }, amount: value },
        { posting: { key: 'opening-balance' }, amount: negateDecimal(value) },
      ],
    },
  ]);
  valueOf(posted);
}

/** A line of pumps. */
export const pumps = (bench: Bench, quantity: string, price = '12.00'): SalesLineDraft => ({
  item: bench.pump,
  quantity: decimal(quantity),
  unitPrice: decimal(price),
  warehouse: bench.warehouse,
});

/** A confirmed order of these lines. */
export async function confirmed(
  bench: Bench,
  lines: readonly SalesLineDraft[],
  more: Partial<SalesOrderDraft> = {},
): Promise<SalesOrder> {
  return await bench.run(async (tx) => {
    const [created] = await createOrders(tx, context, [
      { customer: bench.customer, issuedOn: march(2), lines, ...more },
    ]);
    const { id } = valueOf(created);
    valueOf((await steerOrders(tx, context, [{ id, step: 'confirm' }]))[0]);
    return await orderNow(tx, id);
  });
}

/** The order as it stands. */
export async function orderNow(tx: Handle, id: string): Promise<SalesOrder> {
  const order = (await findOrders(tx, [id])).get(id);
  assert(order !== undefined, `there is no order ${id}`);
  return order;
}

/** The balance of each account that has one, by its name. */
export async function books(bench: Bench): Promise<Readonly<Record<string, Decimal>>> {
  const { rows } = await bench.run((tx) =>
    trialBalance(tx, { legalEntity: 'DE01', to: localDate('2026-12-31') }),
  );
  return Object.fromEntries(rows.map(({ name, closing }) => [name.en, closing]));
}
