import { Socket } from 'node:net';
import type { Client, ClientConfig } from 'pg';
import { attempts, beforeSignedIn, isNetworkError, onStop, wordOf } from '../attempt.ts';
import type { Category, Column } from '../column.ts';
import { columnFrom } from '../dialect.ts';
import type { Cell, Dialect, Session, SignIn } from '../dialect.ts';
import type { Failure } from '../errors.ts';
import { raw, sql, statementOf, value } from '../sql.ts';
import type { Sql } from '../sql.ts';

/** The language of PostgreSQL, from 12 on. */
export const postgresql: Dialect = {
  name: 'postgresql',
  portDefault: 5432,
  connect,
  quote,
  schemaDefault: sql`current_schema()`,
  limit: (rows) => raw(`limit ${rows}`),
  textOf,
  valueOf(column, parameter, use) {
    if (use === 'store' || column.category === 'text') return parameter; // Its place says its type.
    return sql`cast(${parameter} as ${raw(column.type.replaceAll(/\([\d,-]+\)/g, ''))})`;
  },
  before({ category }, of, overlap) {
    if (category === 'number') return sql`${of} - ${raw(String(overlap))}`;
    if (category === 'date') return sql`${of} - ${raw(String(Math.ceil(overlap / 86_400)))}`;
    return sql`${of} - make_interval(secs => ${raw(String(overlap))})`;
  },
  tomorrow({ category }) {
    if (category === 'date') return sql`current_date + 1`;
    return category === 'instant'
      ? sql`now() + interval '1 day'`
      : sql`localtimestamp + interval '1 day'`;
  },
  next: (sequence) => sql`nextval(${value(sequenceText(sequence))}::regclass)`,
  lockRow: (from) => ({ from, suffix: sql`for update` }),
  deleteFrom: (table, alias, where) => sql`delete from ${table} as ${raw(alias)} where ${where}`,
  fromNothing: sql``,
  columnsOf: (schema, table) => sql`
    select a.attname::text, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then '0' else '1' end,
      case when b.typname in ('int2', 'int4', 'int8') then '0' when b.typname = 'money' then '2'
        when b.typname = 'numeric' and m.typmod >= 4 then ((m.typmod - 4) & 2047)::text end,
      case when b.typname in ('text', 'bytea', 'json', 'jsonb', 'xml') or b.typcategory = 'A'
        or (b.typname = 'varchar' and m.typmod < 0) then '1' else '0' end,
      b.typname::text, b.typcategory::text
    from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_type t on t.oid = a.atttypid
      join pg_type b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
      cross join lateral (select case when t.typbasetype <> 0 then t.typtypmod
        else a.atttypmod end as typmod) m
    where n.nspname = ${schema} and c.relname = ${value(table)} and a.attnum > 0
      and not a.attisdropped and c.relkind in ('r', 'v', 'm', 'f', 'p')
    order by a.attnum`,
  readColumn: (row) => columnFrom(row, categoryOf(row[5] ?? '', row[6] ?? '')),
  indexesOf: (schema, table) => sql`
    select i.relname::text, a.attname::text,
      case when x.indisunique and x.indpred is null and x.indexprs is null then '1' else '0' end
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      cross join lateral unnest(x.indkey::int2[]) with ordinality k(attnum, at)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
    where n.nspname = ${schema} and c.relname = ${value(table)} and x.indisvalid
      and k.at <= x.indnkeyatts
    order by i.relname, k.at`,
};

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A sequence is named to `nextval` by text: its quoted name. */
const sequenceText = (sequence: Sql): string =>
  sequence.parts.map((part) => (typeof part === 'string' ? part : '')).join('');

const NUMBERS = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'money', 'oid']);

function categoryOf(type: string, kind: string): Category {
  if (NUMBERS.has(type)) return 'number';
  if (type === 'bool') return 'boolean';
  if (type === 'bytea') return 'bytes';
  if (type === 'date') return 'date';
  if (type === 'timestamp') return 'local';
  if (type === 'timestamptz') return 'instant';
  if (type === 'json' || type === 'jsonb' || kind === 'A') return 'json';
  return kind === 'P' || kind === 'C' ? 'unreadable' : 'text'; // Pseudo types and composites.
}

function textOf({ type, category, large }: Column, of: Sql, charactersMax: number): Sql {
  const most = raw(String(charactersMax + 1));
  if (type === 'money') return sql`${of}::numeric::text`;
  if (category === 'bytes') return sql`encode(substring(${of} from 1 for ${most}), 'hex')`;
  if (type.endsWith('[]')) return sql`left(to_json(${of})::text, ${most})`;
  return large === true ? sql`left(${of}::text, ${most})` : sql`${of}::text`;
}

/** How `pg` is told to connect: by an address that was looked at, in UTC, and not for too long. */
export function clientConfigOf(signIn: SignIn): ClientConfig {
  const { address, database, user, password, tls, statementSecondsMax } = signIn;
  const patience = statementSecondsMax * 1000;
  const session = {
    timezone: 'UTC',
    datestyle: 'ISO',
    intervalstyle: 'iso_8601',
    bytea_output: 'hex',
    statement_timeout: String(patience),
    idle_in_transaction_session_timeout: String(patience * 4),
  };
  return {
    host: address.address,
    port: address.port,
    database,
    user,
    password,
    ssl:
      tls === 'off'
        ? false
        : {
            servername: address.host,
            ...(tls.certificateAuthority === undefined ? {} : { ca: tls.certificateAuthority }),
          },
    application_name: 'rialto',
    connectionTimeoutMillis: Math.min(patience, 30_000),
    options: Object.entries(session)
      .map(([name, text]) => `-c ${name}=${text}`)
      .join(' '),
  };
}

async function connect(signIn: SignIn): Promise<Session> {
  const { Client: PgClient } = await import('pg');
  const { stop, address } = signIn;
  const attempt = attempts(stop, failureOf);
  const attemptFirst = attempts(stop, (error) => beforeSignedIn(failureOf(error)));
  const socket = new Socket();
  const client = new PgClient({ ...clientConfigOf(signIn), stream: () => socket });
  client.on('error', () => undefined); // The next statement fails, not the process.
  const forget = onStop(stop, () => {
    client.end().catch(() => undefined);
    socket.destroy();
  });
  try {
    await attemptFirst(`signing in to ${address.host}`, async () => await client.connect());
    const [[server = null] = []] = await rowsOf(client, sql`show server_version`);
    return {
      server: `PostgreSQL ${server ?? ''}`,
      encrypted: signIn.tls !== 'off',
      rows: async (of) => await attempt('reading', async () => await rowsOf(client, of)),
      run: async (of) =>
        await attempt('writing', async () => {
          const { rowCount } = await client.query(written(of));
          return rowCount ?? 0;
        }),
      begin: async (mode) =>
        await attempt('beginning', async () => {
          const read = 'begin isolation level repeatable read read only';
          await client.query(mode === 'read' ? read : 'begin isolation level read committed');
        }),
      commit: async () =>
        await attempt('committing', async () => {
          await client.query('commit');
        }),
      rollback: async () => {
        await client.query('rollback');
      },
      end: async () => {
        forget();
        await client.end().catch(() => undefined);
      },
    };
  } catch (error) {
    forget();
    await client.end().catch(() => undefined);
    throw error;
  }
}

const asText = (text: unknown): unknown => text;
const types = { getTypeParser: () => asText };

const written = (of: Sql): { text: string; values: unknown[] } => {
  const { text, values } = statementOf(of, (at) => `$${at}`);
  return { text, values: [...values] };
};

async function rowsOf(client: Client, of: Sql): Promise<readonly (readonly Cell[])[]> {
  const { rows } = await client.query<Cell[]>({ ...written(of), rowMode: 'array', types });
  return rows;
}

function failureOf(error: unknown): Failure {
  const state = wordOf(error, 'code');
  if (/^(08|57P)/.test(state) || isNetworkError(error)) return 'lost';
  if (/^(28|3D000)/.test(state)) return 'sign-in';
  if (state === '42501' || state === '25006') return 'forbidden';
  if (state === '23505') return 'duplicate';
  if (/^(40|53|55P03|57014)/.test(state)) return 'busy';
  // Without a code the driver speaks of its own connection: terminated, timed out.
  return state === '' ? 'lost' : 'refused';
}
