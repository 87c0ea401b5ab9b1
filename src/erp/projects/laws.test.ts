/**
 * Goal: whatever is worked, changed, charged, cancelled and recognised, by however many at once, the
 * laws of projects hold.
 * Method: random commands against a real database, four people at a time; after each run the sums of
 * projects are compared with their parts and with the books, and each version of a plan with what it
 * was when it was first seen. fast-check prints the seed of a failure; RIALTO_PROJECTS_RUNS makes it
 * longer.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { postEntries } from '#erp/ledger';
import { decimal, decimalOf, negateDecimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { billProjects, cancelBills, listBills, recogniseRevenue } from './billing.ts';
import {
  createChangeOrders,
  decideChangeOrders,
  findPlans,
  listTimeSheets,
  postTimeSheets,
  reachMilestones,
  reportProgress,
  reverseTimeSheets,
  steerProjects,
} from './index.ts';
import {
  context,
  hours,
  march,
  milestone,
  openBench,
  other,
  released,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_PROJECTS_RUNS'] ?? 10);
const PEOPLE = 4;
const END = localDate('2026-03-31');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const WHATS = [
  'work',
  'work',
  'spend',
  'take-back',
  'progress',
  'reach',
  'bill',
  'bill',
  'cancel',
  'change',
  'recognise',
  'hold',
] as const;
type What = (typeof WHATS)[number];
type Step = { readonly what: What; readonly pick: number; readonly size: number };

const STEPS: Readonly<Record<What, (tx: Handle, project: string, step: Step) => Promise<unknown>>> =
  {
    work: (tx, project, { pick, size }) => {
      const of = { hours: `${(size % 90) + 1}`.replace(/(.)$/, '.$1'), day: (pick % 20) + 1 };
      const who = pick % 2 === 0 ? bench.eva : bench.max;
      return postTimeSheets(tx, context, [
        hours(who, project, { ...of, hours: of.hours.startsWith('.') ? `0${of.hours}` : of.hours }),
      ]);
    },
    spend: async (tx, project, { size }) => {
      const amount = decimalOf(BigInt(size + 1), 2);
      const lines = [
        { account: '6260', amount, project },
        { account: '1410', amount: negateDecimal(amount) },
      ];
      const days = { postedOn: march(9), documentOn: march(9) };
      const about = { legalEntity: 'DE01', kind: 'manual', currency: 'EUR', text: 'trip' } as const;
      await postEntries(tx, context, [{ ...about, ...days, lines }]);
    },
    'take-back': async (tx, project, { pick }) => {
      const sheets = await listTimeSheets(tx, { project, limit: 20 });
      const id = sheets[pick % Math.max(1, sheets.length)]?.id ?? 'none';
      return await reverseTimeSheets(tx, context, [{ id, on: march(22), reason: 'x' }]);
    },
    progress: (tx, project, { pick, size }) => {
      const task = String((pick % 2) + 1);
      return reportProgress(tx, context, [
        { project, task, on: march(20), percent: decimal(String(size % 101)) },
      ]);
    },
    reach: (tx, project, { pick }) =>
      reachMilestones(tx, context, [{ project, milestone: `M${(pick % 3) + 1}`, on: march(20) }]),
    bill: (tx, id) => {
      const draft = { id, issuedOn: march(21), postedOn: march(21) };
      return billProjects(tx, context, [draft]);
    },
    cancel: async (tx, project, { pick }) => {
      const bills = await listBills(tx, { project, limit: 20 });
      const id = bills[pick % Math.max(1, bills.length)]?.id ?? 'none';
      return await cancelBills(tx, context, [{ id, on: march(22), reason: 'x' }]);
    },
    change: async (tx, project, { pick, size }) => {
      const amount = decimalOf(BigInt(size * 100), 2);
      const isFixed = pick % 2 === 0;
      const months = [{ month: march(1), cost: amount, ...(isFixed ? { revenue: amount } : {}) }];
      const milestones = isFixed ? [milestone('M3', amount, march(30))] : [];
      const change = { tasks: [{ number: '2', months }], milestones };
      const draft = { project, on: march(5), title: 'More', change };
      const [asked] = await createChangeOrders(tx, context, [draft]);
      if (asked?.ok !== true) return undefined;
      const decision = pick % 5 === 0 ? 'rejected' : 'approved';
      return await decideChangeOrders(tx, other, [{ id: asked.value.id, decision }]);
    },
    recognise: (tx, project) => recogniseRevenue(tx, context, { on: END, projects: [project] }),
    hold: async (tx, id, { pick }) => {
      const step = pick % 2 === 0 ? 'hold' : 'resume';
      return await steerProjects(tx, context, [{ id, step }]);
    },
  };

/** Laws that can be read off the tables; each row names one that is broken. */
const BROKEN = sql`
  with ledger as (
    select l.project, coalesce(sum(l.company_amount) filter (where a.kind = 'expense'), 0) as cost,
      coalesce(-sum(l.company_amount) filter (where a.kind = 'income'), 0) as revenue
    from erp_ledger.journal_line l
    join erp_ledger.account a on a.legal_entity = l.legal_entity and a.number = l.account
    where l.project is not null group by 1
  )
  select 'hours and their cost are the sum of time sheets: ' || p.number as law
  from erp_projects.project p where (p.hours, p.time_cost) <> (
    select coalesce(sum(hours), 0), coalesce(sum(cost), 0) from erp_projects.time_line
    where project_id = p.id)
  union all
  select 'what was billed is the sum of bills that stand: ' || p.number
  from erp_projects.project p where p.billed <> (
    select coalesce(sum(net), 0) from erp_projects.bill b where b.project_id = p.id
      and not exists (select from erp_projects.bill_cancellation c where c.bill_id = b.id))
  union all
  select 'revenue in the books is billed, unbilled less deferred: ' || p.number
  from erp_projects.project p left join ledger l on l.project = p.id
  where coalesce(l.revenue, 0) <> p.billed + p.unbilled - p.deferred
  union all
  select 'cost in the books is hours and what was spent: ' || p.number
  from erp_projects.project p left join ledger l on l.project = p.id
  where coalesce(l.cost, 0) <> p.time_cost + (
    select coalesce(sum(company_amount), 0) from erp_ledger.journal_line
    where project = p.id and account = '6260')
  union all
  select 'plans are numbered without a gap: ' || p.number from erp_projects.project p
  where p.plan_version <> (select count(*) from erp_projects.plan where project_id = p.id)
  union all
  select 'an account is the sum of projects: ' || l.account
  from (values ('1360'), ('2170')) as l(account) where (
    select coalesce(sum(company_amount), 0) from erp_ledger.journal_line where account = l.account
  ) <> (select coalesce(sum(case l.account when '1360' then unbilled else -deferred end), 0)
    from erp_projects.project)`;

/** All versions of a project's plan, as text. */
async function versionsOf(project: string): Promise<readonly string[]> {
  const { kysely } = bench.database;
  const found: string[] = [];
  for (let version = 1; ; version += 1) {
    const plan = (await findPlans(kysely, [{ project, version }])).get(project);
    if (plan === undefined) return found;
    found.push(JSON.stringify(plan));
  }
}

const story = fc.array(
  fc.record({ what: fc.constantFrom(...WHATS), pick: fc.nat(99), size: fc.nat(999) }),
  { minLength: 8, maxLength: 28 },
);

test('whatever is done at once, projects are the sum of their parts and agree with the books', async () => {
  let billed = 0;
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const projects = [await released(bench), await released(bench, 'time-and-material')];
      const seen = new Map<string, readonly string[]>();
      for (let at = 0; at < steps.length; at += PEOPLE) {
        await Promise.all(
          steps.slice(at, at + PEOPLE).map((step) => {
            const project = projects[step.pick % 2] ?? '';
            return bench.run((tx) => STEPS[step.what](tx, project, step));
          }),
        );
        for (const project of projects) {
          const versions = await versionsOf(project);
          const before = seen.get(project) ?? [];
          expect(versions.slice(0, before.length)).toEqual(before);
          seen.set(project, versions);
        }
      }
      expect(await rows(bench.database.kysely, BROKEN)).toEqual([]);
      for (const project of projects) {
        billed += (await listBills(bench.database.kysely, { project, limit: 50 })).length;
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(billed).toBeGreaterThan(0); // Not everything was refused.
}, 600_000);

test('two people charge a project at once: it is charged once', async () => {
  const id = await released(bench);
  const reach = { project: id, milestone: 'M1', on: march(20) };
  await bench.run((tx) => reachMilestones(tx, context, [reach]));
  const draft = { id, issuedOn: march(21), postedOn: march(21) };
  const all = await Promise.all(
    [1, 2, 3, 4].map(() => bench.run((tx) => billProjects(tx, context, [draft]))),
  );
  const codes = all.flat().map((each) => (each.ok ? 'ok' : each.problem.code));
  expect(codes.toSorted()).toEqual(
    ['ok', ...Array<string>(3).fill('projects.nothing-to-bill')].toSorted(),
  );
});

test('two people spend the last of a budget, or the last hours of a day: one of them does', async () => {
  const id = await released(bench, 'internal', { budgetCheck: 'block' });
  const days = [22, 23, 24, 25, 26]; // Nobody else works then.
  await bench.run((tx) =>
    postTimeSheets(
      tx,
      context,
      days.map((day) => hours(bench.max, id, { hours: '20', day })),
    ),
  );
  const both = await Promise.all(
    [bench.eva, bench.max].map((who) =>
      bench.run((tx) => postTimeSheets(tx, context, [hours(who, id, { hours: '12', day: 27 })])),
    ),
  );
  const codes = both.flat().map((each) => (each.ok ? 'ok' : each.problem.code));
  expect(codes.toSorted()).toEqual(['ok', 'projects.over-limit']);
  const free = await released(bench, 'internal');
  const day = await Promise.all(
    [1, 2].map(() =>
      bench.run((tx) =>
        postTimeSheets(tx, context, [hours(bench.eva, free, { hours: '13', day: 28 })]),
      ),
    ),
  );
  expect(
    day
      .flat()
      .map((each) => (each.ok ? 'ok' : each.problem.code))
      .toSorted(),
  ).toEqual(['ok', 'projects.bad-hours']);
  expect(
    valueOf(
      (await bench.run((tx) => steerProjects(tx, context, [{ id: free, step: 'complete' }])))[0],
    ).status,
  ).toBe('completed');
});
