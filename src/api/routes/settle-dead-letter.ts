import { route } from '../route.ts';

/** Says whether one that is uncertain or handed over was booked, as a person saw in the system. */
export const settleDeadLetter = route({
  name: 'settleDeadLetter',
  summary:
    'Says whether one that is uncertain or handed over was booked, as a person saw in the system.',
  permission: 'transactions:write',
  audit: { around: 'transactions.settled' },
  errors: ['main.no-transaction', 'postings.wrong-state'],
  handle({ params, body, principal, note }, { transactions }) {
    const { bookedAs, reason } = body;
    note({ details: { bookedAs, reason } });
    return transactions.settle(params.id, bookedAs, { by: principal.id, reason });
  },
});
