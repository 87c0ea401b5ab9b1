import type { Found, Refused, Rejection, Waiting, WriteOutcome } from '#adapter-kit';
import { assert } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { backoffMs } from './backoff.ts';
import type { PostingPolicy } from './policy.ts';
import { reasonOf } from './sentences.ts';

/** Where a posting stands. `accepted` and `dismissed` are the end; `dead` and `conflict` wait for a person. */
export type PostingState =
  | 'intent' // Not sent, or certainly not booked: may be sent.
  | 'sending' // Committed before anything leaves: from here on it may have been booked.
  | 'uncertain' // It may have been booked: look before anything else.
  | 'handed-over' // It lies where the system will fetch it: what comes of it is told only by looking.
  | 'accepted'
  | 'dead' // The system said no.
  | 'conflict' // What it changes has moved on since we saw it.
  | 'dismissed'; // A person decided that it is not to be booked.

/** The part of a posting that the rules decide about. */
export type Progress = {
  readonly state: PostingState;
  readonly attempts: number; // Times sent.
  readonly lookups: number; // Times looked since the last was sent.
  readonly nextTryAt: Instant;
  readonly settleUntil?: Instant; // "Not there" is believed only from a look begun after this.
  readonly refusal?: Refusal;
  readonly result?: Result;
  readonly place?: string; // Where it was handed over.
  readonly via?: string; // The integration that stood in for its own when it went out last.
};

/** Why it was not booked, or why we cannot tell. */
export type Refusal = {
  readonly why: Rejection | 'uncertain' | 'waiting' | 'withdrawn';
  readonly code: string;
  readonly reason: string;
  readonly field?: string;
};

/** What was booked. `version`: what it was right after our booking, known only from the answer. */
export type Result = { readonly key: string; readonly version?: string; readonly detail?: object };

/** What happened to a posting. */
export type PostingEvent =
  | { readonly kind: 'send-began'; readonly at: Instant; readonly via?: string }
  | { readonly kind: 'answered'; readonly at: Instant; readonly outcome: WriteOutcome }
  | { readonly kind: 'worker-lost'; readonly at: Instant } // Its lease ran out before.
  | { readonly kind: 'found'; readonly at: Instant; readonly found: Found }
  | {
      readonly kind: 'not-found';
      readonly at: Instant;
      readonly beganAt: Instant;
      readonly fetched?: true; // The system fetches what it books: it may have it, and not say so.
    }
  | { readonly kind: 'waiting'; readonly at: Instant; readonly waiting: Waiting['waiting'] }
  | { readonly kind: 'refused'; readonly at: Instant; readonly refused: Refused['refused'] }
  | {
      readonly kind: 'withdrawn'; // It certainly is never taken up.
      readonly at: Instant;
      readonly code?: string; // Absent: a person's own words.
      readonly reason: string;
      readonly to: 'uncertain' | 'dead'; // Looked for by its own system, then sent; or left to a person.
    }
  | { readonly kind: 'said-unbooked'; readonly at: Instant } // By a person who has looked.
  | { readonly kind: 'look-failed'; readonly at: Instant; readonly reason: string }
  | { readonly kind: 'retried'; readonly at: Instant } // By a person.
  | { readonly kind: 'dismissed'; readonly at: Instant; readonly reason: string };

/** Refusals that only time can change. */
export const RETRYABLE: readonly Rejection[] = ['limited', 'unavailable'];

/**
 * The rules: what a posting becomes when something happens to it. Pure. `draw`, from 0 up to 1,
 * spreads the waits. The law: from 'sending' only an answer leads back to 'intent', or a look that
 * began when no late booking could follow. From 'handed-over' nothing does but its withdrawal.
 */
export function decide(
  progress: Progress,
  event: PostingEvent,
  policy: PostingPolicy,
  draw: number,
): Progress {
  switch (event.kind) {
    case 'send-began':
      expectState(progress, event, ['intent']);
      return {
        state: 'sending',
        attempts: progress.attempts + 1,
        lookups: 0,
        nextTryAt: event.at,
        ...(event.via === undefined ? {} : { via: event.via }),
      };
    case 'answered':
      expectState(progress, event, ['sending', 'intent']); // 'intent': refused before it was sent.
      return answered(progress, event, policy, draw);
    case 'worker-lost':
      expectState(progress, event, ['sending']);
      return uncertain(progress, event.at, policy, unsure(reasonOf('worker-lost', {})));
    case 'found':
    case 'not-found':
    case 'look-failed':
    case 'waiting':
    case 'refused':
      expectState(progress, event, ['uncertain', 'handed-over']);
      return looked(progress, event, policy, draw);
    case 'withdrawn':
    case 'said-unbooked':
    case 'retried':
    case 'dismissed':
      return decided(progress, event, policy);
  }
}

/** Whether nothing more will happen to it by itself, or by anyone. */
export const isFinal = (state: PostingState): boolean =>
  state === 'accepted' || state === 'dismissed';

const NEVER_SENT: Refusal = { why: 'unsupported', code: 'none', reason: '' };

function answered(
  progress: Progress,
  { at, outcome }: Extract<PostingEvent, { kind: 'answered' }>,
  policy: PostingPolicy,
  draw: number,
): Progress {
  switch (outcome.outcome) {
    case 'accepted':
      return accepted(progress, at, outcome);
    case 'uncertain':
      return uncertain(progress, at, policy, unsure(outcome));
    case 'handed-over':
      return handedOver(progress, at, outcome.place, policy);
    case 'rejected': {
      const { why, code, reason, field, retryAfterMs = 0 } = outcome;
      const refusal = { why, code, reason, ...(field === undefined ? {} : { field }) };
      const { lookups } = progress;
      const attempts = progress.attempts + (progress.state === 'intent' ? 1 : 0);
      const retryable = RETRYABLE.includes(why) || progress.via !== undefined; // Its own may take it.
      if (retryable && attempts < policy.attemptsMax) {
        const waitMs = Math.max(retryAfterMs, backoffMs(attempts, policy, draw));
        return { state: 'intent', attempts, lookups, nextTryAt: after(at, waitMs), refusal };
      }
      const state = why === 'conflict' ? 'conflict' : 'dead';
      return { state, attempts, lookups, nextTryAt: at, refusal };
    }
  }
}

type Looked = Extract<
  PostingEvent,
  { kind: 'found' | 'not-found' | 'look-failed' | 'waiting' | 'refused' }
>;

/** What a look makes of one that is uncertain or handed over. */
function looked(progress: Progress, event: Looked, policy: PostingPolicy, draw: number): Progress {
  const { at } = event;
  switch (event.kind) {
    case 'found':
      return accepted(progress, at, withoutVersion(event.found));
    case 'not-found':
      return notFound(progress, event, policy, draw);
    case 'look-failed':
      return lookLater(
        progress,
        { at, refusal: unsure(reasonOf('look-failed', { why: event.reason })) },
        policy,
        draw,
      );
    case 'waiting': {
      const { settleUntil: _over, ...rest } = progress;
      const there: Progress = { ...rest, state: 'handed-over', place: event.waiting };
      const refusal: Refusal = { why: 'waiting', code: 'none', reason: event.waiting };
      return lookLater(there, { at, refusal }, policy, draw);
    }
    case 'refused':
      return refused(progress, at, event.refused);
  }
}

type Decided = Extract<
  PostingEvent,
  { kind: 'withdrawn' | 'said-unbooked' | 'retried' | 'dismissed' }
>;

/** What it becomes by a decision, not by what a system says of it. */
function decided(progress: Progress, event: Decided, policy: PostingPolicy): Progress {
  const { at } = event;
  const { attempts } = progress;
  switch (event.kind) {
    case 'withdrawn': {
      expectState(progress, event, ['uncertain', 'handed-over']);
      const { code = 'none', reason } = event;
      const refusal: Refusal = { why: 'withdrawn', code, reason };
      const { via: _over, place: _gone, ...rest } = progress;
      if (event.to === 'uncertain') return uncertain(rest, at, policy, refusal);
      return { state: 'dead', attempts, lookups: 0, nextTryAt: at, refusal };
    }
    case 'said-unbooked': {
      expectState(progress, event, ['handed-over']);
      const refusal: Refusal = { why: 'withdrawn', ...reasonOf('looked-unbooked', {}) };
      return { state: 'dead', attempts, lookups: 0, nextTryAt: at, refusal };
    }
    case 'retried':
      expectState(progress, event, ['dead', 'conflict', 'intent']);
      return { state: 'intent', attempts: 0, lookups: 0, nextTryAt: at };
    case 'dismissed': {
      expectState(progress, event, ['dead', 'conflict', 'intent']);
      const refusal = { ...(progress.refusal ?? NEVER_SENT), reason: event.reason };
      return { ...progress, state: 'dismissed', refusal };
    }
  }
}

function refused(progress: Progress, at: Instant, refusal: Refusal): Progress {
  const { attempts, lookups } = progress;
  const state = refusal.why === 'conflict' ? 'conflict' : 'dead';
  return { state, attempts, lookups, nextTryAt: at, refusal, ...viaOf(progress) };
}

/** By what it went out stays known for as long as that may matter. */
const viaOf = ({ via }: Progress): Pick<Progress, 'via'> => (via === undefined ? {} : { via });

function handedOver(
  progress: Progress,
  at: Instant,
  place: string,
  policy: PostingPolicy,
): Progress {
  const { attempts } = progress;
  const refusal: Refusal = { why: 'waiting', code: 'none', reason: place };
  const nextTryAt = after(at, policy.lookMs);
  const state = 'handed-over';
  return { state, attempts, lookups: 0, nextTryAt, refusal, place, ...viaOf(progress) };
}

const unsure = ({ code = 'none', reason }: { code?: string; reason: string }): Refusal => ({
  why: 'uncertain',
  code,
  reason,
});

/** Stays as it is, with the reason, and is looked at again. */
function lookLater(
  progress: Progress,
  { at, refusal }: { readonly at: Instant; readonly refusal: Refusal },
  policy: PostingPolicy,
  draw: number,
): Progress {
  const { lookups, state } = progress;
  const { retryBaseMs, lookMs } = policy;
  const base = state === 'handed-over' ? lookMs : retryBaseMs;
  const nextTryAt = after(at, lookWaitMs(lookups, { ...policy, retryBaseMs: base }, draw));
  return { ...progress, lookups: lookups + 1, nextTryAt, refusal };
}

function accepted(progress: Progress, at: Instant, result: Found): Progress {
  const { key, version, detail } = result;
  const { attempts, lookups } = progress;
  return {
    state: 'accepted',
    attempts,
    lookups,
    nextTryAt: at,
    result: {
      key,
      ...(version === undefined ? {} : { version }),
      ...(detail === undefined ? {} : { detail }),
    },
    ...viaOf(progress),
  };
}

/** Looked at once; believed to be absent only when the settle window has passed. */
function uncertain(
  progress: Progress,
  at: Instant,
  policy: PostingPolicy,
  refusal: Refusal,
): Progress {
  return {
    state: 'uncertain',
    attempts: progress.attempts,
    lookups: 0,
    nextTryAt: at,
    settleUntil: after(at, policy.settleMs),
    refusal,
    ...viaOf(progress),
  };
}

function notFound(
  progress: Progress,
  { at, beganAt, fetched }: Extract<PostingEvent, { kind: 'not-found' }>,
  policy: PostingPolicy,
  draw: number,
): Progress {
  const { settleUntil, attempts, lookups } = progress;
  if (fetched === true || progress.state === 'handed-over') {
    const refusal = unsure(reasonOf('gone-unanswered', {}));
    return lookLater(progress, { at, refusal }, policy, draw);
  }
  assert(settleUntil !== undefined, 'what is uncertain has a settle window');
  if (beganAt >= settleUntil) {
    const refusal: Refusal = { why: 'unavailable', ...reasonOf('sent-again', {}) };
    return { state: 'intent', attempts, lookups: 0, nextTryAt: at, refusal };
  }
  const next = after(at, lookWaitMs(lookups, policy, draw));
  const nextTryAt = next < settleUntil ? next : settleUntil;
  return { ...progress, lookups: lookups + 1, nextTryAt };
}

/** Someone else may have changed it between our booking and our look: its version proves nothing. */
function withoutVersion({ version: _perhapsTheirs, ...found }: Found): Found {
  return found;
}

function expectState(
  { state }: Progress,
  { kind }: PostingEvent,
  states: readonly PostingState[],
): void {
  assert(states.includes(state), `'${kind}' happened to a posting that is '${state}'`);
}

/** Never at once: a look costs the system something, and only time can change what it says. */
const lookWaitMs = (lookups: number, policy: PostingPolicy, draw: number): number =>
  Math.ceil((policy.retryBaseMs + backoffMs(lookups, policy, draw)) / 2);

const after = (at: Instant, waitMs: number): Instant => instantOf(millisecondsOf(at) + waitMs);
