import { z } from 'zod';
import { LIST_QUERY, listOf, Moment, Said, SEARCH_QUERY, sortOf } from './common.ts';
import { Health } from './transaction.ts';

/** A connected source. */
export const Integration = z.strictObject({
  name: z.string(),
  adapter: z.string(),
  mapping: z.string(),
  settings: z.record(z.string(), z.unknown()), // Without secrets.
  createdAt: Moment,
  sample: z.boolean(), // The sample company: it retires when a real source is connected.
});
export type Integration = Readonly<z.infer<typeof Integration>>;

export const IntegrationQuery = z.strictObject({
  ...SEARCH_QUERY,
  adapter: z.string().max(50).optional(),
  standing: Health.shape.standing.optional(),
  sort: sortOf(['name', 'createdAt', 'standing']), // By name unless asked otherwise.
});

/** What connecting did, the sample company's retirement included. */
export const Connected = z.strictObject({
  integration: Integration,
  retiredSample: z.boolean(),
  recordsRemoved: z.number().int(),
});

/** One thing tried on a source. */
export const SourceCheck = z.strictObject({
  check: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  said: z.strictObject({ check: Said.optional(), detail: Said.optional() }).optional(),
});
export type SourceCheck = Readonly<z.infer<typeof SourceCheck>>;

const count = z.number().int();

const RunStatus = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']);

/** One run of a source: its live progress while it runs, its summary afterwards. */
export const Run = z.strictObject({
  id: z.string(),
  integration: z.string(),
  status: RunStatus,
  startedAt: Moment,
  finishedAt: Moment.optional(),
  entities: z.array(
    z.strictObject({
      kind: z.string(),
      read: count,
      created: count,
      changed: count,
      unchanged: count,
      deleted: count,
      quarantined: count,
      released: count,
      lines: count.optional(), // Beside the records: an order with its lines is one record.
      echoed: count.optional(), // What Rialto itself wrote there, and the source confirms.
    }),
  ),
  notReady: z.array(
    z.strictObject({ entity: z.string(), reason: z.string(), said: Said.optional() }),
  ),
  message: z.string().optional(),
  said: z // The message, sentence by sentence; what a system itself said has no code.
    .array(z.strictObject({ text: z.string(), ...Said.partial().shape }))
    .optional(),
  progress: z
    .strictObject({
      phase: z.string(), // What it does now, in a few words.
      done: count,
      expected: count.optional(), // Absent: nobody knows yet.
    })
    .optional(), // While it runs.
});
export type Run = Readonly<z.infer<typeof Run>>;

/** A source row that could not become a record, and exactly why. */
export const QuarantineItem = z.strictObject({
  id: z.string(),
  integration: z.string(),
  runId: z.string(),
  kind: z.string(),
  key: z.string().optional(),
  file: z.string(),
  line: z.number().int().optional(),
  column: z.string().optional(),
  field: z.string().optional(),
  value: z.string().optional(),
  reason: z.string(),
  said: Said.optional(),
  raw: z.unknown().optional(),
  seenAt: Moment,
  releasedAt: Moment.optional(),
});
export type QuarantineItem = Readonly<z.infer<typeof QuarantineItem>>;

export const QuarantineQuery = z.strictObject({
  ...LIST_QUERY,
  kind: z.string().max(50).optional(),
  sort: sortOf(['seenAt', 'file', 'reason', 'kind', 'integration']),
});

export const RunQuery = z.strictObject({
  ...LIST_QUERY,
  status: listOf(RunStatus).optional(),
  sort: sortOf(['startedAt', 'integration', 'status', 'took']), // Newest first.
});

/** What the home page shows. */
export const Overview = z.strictObject({
  counts: z.strictObject({
    suppliers: count,
    items: count,
    purchaseOrders: count,
    quarantined: count,
  }),
  freshness: z.strictObject({
    logPosition: z.string(),
    warehousePosition: z.string(),
    behind: z.boolean(), // The warehouse has yet to read what the log holds.
  }),
  integrations: z.array(Integration),
  lastRun: Run.optional(),
});
export type Overview = Readonly<z.infer<typeof Overview>>;
