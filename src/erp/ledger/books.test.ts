/** Whatever people do, in whatever order and at once: the books balance, and reports add up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database, Handle } from '#database';
import { decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { postAccruals } from './accruals.ts';
import { accountStatement } from './account-statement.ts';
import { closePeriod, openPeriod, softClosePeriod } from './change-period.ts';
import { closeYear } from './close-year.ts';
import type { EntryDraft, LineDraft } from './entry.ts';
import { balanceSheet, incomeStatement } from './financial-statements.ts';
import { parkEntries, postParked } from './parked-entries.ts';
import { findPeriod } from './period.ts';
import { postEntries } from './post-entries.ts';
import { revalue } from './revaluation.ts';
import { reverseEntries } from './reverse-entries.ts';
import { context, entry, on, openBooks, runIn, valueOf } from './testing.ts';
import { trialBalance } from './trial-balance.ts';

type Command = (tx: Handle) => Promise<unknown>;

const days = fc.integer({ min: 0, max: 729 }).map((more) => addDays(localDate('2025-01-01'), more));
const cents = fc.integer({ min: -500_000, max: 500_000 }).filter((units) => units !== 0);
const ACCOUNTS = ['1300', '1402', '1409', '2000', '2050', '4000', '5000', '6200', '6390'] as const;
const money = (units: number): Decimal => {
  const text = String(Math.abs(units)).padStart(3, '0');
  return decimal(`${units < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`);
};

/** Lines that sum to zero: the last one takes what the others leave. */
const drafts: fc.Arbitrary<EntryDraft> = fc
  .record({
    postedOn: days,
    amounts: fc.array(cents, { minLength: 1, maxLength: 4 }),
    accounts: fc.infiniteStream(fc.constantFrom(...ACCOUNTS)),
    currency: fc.constantFrom('EUR', 'USD', 'USD'),
  })
  .map(({ postedOn, amounts, accounts, currency }) => {
    const given = amounts.map(money);
    const last = negateDecimal(sumDecimals(given));
    const lines = [...given, last].flatMap((amount): LineDraft[] => {
      const [account = '1402'] = accounts.take(1);
      return amount === '0.00' ? [] : [on(account, amount, { party: 'p_1' })];
    });
    return entry(lines, { kind: 'payment', postedOn, currency });
  });
const draftList = fc.array(drafts, { minLength: 1, maxLength: 4 });
const periods = fc.record({
  fiscalYear: fc.constantFrom(2025, 2026),
  period: fc.integer({ min: 1, max: 13 }),
});

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: draftList.map(
      (list): Command =>
        (tx) =>
          postEntries(tx, context, list),
    ),
  },
  draftList.map(
    (list): Command =>
      async (tx) => {
        await postEntries(tx, context, list);
        throw new Error('rolled back');
      },
  ),
  fc.tuple(days, fc.nat()).map(
    ([day, which]): Command =>
      async (tx) => {
        const known = await rows<{ id: string }>(
          tx,
          sql`select id from erp_ledger.journal_entry order by sequence offset ${which % 20} limit 2`,
        );
        await reverseEntries(
          tx,
          context,
          known.map(({ id }) => ({ id, on: day })),
        );
      },
  ),
  drafts.map(
    (draft): Command =>
      (tx) =>
        postAccruals(tx, context, [{ ...draft, lines: draft.lines.map(asManual) }]),
  ),
  drafts.map(
    (draft): Command =>
      async (tx) => {
        const [parked] = await parkEntries(tx, context, [
          { ...draft, lines: draft.lines.map(asManual) },
        ]);
        if (parked?.ok === true)
          await postParked(tx, context, [{ id: parked.value.id, version: 1 }]);
      },
  ),
  periods.map(
    (key): Command =>
      (tx) =>
        revalue(tx, context, key),
  ),
  fc.tuple(periods, fc.nat(2)).map(
    ([key, which]): Command =>
      async (tx) => {
        const found = await findPeriod(tx, 'DE01', key);
        const change = { ...key, version: found?.version ?? 0, reason: 'as it comes' };
        if (which === 0) await closePeriod(tx, context, change);
        else if (which === 1) await softClosePeriod(tx, context, { ...change, openTo: [] });
        else await openPeriod(tx, context, change);
      },
  ),
);
const asManual = (line: LineDraft): LineDraft =>
  line.account === '1300' || line.account === '2000' ? { ...line, account: '1340' } : line;

test('debits equal credits, sums equal lines and numbers have no gap, whatever is done at once', async () => {
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(commands, { minLength: 8, maxLength: 30 }),
      fc.array(days, { minLength: 2, maxLength: 2 }),
      async (list, [one = localDate('2025-01-01'), other = localDate('2026-01-01')]) => {
        const database = await openBooks();
        try {
          await doAll(database, list);
          await checkLaws(database);
          await checkReports(database, one < other ? [one, other] : [other, one]);
          await closeBoth(database);
          await checkLaws(database);
          await checkReports(database, one < other ? [one, other] : [other, one]);
          checked += 1;
        } finally {
          await database.close();
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
  expect(checked).toBe(5);
}, 240_000);

/** Four at a time, each a transaction of its own. */
async function doAll(database: Database, list: readonly Command[]): Promise<void> {
  const waiting = list.values();
  const work = async (): Promise<void> => {
    for (const command of waiting) {
      await runIn(database)(command).catch((error: unknown) => {
        if (!String(error).includes('rolled back')) throw error;
      });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function closeBoth(database: Database): Promise<void> {
  await runIn(database)(async (tx) => {
    await rows(
      tx,
      sql`update erp_ledger.period set status = 'closed' where fiscal_year = 2025 and number < 14`,
    );
    valueOf(await closeYear(tx, context, 2025));
  });
}

async function checkLaws(database: Database): Promise<void> {
  const [found] = await rows<Record<string, string>>(
    database.kysely,
    sql`select
      (select count(*) from (select 1 from erp_ledger.journal_line group by entry_id
        having sum(amount) <> 0 or sum(company_amount) <> 0) t) as unbalanced,
      (select count(*) from erp_ledger.journal_entry e where not exists
        (select 1 from erp_ledger.journal_line l where l.entry_id = e.id)) as empty,
      (select count(*) from (
        select legal_entity, account, currency, cost_centre, fiscal_year, period,
          sum(greatest(amount, 0)), sum(greatest(-amount, 0)),
          sum(greatest(company_amount, 0)), sum(greatest(-company_amount, 0))
        from erp_ledger.journal_line group by 1, 2, 3, 4, 5, 6
        except select * from erp_ledger.account_balance) t) as astray,
      (select count(*) from erp_ledger.account_balance) - (select count(*) from
        (select distinct legal_entity, account, currency, cost_centre, fiscal_year, period
         from erp_ledger.journal_line) t) as surplus,
      (select count(*) from (select 1 from erp_ledger.journal_entry
        group by fiscal_year having max(sequence) <> count(*)) t) as gaps`,
  );
  expect(found).toEqual({ unbalanced: '0', empty: '0', astray: '0', surplus: '0', gaps: '0' });
}

async function checkReports(
  database: Database,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<void> {
  const { kysely } = database;
  const legalEntity = 'DE01';
  const trial = await trialBalance(kysely, { legalEntity, from, to });
  const byLines = await rows<Record<string, string>>(
    kysely,
    sql`select account,
        sum(case when posted_on < ${from} then company_amount else 0 end)::numeric(20, 2)::text as opening,
        sum(case when posted_on >= ${from} then greatest(company_amount, 0) else 0 end)::numeric(20, 2)::text as debit,
        sum(case when posted_on >= ${from} then greatest(-company_amount, 0) else 0 end)::numeric(20, 2)::text as credit,
        sum(company_amount)::numeric(20, 2)::text as closing
      from erp_ledger.journal_line where posted_on <= ${to} group by account order by account`,
  );
  const plain = trial.rows.map(({ account, opening, debit, credit, closing }) => ({
    account,
    opening,
    debit,
    credit,
    closing,
  }));
  expect(plain).toEqual(byLines);
  expect(trial.totals.closing).toBe('0.00');
  expect(trial.totals.opening).toBe('0.00');
  expect(trial.totals.debit).toBe(trial.totals.credit);
  const sheet = valueOf(await balanceSheet(kysely, { legalEntity, on: to }));
  expect(sheet.assets).toMatch(sameAmount(sheet.equityAndLiabilities));
  const earned = valueOf(await incomeStatement(kysely, { legalEntity, from, to }));
  const [direct] = await rows<{ result: string }>(
    kysely,
    sql`select coalesce(-sum(l.company_amount), 0)::numeric(20, 2)::text as result
      from erp_ledger.journal_line l join erp_ledger.account a on a.number = l.account
      where l.posted_on between ${from} and ${to} and l.period <> 14
        and a.kind in ('income', 'expense')`,
  );
  expect(earned.result).toBe(direct?.result);
  await checkStatement(kysely, { from, to });
}

const sameAmount = (amount: Decimal): RegExp =>
  /[1-9]/.test(amount) ? new RegExp(`^${amount.replace('.', '\\.')}$`) : /^0(\.00)?$/;

/** Page by page, the running balance arrives where the trial balance is. */
async function checkStatement(
  handle: Handle,
  span: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<void> {
  const wish = { legalEntity: 'DE01', account: '1402', limit: 3, ...span };
  const trial = await trialBalance(handle, { legalEntity: 'DE01', ...span });
  let page = await accountStatement(handle, wish);
  let at = page.opening;
  for (;;) {
    expect(Number(page.opening)).toBe(Number(at));
    at = page.entries.at(-1)?.balance ?? at;
    if (page.next === undefined) break;
    page = await accountStatement(handle, { ...wish, after: page.next });
  }
  const closing = trial.rows.find(({ account }) => account === '1402')?.closing ?? '0';
  expect(Number(at)).toBe(Number(closing));
}
