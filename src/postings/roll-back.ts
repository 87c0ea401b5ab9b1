import type { Operation, SourceDocument } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { saidOf } from '#kernel';
import type { JsonObject, Said, Sentence } from '#kernel';
import type { Clock } from '#kernel/time';
import { contentHashOf } from './destination.ts';
import type { Destination } from './destination.ts';
import type { Canonical } from './dry-run.ts';
import { postingsError } from './errors.ts';
import { fieldNotOurs } from './holds-ours.ts';
import { intend, openBatch } from './intend.ts';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingCause, PostingDraft, PostingRow } from './posting.ts';
import type { PostingState } from './progress.ts';
import { referenceOf } from './reference.ts';
import { sayPosting } from './sentences.ts';

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

/** What a rollback will do, what it will not, and what it asks first. */
export type Rollback = {
  readonly batchId?: string; // Of the compensations. Absent: there was nothing to do.
  readonly undone: readonly { readonly posting: Posting; readonly by: Posting }[];
  readonly refused: readonly Refusal[];
  readonly asks: readonly Question[];
};

/** Why one is not taken back. */
type Hindrance = {
  readonly why: string;
  readonly said: Said; // The same for other languages.
  readonly there?: JsonObject; // What is there now, where that is why.
};

type Refusal = Hindrance & { readonly posting: Posting };

/**
 * Of one that was found by looking: all that we wrote has our value there, and nothing has changed
 * since the look; whether somebody changed something else before it, only a person can tell.
 */
type Question = {
  readonly posting: Posting;
  readonly there: JsonObject;
  readonly restores: JsonObject; // What would be sent.
  readonly seen: string; // To be said again with the yes: of what was shown, not of what comes later.
};

/** The yeses of a person: what they saw, by posting. */
export type Confirmed = ReadonlyMap<string, string>;

type Context = {
  readonly database: Database;
  readonly clock: Clock;
  readonly destinationOf: (integration: string) => Promise<Destination>;
  readonly canonicalOf: Canonical;
  readonly stop: AbortSignal;
};

const OPEN: readonly PostingState[] = ['intent', 'sending', 'uncertain', 'handed-over'];

type Draft = Omit<PostingDraft, 'batchId' | 'lane' | 'cause'>;
type Plan =
  | { readonly draft: Draft }
  | { readonly question: Omit<Question, 'posting'> }
  | Hindrance;

/**
 * Takes a finished batch back by compensation, the last first: created → cancelled, changed → what
 * it was before, posted → reversed. Refused for each thing that the other side has changed since;
 * asked for one of which that cannot be told. The compensations are postings of one new batch, sent
 * strictly in order.
 */
export async function rollBackBatch(
  context: Context,
  batchId: string,
  cause: PostingCause,
  confirmed: Confirmed = new Map(),
): Promise<Rollback> {
  const { database, clock } = context;
  const postings = await finishedPostings(context, batchId);
  const planned: { posting: Posting; plan: Plan }[] = [];
  for (const posting of postings) {
    planned.push({ posting, plan: await planFor(context, posting, confirmed.get(posting.id)) });
  }
  const refused = planned.flatMap(({ posting, plan }) =>
    'why' in plan ? [{ posting, ...plan }] : [],
  );
  const asks = planned.flatMap(({ posting, plan }) =>
    'question' in plan ? [{ posting, ...plan.question }] : [],
  );
  const doable = planned.flatMap(({ posting, plan }) =>
    'draft' in plan ? [{ posting, draft: plan.draft }] : [],
  );
  const [first] = doable;
  if (first === undefined) return { undone: [], refused, asks };
  return await transact(database, async (tx) => {
    const { integration } = first.posting;
    const title = `Taking back ${await titleOf(tx, batchId)}`;
    const undoing = await openBatch(tx, { integration, title, cause, undoes: batchId }, clock());
    const undone: { posting: Posting; by: Posting }[] = [];
    for (const { posting, draft } of doable) {
      const whole = { ...draft, batchId: undoing, lane: `rollback ${batchId}`, cause };
      const { posting: by } = await intend(tx, whole, clock());
      undone.push({ posting, by });
    }
    return { batchId: undoing, undone, refused, asks };
  });
}

async function titleOf(handle: Handle, batchId: string): Promise<string> {
  const [batch] = await rows<{ title: string }>(
    handle,
    sql`select title from postings.batch where id = ${batchId}`,
  );
  return batch?.title ?? batchId;
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

async function planFor(
  context: Context,
  posting: Posting,
  confirmed: string | undefined,
): Promise<Plan> {
  const { integration, operation, kind, progress, resultHash } = posting;
  const compensation = COMPENSATIONS[operation];
  if (compensation === undefined) return refusedBy(sayPosting('no-way-back', { operation }));
  const { adapter, entityOf } = await context.destinationOf(integration);
  if (!adapter.capabilities.writes.includes(compensation)) {
    const slots = { adapter: adapter.name, operation: compensation };
    return refusedBy(sayPosting('unsupported', slots));
  }
  const already = await takenBackBy(context.database, posting, compensation);
  if (already !== undefined) return refusedBy(already);
  const key = progress.result?.key ?? '';
  const entity = entityOf(kind);
  const now = entity === undefined ? undefined : await adapter.fetch?.(entity, key, context.stop);
  if (now === undefined || now.deleted === true) {
    return refusedBy(sayPosting('gone-since', { kind, key }));
  }
  const { preImage, payload } = posting;
  const before = preImage && context.canonicalOf(kind, preImage);
  const restores = compensation.startsWith('update-') ? before : payload;
  if (restores === undefined) return refusedBy(sayPosting('before-unknown', {}));
  const version = progress.result?.version;
  if (version !== undefined || resultHash !== undefined) {
    const moved = movedOn(now, version, resultHash);
    if (moved === undefined) return { draft: draftFor(posting, compensation, restores, now) };
    return refusedBy(moved, context.canonicalOf(kind, now));
  }
  const weighed = weighLooked({ posting, restores, now }, context.canonicalOf);
  if ('why' in weighed) return weighed;
  if (confirmed !== weighed.question.seen) return weighed;
  return { draft: draftFor(posting, compensation, weighed.question.restores, now) };
}

/** Says that it is taken back already, or is about to be: what has moved on there is then our own doing. */
async function takenBackBy(
  { kysely }: Database,
  { id, integration }: Posting,
  compensation: Operation,
): Promise<Sentence | undefined> {
  const reference = referenceOf(integration, compensation, undoKey(id));
  const [row] = await rows<{ id: string; state: PostingState }>(
    kysely,
    sql`select id, state from postings.posting
      where integration = ${integration} and reference = ${reference}`,
  );
  if (row === undefined) return undefined;
  const slots = { posting: row.id };
  if (row.state === 'accepted') return sayPosting('taken-back', slots);
  return OPEN.includes(row.state)
    ? sayPosting('being-taken-back', slots)
    : sayPosting('not-taken-back', slots);
}

const undoKey = (id: string): string => `undo ${id}`;

function draftFor(
  { id, integration, priority }: Posting,
  operation: Operation,
  payload: JsonObject,
  { key, version, content }: SourceDocument,
): Draft {
  const seen = version === undefined ? { contentHash: contentHashOf(content) } : { version };
  return {
    integration,
    operation,
    businessKey: undoKey(id),
    payload,
    target: { key, ...seen },
    priority,
    undoes: id,
  };
}

/** Why the document is no longer what it was when it was known. */
function movedOn(
  now: SourceDocument,
  version: string | undefined,
  hash: string | undefined,
): Sentence | undefined {
  if (version !== undefined && now.version !== undefined) {
    if (version === now.version) return undefined;
    return sayPosting('newer-there', { version: now.version });
  }
  if (hash === undefined) return sayPosting('after-unknown', {});
  return hash === contentHashOf(now.content) ? undefined : sayPosting('changed-since', {});
}

const refusedBy = (why: Sentence, there?: JsonObject): Hindrance => ({
  why: why.text,
  said: saidOf(why),
  ...(there === undefined ? {} : { there }),
});

/**
 * What can be said of one that was found by looking, of which the version right after our booking is
 * not known: refused, or a question. Pure. Of a change, only what we wrote ourselves is given its
 * former value: something else may have been changed between our booking and the look.
 */
export function weighLooked(
  {
    posting,
    restores,
    now,
  }: {
    readonly posting: Pick<Posting, 'kind' | 'operation' | 'payload' | 'looked'>;
    readonly restores: JsonObject;
    readonly now: SourceDocument;
  },
  canonicalOf: Canonical,
): Exclude<Plan, { readonly draft: Draft }> {
  const { kind, operation, payload, looked } = posting;
  if (looked === undefined) return refusedBy(sayPosting('after-unknown', {}));
  const there = canonicalOf(kind, looked);
  if (there === undefined) return refusedBy(sayPosting('unreadable', {}));
  const since = movedOn(now, looked.version, contentHashOf(looked.content));
  if (since !== undefined) return refusedBy(since, canonicalOf(kind, now));
  const field = fieldNotOurs(payload, there);
  if (field !== undefined) return refusedBy(sayPosting('found-other', { field }), there);
  const seen = now.version ?? contentHashOf(now.content);
  if (!operation.startsWith('update-')) return { question: { there, restores, seen } };
  const written = Object.keys(payload);
  const empty = written.find((name) => restores[name] === undefined);
  if (empty !== undefined) return refusedBy(sayPosting('was-empty', { field: empty }), there);
  const former = Object.fromEntries(written.map((name) => [name, restores[name]]));
  return { question: { there, restores: former, seen } };
}
