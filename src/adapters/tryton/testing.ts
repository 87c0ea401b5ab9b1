/** Starts a real Tryton for tests: Debian's `tryton-server`, a fresh company for every caller. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, testDatabaseUrl } from '#database/testing';
import { assert } from '#kernel';
import { ADMIN_PASSWORD, MODULES, makeCompany } from './testing/company.ts';
import type { Company } from './testing/company.ts';
import { signIn } from './testing/remote.ts';
import type { Remote } from './testing/remote.ts';

/**
 * How long a caller may wait. The first of a run makes the template that all others copy: a hundred
 * seconds of a processor, and more of the clock on a machine that has other things to do.
 */
export const TRYTON_START_MS_MAX = 900_000;

const TEMPLATE = 'tryton_template';
const ANSWER_MS_MAX = 60_000;

/** A Tryton of the test's own, with a company in it. */
export type RunningTryton = {
  readonly url: string; // Of the server: `http://127.0.0.1:<port>`.
  readonly database: string;
  readonly company: Company;
  /** The administrator, on a way of its own: what tests compare with and change things by. */
  readonly admin: Remote;
  /** Ends the server at once, as a power cut would; its database stays. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
};

type Place = { readonly folder: string; readonly config: string; readonly port: number };

/** Starts Tryton on a free port as a user without rights, with a database copied from the template. */
export async function startTryton(): Promise<RunningTryton> {
  const postgres = await testDatabaseUrl();
  const place = await placeFor(postgres);
  await ensureTemplate(postgres, place);
  const database = `tryton_${place.port}_${process.pid}`;
  runSql(postgres, `create database ${database} template ${TEMPLATE}`);
  let server = await launch(place, database);
  const url = `http://127.0.0.1:${place.port}`;
  const company = companyOf(postgres);
  const admin = await signIn(url, database, {
    name: 'admin',
    password: ADMIN_PASSWORD,
    company: company.company,
  });
  return {
    url,
    database,
    company,
    admin,
    kill: () => end(server),
    async startAgain() {
      server = await launch(place, database);
    },
    async stop() {
      await end(server);
      runSql(postgres, `drop database if exists ${database} with (force)`);
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

/** Made once per PostgreSQL and copied after: 0.3 s instead of a minute and a half. */
async function ensureTemplate(postgres: string, place: Place): Promise<void> {
  const isThere = (name: string): boolean =>
    runSql(postgres, `select 1 from pg_database where datname = '${name}'`) !== '';
  const exists = (): boolean => isThere(TEMPLATE);
  const building = `${TEMPLATE}_unfinished`;
  if (exists()) return;
  if (!tryCreate(postgres, building)) {
    for (let waited = 0; !exists(); waited += 500) {
      assert(waited < TRYTON_START_MS_MAX, 'another test makes the Tryton template in time');
      assert(isThere(building) || exists(), 'another test makes the Tryton template');
      await pause(500);
    }
    return;
  }
  try {
    await fillTemplate(postgres, place, building);
  } catch (error) {
    runSql(postgres, `drop database if exists ${building} with (force)`); // Nobody waits for it.
    throw error;
  }
}

async function fillTemplate(postgres: string, place: Place, building: string): Promise<void> {
  administer(place, ['-d', building, '-u', 'ir', ...MODULES, '--activate-dependencies']);
  const server = await launch(place, building);
  const company = await makeCompany(`http://127.0.0.1:${place.port}`, building);
  await end(server);
  runSql(postgres, `comment on database ${building} is '${JSON.stringify(company)}'`);
  runSql(postgres, `alter database ${building} rename to ${TEMPLATE}`);
}

function companyOf(postgres: string): Company {
  const comment = runSql(
    postgres,
    `select shobj_description(oid, 'pg_database') from pg_database where datname = '${TEMPLATE}'`,
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written so by ensureTemplate.
  return JSON.parse(comment) as Company;
}

async function placeFor(postgres: string): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-tryton-'));
  const port = await freePort();
  const config = join(folder, 'trytond.conf');
  const server = new URL(postgres);
  server.pathname = '/';
  server.search = ''; // By TCP: our socket is not for a user without rights.
  writeFileSync(
    config,
    [
      '[web]',
      `listen = 127.0.0.1:${port}`,
      '[database]',
      `uri = ${server.href}`,
      `path = ${folder}`,
      '[password]',
      'length = 4',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'password'), ADMIN_PASSWORD);
  for (const path of [folder, config, join(folder, 'password')]) chmodSync(path, 0o755);
  return { folder, config, port };
}

function administer(place: Place, words: readonly string[]): void {
  const [command = '', ...rest] = withoutRights();
  const all = [...rest, 'trytond-admin', '-c', place.config, ...words, '--email', 'admin@test'];
  const done = spawnSync(command, all, {
    env: environment(place, { TRYTONPASSFILE: join(place.folder, 'password') }),
    encoding: 'utf8',
  });
  assert(done.status === 0, `trytond-admin ends well: ${done.stderr.slice(-2000)}`);
}

async function launch(place: Place, database: string): Promise<ChildProcess> {
  const [command = '', ...rest] = withoutRights();
  const server = spawn(command, [...rest, 'trytond', '-c', place.config, '-d', database], {
    env: environment(place),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  for (let waited = 0; waited < ANSWER_MS_MAX; waited += 100) {
    assert(server.exitCode === null, `trytond stays up: ${said}`);
    if (await answers(place.port)) return server;
    await pause(100);
  }
  await end(server);
  throw new Error(`trytond did not answer: ${said}`);
}

async function answers(port: number): Promise<boolean> {
  const body = JSON.stringify({ id: 1, method: 'common.server.version', params: [] });
  const headers = { 'content-type': 'application/json' };
  return await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body }).then(
    (reply) => reply.ok,
    () => false,
  );
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}

/** Runs what follows as the user nobody, and ends it when the test's process is killed. */
function withoutRights(): string[] {
  const drop = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  const asNobody = process.getuid?.() === 0 ? drop : [];
  return ['setpriv', ...asNobody, '--pdeathsig', 'KILL'];
}

function environment(place: Place, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: place.folder, LANG: 'C.UTF-8', ...more };
}

function tryCreate(postgres: string, database: string): boolean {
  try {
    runSql(postgres, `create database ${database}`);
    return true;
  } catch {
    return false;
  }
}

const SQL_SCRIPT = `
import sys, psycopg2
connection = psycopg2.connect(sys.argv[1])
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(sys.argv[2])
print('\\n'.join(str(row[0]) for row in cursor.fetchall()) if cursor.description else '')
`;

/** Tryton brings its own PostgreSQL driver: the test needs no other. */
function runSql(postgres: string, statement: string): string {
  const done = spawnSync('/usr/bin/python3', ['-c', SQL_SCRIPT, postgres, statement], {
    encoding: 'utf8',
  });
  assert(done.status === 0, `PostgreSQL does '${statement}': ${done.stderr}`);
  return done.stdout.trim();
}
