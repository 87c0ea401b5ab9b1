import type { Instant } from '#kernel/time';
import { claimCompanions, claimStranded } from './claim.ts';
import type { Claim } from './claim.ts';
import { LEASE_SENDS, mostAtOnce, plus } from './destination.ts';
import type { Destination, PosterDeps } from './destination.ts';
import { listHolds } from './hold.ts';
import { sendOut } from './send.ts';
import { RETRYABLE } from './progress.ts';

/** An integration that has been away since `since`, and who stands in for it. */
type Away = {
  readonly integration: string;
  readonly since: Instant;
  readonly destination: Destination;
};

/**
 * Hands over, by the integration that stands in, everything that waits for one that has been away
 * for too long: several at a time where it takes several as one. Only what is certainly not booked
 * goes that way, and from then on it is never sent by its own integration unless it was certainly
 * taken back.
 */
export async function fallBack(
  deps: PosterDeps,
  { integration, since, destination }: Away,
): Promise<void> {
  const { policy, fallback } = destination;
  if (fallback === undefined) return;
  const startedAt = deps.clock();
  if (plus(since, policy.fallbackAfterMs) > startedAt) return;
  const held = (await listHolds(deps.database.kysely)).some(
    (hold) => hold.integration === fallback,
  );
  if (held) return;
  const standIn = await deps.destinationOf(fallback).catch(() => undefined);
  if (standIn === undefined || standIn.adapter.capabilities.handsOver !== true) return;
  for (;;) {
    const went = await handOverSome(deps, integration, { name: fallback, standIn });
    if (!went) return;
  }
}

/** Hands over one, or several as one. False: there was none, or the stand-in is away as well. */
async function handOverSome(
  deps: PosterDeps,
  integration: string,
  { name, standIn }: { readonly name: string; readonly standIn: Destination },
): Promise<boolean> {
  const { adapter, policy } = standIn;
  const handle = deps.database.kysely;
  const at = deps.clock();
  const leaseUntil = plus(at, LEASE_SENDS * policy.sendMsMax);
  const claim: Claim = { at, leaseUntil, resting: [] };
  const first = await claimStranded(handle, integration, adapter.capabilities.writes, claim);
  if (first === undefined) return false;
  const most = mostAtOnce(adapter.writer, first.operation) - 1;
  const companions = await claimCompanions(handle, first, claim, { most, stranded: true });
  // What it changes can be read only in its own system, which is away.
  const blind: Destination = { ...standIn, entityOf: () => undefined };
  const outcomes = await sendOut(deps, [first, ...companions], blind, name);
  return !outcomes.some((one) => one.outcome === 'rejected' && RETRYABLE.includes(one.why));
}
