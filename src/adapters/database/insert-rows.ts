import type { Misfit } from '#adapter-kit/expression';
import type { NewRow } from './build-rows.ts';
import { isUnfit, parameterOf } from './cell.ts';
import type { Table } from './column.ts';
import { all, compared } from './conditions.ts';
import type { Line } from './connection.ts';
import type { Cell } from './dialect.ts';
import { sourceError } from './errors.ts';
import type { DatabaseOperation } from './profile/operation.ts';
import { rawParameter, selected } from './read-page.ts';
import { join, raw, sql, value } from './sql.ts';
import type { Sql } from './sql.ts';
import { columnOf, readTable, tableSql } from './tables.ts';

/** The tables that an operation writes to and looks at, by the name the profile has for them. */
export type Tables = ReadonlyMap<string, Table>;

/** Reads the catalog's word on each of them. */
export async function tablesOf(
  line: Line,
  { rows, handOver }: DatabaseOperation,
  more: { readonly indexes?: true } = {},
): Promise<Tables> {
  const names = [
    ...rows.map(({ table }) => table),
    ...(handOver?.result === undefined ? [] : [handOver.result.table]),
    ...(handOver?.errors === undefined ? [] : [handOver.errors.table]),
  ];
  const tables = new Map<string, Table>();
  for (const name of new Set(names)) tables.set(name, await readTable(line, name, more));
  return tables;
}

export function tableNamed(tables: Tables, name: string): Table {
  const table = tables.get(name);
  if (table !== undefined) return table;
  throw sourceError('not-found', 'database.table-missing', `looking for ${name}`);
}

/** What of the rows does not fit their columns: it would be refused, or rounded in silence. */
export function misfitsOf(tables: Tables, rows: readonly NewRow[]): readonly Misfit[] {
  return rows.flatMap(({ table, columns }) =>
    Object.entries(columns).flatMap(([name, given]) => {
      const column = columnOf(tableNamed(tables, table), name);
      if (!('value' in given)) return [];
      const made = parameterOf(column, given.value);
      return isUnfit(made) ? [{ field: `${table}.${name}`, reason: made.unfit }] : [];
    }),
  );
}

/** The header row as it stands in the database: cells by column. */
export type Header = ReadonlyMap<string, Cell>;

/** Writes the rows, the header first, inside the transaction that is under way. */
export async function insertRows(
  line: Line,
  operation: DatabaseOperation,
  { tables, rows, reference }: { tables: Tables; rows: readonly NewRow[]; reference: string },
): Promise<Header> {
  const [first, ...others] = rows;
  if (first === undefined) return new Map();
  await insertRow(line, tables, first, new Map());
  const header = await readHeader(line, operation, { tables, reference });
  if (header === undefined) {
    throw sourceError('invalid', 'database.source-refused', `writing to ${first.table}`, {
      cause: new Error('the row that was written is not found by its reference'),
      remedy: `Look whether a trigger or rule changes ${operation.reference}.`,
    });
  }
  for (const row of others) await insertRow(line, tables, row, header);
  return header;
}

async function insertRow(
  line: Line,
  tables: Tables,
  { table: name, columns }: NewRow,
  header: Header,
): Promise<void> {
  const table = tableNamed(tables, name);
  const given = Object.entries(columns);
  const names = given.map(([column]) => raw(line.dialect.quote(column)));
  const values = given.map(([columnName, of]): Sql => {
    if ('next' in of) return line.dialect.next(sequenceSql(line, of.next));
    if ('now' in of) return raw('current_timestamp');
    const column = columnOf(table, columnName);
    if ('header' in of) {
      const cell = header.get(of.header) ?? null;
      return line.dialect.valueOf(column, value(cell), 'store');
    }
    const made = parameterOf(column, of.value);
    return line.dialect.valueOf(column, value(isUnfit(made) ? null : made), 'store');
  });
  await line.session.run(
    sql`insert into ${tableSql(line, table)} (${join(names, ', ')}) values (${join(values, ', ')})`,
  );
}

const sequenceSql = ({ dialect }: Line, name: string): Sql =>
  raw(
    name
      .split('.')
      .map((part) => dialect.quote(part))
      .join('.'),
  );

/** The header row of our reference; `lock`: nobody changes it until the transaction ends. */
export async function readHeader(
  line: Line,
  operation: DatabaseOperation,
  of: { readonly tables: Tables; readonly reference: string; readonly lock?: true },
): Promise<Header | undefined> {
  const [first] = operation.rows;
  if (first === undefined) return undefined;
  const table = tableNamed(of.tables, first.table);
  const names = headerColumnsOf(operation);
  const columns = names.map((name) => columnOf(table, name));
  const own = tableSql(line, table);
  const plain = { from: sql`${own} h`, suffix: sql`` };
  const { from, suffix } = of.lock === true ? line.dialect.lockRow(plain.from) : plain;
  const column = columnOf(table, operation.reference);
  const ours = compared(line, 'h', { column, at: of.reference }, '=');
  const found = await line.session.rows(
    sql`select ${selected(line, 'h', columns)} from ${from} where ${ours} ${suffix}`,
  );
  // To the letter: many servers compare without regard to case.
  const at = names.indexOf(operation.reference);
  const row = found.findLast((cells) => cells[at]?.trimEnd() === of.reference);
  return row === undefined ? undefined : new Map(names.map((name, n) => [name, row[n] ?? null]));
}

/** Every column of the header row that something asks for. */
function headerColumnsOf({
  rows,
  reference,
  key,
  version,
  detail,
  handOver,
}: DatabaseOperation): readonly string[] {
  const linked = rows.flatMap(({ columns }) =>
    Object.values(columns).flatMap((of) => ('header' in of ? [of.header] : [])),
  );
  const booked =
    handOver?.result === undefined ? [key, version, ...Object.values(detail ?? {})] : [];
  const told = [handOver?.status, handOver?.code, handOver?.message];
  const joined = Object.values(handOver?.errors?.on ?? {});
  const wanted = [reference, ...linked, ...booked, ...told, ...joined];
  return [...new Set(wanted.filter((name) => name !== undefined))];
}

/** Takes our own rows out again, those of further tables first. */
export async function deleteRows(
  line: Line,
  operation: DatabaseOperation,
  { tables, header, reference }: { tables: Tables; header: Header; reference: string },
): Promise<void> {
  const [first, ...others] = operation.rows;
  if (first === undefined) return;
  for (const { table: name, columns } of others.toReversed()) {
    const table = tableNamed(tables, name);
    const links = Object.entries(columns).flatMap(([own, of]) => {
      const column = columnOf(table, own);
      const cell =
        'header' in of ? header.get(of.header) : 'reference' in of ? reference : undefined;
      return cell === undefined || cell === null
        ? []
        : [compared(line, 'x', { column, at: rawParameter(column, cell) }, '=')];
    });
    if (links.length > 0) await line.session.run(deleteSql(line, table, all(links)));
  }
  const table = tableNamed(tables, first.table);
  const column = columnOf(table, operation.reference);
  await line.session.run(
    deleteSql(line, table, compared(line, 'x', { column, at: reference }, '=')),
  );
}

const deleteSql = (line: Line, table: Table, where: Sql): Sql =>
  line.dialect.deleteFrom(tableSql(line, table), 'x', where);
