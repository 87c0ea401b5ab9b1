import { z } from 'zod';
import { AnyJson, LIST_QUERY, Moment, Said, listOf, sortOf } from './common.ts';

const TransactionState = z.enum([
  'intent',
  'sending',
  'uncertain',
  'handed-over',
  'accepted',
  'dead',
  'conflict',
  'dismissed',
]);

const Target = z.strictObject({
  key: z.string().min(1).max(200),
  version: z.string().max(200).optional(), // As the caller saw it: another one is a conflict.
});

/** Something that was to be booked in a system, and where it stands. */
export const Transaction = z.strictObject({
  id: z.string(),
  integration: z.string(),
  operation: z.string(),
  kind: z.string(),
  reference: z.string(), // Ours, as the system keeps it.
  businessKey: z.string(),
  state: TransactionState,
  by: z.string(),
  attempts: z.number().int(),
  nextTryAt: Moment.optional(), // While it waits.
  target: Target.optional(),
  batchId: z.string().optional(),
  undoes: z.string().optional(),
  refusal: z
    .strictObject({
      why: z.string(),
      code: z.string(),
      reason: z.string(),
      said: Said.optional(), // The same for other languages; a system's own words have none.
      field: z.string().optional(),
    })
    .optional(),
  resultKey: z.string().optional(), // What the system calls what it booked.
  place: z.string().optional(), // Where it was handed over.
  via: z.string().optional(), // Who stood in for its system when it went out last.
  createdAt: Moment,
  updatedAt: Moment,
});
export type Transaction = Readonly<z.infer<typeof Transaction>>;

/** The same with everything that happened. */
export const TransactionDetail = z.strictObject({
  ...Transaction.shape,
  payload: z.unknown(),
  preImage: z.unknown().optional(), // The target as it was before.
  story: z.array(
    z.strictObject({
      action: z.string(),
      by: z.string(),
      startedAt: Moment,
      finishedAt: Moment.optional(),
      outcome: z.string().optional(),
      detail: z.unknown().optional(),
      exchanges: z.array(z.unknown()), // Requests and answers, secrets masked.
    }),
  ),
});
export type TransactionDetail = Readonly<z.infer<typeof TransactionDetail>>;

/** Something to be booked. The same business key twice is the same transaction. */
export const NewTransaction = z.strictObject({
  integration: z.string().min(1).max(100),
  operation: z.string().min(1).max(50),
  businessKey: z.string().min(1).max(200),
  payload: z.record(z.string(), AnyJson), // Canonical content, decimals as text.
  target: Target.optional(),
});
export type NewTransaction = Readonly<z.infer<typeof NewTransaction>>;

/** What a transaction would do. */
export const TransactionTrial = z.strictObject({
  reference: z.string(),
  already: TransactionState.optional(),
  supported: z.boolean(),
  problems: z.array(z.strictObject({ field: z.string(), reason: z.string() })),
  preview: z.unknown().optional(), // The request as it would go over the wire.
  target: z
    .strictObject({
      key: z.string(),
      found: z.boolean(),
      version: z.string().optional(),
      movedOn: z.boolean(),
    })
    .optional(),
  changes: z.array(
    z.strictObject({
      field: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
});
export type TransactionTrial = Readonly<z.infer<typeof TransactionTrial>>;

export const TransactionQuery = z.strictObject({
  ...LIST_QUERY,
  state: listOf(TransactionState).optional(),
  operation: z.string().max(50).optional(),
  batch: z.string().max(100).optional(),
  sort: sortOf([
    'createdAt',
    'updatedAt',
    'businessKey',
    'operation',
    'integration',
    'state',
    'attempts',
  ]),
});

/** Those that wait for a person: which is no filter. */
export const DeadLetterQuery = TransactionQuery.omit({ state: true, batch: true });

/** Several things to be booked in one system: shown, followed and taken back as one. */
export const NewBatch = z.strictObject({
  integration: z.string().min(1).max(100),
  title: z.string().trim().min(1).max(200),
  transactions: z
    .array(NewTransaction.omit({ integration: true }))
    .min(1)
    .max(1000),
});
export type NewBatch = Readonly<z.infer<typeof NewBatch>>;

/** A batch, and how many of its transactions stand where. */
export const Batch = z.strictObject({
  id: z.string(),
  integration: z.string(),
  title: z.string(),
  by: z.string(),
  undoes: z.string().optional(), // The batch that it takes back.
  createdAt: Moment,
  counts: z.partialRecord(TransactionState, z.number().int()),
});
export type Batch = Readonly<z.infer<typeof Batch>>;

export const BatchQuery = z.strictObject({
  ...LIST_QUERY,
  sort: sortOf(['createdAt', 'title', 'integration']), // Newest first unless asked otherwise.
});

/** Which transaction, as people know it. */
const Which = Transaction.pick({ id: true, operation: true, businessKey: true });

/** What a rollback does, and what it cannot. */
export const Rollback = z.strictObject({
  batchId: z.string().optional(), // Of what takes it back. Absent: there was nothing to do.
  undone: z.array(z.strictObject({ ...Which.shape, by: z.string() })),
  refused: z.array(
    z.strictObject({
      ...Which.shape,
      why: z.string(),
      said: Said, // The same for other languages.
      sent: z.unknown().optional(), // What we wrote, beside what is there now, where they matter.
      there: z.unknown().optional(),
    }),
  ),
  // Found by looking: what is there is what we wrote, and unchanged since the look; what else may have
  // been changed before it, a person has to see. Ask again with `id` and `seen` confirmed.
  asks: z.array(
    z.strictObject({
      ...Which.shape,
      sent: z.unknown(),
      there: z.unknown(),
      restores: z.unknown(), // What would be sent.
      seen: z.string(),
    }),
  ),
});
export type Rollback = Readonly<z.infer<typeof Rollback>>;

/** How a connection is doing. */
export const Health = z.strictObject({
  integration: z.string(),
  standing: z.enum(['good', 'attention', 'failing', 'held']),
  reasons: z.array(z.string()), // For a person. Empty when all is good.
  lastRun: z
    .strictObject({
      id: z.string(),
      status: z.string(),
      at: Moment,
      incomplete: z.boolean(), // Something could not be read.
      message: z.string().optional(), // In words, when something was not done.
    })
    .optional(),
  lastGoodRunAt: Moment.optional(),
  waiting: z.number().int(), // Transactions under way or to be tried again.
  handedOver: z.number().int(), // Transactions that lie where they will be fetched.
  needAPerson: z.number().int(), // Dead letters, conflicts and what cannot be told.
  quarantined: z.number().int(),
  drift: z.number().int(), // What holds up, or is to be decided.
  hold: z.strictObject({ reason: z.string(), by: z.string(), since: Moment }).optional(),
  // Its hosts as its writer has learned them; none: nothing was sent yet, or not over HTTP.
  hosts: z.array(
    z.strictObject({
      host: z.string(),
      circuit: z.enum(['closed', 'open', 'half-open']), // Open: it is left alone.
      until: Moment.optional(),
      failures: z.number().int().optional(),
      limit: z.number(), // Requests at once, at present.
      inFlight: z.number().int(),
      ceiling: z.number().optional(), // Learned: one more at once was too many.
    }),
  ),
  // Logs that its source keeps for it, with how far reading them is behind.
  logs: z.array(
    z.strictObject({
      entity: z.string(),
      name: z.string(), // Of the slot.
      state: z.enum(['kept', 'at-risk', 'lost', 'none']), // 'none': the first read makes it.
      why: z.string().optional(),
      followed: z.boolean(), // Somebody listens to it now.
      behindBytes: z.number().int().optional(),
      behindSeconds: z.number().int().optional(), // Since somebody listened.
      warned: z.boolean(), // It is further behind than it should be.
    }),
  ),
  logsUnknown: z.string().optional(), // Why they could not be looked at.
  // It cannot be reached. `fallback`: who stands in for it, and from when.
  outage: z
    .strictObject({
      since: Moment,
      lastAt: Moment,
      reason: z.string(),
      fallback: z.strictObject({ name: z.string(), from: Moment }).optional(),
    })
    .optional(),
});
export type Health = Readonly<z.infer<typeof Health>>;
