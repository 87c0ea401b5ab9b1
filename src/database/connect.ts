import { assert } from '#kernel';
import { Kysely, PostgresDialect } from 'kysely';
import type { RawBuilder } from 'kysely';
import { Pool, types } from 'pg';
import type { ClientBase, ClientConfig } from 'pg';
import { checkServer } from './check-server.ts';
import type { Copy } from './copy-query.ts';
import { AT_ONCE, endingOf } from './ending.ts';
import type { Ending } from './ending.ts';
import { sqlStateOf, translated } from './errors.ts';
import { lineOver } from './line.ts';
import type { Line } from './line.ts';
import { oneOf } from './one-of.ts';
import { isOutdated, preparingFor } from './prepared.ts';
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
// What is planned once may be planned while a table is still empty: then, too, it goes by an index.
const BY_KEYS = ' -c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
const POOL_SIZE_MAX = 10;
/** Some stay open: a new one costs a login, and plans and functions that the old ones know by now. */
const POOL_SIZE_MIN = 2;
const IDLE_MS_MAX = 60_000;
const TEXT_TYPES = new Set([1082, 1114, 1083]); // date, timestamp, time: never through `Date`.
const TIMESTAMPTZ = 1184;

/** A pool, and how its connections are asked. */
type Asking = { readonly pool: Pool; readonly preparing: Preparing; readonly ending: Ending };

/** How a handle reaches a connection. */
type Reach = {
  readonly ask: Ask;
  readonly copy: Copy;
  readonly lend: Lend;
  readonly of: Asking | Unheard; // The pool, or what one transaction has not heard of yet.
};

const reaches = new WeakMap<Handle, Reach>();

// Compiling our statements takes a server that can (Debian's, most hosts') far longer than running them:
// a bulk load, 133 s instead of 17. Without the compiler the setting is there all the same.
const ALWAYS = '-c timezone=UTC -c jit=off';

/** The connection settings every client of ours uses: UTC, nothing compiled, and no value through a float. */
export function clientSettings(url: string, more = ''): ClientConfig {
  return {
    connectionString: url,
    options: `${ALWAYS}${more}`,
    application_name: 'rialto',
    types: { getTypeParser },
  };
}

/** How a pool is used, where not as most are. */
export type PoolUse = {
  readonly poolSizeMax?: number;
  /** Statements ask by keys: what was prepared is planned once, whatever its values. */
  readonly byKeys?: boolean;
  /** Locks end before the disk has answered; who committed still waits for it (`ending.ts`). */
  readonly locksEndEarly?: boolean;
};

/**
 * Opens a pool. `int8` and `numeric` arrive as text, `date` as 'YYYY-MM-DD', `timestamptz` as an
 * `Instant` (milliseconds), `json` parsed. Fails with `database.unreachable` when nobody answers.
 */
export async function openDatabase(options: { readonly url: string } & PoolUse): Promise<Database> {
  const { url, poolSizeMax = POOL_SIZE_MAX, byKeys = false, locksEndEarly = false } = options;
  const pool = new Pool({
    ...clientSettings(url, byKeys ? BY_KEYS : ''),
    max: poolSizeMax,
    min: Math.min(POOL_SIZE_MIN, poolSizeMax),
    idleTimeoutMillis: IDLE_MS_MAX,
    pipeline: true, // Statements asked together are sent together.
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
  const ending = locksEndEarly ? await endingOf(pool) : AT_ONCE;
  const asking: Asking = { pool, preparing: preparingFor(url), ending };
  return {
    kysely: handleOver(asking),
    url,
    close: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Runs `work` in one READ COMMITTED transaction: all of it or nothing. `work` runs again, up to
 * five times, when PostgreSQL breaks a deadlock or a serialization conflict: it must look first.
 * Statements that `work` asks without waiting in between are answered in their order.
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
    const { text, values } = asked(handle, statement);
    const result = await reachOf(handle).ask(text, values);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller wrote the columns.
    return result.rows as T[];
  } catch (error) {
    throw translated(error);
  }
}

/**
 * Asks a transaction without waiting for the answer. Should it fail, what is waited for next fails with
 * its words, the commit at the latest. On the pool it is waited for.
 */
export async function send(handle: Handle, statement: RawBuilder<unknown>): Promise<void> {
  const { ask, of } = reachOf(handle);
  if (!(of instanceof Unheard)) return void (await rows(handle, statement));
  const { text, values } = asked(handle, statement);
  of.send(ask(text, values));
}

function asked(handle: Handle, statement: RawBuilder<unknown>): ReturnType<typeof oneOf> {
  const { sql: text, parameters } = statement.compile(handle);
  return oneOf(text, parameters);
}

/** Asks for a COPY of what is there already, in its turn. Answers how many rows went in. */
export async function copy(
  handle: Handle,
  text: string,
  messages: readonly Buffer[],
): Promise<number> {
  try {
    const { rowCount } = await reachOf(handle).copy(text, messages);
    return rowCount ?? 0;
  } catch (error) {
    throw translated(error);
  }
}

/** The same without waiting for its end, as `send` does. */
export async function sendCopy(
  handle: Handle,
  text: string,
  messages: readonly Buffer[],
): Promise<void> {
  const { of } = reachOf(handle);
  if (of instanceof Unheard) of.send(reachOf(handle).copy(text, messages));
  else await copy(handle, text, messages);
}

/** Lends the connection behind a handle: for COPY of what still comes, and for texts of several statements. */
export async function withClient<T>(
  handle: Handle,
  use: (client: ClientBase) => Promise<T>,
): Promise<T> {
  return await reachOf(handle).lend(use);
}

/** Whether a handle is one transaction. */
export const isTransaction = (handle: Handle): boolean => reachOf(handle).of instanceof Unheard;

function reachOf(handle: Handle): Reach {
  const reach = reaches.get(handle);
  assert(reach !== undefined, 'a handle comes from openDatabase or transact');
  return reach;
}

async function transactOnce<T>(
  database: Database,
  work: (transaction: Handle) => Promise<T>,
): Promise<T> {
  const { of: asking } = reachOf(database.kysely);
  assert(!(asking instanceof Unheard), 'a database comes from openDatabase');
  const client = await asking.pool.connect();
  const line = lineOver(client, asking.preparing);
  const { handle, unheard, end } = handleOn(line);
  let broken = false;
  try {
    await line.ask(asking.ending.begin);
    const result = await work(handle);
    end();
    await commit(line, unheard, asking.ending);
    return result;
  } catch (error) {
    end();
    await line.ask('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit({ ask }: Line, unheard: Unheard, { after }: Ending): Promise<void> {
  const committed = unheard.before(ask('commit'));
  const written = after === undefined ? undefined : ask(after); // It leaves together with the commit.
  const { command } = await committed;
  await written;
  assert(command === 'COMMIT', 'a failed statement inside a transaction was swallowed');
}

/** What was asked in a transaction without waiting: its first failure is told by what is waited for. */
class Unheard {
  #last: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  send(answer: Promise<unknown>): void {
    this.#last = answer.then(
      () => undefined,
      (error: unknown) => {
        this.#failure ??= { error };
      },
    );
  }

  /** An answer, unless what was asked before it has failed. */
  async before<T>(answer: Promise<T>): Promise<T> {
    const last = this.#last;
    try {
      return await answer;
    } finally {
      await last;
      // oxlint-disable-next-line no-unsafe-finally -- what failed first is why the rest did.
      if (this.#failure !== undefined) throw this.#failure.error;
    }
  }
}

/** A handle whose statements run on whichever connection is free. */
function handleOver(asking: Asking): Handle {
  const { pool, preparing } = asking;
  const handle = newHandle();
  const over = async <T>(use: (line: Line) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      return await use(lineOver(client, preparing));
    } finally {
      client.release();
    }
  };
  reaches.set(handle, {
    ask: (text, values) => over(({ ask }) => ask(text, values)),
    copy: (text, messages) => over((line) => line.copy(text, messages)),
    lend: (use) => over(({ alone }) => alone(use)),
    of: asking,
  });
  return handle;
}

/** A handle whose every statement runs on this one connection, until it is ended. */
function handleOn(line: Line) {
  const handle = newHandle();
  const unheard = new Unheard();
  let isOver = false;
  // Of several asked at once one may have failed, and the connection be somebody else's by now.
  const within = (): Line => {
    assert(!isOver, 'a transaction is asked until it ends');
    return line;
  };
  reaches.set(handle, {
    ask: (text, values) => unheard.before(within().ask(text, values)),
    copy: (text, messages) => unheard.before(within().copy(text, messages)),
    lend: (use) => unheard.before(within().alone(use)),
    of: unheard,
  });
  const end = (): void => {
    isOver = true;
  };
  return { handle, unheard, end };
}

/** Kysely writes our SQL; it is asked by ourselves. */
const newHandle = (): Handle =>
  new Kysely({ dialect: new PostgresDialect({ pool: () => Promise.reject(new Error('unused')) }) });

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
