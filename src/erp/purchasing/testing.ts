/** A company that buys, for the tests of this area. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations, setExchangeRates } from '#erp/company';
import { createWarehouses, inventoryMigrations } from '#erp/inventory';
import { createItems, itemsMigrations } from '#erp/items';
import { createCostCentres, ledgerMigrations } from '#erp/ledger';
import { trialBalance } from '#erp/ledger/reports';
import { context, foundCompany, march, valueOf } from '#erp/ledger/testing';
import { createSuppliers, partiesMigrations } from '#erp/parties';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { createOrders } from './create-orders.ts';
import { purchasingMigrations } from './migrations.ts';
import type { OrderDraft, OrderLineDraft, PurchaseOrder } from './purchase-order.ts';
import { findOrders } from './read-orders.ts';
import { steerOrders } from './steer-orders.ts';

export { context, march, valueOf };

/** A database with one buying company, and what there is to buy. */
export type Bench = {
  readonly database: Database;
  readonly supplier: string;
  readonly foreign: string; // Sells in dollars.
  readonly screw: string; // Counted in pieces, and in boxes of 200.
  readonly service: string;
  readonly warehouse: string;
  run<T>(work: (tx: Handle) => Promise<T>): Promise<T>;
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
    purchasingMigrations,
  ]);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(async (tx) => {
    await foundCompany(tx);
    await createCostCentres(tx, context, [
      {
        code: 'CC10',
        name: { en: 'Workshop', de: 'Werkstatt' },
        validFrom: localDate('2026-01-01'),
      },
    ]);
    const rate = { from: 'EUR', to: 'USD', type: 'spot', validOn: march(1), rate: decimal('1.25') };
    await setExchangeRates(tx, [{ ...rate, type: 'spot' }]);
    const suppliers = await createSuppliers(tx, context, [
      { name: 'Schrauben Albrecht GmbH', paymentTerms: '2-10-NET30' },
      { name: 'Bolt Works Inc.', currency: 'USD' },
      { name: 'Blocked AG', blocks: ['purchasing'], blockReason: 'quality' },
    ]);
    const items = await createItems(tx, context, [
      {
        name: 'Hexagon bolt M8',
        kind: 'raw',
        baseUnit: 'C62',
        units: [{ unit: 'BX', numerator: decimal('200'), denominator: decimal('1') }],
      },
      { name: 'Calibration', kind: 'service', baseUnit: 'HUR' },
    ]);
    const warehouses = await createWarehouses(tx, context, [
      { code: 'WH1', name: 'Main', kind: 'store' },
    ]);
    return {
      supplier: valueOf(suppliers[0]).id,
      foreign: valueOf(suppliers[1]).id,
      screw: valueOf(items[0]).id,
      service: valueOf(items[1]).id,
      warehouse: valueOf(warehouses[0]).id,
    };
  });
  return { database, run, ...made };
}

/** A line of screws. */
export const screws = (bench: Bench, quantity: string, price: string): OrderLineDraft => ({
  item: bench.screw,
  quantity: decimal(quantity),
  unitPrice: decimal(price),
  warehouse: bench.warehouse,
  promisedOn: march(10),
});

/** An issued order of these lines. */
export async function issued(
  bench: Bench,
  lines: readonly OrderLineDraft[],
  more: Partial<OrderDraft> = {},
): Promise<PurchaseOrder> {
  return await bench.run(async (tx) => {
    const [created] = await createOrders(tx, context, [
      { supplier: bench.supplier, issuedOn: march(1), lines, ...more },
    ]);
    const { id } = valueOf(created);
    valueOf((await steerOrders(tx, context, [{ id, step: 'issue' }]))[0]);
    return await orderNow(tx, id);
  });
}

/** The order as it stands. */
export async function orderNow(tx: Handle, id: string): Promise<PurchaseOrder> {
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
