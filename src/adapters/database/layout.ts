import { all, filterSql } from './conditions.ts';
import type { Column, Table } from './column.ts';
import type { Line } from './connection.ts';
import { sourceError } from './errors.ts';
import type { Entity } from './profile/entity.ts';
import { sql, join } from './sql.ts';
import type { Sql } from './sql.ts';
import { columnOf, columnsOf, columnSql, readTable, tableSql } from './tables.ts';

/** An entity laid out on the tables that are really there. */
export type Layout = {
  readonly entity: Entity;
  readonly table: Table;
  readonly from: Sql; // 'schema.table h'
  readonly key: readonly Column[];
  readonly columns: readonly Column[];
  readonly mark?: Column; // The watermark.
  readonly version?: Column;
  readonly changedAt?: Column;
  readonly deleted?: Column;
  readonly where: Sql; // The profile's filter, and that every key column has a value.
  readonly children: readonly ChildLayout[];
};

export type ChildLayout = {
  readonly as: string;
  readonly table: Table;
  readonly from: Sql; // 'schema.table c join header h on …'
  readonly columns: readonly Column[];
  readonly order: readonly Column[];
  readonly where: Sql;
};

/** Lays an entity out. Fails when a table or column is missing. */
export async function layOut(
  line: Line,
  entity: Entity,
  more: { readonly indexes?: true } = {},
): Promise<Layout> {
  const table = await readTable(line, entity.table, more);
  const from = sql`${tableSql(line, table)} h`;
  const key = entity.key.map((name) => columnOf(table, name));
  const columns = asJson(columnsOf(table, entity.columns), entity.json);
  const children: ChildLayout[] = [];
  for (const child of entity.children) children.push(await layOutChild(line, child, table, from));
  const taken = columns.map(({ name }) => name);
  const twice = entity.children.find(({ as }) => taken.includes(as));
  if (twice !== undefined) {
    throw sourceError('invalid', 'database.profile-invalid', `reading ${entity.table}`, {
      remedy: `The children '${twice.as}' bear the name of a column: call them otherwise in 'as'.`,
    });
  }
  const { changes, version, changedAt, deleted, where } = entity;
  const present = key
    .filter(({ nullable }) => nullable)
    .map((column) => sql`${columnSql(line, 'h', column)} is not null`);
  return {
    entity,
    table,
    from,
    key,
    columns,
    where: all([...(where === undefined ? [] : [filterSql(line, 'h', table, where)]), ...present]),
    children,
    ...(changes.by === 'watermark' ? { mark: columnOf(table, changes.column) } : {}),
    ...(version === undefined ? {} : { version: columnOf(table, version) }),
    ...(changedAt === undefined ? {} : { changedAt: columnOf(table, changedAt) }),
    ...(deleted === undefined ? {} : { deleted: columnOf(table, deleted.column) }),
  };
}

async function layOutChild(
  line: Line,
  child: Entity['children'][number],
  header: Table,
  headerFrom: Sql,
): Promise<ChildLayout> {
  const table = await readTable(line, child.table);
  const pairs = Object.entries(child.on).map(([own, theirs]) => {
    const [one, other] = [columnOf(table, own), columnOf(header, theirs)];
    return sql`${columnSql(line, 'c', one)} = ${columnSql(line, 'h', other)}`;
  });
  return {
    as: child.as,
    table,
    from: sql`${tableSql(line, table)} c join ${headerFrom} on ${join(pairs, ' and ')}`,
    columns: columnsOf(table, child.columns),
    order: child.order.map((name) => columnOf(table, name)),
    where: child.where === undefined ? all([]) : filterSql(line, 'c', table, child.where),
  };
}

function asJson(columns: readonly Column[], json: readonly string[] = []): readonly Column[] {
  return columns.map((column) =>
    json.includes(column.name) ? { ...column, category: 'json' } : column,
  );
}
