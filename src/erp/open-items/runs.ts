import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';

/** What a run of items stands at: proposed, approved by another, done once; or withdrawn. */
export type RunState = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly createdBy: string;
};

/** Where an area keeps its runs, and what it calls its refusals. */
export type RunBook<Code extends string> = {
  readonly runs: string; // 'schema.table'
  readonly items: string;
  readonly done: string; // The status of a run that was carried out.
  readonly codes: Readonly<Record<'noSuchRun' | 'movedOn' | 'wrongState' | 'fourEyes', Code>>;
};

/** A run as somebody saw it. */
export type SeenRun = { readonly id: string; readonly version: number };

/** Why a run cannot be taken on from a status. Undefined: it can. */
export function runProblem<Code extends string>(
  { codes }: RunBook<Code>,
  run: RunState | undefined,
  seen: { readonly version: number; readonly status: string },
): Refusal<Code> | undefined {
  if (run === undefined) return refuse(codes.noSuchRun, 'there is no such run', 'id');
  if (run.version !== seen.version) {
    return refuse(codes.movedOn, `${run.number} has been changed`, 'version');
  }
  return run.status === seen.status
    ? undefined
    : refuse(codes.wrongState, `${run.number} is ${run.status}`);
}

/** Leaves items out of a proposed run, or takes them in again. What speaks against one stays. */
export async function changeRun<Code extends string>(
  tx: Handle,
  book: RunBook<Code>,
  ...[run, change]: readonly [
    run: RunState | undefined,
    change: SeenRun & {
      readonly items: readonly { readonly item: string; readonly isLeftOut: boolean }[];
    },
  ]
): Promise<Result<{ readonly version: number }, Code>> {
  const { id, version } = change;
  const problem = runProblem(book, run, { version, status: 'proposed' });
  if (problem !== undefined) return problem;
  const columns = { item: 'text', is_left_out: 'boolean' } as const;
  const values = change.items.map(({ item, isLeftOut }) => ({ item, is_left_out: isLeftOut }));
  await rows(
    tx,
    sql`update ${sql.table(book.items)} i set is_left_out = c.is_left_out
      from ${unnested('c', columns, values)}
      where i.run_id = ${id} and i.item_id = c.item and i.reason is null`,
  );
  await rows(tx, sql`update ${sql.table(book.runs)} set version = version + 1 where id = ${id}`);
  return accept({ version: version + 1 });
}

/** Approves a proposed run, by another than who made it, or withdraws it. */
export async function decideRun<Code extends string>(
  tx: Handle,
  { by, clock }: ErpContext,
  book: RunBook<Code>,
  ...[run, wish]: readonly [
    run: RunState | undefined,
    wish: SeenRun & { readonly decision: 'approve' | 'withdraw' },
  ]
): Promise<Result<{ readonly version: number }, Code>> {
  const { id, version, decision } = wish;
  const problem = runProblem(book, run, { version, status: 'proposed' });
  if (problem !== undefined) return problem;
  const approves = decision === 'approve';
  if (approves && run?.createdBy === by) {
    return refuse(book.codes.fourEyes, 'who proposes a run does not approve it');
  }
  await rows(
    tx,
    sql`update ${sql.table(book.runs)} set status = ${approves ? 'approved' : 'withdrawn'},
        approved_by = ${approves ? by : null}, approved_at = ${approves ? clock() : null},
        version = version + 1 where id = ${id}`,
  );
  return accept({ version: version + 1 });
}

/** Notes that a run has been carried out. */
export async function endRun<Code extends string>(
  tx: Handle,
  { runs, done }: RunBook<Code>,
  id: string,
): Promise<void> {
  await rows(
    tx,
    sql`update ${sql.table(runs)} set status = ${done}, version = version + 1 where id = ${id}`,
  );
}
