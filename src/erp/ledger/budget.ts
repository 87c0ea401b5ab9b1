import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Name, Refusal, Result } from '#erp/company';
import { negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant } from '#kernel/time';
import { listAccounts } from './account.ts';
import type { Account, AccountKind } from './account.ts';
import { listCostCentres } from './cost-centre.ts';
import type { LedgerProblemCode } from './errors.ts';

/** A plan for one fiscal year. */
export type Budget = {
  readonly version: string;
  readonly fiscalYear: number;
  readonly title: string;
  readonly status: 'draft' | 'approved'; // Approved: never changed again.
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly approvedBy: string | null;
};

/** What is planned for an account in a month; income and expense both above zero. */
export type BudgetLine = {
  readonly account: string;
  readonly costCentre?: string;
  readonly period: number;
  readonly amount: Decimal; // Company currency.
};

/** Plan and books side by side; income and expense both above zero. */
export type BudgetComparison = {
  readonly account: string;
  readonly name: Name;
  readonly kind: AccountKind;
  readonly costCentre: string;
  readonly budget: Decimal;
  readonly actual: Decimal;
  readonly variance: Decimal; // Actual less budget.
};

type BudgetKey = { readonly version: string; readonly fiscalYear: number };

const SELECTED = sql`version, fiscal_year as "fiscalYear", title, status,
  created_by as "createdBy", created_at as "createdAt", approved_by as "approvedBy"`;

/** Writes lines of a budget that is a draft; a line for the same is replaced. */
export async function setBudget(
  tx: Handle,
  context: ErpContext,
  budget: BudgetKey & { readonly title: string },
  lines: readonly BudgetLine[],
): Promise<Result<Budget, LedgerProblemCode>> {
  const { legalEntity, by, clock } = context;
  const { version, fiscalYear, title } = budget;
  await rows(
    tx,
    sql`insert into erp_ledger.budget
        (legal_entity, version, fiscal_year, title, status, created_by, created_at)
      values (${legalEntity}, ${version}, ${fiscalYear}, ${title}, 'draft', ${by}, ${clock()})
      on conflict do nothing`,
  );
  const kept = await lockBudget(tx, legalEntity, budget);
  if (kept === undefined) return noSuch(budget);
  if (kept.status === 'approved') {
    return refuse('ledger.budget-approved', `${version} of ${fiscalYear} is approved`, 'version');
  }
  const accounts = new Map((await listAccounts(tx, legalEntity)).map((one) => [one.number, one]));
  const centres = new Set((await listCostCentres(tx, legalEntity)).map(({ code }) => code));
  const wrong = lines.map((line, at) => problemOf(line, { accounts, centres, at }));
  const refusal = wrong.find((each) => each !== undefined);
  if (refusal !== undefined) return refusal;
  const values = lines.map((line) => ({
    account: line.account,
    cost_centre: line.costCentre ?? '',
    period: line.period,
    amount:
      accounts.get(line.account)?.kind === 'income' ? negateDecimal(line.amount) : line.amount,
  }));
  const columns = {
    account: 'text',
    cost_centre: 'text',
    period: 'integer',
    amount: 'numeric',
  } as const;
  await rows(
    tx,
    sql`insert into erp_ledger.budget_line
        (legal_entity, version, fiscal_year, account, cost_centre, period, amount)
      select distinct on (account, cost_centre, period) ${legalEntity}, ${version}, ${fiscalYear}::integer, account,
        cost_centre, period, amount
      from ${unnested('n', columns, values.toReversed())}
      on conflict (legal_entity, version, fiscal_year, account, cost_centre, period)
      do update set amount = excluded.amount`,
  );
  return accept(kept);
}

/** Approves a budget: from now on it is what was approved. */
export async function approveBudget(
  tx: Handle,
  context: ErpContext,
  key: BudgetKey,
): Promise<Result<Budget, LedgerProblemCode>> {
  const [approved] = await rows<Budget>(
    tx,
    sql`update erp_ledger.budget set status = 'approved', approved_by = ${context.by}
      where legal_entity = ${context.legalEntity} and version = ${key.version}
        and fiscal_year = ${key.fiscalYear} and status = 'draft' returning ${SELECTED}`,
  );
  if (approved !== undefined) return accept(approved);
  return (await lockBudget(tx, context.legalEntity, key)) === undefined
    ? noSuch(key)
    : refuse('ledger.budget-approved', `${key.version} was approved before`, 'version');
}

/** Budgets of a legal entity, the newest year first. */
export const listBudgets = (handle: Handle, legalEntity: string): Promise<Budget[]> =>
  rows<Budget>(
    handle,
    sql`select ${SELECTED} from erp_ledger.budget
      where legal_entity = ${legalEntity} order by fiscal_year desc, version`,
  );

/** Plan and books by account and cost centre, for months of a year, without closing entries. */
export async function compareBudget(
  handle: Handle,
  wish: BudgetKey & {
    readonly legalEntity: string;
    readonly fromPeriod?: number;
    readonly toPeriod?: number;
  },
): Promise<BudgetComparison[]> {
  const { legalEntity, version, fiscalYear, fromPeriod = 1, toPeriod = 13 } = wish;
  return await rows<BudgetComparison>(
    handle,
    sql`with planned as (
        select account, cost_centre, sum(amount) as amount from erp_ledger.budget_line
        where legal_entity = ${legalEntity} and version = ${version}
          and fiscal_year = ${fiscalYear} and period between ${fromPeriod} and ${toPeriod}
        group by 1, 2),
      posted as (
        select account, cost_centre, sum(company_debit - company_credit) as amount
        from erp_ledger.account_balance
        where legal_entity = ${legalEntity} and fiscal_year = ${fiscalYear}
          and period between ${fromPeriod} and least(${toPeriod}::integer, 13)
        group by 1, 2),
      both_sides as (
        select account, cost_centre, coalesce(p.amount, 0) as planned, coalesce(b.amount, 0) as posted
        from planned p full join posted b using (account, cost_centre))
      select a.number as account, a.name, a.kind, s.cost_centre as "costCentre",
        (s.planned * f.sign)::text as budget, (s.posted * f.sign)::text as actual,
        ((s.posted - s.planned) * f.sign)::text as variance
      from both_sides s
      join erp_ledger.account a on a.legal_entity = ${legalEntity} and a.number = s.account
      cross join lateral (select case a.kind when 'income' then -1 else 1 end as sign) f
      where a.kind in ('income', 'expense') order by 1, 4`,
  );
}

async function lockBudget(
  tx: Handle,
  legalEntity: string,
  { version, fiscalYear }: BudgetKey,
): Promise<Budget | undefined> {
  const [found] = await rows<Budget>(
    tx,
    sql`select ${SELECTED} from erp_ledger.budget where legal_entity = ${legalEntity}
      and version = ${version} and fiscal_year = ${fiscalYear} for update`,
  );
  return found;
}

const noSuch = ({ version, fiscalYear }: BudgetKey): Refusal<LedgerProblemCode> =>
  refuse('ledger.no-such-budget', `there is no budget ${version} of ${fiscalYear}`, 'version');

function problemOf(
  line: BudgetLine,
  known: {
    readonly accounts: ReadonlyMap<string, Account>;
    readonly centres: ReadonlySet<string>;
    readonly at: number;
  },
): Refusal<LedgerProblemCode> | undefined {
  const kind = known.accounts.get(line.account)?.kind;
  const no = (message: string, field: string): Refusal<LedgerProblemCode> =>
    refuse('ledger.bad-budget', message, `lines.${known.at}.${field}`);
  if (kind !== 'income' && kind !== 'expense') return no('income or expense', 'account');
  if (line.costCentre !== undefined && !known.centres.has(line.costCentre)) {
    return no(`there is no cost centre ${line.costCentre}`, 'costCentre');
  }
  return Number.isInteger(line.period) && line.period >= 1 && line.period <= 12
    ? undefined
    : no('a month, 1 to 12', 'period');
}
