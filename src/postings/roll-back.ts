import type { Operation, SourceDocument } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import type { JsonObject } from '#kernel';
import type { Clock } from '#kernel/time';
import { contentHashOf } from './destination.ts';
import type { Destination } from './destination.ts';
import type { Canonical } from './dry-run.ts';
import { postingsError } from './errors.ts';
import { intend, openBatch } from './intend.ts';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingCause, PostingDraft, PostingRow } from './posting.ts';
import type { PostingState } from './progress.ts';

/** What takes an operation back. Nothing: the system has no way, and a person must. */
const COMPENSATIONS: Readonly<Partial<Record<Operation, Operation>>> = {
  'create-purchase-order': 'cancel-purchase-order',
  'post-goods-receipt': 'reverse-goods-receipt',
  'post-supplier-invoice': 'cancel-supplier-invoice',
  'create-shipment-notice': 'cancel-shipment-notice',
  'post-stock-movement': 'reverse-stock-movement',
  'create-work-order': 'cancel-work-order',
  'update-supplier': 'update-supplier',
  'update-item': 'update-item',
  'update-purchase-order': 'update-purchase-order',
  'update-work-order': 'update-work-order',
};

/** What a rollback will do, and what it will not. */
export type Rollback = {
  readonly batchId?: string; // Of the compensations. Absent: there was nothing to do.
  readonly undone: readonly { readonly posting: Posting; readonly by: Posting }[];
  readonly refused: readonly { readonly posting: Posting; readonly why: string }[];
};

type Context = {
  readonly database: Database;
  readonly clock: Clock;
  readonly destinationOf: (integration: string) => Promise<Destination>;
  readonly canonicalOf: Canonical;
  readonly stop: AbortSignal;
};

const OPEN: readonly PostingState[] = ['intent', 'sending', 'uncertain', 'handed-over'];

type Plan = { readonly draft: Omit<PostingDraft, 'batchId' | 'lane' | 'cause'> } | { why: string };

/**
 * Takes a finished batch back by compensation, the last first: created → cancelled, changed → what
 * it was before, posted → reversed. Refused for each thing that the other side has changed since.
 * The compensations are postings of one new batch, sent strictly in order.
 */
export async function rollBackBatch(
  context: Context,
  batchId: string,
  cause: PostingCause,
): Promise<Rollback> {
  const { database, clock } = context;
  const postings = await finishedPostings(context, batchId);
  const planned: { posting: Posting; plan: Plan }[] = [];
  for (const posting of postings) planned.push({ posting, plan: await planFor(context, posting) });
  const refused = planned.flatMap(({ posting, plan }) =>
    'why' in plan ? [{ posting, why: plan.why }] : [],
  );
  const doable = planned.flatMap(({ posting, plan }) =>
    'why' in plan ? [] : [{ posting, draft: plan.draft }],
  );
  const [first] = doable;
  if (first === undefined) return { undone: [], refused };
  return await transact(database, async (tx) => {
    const { integration } = first.posting;
    const title = `Taking back ${batchId}`;
    const undoing = await openBatch(tx, { integration, title, cause, undoes: batchId }, clock());
    const undone: { posting: Posting; by: Posting }[] = [];
    for (const { posting, draft } of doable) {
      const whole = { ...draft, batchId: undoing, lane: `rollback ${batchId}`, cause };
      const { posting: by } = await intend(tx, whole, clock());
      undone.push({ posting, by });
    }
    return { batchId: undoing, undone, refused };
  });
}

/** What was booked of a batch, the last first. Fails while some of it is still open. */
async function finishedPostings({ database }: Context, batchId: string): Promise<Posting[]> {
  const found = await rows<PostingRow>(
    database.kysely,
    sql`select ${POSTING_COLUMNS} from postings.posting where batch_id = ${batchId}
      order by sequence desc`,
  );
  const open = found.filter(({ state }) => OPEN.includes(state));
  if (open.length > 0) {
    throw postingsError(
      'conflict',
      'postings.batch-unfinished',
      `${open.length} postings of batch ${batchId} are not done`,
      'Wait until they are, or dismiss them, then roll back.',
    );
  }
  return found.filter(({ state }) => state === 'accepted').map(postingOf);
}

async function planFor(context: Context, posting: Posting): Promise<Plan> {
  const { integration, operation, kind, progress, preImage, resultHash } = posting;
  const compensation = COMPENSATIONS[operation];
  if (compensation === undefined) return { why: `a ${operation} cannot be taken back by message` };
  const { adapter, entityOf } = await context.destinationOf(integration);
  if (!adapter.capabilities.writes.includes(compensation)) {
    return { why: `${adapter.name} cannot ${compensation}` };
  }
  const key = progress.result?.key ?? '';
  const entity = entityOf(kind);
  const now = entity === undefined ? undefined : await adapter.fetch?.(entity, key, context.stop);
  if (now === undefined || now.deleted === true) return { why: `${kind} ${key} is not there` };
  const moved = movedOn(now, progress.result?.version, resultHash);
  if (moved !== undefined) return { why: moved };
  const payload = compensation.startsWith('update-')
    ? preImage && context.canonicalOf(kind, preImage)
    : posting.payload;
  if (payload === undefined) return { why: 'what it was before is not known' };
  return { draft: draftFor(posting, compensation, payload, now) };
}

function draftFor(
  { id, integration, priority }: Posting,
  operation: Operation,
  payload: JsonObject,
  { key, version, content }: SourceDocument,
): Omit<PostingDraft, 'batchId' | 'lane' | 'cause'> {
  const seen = version === undefined ? { contentHash: contentHashOf(content) } : { version };
  return {
    integration,
    operation,
    businessKey: `undo ${id}`,
    payload,
    target: { key, ...seen },
    priority,
    undoes: id,
  };
}

/** Why the document is no longer what our posting made it. */
function movedOn(
  now: SourceDocument,
  version: string | undefined,
  hash: string | undefined,
): string | undefined {
  if (version !== undefined && now.version !== undefined) {
    return version === now.version ? undefined : `it has moved on to version ${now.version}`;
  }
  if (hash === undefined) return 'what it was right after our posting is not known';
  return hash === contentHashOf(now.content) ? undefined : 'it has been changed since';
}
