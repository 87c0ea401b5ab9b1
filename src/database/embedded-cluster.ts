import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo } from './embedded-account.ts';
import { writeConnection } from './embedded-connection.ts';
import { environment } from './embedded-server.ts';
import type { Place } from './embedded-server.ts';
import { couldNotStart } from './could-not-start.ts';
import { databaseError } from './errors.ts';

const FREE_BYTES_MIN = 200_000_000;

/** Makes a new cluster with a password of its own. */
export function createCluster(place: Place): void {
  const { folder, binaries, account, durable } = place;
  checkSpace(folder);
  place.log('making a new database');
  const unfinished = join(folder, 'cluster.unfinished');
  const secret = join(folder, 'password.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  writeFileSync(secret, password, { mode: 0o600 });
  if (account.uid !== undefined) {
    giveTo(account, folder);
  }
  const [command = '', ...rest] = [
    ...account.prefix,
    binaries.initdb,
    `--pgdata=${unfinished}`,
    '--username=rialto',
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ];
  const done = spawnSync(command, rest, {
    encoding: 'utf8',
    env: environment(),
    cwd: folder,
    ...account.spawnAs,
  });
  rmSync(secret, { force: true });
  if (done.status !== 0) throw couldNotStart(folder, `${done.stdout}${done.stderr}`, done.error);
  writeConnection(folder, { port: 0, password });
  renameSync(unfinished, place.cluster); // Last: a half-made cluster is never taken for one.
}

/** Fails when another PostgreSQL version made the cluster: its files cannot be read. */
export function checkVersion(place: Place): void {
  const is = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  const told = spawnSync(place.binaries.postgres, ['--version'], { encoding: 'utf8' });
  const needs = /\) (\d+)/.exec(told.stdout)?.[1] ?? is;
  if (is === needs) return;
  const message = `opening ${place.folder}: made by PostgreSQL ${is}, here is PostgreSQL ${needs}`;
  throw databaseError('conflict', 'database.newer', message, {
    remedy: 'Start the Rialto that made this folder, or choose another with --data-dir.',
  });
}

function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= FREE_BYTES_MIN) return;
  const message = `making a database in ${folder}: ${Math.round(free / 1e6)} MB are free`;
  throw databaseError('unavailable', 'database.disk-full', message, {
    remedy: `Free ${FREE_BYTES_MIN / 1e6} MB there, or choose another folder with --data-dir.`,
  });
}
