import { embeddedError } from './errors.ts';

/** What is read of the ERP. Documents of balances stand under more than the key they change by. */
export const ENTITIES = [
  'suppliers',
  'items',
  'warehouses',
  'exchange-rates',
  'purchase-orders',
  'goods-receipts',
  'supplier-invoices',
  'stock-movements',
  'stock-balances',
  'stock-counts',
  'work-orders',
  'customers',
  'sales-orders',
  'deliveries',
  'customer-invoices',
  'journal-entries',
] as const;

export type EmbeddedEntity = (typeof ENTITIES)[number];

/** Fails with `embedded.no-entity`. */
export function entityNamed(name: string): EmbeddedEntity {
  const found = ENTITIES.find((entity) => entity === name);
  if (found !== undefined) return found;
  throw embeddedError('not-found', 'embedded.no-entity', `reading '${name}' of the embedded ERP`, {
    remedy: `Name one of ${ENTITIES.join(', ')}.`,
  });
}

/** The key by which the ERP knows what a document belongs to: a balance's position. */
export const ownerOf = (entity: EmbeddedEntity, key: string): string =>
  entity === 'stock-balances' ? key.split('~').slice(0, 2).join('~') : key;
