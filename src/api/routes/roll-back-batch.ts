import { route } from '../route.ts';

/** Takes a finished batch back by compensation, as far as the other side has not moved on. */
export const rollBackBatch = route({
  name: 'rollBackBatch',
  summary:
    'Takes a finished batch back by compensation, as far as the other side has not moved on.',
  permission: 'transactions:write',
  audit: { around: 'batches.rolled-back' },
  errors: ['main.no-batch', 'postings.batch-unfinished'],
  async handle({ params, principal, note }, { transactions }) {
    const done = await transactions.rollBack(params.id, principal.id);
    note({ details: { undone: done.undone.length, refused: done.refused.length } });
    return done;
  },
});
