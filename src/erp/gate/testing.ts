/** A company that has traded a little, for tests of those who come through the gate. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import {
  companyMigrations,
  createLegalEntity,
  setExchangeRates,
  setPaymentTerms,
  STANDARD_TERMS,
} from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import {
  adjustStock,
  createWarehouses,
  inventoryMigrations,
  listCounts,
  openCount,
  recordCount,
  updateWarehouse,
} from '#erp/inventory';
import { addSupplierItems, createItems, itemsMigrations, updateItems } from '#erp/items';
import { installLedger, ledgerMigrations } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { openItemsMigrations } from '#erp/open-items';
import { createSuppliers, partiesMigrations, updateSuppliers } from '#erp/parties';
import { payablesMigrations, postInvoices } from '#erp/payables';
import {
  createOrders,
  findReceipts,
  postReceipts,
  purchasingMigrations,
  steerOrders,
} from '#erp/purchasing';
import { createWorkOrders, productionMigrations } from '#erp/production';
import { receivablesMigrations } from '#erp/receivables';
import { salesMigrations } from '#erp/sales';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { openGate } from './open-gate.ts';
import { sell, touchSales } from './testing/selling.ts';
import type { Sold } from './testing/selling.ts';
import type { Gate } from './open-gate.ts';

/** The tables of the whole ERP that the gate opens to. */
const ERP_MIGRATIONS = [
  companyMigrations,
  ledgerMigrations,
  partiesMigrations,
  itemsMigrations,
  inventoryMigrations,
  openItemsMigrations,
  purchasingMigrations,
  payablesMigrations,
  productionMigrations,
  salesMigrations,
  receivablesMigrations,
];

export const context: ErpContext = {
  clock: () => instantOf(1_773_000_000_000), // In March 2026.
  by: 'ada',
  legalEntity: 'DE01',
};

/** A day of March 2026. */
export const march = (day: number): LocalDate =>
  localDate(`2026-03-${String(day).padStart(2, '0')}`);

/** A company behind its gate, and hands to change it with beside the gate. */
export type GateBench = Sold & {
  readonly database: Database;
  readonly gate: Gate;
  readonly supplier: string;
  readonly item: string;
  readonly warehouse: string;
  readonly order: string; // Issued: ten bolts, four of which have come.
  readonly run: <T>(work: (tx: Handle) => Promise<T>) => Promise<T>;
};

/** Opens it. */
export async function openGateBench(): Promise<GateBench> {
  const database = await testDatabase(ERP_MIGRATIONS);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(async (tx) => await trade(tx, await found(tx)));
  const { clock, legalEntity } = context;
  const gate = openGate({ database, clock, legalEntity, by: 'connection erp' });
  return { database, gate, run, ...made };
}

type Founded = Pick<GateBench, 'supplier' | 'item' | 'warehouse'>;

/** Founds the company, with one of everything that it trades with. */
async function found(tx: Handle): Promise<Founded> {
  const place = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' };
  await createLegalEntity(tx, context, { code: 'DE01', name: 'Muster GmbH', ...place });
  await addTaxCodes(tx, 'DE01', standardTaxCodes('DE'));
  await setPaymentTerms(tx, STANDARD_TERMS);
  await setRate(tx, 1, '1.25');
  await installLedger(tx, context);
  await createFiscalYear(tx, context, 2026);
  const address = { kind: 'main', city: 'Köln', country: 'DE' } as const;
  const suppliers = await createSuppliers(tx, context, [
    { name: 'Schrauben Albrecht GmbH', paymentTerms: 'NET30', addresses: [address] },
  ]);
  const supplier = valueOf(suppliers[0]).id;
  const items = await createItems(tx, context, [{ name: 'Bolt', kind: 'raw', baseUnit: 'C62' }]);
  const item = valueOf(items[0]).id;
  const price = { price: decimal('200'), priceBase: decimal('100'), currency: 'EUR' };
  await addSupplierItems(tx, context, [{ item, supplier, ...price, validFrom: march(1) }]);
  const warehouses = await createWarehouses(tx, context, [
    { code: 'WH1', name: 'Main', kind: 'store', locations: [{ code: 'A1' }] },
  ]);
  return { supplier, item, warehouse: valueOf(warehouses[0]).id };
}

/** Buys: ordered, partly come, charged, counted. */
async function trade(
  tx: Handle,
  founded: Founded,
): Promise<Founded & Sold & Pick<GateBench, 'order'>> {
  const { supplier, item, warehouse } = founded;
  const line = { item, quantity: decimal('10'), unitPrice: decimal('2.00'), warehouse };
  const draft = { supplier, issuedOn: march(1), lines: [line] };
  const order = valueOf((await createOrders(tx, context, [draft]))[0]).id;
  valueOf((await steerOrders(tx, context, [{ id: order, step: 'issue' }]))[0]);
  await receive(tx, order, '4');
  await charge(tx, founded, 'RE-1');
  const nuts = await createItems(tx, context, [{ name: 'Nut', kind: 'raw', baseUnit: 'C62' }]);
  const nut = valueOf(nuts[0]).id;
  const there = { item: nut, warehouse, quantity: decimal('5'), unitCost: decimal('0.10') };
  const opening = { postedOn: march(5), text: 'opening stock', lines: [there] };
  valueOf((await adjustStock(tx, context, [opening]))[0]);
  const count = valueOf(await openCount(tx, context, { warehouse, items: [nut] }));
  const counted = { line: 1, counted: decimal('4') };
  valueOf(await recordCount(tx, context, { ...count, countedOn: march(6), lines: [counted] }));
  await makeOrder(tx, founded);
  return { ...founded, ...(await sell(tx, founded)), order };
}

/** Bolts are to be made. */
async function makeOrder(
  tx: Handle,
  { item, warehouse }: Pick<Founded, 'item' | 'warehouse'>,
): Promise<string> {
  const days = { plannedStartOn: march(9), plannedEndOn: march(10) };
  const draft = { item, quantity: decimal('5'), warehouse, ...days };
  return valueOf((await createWorkOrders(tx, context, [draft]))[0]).id;
}

/** So many more of an order come in. */
export async function receive(tx: Handle, order: string, quantity: string): Promise<string> {
  const line = { order, line: 10, quantity: decimal(quantity) };
  const draft = { receivedOn: march(5), postedOn: march(5), lines: [line] };
  return valueOf((await postReceipts(tx, context, [draft]))[0]).id;
}

/** Something is charged that was not ordered. */
export async function charge(
  tx: Handle,
  { supplier }: Pick<Founded, 'supplier'>,
  supplierNumber: string,
): Promise<string> {
  const lines = [{ kind: 'service' as const, text: 'advice', net: decimal('50.00') }];
  const draft = { supplier, supplierNumber, issuedOn: march(2), postedOn: march(5), lines };
  return valueOf((await postInvoices(tx, context, [draft]))[0]).id;
}

/** A rate of the dollar. */
export async function setRate(tx: Handle, day: number, rate: string): Promise<string> {
  const pair = { from: 'EUR', to: 'USD', type: 'spot', validOn: march(day) } as const;
  valueOf((await setExchangeRates(tx, [{ ...pair, rate: decimal(rate) }]))[0]);
  return `EUR~USD~spot~${march(day)}`;
}

let touches = 0;

/** Changes one document of each kind that is read, as people do; gives its key. */
export async function touch(
  { run, gate, supplier, item, warehouse, order, ...sold }: GateBench,
  entity: string,
): Promise<string> {
  touches += 1;
  const name = `Changed ${touches}`;
  return await run(async (tx) => {
    switch (entity) {
      case 'suppliers': {
        const version = await versionIn(gate, 'suppliers', supplier);
        valueOf(
          (await updateSuppliers(tx, context, [{ id: supplier, version, set: { name } }]))[0],
        );
        return supplier;
      }
      case 'items': {
        const version = await versionIn(gate, 'items', item);
        valueOf((await updateItems(tx, context, [{ id: item, version, set: { name } }]))[0]);
        return item;
      }
      case 'warehouses': {
        const version = await versionIn(gate, 'warehouses', warehouse);
        valueOf(await updateWarehouse(tx, context, { id: warehouse, version, set: { name } }));
        return warehouse;
      }
      case 'exchange-rates':
        return await setRate(tx, (touches % 28) + 1, `1.${touches}`);
      case 'work-orders':
        return await makeOrder(tx, { item, warehouse });
      case 'supplier-invoices':
        return await charge(tx, { supplier }, `RE-T${touches}`);
      default:
        return (
          (await touchSales(tx, sold, { entity, name })) ??
          (await touchStock(tx, { entity, order, item, warehouse }))
        );
    }
  });
}

/** A hundredth of a bolt comes, or a nut is counted again, wherever that shows. */
async function touchStock(
  tx: Handle,
  {
    entity,
    order,
    item,
    warehouse,
  }: Pick<GateBench, 'order' | 'item' | 'warehouse'> & {
    readonly entity: string;
  },
): Promise<string> {
  if (entity === 'stock-counts') {
    const [count] = await listCounts(tx, { warehouse, limit: 1 });
    assert(count !== undefined, 'there is a count');
    const counted = { line: 1, counted: decimal(String(touches)) };
    valueOf(await recordCount(tx, context, { ...count, countedOn: march(6), lines: [counted] }));
    return count.id;
  }
  const receipt = await receive(tx, order, '0.01');
  switch (entity) {
    case 'purchase-orders':
      return order;
    case 'goods-receipts':
      return receipt;
    case 'stock-movements':
      return (await findReceipts(tx, [receipt])).get(receipt)?.lines[0]?.movements[0] ?? '';
    default:
      assert(entity === 'stock-balances', `'${entity}' can be touched`);
      return `${item}~${warehouse}~free`;
  }
}

async function versionIn(
  gate: Gate,
  entity: 'suppliers' | 'items' | 'warehouses',
  key: string,
): Promise<number> {
  const { documents } = await gate.read(entity, [key]);
  return Number(documents[0]?.version);
}

/** What came of it, when it is known to be good. */
export function valueOf<T>(result: Result<T> | undefined): T {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
}
