import type { Line } from './connection.ts';
import { tableNamed, tablesOf } from './insert-rows.ts';
import type { DatabaseOperation } from './profile/operation.ts';
import { standingOf } from './standing.ts';
import { join, raw, sql } from './sql.ts';
import { columnOf, tableSql } from './tables.ts';

const NOT_THERE = 'RIALTO-CHECK-0';

/** Whether an operation could be written and looked for: no row is written in finding out. */
export async function checkOperation(line: Line, operation: DatabaseOperation): Promise<string> {
  const tables = await tablesOf(line, operation, { indexes: true });
  const { session, dialect } = line;
  await session.begin('write');
  try {
    for (const { table: name, columns } of operation.rows) {
      const table = tableNamed(tables, name);
      const names = Object.keys(columns).map((column) =>
        raw(dialect.quote(columnOf(table, column).name)),
      );
      const own = tableSql(line, table);
      // A right is looked at before rows are, and there are none.
      await session.run(
        sql`insert into ${own} (${join(names, ', ')}) select ${join(names, ', ')} from ${own} where 1 = 0`,
      );
      if (operation.handOver !== undefined) {
        await session.run(dialect.deleteFrom(own, 'x', sql`1 = 0`));
      }
    }
    await standingOf(line, operation, { tables, reference: NOT_THERE });
  } finally {
    await session.rollback().catch(() => undefined);
  }
  const [header] = operation.rows;
  const unique = tableNamed(tables, header?.table ?? '').indexes.some(
    (index) =>
      index.unique && index.columns.length === 1 && index.columns[0] === operation.reference,
  );
  const held = unique
    ? `${operation.reference} is held unique`
    : `warning: no unique index holds ${operation.reference}`;
  return `rows may be written and looked for; ${held}`;
}
