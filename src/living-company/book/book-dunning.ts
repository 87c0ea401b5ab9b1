import { createDunningRun, decideDunningRun, executeDunningRun } from '#erp/receivables/dunning';
import { note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const APPROVER = 'cfo';
const NOTHING = 'receivables.nothing-to-dun';

/** Who pays late is reminded, once another has looked at it. */
export async function bookDunning(desk: Desk, runs: readonly Of<'dunning-run'>[]): Promise<void> {
  const { tx, context } = desk;
  for (const run of runs) {
    const made = await createDunningRun(tx, context, { on: run.on });
    if (!made.ok) {
      if (made.problem.code !== NOTHING) refuse(desk, made.problem.code);
      continue;
    }
    const { id, number } = made.value;
    note(desk, run, { id, number });
    const wish = { id, version: 1, decision: 'approve' } as const;
    const approved = await decideDunningRun(tx, { ...context, by: APPROVER }, wish);
    const done = approved.ok
      ? await executeDunningRun(tx, context, { id, version: approved.value.version })
      : approved;
    if (!done.ok) refuse(desk, done.problem.code);
  }
}
