import type { Batch, Transaction } from '#api-contract/transaction';
import { allPages, exportOf } from '../export.ts';
import { transactionQuery } from '../views/transaction.ts';

const byId = ({ id }: { readonly id: string }): string => id;

const COLUMNS = {
  createdAt: ({ createdAt }: Transaction) => createdAt,
  updatedAt: ({ updatedAt }: Transaction) => updatedAt,
  integration: ({ integration }: Transaction) => integration,
  operation: ({ operation }: Transaction) => operation,
  businessKey: ({ businessKey }: Transaction) => businessKey,
  reference: ({ reference }: Transaction) => reference,
  state: ({ state }: Transaction) => state,
  refusalCode: ({ refusal }: Transaction) => refusal?.code,
  refusalReason: ({ refusal }: Transaction) => refusal?.reason,
  refusalField: ({ refusal }: Transaction) => refusal?.field,
  target: ({ target }: Transaction) => target?.key,
  resultKey: ({ resultKey }: Transaction) => resultKey,
  attempts: ({ attempts }: Transaction) => attempts,
  by: ({ by }: Transaction) => by,
  batch: ({ batchId }: Transaction) => batchId,
  id: ({ id }: Transaction) => id,
} as const;

/** Transactions as a file. */
export const exportTransactions = exportOf({
  name: 'exportTransactions',
  permission: 'transactions:read',
  audit: { around: 'transactions.exported' },
  columns: COLUMNS,
  pages: ({ query }, { transactions }) =>
    allPages((at) => transactions.list({ ...transactionQuery(query), ...at }), byId),
});

/** What waits for a person as a file. */
export const exportDeadLetters = exportOf({
  name: 'exportDeadLetters',
  permission: 'transactions:read',
  audit: { around: 'dead-letters.exported' },
  columns: COLUMNS,
  pages: ({ query }, { transactions }) =>
    allPages((at) => transactions.list({ ...query, forAPerson: true, ...at }), byId),
});

/** Batches as a file, with how many of each stand where. */
export const exportBatches = exportOf({
  name: 'exportBatches',
  permission: 'transactions:read',
  audit: { around: 'batches.exported' },
  columns: {
    createdAt: ({ createdAt }: Batch) => createdAt,
    title: ({ title }) => title,
    integration: ({ integration }) => integration,
    by: ({ by }) => by,
    accepted: ({ counts }) => counts.accepted ?? 0,
    underWay: ({ counts }) => (counts.intent ?? 0) + (counts.sending ?? 0),
    needAPerson: ({ counts }) =>
      (counts.dead ?? 0) + (counts.conflict ?? 0) + (counts.uncertain ?? 0),
    dismissed: ({ counts }) => counts.dismissed ?? 0,
    undoes: ({ undoes }) => undoes,
    id: ({ id }) => id,
  },
  pages: ({ query }, { transactions }) =>
    allPages((at) => transactions.listBatches({ ...query, ...at }), byId),
});
