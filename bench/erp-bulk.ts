// What a company does all day, many at once as a simulator or an import does it: order, delivery,
// invoice, payment of customers; order, receipt, invoice, payment of suppliers. Then one by one.
// `npm run bench -- erp-bulk [--orders 6000] [--batch 300] [--singles 60] [--folder kept] [--sql 'set …']`
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, rows, sql, startEmbedded, transact } from '#database';
import type { Database, Handle } from '#database';
import {
  companyMigrations,
  createLegalEntity,
  setPaymentTerms,
  STANDARD_TERMS,
} from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import { createWarehouses, inventoryMigrations } from '#erp/inventory';
import { createItems, itemsMigrations } from '#erp/items';
import { installLedger, ledgerMigrations } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { findOpenItems, itemsOfDocuments, openItemsMigrations, openOf } from '#erp/open-items';
import { createCustomers, createSuppliers, partiesMigrations } from '#erp/parties';
import * as payables from '#erp/payables';
import * as purchasing from '#erp/purchasing';
import * as receivables from '#erp/receivables';
import * as sales from '#erp/sales';
import { assert } from '#kernel';
import { decimal, multiplyDecimals } from '#kernel/decimal';
import { addDays, localDate, systemClock } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { serverSeconds } from './server-seconds.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '6000' },
    batch: { type: 'string', default: '300' },
    singles: { type: 'string', default: '60' },
    folder: { type: 'string' }, // Kept, with PostgreSQL's log.
    sql: { type: 'string', default: '' }, // Run first, statement by statement: to profile.
  },
});
const [ORDERS, BATCH, SINGLES] = [values.orders, values.batch, values.singles].map(Number);
const ORDERS_A_DAY = 130;
const LINES = 3;
const [ITEMS, CUSTOMERS, SUPPLIERS] = [400, 600, 120];
const FIRST = localDate('2025-01-01');
const context: ErpContext = { clock: systemClock, by: 'bench', legalEntity: 'RI' };

/** Who there is and what is traded. */
type House = {
  readonly items: readonly string[];
  readonly customers: readonly string[];
  readonly suppliers: readonly string[];
  readonly warehouse: string;
};

/** One document's way so far: ids of what came of it. */
type Case = { readonly at: number; readonly on: LocalDate; readonly order: string; next: string };

/** Many cases taken one step further; answers how many documents that made. */
type Step = (tx: Handle, house: House, cases: readonly Case[]) => Promise<number>;

const at = (places: readonly string[], place: number): string =>
  places[place % places.length] ?? '';
const dayOf = (place: number): LocalDate => addDays(FIRST, Math.floor(place / ORDERS_A_DAY) % 330);
const quantityOf = (place: number, line: number) => decimal(String(1 + ((place + line) % 9)));
const priceOf = (place: number, line: number) => decimal(`${20 + ((place * 7 + line) % 80)}.50`);
const LINE_NUMBERS = Array.from({ length: LINES }, (_, line) => line);

function good<T>(results: readonly Result<T>[]): readonly T[] {
  return results.map((each) => {
    assert(each.ok, JSON.stringify(each));
    return each.value;
  });
}

function goOn(cases: readonly Case[], made: readonly { readonly id: string }[]): number {
  for (const [place, one] of cases.entries()) one.next = made[place]?.id ?? '';
  return made.length;
}

async function orderSales(tx: Handle, house: House, first: number, count: number) {
  const places = Array.from({ length: count }, (_, more) => first + more);
  const made = good(
    await sales.createOrders(
      tx,
      context,
      places.map((place) => ({
        customer: at(house.customers, place * 31),
        issuedOn: dayOf(place),
        lines: LINE_NUMBERS.map((line) => ({
          item: at(house.items, place * 17 + line * 101),
          quantity: quantityOf(place, line),
          unitPrice: priceOf(place, line),
          taxCode: 'OUT-STD',
          warehouse: house.warehouse,
        })),
      })),
    ),
  );
  return casesOf(places, made);
}

async function orderPurchases(tx: Handle, house: House, first: number, count: number) {
  const places = Array.from({ length: count }, (_, more) => first + more);
  const made = good(
    await purchasing.createOrders(
      tx,
      context,
      places.map((place) => ({
        supplier: at(house.suppliers, place * 31),
        issuedOn: dayOf(place),
        lines: LINE_NUMBERS.map((line) => ({
          item: at(house.items, place * 17 + line * 101),
          quantity: multiplyDecimals(quantityOf(place, line), decimal('20')),
          unitPrice: priceOf(place, line),
          taxCode: 'IN-STD',
          warehouse: house.warehouse,
        })),
      })),
    ),
  );
  return casesOf(places, made);
}

const casesOf = (places: readonly number[], made: readonly { readonly id: string }[]): Case[] =>
  places.map((place, more) => {
    const id = made[more]?.id ?? '';
    return { at: place, on: dayOf(place), order: id, next: id };
  });

const SALES: Readonly<Record<string, Step>> = {
  'sales orders confirmed': async (tx, _, cases) => {
    const steps = cases.map(({ order }) => ({ id: order, step: 'confirm' as const }));
    return good(await sales.steerOrders(tx, context, steps)).length;
  },
  deliveries: async (tx, _, cases) => {
    const drafts = cases.map(({ at: place, on, order }) => ({
      shippedOn: addDays(on, 2),
      postedOn: addDays(on, 2),
      lines: LINE_NUMBERS.map((line) => ({
        order,
        line: (line + 1) * 10,
        quantity: quantityOf(place, line),
      })),
    }));
    return goOn(cases, good(await sales.postDeliveries(tx, context, drafts)));
  },
  'customer invoices': async (tx, _, cases) => {
    const drafts = cases.map(({ on, next }) => ({
      issuedOn: addDays(on, 3),
      postedOn: addDays(on, 3),
      deliveries: [next],
    }));
    const made = good(await receivables.postInvoices(tx, context, drafts));
    return goOn(
      cases,
      made.map(({ item }) => ({ id: item })),
    );
  },
  'customer payments': async (tx, _, cases) => {
    const items = await findOpenItems(
      tx,
      cases.map(({ next }) => next),
    );
    const drafts = cases.map(({ on, next }) => {
      const item = items.get(next);
      assert(item !== undefined, 'the invoice is open');
      const amount = openOf(item);
      return {
        customer: item.party,
        paidOn: addDays(on, 25),
        bankAccount: 'MAIN',
        currency: 'EUR',
        amount,
        parts: [{ item: next, amount }],
      };
    });
    return good(await receivables.postPayments(tx, context, drafts)).length;
  },
};

const PURCHASES: Readonly<Record<string, Step>> = {
  'purchase orders issued': async (tx, _, cases) => {
    const steps = cases.map(({ order }) => ({ id: order, step: 'issue' as const }));
    return good(await purchasing.steerOrders(tx, context, steps)).length;
  },
  'goods receipts': async (tx, _, cases) => {
    const drafts = cases.map(({ at: place, on, order }) => ({
      receivedOn: addDays(on, 8),
      postedOn: addDays(on, 8),
      lines: LINE_NUMBERS.map((line) => ({
        order,
        line: (line + 1) * 10,
        quantity: multiplyDecimals(quantityOf(place, line), decimal('20')),
      })),
    }));
    return goOn(cases, good(await purchasing.postReceipts(tx, context, drafts)));
  },
  'supplier invoices': async (tx, house, cases) => {
    const drafts = cases.map(({ at: place, on, order }) => ({
      supplier: at(house.suppliers, place * 31),
      supplierNumber: `SI-${place}`,
      issuedOn: addDays(on, 9),
      postedOn: addDays(on, 10),
      lines: LINE_NUMBERS.map((line) => {
        const quantity = multiplyDecimals(quantityOf(place, line), decimal('20'));
        const net = multiplyDecimals(quantity, priceOf(place, line));
        return { order: { id: order, line: (line + 1) * 10 }, quantity, net, taxCode: 'IN-STD' };
      }),
    }));
    return goOn(cases, good(await payables.postInvoices(tx, context, drafts)));
  },
  'supplier payments': async (tx, _, cases) => {
    const items = await itemsOfDocuments(
      tx,
      cases.map(({ next }) => next),
    );
    const drafts = cases.map(({ on, next }) => {
      const item = items.get(next)?.[0];
      assert(item !== undefined, 'the invoice is open');
      const amount = openOf(item);
      return {
        supplier: item.party,
        paidOn: addDays(on, 31),
        bankAccount: 'MAIN',
        currency: 'EUR',
        amount,
        parts: [{ item: item.id, amount }],
      };
    });
    return good(await payables.postPayments(tx, context, drafts)).length;
  },
};

/** Time spent on a step: on the clock, by this process, by PostgreSQL's. */
type Spent = { documents: number; ms: number; node: number; server: number };

async function timed(database: Database, spent: Spent, work: () => Promise<number>): Promise<void> {
  const server = await serverSeconds(database);
  const [began, own] = [performance.now(), process.cpuUsage()];
  spent.documents += await work();
  const { user, system } = process.cpuUsage(own);
  spent.ms += performance.now() - began;
  spent.node += (user + system) / 1e6;
  spent.server += (await serverSeconds(database)) - server;
}

/** Which side of the company, with what opens a case. */
const SIDES = [
  { name: 'purchase orders', order: orderPurchases, steps: PURCHASES },
  { name: 'sales orders', order: orderSales, steps: SALES },
] as const;

async function runBatches(
  database: Database,
  house: House,
  of: { readonly first: number; readonly count: number; readonly batch: number },
): Promise<ReadonlyMap<string, Spent>> {
  const spent = new Map<string, Spent>();
  const measure = (name: string, work: () => Promise<number>): Promise<void> => {
    const own = spent.get(name) ?? { documents: 0, ms: 0, node: 0, server: 0 };
    spent.set(name, own);
    return timed(database, own, work);
  };
  for (let first = of.first; first < of.first + of.count; first += of.batch) {
    for (const { name, order, steps } of SIDES) {
      let cases: readonly Case[] = [];
      await measure(name, async () => {
        cases = await transact(database, (tx) => order(tx, house, first, of.batch));
        return cases.length;
      });
      for (const [step, take] of Object.entries(steps)) {
        await measure(step, () => transact(database, (tx) => take(tx, house, cases)));
      }
    }
  }
  return spent;
}

const named = (count: number, name: string) =>
  Array.from({ length: count }, (_, place) => ({ name: `${name} ${place}` }));
const ids = (made: readonly { readonly id: string }[]) => made.map(({ id }) => id);

async function found(tx: Handle): Promise<House> {
  const entity = { code: 'RI', name: 'Rialto', country: 'DE', currency: 'EUR' };
  await createLegalEntity(tx, context, { ...entity, timeZone: 'Europe/Berlin' });
  await addTaxCodes(tx, 'RI', standardTaxCodes('DE'));
  await setPaymentTerms(tx, STANDARD_TERMS);
  await installLedger(tx, context);
  for (const year of [2025, 2026]) await createFiscalYear(tx, context, year);
  const items = await createItems(
    tx,
    context,
    named(ITEMS, 'Pump').map((each) => ({ ...each, kind: 'finished', baseUnit: 'C62' })),
  );
  const [warehouse = ''] = ids(
    good(await createWarehouses(tx, context, [{ code: 'WH1', name: 'Main', kind: 'store' }])),
  );
  return {
    items: ids(good(items)),
    customers: ids(good(await createCustomers(tx, context, named(CUSTOMERS, 'Customer')))),
    suppliers: ids(good(await createSuppliers(tx, context, named(SUPPLIERS, 'Supplier')))),
    warehouse,
  };
}

function print(title: string, spent: ReadonlyMap<string, Spent>): void {
  const all: Spent = { documents: 0, ms: 0, node: 0, server: 0 };
  for (const own of spent.values()) {
    all.documents += own.documents;
    all.ms += own.ms;
    all.node += own.node;
    all.server += own.server;
  }
  const lines = [...spent, ['all', all] as const].map(([step, own]) => [
    step,
    {
      documents: own.documents,
      'per second': Math.round((own.documents * 1_000) / own.ms),
      'ms each': (own.ms / own.documents).toFixed(2),
      'CPU ms of Node': ((own.node * 1_000) / own.documents).toFixed(3),
      'of PostgreSQL': ((own.server * 1_000) / own.documents).toFixed(3),
    },
  ]);
  console.log(title);
  console.table(Object.fromEntries(lines));
}

const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'rialto-bench-erp-bulk-')));
const server = await startEmbedded({ folder: join(folder, 'postgres') });
const load = loadavg()[0]?.toFixed(1) ?? '';
try {
  const database = await openDatabase({ url: server.url, poolSizeMax: 1 });
  await migrate(database, [
    companyMigrations,
    ledgerMigrations,
    itemsMigrations,
    partiesMigrations,
    inventoryMigrations,
    openItemsMigrations,
    purchasing.purchasingMigrations,
    payables.payablesMigrations,
    sales.salesMigrations,
    receivables.receivablesMigrations,
  ]);
  const house = await transact(database, found);
  for (const setting of values.sql.split(';').filter(Boolean)) {
    await rows(database.kysely, sql.raw(setting));
  }
  const count = Math.ceil((ORDERS ?? 0) / (BATCH ?? 1)) * (BATCH ?? 1);
  const many = await runBatches(database, house, { first: 0, count, batch: BATCH ?? 1 });
  print(`batches of ${BATCH}`, many);
  const few = await runBatches(database, house, { first: count, count: SINGLES ?? 0, batch: 1 });
  if ((SINGLES ?? 0) > 0) print('one by one', few);
  console.log(`load before ${load}, after ${loadavg()[0]?.toFixed(1)}`);
  await database.close();
} finally {
  await server.stop();
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
