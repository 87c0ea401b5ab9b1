import type { Found, Refused, Waiting, Writer } from '#adapter-kit';
import { transact } from '#database';
import { describeError } from '#kernel';
import type { Instant } from '#kernel/time';
import { commandOf } from './destination.ts';
import type { Destination, PosterDeps } from './destination.ts';
import { collectExchanges } from './exchanges.ts';
import { readFound } from './look-up.ts';
import { addAttempt, addLook, detailOf, saveProgress } from './journal.ts';
import type { Posting } from './posting.ts';
import { decide } from './progress.ts';
import type { PostingEvent } from './progress.ts';
import { reasonOf } from './sentences.ts';

/** What one look said: undefined is a clear "not there". */
type Seen = Found | Waiting | Refused | { readonly failed: string } | undefined;

/** What came of it, and what it told about the posting's own system. */
type Told = { readonly event: PostingEvent; readonly own: 'not-asked' | 'answered' | 'away' };

/** Of a posting that went out by a stand-in: where it went, and its own system. */
export type BothWays = {
  readonly standIn: Destination;
  readonly own: Destination;
  readonly mayAskOwn: boolean; // It is not resting.
};

/**
 * Looks for a posting that was handed over by another integration: what that one says of it, and by
 * its reference in its own system. When its own system answers again and does not have it, what still
 * lies there is taken back, and looked for once more before it is sent. Answers whether its own
 * system was asked, and was there.
 */
export async function lookBothWays(
  deps: PosterDeps,
  posting: Posting,
  ways: BothWays,
): Promise<Told['own']> {
  const { clock, database, random, worker } = deps;
  const beganAt = clock();
  const { result, exchanges } = await collectExchanges(() => look(deps, posting, ways, beganAt));
  const { event, own } = result;
  // How long to wait is as the one that it went by says; how late it may still be booked, its own.
  const { settleMs } = ways.own.policy;
  const policy = { ...ways.standIn.policy, settleMs };
  const looked =
    event.kind === 'found' ? await readFound(ways.own, posting, event.found) : undefined;
  const progress = decide(posting.progress, event, policy, random());
  await transact(database, async (tx) => {
    if (!(await saveProgress(tx, posting, progress, { at: event.at, looked }))) return;
    const line = {
      by: worker,
      startedAt: beganAt,
      finishedAt: event.at,
      outcome: event.kind,
      detail: detailOf(progress),
      exchanges,
    };
    if (event.kind === 'withdrawn')
      await addAttempt(tx, posting.id, { action: 'withdraw', ...line });
    else await addLook(tx, posting.id, { action: 'look', ...line });
  });
  return own;
}

async function look(
  { clock }: PosterDeps,
  posting: Posting,
  { standIn, own, mayAskOwn }: BothWays,
  beganAt: Instant,
): Promise<Told> {
  const there = await seenBy(standIn, posting);
  const told = eventOf(there, { at: clock(), beganAt });
  if (told.kind === 'found' || told.kind === 'refused') return { event: told, own: 'not-asked' };
  if (!mayAskOwn) return { event: told, own: 'not-asked' };
  const here = await seenBy(own, posting);
  if (here !== undefined && 'failed' in here) return { event: told, own: 'away' };
  if (here !== undefined && 'key' in here) {
    return { event: { kind: 'found', at: clock(), found: here }, own: 'answered' };
  }
  const { writer } = standIn.adapter;
  const withdrawn = writer === undefined ? false : await takenBack(writer, posting, standIn);
  if (!withdrawn) return { event: told, own: 'answered' };
  const why = reasonOf('own-is-back', {});
  return { event: { kind: 'withdrawn', at: clock(), ...why, to: 'uncertain' }, own: 'answered' };
}

async function seenBy({ adapter, policy }: Destination, posting: Posting): Promise<Seen> {
  try {
    if (adapter.writer === undefined) throw new Error(`${adapter.name} cannot be asked`);
    const stop = AbortSignal.timeout(policy.sendMsMax);
    return await adapter.writer.lookup(commandOf(posting, undefined), stop);
  } catch (error) {
    return { failed: describeError(error) };
  }
}

async function takenBack(
  writer: Writer,
  posting: Posting,
  { policy }: Destination,
): Promise<boolean> {
  try {
    const stop = AbortSignal.timeout(policy.sendMsMax);
    return (await writer.withdraw?.(commandOf(posting, undefined), stop)) === 'withdrawn';
  } catch {
    return false; // It cannot be told: it stays where it is.
  }
}

function eventOf(
  seen: Seen,
  when: { readonly at: Instant; readonly beganAt: Instant },
): PostingEvent {
  const { at } = when;
  if (seen === undefined) return { kind: 'not-found', ...when, fetched: true };
  if ('failed' in seen) return { kind: 'look-failed', at, reason: seen.failed };
  if ('waiting' in seen) return { kind: 'waiting', at, waiting: seen.waiting };
  if ('refused' in seen) return { kind: 'refused', at, refused: seen.refused };
  return { kind: 'found', at, found: seen };
}
