import { route } from '../route.ts';

/** Takes a finished batch back by compensation, as far as the other side has not moved on. */
export const rollBackBatch = route({
  name: 'rollBackBatch',
  summary:
    'Takes a finished batch back by compensation, as far as the other side has not moved on.',
  permission: 'transactions:write',
  audit: { around: 'batches.rolled-back' },
  errors: ['main.no-batch', 'postings.batch-unfinished'],
  async handle({ params, body, principal, note }, { transactions }) {
    const { confirmed } = body;
    const done = await transactions.rollBack(params.id, confirmed, principal.id);
    const { undone, refused, asks } = done;
    const counts = { undone: undone.length, refused: refused.length, asked: asks.length };
    note({ details: { ...counts, confirmed: confirmed.map(({ id }) => id) } });
    return done;
  },
});
