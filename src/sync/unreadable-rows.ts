import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Notes how many rows of an entity could not be read. Quarantine lists the first of them only. */
export async function noteUnreadable(
  transaction: Handle,
  integration: string,
  entity: string,
  unreadable: number,
): Promise<void> {
  await rows(
    transaction,
    sql`insert into sync.unreadable (integration, entity, rows)
      values (${integration}, ${entity}, ${unreadable})
      on conflict (integration, entity) do update set rows = excluded.rows`,
  );
}

/** How many rows of these entities could not be read when they were last. */
export async function unreadableRows(
  handle: Handle,
  integration: string,
  entities: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ entity: string; rows: number }>(
    handle,
    sql`select entity, rows from sync.unreadable
      where integration = ${integration} and entity = any(${entities}) and rows > 0`,
  );
  return new Map(found.map((one) => [one.entity, one.rows]));
}
