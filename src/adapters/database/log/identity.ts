import type { Line } from '../connection.ts';
import { sourceError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import { sql, value } from '../sql.ts';
import { tableText } from './slot.ts';
import { leadsOf } from './touched.ts';
import type { Lead } from './touched.ts';

/**
 * Looks whether the log will say, of a row that is changed or deleted, which document it belonged to.
 * Fails with the statement that makes it say so.
 */
export async function checkIdentities(line: Line, layout: Layout): Promise<void> {
  for (const lead of leadsOf(layout)) await checkIdentity(line, lead);
}

async function checkIdentity(line: Line, { table, columns }: Lead): Promise<void> {
  const [found] = await line.session.rows(
    sql`select c.relkind::text, c.relreplident::text, coalesce((
        select string_agg(a.attname, chr(10)) from pg_index i
          join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and case c.relreplident
          when 'd' then i.indisprimary when 'i' then i.indisreplident else false end), '')
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${value(table.schema)} and c.relname = ${value(table.name)}`,
  );
  const [kind, identity, kept] = found ?? [];
  const place = tableText(line, table);
  if (kind !== 'r' && kind !== 'p') {
    throw sourceError('invalid', 'database.log-not-kept', `reading changes of ${place}`, {
      remedy:
        'It is no table: the log tells changes of tables alone. Read it by hash or watermark.',
    });
  }
  if (identity === 'f') return;
  const names = new Set((kept ?? '').split('\n'));
  if (columns.every((column) => names.has(column))) return;
  throw sourceError('invalid', 'database.log-not-kept', `reading changes of ${place}`, {
    remedy:
      `The log does not say ${columns.join(', ')} of rows that are changed or deleted. ` +
      `Run: ALTER TABLE ${place} REPLICA IDENTITY FULL; or USING INDEX, with a unique index over ${columns
        .map((column) => line.dialect.quote(column))
        .join(', ')} that are NOT NULL.`,
  });
}
