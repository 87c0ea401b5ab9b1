import type { SourceDocument } from '#adapter-kit';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { isFinal } from './progress.ts';
import type { Progress } from './progress.ts';
import type { Posting } from './posting.ts';

/** What was done about a posting. */
export type AttemptAction =
  | 'read' // Its target, before a change.
  | 'send'
  | 'look'
  | 'withdraw' // What was handed over is taken back.
  | 'lost' // The worker that was sending it is gone.
  | 'edit'
  | 'retry'
  | 'dismiss'
  | 'settle'; // A person looked in the system and said what is there.

/** One line of a posting's story. */
export type Attempt = {
  readonly action: AttemptAction;
  readonly by: string;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  readonly outcome?: string;
  readonly detail?: JsonObject;
  readonly exchanges?: readonly JsonObject[];
};

type Saved = {
  readonly at: Instant;
  readonly preImage?: SourceDocument | undefined;
  readonly resultHash?: string | undefined;
  readonly looked?: SourceDocument | undefined;
};

/**
 * Writes where a posting stands now, if nobody has overtaken us: false when the lease went to
 * another, who then decides. A posting that is not 'sending' is let go.
 */
export async function saveProgress(
  transaction: Handle,
  posting: Posting,
  progress: Progress,
  { at, preImage, resultHash, looked }: Saved,
): Promise<boolean> {
  const { refusal, result } = progress;
  const detail = result?.detail === undefined ? null : JSON.stringify(result.detail);
  const before = preImage === undefined ? null : JSON.stringify(preImage);
  const after = looked === undefined ? null : JSON.stringify(looked);
  const saved = await rows(
    transaction,
    sql`update postings.posting set state = ${progress.state}, attempts = ${progress.attempts},
        lookups = ${progress.lookups}, next_try_at = ${progress.nextTryAt},
        settle_until = ${progress.settleUntil ?? null}, why = ${refusal?.why ?? null},
        code = ${refusal?.code ?? null}, reason = ${refusal?.reason ?? null},
        field = ${refusal?.field ?? null}, pre_image = coalesce(${before}::json, pre_image),
        result_key = ${result?.key ?? null}, result_version = ${result?.version ?? null},
        result_hash = coalesce(${resultHash ?? null}, result_hash),
        looked = coalesce(${after}::json, looked),
        result_detail = ${detail}::json, place = ${progress.place ?? null},
        via = ${progress.via ?? null}, updated_at = ${at},
        lease_until = case when ${progress.state} = 'sending' then lease_until end
      where id = ${posting.id} and fence = ${posting.fence} returning id`,
  );
  return saved.length === 1;
}

/** Adds a line to a posting's story; the caller holds the posting's row. Answers its number. */
export async function addAttempt(
  transaction: Handle,
  postingId: string,
  attempt: Attempt,
): Promise<number> {
  const [made] = await rows<{ number: number }>(
    transaction,
    sql`insert into postings.attempt (posting_id, number, action, by, started_at, finished_at,
        outcome, detail, exchanges)
      select ${postingId}, coalesce(max(number), 0) + 1, ${attempt.action}, ${attempt.by},
        ${attempt.startedAt}::timestamptz, ${attempt.finishedAt ?? null}::timestamptz,
        ${attempt.outcome ?? null}, ${json(attempt.detail)}::json, ${json(attempt.exchanges)}::json
      from postings.attempt where posting_id = ${postingId} returning number`,
  );
  return made?.number ?? 0;
}

/**
 * Adds a look to a posting's story; one that says what the look before it said takes its place in
 * the story, so that a month of waiting is one line.
 */
export async function addLook(
  transaction: Handle,
  postingId: string,
  look: Attempt & Required<Pick<Attempt, 'finishedAt' | 'outcome'>>,
): Promise<void> {
  const extended = await rows(
    transaction,
    sql`update postings.attempt set finished_at = ${look.finishedAt},
        detail = ${json(look.detail)}::json, exchanges = ${json(look.exchanges)}::json
      where posting_id = ${postingId} and action = 'look' and outcome = ${look.outcome}
        and number = (select max(number) from postings.attempt where posting_id = ${postingId})
      returning number`,
  );
  if (extended.length === 0) await addAttempt(transaction, postingId, look);
}

/** Says how a line that was begun has ended. */
export async function finishAttempt(
  transaction: Handle,
  postingId: string,
  number: number,
  end: Required<Pick<Attempt, 'finishedAt' | 'outcome'>> & Pick<Attempt, 'detail' | 'exchanges'>,
): Promise<void> {
  await rows(
    transaction,
    sql`update postings.attempt set finished_at = ${end.finishedAt}, outcome = ${end.outcome},
        detail = ${json(end.detail)}::json, exchanges = ${json(end.exchanges)}::json
      where posting_id = ${postingId} and number = ${number}`,
  );
}

/** How a posting stands, as the outcome of an attempt. */
export function outcomeOf({ state, refusal }: Progress): string {
  const says = isFinal(state) || state === 'handed-over' || refusal === undefined;
  return says ? state : refusal.why;
}

/** Why, for a person. */
export function detailOf({ refusal, result, place, via }: Progress): JsonObject {
  return {
    ...(refusal === undefined ? {} : { ...refusal }),
    ...(result === undefined ? {} : { key: result.key }),
    ...(place === undefined ? {} : { place }),
    ...(via === undefined ? {} : { via }),
  };
}

function json(value: JsonObject | readonly JsonObject[] | undefined): string | null {
  return value === undefined ? null : canonicalJson(value);
}
