import { z } from 'zod';
import { Moment, SEARCH_QUERY, sortOf, Source } from './common.ts';

/** One entry of the change log, with the fields that differ. */
export const RecordChange = z.strictObject({
  position: z.string(), // In the log; compare as a number of any length.
  kind: z.enum([
    'supplier',
    'item',
    'purchase-order',
    'currency',
    'exchange-rate',
    'warehouse',
    'goods-receipt',
    'supplier-invoice',
    'shipment-notice',
    'stock-movement',
    'stock-balance',
    'stock-count',
    'work-order',
    'customer',
    'sales-order',
    'delivery',
    'customer-invoice',
    'journal-entry',
  ]),
  recordId: z.string(),
  cause: z.enum(['snapshot', 'change', 'echo', 'document', 'command', 'repair', 'link']),
  what: z.enum(['created', 'changed', 'deleted']),
  changedFields: z.array(
    z.strictObject({
      field: z.string(), // Dotted: 'lines.0.unitPrice'.
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
  source: Source,
  seenAt: Moment,
  sourceAt: Moment.optional(),
});
export type RecordChange = Readonly<z.infer<typeof RecordChange>>;

export const ChangeQuery = z.strictObject({
  ...SEARCH_QUERY, // In the fields that differ, and where it was read.
  what: RecordChange.shape.what.optional(),
  sort: sortOf(['position']), // Newest first unless asked otherwise.
});
