import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import type mssql from 'mssql';
import type { ConnectionPool, Request, Transaction, config } from 'mssql';
import { attempts, beforeSignedIn, isNetworkError, onStop, wordOf } from '../attempt.ts';
import type { Category, Column } from '../column.ts';
import { columnFrom } from '../dialect.ts';
import type { Cell, Dialect, Session, SignIn } from '../dialect.ts';
import type { Failure } from '../errors.ts';
import { raw, sql, statementOf, value } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** The language of SQL Server, from 2016 on. */
export const sqlserver: Dialect = {
  name: 'sqlserver',
  portDefault: 1433,
  connect,
  quote: (name) => `[${name.replaceAll(']', ']]')}]`,
  schemaDefault: sql`schema_name()`,
  limit: (rows) => raw(`offset 0 rows fetch next ${rows} rows only`),
  textOf,
  valueOf(column, parameter, use) {
    const { type, category } = column;
    if (type === 'timestamp') return sql`convert(binary(8), convert(bigint, ${parameter}))`;
    if (category === 'instant') {
      return sql`todatetimeoffset(convert(datetime2(7), ${parameter}, 121), '+00:00')`;
    }
    if (category === 'local') return sql`convert(${raw(type)}, ${parameter}, 121)`;
    if (category === 'date') return sql`convert(date, ${parameter}, 23)`;
    if (category !== 'text') return sql`convert(${raw(type)}, ${parameter})`;
    if (use === 'store') return parameter; // What is too long is refused, not cut.
    // As wide as can be, since the column's own width would cut what is longer.
    if (/^(var)?char/.test(type)) return sql`convert(varchar(8000), ${parameter})`;
    return /^n(var)?char/.test(type)
      ? sql`convert(nvarchar(4000), ${parameter})`
      : sql`convert(${raw(type)}, ${parameter})`;
  },
  before({ type, category }, of, overlap) {
    const steps = raw(String(overlap));
    if (type === 'timestamp') return sql`convert(binary(8), convert(bigint, ${of}) - ${steps})`;
    if (category === 'number') return sql`${of} - ${steps}`;
    if (category === 'date') {
      return sql`dateadd(day, -${raw(String(Math.ceil(overlap / 86_400)))}, ${of})`;
    }
    return sql`dateadd(second, -${steps}, ${of})`;
  },
  tomorrow({ category }) {
    if (category === 'date') return sql`dateadd(day, 1, convert(date, sysdatetime()))`;
    return category === 'instant'
      ? sql`dateadd(day, 1, sysdatetimeoffset())`
      : sql`dateadd(day, 1, sysdatetime())`;
  },
  next: (sequence) => sql`next value for ${sequence}`,
  lockRow: (from) => ({ from: sql`${from} with (updlock, rowlock)`, suffix: sql`` }),
  deleteFrom: (table, alias, where) =>
    sql`delete ${raw(alias)} from ${table} as ${raw(alias)} where ${where}`,
  fromNothing: sql``,
  columnsOf: (schema, table) => sql`
    select c.name, case
        when b.name in ('decimal', 'numeric') then concat(b.name, '(', c.precision, ',', c.scale, ')')
        when b.name in ('datetime2', 'time', 'datetimeoffset') then concat(b.name, '(', c.scale, ')')
        when b.name in ('char', 'varchar', 'binary', 'varbinary') then concat(b.name, '(',
          case c.max_length when -1 then 'max' else convert(varchar(10), c.max_length) end, ')')
        when b.name in ('nchar', 'nvarchar') then concat(b.name, '(',
          case c.max_length when -1 then 'max' else convert(varchar(10), c.max_length / 2) end, ')')
        else b.name end,
      case c.is_nullable when 1 then '1' else '0' end,
      case when b.name in ('float', 'real') then null else convert(varchar(10), c.scale) end,
      case when c.max_length = -1 or b.name in ('text', 'ntext', 'image', 'xml') then '1' else '0' end,
      b.name
    from sys.columns c join sys.objects o on o.object_id = c.object_id
      join sys.schemas s on s.schema_id = o.schema_id
      join sys.types t on t.user_type_id = c.user_type_id
      join sys.types b on b.user_type_id = case when t.is_assembly_type = 1 then t.user_type_id
        else t.system_type_id end
    where s.name = ${schema} and o.name = ${value(table)} and o.type in ('U', 'V')
    order by c.column_id`,
  readColumn: (row) => columnFrom(row, CATEGORIES[row[5] ?? ''] ?? 'unreadable'),
  indexesOf: (schema, table) => sql`
    select i.name, c.name, case when i.is_unique = 1 and i.has_filter = 0 then '1' else '0' end
    from sys.indexes i join sys.index_columns x
        on x.object_id = i.object_id and x.index_id = i.index_id and x.is_included_column = 0
      join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id
      join sys.objects o on o.object_id = i.object_id
      join sys.schemas s on s.schema_id = o.schema_id
    where s.name = ${schema} and o.name = ${value(table)} and i.is_disabled = 0
    order by i.name, x.key_ordinal`,
};

const CATEGORIES: Readonly<Record<string, Category>> = {
  tinyint: 'number',
  smallint: 'number',
  int: 'number',
  bigint: 'number',
  decimal: 'number',
  numeric: 'number',
  money: 'number',
  smallmoney: 'number',
  float: 'number',
  real: 'number',
  timestamp: 'number', // rowversion: counts every change of the database.
  bit: 'boolean',
  date: 'date',
  datetime: 'local',
  datetime2: 'local',
  smalldatetime: 'local',
  datetimeoffset: 'instant',
  binary: 'bytes',
  varbinary: 'bytes',
  image: 'bytes',
  json: 'json',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  xml: 'text',
  time: 'text',
  uniqueidentifier: 'text',
};

function textOf({ type, category, large }: Column, of: Sql, charactersMax: number): Sql {
  const most = raw(String(charactersMax + 1));
  if (type === 'timestamp') return sql`convert(varchar(20), convert(bigint, ${of}))`;
  if (type === 'float' || type === 'real') return sql`convert(varchar(40), ${of}, 3)`; // All digits.
  if (type === 'money' || type === 'smallmoney') return sql`convert(varchar(40), ${of}, 2)`;
  if (category === 'date') return sql`convert(varchar(10), ${of}, 23)`;
  if (category === 'local') return sql`convert(varchar(30), ${of}, 121)`;
  if (category === 'instant') {
    const utc = sql`convert(datetime2(7), switchoffset(${of}, '+00:00'))`;
    return sql`convert(varchar(30), ${utc}, 121)`;
  }
  if (category === 'bytes') {
    const bytes = sql`substring(convert(varbinary(max), ${of}), 1, ${most})`;
    return sql`convert(varchar(max), ${bytes}, 2)`;
  }
  if (type === 'uniqueidentifier') return sql`lower(convert(varchar(36), ${of}))`;
  if (large === true || category === 'json') {
    return sql`left(convert(nvarchar(max), ${of}), ${most})`;
  }
  return /char/.test(type) ? of : sql`convert(varchar(50), ${of})`;
}

/** How `mssql` is told to connect: one connection, to an address that was looked at. */
export function configOf(signIn: SignIn, sockets: Set<Socket>): config {
  const { address, database, user, password, tls, statementSecondsMax } = signIn;
  const patience = statementSecondsMax * 1000;
  return {
    server: address.host,
    port: address.port,
    database,
    user,
    password,
    connectionTimeout: Math.min(patience, 30_000),
    requestTimeout: patience,
    pool: { min: 0, max: 1 },
    options: {
      appName: 'rialto',
      encrypt: tls !== 'off',
      trustServerCertificate: false,
      ...(tls === 'off' || tls.certificateAuthority === undefined
        ? {}
        : { cryptoCredentialsDetails: { ca: tls.certificateAuthority } }),
      enableArithAbort: true,
      connector: async () => await socketTo(signIn, sockets),
    },
  };
}

async function socketTo({ address }: SignIn, sockets: Set<Socket>): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connectSocket(address.port, address.address);
    sockets.add(socket);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => sockets.delete(socket));
  });
}

type Driver = typeof mssql;

async function connect(signIn: SignIn): Promise<Session> {
  const { default: driver } = await import('mssql');
  const { stop, address } = signIn;
  const attempt = attempts(stop, failureOf);
  const attemptFirst = attempts(stop, (error) => beforeSignedIn(failureOf(error)));
  const sockets = new Set<Socket>();
  const pool = new driver.ConnectionPool(configOf(signIn, sockets));
  pool.on('error', () => undefined); // The next statement fails, not the process.
  const forget = onStop(stop, () => {
    for (const socket of sockets) socket.destroy();
  });
  try {
    await attemptFirst(`signing in to ${address.host}`, async () => await pool.connect());
    const line = { driver, pool };
    const version = sql`select convert(varchar(50), serverproperty('ProductVersion'))`;
    const [[server = null] = []] = await attempt(
      'signing in',
      async () => await rowsOf(line, version),
    );
    return sessionOn(line, { server: `SQL Server ${server ?? ''}`, signIn, attempt, forget });
  } catch (error) {
    forget();
    await pool.close().catch(() => undefined);
    throw error;
  }
}

type Line = { readonly driver: Driver; readonly pool: ConnectionPool; transaction?: Transaction };

function sessionOn(
  line: Line,
  more: {
    readonly server: string;
    readonly signIn: SignIn;
    readonly attempt: ReturnType<typeof attempts>;
    readonly forget: () => void;
  },
): Session {
  const { server, signIn, attempt, forget } = more;
  const { driver, pool } = line;
  return {
    server,
    encrypted: signIn.tls !== 'off',
    rows: async (of) => await attempt('reading', async () => await rowsOf(line, of)),
    run: async (of) =>
      await attempt('writing', async () => {
        const { request, text } = requestOf(line, of);
        const { rowsAffected } = await request.query(text);
        return rowsAffected.reduce((sum, one) => sum + one, 0);
      }),
    begin: async (mode) =>
      await attempt('beginning', async () => {
        const { SNAPSHOT, READ_COMMITTED } = driver.ISOLATION_LEVEL;
        const transaction = new driver.Transaction(pool);
        transaction.on('error', () => undefined);
        await transaction.begin(mode === 'read' ? SNAPSHOT : READ_COMMITTED);
        line.transaction = transaction;
      }),
    commit: async () =>
      await attempt('committing', async () => {
        const { transaction } = line;
        delete line.transaction;
        await transaction?.commit();
      }),
    rollback: async () => {
      const { transaction } = line;
      delete line.transaction;
      await transaction?.rollback();
    },
    end: async () => {
      forget();
      await pool.close().catch(() => undefined);
    },
  };
}

function requestOf(
  { driver, pool, transaction }: Line,
  of: Sql,
): { readonly request: Request; readonly text: string } {
  const request = transaction === undefined ? pool.request() : transaction.request();
  const { text, values } = statementOf(of, (at) => `@p${at}`);
  for (const [at, one] of values.entries()) {
    const type = Buffer.isBuffer(one) ? driver.VarBinary(driver.MAX) : driver.NVarChar(driver.MAX);
    request.input(`p${at + 1}`, type, one);
  }
  return { request, text };
}

async function rowsOf(line: Line, of: Sql): Promise<readonly (readonly Cell[])[]> {
  const { request, text } = requestOf(line, of);
  request.arrayRowMode = true;
  const { recordset } = await request.query(text);
  const rows: readonly (readonly Cell[])[] = recordset;
  return rows;
}

const SIGN_IN = new Set(['18456', '18452', '4060', 'ELOGIN']);
const FORBIDDEN = new Set(['229', '230', '262', '916', '15247']);
const BUSY = new Set(['1204', '1205', '1222', '3960', '8645', '10928', '10929', '40501']);

/** Reads what `mssql` throws: the server's number, or the driver's own word. */
export function failureOf(error: unknown): Failure {
  const [number, code] = [wordOf(error, 'number'), wordOf(error, 'code')];
  if (SIGN_IN.has(number) || SIGN_IN.has(code)) return 'sign-in';
  if (FORBIDDEN.has(number)) return 'forbidden';
  if (number === '2627' || number === '2601') return 'duplicate';
  if (BUSY.has(number) || (code === 'ETIMEOUT' && number === '')) return 'busy';
  const lost = /^(ESOCKET|ECONNCLOSED|ENOTOPEN|ECONNRESET|EINSTLOOKUP)$/.test(code);
  if (lost || isNetworkError(error)) return 'lost';
  return number === '' ? 'lost' : 'refused';
}
