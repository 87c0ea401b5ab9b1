import type { WriteOutcome } from '#adapter-kit';
import type { Instant } from '#kernel/time';
import { claimCompanions, claimNext, extendLease } from './claim.ts';
import type { Claim } from './claim.ts';
import { LEASE_SENDS, mostAtOnce, plus, unreachable } from './destination.ts';
import type { Destination, PosterDeps } from './destination.ts';
import { fallBack } from './fall-back.ts';
import { lookBothWays } from './look-both-ways.ts';
import { lookUp, takeOver } from './look-up.ts';
import { noteAway, noteBack, signOf } from './outage.ts';
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
  const claimed = await claimNext(deps.database.kysely, claim);
  if (claimed === undefined) return false;
  const { posting, away } = claimed;
  const destination = await destinationOf(deps, posting, posting.integration);
  const { sendMsMax } = destination.policy;
  const leaseUntil = plus(at, LEASE_SENDS * Math.max(deps.sendMsMax, sendMsMax));
  const longer = leaseUntil > claim.leaseUntil;
  if (longer && !(await extendLease(deps.database.kysely, posting, leaseUntil))) return true;
  const task = { posting: { ...posting, leaseUntil }, destination, away, rests };
  await work(deps, task, { ...claim, leaseUntil });
  return true;
}

type Task = {
  readonly posting: Posting;
  readonly destination: Destination;
  readonly away: boolean; // It could not be reached the last time.
  readonly rests: Rests;
};

async function work(deps: PosterDeps, task: Task, claim: Claim): Promise<void> {
  const { posting, destination } = task;
  const { state } = posting.progress;
  if (state === 'sending') await takeOver(deps, posting, destination);
  else if (state === 'uncertain' || state === 'handed-over') await look(deps, task);
  else await send(deps, task, claim);
}

async function look(deps: PosterDeps, task: Task): Promise<void> {
  const { posting, destination, away, rests } = task;
  const { integration, progress } = posting;
  const { kysely } = deps.database;
  if (progress.via === undefined) {
    if ((await lookUp(deps, posting, destination)) && away) await noteBack(kysely, integration);
    return;
  }
  const standIn = await destinationOf(deps, posting, progress.via);
  const resting = restingAt(rests, deps.clock());
  const ways = { standIn, own: destination, mayAskOwn: !resting.includes(integration) };
  const own = await lookBothWays(deps, posting, ways);
  if (own === 'not-asked') return;
  rest(deps, task, own === 'away' ? AWAY : BACK);
  if (own === 'answered' && away) await noteBack(kysely, integration);
}

async function send(deps: PosterDeps, task: Task, claim: Claim): Promise<void> {
  const { posting, destination, away } = task;
  const { integration } = posting;
  const { kysely } = deps.database;
  const most = mostAtOnce(destination.adapter.writer, posting.operation) - 1;
  const companions = await claimCompanions(kysely, posting, claim, { most });
  const outcomes = await sendOut(deps, [posting, ...companions], destination);
  for (const outcome of outcomes) rest(deps, task, outcome);
  const sign = signOf(outcomes);
  if (sign.is === 'back' && away) await noteBack(kysely, integration);
  if (sign.is !== 'away') return;
  const { reason } = sign;
  const since = await noteAway(kysely, integration, { at: deps.clock(), reason });
  await fallBack(deps, { integration, since, destination });
}

const AWAY: WriteOutcome = { outcome: 'rejected', why: 'unavailable', code: 'none', reason: '' };
const BACK: WriteOutcome = { outcome: 'uncertain', reason: '' };

function rest(
  deps: PosterDeps,
  { posting, destination, rests }: Task,
  outcome: WriteOutcome,
): void {
  const { policy } = destination;
  restAfter(rests, posting.integration, outcome, { now: deps.clock(), policy, deps });
}

const destinationOf = (deps: PosterDeps, posting: Posting, name: string): Promise<Destination> =>
  deps.destinationOf(name).catch((error: unknown) => unreachable(deps, posting, error));

function restingAt(rests: Rests, at: Instant): readonly string[] {
  return [...rests].filter(([, { until }]) => until > at).map(([integration]) => integration);
}
