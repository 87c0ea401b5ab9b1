import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { accessMigrations, ensureAdministrator, newSignInLink, newToken } from '#access';
import { createServer } from '#api';
import type { Services } from '#api';
import type { StreamEvent } from '#api-contract';
import { auditMigrations } from '#audit';
import { migrate, openDatabase, startEmbedded } from '#database';
import type { Database } from '#database';
import { dayIn, localDate, systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { lastPosition, onChanges, recordsMigrations } from '#records';
import { createIntegration, listIntegrations, recoverRuns, syncMigrations } from '#sync';
import { followRecords, openWarehouse, rebuild } from '#warehouse';
import type { Following, Warehouse } from '#warehouse';
import { liveRuns } from './live-runs.ts';
import type { LiveRuns } from './live-runs.ts';
import { checkPort, listenOn } from './listen-on.ts';
import { openLog } from './open-log.ts';
import { takeOwnerLock } from './owner-lock.ts';
import { questions } from './questions.ts';
import { writeSampleCompany } from './sample-company/write-sample-company.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';
import type { Settings } from './settings.ts';
import { adapterOf } from './adapter-of.ts';
import { SAMPLE, sources } from './sources.ts';

/** The one running Rialto of a data folder. */
export type App = {
  readonly address: string;
  readonly token: string;
  /** Where the first administrator signs in, once. */
  signInLink(): Promise<string>;
  close(): Promise<void>;
};

export const VERSION = '0.1.0';

const ROOT = join(import.meta.dirname, '..', '..');
const SAMPLE_SEED = 4600;

/** Undone in reverse, however far the start got. */
type Undo = { add(step: () => Promise<unknown> | void): void; run(): Promise<void> };

/**
 * Becomes the owner of the data folder and serves it. `say` hears what takes a while. A start that
 * fails half way leaves nothing running.
 */
export async function openApp(
  settings: Settings,
  say: (line: string) => void,
  clock: Clock = systemClock,
): Promise<App> {
  const undo = undoList();
  try {
    const lock = takeOwnerLock(settings.dataDir);
    undo.add(() => lock.release());
    return await openOwned(settings, { say, clock, undo });
  } catch (error) {
    await undo.run();
    throw error;
  }
}

type Opening = {
  readonly say: (line: string) => void;
  readonly clock: Clock;
  readonly undo: Undo;
};

async function openOwned(settings: Settings, opening: Opening): Promise<App> {
  const { clock, undo, say } = opening;
  const { dataDir } = settings;
  await checkPort(settings);
  const log = openLog(dataDir);
  const database = await openStore(settings, opening);
  await recoverRuns(database, clock);
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
  const adapters = adapterOf(clock);
  const runs = liveRuns({ database, clock, adapters }, { caughtUp, emit: hub.emit, onError });
  undo.add(() => runs.stop());
  const token = newToken();
  const house = { settings, database, clock, warehouse, following, runs, token };
  const services = servicesOf(house, hub.subscribe);
  if (settings.sample) await loadSample(house, say);
  const server = await serve(services, settings, log);
  undo.add(() => server.close());
  const address = await listenOn(server, settings);
  writeServerFile(dataDir, { pid: process.pid, address, token });
  undo.add(() => removeServerFile(dataDir));
  return {
    address,
    token,
    signInLink: async () => {
      const person = await ensureAdministrator(database.kysely, clock);
      return `${address}/sign-in?token=${await newSignInLink(database.kysely, clock, person)}`;
    },
    close: () => undo.run(),
  };
}

type House = {
  readonly settings: Settings;
  readonly database: Database;
  readonly clock: Clock;
  readonly warehouse: Warehouse;
  readonly following: Following;
  readonly runs: LiveRuns;
  readonly token: string;
};

function servicesOf(house: House, subscribe: Services['subscribe']): Services {
  const { settings, database, clock, warehouse, following, runs, token } = house;
  const { timeZone, fiscalYearStartMonth } = settings;
  return {
    database,
    clock,
    version: VERSION,
    ownerToken: token,
    questions: questions(warehouse, { clock, timeZone, fiscalYearStartMonth }),
    sources: sources(database, clock),
    runs,
    warehouse: {
      freshness: async () => ({
        log: await lastPosition(database.kysely),
        warehouse: await warehouse.position(),
      }),
      async rebuild() {
        await rebuild({ database, warehouse });
        await following.caughtUp(await lastPosition(database.kysely));
        return warehouse.position();
      },
    },
    subscribe,
  };
}

async function openStore(settings: Settings, { undo, say }: Opening): Promise<Database> {
  let url = settings.databaseUrl;
  if (url === undefined) {
    const folder = join(settings.dataDir, 'postgres');
    const embedded = await startEmbedded({ folder, log: say });
    undo.add(() => embedded.stop());
    url = embedded.url;
  }
  const database = await openDatabase({ url });
  undo.add(() => database.close());
  await migrate(database, [accessMigrations, auditMigrations, recordsMigrations, syncMigrations]);
  return database;
}

async function loadSample(house: House, say: (line: string) => void): Promise<void> {
  const { database, settings, clock, runs } = house;
  const known = await listIntegrations(database);
  if (known.length > 0 || (await lastPosition(database.kysely)) > 0n) return;
  say('Loading a small sample company (the first time only) …');
  const folder = join(settings.dataDir, 'sample');
  const asOf = localDate(dayIn(settings.timeZone, clock()));
  await writeSampleCompany({ folder, seed: SAMPLE_SEED, asOf });
  await createIntegration(database, {
    name: SAMPLE,
    adapter: 'file',
    settings: { path: folder },
    mapping: SAMPLE,
  });
  const { status, message } = await runs.finish(SAMPLE);
  if (status !== 'done') say(`The sample company could not be loaded: ${message ?? status}`);
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

function undoList(): Undo {
  const steps: (() => Promise<unknown> | void)[] = [];
  return {
    add(step) {
      steps.push(step);
    },
    async run() {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch {
          // The rest must still be put down.
        }
      }
    },
  };
}
