import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { listAccounts } from '#erp/ledger';
import { findEntries } from '#erp/ledger/reports';
import { describeError } from '#kernel';
import { compareDecimals, decimal, decimalOf, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  agingOf,
  allocate,
  allocationsOf,
  listOpenItems,
  markOpenItems,
  openOf,
  reverseAllocations,
} from './index.ts';
import { bookedItem, context, controlBalance, openBench } from './testing.ts';

let database: Database;
const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
const march = (day: number) => localDate(`2026-03-${String(day).padStart(2, '0')}`);
const cents = (amount: number) => decimalOf(BigInt(amount), 2);

beforeAll(async () => {
  database = await openBench();
});
afterAll(() => database.close());

const pay = (number: string, amount: string, companyAmount: string, more: object = {}) =>
  run((tx) =>
    bookedItem(tx, { number, amount, companyAmount, effect: 'lowers', kind: 'payment', ...more }),
  );
const bill = (number: string, amount: string, companyAmount: string, more: object = {}) =>
  run((tx) => bookedItem(tx, { number, amount, companyAmount, ...more }));
const settleBoth = (raising: string, lowering: string, amount: string, discount = '0') =>
  run((tx) =>
    allocate(tx, context, [
      { raising, lowering, amount: decimal(amount), discount: decimal(discount), on: march(20) },
    ]),
  );
const taxShares = [{ code: 'OUT-STD', net: decimal('100.00'), tax: decimal('19.00') }];

test('a payment with discount at another rate settles, books both, and can be taken back', async () => {
  const party = 'cus_whole';
  const raising = await bill('CI-1', '119.00', '110.19', { party, taxShares });
  const lowering = await pay('CP-1', '116.62', '104.96', { party });
  const before = await run((tx) => controlBalance(tx, 'receivable'));
  const [done] = await settleBoth(raising, lowering, '116.62', '2.38');
  expect(done?.ok).toBe(true);
  const id = done?.ok === true ? done.value.id : '';
  expect(await run((tx) => linesOf(tx, id))).toEqual([
    'expense 0.00 3.03', // What the rate lost.
    'income 2.00 1.85',
    'liability 0.38 0.35',
    'receivable -2.38 -2.20',
    'receivable 0.00 -3.03',
  ]);
  expect(
    await listOpenItems(database.kysely, { side: 'receivable', party, state: 'open', limit: 9 }),
  ).toEqual([]);
  const after = await run((tx) => controlBalance(tx, 'receivable'));
  expect(compareDecimals(sumDecimals([before, decimal('-5.23')]), after)).toBe(0);
  const [back] = await run((tx) => reverseAllocations(tx, context, [{ id, on: march(21) }]));
  expect(back?.ok).toBe(true);
  expect(await run((tx) => controlBalance(tx, 'receivable'))).toBe(before);
  const open = await listOpenItems(database.kysely, {
    side: 'receivable',
    party,
    state: 'open',
    limit: 9,
  });
  expect(new Set(open.map(openOf))).toEqual(new Set(['119.00', '116.62']));
  const again = await run((tx) => reverseAllocations(tx, context, [{ id, on: march(21) }]));
  expect(again).toMatchObject([{ ok: false, problem: { code: 'open-items.already-reversed' } }]);
  expect(await allocationsOf(database.kysely, raising)).toHaveLength(2);
});

/** The lines of what an allocation booked: account, document and company currency. */
async function linesOf(tx: Handle, allocation: string): Promise<readonly string[]> {
  const names = new Map((await listAccounts(tx, 'DE01')).map((each) => [each.number, each]));
  const [row] = await rows<{ entry: string }>(
    tx,
    sql`select entry_id as entry from erp_open_items.allocation where id = ${allocation}`,
  );
  const entry = (await findEntries(tx, [row?.entry ?? ''])).get(row?.entry ?? '');
  return (entry?.lines ?? [])
    .map(({ account, amount, companyAmount }) => {
      const known = names.get(account);
      return `${known?.controlOf ?? known?.kind} ${amount} ${companyAmount}`;
    })
    .toSorted();
}

test('PostgreSQL refuses to change what is posted, and to clear more than there is', async () => {
  const raising = await bill('CI-2', '10.00', '9.00', { party: 'cus_law' });
  const refusal = (statement: string) =>
    run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  const item = `erp_open_items.open_item`;
  expect(await refusal(`update ${item} set amount = 11 where id = '${raising}'`)).toContain(
    'is posted',
  );
  expect(await refusal(`delete from ${item} where id = '${raising}'`)).toContain('is posted');
  expect(await refusal('delete from erp_open_items.allocation')).toContain('is posted');
  expect(await refusal(`update ${item} set cleared = 11 where id = '${raising}'`)).toContain(
    'check',
  );
});

test('two people settle the same invoice at once: the second sees what the first left', async () => {
  const party = 'cus_race';
  const raising = await bill('CI-3', '100.00', '90.00', { party });
  const payments = await Promise.all(
    Array.from({ length: 8 }, (_, at) => pay(`CP-3-${at}`, '30.00', '27.00', { party })),
  );
  const results = await Promise.all(
    payments.map((lowering) => settleBoth(raising, lowering, '30.00')),
  );
  const oks = results.flat().filter(({ ok }) => ok);
  expect(oks).toHaveLength(3);
  const codes = results.flat().flatMap((each) => (each.ok ? [] : [each.problem.code]));
  expect(new Set(codes)).toEqual(new Set(['open-items.not-enough-open']));
});

test('marks are kept with the version that was seen', async () => {
  const id = await bill('CI-4', '10.00', '9.00', { party: 'cus_mark' });
  const dispute = { reason: 'damaged', amount: decimal('10.00'), since: march(5) };
  const mark = (changes: object) => run((tx) => markOpenItems(tx, [{ id, ...changes }]));
  expect(await mark({ version: 1, dispute, blocks: ['dunning'] })).toMatchObject([{ ok: true }]);
  expect(await mark({ version: 1, dispute: null })).toMatchObject([
    { ok: false, problem: { code: 'open-items.moved-on' } },
  ]);
  const [item] = await listOpenItems(database.kysely, {
    side: 'receivable',
    party: 'cus_mark',
    limit: 1,
  });
  expect(item).toMatchObject({ dispute, blocks: ['dunning'], version: 2 });
  expect(await mark({ dispute: null })).toMatchObject([{ ok: true, value: { version: 3 } }]);
});

test('aging as of a day counts what was posted and settled by then', async () => {
  const party = 'cus_age';
  const raising = await bill('CI-5', '100.00', '90.00', { party, dueOn: march(10) });
  const lowering = await pay('CP-5', '40.00', '36.00', {
    party,
    postedOn: march(20),
    issuedOn: march(20),
  });
  await settleBoth(raising, lowering, '40.00');
  const age = async (asOf: ReturnType<typeof march>) =>
    await agingOf(database.kysely, { legalEntity: 'DE01', side: 'receivable', asOf, party });
  expect(await age(localDate('2026-02-28'))).toEqual([]);
  expect(await age(march(10))).toMatchObject([{ notDue: '90.00', total: '90.00' }]);
  expect(await age(march(11))).toMatchObject([{ notDue: '0', overdue: ['90.00', '0', '0', '0'] }]);
  expect(await age(localDate('2026-04-10'))).toMatchObject([{ overdue: ['0', '54.00', '0', '0'] }]);
});

test('whatever is settled and taken back, open items are the control account', async () => {
  const step = fc.record({
    gross: fc.integer({ min: 1, max: 50_000 }),
    booked: fc.integer({ min: 1, max: 50_000 }),
    paidPercent: fc.integer({ min: 40, max: 130 }),
    rate: fc.integer({ min: 50, max: 150 }),
    parts: fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 1,
      maxLength: 4,
    }),
    takesBack: fc.boolean(),
    payable: fc.boolean(),
  });
  let count = 0;
  let settled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const { gross, booked, paidPercent, rate, parts, takesBack, payable } of steps) {
        count += 1;
        const paid = Math.max(1, Math.round((gross * paidPercent) / 100));
        const party = `p_${count}`;
        const side = payable ? 'payable' : 'receivable';
        const more = {
          party,
          side,
          taxShares: [{ code: payable ? 'IN-STD' : 'OUT-STD', net: cents(gross), tax: cents(1) }],
        };
        const raising = await bill(`I-${count}`, cents(gross), cents(booked), more);
        const worth = cents(Math.max(1, Math.round((paid * booked * rate) / gross / 100)));
        const lowering = await pay(`P-${count}`, cents(paid), worth, { party, side });
        const drafts = parts.map(([percent, discountPercent]) => ({
          raising,
          lowering,
          amount: cents(Math.ceil((gross * percent) / 100)),
          discount: cents(Math.floor((gross * discountPercent) / 100)),
          on: march(20),
        }));
        const done = await run((tx) => allocate(tx, context, drafts));
        settled += done.filter(({ ok }) => ok).length;
        const first = done.find(({ ok }) => ok);
        if (takesBack && first?.ok === true) {
          const { id } = first.value;
          await run((tx) => reverseAllocations(tx, context, [{ id, on: march(21) }]));
        }
      }
      expect(await run(unevenItems)).toEqual([]);
      for (const side of ['receivable', 'payable'] as const) {
        const open = await run((tx) => openSum(tx, side));
        expect(compareDecimals(await run((tx) => controlBalance(tx, side)), open)).toBe(0);
      }
    }),
    { numRuns: 12 },
  );
  expect(settled).toBeGreaterThan(count);
}, 120_000);

/** What control accounts should hold: debit for receivables, credit for payables. */
async function openSum(tx: Handle, side: string): Promise<Decimal> {
  const [found] = await rows<{ open: Decimal }>(
    tx,
    sql`select coalesce(sum((company_amount - company_cleared)
        * case when (side = 'receivable') = (effect = 'raises') then 1 else -1 end), 0)::text as open
      from erp_open_items.open_item where side = ${side}`,
  );
  return found?.open ?? decimal('0');
}

/** Items whose kept sums are not those of their allocations. */
async function unevenItems(tx: Handle): Promise<readonly unknown[]> {
  return await rows(
    tx,
    sql`select i.id from erp_open_items.open_item i
      left join (select item, sum(amount) as amount, sum(company) as company from (
        select raising_item as item, amount + discount as amount, raising_company as company
          from erp_open_items.allocation
        union all select lowering_item, amount, lowering_company from erp_open_items.allocation) a
        group by item) s on s.item = i.id
      where i.cleared <> coalesce(s.amount, 0) or i.company_cleared <> coalesce(s.company, 0)`,
  );
}
