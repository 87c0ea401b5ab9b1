import { rows, sql } from '#database';
import type { Handle } from '#database';
import { given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** Money that goes from one of our accounts to another, as it is asked for. Amounts are above zero. */
export type TransferDraft = {
  readonly from: string; // Our account, by its id.
  readonly to: string;
  readonly on: LocalDate;
  readonly amount: Decimal; // That leaves, in the currency of `from`.
  readonly arriving?: Decimal; // In the currency of `to`; asked for where that is another.
  readonly text?: string;
};

/** Whether the bank has told of it at both ends, or it was taken back. */
export type TransferStatus = 'in-transit' | 'arrived' | 'reversed';

/** A transfer as it was posted. */
export type Transfer = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly on: LocalDate;
  readonly from: string; // Our account's id.
  readonly fromCode: string;
  readonly to: string;
  readonly toCode: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly arrivingCurrency: string;
  readonly arrivingAmount: Decimal;
  readonly companyAmount: Decimal; // What left.
  readonly exchangeDifference: Decimal; // Company currency; above zero: gained.
  readonly text: string;
  readonly status: TransferStatus;
  readonly entry: string;
  readonly arrivingEntry: string; // The same, unless the currencies differ.
  readonly leftLine: string | null; // What the bank of `from` told of it, where that is matched.
  readonly arrivedLine: string | null;
  readonly reversedOn: LocalDate | null;
  readonly reason: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** The line of the clearing account that a transfer leaves by is its entry's first. */
export const LEAVING_LINE = 1;

/** The line that it arrives by: in its own entry where the currencies differ. */
export const arrivingLineOf = (entries: Pick<Transfer, 'entry' | 'arrivingEntry'>): number =>
  entries.entry === entries.arrivingEntry ? 2 : 1;

const toldBy = (entry: string, line: ReturnType<typeof sql>) => sql`(select m.line_id
  from erp_banking.match_part p join erp_banking.match m on m.id = p.match_id
  where p.kind = 'booked' and not p.is_undone and p.entry_id = ${sql.ref(entry)}
    and p.entry_line = ${line})`;

const STATUS = sql`case when r.transfer_id is not null then 'reversed'
  when told.left_line is not null and told.arrived_line is not null then 'arrived'
  else 'in-transit' end`;

const TRANSFERS = sql`select t.id, t.legal_entity as "legalEntity", t.number,
    t.transferred_on as "on", t.from_account_id as "from", f.code as "fromCode",
    t.to_account_id as "to", a.code as "toCode", t.currency, t.amount::text as amount,
    t.arriving_currency as "arrivingCurrency", t.arriving_amount::text as "arrivingAmount",
    t.company_amount::text as "companyAmount",
    t.exchange_difference::text as "exchangeDifference", t.text, ${STATUS} as status,
    t.entry_id as entry, t.arriving_entry_id as "arrivingEntry",
    told.left_line as "leftLine", told.arrived_line as "arrivedLine",
    r.reversed_on as "reversedOn", r.reason, t.created_by as "createdBy",
    t.created_at as "createdAt"
  from erp_banking.transfer t
  join erp_banking.own_account f on f.id = t.from_account_id
  join erp_banking.own_account a on a.id = t.to_account_id
  left join erp_banking.transfer_reversal r on r.transfer_id = t.id
  left join lateral (select ${toldBy('t.entry_id', sql`${LEAVING_LINE}`)} as left_line,
    ${toldBy('t.arriving_entry_id', sql`case when t.entry_id = t.arriving_entry_id then 2 else 1 end`)}
      as arrived_line) told on true`;

const LIST = {
  table: 'erp_banking.transfer',
  alias: 't',
  columns: { on: 'transferred_on', number: 'number', amount: 'amount' },
} as const;

/** Transfers, unless sorted otherwise the newest first. */
export function listTransfers(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly account?: string; // That it leaves or arrives at, by its id.
    readonly status?: TransferStatus;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly Transfer[]> {
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-on', filter.after);
  const wanted = [
    isAfter,
    ...given(filter.legalEntity, (code) => sql`t.legal_entity = ${code}`),
    ...given(filter.account, (id) => sql`${id} in (t.from_account_id, t.to_account_id)`),
    ...given(filter.status, (status) => sql`${STATUS} = ${status}`),
    ...given(filter.from, (day) => sql`t.transferred_on >= ${day}`),
    ...given(filter.to, (day) => sql`t.transferred_on <= ${day}`),
    ...given(filter.number, (number) => sql`starts_with(t.number, ${number})`),
  ];
  return rows<Transfer>(
    handle,
    sql`${TRANSFERS} where ${sql.join(wanted, sql` and `)} order by ${order} limit ${filter.limit}`,
  );
}

/** Transfers by id, those that were taken back too. */
export async function findTransfers(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Transfer>> {
  const found = await rows<Transfer>(
    handle,
    sql`${TRANSFERS} where t.id = any(${[...new Set(ids)]})`,
  );
  return new Map(found.map((transfer) => [transfer.id, transfer]));
}

/** The same, locked: nobody takes one back or ticks it off beside us. */
export async function lockTransfers(
  tx: Handle,
  of: { readonly ids?: readonly string[]; readonly entries?: readonly string[] },
): Promise<ReadonlyMap<string, Transfer>> {
  const [ids, entries] = [[...(of.ids ?? [])], [...(of.entries ?? [])]];
  const locked = await rows<{ id: string }>(
    tx,
    sql`select id from erp_banking.transfer where id = any(${ids})
        or entry_id = any(${entries}) or arriving_entry_id = any(${entries})
      order by id for no key update`,
  );
  if (locked.length === 0) return new Map();
  return findTransfers(
    tx,
    locked.map(({ id }) => id),
  );
}
