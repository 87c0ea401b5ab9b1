import { assert } from '#kernel';
import { Kysely, PostgresDialect } from 'kysely';
import type { RawBuilder } from 'kysely';
import { Pool, types } from 'pg';
import type { ClientBase, ClientConfig, PoolClient } from 'pg';
import { checkServer } from './check-server.ts';
import { sqlStateOf, translated } from './errors.ts';
import { askPrepared, isOutdated, mayPrepare } from './prepared.ts';
import type { Ask, Preparing } from './prepared.ts';

/** Where SQL runs: the pool, or one transaction. Written with Kysely's `sql` tag, raw. */
export type Handle = Kysely<Record<string, never>>;

/** An open pool of connections to one PostgreSQL database. */
export type Database = {
  readonly kysely: Handle;
  readonly url: string;
  close(): Promise<void>;
};

type Lend = <T>(use: (client: ClientBase) => Promise<T>) => Promise<T>;

const ATTEMPTS_MAX = 5;
const POOL_SIZE_MAX = 10;
/** Some stay open: a new one costs a login, and plans and functions that the old ones know by now. */
const POOL_SIZE_MIN = 2;
const IDLE_MS_MAX = 60_000;
const TEXT_TYPES = new Set([1082, 1114, 1083]); // date, timestamp, time: never through `Date`.
const TIMESTAMPTZ = 1184;

/** A pool, and how its connections are asked. */
type Asking = { readonly pool: Pool; readonly preparing: Preparing };

const lenders = new WeakMap<Handle, Lend>();
const pools = new WeakMap<Handle, Asking>();
const askers = new WeakMap<ClientBase, Ask>();

/** The connection settings every client of ours uses: UTC, and no value through a float. */
export function clientSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    options: '-c timezone=UTC',
    application_name: 'rialto',
    types: { getTypeParser },
  };
}

/**
 * Opens a pool. `int8` and `numeric` arrive as text, `date` as 'YYYY-MM-DD', `timestamptz` as an
 * `Instant` (milliseconds), `json` parsed. Fails with `database.unreachable` when nobody answers.
 */
export async function openDatabase(options: {
  readonly url: string;
  readonly poolSizeMax?: number;
}): Promise<Database> {
  const { url, poolSizeMax = POOL_SIZE_MAX } = options;
  const pool = new Pool({
    ...clientSettings(url),
    max: poolSizeMax,
    min: Math.min(POOL_SIZE_MIN, poolSizeMax),
    idleTimeoutMillis: IDLE_MS_MAX,
  });
  pool.on('error', () => undefined); // An idle connection broke: the pool opens another.
  // One in use broke between two statements: the next of them fails, not the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await checkServer(pool, url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const asking: Asking = { pool, preparing: { allowed: mayPrepare(url) } };
  const kysely = handleOver(asking);
  lenders.set(kysely, async (use) => {
    const client = await pool.connect();
    try {
      return await use(client);
    } finally {
      client.release();
    }
  });
  pools.set(kysely, asking);
  return {
    kysely,
    url,
    async close() {
      await kysely.destroy(); // Leaves the pool open when no statement went through Kysely.
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Runs `work` in one READ COMMITTED transaction: all of it or nothing. `work` runs again, up to
 * five times, when PostgreSQL breaks a deadlock or a serialization conflict: it must look first.
 */
export async function transact<T>(
  database: Database,
  work: (transaction: Handle) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transactOnce(database, work);
    } catch (error) {
      const again = ['40001', '40P01'].includes(sqlStateOf(error) ?? '') || isOutdated(error);
      if (!again || attempt >= ATTEMPTS_MAX) throw translated(error);
    }
  }
}

/** The rows a statement answers. Their type is what the caller says: SQL is a border. */
export async function rows<T>(handle: Handle, statement: RawBuilder<unknown>): Promise<T[]> {
  try {
    const result = await statement.execute(handle);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller wrote the columns.
    return result.rows as T[];
  } catch (error) {
    throw translated(error);
  }
}

/** Lends the connection behind a handle: for COPY, which Kysely does not know. */
export function withClient<T>(handle: Handle, use: (client: ClientBase) => Promise<T>): Promise<T> {
  const lend = lenders.get(handle);
  assert(lend !== undefined, 'a handle comes from openDatabase or transact');
  return lend(use);
}

async function transactOnce<T>(
  database: Database,
  work: (transaction: Handle) => Promise<T>,
): Promise<T> {
  const asking = pools.get(database.kysely);
  assert(asking !== undefined, 'a database comes from openDatabase');
  const client = await asking.pool.connect();
  let broken = false;
  try {
    await client.query('begin isolation level read committed');
    const result = await work(handleOn(client, asking.preparing));
    await commit(client);
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  assert(command === 'COMMIT', 'a failed statement inside a transaction was swallowed');
}

/** A Kysely whose statements run on whichever connection is free. */
function handleOver({ pool, preparing }: Asking): Handle {
  const lent = new WeakMap<PoolClient, ReturnType<typeof held>>();
  const connect = async () => {
    const client = await pool.connect();
    const known = lent.get(client) ?? held(client, preparing, (broken) => client.release(broken));
    lent.set(client, known);
    return known;
  };
  const over = { connect, end: () => pool.end(), options: pool.options };
  return new Kysely({ dialect: new PostgresDialect({ pool: over }) });
}

/** A Kysely whose every statement runs on this one connection. */
function handleOn(client: PoolClient, preparing: Preparing): Handle {
  const own = held(client, preparing, () => undefined);
  const pool = { connect: () => Promise.resolve(own), end: () => Promise.resolve(), options: {} };
  const handle: Handle = new Kysely({ dialect: new PostgresDialect({ pool }) });
  lenders.set(handle, (use) => use(client));
  return handle;
}

/** A connection as Kysely wants it; what was prepared on it stays so. */
function held(client: PoolClient, preparing: Preparing, release: PoolClient['release']) {
  const ask = askers.get(client) ?? askPrepared(client, preparing);
  askers.set(client, ask);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely asks by text alone here.
  return { query: ask as PoolClient['query'], release };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pg types it as any.
const textParser = types.getTypeParser as (
  oid: number,
  format?: string,
) => (value: string) => unknown;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (TEXT_TYPES.has(oid)) return (value) => value;
  if (oid === TIMESTAMPTZ) return instantText;
  return textParser(oid, format);
}

/** '2025-01-31 10:00:00.1234+00' (the session is in UTC) as '2025-01-31T10:00:00.123Z'. */
function instantText(value: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(value);
  if (match === null) return value; // 'infinity', or before our era.
  const [, day = '', time = '', fraction = ''] = match;
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
