import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { takeNumbers } from '#erp/company';
import { findOpenItems, markOpenItems } from '#erp/open-items';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import { addDays, localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import {
  blockDunning,
  changeDunningRun,
  createDunningRun,
  decideDunningRun,
  dunningLevels,
  executeDunningRun,
  findDunningRun,
  listDunningBlocks,
  listDunningRuns,
  listNotices,
  setDunningLevels,
  STANDARD_LEVELS,
  unblockDunning,
} from './dunning.ts';
import { postInvoices, postPayments } from './index.ts';
import { context, gained, march, openBench, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const DUE = localDate('2026-04-01');
const late = (days: number): LocalDate => addDays(DUE, days);

/** An invoice over so much that was due on the first of April. */
const bill = async (net: string, customer = bench.customer) => {
  const drafts = [
    {
      customer,
      issuedOn: march(2),
      postedOn: march(2),
      paymentTerms: 'NET30',
      lines: [{ text: 'Pump', unitPrice: decimal(net) }],
    },
  ];
  return valueOf((await bench.run((tx) => postInvoices(tx, context, drafts)))[0]).item;
};
const pay = (customer: string, amount: string, item?: string) =>
  bench.run((tx) =>
    postPayments(tx, context, [
      {
        customer,
        paidOn: march(20),
        bankAccount: 'MAIN',
        currency: customer === bench.foreign ? 'USD' : 'EUR',
        amount: decimal(amount),
        parts: item === undefined ? [] : [{ item, amount: decimal(amount) }],
      },
    ]),
  );
const propose = (on: LocalDate) => bench.run((tx) => createDunningRun(tx, context, { on }));
const decide = (id: string, by: string, version = 1) =>
  bench.run((tx) => decideDunningRun(tx, { ...context, by }, { id, version, decision: 'approve' }));
const execute = (id: string, version = 2) =>
  bench.run((tx) => executeDunningRun(tx, context, { id, version }));
const remind = async (on: LocalDate) => {
  const { id } = valueOf(await propose(on));
  valueOf(await decide(id, 'bob'));
  return valueOf(await execute(id));
};
const runNow = (id: string) => findDunningRun(bench.database.kysely, id);
const itemNow = async (id: string) =>
  (await findOpenItems(bench.database.kysely, [id])).get(id) ?? { dunningLevel: -1 };
const problem = (code: string) => ({ ok: false, problem: { code: `receivables.${code}` } });

test('a run is proposed, approved by another, and reminds once; the next level costs a fee', async () => {
  const item = await bill('100.00');
  expect(await propose(late(6))).toMatchObject(problem('nothing-to-dun'));
  const { id, number } = valueOf(await propose(late(40)));
  expect(number).toBe('DR-2026-000001');
  expect((await runNow(id))?.items).toEqual([
    {
      item,
      customer: bench.customer,
      level: 1, // However late it is: one level further at a time.
      daysOverdue: 40,
      currency: 'EUR',
      amount: '100.00',
      isLeftOut: false,
    },
  ]);
  expect(await execute(id, 1)).toMatchObject(problem('not-in-this-state'));
  expect(await decide(id, 'ada')).toMatchObject(problem('four-eyes'));
  expect((await decide(id, 'bob')).ok).toBe(true);
  const both = await Promise.all([execute(id), execute(id)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await itemNow(item)).toMatchObject({ dunningLevel: 1, dunnedOn: late(40) });
  expect(await propose(late(49))).toMatchObject(problem('nothing-to-dun'));
  const change = await gained(bench, async () => {
    expect((await remind(late(50))).notices).toHaveLength(1);
  });
  expect(change).toEqual({ 'Trade receivables': '5.00', 'Dunning fees': '-5.00' });
  const [notice] = await listNotices(bench.database.kysely, { limit: 1 });
  expect(notice).toMatchObject({
    number: 'DU-2026-000002',
    level: 2,
    amount: '100.00',
    fee: '5.00',
    text: { en: 'Second reminder' },
    items: [{ item, level: 2, amount: '100.00' }],
  });
  await remind(late(60));
  expect(await propose(late(200))).toMatchObject(problem('nothing-to-dun')); // Nor are the fees dunned.
  const listed = await listDunningRuns(bench.database.kysely, { status: 'executed', limit: 9 });
  expect(listed).toHaveLength(3);
  await pay(bench.customer, '100.00', item);
});

test('what speaks against an item is told: blocks, disputes, credits', async () => {
  const [blocked, disputed, plain] = [await bill('1.00'), await bill('2.00'), await bill('3.00')];
  const covered = await bill('4.00', bench.foreign);
  const stopped = await bill('5.00', bench.limited);
  await bench.run(async (tx) => {
    const dispute = { reason: 'broken', amount: decimal('2.00'), since: march(9) };
    await markOpenItems(tx, [
      { id: blocked, blocks: ['dunning'] },
      { id: disputed, dispute },
    ]);
    await blockDunning(tx, context, [
      { customer: bench.limited, reason: 'talks', until: late(30) },
    ]);
  });
  await pay(bench.foreign, '9.00');
  const { id } = valueOf(await propose(late(30)));
  const told = (await runNow(id))?.items ?? [];
  expect(new Map(told.map((each) => [each.item, each.leftOutBecause]))).toEqual(
    new Map([
      [blocked, 'blocked'],
      [disputed, 'disputed'],
      [plain, undefined],
      [covered, 'covered-by-credit'],
      [stopped, 'customer-blocked'],
    ]),
  );
  const change = (items: readonly string[], version: number) =>
    bench.run((tx) =>
      changeDunningRun(tx, {
        id,
        version,
        items: items.map((item) => ({ item, isLeftOut: item === plain })),
      }),
    );
  valueOf(await change([blocked, plain], 1));
  expect((await runNow(id))?.items.every(({ isLeftOut }) => isLeftOut)).toBe(true);
  expect(await change([plain], 1)).toMatchObject(problem('moved-on'));
  const of = { legalEntity: 'DE01', on: late(31) };
  expect(await listDunningBlocks(bench.database.kysely, of)).toEqual([]);
  await bench.run((tx) => unblockDunning(tx, [bench.limited]));
  expect(await listDunningBlocks(bench.database.kysely, { ...of, on: late(30) })).toEqual([]);
});

test('what is paid between approval and execution is passed over', async () => {
  const [paid, open] = [await bill('10.00', bench.limited), await bill('20.00', bench.limited)];
  const { id } = valueOf(await propose(late(8)));
  const others = (await runNow(id))?.items.filter(({ item }) => item !== paid && item !== open);
  const items = (others ?? []).map(({ item }) => ({ item, isLeftOut: true }));
  valueOf(await bench.run((tx) => changeDunningRun(tx, { id, version: 1, items })));
  valueOf(await decide(id, 'bob', 2));
  await pay(bench.limited, '10.00', paid);
  const done = valueOf(await execute(id, 3));
  expect(done.passedOver).toEqual([paid]);
  const [notice] = await listNotices(bench.database.kysely, { run: id, limit: 9 });
  expect(notice).toMatchObject({ level: 1, amount: '20.00', fee: '0', feeEntry: null });
});

test('a customer who is blocked between approval and execution is not reminded', async () => {
  const item = await bill('10.00', bench.limited);
  const { id } = valueOf(await propose(late(8)));
  valueOf(await decide(id, 'bob', 1));
  const block = { customer: bench.limited, reason: 'talks', until: late(8) };
  await bench.run((tx) => blockDunning(tx, context, [block]));
  const done = valueOf(await execute(id, 2));
  expect(done.passedOver).toContain(item);
  const notices = await listNotices(bench.database.kysely, { run: id, limit: 9 });
  expect(notices.map(({ customer }) => customer)).not.toContain(bench.limited);
  await bench.run((tx) => unblockDunning(tx, [bench.limited]));
});

test('levels are data, from 1 without a gap', async () => {
  const levels = STANDARD_LEVELS.slice(0, 2);
  const set = (wanted: typeof levels) => bench.run((tx) => setDunningLevels(tx, 'DE01', wanted));
  expect(await set(levels.toReversed())).toMatchObject(problem('bad-levels'));
  expect(await set([])).toMatchObject(problem('bad-levels'));
  expect((await set(levels)).ok).toBe(true);
  expect((await set(levels)).ok).toBe(true);
  expect(await dunningLevels(bench.database.kysely, 'DE01')).toEqual(levels);
});

test('what the ledger refuses leaves the run as it was, and no number behind', async () => {
  const [first] = STANDARD_LEVELS;
  const costly = { ...first, level: 1, daysOverdue: 1, daysApart: 0, fee: decimal('1.00') };
  await bench.run((tx) =>
    setDunningLevels(tx, 'DE01', [{ ...costly, text: { en: 'Pay', de: 'Zahlen' } }]),
  );
  await bill('7.00', bench.limited);
  const { id } = valueOf(await propose(localDate('2031-02-01'))); // There are no books.
  valueOf(await decide(id, 'bob'));
  expect(await execute(id)).toMatchObject(problem('journal-refused'));
  expect((await runNow(id))?.status).toBe('approved');
  const filter = { run: id, limit: 9 };
  expect(await listNotices(bench.database.kysely, filter)).toEqual([]);
  const again = () => bench.run((tx) => takeNumbers(tx, 'DE01', 'DU', localDate('2031-02-01'), 1));
  expect(await again()).toEqual(['DU-2031-000001']);
});

test('PostgreSQL holds that an item reaches a level once, and that notices stay', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  expect(
    await refusal(
      'insert into erp_receivables.dunned_item select * from erp_receivables.dunned_item',
    ),
  ).toContain('dunned_item_pkey');
  expect(await refusal('delete from erp_receivables.dunning_notice')).toContain('only taken back');
});
