import { createAgreements } from '#erp/items';
import { bookRoute } from './book-route.ts';

/** Writes down what was agreed with a party: prices, limits, or both. */
export const createAgreement = bookRoute({
  name: 'createAgreement',
  summary: 'Writes down what was agreed with a party: prices, limits, or both.',
  permission: 'items:write',
  audit: { within: 'items.agreement-created' },
  errors: ['items.invalid', 'items.unknown-group', 'items.unknown-item'],
  book: (tx, context, { body }) => createAgreements(tx, context, [body]),
});
