import { insertRows } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';
import type { ErpContext } from './context.ts';

/** A posted document that was cancelled, and the entry that takes it back. */
export type Cancelled = {
  readonly id: string;
  readonly number: string;
  readonly on: LocalDate;
  readonly reason: string;
  readonly entry: string;
};

const COLUMNS = {
  invoice_id: 'text',
  number: 'text',
  cancelled_on: 'date',
  reason: 'text',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Notes cancelled invoices in an area's table, `'schema.table'`. */
export async function writeCancellations(
  tx: Handle,
  { by, clock }: ErpContext,
  table: string,
  cancelled: readonly Cancelled[],
): Promise<void> {
  const now = clock();
  const values = cancelled.map(({ id, number, on, reason, entry }) => ({
    invoice_id: id,
    number,
    cancelled_on: on,
    reason,
    entry_id: entry,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, table, COLUMNS, values);
}
