import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { ItemHistory } from './list-items.ts';

/** What agreements and price lists say that may become different. */
export type PriceChange = {
  readonly kind: 'agreement' | 'price-list';
  readonly id: string;
  readonly version: number; // That it made.
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
};

/** Keeps what was changed, and by whom. */
export const keepPriceChanges = (
  tx: Handle,
  context: ErpContext,
  made: readonly PriceChange[],
): Promise<void> =>
  insertRows(
    tx,
    'erp_items.price_change',
    {
      of_kind: 'text',
      of_id: 'text',
      version: 'integer',
      changed_by: 'text',
      changed_at: 'timestamptz',
      changes: 'jsonb',
    },
    made.map(({ kind, id, version, changes }) => ({
      of_kind: kind,
      of_id: id,
      version,
      changed_by: context.by,
      changed_at: context.clock(),
      changes: JSON.stringify(changes),
    })),
  );

/** What was changed of an agreement or a price list, the newest first. */
export const priceHistory = (
  handle: Handle,
  kind: PriceChange['kind'],
  id: string,
): Promise<readonly ItemHistory[]> =>
  rows<ItemHistory>(
    handle,
    sql`select version, changed_by as "changedBy", changed_at as "changedAt", changes
      from erp_items.price_change where of_kind = ${kind} and of_id = ${id} order by version desc`,
  );
