import type { Operation, SourceDocument } from '#adapter-kit';
import { sql } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import type { PostingState, Progress, Refusal, Result } from './progress.ts';

/** Who or what wanted it, and why: `by` names a person, a rule or a job. */
export type PostingCause = JsonObject & { readonly by: string };

/** What a posting changes, cancels or reverses. */
export type PostingTarget = {
  readonly key: string;
  readonly version?: string; // As the caller saw it; another one now is a conflict.
  readonly contentHash?: string; // The same, for systems without versions.
};

/** What somebody wants to be booked. */
export type PostingDraft = {
  readonly integration: string;
  readonly operation: Operation;
  readonly businessKey: string; // Names the one thing that is wanted: the reference comes from it.
  readonly payload: JsonObject;
  readonly target?: PostingTarget;
  readonly lane?: string; // Sent in order within it; left out: the target's, or its own.
  readonly cause: PostingCause;
  readonly priority?: number; // Higher first. 0.
  readonly batchId?: string;
  readonly undoes?: string; // The posting that this one takes back.
  readonly notBefore?: Instant;
};

/** One row of the journal. */
export type Posting = {
  readonly id: string;
  readonly sequence: bigint;
  readonly integration: string;
  readonly operation: Operation;
  readonly kind: string;
  readonly reference: string;
  readonly businessKey: string;
  readonly payload: JsonObject;
  readonly target?: PostingTarget;
  readonly lane: string;
  readonly cause: PostingCause;
  readonly priority: number;
  readonly batchId?: string;
  readonly undoes?: string;
  readonly progress: Progress;
  readonly preImage?: SourceDocument;
  readonly looked?: SourceDocument; // As it was right after the look that found it.
  readonly resultHash?: string; // Of the content right after our booking, where there is no version.
  readonly leaseUntil?: Instant;
  readonly fence: bigint;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

/** A row as PostgreSQL gives it. */
export type PostingRow = {
  readonly id: string;
  readonly sequence: string;
  readonly integration: string;
  readonly operation: Operation;
  readonly kind: string;
  readonly reference: string;
  readonly business_key: string;
  readonly payload: JsonObject;
  readonly target_key: string | null;
  readonly target_version: string | null;
  readonly target_hash: string | null;
  readonly lane: string;
  readonly cause: PostingCause;
  readonly priority: number;
  readonly batch_id: string | null;
  readonly undoes: string | null;
  readonly state: PostingState;
  readonly attempts: number;
  readonly lookups: number;
  readonly next_try_at: Instant;
  readonly settle_until: Instant | null;
  readonly why: Refusal['why'] | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly field: string | null;
  readonly pre_image: SourceDocument | null;
  readonly result_key: string | null;
  readonly result_version: string | null;
  readonly result_hash: string | null;
  readonly result_detail: JsonObject | null;
  readonly looked: SourceDocument | null;
  readonly place: string | null;
  readonly via: string | null;
  readonly lease_until: Instant | null;
  readonly fence: string;
  readonly created_at: Instant;
  readonly updated_at: Instant;
};

/** The columns of a row, in SQL. */
export const POSTING_COLUMNS = sql.raw(
  `id, sequence, integration, operation, kind, reference, business_key, payload, target_key,
    target_version, target_hash, lane, cause, priority, batch_id, undoes, state, attempts, lookups,
    next_try_at, settle_until, why, code, reason, field, pre_image, result_key, result_version,
    result_hash, result_detail, looked, place, via, lease_until, fence, created_at, updated_at`,
);

/** The row as the rest of the code sees it. */
export function postingOf(row: PostingRow): Posting {
  const target = row.target_key === null ? undefined : targetOf(row.target_key, row);
  return {
    id: row.id,
    sequence: BigInt(row.sequence),
    integration: row.integration,
    operation: row.operation,
    kind: row.kind,
    reference: row.reference,
    businessKey: row.business_key,
    payload: row.payload,
    lane: row.lane,
    cause: row.cause,
    priority: row.priority,
    progress: progressOf(row),
    fence: BigInt(row.fence),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(target === undefined ? {} : { target }),
    ...(row.batch_id === null ? {} : { batchId: row.batch_id }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
    ...(row.pre_image === null ? {} : { preImage: row.pre_image }),
    ...(row.looked === null ? {} : { looked: row.looked }),
    ...(row.result_hash === null ? {} : { resultHash: row.result_hash }),
    ...(row.lease_until === null ? {} : { leaseUntil: row.lease_until }),
  };
}

function targetOf(key: string, row: PostingRow): PostingTarget {
  return {
    key,
    ...(row.target_version === null ? {} : { version: row.target_version }),
    ...(row.target_hash === null ? {} : { contentHash: row.target_hash }),
  };
}

function progressOf(row: PostingRow): Progress {
  const refusal = refusalOf(row);
  const result = resultOf(row);
  return {
    state: row.state,
    attempts: row.attempts,
    lookups: row.lookups,
    nextTryAt: row.next_try_at,
    ...(row.settle_until === null ? {} : { settleUntil: row.settle_until }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(result === undefined ? {} : { result }),
    ...(row.place === null ? {} : { place: row.place }),
    ...(row.via === null ? {} : { via: row.via }),
  };
}

function refusalOf({ why, code, reason, field }: PostingRow): Refusal | undefined {
  if (why === null) return undefined;
  return { why, code: code ?? 'none', reason: reason ?? '', ...(field === null ? {} : { field }) };
}

function resultOf(row: PostingRow): Result | undefined {
  if (row.result_key === null) return undefined;
  return {
    key: row.result_key,
    ...(row.result_version === null ? {} : { version: row.result_version }),
    ...(row.result_detail === null ? {} : { detail: row.result_detail }),
  };
}
