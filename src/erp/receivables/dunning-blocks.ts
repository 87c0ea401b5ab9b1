import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { LocalDate } from '#kernel/time';

/** A customer who is not reminded for now, and why. */
export type DunningBlock = {
  readonly customer: string;
  readonly until?: LocalDate; // The last day; else until it is taken off.
  readonly reason: string;
};

/** Blocks customers, in place of what was said of them before. */
export async function blockDunning(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  blocks: readonly DunningBlock[],
): Promise<void> {
  await unblockDunning(
    tx,
    blocks.map(({ customer }) => customer),
  );
  const columns = {
    customer: 'text',
    legal_entity: 'text',
    until: 'date',
    reason: 'text',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const now = clock();
  const values = blocks.map(({ customer, until, reason }) => ({
    customer,
    legal_entity: legalEntity,
    until,
    reason,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_receivables.dunning_block', columns, values);
}

/** Takes blocks off. */
export async function unblockDunning(tx: Handle, customers: readonly string[]): Promise<void> {
  await rows(
    tx,
    sql`delete from erp_receivables.dunning_block where customer = any(${[...customers]})`,
  );
}

/** The customers of a legal entity who are not reminded on a day. */
export async function listDunningBlocks(
  handle: Handle,
  of: { readonly legalEntity: string; readonly on: LocalDate },
): Promise<readonly DunningBlock[]> {
  const found = await rows<Omit<DunningBlock, 'until'> & { readonly until: LocalDate | null }>(
    handle,
    sql`select customer, until, reason from erp_receivables.dunning_block
      where legal_entity = ${of.legalEntity} and (until is null or until >= ${of.on})
      order by customer`,
  );
  return found.map(({ until, ...block }) => (until === null ? block : { ...block, until }));
}
