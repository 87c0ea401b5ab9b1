import { createWarehouses } from '#erp/inventory';
import { bookRoute } from './book-route.ts';

/** Opens a warehouse of the legal entity. */
export const createWarehouse = bookRoute({
  name: 'createWarehouse',
  summary: 'Opens a warehouse of the legal entity.',
  permission: 'stock:write',
  audit: { within: 'stock.warehouse-created' },
  errors: ['inventory.code-taken', 'inventory.invalid'],
  book: (tx, context, { body }) => createWarehouses(tx, context, [body]),
});
