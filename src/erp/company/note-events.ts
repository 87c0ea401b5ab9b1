import { insertRows } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from './context.ts';

/** Writes down what was done with documents, in the table of their events. */
export async function noteEvents(
  tx: Handle,
  { by, clock }: Pick<ErpContext, 'by' | 'clock'>,
  into: { readonly table: string; readonly column: string }, // `column` names the document.
  events: readonly { readonly id: string; readonly action: string; readonly detail: object }[],
): Promise<void> {
  const now = clock();
  const columns = {
    [into.column]: 'text',
    action: 'text',
    detail: 'jsonb',
    by: 'text',
    at: 'timestamptz',
  } as const;
  const values = events.map(({ id, action, detail }) => ({
    [into.column]: id,
    action,
    detail: JSON.stringify(detail),
    by,
    at: now,
  }));
  await insertRows(tx, into.table, columns, values);
}
