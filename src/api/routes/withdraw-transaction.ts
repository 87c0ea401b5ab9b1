import { route } from '../route.ts';

/** Takes back what was handed over and not yet taken up; it then waits for a person. */
export const withdrawTransaction = route({
  name: 'withdrawTransaction',
  summary: 'Takes back what was handed over and not yet taken up; it then waits for a person.',
  permission: 'transactions:write',
  audit: { around: 'transactions.withdrawn' },
  errors: ['main.no-transaction', 'postings.wrong-state', 'postings.taken'],
  handle({ params, body, principal, note }, { transactions }) {
    const { reason } = body;
    note({ details: { reason } });
    return transactions.withdraw(params.id, { by: principal.id, reason });
  },
});
