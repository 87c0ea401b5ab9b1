import type { ConnectionCheck } from '#adapter-kit';
import { describeError, RialtoError } from '#kernel';
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
  const resolved = await answered('address', resolve);
  if (!resolved.ok) return [resolved];
  let session: Session | undefined;
  const signedIn = await answered('sign in', async () => {
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
      checks.push(await answered(`write ${operation}`, async () => await checkOperation(line, of)));
    }
    return checks;
  } finally {
    await line.session.end();
  }
}

const encryption = ({ encrypted }: Session): ConnectionCheck => ({
  check: 'TLS',
  ok: true,
  detail: encrypted ? 'the line is encrypted, the certificate verified' : 'off: the line is open',
});

async function checkEntity(line: Line, name: string, entity: Entity): Promise<ConnectionCheck[]> {
  let layout: Layout | undefined;
  const read = await answered(`read ${name}`, async () => {
    layout = await layOut(line, entity, { indexes: true });
    const page = await readPage(line, { layout, where: [], by: 'key', rows: 10 });
    const [problem] = page.problems;
    if (problem !== undefined)
      throw new Error(`the document ${problem.key ?? ''} ${problem.reason}`);
    const skipped = layout.table.columns
      .filter(({ category }) => category === 'unreadable')
      .map((column) => column.name);
    const without =
      skipped.length === 0 ? '' : `; left out, since unreadable: ${skipped.join(', ')}`;
    return `${page.documents.length === 0 ? 'it can be read, and is empty' : 'it can be read'}${without}`;
  });
  if (layout === undefined) return [read];
  const known = layout;
  return [
    read,
    await answered(`key of ${name}`, async () => await checkKey(line, known)),
    ...(entity.changes.by === 'log'
      ? [await answered(`changes of ${name}`, async () => await checkLog(line, name, known))]
      : []),
    ...(known.mark === undefined
      ? []
      : [await answered(`watermark of ${name}`, async () => await checkMark(line, known))]),
  ];
}

/** By an index that says so; else by counting. */
async function checkKey(line: Line, { key, from, table, where }: Layout): Promise<string> {
  const names = key.map(({ name }) => name);
  const held = table.indexes.some(
    ({ columns, unique }) => unique && columns.every((column) => names.includes(column)),
  );
  if (held && key.every(({ nullable }) => !nullable)) return 'unique, by an index';
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
  return 'unique, by looking at every row; warning: no unique index holds it so';
}

async function checkMark(line: Line, { mark, table, from }: Layout): Promise<string> {
  if (mark === undefined) return '';
  const said: string[] = [];
  if (!isIndexed(table, mark.name))
    said.push('warning: no index begins with it, so each look reads all');
  if (mark.nullable) {
    const own = columnSql(line, 'h', mark);
    const [[count = '0'] = []] = await line.session.rows(
      sql`select ${line.dialect.textOf({ ...mark, type: 'integer', category: 'number' }, sql`count(*)`, 100)}
        from ${from} where ${own} is null`,
    );
    if (count !== '0') said.push(`warning: ${count ?? ''} rows have none and are read each time`);
  }
  return said.length === 0 ? `${mark.name}, indexed` : `${mark.name}; ${said.join('; ')}`;
}

const isIndexed = ({ indexes }: Table, column: string): boolean =>
  indexes.some(({ columns }) => columns[0] === column);

async function answered(check: string, look: () => Promise<string>): Promise<ConnectionCheck> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    const remedy = error instanceof RialtoError ? error.remedy : undefined;
    const detail = describeError(error);
    return { check, ok: false, detail: remedy === undefined ? detail : `${detail}. ${remedy}` };
  }
}
