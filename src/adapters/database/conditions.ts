import { isUnfit, parameterOf } from './cell.ts';
import type { Column, Table } from './column.ts';
import type { Connection } from './connection.ts';
import { sourceError } from './errors.ts';
import type { Filter, Scalar } from './profile/filter.ts';
import { join, raw, sql, value } from './sql.ts';
import type { Parameter, Sql } from './sql.ts';
import { columnOf, columnSql } from './tables.ts';

type Dialects = Pick<Connection, 'dialect'>;

/** A column, and the value of it that something is compared with. */
export type Bound = { readonly column: Column; readonly at: Parameter };

export const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? raw('1 = 1') : sql`(${join(conditions, ' and ')})`;

/** A column compared with a parameter of its own type. */
export function compared(
  { dialect }: Dialects,
  alias: string,
  { column, at }: Bound,
  operator: '=' | '<>' | '<' | '<=' | '>' | '>=',
): Sql {
  const own = columnSql({ dialect }, alias, column);
  return sql`${own} ${raw(operator)} ${dialect.valueOf(column, value(at), 'compare')}`;
}

/**
 * Rows after a place in the order of these columns, or up to it. Written out, since not every server
 * compares rows of values; the first comparison is what an index is used for.
 */
export function beyond(
  dialects: Dialects,
  alias: string,
  bounds: readonly Bound[],
  side: 'after' | 'up-to',
): Sql {
  const [first, ...rest] = bounds;
  if (first === undefined) return side === 'after' ? raw('1 = 0') : raw('1 = 1');
  const strict = side === 'after' ? '>' : '<';
  if (rest.length === 0) {
    return compared(dialects, alias, first, side === 'after' ? '>' : '<=');
  }
  const outer = compared(dialects, alias, first, side === 'after' ? '>=' : '<=');
  const clear = compared(dialects, alias, first, strict);
  return sql`(${outer} and (${clear} or ${beyond(dialects, alias, rest, side)}))`;
}

/** A filter of a profile as a condition. */
export function filterSql(dialects: Dialects, alias: string, table: Table, filter: Filter): Sql {
  if ('all' in filter) {
    return all(filter.all.map((one) => filterSql(dialects, alias, table, one)));
  }
  if ('any' in filter) {
    return sql`(${join(
      filter.any.map((one) => filterSql(dialects, alias, table, one)),
      ' or ',
    )})`;
  }
  const column = columnOf(table, filter.column);
  const own = columnSql(dialects, alias, column);
  switch (filter.op) {
    case 'is-null':
      return sql`${own} is null`;
    case 'not-null':
      return sql`${own} is not null`;
    case 'in':
    case 'not-in': {
      const values = filter.values.map((each) =>
        dialects.dialect.valueOf(column, value(scalar(column, each)), 'compare'),
      );
      return sql`${own} ${raw(filter.op === 'in' ? 'in' : 'not in')} (${join(values, ', ')})`;
    }
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(dialects, alias, { column, at: scalar(column, filter.value) }, filter.op);
  }
}

/** A value of a profile as a parameter. Fails when the column cannot hold it. */
export function scalar(column: Column, given: Scalar): Parameter {
  const made = parameterOf(column, given);
  if (!isUnfit(made)) return made;
  throw sourceError('invalid', 'database.profile-invalid', 'reading a profile', {
    cause: new Error(`the value for ${column.name} ${made.unfit}`),
  });
}
