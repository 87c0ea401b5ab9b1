import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** A line of an account, with what its entry takes back or is taken back by. */
export type AccountLine = {
  readonly entryId: string;
  readonly line: number;
  readonly postedOn: LocalDate;
  readonly amount: Decimal; // Document currency; a debit is above zero.
  readonly companyAmount: Decimal;
  readonly party: string | null;
  readonly text: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceNumber: string;
  readonly reverses: string | null; // The id of an entry, as is the next.
  readonly reversedBy: string | null;
};

/** The lines of an account in one currency that come from outside an area, or from one kind of its documents, the oldest first. */
export const accountLines = (
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly account: string;
    readonly currency: string;
    readonly exceptArea: string;
    readonly butKind: string; // Of that area, and listed nevertheless.
    readonly from?: LocalDate;
    readonly entries?: readonly string[]; // Only of these.
  },
): Promise<readonly AccountLine[]> =>
  rows<AccountLine>(
    handle,
    sql`select e.id as "entryId", l.number as line, l.posted_on as "postedOn",
        l.amount::text as amount, l.company_amount::text as "companyAmount", l.party,
        coalesce(l.text, e.text) as text, e.source_kind as "sourceKind",
        e.source_id as "sourceId", e.source_number as "sourceNumber", e.reverses,
        r.id as "reversedBy"
      from ${wish.entries === undefined ? sql`erp_ledger.journal_line l` : linesOf(wish.entries)}
      join erp_ledger.journal_entry e on e.id = l.entry_id
      left join erp_ledger.journal_entry r on r.reverses = e.id
      where l.legal_entity = ${wish.legalEntity} and l.account = ${wish.account}
        and l.currency = ${wish.currency}
        and (e.source_area <> ${wish.exceptArea} or e.source_kind = ${wish.butKind})
        and l.posted_on >= ${wish.from ?? '-infinity'}::date
      order by l.posted_on, e.sequence, l.number`,
  );

/** Entry by entry: a join might go through all that was ever posted to the account. */
const linesOf = (entries: readonly string[]): ReturnType<typeof sql> =>
  sql`unnest(${[...new Set(entries)]}::text[]) as wanted(id)
    cross join lateral
      (select * from erp_ledger.journal_line each where each.entry_id = wanted.id offset 0) l`;

/** What accounts stand at in one currency at the end of a day, in that currency. */
export async function balancesIn(
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly accounts: readonly string[];
    readonly currency: string;
    readonly on: LocalDate;
  },
): Promise<ReadonlyMap<string, Decimal>> {
  const found = await rows<{ account: string; balance: Decimal }>(
    handle,
    sql`select account, sum(amount)::text as balance from erp_ledger.journal_line
      where legal_entity = ${wish.legalEntity} and account = any(${[...wish.accounts]})
        and currency = ${wish.currency} and posted_on <= ${wish.on}
      group by account`,
  );
  return new Map(found.map(({ account, balance }) => [account, balance]));
}
