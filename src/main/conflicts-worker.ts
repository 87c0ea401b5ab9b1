import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { settleConflicts } from '#sync/conflicts';
import type { Place } from '#sync/conflicts';
import type { Destinations } from './destinations.ts';
import type { Undo } from './opening.ts';

const PAUSE_MS = 2_000;

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
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const { failed } = await settleConflicts({ database, clock, placeOf }, stop.signal);
        for (const { error } of failed) onError(error);
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
