import { connect as connectSocket } from 'node:net';
import type { Connection, ConnectionOptions } from 'mysql2/promise';
import { attempts, beforeSignedIn, isNetworkError, onStop, wordOf } from '../attempt.ts';
import type { Category, Column } from '../column.ts';
import { columnFrom } from '../dialect.ts';
import type { Cell, Dialect, Session, SignIn } from '../dialect.ts';
import type { Failure } from '../errors.ts';
import { raw, sql, statementOf, value } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** The language of MySQL (8.0 on) and MariaDB (10.6 on). */
export const mysql: Dialect = {
  name: 'mysql',
  portDefault: 3306,
  connect,
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  schemaDefault: sql`database()`,
  limit: (rows) => raw(`limit ${rows}`),
  textOf,
  valueOf(column, parameter, use) {
    if (column.category === 'boolean') return sql`cast(${parameter} as unsigned)`;
    if (use === 'store') return parameter; // Strict mode: a value that does not fit is refused.
    if (column.category === 'number') return numberOf(column, parameter);
    if (column.category === 'date') return sql`cast(${parameter} as date)`;
    return ['local', 'instant'].includes(column.category)
      ? sql`cast(${parameter} as datetime(6))`
      : parameter;
  },
  before({ category }, of, overlap) {
    if (category === 'number') return sql`${of} - ${raw(String(overlap))}`;
    if (category === 'date') {
      return sql`${of} - interval ${raw(String(Math.ceil(overlap / 86_400)))} day`;
    }
    return sql`${of} - interval ${raw(String(overlap))} second`;
  },
  tomorrow: ({ category }) =>
    category === 'date' ? sql`current_date + interval 1 day` : sql`now(6) + interval 1 day`,
  next: (sequence) => sql`nextval(${sequence})`,
  lockRow: (from) => ({ from, suffix: sql`for update` }),
  // Of one table: with an alias only in the form for several, which both servers know.
  deleteFrom: (table, alias, where) =>
    sql`delete ${raw(alias)} from ${table} as ${raw(alias)} where ${where}`,
  fromNothing: sql``,
  columnsOf: (schema, table) => sql`
    select column_name, column_type, if(is_nullable = 'YES', '1', '0'),
      cast(if(data_type in ('float', 'double'), null, numeric_scale) as char),
      if(data_type in ('text', 'mediumtext', 'longtext', 'blob', 'mediumblob', 'longblob', 'json'),
        '1', '0'), data_type
    from information_schema.columns
    where table_schema = ${schema} and table_name = ${value(table)} order by ordinal_position`,
  readColumn: (row) => columnFrom(row, categoryOf(row[5] ?? '', row[1] ?? '')),
  indexesOf: (schema, table) => sql`
    select index_name, coalesce(column_name, ''),
      if(non_unique = 0 and sub_part is null, '1', '0')
    from information_schema.statistics
    where table_schema = ${schema} and table_name = ${value(table)}
    order by index_name, seq_in_index`,
};

const NUMBERS = /^(tinyint|smallint|mediumint|int|bigint|decimal|float|double|year|bit)$/;
const BYTES = /^(binary|varbinary|(tiny|medium|long)?blob)$/;
const PLACES = /^(geometry|point|linestring|polygon|multi\w+|geometrycollection)$/;

function categoryOf(type: string, whole: string): Category {
  if (whole === 'bit(1)') return 'boolean';
  if (NUMBERS.test(type)) return 'number';
  if (BYTES.test(type)) return 'bytes';
  if (type === 'date') return 'date';
  if (type === 'datetime') return 'local';
  if (type === 'timestamp') return 'instant';
  if (type === 'json') return 'json';
  return PLACES.test(type) ? 'unreadable' : 'text';
}

function textOf({ type, category, large }: Column, of: Sql, charactersMax: number): Sql {
  const most = raw(String(charactersMax + 1));
  if (type.startsWith('bit')) return sql`cast(${of} + 0 as char)`;
  if (type.startsWith('float')) return sql`cast(cast(${of} as double) as char)`;
  if (category === 'bytes') return sql`hex(left(${of}, ${most}))`;
  if (category === 'json') return sql`left(cast(${of} as char), ${most})`;
  if (large === true) return sql`left(${of}, ${most})`;
  return sql`cast(${of} as char)`;
}

/** Compared as what it is: MySQL compares a text with a number as floats. */
function numberOf({ type, scale }: Column, parameter: Sql): Sql {
  if (scale === undefined && !type.startsWith('year')) return sql`cast(${parameter} as double)`;
  if (scale !== undefined && scale > 0) {
    return sql`cast(${parameter} as decimal(65, ${raw(String(scale))}))`;
  }
  if (type.startsWith('decimal')) return sql`cast(${parameter} as decimal(65, 0))`;
  return type.includes('unsigned')
    ? sql`cast(${parameter} as unsigned)`
    : sql`cast(${parameter} as signed)`;
}

function optionsOf({ address, database, user, password, tls, ...rest }: SignIn): ConnectionOptions {
  return {
    host: address.host,
    port: address.port,
    database,
    user,
    password,
    stream: () => connectSocket(address.port, address.address),
    charset: 'utf8mb4',
    connectTimeout: Math.min(rest.statementSecondsMax, 30) * 1000,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    rowsAsArray: true,
    flags: ['-LOCAL_FILES'],
    ...(tls === 'off'
      ? {}
      : {
          ssl: {
            rejectUnauthorized: true,
            verifyIdentity: true,
            ...(tls.certificateAuthority === undefined ? {} : { ca: tls.certificateAuthority }),
          },
        }),
  };
}

async function connect(signIn: SignIn): Promise<Session> {
  const { createConnection } = await import('mysql2/promise');
  const { stop, address } = signIn;
  const attempt = attempts(stop, failureOf);
  const attemptFirst = attempts(stop, (error) => beforeSignedIn(failureOf(error)));
  const connection = await attemptFirst(
    `signing in to ${address.host}`,
    async () => await createConnection(optionsOf(signIn)),
  );
  connection.on('error', () => undefined); // The next statement fails, not the process.
  const forget = onStop(stop, () => connection.destroy());
  try {
    const server = await attempt('signing in', async () => await beginSession(connection, signIn));
    return sessionOn(connection, { server, encrypted: signIn.tls !== 'off', attempt, forget });
  } catch (error) {
    forget();
    connection.destroy();
    throw error;
  }
}

async function beginSession(connection: Connection, signIn: SignIn): Promise<string> {
  const seconds = signIn.statementSecondsMax;
  const [[server = ''] = []] = await rowsOf(connection, sql`select version()`);
  const version = server ?? '';
  const maria = version.includes('MariaDB');
  const settings = [
    "time_zone = '+00:00'",
    "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
    `innodb_lock_wait_timeout = ${Math.min(seconds, 30)}`,
    maria ? `max_statement_time = ${seconds}` : `max_execution_time = ${seconds * 1000}`,
  ];
  await connection.query(`set ${settings.map((one) => `session ${one}`).join(', ')}`);
  return maria ? `MariaDB ${version.replace(/-.*/, '')}` : `MySQL ${version}`;
}

function sessionOn(
  connection: Connection,
  more: Pick<Session, 'server' | 'encrypted'> & {
    readonly attempt: ReturnType<typeof attempts>;
    readonly forget: () => void;
  },
): Session {
  const { server, encrypted, attempt, forget } = more;
  return {
    server,
    encrypted,
    rows: async (of) => await attempt('reading', async () => await rowsOf(connection, of)),
    run: async (of) =>
      await attempt('writing', async () => {
        const [result] = await connection.execute(...written(of));
        return 'affectedRows' in result ? result.affectedRows : 0;
      }),
    begin: async (mode) =>
      await attempt('beginning', async () => {
        const level = mode === 'read' ? 'repeatable read' : 'read committed';
        await connection.query(`set transaction isolation level ${level}`);
        const read = 'start transaction with consistent snapshot, read only';
        await connection.query(mode === 'read' ? read : 'start transaction');
      }),
    commit: async () =>
      await attempt('committing', async () => {
        await connection.query('commit');
      }),
    rollback: async () => {
      await connection.query('rollback');
    },
    end: async () => {
      forget();
      await connection.end().catch(() => connection.destroy());
    },
  };
}

const written = (of: Sql): [string, (string | Buffer | null)[]] => {
  const { text, values } = statementOf(of, () => '?');
  return [text, [...values]];
};

async function rowsOf(connection: Connection, of: Sql): Promise<readonly (readonly Cell[])[]> {
  const [rows] = await connection.execute(...written(of));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rowsAsArray, and every cell text.
  return rows as unknown as Cell[][];
}

const SIGN_IN = new Set([1044, 1045, 1049, 1698, 1251]);
const FORBIDDEN = new Set([1142, 1143, 1227, 1370, 1792]);
const BUSY = new Set([1040, 1203, 1205, 1213, 1969, 3024, 1226, 1020]);
const LOST = new Set([1927, 2006, 2013, 1053, 1077, 1079, 1080]);

function failureOf(error: unknown): Failure {
  const errno = Number(wordOf(error, 'errno'));
  if (SIGN_IN.has(errno)) return 'sign-in';
  if (FORBIDDEN.has(errno)) return 'forbidden';
  if (errno === 1062) return 'duplicate';
  if (BUSY.has(errno)) return 'busy';
  if (LOST.has(errno) || isNetworkError(error)) return 'lost';
  return wordOf(error, 'sqlState') === '' ? 'lost' : 'refused';
}
