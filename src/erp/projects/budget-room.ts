import type { Handle } from '#database';
import { projectSums } from '#erp/ledger/reports';
import { committedTo } from '#erp/purchasing';
import { decimal, roundDecimal, subtractDecimals, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { totalsOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Project } from './project.ts';

/** What projects may still spend: planned, less what the books show and what is ordered. */
export async function roomOf(
  handle: Handle,
  of: {
    readonly legalEntity: string;
    readonly projects: readonly Project[];
    readonly plans: ReadonlyMap<string, Plan>;
    readonly scale: number;
  },
): Promise<ReadonlyMap<string, Decimal>> {
  const { legalEntity, plans, scale } = of;
  const projects = of.projects.map(({ id }) => id);
  if (projects.length === 0) return new Map();
  const sums = await projectSums(handle, { legalEntity, projects });
  const commitments = await committedTo(handle, { legalEntity, projects });
  return new Map(
    projects.map((id) => {
      const plan = plans.get(id);
      const planned = plan === undefined ? decimal('0') : totalsOf(plan).cost;
      const spent = sums.filter(({ project, kind }) => project === id && kind === 'expense');
      const ordered = commitments.filter(({ project }) => project === id);
      const gone = sumDecimals([...spent, ...ordered].map(({ amount }) => amount));
      return [id, subtractDecimals(planned, roundDecimal(gone, scale))];
    }),
  );
}
