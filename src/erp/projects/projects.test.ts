import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { describeError } from '#kernel';
import { postEntries } from '#erp/ledger';
import { projectLines } from '#erp/ledger/reports';
import { createOrders, steerOrders } from '#erp/purchasing';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  createChangeOrders,
  createProjects,
  decideChangeOrders,
  findPlans,
  listChangeOrders,
  listPlans,
  listProjects,
  planProjects,
  postTimeSheets,
  projectHealth,
  projectHistory,
  reachMilestones,
  reportProgress,
  reverseTimeSheets,
  steerProjects,
  updateResources,
} from './index.ts';
import type { ChangeOrderDraft, PlanChange } from './index.ts';
import {
  books,
  context,
  hours,
  march,
  milestone,
  openBench,
  other,
  plan,
  projectNow,
  released,
  task,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const problem = (code: string) => ({ ok: false, problem: { code: `projects.${code}` } });
const now = (id: string) => bench.run((tx) => projectNow(tx, id));
const steer = async (id: string, step: 'hold' | 'resume' | 'complete' | 'reopen' | 'cancel') =>
  (await bench.run((tx) => steerProjects(tx, context, [{ id, step }])))[0];
const work = async (...drafts: Parameters<typeof hours>[]) =>
  await bench.run((tx) =>
    postTimeSheets(
      tx,
      context,
      drafts.map((each) => hours(...each)),
    ),
  );
const ask = async (project: string, change: PlanChange, more: Partial<ChangeOrderDraft> = {}) =>
  (
    await bench.run((tx) =>
      createChangeOrders(tx, context, [{ project, on: march(5), title: 'More', change, ...more }]),
    )
  )[0];
const decide = async (id: string, decision: 'approved' | 'rejected', by = other) =>
  (await bench.run((tx) => decideChangeOrders(tx, by, [{ id, decision }])))[0];

/** What PostgreSQL says about a statement. */
const refusedBy = (statement: ReturnType<typeof sql>): Promise<string> =>
  bench
    .run((tx) => rows(tx, statement))
    .then(
      () => 'done',
      (error: unknown) => JSON.stringify(describeError(error)),
    );

test('a project is planned, released and goes its way; each step asks where it stands', async () => {
  const drafts = [
    { name: 'A', kind: 'fixed-price', customer: bench.customer, plan: plan() },
    { name: 'B', kind: 'internal', customer: bench.customer, plan: plan('internal') },
    { name: 'C', kind: 'internal', plan: { ...plan('internal'), tasks: [task('1'), task('1')] } },
    {
      name: 'D',
      kind: 'fixed-price',
      customer: bench.customer,
      plan: { ...plan(), milestones: [] },
    },
  ] as const;
  const made = await bench.run((tx) => createProjects(tx, context, drafts));
  expect(made).toMatchObject([
    { ok: true },
    problem('bad-project'),
    problem('bad-plan'),
    problem('bad-plan'),
  ]);
  const { id } = valueOf(made[0]);
  expect((await work([bench.eva, id, { hours: '1' }]))[0]).toMatchObject(
    problem('not-in-this-state'),
  );
  const again = await bench.run((tx) => planProjects(tx, context, [{ id, plan: plan() }]));
  expect(valueOf(again[0]).planVersion).toBe(2);
  const stale = await bench.run((tx) =>
    steerProjects(tx, context, [{ id, step: 'release', version: 1 }]),
  );
  expect(stale[0]).toMatchObject(problem('moved-on'));
  const wishes = [{ id, step: 'release' }] as const;
  expect(valueOf((await bench.run((tx) => steerProjects(tx, context, wishes)))[0])).toMatchObject({
    status: 'released',
    version: 3,
  });
  expect(await steer(id, 'cancel')).toMatchObject(problem('not-in-this-state'));
  for (const step of ['hold', 'resume', 'complete', 'reopen'] as const) {
    expect((await steer(id, step))?.ok).toBe(true);
  }
  expect(await now(id)).toMatchObject({ status: 'released', baselineVersion: 2, planVersion: 2 });
  const history = await bench.run((tx) => projectHistory(tx, id));
  expect(history.map(({ action }) => action)).toEqual([
    'created',
    'plan',
    'release',
    'hold',
    'resume',
    'complete',
    'reopen',
  ]);
  const listed = await bench.run((tx) => listProjects(tx, { legalEntity: 'DE01', limit: 1 }));
  expect(listed.map((each) => each.id)).toEqual([id]);
});

test('projects are listed by the key that is asked for, page by page', async () => {
  for (const name of ['Hall 2', 'Crane', 'Hall 1']) await released(bench, 'internal', { name });
  const named = (after?: string) =>
    bench.run((tx) =>
      listProjects(tx, {
        legalEntity: 'DE01',
        kind: 'internal',
        sort: '-name',
        limit: 2,
        ...(after === undefined ? {} : { after }),
      }),
    );
  const first = await named();
  expect(first.map(({ name }) => name)).toEqual(['Hall 2', 'Hall 1']);
  expect((await named(first[1]?.id)).map(({ name }) => name)).toEqual(['Crane']);
});

test('hours cost what their day says, go from their cost centre to the project, and come back', async () => {
  const id = await released(bench);
  const before = await books(bench);
  const posted = await work(
    [bench.eva, id, { hours: '7.5' }],
    [bench.eva, id, { hours: '8', day: 16, task: '2' }],
    [bench.eva, id, { hours: '17', day: 2 }],
    [bench.eva, id, { hours: '1', task: '9' }],
    [bench.max, 'pj_none', { hours: '1' }],
  );
  expect(posted).toMatchObject([
    { ok: true, value: { number: 'TS-2026-000001' } },
    { ok: true, value: { number: 'TS-2026-000002' } },
    problem('bad-hours'),
    problem('no-such-task'),
    problem('no-such-project'),
  ]);
  expect(await now(id)).toMatchObject({ hours: '15.5', timeCost: '700.00', billed: '0' });
  const lines = await bench.run((tx) =>
    projectLines(tx, { legalEntity: 'DE01', project: id, limit: 10 }),
  );
  expect(lines.map(({ amount, sourceKind }) => [amount, sourceKind])).toEqual([
    ['400.00', 'time-sheet'],
    ['300.00', 'time-sheet'],
  ]);
  const first = { id: valueOf(posted[0]).id, on: march(18), reason: 'wrong day' };
  const taken = await bench.run((tx) => reverseTimeSheets(tx, context, [first, first]));
  expect(taken).toMatchObject([{ ok: true }, problem('already-reversed')]);
  expect(await now(id)).toMatchObject({ hours: '8.0', timeCost: '400.00' });
  const after = await books(bench);
  expect([after['Cost of goods sold'], after['Work taken over by orders']]).toEqual([
    '400.00',
    '-400.00',
  ]);
  expect(before['Cost of goods sold']).toBeUndefined();
});

test('an approved change order makes the next plan; the plans before stay as they were', async () => {
  const id = await released(bench);
  const change: PlanChange = {
    endsOn: localDate('2026-05-31'),
    tasks: [
      { number: '1', months: [{ month: march(9), cost: decimal('-400.00') }] },
      {
        ...task('3'),
        parent: '1',
        months: [{ month: march(1), cost: decimal('900.00'), revenue: decimal('1500.00') }],
      },
    ],
    milestones: [milestone('M3', '1500.00', localDate('2026-05-31'))],
  };
  const order = valueOf(await ask(id, change)).id;
  expect(await decide(order, 'approved', context)).toMatchObject(problem('four-eyes'));
  expect(valueOf(await decide(order, 'approved')).planVersion).toBe(2);
  expect(await decide(order, 'rejected')).toMatchObject(problem('not-in-this-state'));
  const no = valueOf(await ask(id, { tasks: [{ number: '2', name: 'Other' }] })).id;
  expect(valueOf(await decide(no, 'rejected')).planVersion).toBeNull();
  const [rejected, approved] = await bench.run((tx) =>
    listChangeOrders(tx, { project: id, limit: 5 }),
  );
  expect(rejected).toMatchObject({ status: 'rejected', planVersion: null });
  expect(approved).toMatchObject({
    costChange: '500.00',
    revenueChange: '1500.00',
    daysChange: 31,
  });
  const read = (version: number) =>
    bench.run((tx) => findPlans(tx, [{ project: id, version }])).then((found) => found.get(id));
  expect((await read(1))?.tasks.map(({ months }) => months[0]?.cost)).toEqual([
    '1000.00',
    '1000.00',
  ]);
  expect((await read(2))?.tasks.map(({ parent, months }) => [parent, months[0]?.cost])).toEqual([
    [null, '600.00'],
    [null, '1000.00'],
    ['1', '900.00'],
  ]);
  expect(
    (await bench.run((tx) => listPlans(tx, id))).map(({ changeOrder }) => changeOrder),
  ).toEqual([null, order]);
  const tooMuch = {
    tasks: [{ number: '1', months: [{ month: march(1), cost: decimal('-601') }] }],
  };
  expect(await ask(id, tooMuch)).toMatchObject(problem('bad-plan'));
  const edit = sql`update erp_projects.plan_month set cost = 1 where project_id = ${id}`;
  expect(await refusedBy(edit)).toContain('never changed');
  const late = sql`insert into erp_projects.plan_task values (${id}, 1, '7', 9, 'x', null, now(), now())`;
  expect(await refusedBy(late)).toContain('a plan is never changed');
});

test('earned value, estimate, commitments and budget are told of any day', async () => {
  const id = await released(bench);
  const on = march(15);
  valueOf((await work([bench.eva, id, { hours: '20', day: 9 }]))[0]);
  const order = await bench.run(async (tx) => {
    const lines = [
      { text: 'Design', quantity: decimal('10'), unitPrice: decimal('80.00'), project: id },
    ];
    const [made] = await createOrders(tx, context, [
      { supplier: bench.supplier, issuedOn: march(3), lines, kind: 'service' },
    ]);
    valueOf((await steerOrders(tx, context, [{ id: valueOf(made).id, step: 'issue' }]))[0]);
    return valueOf(made).id;
  });
  expect(order).not.toBe('');
  const said = [
    { project: id, task: '1', on, percent: decimal('50') },
    { project: id, task: '1', on: march(20), percent: decimal('60') },
    { project: id, task: '2', on, percent: decimal('10'), costToComplete: decimal('3000') },
    { project: id, task: '2', on, percent: decimal('101') },
  ];
  const reported = await bench.run((tx) => reportProgress(tx, context, said));
  expect(reported.map(({ ok }) => ok)).toEqual([true, true, true, false]);
  const health = await bench.run(async (tx) => projectHealth(tx, await projectNow(tx, id), on));
  expect(health).toMatchObject({
    budgetAtCompletion: '6000.00',
    plannedValue: '967.74', // 2,000 of March, 15 days of 31.
    earnedValue: '1800.00',
    actualCost: '800.00',
    percentComplete: '30.00',
    costPerformance: '2.2500',
    schedulePerformance: '1.8600',
    estimateToComplete: '3666.67', // 3,000 as said, and 1,500 at 2.25.
    estimateAtCompletion: '4466.67',
    varianceAtCompletion: '1533.33',
    committed: '800.00',
    available: '4400.00',
    isOverBudget: false,
    plannedRevenue: '12000.00',
  });
});

test('where the budget blocks, nobody spends more of it, whatever it was spent on', async () => {
  const id = await released(bench, 'internal', { budgetCheck: 'block' });
  const spent = decimal('5900.00');
  const [entry] = await bench.run((tx) =>
    postEntries(tx, context, [
      {
        legalEntity: 'DE01',
        kind: 'manual',
        postedOn: march(2),
        documentOn: march(2),
        currency: 'EUR',
        text: 'travel',
        lines: [
          { account: '6260', amount: spent, project: id },
          { account: '1410', amount: decimal('-5900.00') },
        ],
      },
    ]),
  );
  expect(entry?.ok).toBe(true);
  const results = await work(
    [bench.max, id, { hours: '2', day: 3 }],
    [bench.max, id, { hours: '1', day: 4 }],
    [bench.max, id, { hours: '0.5', day: 4 }],
  );
  expect(results).toMatchObject([{ ok: true }, problem('over-limit'), { ok: true }]);
});

test('a milestone is reached once; people change by version and rates by day', async () => {
  const id = await released(bench);
  const reach = { project: id, milestone: 'M1', on: march(19) };
  const results = await bench.run((tx) =>
    reachMilestones(tx, context, [reach, reach, { ...reach, milestone: 'M9' }]),
  );
  expect(results).toMatchObject([
    { ok: true },
    problem('already-reached'),
    problem('no-such-milestone'),
  ]);
  const rate = { validFrom: march(1), costRate: decimal('1'), billRate: decimal('1') };
  const changes = [
    { id: bench.max, version: 1, rate },
    { id: bench.max, version: 1, name: 'Max Huber jun.' },
    { id: bench.max, version: 1 },
  ];
  const changed = await bench.run((tx) => updateResources(tx, context, changes));
  expect(changed).toMatchObject([problem('code-taken'), { ok: true }, problem('moved-on')]);
});
