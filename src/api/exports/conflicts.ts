import type { Conflict } from '#api-contract/conflict';
import { allPages, exportOf } from '../export.ts';

/** Changes that met, as a file. */
export const exportConflicts = exportOf({
  name: 'exportConflicts',
  permission: 'transactions:read',
  audit: { around: 'conflicts.exported' },
  columns: {
    integration: ({ integration }: Conflict) => integration,
    kind: ({ kind }) => kind,
    title: ({ title }) => title,
    key: ({ key }) => key,
    operation: ({ operation }) => operation,
    state: ({ state }) => state,
    asks: ({ asks }) => asks.join(' '),
    oursBy: ({ oursBy }) => oursBy,
    oursAt: ({ oursAt }) => oursAt,
    theirsAt: ({ theirsAt }) => theirsAt,
    noticedAt: ({ noticedAt }) => noticedAt,
    decidedAt: ({ decidedAt }) => decidedAt,
    decidedBy: ({ decidedBy }) => decidedBy,
    outcome: ({ outcome }) => outcome,
    transaction: ({ transactionId }) => transactionId,
    sentAs: ({ sentAs }) => sentAs,
    id: ({ id }) => id,
  },
  pages: ({ query }, { conflicts }) =>
    allPages(
      (at) => conflicts.list({ ...query, ...at }),
      ({ id }) => id,
    ),
});
