import { checked, lookedAt, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck } from '#adapter-kit';
import type { Sentence } from '#kernel';
import { capabilitiesOf } from './capabilities.ts';
import type { Table } from './column.ts';
import type { Connection, Line } from './connection.ts';
import type { Session } from './dialect.ts';
import { layOut } from './layout.ts';
import { checkLog } from './log/check-log.ts';
import type { Layout } from './layout.ts';
import type { Entity } from './profile/entity.ts';
import { checkOperation } from './check-operation.ts';
import { readPage } from './read-page.ts';
import { join, raw, sql } from './sql.ts';
import { columnSql } from './tables.ts';

/** Looks at everything that reading and writing will need, and changes nothing. */
export async function checkConnection(
  connection: Connection,
  resolve: () => Promise<string>,
  stop: AbortSignal,
): Promise<ConnectionCheck[]> {
  const resolved = await lookedAt(sayCheck('address', {}), resolve);
  if (!resolved.ok) return [resolved];
  let session: Session | undefined;
  const signedIn = await lookedAt(sayCheck('sign-in', {}), async () => {
    session = await connection.open(stop);
    return session.server;
  });
  if (session === undefined) return [resolved, signedIn];
  const line: Line = { ...connection, session };
  try {
    const checks = [resolved, signedIn, encryption(session)];
    for (const [name, entity] of Object.entries(connection.profile.entities)) {
      checks.push(...(await checkEntity(line, name, entity)));
    }
    for (const operation of capabilitiesOf(connection.profile).writes) {
      const of = connection.profile.operations[operation];
      if (of === undefined) continue;
      checks.push(
        await lookedAt(
          sayCheck('write', { operation }),
          async () => await checkOperation(line, of),
        ),
      );
    }
    return checks;
  } finally {
    await line.session.end();
  }
}

const encryption = ({ encrypted }: Session): ConnectionCheck =>
  checked(
    sayCheck('encryption', {}),
    true,
    sayCheck(encrypted ? 'encrypted' : 'not-encrypted', {}),
  );

async function checkEntity(line: Line, name: string, entity: Entity): Promise<ConnectionCheck[]> {
  let layout: Layout | undefined;
  const read = await lookedAt(sayCheck('read', { entity: name }), async () => {
    layout = await layOut(line, entity, { indexes: true });
    const page = await readPage(line, { layout, where: [], by: 'key', rows: 10 });
    const [problem] = page.problems;
    if (problem !== undefined)
      throw new Error(`the document ${problem.key ?? ''} ${problem.reason}`);
    const skipped = layout.table.columns
      .filter(({ category }) => category === 'unreadable')
      .map((column) => column.name);
    const found = page.documents.length === 0 ? 'empty' : 'readable';
    if (skipped.length === 0) return sayCheck(found, {});
    return sayCheck(`${found}-without`, { columns: skipped.join(', ') });
  });
  if (layout === undefined) return [read];
  const known = layout;
  return [
    read,
    await lookedAt(sayCheck('key', { entity: name }), async () => await checkKey(line, known)),
    ...(entity.changes.by === 'log'
      ? [
          await lookedAt(
            sayCheck('changes', { entity: name }),
            async () => await checkLog(line, name, known),
          ),
        ]
      : []),
    ...(known.mark === undefined
      ? []
      : [
          await lookedAt(
            sayCheck('watermark', { entity: name }),
            async () => await checkMark(line, known),
          ),
        ]),
  ];
}

/** By an index that says so; else by counting. */
async function checkKey(line: Line, { key, from, table, where }: Layout): Promise<Sentence> {
  const names = key.map(({ name }) => name);
  const held = table.indexes.some(
    ({ columns, unique }) => unique && columns.every((column) => names.includes(column)),
  );
  if (held && key.every(({ nullable }) => !nullable)) return sayCheck('key-by-index', {});
  const own = key.map((column) => columnSql(line, 'h', column));
  const [twice] = await line.session.rows(
    sql`select ${raw("'1'")} from ${from} where ${where} group by ${join(own, ', ')}
      having count(*) > 1 order by ${join(own, ', ')} ${line.dialect.limit(1)}`,
  );
  if (twice !== undefined) throw new Error(`two rows have the same ${names.join(', ')}`);
  const empty = key
    .filter(({ nullable }) => nullable)
    .map((column) => columnSql(line, 'h', column));
  const nothing = empty.map((column) => sql`${column} is null`);
  const [missing] =
    nothing.length === 0
      ? []
      : await line.session.rows(
          sql`select ${raw("'1'")} from ${from} where (${join(nothing, ' or ')})
            order by ${join(empty, ', ')} ${line.dialect.limit(1)}`,
        );
  if (missing !== undefined) throw new Error(`there are rows without ${names.join(', ')}`);
  return sayCheck('key-by-looking', {});
}

async function checkMark(line: Line, { mark, table, from }: Layout): Promise<Sentence | string> {
  if (mark === undefined) return '';
  const column = mark.name;
  const quick = isIndexed(table, column);
  if (mark.nullable) {
    const own = columnSql(line, 'h', mark);
    const [[count = '0'] = []] = await line.session.rows(
      sql`select ${line.dialect.textOf({ ...mark, type: 'integer', category: 'number' }, sql`count(*)`, 100)}
        from ${from} where ${own} is null`,
    );
    if (count !== '0') {
      const name = quick ? 'mark-empty-rows' : 'mark-slow-and-empty';
      return sayCheck(name, { column, count: count ?? '' });
    }
  }
  return sayCheck(quick ? 'mark-indexed' : 'mark-not-indexed', { column });
}

const isIndexed = ({ indexes }: Table, column: string): boolean =>
  indexes.some(({ columns }) => columns[0] === column);
