import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { send } from './connect.ts';
import type { Handle } from './connect.ts';
import { copyText, sendLines } from './copy.ts';

type SqlType =
  | 'text'
  | 'numeric'
  | 'bigint'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'jsonb'; // Sent as JSON text.

/** Columns by name, each with the type its values are sent as. */
export type Columns = Readonly<Record<string, SqlType>>;

/** One value for each column; `undefined` and null are SQL's null. */
export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: string | number | boolean | bigint | null | undefined;
};

/** Many rows as a relation of one statement: `… from ${unnested('draft', columns, rows)}`. */
export function unnested<const C extends Columns>(
  alias: string,
  columns: C,
  values: readonly RowOf<C>[],
): RawBuilder<unknown> {
  const names = Object.keys(columns);
  const arrays = names.map(
    (name) => sql`${values.map((row) => row[name] ?? null)}::${sql.raw(columns[name] ?? 'text')}[]`,
  );
  const list = sql.join(names.map((name) => sql.id(name)));
  return sql`unnest(${sql.join(arrays)}) as ${sql.id(alias)}(${list})`;
}

/** From so many rows on COPY costs less than arrays do, for both sides. */
const COPIED_FROM = 20;

/**
 * Inserts many rows by one statement. `table` is 'schema.table'. No rows, no statement. They are sent as
 * by `send`: what a transaction does next need not wait for them.
 */
export async function insertRows<const C extends Columns>(
  handle: Handle,
  table: string,
  columns: C,
  values: readonly RowOf<C>[],
): Promise<void> {
  if (values.length === 0) return;
  const names = Object.keys(columns);
  if (values.length >= COPIED_FROM) {
    await sendLines(handle, table, names, linesOf(names, values));
    return;
  }
  const list = sql.join(names.map((name) => sql.id(name)));
  await send(
    handle,
    sql`insert into ${sql.table(table)} (${list}) select ${list}
      from ${unnested('draft', columns, values)}`,
  );
}

/** Rows as COPY reads them. Each is one text from the start: thousands of lists in between cost. */
function* linesOf<C extends Columns>(
  names: readonly string[],
  values: readonly RowOf<C>[],
): Generator<string, void, void> {
  for (const row of values) {
    let line = '';
    for (const name of names) {
      const value = row[name];
      line += `${copyText(value === null || value === undefined ? null : String(value))}\t`;
    }
    yield `${line.slice(0, -1)}\n`;
  }
}
