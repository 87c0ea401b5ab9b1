import type { Connection, ConnectionAttributes } from 'oracledb';
import { attempts, beforeSignedIn, isNetworkError, onStop, wordOf } from '../attempt.ts';
import type { Category, Column } from '../column.ts';
import { columnFrom } from '../dialect.ts';
import type { Cell, Dialect, Session, SignIn } from '../dialect.ts';
import { sourceError } from '../errors.ts';
import type { Failure } from '../errors.ts';
import { raw, sql, statementOf, value } from '../sql.ts';
import type { Sql } from '../sql.ts';

const TIME = "'YYYY-MM-DD HH24:MI:SS.FF'";
const POINT = "'NLS_NUMERIC_CHARACTERS=''.,'''";

/** The language of Oracle Database, from 12.1 on, without a client (thin). */
export const oracle: Dialect = {
  name: 'oracle',
  portDefault: 1521,
  connect,
  quote: (name) => `"${name.replaceAll('"', '')}"`, // A name of Oracle's cannot hold one.
  schemaDefault: sql`sys_context('USERENV', 'CURRENT_SCHEMA')`,
  limit: (rows) => raw(`fetch first ${rows} rows only`),
  textOf,
  valueOf({ type, category }, parameter) {
    if (category === 'number') return sql`to_number(${parameter})`; // The session has its point.
    if (category === 'boolean') return sql`to_boolean(${parameter})`;
    const time = sql`to_timestamp(${parameter}, ${raw(TIME)})`;
    if (category === 'instant') return sql`from_tz(${time}, 'UTC')`;
    if (category === 'local') return type === 'DATE' ? sql`cast(${time} as date)` : time;
    return parameter;
  },
  before: ({ category }, of, overlap) =>
    category === 'number'
      ? sql`${of} - ${raw(String(overlap))}`
      : sql`${of} - numtodsinterval(${raw(String(overlap))}, 'SECOND')`,
  tomorrow({ type, category }) {
    if (type === 'DATE') return sql`sysdate + 1`;
    return category === 'instant'
      ? sql`systimestamp + interval '1' day`
      : sql`localtimestamp + interval '1' day`;
  },
  next: (sequence) => sql`${sequence}.nextval`,
  lockRow: (from) => ({ from, suffix: sql`for update` }),
  deleteFrom: (table, alias, where) => sql`delete from ${table} ${raw(alias)} where ${where}`,
  fromNothing: sql`from dual`,
  columnsOf: (schema, table) => sql`
    select column_name, data_type, case nullable when 'N' then '0' else '1' end,
      case when data_type = 'NUMBER' then to_char(data_scale) end,
      case when data_type in ('CLOB', 'NCLOB') then '1' else '0' end
    from all_tab_columns where owner = ${schema} and table_name = ${value(table)}
    order by column_id`,
  readColumn: (row) => columnFrom(row, categoryOf(row[1] ?? '')),
  indexesOf: (schema, table) => sql`
    select i.index_name, c.column_name, case i.uniqueness when 'UNIQUE' then '1' else '0' end
    from all_indexes i join all_ind_columns c
      on c.index_owner = i.owner and c.index_name = i.index_name
    where i.table_owner = ${schema} and i.table_name = ${value(table)}
    order by i.index_name, c.column_position`,
};

const TEXTS = /^(CHAR|NCHAR|VARCHAR2|NVARCHAR2|VARCHAR|CLOB|NCLOB|ROWID|UROWID|INTERVAL.*)$/;

function categoryOf(type: string): Category {
  if (/^(NUMBER|FLOAT|BINARY_FLOAT|BINARY_DOUBLE)$/.test(type)) return 'number';
  if (/^TIMESTAMP.*TIME ZONE$/.test(type)) return 'instant';
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) return 'local'; // A DATE has a time as well.
  if (type === 'RAW') return 'bytes';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'JSON') return 'json';
  return TEXTS.test(type) ? 'text' : 'unreadable'; // BLOB, LONG, BFILE, XMLTYPE, objects.
}

function textOf({ type, category, large }: Column, of: Sql, charactersMax: number): Sql {
  const most = raw(String(charactersMax + 1));
  switch (category) {
    case 'number':
      return type.startsWith('BINARY')
        ? sql`to_char(${of}, 'TME', ${raw(POINT)})`
        : sql`to_char(${of}, 'TM9', ${raw(POINT)})`;
    case 'local':
      return type === 'DATE'
        ? sql`to_char(${of}, 'YYYY-MM-DD HH24:MI:SS')`
        : sql`to_char(${of}, ${raw(TIME)})`;
    case 'instant':
      return sql`to_char(sys_extract_utc(${of}), ${raw(TIME)})`;
    case 'bytes':
      return sql`rawtohex(${of})`;
    case 'boolean':
      return sql`case when ${of} then '1' when not ${of} then '0' end`;
    case 'json':
      return sql`substr(json_serialize(${of} returning clob), 1, ${most})`;
    case 'date':
    case 'text':
    case 'unreadable':
      if (large === true) return sql`substr(${of}, 1, ${most})`;
      return /CHAR/.test(type) ? of : sql`to_char(${of})`;
  }
}

/** How `oracledb` is told to connect. Over TLS by the host's name, since certificates bear it. */
export function attributesOf(signIn: SignIn): ConnectionAttributes {
  const { address, database, user, password, tls, statementSecondsMax } = signIn;
  for (const word of [database, address.host, address.address]) {
    if (/^[\w.$#:-]+$/.test(word)) continue;
    throw sourceError('invalid', 'database.settings-invalid', 'connecting a database', {
      remedy: 'The database is the name of a service: letters, digits, and . _ $ # -',
    });
  }
  const [protocol, host] = tls === 'off' ? ['tcp', address.address] : ['tcps', address.host];
  return {
    user,
    password,
    connectString:
      `(DESCRIPTION=(CONNECT_TIMEOUT=${Math.min(statementSecondsMax, 30)})` +
      `(ADDRESS=(PROTOCOL=${protocol})(HOST=${host})(PORT=${address.port}))` +
      `(CONNECT_DATA=(SERVICE_NAME=${database})))`,
    ...(tls === 'off' ? {} : { sslServerDNMatch: true }),
    ...(tls === 'off' || tls.certificateAuthority === undefined
      ? {}
      : { walletContent: tls.certificateAuthority }),
  };
}

async function connect(signIn: SignIn): Promise<Session> {
  const { default: driver } = await import('oracledb');
  const { stop, address, statementSecondsMax } = signIn;
  const attempt = attempts(stop, failureOf);
  const attemptFirst = attempts(stop, (error) => beforeSignedIn(failureOf(error)));
  const connection = await attemptFirst(
    `signing in to ${address.host}`,
    async () => await driver.getConnection(attributesOf(signIn)),
  );
  connection.callTimeout = statementSecondsMax * 1000;
  const forget = onStop(stop, () => {
    connection.break().catch(() => undefined);
  });
  const asText = { type: driver.STRING };
  const texts = new Set<unknown>([driver.DB_TYPE_CLOB, driver.DB_TYPE_NCLOB]);
  const rowsOf: Rows = async (of) => {
    const { text, values } = written(of);
    const { rows = [] } = await connection.execute<Cell[]>(text, values, {
      outFormat: driver.OUT_FORMAT_ARRAY,
      fetchTypeHandler: ({ dbType }) => (texts.has(dbType) ? asText : undefined),
    });
    return rows;
  };
  try {
    await attempt('signing in', async () => {
      await connection.execute(
        "alter session set time_zone = '+00:00' nls_numeric_characters = '.,'",
      );
    });
    const server = `Oracle ${connection.oracleServerVersionString}`;
    const encrypted = signIn.tls !== 'off';
    return {
      ...sessionOn(connection, rowsOf, attempt),
      server,
      encrypted,
      end: async () => {
        forget();
        await connection.close().catch(() => undefined);
      },
    };
  } catch (error) {
    forget();
    await connection.close().catch(() => undefined);
    throw error;
  }
}

type Rows = (of: Sql) => Promise<readonly (readonly Cell[])[]>;

function sessionOn(
  connection: Connection,
  rowsOf: Rows,
  attempt: ReturnType<typeof attempts>,
): Omit<Session, 'server' | 'encrypted' | 'end'> {
  return {
    rows: async (of) => await attempt('reading', async () => await rowsOf(of)),
    run: async (of) =>
      await attempt('writing', async () => {
        const { text, values } = written(of);
        const { rowsAffected = 0 } = await connection.execute(text, values);
        return rowsAffected;
      }),
    begin: async (mode) =>
      await attempt('beginning', async () => {
        await connection.rollback();
        if (mode === 'read') await connection.execute('set transaction read only');
      }),
    commit: async () => await attempt('committing', async () => await connection.commit()),
    rollback: async () => await connection.rollback(),
  };
}

function written(of: Sql): { readonly text: string; readonly values: (string | Buffer | null)[] } {
  const { text, values } = statementOf(of, (at) => `:${at}`);
  return { text, values: [...values] };
}

const SIGN_IN = new Set(['1017', '1005', '28000', '28001', '12505', '12514']);
const FORBIDDEN = new Set(['1031', '1720', '41900']);
const BUSY = new Set(['54', '60', '1013', '1555', '8177', '30006', '2049', '51']);
const LOST = new Set([
  '28',
  '1012',
  '1033',
  '1034',
  '1089',
  '3113',
  '3114',
  '3135',
  '12537',
  '12570',
]);

/** Reads what `oracledb` throws: the server's number ('ORA-…'), or the driver's own ('NJS-…'). */
export function failureOf(error: unknown): Failure {
  const code = wordOf(error, 'code');
  const number = String(Number(/^ORA-(\d+)/.exec(code)?.[1] ?? wordOf(error, 'errorNum')));
  if (code === 'NJS-123') return 'busy'; // The call took too long.
  if (code.startsWith('NJS-') || isNetworkError(error)) return 'lost';
  if (SIGN_IN.has(number)) return 'sign-in';
  if (FORBIDDEN.has(number)) return 'forbidden';
  if (number === '1') return 'duplicate';
  if (BUSY.has(number)) return 'busy';
  return LOST.has(number) || number === '0' ? 'lost' : 'refused';
}
