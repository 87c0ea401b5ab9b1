import { route } from '../route.ts';

/** Replaces what a dead letter carries; it is not sent by this. */
export const editDeadLetter = route({
  name: 'editDeadLetter',
  summary: 'Replaces what a dead letter carries; it is not sent by this.',
  permission: 'transactions:write',
  audit: { around: 'transactions.edited' },
  errors: ['main.no-transaction', 'postings.invalid-payload', 'postings.wrong-state'],
  handle: ({ params, body, principal }, { transactions }) =>
    transactions.edit(params.id, body.payload, principal.id),
});
