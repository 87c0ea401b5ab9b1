import type { Found, Rejection, WriteOutcome } from '#adapter-kit';
import { assert } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { backoffMs } from './backoff.ts';

/** Where a posting stands. `accepted` and `dismissed` are the end; `dead` and `conflict` wait for a person. */
export type PostingState =
  | 'intent' // Not sent, or certainly not booked: may be sent.
  | 'sending' // Committed before anything leaves: from here on it may have been booked.
  | 'uncertain' // It may have been booked: look before anything else.
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
};

/** Why it was not booked, or why we cannot tell. */
export type Refusal = {
  readonly why: Rejection | 'uncertain';
  readonly code: string;
  readonly reason: string;
  readonly field?: string;
};

/** What was booked. `version`: what it was right after our booking, known only from the answer. */
export type Result = { readonly key: string; readonly version?: string; readonly detail?: object };

/** What happened to a posting. */
export type PostingEvent =
  | { readonly kind: 'send-began'; readonly at: Instant }
  | { readonly kind: 'answered'; readonly at: Instant; readonly outcome: WriteOutcome }
  | { readonly kind: 'worker-lost'; readonly at: Instant } // Its lease ran out before.
  | { readonly kind: 'found'; readonly at: Instant; readonly found: Found }
  | { readonly kind: 'not-found'; readonly at: Instant; readonly beganAt: Instant }
  | { readonly kind: 'look-failed'; readonly at: Instant; readonly reason: string }
  | { readonly kind: 'retried'; readonly at: Instant } // By a person.
  | { readonly kind: 'dismissed'; readonly at: Instant; readonly reason: string };

/** How patient we are with one integration. */
export type PostingPolicy = {
  readonly sendMsMax: number; // One request that writes; then it is given up, and uncertain.
  readonly settleMs: number; // How late a system may still book what it never answered.
  readonly retryBaseMs: number;
  readonly retryMsMax: number;
  readonly attemptsMax: number; // Of 'limited' and 'unavailable'; then a person is asked.
};

/** Patient enough for an ERP that is restarted at night. */
export const POSTING_POLICY: PostingPolicy = {
  sendMsMax: 30_000,
  settleMs: 60_000,
  retryBaseMs: 1_000,
  retryMsMax: 600_000,
  attemptsMax: 100,
};

const RETRYABLE: readonly Rejection[] = ['limited', 'unavailable'];

/**
 * The rules: what a posting becomes when something happens to it. Pure. `draw`, from 0 up to 1,
 * spreads the waits. The law: from 'sending' only an answer leads back to 'intent', or a look that
 * began when no late booking could follow.
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
      };
    case 'answered':
      expectState(progress, event, ['sending', 'intent']); // 'intent': refused before it was sent.
      return answered(progress, event, policy, draw);
    case 'worker-lost':
      expectState(progress, event, ['sending']);
      return uncertain(progress, event.at, policy, {
        why: 'uncertain',
        code: 'none',
        reason: 'the worker was lost while it was sending',
      });
    case 'found':
      expectState(progress, event, ['uncertain']);
      return accepted(progress, event.at, withoutVersion(event.found));
    case 'not-found':
      expectState(progress, event, ['uncertain']);
      return notFound(progress, event, policy, draw);
    case 'look-failed':
      expectState(progress, event, ['uncertain']);
      return {
        ...progress,
        lookups: progress.lookups + 1,
        nextTryAt: after(event.at, lookWaitMs(progress.lookups, policy, draw)),
        refusal: { why: 'uncertain', code: 'none', reason: `looking: ${event.reason}` },
      };
    case 'retried':
      expectState(progress, event, ['dead', 'conflict', 'intent']);
      return { state: 'intent', attempts: 0, lookups: 0, nextTryAt: event.at };
    case 'dismissed':
      expectState(progress, event, ['dead', 'conflict', 'intent']);
      return {
        ...progress,
        state: 'dismissed',
        refusal: { ...(progress.refusal ?? NEVER_SENT), reason: event.reason },
      };
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
      return uncertain(progress, at, policy, {
        why: 'uncertain',
        code: 'none',
        reason: outcome.reason,
      });
    case 'rejected': {
      const { why, code, reason, field, retryAfterMs = 0 } = outcome;
      const refusal = { why, code, reason, ...(field === undefined ? {} : { field }) };
      const { lookups } = progress;
      const attempts = progress.attempts + (progress.state === 'intent' ? 1 : 0);
      if (RETRYABLE.includes(why) && attempts < policy.attemptsMax) {
        const waitMs = Math.max(retryAfterMs, backoffMs(attempts, policy, draw));
        return { state: 'intent', attempts, lookups, nextTryAt: after(at, waitMs), refusal };
      }
      const state = why === 'conflict' ? 'conflict' : 'dead';
      return { state, attempts, lookups, nextTryAt: at, refusal };
    }
  }
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
  };
}

function notFound(
  progress: Progress,
  { at, beganAt }: Extract<PostingEvent, { kind: 'not-found' }>,
  policy: PostingPolicy,
  draw: number,
): Progress {
  const { settleUntil, attempts, lookups } = progress;
  assert(settleUntil !== undefined, 'what is uncertain has a settle window');
  if (beganAt >= settleUntil) {
    const reason = 'looked for, and not there: it is sent again';
    const refusal: Refusal = { why: 'unavailable', code: 'none', reason };
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
