import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, fiscalYearOf, refuse } from '#erp/company';
import type { Name, Result } from '#erp/company';
import { addDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { dateOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { AccountKind } from './account.ts';
import { turnoverRows } from './balances.ts';
import type { LedgerProblemCode } from './errors.ts';
import { STATEMENT_LINES } from './statement-line.ts';
import type { StatementLine } from './statement-line.ts';
import { asRead } from './trial-balance.ts';

/** One line of a statement with its accounts; amounts as people read them. */
export type StatementRow = {
  readonly line: StatementLine;
  readonly name: Name;
  readonly kind: AccountKind;
  readonly amount: Decimal;
  readonly accounts: readonly {
    readonly account: string;
    readonly name: Name;
    readonly amount: Decimal;
  }[];
};

/** What there is at the end of a day. Assets equal equity and liabilities with the result. */
export type BalanceSheet = {
  readonly on: LocalDate;
  readonly currency: string;
  readonly rows: readonly StatementRow[];
  readonly result: Decimal; // Earned and not yet carried to retained earnings.
  readonly assets: Decimal;
  readonly equityAndLiabilities: Decimal; // With the result.
};

/** What was earned between two days, without closing entries. */
export type IncomeStatement = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly currency: string;
  readonly rows: readonly StatementRow[];
  readonly result: Decimal; // A profit is above zero.
};

type Balance = {
  readonly account: string;
  readonly name: Name;
  readonly kind: AccountKind;
  readonly line: StatementLine;
  readonly balance: Decimal;
};

/** The balance sheet at the end of any day. */
export async function balanceSheet(
  handle: Handle,
  wish: { readonly legalEntity: string; readonly on: LocalDate },
): Promise<Result<BalanceSheet, LedgerProblemCode>> {
  const { legalEntity, on } = wish;
  const entity = await findLegalEntity(handle, legalEntity);
  if (entity === undefined) return noEntity(legalEntity);
  const balances = await readBalances(handle, legalEntity, turnoverRows({ legalEntity, to: on }));
  const lines = rowsOf(balances, 'balance-sheet');
  const total = (kinds: readonly AccountKind[]): Decimal =>
    sumDecimals(lines.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  const result = resultOf(balances);
  const assets = total(['asset']);
  const equityAndLiabilities = addDecimals(total(['equity', 'liability']), result);
  return accept({
    on,
    currency: entity.currency,
    rows: lines,
    result,
    assets,
    equityAndLiabilities,
  });
}

/** The income statement of any days; without `from`, from the fiscal year's first. */
export async function incomeStatement(
  handle: Handle,
  wish: { readonly legalEntity: string; readonly from?: LocalDate; readonly to: LocalDate },
): Promise<Result<IncomeStatement, LedgerProblemCode>> {
  const { legalEntity, to } = wish;
  const entity = await findLegalEntity(handle, legalEntity);
  if (entity === undefined) return noEntity(legalEntity);
  const month = entity.fiscalYearStartMonth;
  const year = fiscalYearOf(month, to);
  const from = wish.from ?? dateOf(month === 1 ? year : year - 1, month, 1);
  const moved = turnoverRows({ legalEntity, from, to, withClosing: false });
  const balances = await readBalances(handle, legalEntity, moved);
  const lines = rowsOf(balances, 'income-statement');
  return accept({ from, to, currency: entity.currency, rows: lines, result: resultOf(balances) });
}

const noEntity = (legalEntity: string): Result<never, LedgerProblemCode> =>
  refuse('ledger.no-such-legal-entity', `there is no legal entity ${legalEntity}`);

const readBalances = (
  handle: Handle,
  legalEntity: string,
  moved: ReturnType<typeof turnoverRows>,
): Promise<Balance[]> =>
  rows<Balance>(
    handle,
    sql`select a.number as account, a.name, a.kind, a.statement_line as line,
        sum(t.debit - t.credit)::text as balance
      from (${moved}) t
      join erp_ledger.account a on a.legal_entity = ${legalEntity} and a.number = t.account
      group by a.legal_entity, a.number order by a.number`,
  );

function resultOf(balances: readonly Balance[]): Decimal {
  const flows = balances.filter(({ kind }) => kind === 'income' || kind === 'expense');
  return addDecimals(
    negateDecimal(sumDecimals(flows.map(({ balance }) => balance))),
    decimal('0.00'),
  );
}

function rowsOf(
  balances: readonly Balance[],
  statement: 'balance-sheet' | 'income-statement',
): StatementRow[] {
  const byLine = Map.groupBy(balances, ({ line }) => line);
  return Object.entries(STATEMENT_LINES).flatMap(([line, entry]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the literal.
    const own = byLine.get(line as StatementLine) ?? [];
    if (entry.statement !== statement || own.length === 0) return [];
    const accounts = own.map(({ account, name, balance }) => ({
      account,
      name,
      amount: asRead(entry.kind, balance),
    }));
    return [
      {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
        line: line as StatementLine,
        name: entry.name,
        kind: entry.kind,
        amount: sumDecimals(accounts.map(({ amount }) => amount)),
        accounts,
      },
    ];
  });
}
