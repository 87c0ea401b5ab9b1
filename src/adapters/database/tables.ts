import type { Column, Table } from './column.ts';
import type { Line } from './connection.ts';
import { indexesFrom } from './dialect.ts';
import { sourceError } from './errors.ts';
import { raw, sql, value } from './sql.ts';
import type { Sql } from './sql.ts';

/** What the server's catalog says of a table or view. Fails when it is not there for this user. */
export async function readTable(
  { session, dialect }: Line,
  name: string,
  more: { readonly indexes?: true } = {},
): Promise<Table> {
  const [first = '', second] = name.split('.');
  const schema =
    second === undefined
      ? await onlyCell(session.rows(sql`select ${dialect.schemaDefault} ${dialect.fromNothing}`))
      : first;
  const table = second ?? first;
  const columns = await session.rows(dialect.columnsOf(value(schema), table));
  if (columns.length === 0) {
    throw sourceError('not-found', 'database.table-missing', `reading ${name}`, {
      remedy: `There is no table or view '${table}' in '${schema}' that this user may see. Write the name as the server's catalog does: upper and lower case count.`,
    });
  }
  const indexes =
    more.indexes === true ? await session.rows(dialect.indexesOf(value(schema), table)) : [];
  return {
    schema,
    name: table,
    columns: columns.map((row) => dialect.readColumn(row)),
    indexes: indexesFrom(indexes),
  };
}

async function onlyCell(rows: ReturnType<Line['session']['rows']>): Promise<string> {
  const [[cell = null] = []] = await rows;
  return cell ?? '';
}

/** The column of this name. Fails when the table has none, or none that can be read. */
export function columnOf({ schema, name, columns }: Table, wanted: string): Column {
  const found = columns.find((column) => column.name === wanted);
  const place = `${schema}.${name}`;
  if (found === undefined) {
    const near = columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase());
    const names =
      near?.name ??
      columns
        .map((column) => column.name)
        .join(', ')
        .slice(0, 500);
    throw sourceError('invalid', 'database.column-missing', `looking for ${place}.${wanted}`, {
      remedy: `There is: ${names}.`,
    });
  }
  if (found.category !== 'unreadable') return found;
  throw sourceError('invalid', 'database.column-unreadable', `reading ${place}.${wanted}`, {
    remedy: `Values of type ${found.type} have no text form here: leave the column out of 'columns'.`,
  });
}

/** Those named; when none are, all that can be read. */
export function columnsOf(table: Table, wanted: readonly string[] | undefined): readonly Column[] {
  return wanted === undefined
    ? table.columns.filter(({ category }) => category !== 'unreadable')
    : wanted.map((name) => columnOf(table, name));
}

/** A table as it stands in a statement. */
export const tableSql = ({ dialect }: Pick<Line, 'dialect'>, { schema, name }: Table): Sql =>
  raw(`${dialect.quote(schema)}.${dialect.quote(name)}`);

/** A column as it stands in a statement, under an alias. */
export const columnSql = (
  { dialect }: Pick<Line, 'dialect'>,
  alias: string,
  { name }: Column,
): Sql => raw(`${alias}.${dialect.quote(name)}`);
