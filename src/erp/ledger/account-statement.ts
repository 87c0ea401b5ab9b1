import { rows, sql } from '#database';
import type { Handle } from '#database';
import { decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { accountBalances } from './balances.ts';

/** A line of an account, with what the account stood at after it. */
export type StatementEntry = {
  readonly entryId: string;
  readonly entryNumber: string;
  readonly line: number;
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly currency: string;
  readonly amount: Decimal; // Document currency.
  readonly companyAmount: Decimal;
  readonly balance: Decimal; // Company currency, after this line.
  readonly costCentre: string;
  readonly party: string | null;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceNumber: string;
};

/** What happened on an account between two days. */
export type AccountStatement = {
  readonly opening: Decimal;
  readonly entries: readonly StatementEntry[];
  readonly next?: string; // To go on after.
};

/** The lines of an account by day and number, with a running balance in company currency. */
export async function accountStatement(
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly account: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<AccountStatement> {
  const { legalEntity, account, from, to, after, limit } = wish;
  const balances = await accountBalances(handle, { legalEntity, on: addDays(from, -1) });
  const opening = balances.get(account) ?? decimal('0.00');
  const [day = '-infinity', sequence = '0', line = '0'] = after?.split('.') ?? [];
  const found = await rows<StatementEntry & { readonly sequence: string }>(
    handle,
    sql`select * from (
        select e.id as "entryId", e.number as "entryNumber", l.number as line,
          l.posted_on as "postedOn", coalesce(l.text, e.text) as text, l.currency,
          l.amount::text as amount, l.company_amount::text as "companyAmount",
          l.cost_centre as "costCentre", l.party, e.source_kind as "sourceKind",
          e.source_id as "sourceId", e.source_number as "sourceNumber", e.sequence,
          (${opening}::numeric + sum(l.company_amount) over
            (order by l.posted_on, e.sequence, l.number))::text as balance
        from erp_ledger.journal_line l join erp_ledger.journal_entry e on e.id = l.entry_id
        where l.legal_entity = ${legalEntity} and l.account = ${account}
          and l.posted_on between ${from} and ${to}) t
      where ("postedOn", sequence, line) > (${day}::date, ${sequence}::bigint, ${line}::integer)
      order by "postedOn", sequence, line limit ${limit + 1}`,
  );
  const page = found.slice(0, limit);
  const [first] = page;
  const last = page.at(-1);
  return {
    opening: first === undefined ? opening : subtractDecimals(first.balance, first.companyAmount),
    entries: page.map(({ sequence: _sequence, ...row }) => row),
    ...(found.length > limit && last !== undefined
      ? { next: `${last.postedOn}.${last.sequence}.${last.line}` }
      : {}),
  };
}
