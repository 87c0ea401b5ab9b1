import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ensureAdministrator, newSignInLink, newToken } from '#access';
import { createServer } from '#api';
import type { Services } from '#api';
import type { StreamEvent } from '#api-contract';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { POSTING_POLICY, runPoster } from '#postings';
import { lastPosition, onChanges } from '#records';
import { followRecords, openWarehouse } from '#warehouse';
import { openVault } from '#vault';
import type { Vault } from '#vault';
import type { Following, Warehouse } from '#warehouse';
import { runArrivals } from './arrivals.ts';
import { behindOf } from './behind.ts';
import { openBookingThread } from './booking-thread.ts';
import { conflicts } from './conflicts.ts';
import { runConflicts } from './conflicts-worker.ts';
import { openDestinations } from './destinations.ts';
import type { Destinations } from './destinations.ts';
import { drift } from './drift.ts';
import { followSources } from './follow-sources.ts';
import { health } from './health.ts';
import { imports } from './imports.ts';
import { liveRuns } from './live-runs.ts';
import type { LiveRuns } from './live-runs.ts';
import { beginCompany, connectSample } from './first-company.ts';
import { folderErrorOr } from './folder-error.ts';
import { forgetOldChanges } from './forget-changes.ts';
import { checkPort, listenOn } from './listen-on.ts';
import { livingCompany, runLivingCompany } from './living-company.ts';
import type { LivingCompany } from './living-company.ts';
import { mappings } from './mappings.ts';
import { openLog } from './open-log.ts';
import { openStore } from './open-store.ts';
import { undoList } from './opening.ts';
import { rebuilding } from './rebuilding.ts';
import type { Opening, Undo } from './opening.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { questions } from './questions.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';
import type { Settings } from './settings.ts';
import { removeLeftovers } from './sample.ts';
import { connectAdapter } from './adapters/connect-adapter.ts';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import { keepRefreshTokens } from './adapters/refresh-tokens.ts';
import { sources } from './sources.ts';
import { resumeSyncs, runSyncJobs, schedules } from './sync-jobs.ts';
import { watchTraffic } from './traffic.ts';
import { transactions } from './transactions.ts';
import { runWebhooks, wakingUp, webhooks } from './webhooks.ts';

/** The one running Rialto of a data folder. */
export type App = {
  readonly address: string;
  readonly token: string;
  /** Where the first administrator signs in, once. */
  signInLink(): Promise<string>;
  /** Waits until other commands, which found this one running, have had their answers. */
  unused(): Promise<void>;
  close(): Promise<void>;
};

/** What a start may be given besides its settings. */
export type Surroundings = {
  readonly clock?: Clock;
  /** Aborted: give up starting. */
  readonly stop?: AbortSignal;
  /** Send postings and run schedules: a server does, a command that owns the folder briefly not. */
  readonly background?: boolean;
  /** The database is gone for good: nothing works until a new start. */
  readonly onLost?: (why: unknown) => void;
};

export const VERSION = '0.1.0';

const ROOT = join(import.meta.dirname, '..', '..');
const POSTINGS_AT_ONCE = 8;

/**
 * Becomes the owner of the data folder and serves it. `say` hears what takes a while. A start that
 * fails half way leaves nothing running.
 */
export async function openApp(
  settings: Settings,
  say: (line: string) => void,
  surroundings: Surroundings = {},
): Promise<App> {
  const { clock = systemClock, stop = new AbortController().signal } = surroundings;
  const { onLost = () => undefined, background = false } = surroundings;
  const undo = undoList();
  try {
    const lock = takeOwnerLock(settings.dataDir);
    undo.add(() => lock.release());
    return await openOwned(settings, {
      say,
      clock,
      stop,
      undo,
      onLost,
      background,
    });
  } catch (error) {
    await undo.run();
    throw folderErrorOr(error, settings.dataDir);
  }
}

async function openOwned(settings: Settings, opening: Opening): Promise<App> {
  const { clock, stop, undo, say } = opening;
  const { dataDir } = settings;
  await checkPort(settings);
  const log = openLog(dataDir);
  const database = await openStore(settings, opening);
  stop.throwIfAborted();
  const warehouse = await openWarehouse({
    file: join(dataDir, 'warehouse.duckdb'),
    memoryLimitMb: settings.memoryLimitMb,
    fiscalYearStartMonth: settings.fiscalYearStartMonth,
    clock,
  });
  undo.add(() => warehouse.close());
  if (warehouse.setAside !== undefined) say(`The warehouse is built anew: ${warehouse.setAside}`);
  const onError = (error: unknown): void => log.error({ err: error }, 'main.background-failed');
  const following = await followRecords({ database, warehouse, clock, onError });
  undo.add(() => following.close());
  const hub = eventHub();
  await announce({ database, warehouse, emit: hub.emit, undo, onError });
  const caughtUp = (position: bigint): Promise<void> => following.caughtUp(position);
  const keys = { folder: dataDir, fromEnvironment: settings.masterKey };
  const vault = await openVault({ database, clock, keys });
  const adapters = connectAdapter({ database, vault, clock }, keepRefreshTokens(database, vault));
  const destinations = openDestinations(database, adapters);
  const runs = liveRuns({ database, clock, adapters }, { caughtUp, emit: hub.emit, onError });
  undo.add(() => runs.stop());
  const company = livingCompany({ database, clock, dataDir });
  undo.add(() => company.close());
  const token = newToken();
  const house = {
    settings,
    database,
    clock,
    vault,
    adapters,
    destinations,
    warehouse,
    following,
    runs,
    company,
    token,
  };
  const { background } = opening;
  const thread = openBookingThread(database.url, { onError });
  undo.add(() => thread.close());
  const services = { ...servicesOf(house, hub.subscribe), runApart: thread.run };
  if (background) await startBackground(house, { undo, onError });
  stop.throwIfAborted();
  if (background && settings.sample) await connectSample(database);
  stop.throwIfAborted();
  const server = await serve(services, settings, log);
  const traffic = watchTraffic(server);
  undo.add(() => server.close());
  const address = await listenOn(server, settings);
  writeServerFile(dataDir, { pid: process.pid, address, token });
  undo.add(() => removeServerFile(dataDir));
  if (background) beginCompany(house, say).catch(onError);
  if (background && clock === systemClock) thread.start(); // No other clock can be told to it.
  return {
    address,
    token,
    signInLink: async () => {
      const person = await ensureAdministrator(database.kysely, clock);
      return `${address}/sign-in?token=${await newSignInLink(database.kysely, clock, person)}`;
    },
    unused: traffic.quiet,
    close: () => undo.run(),
  };
}

/** What goes on by itself: postings, schedules, and syncs that a dead process left half done. */
async function startBackground(
  { database, clock, adapters, destinations, runs, settings }: House,
  more: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): Promise<void> {
  const { undo, onError } = more;
  const worker = `${hostname()}/${process.pid}`;
  const { sendMsMax } = POSTING_POLICY;
  const destinationOf = destinations.of;
  const deps = { database, clock, random: Math.random, worker, destinationOf, sendMsMax };
  const poster = await runPoster(deps, { atOnce: POSTINGS_AT_ONCE, onTrouble: onError });
  undo.add(() => poster.close());
  runConflicts({ database, clock, destinations }, { undo, onError });
  await resumeSyncs({ database, clock });
  await runSyncJobs({ database, clock, runs, timeZone: settings.timeZone }, { undo, onError });
  await runWebhooks({ database, clock, runs }, { undo, onError });
  followSources({ database, adapters, runs }, { undo, onError });
  runArrivals({ database, clock, adapters }, { undo, onError });
  forgetOldChanges({ database, clock }, { undo, onError });
  runLivingCompany({ database, clock, dataDir: settings.dataDir }, { undo, onError });
  removeLeftovers({ database, clock }).catch(onError);
}

type House = {
  readonly settings: Settings;
  readonly database: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly adapters: ConnectAdapter;
  readonly destinations: Destinations;
  readonly warehouse: Warehouse;
  readonly following: Following;
  readonly runs: LiveRuns;
  readonly company: LivingCompany;
  readonly token: string;
};

function servicesOf(house: House, subscribe: Services['subscribe']): Services {
  const { settings, database, clock, warehouse, runs, token } = house;
  const { timeZone, fiscalYearStartMonth } = settings;
  return {
    database,
    clock,
    version: VERSION,
    ownerToken: token,
    questions: questions(warehouse, { clock, timeZone, fiscalYearStartMonth }),
    sources: sources(house),
    mappings: mappings(database, clock),
    drift: drift(database, clock),
    transactions: transactions(house),
    conflicts: conflicts(house),
    ...wakingUp(house, {
      schedules: schedules({ database, clock, runs, timeZone }),
      health: health(database, clock, house.destinations, behindOf(house)),
    }),
    webhooks: webhooks(house),
    runs,
    imports: imports({ database, clock }),
    livingCompany: house.company,
    warehouse: {
      freshness: async () => ({
        log: await lastPosition(database.kysely),
        warehouse: await warehouse.position(),
      }),
      ...rebuilding(house),
    },
    subscribe,
  };
}

async function serve(
  services: Services,
  settings: Settings,
  logger: FastifyBaseLogger,
): Promise<FastifyInstance> {
  const webFolder = join(ROOT, 'web', 'dist');
  const local = ['localhost', '127.0.0.1', '::1'].includes(settings.host);
  return createServer({
    services,
    logger,
    hosts: local ? 'local' : 'any',
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
    ...(existsSync(webFolder) ? { webFolder } : {}),
  });
}

async function announce(to: {
  readonly database: Database;
  readonly warehouse: Warehouse;
  readonly emit: (event: StreamEvent) => void;
  readonly undo: Undo;
  readonly onError: (error: unknown) => void;
}): Promise<void> {
  const { database, warehouse, emit, undo, onError } = to;
  const listening = await onChanges(database, () => {
    lastPosition(database.kysely)
      .then((position) => emit({ kind: 'records.changed', position: position.toString() }))
      .catch(onError);
  });
  undo.add(() => listening.close());
  undo.add(
    warehouse.onLoaded((position) =>
      emit({ kind: 'warehouse.loaded', position: position.toString() }),
    ),
  );
}

function eventHub(): {
  readonly emit: (event: StreamEvent) => void;
  readonly subscribe: Services['subscribe'];
} {
  const listeners = new Set<(event: StreamEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
