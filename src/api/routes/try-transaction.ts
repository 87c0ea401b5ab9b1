import { route } from '../route.ts';

/** Says what a transaction would do, and sends nothing. */
export const tryTransaction = route({
  name: 'tryTransaction',
  summary: 'Says what a transaction would do, and sends nothing.',
  permission: 'transactions:write',
  audit: { after: 'transactions.tried' },
  errors: ['main.no-operation', 'main.not-written-to', 'sync.no-integration'],
  handle: ({ body, principal }, { transactions }) => transactions.tryOut(body, principal.id),
});
