import type { Instant } from '#kernel/time';
import { claimCompanions, claimNext } from './claim.ts';
import type { Claim } from './claim.ts';
import { LEASE_SENDS, plus, unreachable } from './destination.ts';
import type { PosterDeps } from './destination.ts';
import { lookUp, takeOver } from './look-up.ts';
import type { Posting } from './posting.ts';
import { restAfter } from './rest.ts';
import type { Rests } from './rest.ts';
import { sendOut } from './send.ts';

/** Works on the most urgent posting that is due. False: nothing was due. */
export async function postNext(deps: PosterDeps, rests: Rests): Promise<boolean> {
  const at = deps.clock();
  const claim: Claim = {
    at,
    leaseUntil: plus(at, LEASE_SENDS * deps.sendMsMax),
    resting: restingAt(rests, at),
  };
  const posting = await claimNext(deps.database.kysely, claim);
  if (posting === undefined) return false;
  await work(deps, rests, posting, claim);
  return true;
}

async function work(deps: PosterDeps, rests: Rests, posting: Posting, claim: Claim): Promise<void> {
  const { integration, progress } = posting;
  const destination = await deps
    .destinationOf(integration)
    .catch((error: unknown) => unreachable(deps, posting, error));
  if (progress.state === 'sending') return takeOver(deps, posting, destination);
  if (progress.state === 'uncertain' || progress.state === 'handed-over')
    return lookUp(deps, posting, destination);
  const most = (destination.adapter.writer?.many?.commandsMax ?? 1) - 1;
  const companions =
    posting.target === undefined
      ? await claimCompanions(deps.database.kysely, posting, claim, most)
      : [];
  const outcomes = await sendOut(deps, [posting, ...companions], destination);
  const context = { now: deps.clock(), policy: destination.policy, deps };
  for (const outcome of outcomes) restAfter(rests, integration, outcome, context);
}

function restingAt(rests: Rests, at: Instant): readonly string[] {
  return [...rests].filter(([, { until }]) => until > at).map(([integration]) => integration);
}
