import type { WriteOutcome } from '#adapter-kit';
import type { Instant } from '#kernel/time';
import { backoffMs } from './backoff.ts';
import { plus } from './destination.ts';
import type { PostingPolicy } from './policy.ts';

/** Integrations that are left alone for a while, because they are overrun or away. */
export type Rests = Map<string, { readonly failures: number; readonly until: Instant }>;

const REST_MS_MAX = 30_000;

/**
 * After 'limited' or 'unavailable' the whole integration rests, longer each time in a row: every
 * other posting would fare the same, and use up its tries. Any other answer ends the rest.
 */
export function restAfter(
  rests: Rests,
  integration: string,
  outcome: WriteOutcome,
  context: {
    readonly now: Instant;
    readonly policy: PostingPolicy;
    readonly deps: { readonly random: () => number };
  },
): void {
  const { now, policy, deps } = context;
  const away =
    outcome.outcome === 'rejected' && (outcome.why === 'limited' || outcome.why === 'unavailable');
  if (!away) {
    rests.delete(integration);
    return;
  }
  const failures = (rests.get(integration)?.failures ?? 0) + 1;
  const retryMsMax = Math.min(REST_MS_MAX, policy.retryMsMax);
  const waitMs = backoffMs(failures, { ...policy, retryMsMax }, deps.random());
  rests.set(integration, {
    failures,
    until: plus(now, Math.max(waitMs, outcome.retryAfterMs ?? 0)),
  });
}
