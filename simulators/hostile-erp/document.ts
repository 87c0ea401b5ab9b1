import type { JsonObject } from '#kernel';

export const COLLECTIONS = [
  'suppliers',
  'items',
  'purchase-orders',
  'goods-receipts',
  'supplier-invoices',
] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** One document as the ERP keeps it; on the wire `fields` stand beside the rest. */
export type ErpDocument = {
  readonly id: string;
  readonly version: string; // '1' first.
  readonly changedAt: string;
  readonly externalReference?: string;
  readonly changeReferences: readonly string[];
  readonly fields: JsonObject;
};

/** What begins an id of each collection; seven digits follow. */
export const ID_PREFIXES: Readonly<Record<Collection, string>> = {
  suppliers: 'S',
  items: 'I',
  'purchase-orders': 'PO',
  'goods-receipts': 'GR',
  'supplier-invoices': 'SI',
};

/** The document as it leaves. */
export function wireOf({ fields, ...rest }: ErpDocument): JsonObject {
  const { id, version, changedAt, externalReference, changeReferences } = rest;
  const reference = externalReference === undefined ? {} : { externalReference };
  return { id, ...fields, ...reference, changeReferences, version, changedAt };
}

/** The id of the nth document of a collection. */
export function idOf(collection: Collection, number: number): string {
  return ID_PREFIXES[collection] + String(number).padStart(7, '0');
}

export const isCollection = (text: string): text is Collection =>
  COLLECTIONS.some((collection) => collection === text);
