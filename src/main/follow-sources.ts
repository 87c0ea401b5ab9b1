import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentAdapter } from '#adapter-kit';
import type { Database } from '#database';
import { RialtoError } from '#kernel';
import { changesPlaces, listIntegrations, loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Undo } from './opening.ts';
import { isPaused } from './sync-jobs.ts';

type Deps = {
  readonly database: Database;
  readonly adapters: ConnectAdapter;
  readonly runs: Pick<LiveRuns, 'finish'>;
};

type Around = { readonly undo: Undo; readonly onError: (error: unknown) => void };

const LOOK_MS = 5_000; // For sources that were connected since.
const BETWEEN_MS = 1_000; // From one read of a source to the next.
const TROUBLE_MS = 10_000;
const QUIET_MS = 300_000; // Then it is read though nothing was told, so that nothing is kept back there.

type Following = Pick<DocumentAdapter, 'follow'>;

/** Reads sources as soon as they tell by themselves that something has changed. */
export function followSources(deps: Deps, { undo, onError }: Around): void {
  const closing = new AbortController();
  const followed = new Map<string, Promise<void>>();
  const looking = (async () => {
    while (!closing.signal.aborted) {
      await lookForSources(deps, followed, { stop: closing.signal, onError }).catch(onError);
      await pause(LOOK_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  })();
  undo.add(async () => {
    closing.abort();
    await looking;
    await Promise.all(followed.values());
  });
}

type Life = { readonly stop: AbortSignal; readonly onError: Around['onError'] };

async function lookForSources(
  deps: Deps,
  followed: Map<string, Promise<void>>,
  life: Life,
): Promise<void> {
  for (const { name } of await listIntegrations(deps.database)) {
    if (followed.has(name) || life.stop.aborted) continue;
    const tells = await followingOf(deps, name).catch(() => undefined);
    if (tells === undefined) continue;
    followed.set(
      name,
      follow(deps, name, life).finally(() => followed.delete(name)),
    );
  }
}

/** Follows one source until it is forgotten, or tells nothing any more. */
async function follow(deps: Deps, name: string, { stop, onError }: Life): Promise<void> {
  const wait = async (ms: number): Promise<void> => {
    await pause(ms, undefined, { signal: stop }).catch(() => undefined);
  };
  while (!stop.aborted) {
    try {
      const adapter = await followingOf(deps, name);
      if (adapter === undefined) return;
      const told = (await isPaused(deps.database, name))
        ? []
        : await changedIn(deps, name, adapter, stop);
      if (told.length > 0) await deps.runs.finish(name, { entities: told, signal: stop });
      await wait(told.length > 0 ? BETWEEN_MS : LOOK_MS);
    } catch (error) {
      if (error instanceof RialtoError && error.code === 'sync.no-integration') return;
      const passes = error instanceof RialtoError && PASSING.has(String(error.code));
      if (!stop.aborted && !passes) onError(error);
      await wait(passes ? BETWEEN_MS : TROUBLE_MS);
    }
  }
}

/** A run that somebody began takes the source over; we come back after it. */
const PASSING = new Set(['sync.already-running', 'database.source-busy', 'database.source-lost']);

/** The entities that tell of a change, or all that could when they were quiet for long. */
async function changedIn(
  { database }: Deps,
  name: string,
  adapter: Following,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const places = await changesPlaces(database, name);
  if (places.size === 0) return []; // It was never read whole.
  const quiet = AbortSignal.timeout(QUIET_MS);
  try {
    return (await adapter.follow?.(places, AbortSignal.any([stop, quiet]))) ?? [];
  } catch (error) {
    if (stop.aborted || !quiet.aborted) throw error;
    return [...places.keys()];
  }
}

async function followingOf(
  { database, adapters }: Deps,
  name: string,
): Promise<Following | undefined> {
  const adapter = await adapters(await loadIntegration(database, name));
  return 'follow' in adapter && adapter.follow !== undefined ? adapter : undefined;
}
