import { rows, sql } from '#database';
import type { Handle } from '#database';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import { listDocuments, lockDocuments } from './read-documents.ts';
import type { Shelf, ShelfFilter } from './read-documents.ts';

/** What was written off, as it was posted. */
export type WriteOff = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: 'small-difference' | 'bad-debt';
  readonly customer: string;
  readonly item: string;
  readonly on: LocalDate;
  readonly currency: string;
  readonly amount: Decimal;
  readonly tax: Decimal; // Of it.
  readonly companyAmount: Decimal;
  readonly reason: string;
  readonly entry: string;
  readonly takenBackOn: LocalDate | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

type Key = 'on' | 'number' | 'amount';

const WRITE_OFFS: Shelf<Key> = {
  table: 'erp_receivables.write_off',
  day: 'on',
  keys: { on: 'written_off_on', number: 'number', amount: 'amount' },
  columns: sql`d.id, d.legal_entity as "legalEntity", d.number, d.kind, d.customer,
    d.item_id as item, d.written_off_on as on, d.currency, d.amount::text as amount,
    d.tax::text as tax, d.company_amount::text as "companyAmount", d.reason, d.entry_id as entry,
    t.taken_back_on as "takenBackOn", d.created_by as "createdBy", d.created_at as "createdAt"`,
};
const LIMIT = decimal('5.00');

/** Write-offs, unless sorted otherwise the newest first. */
export const listWriteOffs = (
  handle: Handle,
  filter: ShelfFilter<Key>,
): Promise<readonly WriteOff[]> => listDocuments(handle, WRITE_OFFS, filter);

/** Write-offs by id, locked. */
export const lockWriteOffs = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WriteOff>> => lockDocuments(tx, WRITE_OFFS, ids);

/** The most that is a small difference, in the company's currency: 5.00 where nobody has said. */
export async function writeOffLimit(handle: Handle, legalEntity: string): Promise<Decimal> {
  const [found] = await rows<{ amount: Decimal }>(
    handle,
    sql`select amount::text as amount from erp_receivables.write_off_limit
      where legal_entity = ${legalEntity}`,
  );
  return found?.amount ?? LIMIT;
}

/** Says what the most is that is a small difference. */
export async function setWriteOffLimit(
  tx: Handle,
  legalEntity: string,
  amount: Decimal,
): Promise<void> {
  await rows(
    tx,
    sql`insert into erp_receivables.write_off_limit (legal_entity, amount)
      values (${legalEntity}, ${amount})
      on conflict (legal_entity) do update set amount = excluded.amount`,
  );
}
