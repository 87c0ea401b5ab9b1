import type { Found, SourceDocument } from '#adapter-kit';
import { transact } from '#database';
import { describeError } from '#kernel';
import { commandOf } from './destination.ts';
import type { Destination, PosterDeps } from './destination.ts';
import { collectExchanges } from './exchanges.ts';
import { addAttempt, addLook, detailOf, outcomeOf, saveProgress } from './journal.ts';
import { decide } from './progress.ts';
import type { PostingEvent } from './progress.ts';
import type { Posting } from './posting.ts';

/**
 * Asks the system what became of a posting, uncertain or handed over, and writes it down. Answers
 * whether it could be asked.
 */
export async function lookUp(
  deps: PosterDeps,
  posting: Posting,
  destination: Destination,
): Promise<boolean> {
  const { clock, database, random, worker } = deps;
  const { adapter, policy } = destination;
  const beganAt = clock(); // Before it is asked: only what it then says about earlier sends counts.
  const { result: event, exchanges } = await collectExchanges(async (): Promise<PostingEvent> => {
    try {
      if (adapter.writer === undefined) throw new Error(`${adapter.name} cannot be asked`);
      const stop = AbortSignal.timeout(policy.sendMsMax);
      const seen = await adapter.writer.lookup(commandOf(posting, undefined), stop);
      const at = clock();
      if (seen === undefined) {
        const fetched = (await mayBeFetched(destination, posting))
          ? { fetched: true as const }
          : {};
        return { kind: 'not-found', at, beganAt, ...fetched };
      }
      if ('waiting' in seen) return { kind: 'waiting', at, waiting: seen.waiting };
      if ('refused' in seen) return { kind: 'refused', at, refused: seen.refused };
      return { kind: 'found', at, found: seen };
    } catch (error) {
      const reason = isTimeout(error)
        ? `no answer within ${policy.sendMsMax} ms`
        : describeError(error);
      return { kind: 'look-failed', at: clock(), reason };
    }
  });
  const looked =
    event.kind === 'found' ? await readFound(destination, posting, event.found) : undefined;
  const progress = decide(posting.progress, event, policy, random());
  await transact(database, async (tx) => {
    if (!(await saveProgress(tx, posting, progress, { at: event.at, looked }))) return;
    await addLook(tx, posting.id, {
      action: 'look',
      by: worker,
      startedAt: beganAt,
      finishedAt: event.at,
      outcome: event.kind,
      detail: detailOf(progress),
      exchanges,
    });
  });
  return event.kind !== 'look-failed';
}

/**
 * Whether a system that fetches what it books may have this one though it does not say so. Not when it is
 * certain that nothing was laid down for it since before it was asked for.
 */
async function mayBeFetched({ adapter, policy }: Destination, posting: Posting): Promise<boolean> {
  if (adapter.capabilities.handsOver !== true) return false;
  const stop = AbortSignal.timeout(policy.sendMsMax);
  const unlaid = await adapter.writer?.unlaidSince?.(commandOf(posting, undefined), stop);
  return unlaid === undefined || unlaid > posting.createdAt;
}

/** What was found, as it is now: without it, it cannot be taken back later. */
export async function readFound(
  { adapter, entityOf, policy }: Destination,
  { kind }: Posting,
  { key }: Found,
): Promise<SourceDocument | undefined> {
  const entity = entityOf(kind);
  if (entity === undefined) return undefined;
  const stop = AbortSignal.timeout(policy.sendMsMax);
  return await adapter.fetch?.(entity, key, stop).catch(() => undefined);
}

/** A posting whose worker was lost while it was sending: from now on it is uncertain. */
export async function takeOver(
  { clock, database, random, worker }: PosterDeps,
  posting: Posting,
  { policy }: Destination,
): Promise<void> {
  const at = clock();
  const progress = decide(posting.progress, { kind: 'worker-lost', at }, policy, random());
  await transact(database, async (tx) => {
    if (!(await saveProgress(tx, posting, progress, { at }))) return;
    const lost = { action: 'lost', by: worker, startedAt: at, finishedAt: at } as const;
    await addAttempt(tx, posting.id, { ...lost, outcome: outcomeOf(progress) });
  });
}

const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError';
