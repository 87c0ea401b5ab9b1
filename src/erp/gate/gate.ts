import type { Database, Handle } from '#database';
import type { LegalEntity } from '#erp/company';
import type { JsonObject } from '#kernel';
import type { Clock } from '#kernel/time';

/** What is read through the gate, by the name that those outside know it by. */
export type Entity =
  | 'suppliers'
  | 'items'
  | 'warehouses'
  | 'exchange-rates'
  | 'purchase-orders'
  | 'goods-receipts'
  | 'supplier-invoices'
  | 'stock-movements'
  | 'stock-balances'
  | 'stock-counts'
  | 'work-orders'
  | 'customers'
  | 'sales-orders'
  | 'deliveries'
  | 'customer-invoices'
  | 'journal-entries';

/** A document as the ERP states it: decimals and days are text, empty fields are left out. */
export type GateDocument = {
  readonly key: string;
  readonly version?: string;
  readonly content: JsonObject;
};

/** What stands under a followed key. No document: it is none of this legal entity or this entity. */
export type Found = { readonly of: string; readonly documents: readonly GateDocument[] };

/** For which legal entity, and by whom. */
export type Company = {
  readonly database: Database;
  readonly clock: Clock;
  readonly legalEntity: string; // Its code.
  readonly by: string;
};

/** Reads documents by followed keys; keys of nothing are left out. */
export type Reader = (
  handle: Handle,
  keys: readonly string[],
  entity: LegalEntity,
) => Promise<readonly Found[]>;
