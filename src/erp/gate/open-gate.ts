import { findLegalEntity } from '#erp/company';
import type { LegalEntity } from '#erp/company';
import {
  changedKinds,
  keysAfter,
  markNow,
  parseMark,
  readChanges,
  whyLost,
} from '#erp/company/changes';
import type { Mark } from '#erp/company/changes';
import { assert } from '#kernel';
import { book, bookedUnder } from './booking/book.ts';
import type { Settled } from './booking/book.ts';
import type { BookedAs, Wish } from './booking/booking.ts';
import type { Company, Entity, GateDocument, Reader } from './gate.ts';
import { readExchangeRates } from './reading/exchange-rates.ts';
import { readItems } from './reading/items.ts';
import { readEntries } from './reading/ledger.ts';
import { readCustomers, readSuppliers } from './reading/parties.ts';
import { readInvoices } from './reading/payables.ts';
import { readWorkOrders } from './reading/production.ts';
import { readOrders, readReceipts } from './reading/purchasing.ts';
import { readCustomerInvoices } from './reading/receivables.ts';
import { readDeliveries, readSalesOrders } from './reading/sales.ts';
import { readBalances, readCounts, readMovements, readWarehouses } from './reading/stock.ts';

/** Under which kind the changes of each entity are noted, and how its documents are read. */
const ENTITIES: Readonly<Record<Entity, { readonly kind: string; readonly read: Reader }>> = {
  suppliers: { kind: 'party', read: readSuppliers },
  items: { kind: 'item', read: readItems },
  warehouses: { kind: 'warehouse', read: readWarehouses },
  'exchange-rates': { kind: 'exchange-rate', read: readExchangeRates },
  'purchase-orders': { kind: 'purchase-order', read: readOrders },
  'goods-receipts': { kind: 'goods-receipt', read: readReceipts },
  'supplier-invoices': { kind: 'supplier-invoice', read: readInvoices },
  'stock-movements': { kind: 'stock-movement', read: readMovements },
  'stock-balances': { kind: 'stock-position', read: readBalances },
  'stock-counts': { kind: 'stock-count', read: readCounts },
  'work-orders': { kind: 'work-order', read: readWorkOrders },
  customers: { kind: 'party', read: readCustomers },
  'sales-orders': { kind: 'sales-order', read: readSalesOrders },
  deliveries: { kind: 'delivery', read: readDeliveries },
  'customer-invoices': { kind: 'customer-invoice', read: readCustomerInvoices },
  'journal-entries': { kind: 'journal-entry', read: readEntries },
};

/** Some of the changes between two marks: of which keys, and from where the next are asked for. */
type Changes = { readonly keys: readonly string[]; readonly at: string; readonly more: boolean };

/** One legal entity of the ERP, as the rest of the house may reach it. */
export type Gate = {
  /** What it is called and counts in. Undefined: it was not founded. */
  legalEntity(): Promise<Pick<LegalEntity, 'name' | 'currency'> | undefined>;
  /** All that is committed now. */
  mark(): Promise<string>;
  /** Why changes since a mark cannot be told any more. Undefined: they can. */
  whyLost(mark: string): Promise<string | undefined>;
  /** The keys of an entity in their order, from `after` on. */
  keysAfter(entity: Entity, after: string | undefined, limit: number): Promise<readonly string[]>;
  /** What changed of an entity between two marks, from `after` on; at most 2,000 keys. */
  changes(
    entity: Entity,
    between: {
      readonly since: string;
      readonly until: string;
      readonly after?: string | undefined;
    },
  ): Promise<Changes>;
  /** The entities of which something was committed since a mark of each. */
  changedSince(marks: ReadonlyMap<Entity, string>): Promise<readonly Entity[]>;
  /** Documents under keys, as they are now; and the keys of which there is nothing any more. */
  read(
    entity: Entity,
    keys: readonly string[],
  ): Promise<{ readonly documents: readonly GateDocument[]; readonly gone: readonly string[] }>;
  /** Books a wish once. Throws only when nothing was booked, for certain. */
  book(wish: Wish): Promise<Settled>;
  /** What was booked under a wish's reference. Undefined: nothing was. */
  bookedUnder(wish: Wish): Promise<BookedAs | undefined>;
};

/** Opens the gate to one legal entity. */
export function openGate(company: Company): Gate {
  const { kysely } = company.database;
  const entityOf = async (): Promise<LegalEntity | undefined> =>
    await findLegalEntity(kysely, company.legalEntity);
  return {
    legalEntity: entityOf,
    mark: () => markNow(kysely),
    whyLost: async (mark) => await whyLost(kysely, markOf(mark)),
    keysAfter: (entity, after, limit) =>
      keysAfter(kysely, {
        kind: ENTITIES[entity].kind,
        legalEntity: company.legalEntity,
        after,
        limit,
      }),
    changes: async (entity, { since, until, after }) =>
      await readChanges(kysely, {
        kind: ENTITIES[entity].kind,
        since: markOf(since),
        until: markOf(until),
        after,
      }),
    changedSince: async (marks) => await changedSince(company, marks),
    async read(entity, keys) {
      const legalEntity = await entityOf();
      assert(legalEntity !== undefined, `there is no legal entity ${company.legalEntity}`);
      const found = await ENTITIES[entity].read(kysely, keys, legalEntity);
      const there = new Set(found.map(({ of }) => of));
      const gone = entity === 'exchange-rates' ? keys.filter((key) => !there.has(key)) : [];
      return { documents: found.flatMap(({ documents }) => documents), gone };
    },
    book: async (wish) => await book(company, wish),
    bookedUnder: async (wish) => await bookedUnder(company, wish),
  };
}

async function changedSince(
  { database }: Company,
  marks: ReadonlyMap<Entity, string>,
): Promise<readonly Entity[]> {
  const changed: Entity[] = [];
  let left = [...marks];
  while (left.length > 0) {
    // Customers and suppliers are told of under one kind, and each may have come to its own mark.
    const kinds = new Map<string, Mark>();
    const asked = left.filter(([entity, mark]) => {
      const { kind } = ENTITIES[entity];
      const isNext = !kinds.has(kind);
      if (isNext) kinds.set(kind, markOf(mark));
      return isNext;
    });
    const found = new Set(await changedKinds(database.kysely, kinds));
    changed.push(...asked.flatMap(([one]) => (found.has(ENTITIES[one].kind) ? [one] : [])));
    left = left.filter((one) => !asked.includes(one));
  }
  return changed;
}

function markOf(text: string): Mark {
  const mark = parseMark(text);
  assert(mark !== undefined, `'${text}' is a mark of the ERP's`);
  return mark;
}
