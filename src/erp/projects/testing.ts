/** A company with projects, for the tests of this area. */
import type { Handle } from '#database';
import { createCostCentres } from '#erp/ledger';
import { createSuppliers } from '#erp/parties';
import { purchasingMigrations } from '#erp/purchasing';
import { receivablesMigrations } from '#erp/receivables';
import { books, context, march, openBench as openSalesBench, valueOf } from '#erp/sales/testing';
import type { Bench as SalesBench } from '#erp/sales/testing';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { createProjects } from './create-projects.ts';
import type { ProjectDraft } from './create-projects.ts';
import type { PlanDraft, TaskDraft } from './decide-plan.ts';
import { projectsMigrations } from './migrations.ts';
import type { Project, ProjectKind } from './project.ts';
import { findProjects } from './read-projects.ts';
import { createResources } from './resource.ts';
import { steerProjects } from './steer-projects.ts';

export { books, context, march, valueOf };

/** Who asks for nothing and approves. */
export const other = { ...context, by: 'grace' };

/** Two people who work: 40.00 € an hour, 50.00 € from the 15th; charged at 90.00 €. */
export type Bench = SalesBench & {
  readonly eva: string;
  readonly max: string;
  readonly supplier: string;
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const bench = await openSalesBench([
    purchasingMigrations,
    receivablesMigrations,
    projectsMigrations,
  ]);
  const made = await bench.run(async (tx) => {
    const name = { en: 'Consulting', de: 'Beratung' };
    await createCostCentres(tx, context, [{ code: 'CONS', name, validFrom: march(1) }]);
    const rates = [rate(march(1), '40.00'), rate(march(15), '50.00')];
    const [eva, max] = await createResources(tx, context, [
      { code: 'EVA', name: 'Eva Weber', costCentre: 'CONS', rates },
      { code: 'MAX', name: 'Max Huber', rates },
    ]);
    const [supplier] = await createSuppliers(tx, context, [{ name: 'Freelance GmbH' }]);
    return { eva: valueOf(eva).id, max: valueOf(max).id, supplier: valueOf(supplier).id };
  });
  return { ...bench, ...made };
}

const rate = (validFrom: LocalDate, cost: string) => ({
  validFrom,
  costRate: decimal(cost),
  billRate: decimal('90.00'),
});

/** A task that costs 1,000 in March and 2,000 in April, and brings twice of that. */
export const task = (number: string, more: Partial<TaskDraft> = {}): TaskDraft => ({
  number,
  name: `Task ${number}`,
  months: [
    {
      month: march(1),
      hours: decimal('25'),
      cost: decimal('1000.00'),
      revenue: decimal('2000.00'),
    },
    { month: localDate('2026-04-01'), cost: decimal('2000.00'), revenue: decimal('4000.00') },
  ],
  ...more,
});

/** Two tasks of 3,000 cost and 6,000 revenue each; at a fixed price two milestones. */
export const plan = (kind: ProjectKind = 'fixed-price'): PlanDraft => ({
  startsOn: march(1),
  endsOn: localDate('2026-04-30'),
  tasks: [task('1'), task('2')],
  milestones:
    kind === 'fixed-price'
      ? [milestone('M1', '5000.00', march(20)), milestone('M2', '7000.00', localDate('2026-04-30'))]
      : [],
});

/** A milestone that charges so much. */
export const milestone = (number: string, amount: string, plannedOn: LocalDate) => ({
  number,
  name: `Milestone ${number}`,
  plannedOn,
  amount: decimal(amount),
});

/** A released project. */
export async function released(
  bench: Bench,
  kind: ProjectKind = 'fixed-price',
  more: Partial<ProjectDraft> = {},
): Promise<string> {
  return await bench.run(async (tx) => {
    const [made] = await createProjects(tx, context, [
      {
        name: 'Line 4',
        kind,
        ...(kind === 'internal' ? {} : { customer: bench.customer }),
        taxCode: 'OUT-STD',
        plan: plan(kind),
        ...more,
      },
    ]);
    const { id } = valueOf(made);
    valueOf((await steerProjects(tx, context, [{ id, step: 'release' }]))[0]);
    return id;
  });
}

/** The project as it stands. */
export async function projectNow(tx: Handle, id: string): Promise<Project> {
  const project = (await findProjects(tx, [id])).get(id);
  assert(project !== undefined, `there is no project ${id}`);
  return project;
}

/** So many hours of a task on a day of March, posted that day. */
export const hours = (
  resource: string,
  project: string,
  of: { readonly hours: string; readonly day?: number; readonly task?: string },
) => {
  const { day = 2, task: number = '1' } = of;
  const line = { project, task: number, workedOn: march(day), hours: decimal(of.hours) };
  return { resource, postedOn: march(day), lines: [line] };
};
