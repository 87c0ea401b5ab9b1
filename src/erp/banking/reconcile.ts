import { rows, sql } from '#database';
import type { Handle } from '#database';
import { balancesIn } from '#erp/ledger/reports';
import { addDecimals, decimal, subtractDecimals, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { bookedOpen } from './booked-open.ts';
import { listOwnAccounts } from './own-account.ts';
import type { OwnAccount } from './own-account.ts';

/** So many, and what they come to; account currency. */
type Count = { readonly count: number; readonly amount: Decimal };

/** Whether the bank and the books say the same, and what stands in between. Account currency. */
export type Reconciliation = {
  readonly on: LocalDate;
  readonly bankBalance: Decimal; // What statements say at the end of the day.
  readonly ledgerBalance: Decimal;
  readonly difference: Decimal; // The books above the bank. Anything but zero was posted by hand.
  readonly clearing: {
    // Of all our accounts that share it, as it is now.
    readonly balance: Decimal;
    readonly unmatched: Count; // Lines that nobody has explained.
    readonly outstanding: Count; // Posted, and not told by the bank yet.
    readonly unexplained: Decimal; // What is left of the balance. Anything but zero is by hand.
  };
};

const ZERO = decimal('0');
const FOR_EVER = localDate('9999-12-31');

/** Compares what the bank says at the end of a day with the books, and takes clearing apart. */
export async function reconcile(
  handle: Handle,
  account: OwnAccount,
  on: LocalDate,
): Promise<Reconciliation> {
  const { legalEntity, ledgerAccount, clearingAccount, currency } = account;
  const bankBalance = await bankBalanceOn(handle, account.id, on);
  const here = { legalEntity, accounts: [ledgerAccount], currency, on };
  const ledgerBalance = (await balancesIn(handle, here)).get(ledgerAccount) ?? ZERO;
  const there = { legalEntity, accounts: [clearingAccount], currency, on: FOR_EVER };
  const balance = (await balancesIn(handle, there)).get(clearingAccount) ?? ZERO;
  const sharing = (await listOwnAccounts(handle, legalEntity)).filter(
    (each) => each.clearingAccount === clearingAccount && each.currency === currency,
  );
  const unmatched = await unmatchedOf(
    handle,
    sharing.map(({ id }) => id),
  );
  const waiting = await bookedOpen(handle, account);
  const outstanding = {
    count: waiting.length,
    amount: sumDecimals(waiting.map(({ amount }) => amount)),
  };
  const explained = subtractDecimals(outstanding.amount, unmatched.amount);
  return {
    on,
    bankBalance,
    ledgerBalance,
    difference: subtractDecimals(ledgerBalance, bankBalance),
    clearing: {
      balance,
      unmatched,
      outstanding,
      unexplained: subtractDecimals(balance, explained),
    },
  };
}

async function bankBalanceOn(handle: Handle, account: string, on: LocalDate): Promise<Decimal> {
  const [found] = await rows<{ opening: Decimal; moved: Decimal }>(
    handle,
    sql`select s.opening::text as opening, (select coalesce(sum(l.amount), 0)
        from erp_banking.statement_line l
        where l.own_account_id = ${account} and l.booked_on <= ${on})::text as moved
      from erp_banking.statement s where s.own_account_id = ${account} and s.sequence = 1`,
  );
  return found === undefined ? ZERO : addDecimals(found.opening, found.moved);
}

async function unmatchedOf(handle: Handle, accounts: readonly string[]): Promise<Count> {
  const [found] = await rows<{ count: number; amount: Decimal }>(
    handle,
    sql`select count(*)::integer as count, coalesce(sum(l.amount), 0)::text as amount
      from erp_banking.statement_line l
      where l.own_account_id = any(${[...accounts]}) and not exists
        (select 1 from erp_banking.match m where m.line_id = l.id and m.undone_on is null)`,
  );
  return found ?? { count: 0, amount: ZERO };
}
