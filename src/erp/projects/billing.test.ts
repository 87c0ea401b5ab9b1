import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectLines } from '#erp/ledger/reports';
import { itemsOfDocuments, openOf } from '#erp/open-items';
import { cancelInvoices, findInvoices, postPayments } from '#erp/receivables';
import { assert } from '#kernel';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import {
  billProjects,
  cancelBills,
  closeProjects,
  listBills,
  listRecognitions,
  recogniseRevenue,
} from './billing.ts';
import type { BillDraft } from './billing.ts';
import {
  postTimeSheets,
  reachMilestones,
  reportProgress,
  reverseTimeSheets,
  steerProjects,
} from './index.ts';
import {
  books,
  context,
  hours,
  march,
  openBench,
  projectNow,
  released,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const END = localDate('2026-03-31');
const problem = (code: string) => ({ ok: false, problem: { code: `projects.${code}` } });
const now = (id: string) => bench.run((tx) => projectNow(tx, id));
const reach = (project: string, milestone: string) =>
  bench.run((tx) => reachMilestones(tx, context, [{ project, milestone, on: march(20) }]));
const bill = async (id: string, more: Partial<BillDraft> = {}) =>
  (
    await bench.run((tx) =>
      billProjects(tx, context, [{ id, issuedOn: march(21), postedOn: march(21), ...more }]),
    )
  )[0];
const recognise = (id: string, on: LocalDate) =>
  bench.run((tx) => recogniseRevenue(tx, context, { on, projects: [id] }));
const finish = (project: string, percent: string, on: LocalDate) =>
  bench.run((tx) =>
    reportProgress(
      tx,
      context,
      ['1', '2'].map((task) => ({ project, task, on, percent: decimal(percent) })),
    ),
  );
const close = async (id: string) =>
  (await bench.run((tx) => closeProjects(tx, context, [{ id, on: END }])))[0];

/** What accounts gained by some work. */
async function gained(done: () => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  const zero = decimal('0');
  const before = await books(bench);
  await done();
  const changes = Object.entries(await books(bench)).map(
    ([name, value]) => [name, subtractDecimals(value, before[name] ?? zero)] as const,
  );
  return Object.fromEntries(changes.filter(([, change]) => compareDecimals(change, zero) !== 0));
}

/** Pays an invoice. */
async function pay(invoice: string): Promise<void> {
  await bench.run(async (tx) => {
    const [item] = (await itemsOfDocuments(tx, [invoice])).get(invoice) ?? [];
    assert(item !== undefined, 'an invoice leaves an item');
    const amount = openOf(item);
    const [paid] = await postPayments(tx, context, [
      {
        customer: item.party,
        paidOn: march(30),
        bankAccount: 'MAIN',
        currency: 'EUR',
        amount,
        parts: [{ item: item.id, amount }],
      },
    ]);
    valueOf(paid);
  });
}

test('milestones are charged when they are reached, once, and again when the bill is cancelled', async () => {
  const id = await released(bench);
  expect(await bill(id)).toMatchObject(problem('nothing-to-bill'));
  await reach(id, 'M1');
  const change = await gained(async () => {
    const posted = valueOf(await bill(id));
    expect(posted.number).toBe('PB-2026-000001');
    const invoice = (await bench.run((tx) => findInvoices(tx, [posted.invoice]))).get(
      posted.invoice,
    );
    expect(invoice?.lines).toMatchObject([{ text: 'Milestone M1', net: '5000.00', project: id }]);
  });
  expect(change).toEqual({
    'Trade receivables': '5950.00',
    'Output tax': '-950.00',
    'Revenue, services': '-5000.00',
  });
  expect(await bill(id)).toMatchObject(problem('nothing-to-bill'));
  const [first] = await bench.run((tx) => listBills(tx, { project: id, limit: 5 }));
  const wish = { id: first?.id ?? '', on: march(22), reason: 'wrong tax' };
  expect(
    (await bench.run((tx) => cancelBills(tx, context, [wish, wish]))).map(({ ok }) => ok),
  ).toEqual([true, false]);
  expect((await now(id)).billed).toBe('0.00');
  const second = valueOf(await bill(id, { milestones: ['M1'] }));
  expect(await bill(id, { milestones: ['M2'] })).toMatchObject(problem('nothing-to-bill'));
  await bench.run((tx) =>
    cancelInvoices(tx, context, [{ id: second.invoice, on: march(23), reason: 'by hand' }]),
  );
  const again = { id: second.id, on: march(23), reason: 'its invoice is gone' };
  expect((await bench.run((tx) => cancelBills(tx, context, [again])))[0]?.ok).toBe(true);
});

test('hours are charged by task, person and rate; what was charged is not taken back', async () => {
  const id = await released(bench, 'time-and-material');
  const sheets = await bench.run((tx) =>
    postTimeSheets(tx, context, [
      hours(bench.eva, id, { hours: '7.5', day: 2 }),
      hours(bench.eva, id, { hours: '0.3333', day: 3 }),
      hours(bench.max, id, { hours: '8', day: 12, task: '2' }),
    ]),
  );
  const posted = valueOf(await bill(id, { until: march(10) }));
  const invoice = (await bench.run((tx) => findInvoices(tx, [posted.invoice]))).get(posted.invoice);
  expect(invoice?.lines).toMatchObject([
    {
      text: 'Task 1: Eva Weber',
      quantity: '7.8333',
      unit: 'HUR',
      unitPrice: '90.00',
      net: '705.00',
    },
  ]);
  const [first, , third] = sheets.map((each) => valueOf(each).id);
  const back = (sheet: string | undefined) =>
    bench.run((tx) =>
      reverseTimeSheets(tx, context, [{ id: sheet ?? '', on: march(22), reason: 'x' }]),
    );
  expect((await back(first))[0]).toMatchObject(problem('settled'));
  const change = await gained(async () => {
    expect((await recognise(id, END)).recognised).toMatchObject([
      { unbilled: '720.00', deferred: '0.00', earned: '1425.00' },
    ]);
  });
  expect(change).toEqual({ 'Unbilled revenue': '720.00', 'Revenue, services': '-720.00' });
  const { number } = await now(id);
  const [earned, billed] = await bench.run((tx) =>
    projectLines(tx, { legalEntity: 'DE01', project: id, limit: 2 }),
  );
  expect(earned).toMatchObject({
    text: `revenue of ${number}`,
    said: { code: 'entry.project-revenue', slots: { project: number } },
  });
  expect(billed?.sourceKind).toBe('customer-invoice');
  expect(billed).not.toHaveProperty('said');
  expect((await back(third))[0]?.ok).toBe(true);
  expect((await recognise(id, END)).recognised).toMatchObject([{ unbilled: '0.00' }]);
  expect((await recognise(id, END)).recognised).toEqual([]);
});

test('of a fixed price the share that is done is earned: the rest is deferred or unbilled', async () => {
  const id = await released(bench);
  await reach(id, 'M1');
  valueOf(await bill(id));
  await finish(id, '25', march(25));
  expect((await recognise(id, march(25))).recognised).toMatchObject([
    { earned: '3000.00', unbilled: '0.00', deferred: '2000.00' },
  ]);
  await finish(id, '75', END);
  const change = await gained(async () => {
    expect((await recognise(id, END)).recognised).toMatchObject([
      { earned: '9000.00', unbilled: '4000.00', deferred: '0.00' },
    ]);
  });
  expect(change).toEqual({
    'Deferred revenue': '2000.00',
    'Unbilled revenue': '4000.00',
    'Revenue, services': '-6000.00',
  });
  expect(await recognise(id, march(26))).toMatchObject({
    recognised: [],
    refused: [{ code: 'projects.moved-on' }],
  });
  expect(await bench.run((tx) => listRecognitions(tx, { project: id, limit: 9 }))).toHaveLength(2);
});

test('a project is closed when all of it is charged and paid; then the books are settled', async () => {
  const id = await released(bench);
  await reach(id, 'M1');
  const first = valueOf(await bill(id));
  await finish(id, '50', march(25));
  await recognise(id, march(25));
  expect(await close(id)).toMatchObject(problem('not-in-this-state'));
  await bench.run((tx) => steerProjects(tx, context, [{ id, step: 'complete' }]));
  const refused = await close(id);
  expect(refused).toMatchObject(problem('not-closable'));
  expect(
    refused?.ok === false ? refused.problem.reasons?.map(({ message }) => message) : [],
  ).toEqual(['milestone M2 is not charged', `${first.invoiceNumber} is not paid`]);
  await reach(id, 'M2');
  const second = valueOf(await bill(id));
  for (const { invoice } of [first, second]) await pay(invoice);
  expect(valueOf(await close(id)).status).toBe('closed');
  expect(await now(id)).toMatchObject({ unbilled: '0', deferred: '0', billed: '12000.00' });
  expect(await bill(id)).toMatchObject(problem('not-in-this-state'));
  expect(
    valueOf((await bench.run((tx) => steerProjects(tx, context, [{ id, step: 'reopen' }])))[0])
      .status,
  ).toBe('released');
});
