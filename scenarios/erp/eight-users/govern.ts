/** What is kept in order: master data, the journal, its months, runs that pay and remind. */
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Result } from '#erp/company';
import { createItems, updateItems } from '#erp/items';
import { postAccruals, postEntries, reverseByHand } from '#erp/ledger';
import {
  closePeriod,
  listPeriods,
  openPeriod,
  revalue,
  softClosePeriod,
} from '#erp/ledger/closing';
import { createCustomers, createSuppliers, updateCustomers } from '#erp/parties';
import { createPaymentRun, decidePaymentRun, executePaymentRun } from '#erp/payables';
import { createDunningRun, decideDunningRun, executeDunningRun } from '#erp/receivables/dunning';
import { assert } from '#kernel';
import type { Draw } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import { inTransaction, operation } from './operation.ts';
import type { Operation, User } from './operation.ts';
import type { Tally } from './tally.ts';
import { isRude, money, seen } from './world.ts';
import type { World } from './world.ts';

/** Parties and items. */
const masterData = (world: World): readonly Operation[] => [
  operation({
    name: 'party: create',
    share: 8,
    makes: 'erp_parties.party',
    choose: ({ draw }) => ({
      draft: { name: `Partner ${draw.between(1, 1_000_000)}` },
      done: ({ id }: { readonly id: string }) =>
        world.parties.add({ id, party: '', version: 1, state: '' }),
    }),
    book: createCustomers,
  }),
  operation({
    name: 'party: create a supplier',
    share: 3,
    makes: 'erp_parties.party',
    choose: ({ draw }) => ({ draft: { name: `Source ${draw.between(1, 1_000_000)}` } }),
    book: createSuppliers,
  }),
  operation({
    name: 'party: change',
    share: 12,
    choose: ({ draw }) => {
      const one = world.parties.pick(draw);
      if (one === undefined) return undefined;
      const { version, isStale } = seen(draw, one.version);
      return {
        draft: { id: one.id, version, set: { region: `north ${draw.between(1, 9)}` } },
        about: one,
        isStale,
        done: () => {
          one.version = version + 1;
        },
      };
    },
    book: updateCustomers,
  }),
];

/** Items. */
const items = (world: World): readonly Operation[] => [
  operation({
    name: 'item: create',
    share: 3,
    makes: 'erp_items.item',
    choose: ({ draw }) => ({
      draft: {
        name: `Thing ${draw.between(1, 1_000_000)}`,
        kind: 'stock',
        baseUnit: 'C62',
      } as const,
      done: ({ id }: { readonly id: string }) =>
        world.items.add({ id, party: '', version: 1, state: '' }),
    }),
    book: createItems,
  }),
  operation({
    name: 'item: change',
    share: 8,
    choose: ({ draw }) => {
      const one = world.items.pick(draw);
      if (one === undefined) return undefined;
      const { version, isStale } = seen(draw, one.version);
      return {
        draft: { id: one.id, version, set: { leadTimeDays: draw.between(1, 90) } },
        about: one,
        isStale,
        done: () => {
          one.version = version + 1;
        },
      };
    },
    book: updateItems,
  }),
];

const rent = (world: World, draw: Draw) => {
  const amount = money(draw.between(100, 500_000));
  return {
    legalEntity: 'DE01',
    postedOn: world.day(draw),
    documentOn: world.today,
    currency: 'EUR',
    text: 'rent',
    lines: [
      { account: '6200', amount },
      { account: '1400', amount: negateDecimal(amount) },
    ],
  };
};

/** The journal. */
const journal = (world: World): readonly Operation[] => [
  operation({
    name: 'journal: post',
    share: 45,
    choose: ({ draw }) => ({
      draft: { ...rent(world, draw), kind: 'manual' as const },
      done: ({ id }: { readonly id: string }) => world.entries.add({ id }),
    }),
    book: postEntries,
  }),
  operation({
    name: 'journal: post an accrual',
    share: 8,
    choose: ({ draw }) => ({ draft: rent(world, draw) }),
    book: postAccruals,
  }),
  operation({
    name: 'journal: reverse',
    share: 12,
    choose: ({ draw }) => {
      const one = world.entries.pick(draw);
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.entries.drop(one);
      return { draft: { id: one.id, on: world.day(draw) } };
    },
    book: reverseByHand,
  }),
];

/** Something done in one or several transactions of its own. */
const alone = (
  name: string,
  share: number,
  work: (user: User, note: (result: Result<unknown>) => void, tally: Tally) => Promise<void>,
): Operation => ({
  name,
  share,
  take: async (user, _count, tally) => {
    const note = (result: Result<unknown>): void => {
      if (result.ok) tally.accepted(name);
      else tally.refused(name, result.problem.code);
    };
    await work(user, note, tally);
  },
});

/** What stands in a month: how many entries, and which. */
async function standing(handle: Handle, month: number): Promise<string> {
  const found = await rows(
    handle,
    sql`select count(*) as entries, sum(hashtextextended(id, 0)) as print
      from erp_ledger.journal_entry
      where legal_entity = 'DE01' and fiscal_year = 2026 and period = ${month}`,
  );
  return JSON.stringify(found);
}

/** January and February, closed and opened again; what stood there when it was closed still does. */
const months = (world: World): readonly Operation[] => [
  alone('month: revalue and close', 8, async (user, note, tally) => {
    const { context, draw } = user;
    await inTransaction(user, tally, async (tx) => {
      const periods = await listPeriods(tx, { legalEntity: 'DE01', fiscalYear: 2026 });
      const period = periods.find((one) => one.period <= 2 && one.status !== 'closed');
      if (period === undefined) return;
      const key = { fiscalYear: 2026, period: period.period };
      const { version } = period;
      if (period.status === 'open' && draw.happens(300)) {
        const change = { ...key, version, reason: 'nearly done', openTo: ['controller'] };
        note(await softClosePeriod(tx, context, change));
        return;
      }
      note(await revalue(tx, context, key));
      const closed = await closePeriod(tx, context, { ...key, version, reason: 'done' });
      note(closed);
      if (closed.ok) {
        world.closed.set(key.period, await standing(tx, key.period));
      }
    });
  }),
  alone('month: open again', 6, async (user, note, tally) => {
    await inTransaction(user, tally, async (tx) => {
      const periods = await listPeriods(tx, { legalEntity: 'DE01', fiscalYear: 2026 });
      const period = periods.findLast((one) => one.period <= 2 && one.status === 'closed');
      if (period === undefined) return;
      const key = { fiscalYear: 2026, period: period.period };
      const change = { ...key, version: period.version, reason: 'something came late' };
      const opened = await openPeriod(tx, user.context, change);
      note(opened);
      if (!opened.ok) return;
      await stillStands(tx, world, key.period);
      world.closed.delete(key.period);
    });
  }),
];

async function stillStands(handle: Handle, world: World, month: number): Promise<void> {
  const [before, now] = [world.closed.get(month), await standing(handle, month)];
  assert(before === now, `nothing is posted to closed months: ${month}, ${before} to ${now}`);
}

/** Fails when something was posted to a month that is closed. */
export async function monthsStillStand(handle: Handle, world: World): Promise<void> {
  for (const month of world.closed.keys()) await stillStands(handle, world, month);
}

/** Runs: proposed by one, approved by another, carried out. */
const runs = (world: World, boss: string): readonly Operation[] => [
  alone('payment run', 3, async (user, note, tally) => {
    const { context, draw } = user;
    const payOn = world.today;
    const made = await inTransaction(user, tally, (tx) =>
      createPaymentRun(tx, context, {
        payOn,
        nextRunOn: addDays(payOn, 40),
        bankAccount: 'MAIN',
        currency: 'EUR',
        suppliers: [draw.pick(world.founded.suppliers)],
      }),
    );
    note(made);
    if (!made.ok) return;
    const { id } = made.value;
    const approval = { id, version: 1, decision: 'approve' as const };
    note(
      await inTransaction(user, tally, (tx) =>
        decidePaymentRun(tx, { ...context, by: boss }, approval),
      ),
    );
    const paid = await inTransaction(user, tally, (tx) =>
      executePaymentRun(tx, context, { id, version: 2 }),
    );
    note(paid);
    const good = paid.ok ? paid.value.payments.filter(({ ok }) => ok).length : 0;
    tally.made('erp_payables.supplier_payment', good);
  }),
  alone('dunning run', 3, async (user, note, tally) => {
    const { context, draw } = user;
    const customers = [draw.pick(world.founded.customers)];
    const made = await inTransaction(user, tally, (tx) =>
      createDunningRun(tx, context, { on: addDays(world.today, 40), customers }),
    );
    note(made);
    if (!made.ok) return;
    const { id } = made.value;
    const approval = { id, version: 1, decision: 'approve' as const };
    note(
      await inTransaction(user, tally, (tx) =>
        decideDunningRun(tx, { ...context, by: boss }, approval),
      ),
    );
    note(
      await inTransaction(user, tally, (tx) => executeDunningRun(tx, context, { id, version: 2 })),
    );
  }),
];

/** All of it. */
export const governing = (world: World): readonly Operation[] => [
  ...masterData(world),
  ...items(world),
  ...journal(world),
  ...months(world),
  ...runs(world, 'boss'),
];
