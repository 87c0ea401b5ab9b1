import { route } from '../route.ts';

/** Shows a transaction with everything that happened, secrets masked. */
export const getTransaction = route({
  name: 'getTransaction',
  summary: 'Shows a transaction with everything that happened, secrets masked.',
  permission: 'transactions:read',
  audit: { after: 'transactions.shown' },
  errors: ['main.no-transaction'],
  handle: ({ params }, { transactions }) => transactions.find(params.id),
});
