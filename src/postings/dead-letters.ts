import type { Operation } from '#adapter-kit';
import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { postingsError } from './errors.ts';
import { POSTINGS_CHANNEL } from './intend.ts';
import { addAttempt, saveProgress } from './journal.ts';
import type { AttemptAction } from './journal.ts';
import { findPostingForUpdate } from './list-postings.ts';
import type { PostingFilter } from './list-postings.ts';
import { whereOf } from './list-postings.ts';
import type { Posting } from './posting.ts';
import { POSTING_POLICY } from './policy.ts';
import { decide } from './progress.ts';
import type { PostingEvent, PostingState, Progress } from './progress.ts';

/** Says what is wrong with a payload for an operation; empty: nothing. */
export type PayloadCheck = (
  operation: Operation,
  payload: JsonObject,
) => readonly { readonly field: string; readonly reason: string }[];

/** Who does it, when, and why. */
export type Deed = { readonly by: string; readonly at: Instant; readonly reason?: string };

const WAITING_FOR_A_PERSON: readonly PostingState[] = ['dead', 'conflict'];
const BULK_MAX = 10_000;

/**
 * Replaces the payload of a dead letter, or of a posting that was never sent; it is not sent by
 * this. Fails with `postings.invalid-payload` when the check finds something.
 */
export async function editPayload(
  transaction: Handle,
  id: string,
  payload: JsonObject,
  deed: Deed & { readonly check: PayloadCheck },
): Promise<void> {
  const posting = await waiting(transaction, id, [...WAITING_FOR_A_PERSON, 'intent']);
  const problems = deed.check(posting.operation, payload);
  if (problems.length > 0) {
    const said = problems
      .map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`))
      .join('; ');
    throw postingsError(
      'invalid',
      'postings.invalid-payload',
      `the payload cannot be a ${posting.kind}: ${said}`,
      'Correct these fields and save again.',
    );
  }
  await rows(
    transaction,
    sql`update postings.posting set payload = ${canonicalJson(payload)}, updated_at = ${deed.at}
      where id = ${id}`,
  );
  await tell(transaction, id, deed, { action: 'edit', before: posting.payload });
}

/** Sends a dead letter or a conflict again, as it is now, seeing its target afresh. */
export async function retryPosting(transaction: Handle, id: string, deed: Deed): Promise<void> {
  const posting = await waiting(transaction, id, [...WAITING_FOR_A_PERSON, 'intent']);
  // What was refused as moved on was shown to a person, who says that it is still wanted.
  await rows(
    transaction,
    sql`update postings.posting set target_version = null, target_hash = null
      where id = ${id} and state = 'conflict'`,
  );
  await change(transaction, posting, { kind: 'retried', at: deed.at });
  await tell(transaction, id, deed, { action: 'retry' });
  await notify(transaction, POSTINGS_CHANNEL);
}

/** Retries every dead letter that the filter fits. Answers how many. */
export async function retryAll(
  transaction: Handle,
  filter: PostingFilter,
  deed: Deed,
): Promise<number> {
  const found = await rows<{ id: string }>(
    transaction,
    sql`select p.id from postings.posting p where p.state = 'dead' and ${whereOf(filter)}
      order by p.sequence limit ${BULK_MAX} for update`,
  );
  for (const { id } of found) await retryPosting(transaction, id, deed);
  return found.length;
}

/** Gives a posting up for good; those behind it in its lane go on. */
export async function dismissPosting(
  transaction: Handle,
  id: string,
  deed: Deed & { readonly reason: string },
): Promise<void> {
  const posting = await waiting(transaction, id, [...WAITING_FOR_A_PERSON, 'intent']);
  await change(transaction, posting, { kind: 'dismissed', at: deed.at, reason: deed.reason });
  await tell(transaction, id, deed, { action: 'dismiss' });
  await notify(transaction, POSTINGS_CHANNEL);
}

/**
 * A person has looked in the system itself and says whether a posting was booked that is uncertain
 * or handed over: for systems that cannot be asked any more, or do not answer. An uncertain one that
 * was not booked is sent again; one handed over may still lie somewhere, so it waits for a person.
 */
export async function settlePosting(
  transaction: Handle,
  id: string,
  booked: { readonly key: string } | 'not-booked',
  deed: Deed & { readonly reason: string },
): Promise<void> {
  const posting = await waiting(transaction, id, ['uncertain', 'handed-over']);
  const { at } = deed;
  const { settleUntil, state } = posting.progress;
  const unbooked: PostingEvent =
    state === 'handed-over'
      ? { kind: 'said-unbooked', at }
      : { kind: 'not-found', at, beganAt: laterOf(at, settleUntil) };
  const event: PostingEvent =
    booked === 'not-booked' ? unbooked : { kind: 'found', at, found: booked };
  await change(transaction, posting, event);
  const detail = booked === 'not-booked' ? { booked: false } : { booked: true, key: booked.key };
  await tell(transaction, id, deed, { action: 'settle', ...detail });
  await notify(transaction, POSTINGS_CHANNEL);
}

/** The posting, locked; nobody is working on it, and a person may decide about it. */
async function waiting(
  transaction: Handle,
  id: string,
  states: readonly PostingState[],
): Promise<Posting> {
  const posting = await findPostingForUpdate(transaction, id);
  if (posting === undefined) {
    const remedy = 'Look for it in the list of postings.';
    throw postingsError('not-found', 'postings.unknown', `there is no posting ${id}`, remedy);
  }
  const { state } = posting.progress;
  const busy = posting.leaseUntil !== undefined;
  if (states.includes(state) && !busy) return posting;
  throw postingsError(
    'conflict',
    'postings.wrong-state',
    `posting ${id} is '${state}'${busy ? ' and being worked on' : ''}`,
    'Read it again: it may be decided already, or be waiting for an answer.',
  );
}

async function change(
  transaction: Handle,
  posting: Posting,
  event: PostingEvent,
): Promise<Progress> {
  const progress = decide(posting.progress, event, POSTING_POLICY, 0);
  await saveProgress(transaction, posting, progress, { at: event.at });
  return progress;
}

async function tell(
  transaction: Handle,
  id: string,
  { by, at, reason }: Deed,
  { action, ...detail }: JsonObject & { readonly action: AttemptAction },
): Promise<void> {
  await addAttempt(transaction, id, {
    action,
    by,
    startedAt: at,
    finishedAt: at,
    detail: { ...detail, ...(reason === undefined ? {} : { reason }) },
  });
}

function laterOf(at: Instant, other: Instant | undefined): Instant {
  return other === undefined ? at : instantOf(Math.max(millisecondsOf(at), millisecondsOf(other)));
}
