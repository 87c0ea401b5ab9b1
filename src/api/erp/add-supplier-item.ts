import { addSupplierItems } from '#erp/items';
import { bookRoute } from './book-route.ts';

/** Writes down what a supplier asks for an item. */
export const addSupplierItem = bookRoute({
  name: 'addSupplierItem',
  summary: 'Writes down what a supplier asks for an item.',
  permission: 'items:write',
  audit: { within: 'items.supplier-price-added' },
  errors: ['items.invalid', 'items.unknown-item'],
  book: (tx, context, { params, body }) =>
    addSupplierItems(tx, context, [{ ...body, item: params.id }]),
});
