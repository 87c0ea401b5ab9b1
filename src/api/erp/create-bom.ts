import { createBoms } from '#erp/items';
import { bookRoute } from './book-route.ts';

/** Writes a version of the bill of material of an item. */
export const createBom = bookRoute({
  name: 'createBom',
  summary: 'Writes a version of the bill of material of an item.',
  permission: 'items:write',
  audit: { within: 'items.bom-created' },
  errors: ['items.code-taken', 'items.cycle', 'items.invalid', 'items.unknown-item'],
  book: (tx, context, { params, body }) => createBoms(tx, context, [{ ...body, item: params.id }]),
});
