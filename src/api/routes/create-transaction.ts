import { route } from '../route.ts';

/** Writes down that something is to be booked in a system; it is sent once. */
export const createTransaction = route({
  name: 'createTransaction',
  summary: 'Writes down that something is to be booked in a system; it is sent once.',
  permission: 'transactions:write',
  audit: { around: 'transactions.created' },
  errors: [
    'main.bad-payload',
    'main.key-taken',
    'main.no-operation',
    'main.not-written-to',
    'sync.no-integration',
  ],
  async handle({ body, principal, note }, { transactions }) {
    const transaction = await transactions.create(body, principal.id);
    note({ details: { transaction: transaction.id, operation: body.operation } });
    return transaction;
  },
});
