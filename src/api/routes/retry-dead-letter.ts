import { route } from '../route.ts';

/** Sends a dead letter or a conflict again, as it is now. */
export const retryDeadLetter = route({
  name: 'retryDeadLetter',
  summary: 'Sends a dead letter or a conflict again, as it is now.',
  permission: 'transactions:write',
  audit: { around: 'transactions.retried' },
  errors: ['main.no-transaction', 'postings.wrong-state'],
  handle: ({ params, principal }, { transactions }) => transactions.retry(params.id, principal.id),
});
