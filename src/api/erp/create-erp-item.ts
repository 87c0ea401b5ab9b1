import { createItems } from '#erp/items';
import { bookRoute } from './book-route.ts';

/** Creates an item. */
export const createErpItem = bookRoute({
  name: 'createErpItem',
  summary: 'Creates an item.',
  permission: 'items:write',
  audit: { within: 'items.created' },
  errors: ['items.invalid', 'items.number-taken', 'items.unknown-group'],
  book: (tx, context, { body }) => createItems(tx, context, [body]),
});
