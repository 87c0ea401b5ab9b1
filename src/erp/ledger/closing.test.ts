import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#database';
import { setExchangeRates } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { postAccruals } from './accruals.ts';
import { approveBudget, compareBudget, listBudgets, setBudget } from './budget.ts';
import { closePeriod, openPeriod, softClosePeriod } from './change-period.ts';
import { addCloseTasks, changeCloseTask, listCloseTasks } from './close-task.ts';
import { closeYear } from './close-year.ts';
import { createCostCentres } from './cost-centre.ts';
import { balanceSheet, incomeStatement } from './financial-statements.ts';
import { changeLedgerSettings } from './install-ledger.ts';
import { listParked, parkEntries, postParked, withdrawParked } from './parked-entries.ts';
import { createFiscalYear, findPeriod, listPeriodEvents } from './period.ts';
import { postEntries } from './post-entries.ts';
import { findEntries } from './read-entries.ts';
import {
  changeRecurring,
  createRecurring,
  listRecurring,
  postRecurring,
} from './recurring-entries.ts';
import { revalue } from './revaluation.ts';
import { context, entry, on, openBooks, rent, runIn, valueOf } from './testing.ts';
import { trialBalance } from './trial-balance.ts';

let database: Database;
const run: ReturnType<typeof runIn> = (work) => runIn(database)(work);
const day = localDate;
const eve = { ...context, by: 'eve' };
const source = { area: 'receivables', kind: 'customer-invoice', id: 'ci_1', number: 'CI-1' };

beforeEach(async () => {
  database = await openBooks([2026]);
});
afterEach(() => database.close());

const close = (period: number, more: Parameters<typeof closePeriod>[2] | object = {}) =>
  run(async (tx) => {
    const found = await findPeriod(tx, 'DE01', { fiscalYear: 2026, period });
    const change = { fiscalYear: 2026, period, version: found?.version ?? 0, reason: 'month end' };
    return await closePeriod(tx, context, { ...change, ...more });
  });
const reopen = (period: number, reason: string) =>
  run(async (tx) => {
    const found = await findPeriod(tx, 'DE01', { fiscalYear: 2026, period });
    const change = { fiscalYear: 2026, period, version: found?.version ?? 0, reason };
    return await openPeriod(tx, context, change);
  });
const balanceOf = async (account: string, to: string): Promise<string | undefined> => {
  const { rows } = await trialBalance(database.kysely, { legalEntity: 'DE01', to: day(to) });
  return rows.find((row) => row.account === account)?.closing;
};

test('a period goes from open to soft-closed to closed and back, with reasons kept', async () => {
  const january = { fiscalYear: 2026, period: 1 };
  const soft = await run((tx) =>
    softClosePeriod(tx, context, { ...january, version: 1, reason: 'nearly', openTo: ['chief'] }),
  );
  expect(soft).toMatchObject({ value: { status: 'soft-closed', openTo: ['chief'], version: 2 } });
  const postedOn = day('2026-01-31');
  const post = (roles: readonly string[]) =>
    run((tx) => postEntries(tx, { ...context, roles }, [rent('1.00', { postedOn })]));
  expect(await post([])).toMatchObject([{ problem: { code: 'ledger.period-soft-closed' } }]);
  expect(await post(['buyer', 'chief'])).toMatchObject([{ ok: true }]);
  expect(await close(1)).toMatchObject({ value: { status: 'closed' } });
  expect(await post(['chief'])).toMatchObject([{ problem: { code: 'ledger.period-closed' } }]);
  expect(await close(1)).toMatchObject({ problem: { code: 'ledger.period-status' } });
  expect(await close(1, { version: 1 })).toMatchObject({ problem: { code: 'ledger.moved-on' } });
  expect(await close(14)).toMatchObject({ problem: { code: 'ledger.no-period' } });
  expect(await reopen(1, ' ')).toMatchObject({ problem: { code: 'ledger.period-status' } });
  expect(await reopen(1, 'a late invoice')).toMatchObject({
    value: { status: 'open', openTo: [] },
  });
  expect(await reopen(1, 'again')).toMatchObject({ problem: { code: 'ledger.period-status' } });
  const events = await listPeriodEvents(database.kysely, { legalEntity: 'DE01', fiscalYear: 2026 });
  expect(events.map(({ from, to, reason, by }) => [from, to, reason, by])).toEqual([
    ['closed', 'open', 'a late invoice', 'ada'],
    ['soft-closed', 'closed', 'month end', 'ada'],
    ['open', 'soft-closed', 'nearly', 'ada'],
  ]);
});

test('a period is not closed while something is open in it, and every reason is said', async () => {
  await run(async (tx) => {
    await parkEntries(tx, context, [rent('1.00', { postedOn: day('2026-02-10') })]);
    await createRecurring(tx, context, [
      { name: 'rent', draft: rent(), everyMonths: 1, firstOn: day('2026-02-01') },
    ]);
    await addCloseTasks(tx, context, { fiscalYear: 2026, period: 2 });
    const dollars = rent('10.00', { currency: 'USD', postedOn: day('2026-01-10') });
    await postEntries(tx, context, [dollars]);
  });
  const alsoOpen = [{ code: 'purchasing.grir-open', message: '3 receipts wait for invoices' }];
  const refused = await close(2, { alsoOpen });
  expect(refused).toMatchObject({ problem: { code: 'ledger.not-closable' } });
  expect(refused.ok ? [] : refused.problem.reasons?.map(({ code }) => code)).toEqual([
    'ledger.earlier-period-open',
    'ledger.entries-parked',
    'ledger.recurring-due',
    'ledger.tasks-unfinished',
    'ledger.not-revalued',
    'purchasing.grir-open',
  ]);
  expect(await findPeriod(database.kysely, 'DE01', { fiscalYear: 2026, period: 2 })).toMatchObject({
    status: 'open',
  });
});

test('close tasks are done in the order of what they build on', async () => {
  const key = { fiscalYear: 2026, period: 3 };
  const tasks = valueOf(await run((tx) => addCloseTasks(tx, context, key)));
  valueOf(await run((tx) => addCloseTasks(tx, context, key))); // Again: none is doubled.
  expect(await listCloseTasks(database.kysely, 'DE01', key)).toHaveLength(tasks.length);
  const change = (code: string, status: 'done' | 'open' | 'in-progress' | 'skipped') =>
    run(async (tx) => {
      const found = (await listCloseTasks(tx, 'DE01', key)).find((each) => each.code === code);
      return await changeCloseTask(tx, eve, {
        id: found?.id ?? 'none',
        version: found?.version ?? 0,
        status,
      });
    });
  expect(await change('grir', 'in-progress')).toMatchObject({ ok: true });
  expect(await change('grir', 'done')).toMatchObject({ problem: { code: 'ledger.task-blocked' } });
  expect(await change('receipts', 'done')).toMatchObject({
    value: { finishedBy: 'eve', dueOn: '2026-04-01' },
  });
  await change('invoices', 'skipped');
  expect(await change('grir', 'done')).toMatchObject({ value: { status: 'done', version: 3 } });
  expect(await change('receipts', 'open')).toMatchObject({
    problem: { code: 'ledger.task-blocked' },
  });
  expect(await change('nothing', 'done')).toMatchObject({
    problem: { code: 'ledger.no-such-task' },
  });
  const bad = { code: 'x', name: { en: 'x', de: 'x' }, dueDays: 1, dependsOn: ['y'] };
  expect(await run((tx) => addCloseTasks(tx, context, key, [bad]))).toMatchObject({
    problem: { code: 'ledger.bad-task' },
  });
});

test('an accrual takes itself back on the first day of the next month', async () => {
  const draft = { ...rent('500.00'), postedOn: day('2026-03-31') };
  const [posted, late] = await run((tx) =>
    postAccruals(tx, context, [draft, { ...draft, postedOn: day('2026-12-31') }]),
  );
  const { entry: accrual, reversal } = valueOf(posted);
  const kept = await findEntries(database.kysely, [accrual.id, reversal.id]);
  expect(kept.get(accrual.id)).toMatchObject({ kind: 'accrual', reversedBy: reversal.id });
  expect(kept.get(reversal.id)).toMatchObject({ kind: 'reversal', postedOn: '2026-04-01' });
  expect(await balanceOf('6200', '2026-03-31')).toBe('500.00');
  expect(await balanceOf('6200', '2026-04-01')).toBe('0.00');
  expect(late).toMatchObject({ problem: { code: 'ledger.no-period' } }); // 2027 is not opened yet.
});

test('with four eyes, a manual entry is posted by somebody else than who parked it', async () => {
  await run((tx) => changeLedgerSettings(tx, context, { fourEyes: true }));
  expect(await run((tx) => postEntries(tx, context, [rent()]))).toMatchObject([
    { problem: { code: 'ledger.four-eyes' } },
  ]);
  const [parked, , bad] = await run((tx) =>
    parkEntries(tx, context, [rent(), rent(), entry([on('6200', '1'), on('1300', '-1')])]),
  );
  expect(bad).toMatchObject({ problem: { code: 'ledger.control-account' } });
  const ref = { id: valueOf(parked).id, version: 1 };
  const post = (by: typeof context, version = 1) =>
    run((tx) => postParked(tx, by, [{ ...ref, version }]));
  expect(await post(context)).toMatchObject([{ problem: { code: 'ledger.four-eyes' } }]);
  expect(await post(eve, 7)).toMatchObject([{ problem: { code: 'ledger.moved-on' } }]);
  const [posted] = await post(eve);
  expect(valueOf(posted).number).toBe('JE-2026-000001'); // Parking took none.
  expect(await post(eve)).toMatchObject([{ problem: { code: 'ledger.not-waiting' } }]);
  const [other] = await listParked(database.kysely, 'DE01');
  const rest = [
    { id: other?.id ?? '', version: 1 },
    { id: 'none', version: 1 },
  ];
  expect(await run((tx) => withdrawParked(tx, context, rest))).toMatchObject([
    { ok: true },
    { problem: { code: 'ledger.no-such-parked-entry' } },
  ]);
  expect(await listParked(database.kysely, 'DE01')).toEqual([]);
});

test('a recurring entry is posted on each of its days, once, and goes on after a closed month', async () => {
  const [created, wrong] = await run((tx) =>
    createRecurring(tx, context, [
      {
        name: 'insurance',
        draft: rent('50.00'),
        everyMonths: 1,
        firstOn: day('2026-01-31'),
        untilOn: day('2026-04-30'),
      },
      { name: 'wrong', draft: rent(), everyMonths: 13, firstOn: day('2026-01-31') },
    ]),
  );
  expect(wrong).toMatchObject({ problem: { code: 'ledger.bad-recurrence' } });
  const upTo = (to: string) => run((tx) => postRecurring(tx, context, day(to)));
  const both = await Promise.all([upTo('2026-03-15'), upTo('2026-03-15')]);
  expect(both.flat().map((each) => each.on)).toEqual(['2026-01-31', '2026-02-28']);
  const march = await findPeriod(database.kysely, 'DE01', { fiscalYear: 2026, period: 3 });
  await run((tx) =>
    softClosePeriod(tx, context, {
      fiscalYear: 2026,
      period: 3,
      version: march?.version ?? 0,
      reason: '',
      openTo: [],
    }),
  );
  expect(await upTo('2026-12-31')).toMatchObject([{ on: '2026-03-31', result: { ok: false } }]);
  await reopen(3, 'insurance');
  const rest = await upTo('2026-12-31');
  expect(rest.map((each) => each.on)).toEqual(['2026-03-31', '2026-04-30']);
  expect(await balanceOf('6200', '2026-12-31')).toBe('200.00');
  const [ended] = await listRecurring(database.kysely, 'DE01');
  expect(ended).toMatchObject({ id: valueOf(created).id, status: 'ended', postedTimes: 4 });
  const change = {
    id: valueOf(created).id,
    version: ended?.version ?? 0,
    status: 'active',
  } as const;
  expect(await run((tx) => changeRecurring(tx, context, change))).toMatchObject({
    problem: { code: 'ledger.moved-on' },
  });
  expect(await run((tx) => changeRecurring(tx, context, { ...change, id: 'none' }))).toMatchObject({
    problem: { code: 'ledger.no-such-recurring-entry' },
  });
});

test('open balances in foreign currency are revalued beside their accounts, and taken back', async () => {
  const march = { fiscalYear: 2026, period: 3 };
  const invoice = (usd: string, on_: string) =>
    entry(
      [
        { posting: { key: 'receivable' }, amount: decimal(usd), party: 'cus_1' },
        on('4000', `-${usd}`),
      ],
      {
        kind: 'invoice',
        currency: 'USD',
        postedOn: day(on_),
        source,
      },
    );
  await run(async (tx) => {
    await setExchangeRates(tx, [
      {
        from: 'EUR',
        to: 'USD',
        type: 'month-end',
        validOn: day('2026-03-31'),
        rate: decimal('1.00'),
      },
    ]);
    await postEntries(tx, context, [invoice('110.00', '2026-03-02')]); // 100 EUR at 1.10.
  });
  const first = valueOf(await run((tx) => revalue(tx, context, march)));
  expect(first.revalued).toMatchObject([
    { account: '1300', into: '1309', currency: 'USD', difference: '10.00' },
  ]);
  expect(await balanceOf('1300', '2026-03-31')).toBe('100.00'); // As the open items say.
  expect(await balanceOf('1309', '2026-03-31')).toBe('10.00');
  expect(await balanceOf('4311', '2026-03-31')).toBe('-10.00');
  expect(await balanceOf('1309', '2026-04-01')).toBe('0.00');
  expect(valueOf(await run((tx) => revalue(tx, context, march))).posted).toBeUndefined();
  await run((tx) => postEntries(tx, context, [invoice('11.00', '2026-03-31')]));
  const second = valueOf(await run((tx) => revalue(tx, context, march)));
  expect(second.revalued).toMatchObject([{ difference: '1.00' }]);
  expect(await balanceOf('1309', '2026-03-31')).toBe('11.00');
});

test('a year is closed into retained earnings, and what comes after is carried too', async () => {
  await run((tx) => createFiscalYear(tx, context, 2027));
  expect(await run((tx) => createFiscalYear(tx, context, 2027))).toMatchObject({
    problem: { code: 'ledger.year-exists' },
  });
  await run((tx) =>
    postEntries(tx, context, [
      entry([on('1400', '1000.00'), on('4020', '-1000.00')]),
      rent('300.00', { postedOn: day('2026-12-31'), adjustment: true }),
    ]),
  );
  const yearEnd = () => run((tx) => closeYear(tx, context, 2026));
  expect(await yearEnd()).toMatchObject({ problem: { code: 'ledger.year-open' } });
  for (let period = 1; period <= 13; period += 1) valueOf(await close(period));
  const before = await incomeStatement(database.kysely, {
    legalEntity: 'DE01',
    to: day('2026-12-31'),
  });
  expect(valueOf(await yearEnd())).toMatchObject({ result: '700.00' });
  expect(await balanceOf('3200', '2026-12-31')).toBe('-700.00');
  expect(await balanceOf('4020', '2027-01-01')).toBe('0.00');
  const after = await incomeStatement(database.kysely, {
    legalEntity: 'DE01',
    to: day('2026-12-31'),
  });
  expect(valueOf(before).result).toBe('700.00');
  expect(after).toEqual(before); // Closing is not earning.
  expect(valueOf(await yearEnd()).entry).toBeUndefined();
  await reopen(13, 'the audit found something');
  await run((tx) =>
    postEntries(tx, context, [rent('50.00', { postedOn: day('2026-12-31'), adjustment: true })]),
  );
  valueOf(await close(13));
  expect(valueOf(await yearEnd())).toMatchObject({ result: '-50.00' });
  expect(await balanceOf('3200', '2027-06-30')).toBe('-650.00');
  const sheet = valueOf(
    await balanceSheet(database.kysely, { legalEntity: 'DE01', on: day('2026-12-31') }),
  );
  expect(sheet).toMatchObject({ result: '0.00', assets: '650.00', equityAndLiabilities: '650.00' });
  const open = await trialBalance(database.kysely, {
    legalEntity: 'DE01',
    from: day('2026-01-01'),
    to: day('2026-12-31'),
    withClosing: false,
  });
  const left = new Map(open.rows.map(({ account, closing }) => [account, closing]));
  expect([left.get('4020'), left.get('6200'), left.get('3200')]).toEqual([
    '-1000.00',
    '350.00',
    undefined,
  ]);
  expect(open.totals).toMatchObject({ opening: '0.00', closing: '0.00' });
});

test('a budget is compared with the books, and stays once it is approved', async () => {
  const plan = { version: 'V1', fiscalYear: 2026, title: 'Plan' };
  const lines = [
    { account: '6200', period: 3, costCentre: 'ADMIN', amount: decimal('90.00') },
    { account: '4020', period: 3, amount: decimal('500.00') },
  ];
  await run((tx) =>
    createCostCentres(tx, context, [
      { code: 'ADMIN', name: { en: 'A', de: 'A' }, validFrom: day('2026-01-01') },
    ]),
  );
  valueOf(await run((tx) => setBudget(tx, context, plan, lines)));
  const setOne = (line: object) =>
    run((tx) =>
      setBudget(tx, context, plan, [
        { account: '6200', period: 4, amount: decimal('1.00'), ...line },
      ]),
    );
  for (const line of [{ account: '1400' }, { costCentre: 'NONE' }, { period: 13 }]) {
    expect(await setOne(line)).toMatchObject({ problem: { code: 'ledger.bad-budget' } });
  }
  await run((tx) =>
    postEntries(tx, context, [
      entry([on('6200', '100.00', { costCentre: 'ADMIN' }), on('1400', '-100.00')]),
      entry([on('1400', '450.00'), on('4020', '-450.00')]),
    ]),
  );
  const compared = await compareBudget(database.kysely, { legalEntity: 'DE01', ...plan });
  expect(compared).toMatchObject([
    { account: '4020', costCentre: '', budget: '500.00', actual: '450.00', variance: '-50.00' },
    { account: '6200', costCentre: 'ADMIN', budget: '90.00', actual: '100.00', variance: '10.00' },
  ]);
  valueOf(await run((tx) => approveBudget(tx, context, plan)));
  const approved = { problem: { code: 'ledger.budget-approved' } };
  expect(await setOne({})).toMatchObject(approved);
  expect(await run((tx) => approveBudget(tx, context, plan))).toMatchObject(approved);
  expect(await run((tx) => approveBudget(tx, context, { ...plan, version: 'V9' }))).toMatchObject({
    problem: { code: 'ledger.no-such-budget' },
  });
  expect(await listBudgets(database.kysely, 'DE01')).toMatchObject([{ status: 'approved' }]);
});
