import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant, LocalDate } from '#kernel/time';
import type { ErpContext } from './context.ts';
import { momentsOf } from './moments.ts';

/** What was done with a document. A change tells what was before and after, line by line. */
export type DocumentEvent = {
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly at: Instant;
};

/** Where an area keeps what was done with its documents; `column` names the document. */
export type EventTable = { readonly table: string; readonly column: string };

/** What was done with a document; `on`: the day it bears, where it bears one. */
type NewEvent = Pick<DocumentEvent, 'action'> & {
  readonly id: string;
  readonly detail: object;
  readonly on?: LocalDate | undefined;
};

/** Writes down what was done with documents. */
export async function noteEvents(
  tx: Handle,
  context: Pick<ErpContext, 'by' | 'clock' | 'writtenOn'>,
  into: EventTable,
  events: readonly NewEvent[],
): Promise<void> {
  const { by } = context;
  const momentOf = momentsOf(context);
  const columns = {
    [into.column]: 'text',
    action: 'text',
    detail: 'jsonb',
    by: 'text',
    at: 'timestamptz',
  } as const;
  const values = events.map(({ id, action, detail, on }) => ({
    [into.column]: id,
    action,
    detail: JSON.stringify(detail),
    by,
    at: momentOf(on),
  }));
  await insertRows(tx, into.table, columns, values);
}

/** What was done with a document, the oldest first. */
export const readEvents = (
  handle: Handle,
  { table, column }: EventTable,
  document: string,
): Promise<readonly DocumentEvent[]> =>
  rows<DocumentEvent>(
    handle,
    sql`select action, detail, by, at from ${sql.table(table)}
      where ${sql.ref(column)} = ${document} order by id`,
  );
