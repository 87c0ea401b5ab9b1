import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { couldNotStart } from './could-not-start.ts';
import { chooseAccount } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import { checkVersion, createCluster } from './embedded-cluster.ts';
import {
  addressOf,
  clearSockets,
  fitsSocket,
  readConnection,
  writeConnection,
} from './embedded-connection.ts';
import type { Connection } from './embedded-connection.ts';
import { stopLeftover } from './embedded-leftover.ts';
import { isReady, launch, stopServer } from './embedded-server.ts';
import type { Place } from './embedded-server.ts';
import { freePort } from './free-port.ts';
import { keepRunning } from './keep-running.ts';

/** A running PostgreSQL of our own. */
export type Embedded = { readonly url: string; stop(): Promise<void> };

type Options = {
  /** Holds `cluster/`, `postgres.log` and `connection.json`; made when missing. */
  readonly folder: string;
  readonly log?: (line: string) => void;
  /** Off only for tests: a power cut may then lose the cluster. */
  readonly durable?: boolean;
  /** It had ended by itself and runs again. */
  readonly onBack?: () => void;
  /** It ended by itself and cannot be started again. */
  readonly onLost?: (why: unknown) => void;
};

const PORT_ATTEMPTS_MAX = 3;
const ENDING_MS_MAX = 15_000;
const ENDING_PAUSE_MS = 250;

/**
 * Starts PostgreSQL from the npm package in `folder`, on 127.0.0.1 at a free port, making the
 * cluster the first time, and starts it again when it is killed. The caller holds the folder's
 * lock: a server found running there is a dead owner's and is stopped first.
 */
export async function startEmbedded(options: Options): Promise<Embedded> {
  const { folder, log = () => undefined, durable = true } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cluster = join(folder, 'cluster');
  const binaries = findBinaries();
  const wanted: Place = { folder, cluster, binaries, account: chooseAccount(), durable, log };
  if (existsSync(cluster)) await stopLeftover(cluster, log);
  else createCluster(wanted);
  checkVersion(wanted);
  const { server, connection, place } = await startBySocket(wanted);
  const kept = keepRunning(server, {
    startAgain: async () => {
      await stopLeftover(cluster, undefined);
      clearSockets(folder);
      return startOn(place, connection);
    },
    stop: (running) => stopServer(running, place),
    log,
    onBack: options.onBack ?? (() => undefined),
    onLost: options.onLost ?? (() => undefined),
  });
  return { url: addressOf(connection, place.socketFolder), stop: () => kept.stop() };
}

type Started = {
  readonly server: ChildProcess;
  readonly connection: Connection;
  readonly place: Place;
};

/** With a socket in the folder where that can be, else by TCP alone. */
async function startBySocket(place: Place): Promise<Started> {
  clearSockets(place.folder);
  if (!fitsSocket(place.folder)) return await startOnFreePort(place);
  try {
    return await startOnFreePort({ ...place, socketFolder: place.folder });
  } catch (error) {
    if (!/Unix-domain socket|\.s\.PGSQL\./.test(wordsOf(place))) throw error; // Some file systems have none.
    return await startOnFreePort(place);
  }
}

async function startOnFreePort(place: Place): Promise<Started> {
  const until = performance.now() + ENDING_MS_MAX;
  for (let attempt = 1; ; attempt += 1) {
    const before = readConnection(place.folder);
    const connection = { ...before, port: await freePort(before.port) };
    writeConnection(place.folder, connection);
    try {
      return { server: await startOn(place, connection), connection, place };
    } catch (error) {
      // Sessions of a server that was killed take a moment to notice.
      const stillEnding = /shared memory block .* in use/i.test(wordsOf(place));
      if (stillEnding && performance.now() < until) {
        attempt -= 1;
        await sleep(ENDING_PAUSE_MS);
        continue;
      }
      const portTaken = /could not bind|Address already in use/i.test(wordsOf(place));
      if (!portTaken || attempt >= PORT_ATTEMPTS_MAX) throw error;
    }
  }
}

async function startOn(place: Place, connection: Connection): Promise<ChildProcess> {
  const server = launch(place, connection.port);
  if (await isReady(server, addressOf(connection, place.socketFolder))) return server;
  await stopServer(server, place);
  throw couldNotStart(place.folder, wordsOf(place));
}

function wordsOf(place: Place): string {
  return readFileSync(join(place.folder, 'postgres.log'), 'utf8').slice(-4_000);
}
