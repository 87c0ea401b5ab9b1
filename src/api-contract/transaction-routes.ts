import { z } from 'zod';
import { AnyJson, pageOf } from './common.ts';
import {
  Batch,
  BatchQuery,
  DeadLetterQuery,
  Health,
  NewBatch,
  NewTransaction,
  Rollback,
  Transaction,
  TransactionDetail,
  TransactionQuery,
  TransactionTrial,
} from './transaction.ts';

const None = z.strictObject({});
const NOTHING = { params: None, query: None, body: None } as const;
const ById = z.strictObject({ id: z.string().max(100) });
const ByName = z.strictObject({ name: z.string().max(100) });
const Done = z.strictObject({ ok: z.literal(true) });
const reason = z.string().trim().min(3).max(500);

/** Routes about what is written to other systems. */
export const TRANSACTION_ROUTES = {
  listTransactions: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/transactions',
    query: TransactionQuery,
    reply: pageOf(Transaction), // Newest first.
  },
  getTransaction: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/transactions/:id',
    params: ById,
    reply: TransactionDetail,
  },
  createTransaction: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/transactions',
    body: NewTransaction,
    reply: Transaction,
  },
  tryTransaction: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/transactions/dry-runs',
    body: NewTransaction,
    reply: TransactionTrial,
  },
  withdrawTransaction: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/transactions/:id/withdraw',
    params: ById,
    body: z.strictObject({ reason }),
    reply: Transaction,
  },
  listDeadLetters: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/dead-letters',
    query: DeadLetterQuery,
    reply: pageOf(Transaction), // Those that wait for a person; newest first.
  },
  editDeadLetter: {
    ...NOTHING,
    method: 'PUT',
    path: '/v1/dead-letters/:id',
    params: ById,
    body: z.strictObject({ payload: z.record(z.string(), AnyJson) }),
    reply: Transaction,
  },
  retryDeadLetter: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/dead-letters/:id/retry',
    params: ById,
    reply: Transaction,
  },
  retryDeadLetters: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/dead-letters/retry',
    body: z.strictObject({
      integration: z.string().min(1).max(100),
      operation: z.string().max(50).optional(),
      search: z.string().max(200).optional(),
    }),
    reply: z.strictObject({ retried: z.number().int() }),
  },
  dismissDeadLetter: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/dead-letters/:id/dismiss',
    params: ById,
    body: z.strictObject({ reason }),
    reply: Transaction,
  },
  settleDeadLetter: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/dead-letters/:id/settle',
    params: ById,
    // `bookedAs`: what the system calls it, as a person saw there; null: it is not there.
    body: z.strictObject({ bookedAs: z.string().min(1).max(200).nullable(), reason }),
    reply: Transaction,
  },
  listBatches: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/batches',
    query: BatchQuery,
    reply: pageOf(Batch), // Newest first.
  },
  createBatch: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/batches',
    body: NewBatch,
    // `created`: those of them that were not asked for before under the same key.
    reply: z.strictObject({ id: z.string(), created: z.number().int() }),
  },
  rollBackBatch: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/batches/:id/rollback',
    params: ById,
    // What a person has seen among `asks` of an earlier answer, and wants taken back too.
    body: z.strictObject({
      confirmed: z
        .array(z.strictObject({ id: z.string().max(100), seen: z.string().max(200) }))
        .max(1000)
        .default([]),
    }),
    reply: Rollback,
  },
  getHealthOf: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations/:name/health',
    params: ByName,
    reply: Health,
  },
  holdIntegration: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/hold',
    params: ByName,
    body: z.strictObject({ reason }),
    reply: Done,
  },
  releaseIntegration: {
    ...NOTHING,
    method: 'DELETE',
    path: '/v1/integrations/:name/hold',
    params: ByName,
    reply: Done,
  },
} as const;
