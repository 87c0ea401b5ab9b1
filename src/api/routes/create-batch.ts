import { route } from '../route.ts';

/** Writes down that several things are to be booked in a system, all of them or none. */
export const createBatch = route({
  name: 'createBatch',
  summary: 'Writes down that several things are to be booked in a system, all of them or none.',
  permission: 'transactions:write',
  audit: { around: 'batches.created' },
  errors: [
    'main.bad-payload',
    'main.key-taken',
    'main.no-operation',
    'main.not-written-to',
    'sync.no-integration',
  ],
  async handle({ body, principal, note }, { transactions }) {
    const batch = await transactions.createBatch(body, principal.id);
    note({ details: { batch: batch.id, created: batch.created } });
    return batch;
  },
});
