import { route } from '../route.ts';

/** Decides a conflict, by field or whole; what comes of it is sent in the place of what met it. */
export const decideConflict = route({
  name: 'decideConflict',
  summary: 'Decides a conflict; what comes of it is sent against the version that was shown.',
  permission: 'transactions:write',
  audit: { within: 'conflicts.decided' },
  errors: [
    'postings.wrong-state',
    'sync.bad-decision',
    'sync.conflict-decided',
    'sync.no-conflict',
  ],
  handle: ({ params, body, principal, change, note }, { conflicts }) =>
    change(async (transaction) => {
      const decided = await conflicts.decide(transaction, params.id, body, principal.id);
      const { outcome = null, sentAs = null } = decided;
      const { whole = null, fields, reason = null } = body;
      note({ details: { outcome, sentAs, whole, fields, reason } });
      return decided;
    }),
});
