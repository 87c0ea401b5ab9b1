/**
 * Goal: whatever happens to subscriptions, by however many at once, each interval is charged exactly
 * what it costs, deferred revenue is what is not earned, and recurring revenue adds up.
 * Method: random events, billing runs and releases against a real database, three people at a time;
 * after each run everything is billed and compared. fast-check prints the seed of a failure;
 * RIALTO_SUBSCRIPTIONS_RUNS makes it longer.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { decimal, sumDecimals } from '#kernel/decimal';
import { addDays, localDate } from '#kernel/time';
import {
  billSubscriptions,
  changeSubscriptions,
  chargesOf,
  findSubscriptions,
  mrrMovements,
  releaseRevenue,
} from './index.ts';
import { dueOf, periodsOf } from './periods.ts';
import { context, march, openBench, subscribed } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_SUBSCRIPTIONS_RUNS'] ?? 10);
const PEOPLE = 3;
const END = localDate('2026-09-30');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const WHATS = [
  'change',
  'change',
  'plan',
  'pause',
  'resume',
  'end',
  'bill',
  'bill',
  'release',
] as const;
type Step = {
  readonly what: (typeof WHATS)[number];
  readonly pick: number;
  readonly day: number;
};

async function take(tx: Handle, ids: readonly string[], step: Step): Promise<unknown> {
  const on = addDays(march(1), step.day);
  const id = ids[step.pick % ids.length] ?? '';
  switch (step.what) {
    case 'bill':
      return await billSubscriptions(tx, context, { until: on, postedOn: on });
    case 'release':
      return await releaseRevenue(tx, context, { through: on });
    case 'change': {
      const quantity = decimal(String((step.pick % 7) + 1));
      return await changeSubscriptions(tx, context, [{ id, step: 'change', on, quantity }]);
    }
    case 'plan': {
      const plan = [bench.basic, bench.pro, bench.yearly][step.pick % 3] ?? '';
      return await changeSubscriptions(tx, context, [{ id, step: 'change', on, plan }]);
    }
    case 'end':
      if (step.pick % 4 > 0) return undefined; // Few: what has ended stays so.
      return await changeSubscriptions(tx, context, [{ id, step: 'end', on }]);
    case 'pause':
    case 'resume':
      return await changeSubscriptions(tx, context, [{ id, step: step.what, on }]);
  }
}

/** Laws that can be read off the tables; each row names one that is broken. */
const BROKEN = sql`
  select 'deferred revenue is what is charged and not earned' as law
  where (select coalesce(sum(company_amount), 0) from erp_ledger.journal_line where account = '2170')
    <> (select coalesce(sum(company_released - company_amount), 0) from erp_subscriptions.charge)
  union all
  select 'revenue is what was earned'
  where (select coalesce(-sum(company_amount), 0) from erp_ledger.journal_line where account = '4030')
    <> (select coalesce(sum(company_released), 0) from erp_subscriptions.charge)
  union all
  select 'charges are the nets of their documents'
  where (select coalesce(sum(case i.kind when 'invoice' then i.net else -i.net end), 0)
      from erp_receivables.customer_invoice i)
    <> (select coalesce(sum(amount), 0) from erp_subscriptions.charge)
  union all
  select 'a subscription is what its last event says: ' || s.number
  from erp_subscriptions.subscription s join erp_subscriptions.event e
    on e.subscription_id = s.id and e.number = s.version
  where (s.status, s.mrr, s.quantity) <> (e.status, e.mrr, e.quantity)
    or s.mrr <> (select sum(mrr - mrr_before) from erp_subscriptions.event
      where subscription_id = s.id)`;

const story = fc.array(
  fc.record({ what: fc.constantFrom(...WHATS), pick: fc.nat(99), day: fc.nat(150) }),
  { minLength: 6, maxLength: 24 },
);

test('each interval is charged what it costs, and all of it is earned', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const ids = [
        await subscribed(bench),
        await subscribed(bench, { startsOn: march(31), termMonths: 2, autoRenews: true }),
      ];
      const inTime = steps.toSorted((a, b) => a.day - b.day);
      for (let at = 0; at < inTime.length; at += PEOPLE) {
        const some = inTime.slice(at, at + PEOPLE);
        await Promise.all(some.map((step) => bench.run((tx) => take(tx, ids, step))));
      }
      const wish = { until: END, postedOn: END };
      const last = await bench.run((tx) => billSubscriptions(tx, context, wish));
      expect(last.refused).toEqual([]);
      expect((await bench.run((tx) => billSubscriptions(tx, context, wish))).id).toBeUndefined();
      const { kysely } = bench.database;
      const charges = await chargesOf(kysely, ids);
      for (const { id, events } of (await findSubscriptions(kysely, ids)).values()) {
        changed += events.length - 1;
        for (const period of periodsOf(events, END)) {
          const own = charges.filter(
            (each) => each.subscription === id && each.periodFrom === period.from,
          );
          const sum = sumDecimals([decimal('0.00'), ...own.map(({ amount }) => amount)]);
          expect([id, period.from, sum]).toEqual([id, period.from, dueOf(events, period, 2)]);
        }
      }
      expect(await rows(kysely, BROKEN)).toEqual([]);
      await bench.run((tx) => releaseRevenue(tx, context, { through: localDate('2026-12-31') }));
      expect(await rows(kysely, BROKEN)).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(changed).toBeGreaterThan(RUNS); // Not everything was refused.
  const months = await mrrMovements(bench.database.kysely, {
    legalEntity: 'DE01',
    from: march(1),
    to: END,
  });
  for (const { opening, closing, ...moved } of months) {
    const { expansion, contraction, churn, reactivation } = moved;
    const parts = [opening, moved.new, expansion, contraction, churn, reactivation];
    expect(Number(sumDecimals(parts))).toBe(Number(closing));
  }
  expect(months.length).toBeGreaterThan(5);
}, 600_000);

test('two billing runs at once charge once, two releases earn once', async () => {
  const startsOn = localDate('2026-10-01');
  const ids = [await subscribed(bench, { startsOn }), await subscribed(bench, { startsOn })];
  const wish = { until: startsOn, postedOn: startsOn };
  const runs = await Promise.all(
    [1, 2, 3, 4].map(() => bench.run((tx) => billSubscriptions(tx, context, wish))),
  );
  expect(runs.filter(({ id }) => id !== undefined)).toHaveLength(1);
  expect(runs.flatMap(({ invoices }) => invoices)).toHaveLength(1); // Both on one.
  const through = localDate('2026-10-10');
  const released = await Promise.all(
    [1, 2, 3].map(() => bench.run((tx) => releaseRevenue(tx, context, { through }))),
  );
  const amounts = released.flat().map((each) => (each.ok ? each.value.amount : each.problem.code));
  const own = (await chargesOf(bench.database.kysely, ids)).map((each) => each.released);
  expect([amounts.length, own]).toEqual([1, ['21.29', '21.29']]);
});
