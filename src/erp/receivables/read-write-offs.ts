import { rows, sql } from '#database';
import type { Handle } from '#database';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

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

const WRITE_OFF = sql`w.id, w.legal_entity as "legalEntity", w.number, w.kind, w.customer,
  w.item_id as item, w.written_off_on as on, w.currency, w.amount::text as amount,
  w.tax::text as tax, w.company_amount::text as "companyAmount", w.reason, w.entry_id as entry,
  t.taken_back_on as "takenBackOn", w.created_by as "createdBy", w.created_at as "createdAt"`;
const LIMIT = decimal('5.00');

/** Write-offs, the newest first. */
export async function listWriteOffs(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly customer?: string;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly WriteOff[]> {
  const { legalEntity = null, customer = null, after = null } = filter;
  return await rows<WriteOff>(
    handle,
    sql`select ${WRITE_OFF} from erp_receivables.write_off w
      left join erp_receivables.taken_back t on t.document_id = w.id
      where (${legalEntity}::text is null or w.legal_entity = ${legalEntity})
        and (${customer}::text is null or w.customer = ${customer})
        and (${filter.from ?? null}::date is null or w.written_off_on >= ${filter.from ?? null})
        and (${filter.to ?? null}::date is null or w.written_off_on <= ${filter.to ?? null})
        and (${after}::text is null or (w.written_off_on, w.id) <
          (select a.written_off_on, a.id from erp_receivables.write_off a where a.id = ${after}))
      order by w.written_off_on desc, w.id desc limit ${filter.limit}`,
  );
}

/** Write-offs by id, locked: who takes one back waits for who else does. */
export async function lockWriteOffs(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WriteOff>> {
  await rows(
    tx,
    sql`select 1 from erp_receivables.write_off where id = any(${[...ids]})
      order by id for no key update`,
  );
  const found = await rows<WriteOff>(
    tx,
    sql`select ${WRITE_OFF} from erp_receivables.write_off w
      left join erp_receivables.taken_back t on t.document_id = w.id
      where w.id = any(${[...ids]})`,
  );
  return new Map(found.map((one) => [one.id, one]));
}

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
