import type { Arrivals } from '#adapter-kit';
import type { Database } from '#database';
import { canonicalJson } from '#kernel';
import type { Clock } from '#kernel/time';
import { listIntegrations, loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import type { Undo } from './opening.ts';
import { syncSoon } from './sync-jobs.ts';

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly adapters: ConnectAdapter;
};

/** How soon things are noticed. Shorter in tests. */
export type ArrivalPace = {
  readonly listMs: number; // Which sources are to be watched.
  readonly restMs: number; // How long a change must stand before it counts.
  readonly stirMs: number; // From the first sign to the first look.
};

const PACE: ArrivalPace = { listMs: 5_000, restMs: 2_500, stirMs: 300 };
const LOOK_MS_MAX = 120_000;
const FAILED_MS = 60_000; // Until a source that could not be opened is tried again.

/** One source that is watched. */
type Watched = {
  readonly settings: string;
  readonly arrivals: Arrivals;
  readonly stopWatching: () => void;
  taken: string | undefined; // What it looked like when it was last read for.
  before: { readonly look: string; readonly atMs: number } | undefined;
  nextMs: number; // By this process's own clock.
};

/** One that failed: it is left alone for a while, and what was read of it is remembered. */
type Failed = {
  readonly untilMs: number;
  readonly settings: string | undefined;
  readonly taken: string | undefined;
};

/**
 * Reads sources when something arrives there, once it has come to rest: those whose settings say
 * `onArrival`. Each is looked at when this begins, since nobody saw what came before.
 */
export function runArrivals(
  deps: Deps,
  more: { readonly undo: Undo; readonly onError: (error: unknown) => void },
  pace: ArrivalPace = PACE,
): void {
  const watched = new Map<string, Watched>();
  const quiet = new Map<string, Failed>();
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let listedMs = -Infinity;
  const fails = (name: string, forMs: number, error: unknown): void => {
    if (ending.signal.aborted) return;
    const one = watched.get(name);
    forget(watched, name); // Made anew, with what is asked for by then.
    const untilMs = performance.now() + forMs;
    quiet.set(name, { untilMs, settings: one?.settings, taken: one?.taken });
    more.onError(error);
  };
  const round = async (): Promise<void> => {
    if (performance.now() - listedMs >= pace.listMs) {
      listedMs = performance.now();
      await list(deps, { watched, quiet, fails }, wake, pace);
    }
    for (const [name, one] of watched) {
      if (performance.now() < one.nextMs) continue;
      await look(deps, name, one, { pace, stop: ending.signal }).catch((error: unknown) =>
        fails(name, one.arrivals.everyMs, error),
      );
    }
  };
  const again = (): void => {
    if (ending.signal.aborted) return;
    const dues = [...watched.values()].map(({ nextMs }) => nextMs);
    const dueMs = Math.min(listedMs + pace.listMs, ...dues);
    clearTimeout(timer);
    timer = setTimeout(begin, Math.max(50, dueMs - performance.now()));
  };
  const begin = (): void => {
    running ??= round()
      .catch(more.onError)
      .finally(() => {
        running = undefined;
        again();
      });
  };
  const wake = (): void => {
    if (running === undefined) again();
  };
  begin();
  more.undo.add(async () => {
    ending.abort();
    clearTimeout(timer);
    await running;
    for (const name of watched.keys()) forget(watched, name);
  });
}

type Watching = {
  readonly watched: Map<string, Watched>;
  readonly quiet: Map<string, Failed>;
  readonly fails: (name: string, forMs: number, error: unknown) => void;
};

/** Brings the list of those watched up to what their settings say. */
async function list(
  { database, adapters }: Deps,
  { watched, quiet, fails }: Watching,
  wake: () => void,
  pace: ArrivalPace,
): Promise<void> {
  const wanted = new Map<string, string>();
  for (const { name, settings } of await listIntegrations(database)) {
    if (settings['onArrival'] === true) wanted.set(name, canonicalJson(settings));
  }
  for (const [name, { settings }] of watched) {
    if (wanted.get(name) !== settings) forget(watched, name);
  }
  for (const [name, settings] of wanted) {
    const failed = quiet.get(name);
    if (watched.has(name) || (failed?.untilMs ?? 0) > performance.now()) continue;
    const arrivals = await arrivalsOf({ database, adapters }, name).catch((error: unknown) => {
      fails(name, FAILED_MS, error);
    });
    if (arrivals === undefined) continue;
    const stir = (): void => {
      const one = watched.get(name);
      if (one !== undefined) one.nextMs = Math.min(one.nextMs, performance.now() + pace.stirMs);
      wake();
    };
    const stopWatching = arrivals.watch?.(stir) ?? (() => undefined);
    const taken = failed?.settings === settings ? failed.taken : undefined;
    const at = { taken, before: undefined, nextMs: 0 };
    watched.set(name, { settings, arrivals, stopWatching, ...at });
  }
}

const arrivalsOf = async (
  { database, adapters }: Pick<Deps, 'database' | 'adapters'>,
  name: string,
): Promise<Arrivals | undefined> =>
  (await adapters(await loadIntegration(database, name))).arrivals;

/** Looks once. What looks the same twice, and not as when it was last read, is read. */
async function look(
  deps: Deps,
  name: string,
  one: Watched,
  { pace, stop }: { readonly pace: ArrivalPace; readonly stop: AbortSignal },
): Promise<void> {
  one.nextMs = performance.now() + one.arrivals.everyMs;
  const now = await one.arrivals.look(AbortSignal.any([stop, AbortSignal.timeout(LOOK_MS_MAX)]));
  const atMs = performance.now();
  if (now === one.taken) {
    one.before = undefined;
  } else if (one.before?.look !== now) {
    one.before = { look: now, atMs };
    one.nextMs = atMs + pace.restMs;
  } else if (atMs - one.before.atMs < pace.restMs) {
    one.nextMs = one.before.atMs + pace.restMs;
  } else if (await syncSoon(deps, name, 'files arrived')) one.taken = now;
  else one.nextMs = atMs + pace.restMs; // It is being read: perhaps what came before this.
}

function forget(watched: Map<string, Watched>, name: string): void {
  watched.get(name)?.stopWatching();
  watched.delete(name);
}
