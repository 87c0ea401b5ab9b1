import { route } from '../route.ts';

/** Gives a transaction up for good, with a reason. */
export const dismissDeadLetter = route({
  name: 'dismissDeadLetter',
  summary: 'Gives a transaction up for good, with a reason.',
  permission: 'transactions:write',
  audit: { around: 'transactions.dismissed' },
  errors: ['main.no-transaction', 'postings.wrong-state'],
  handle({ params, body, principal, note }, { transactions }) {
    note({ details: { reason: body.reason } });
    return transactions.dismiss(params.id, body.reason, principal.id);
  },
});
