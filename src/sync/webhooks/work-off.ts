import type { Database } from '#database';
import { transact } from '#database';
import { RialtoError } from '#kernel';
import type { Json } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { syncError } from '../errors.ts';
import type { NamedDocuments } from '../pull/fetch-named.ts';
import { closeRound, wakeFor } from './accept-delivery.ts';
import { excuse, forgetOld, fulfil, openWishes } from './wishes.ts';
import type { Wanted } from './wishes.ts';

/** What working off stands on. */
export type WorkOffDeps = {
  readonly database: Database;
  readonly clock: Clock;
  /** Whether the integration is held or paused: what came in is kept for later then. */
  readonly isHeld: (integration: string) => Promise<boolean>;
  /** Runs a sync: of these documents, or of all that has changed. Fails when one is under way. */
  readonly run: (
    integration: string,
    named: NamedDocuments | undefined,
  ) => Promise<{
    readonly id: string;
    readonly status: string;
    readonly notReady: readonly unknown[];
    readonly message?: string | undefined;
  }>;
};

const WISHES_A_RUN = 1_000;
const WAIT_MS = 2_000;

/**
 * Looks at what deliveries named, as it is in the source now: a run of its own, so that it is never
 * at work beside a pull, whose pages may be older than what it would fetch.
 */
export async function workOff(
  deps: WorkOffDeps,
  integration: string,
  signal: AbortSignal,
): Promise<Json> {
  const { database, clock } = deps;
  await closeRound(database, integration);
  await forgetOld(database, integration, clock());
  let looked = 0;
  for (;;) {
    signal.throwIfAborted();
    if (await deps.isHeld(integration)) return { looked, kept: 'it is held or paused' };
    const wanted = await openWishes(database, integration, WISHES_A_RUN);
    if (wanted.length === 0) return { looked };
    try {
      looked += await lookAt(deps, integration, wanted);
    } catch (error) {
      if (!isUnderWay(error)) throw error;
      await comeBack(deps, integration);
      return { looked, waits: 'a run is under way' };
    }
  }
}

async function lookAt(
  { database, clock, run }: WorkOffDeps,
  integration: string,
  wanted: readonly Wanted[],
): Promise<number> {
  const failed = new Map<Wanted, string>();
  const byName = new Map(wanted.map((each) => [nameOf(each), each]));
  const documents = wanted.flatMap(({ entity, key }) =>
    entity === null || key === null ? [] : [{ entity, key }],
  );
  const named: NamedDocuments = {
    documents,
    failed(document, reason) {
      const wish = byName.get(nameOf(document));
      if (wish !== undefined) failed.set(wish, reason);
    },
  };
  // What has no name asks for all that has changed, and that holds the named as well.
  const all = documents.length < wanted.length;
  const { status, notReady, message, id } = await run(integration, all ? undefined : named);
  if (status !== 'done' || notReady.length > 0) {
    throw notAllFetched(integration, message ?? `See the run ${id}.`);
  }
  const good = wanted.filter((each) => !failed.has(each)).flatMap(({ ids }) => ids);
  await fulfil(database, good, clock());
  for (const [wish, reason] of failed) await excuse(database, wish, reason, clock());
  const [first] = failed.values();
  if (first !== undefined) throw notAllFetched(integration, first); // Later, not at once.
  return wanted.length;
}

const notAllFetched = (integration: string, why: string): RialtoError =>
  syncError('unavailable', 'sync.not-all-fetched', `fetching what '${integration}' named`, {
    remedy: `It is tried again by itself. ${why}`,
  });

const nameOf = ({ entity, key }: Pick<Wanted, 'entity' | 'key'>): string =>
  JSON.stringify([entity, key]);

const isUnderWay = (error: unknown): boolean =>
  error instanceof RialtoError && error.code === 'sync.already-running';

/** A run may take long: nobody waits for it, somebody comes back. */
async function comeBack({ database, clock }: WorkOffDeps, integration: string): Promise<void> {
  const at = clock();
  const later = instantOf(millisecondsOf(at) + WAIT_MS);
  await transact(database, (transaction) =>
    wakeFor(transaction, integration, at, { by: 'a run was under way', runAt: later }),
  );
}
