import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { settleConflicts } from '#sync/conflicts';
import type { Place } from '#sync/conflicts';
import type { Destinations } from './destinations.ts';
import type { Undo } from './opening.ts';

const PAUSE_MS = 2_000;
const RESTS = 30; // A minute: a system that is away, or shows nothing to compare, is not asked at once.

/** Settles changes that met, for as long as the house is open: at once where rules decide. */
export function runConflicts(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly destinations: Pick<Destinations, 'of'>;
  },
  more: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): void {
  const { database, clock } = deps;
  const { undo, onError } = more;
  const stop = new AbortController();
  const placeOf = (integration: string): Promise<Place | undefined> => placeIn(deps, integration);
  const resting = new Map<string, number>(); // By posting: passes until it is looked at again.
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const how = { signal: stop.signal, skip: new Set(resting.keys()) };
        const { left, failed } = await settleConflicts({ database, clock, placeOf }, how);
        for (const { error } of failed) onError(error);
        countDown(resting);
        for (const id of [...left, ...failed.map(({ postingId }) => postingId)]) {
          resting.set(id, RESTS);
        }
      } catch (error) {
        if (!stop.signal.aborted) onError(error);
      }
      await sleep(PAUSE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const working = work();
  undo.add(async () => {
    stop.abort();
    await working;
  });
}

function countDown(resting: Map<string, number>): void {
  for (const [id, passes] of resting) {
    if (passes > 1) resting.set(id, passes - 1);
    else resting.delete(id);
  }
}

async function placeIn(
  { destinations }: { readonly destinations: Pick<Destinations, 'of'> },
  integration: string,
): Promise<Place | undefined> {
  const { adapter, entityOf, canonicalOf } = await destinations.of(integration);
  const { fetch } = adapter;
  if (fetch === undefined) return undefined;
  return {
    fetch: (entity, key, stop) => fetch.call(adapter, entity, key, stop),
    entityOf,
    canonicalOf,
  };
}
