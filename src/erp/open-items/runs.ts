import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { assert } from '#kernel';

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
  seen: { readonly version: number; readonly statuses: readonly string[] },
): Refusal<Code> | undefined {
  if (run === undefined) return refuse(codes.noSuchRun, 'there is no such run', 'id');
  if (run.version !== seen.version) {
    return refuse(codes.movedOn, `${run.number} has been changed`, 'version');
  }
  return seen.statuses.includes(run.status)
    ? undefined
    : refuse(codes.wrongState, `${run.number} is ${run.status}`);
}

/** How many runs wait for somebody to approve them. */
export async function proposedRuns<Code extends string>(
  handle: Handle,
  { runs }: RunBook<Code>,
  legalEntity: string,
): Promise<number> {
  const [found] = await rows<{ count: number }>(
    handle,
    sql`select count(*)::integer as count from ${sql.table(runs)}
      where legal_entity = ${legalEntity} and status = 'proposed'`,
  );
  return found?.count ?? 0;
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
  const problem = runProblem(book, run, { version, statuses: ['proposed'] });
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

/** What somebody decides about a run. */
export type RunDecision = SeenRun & { readonly decision: 'approve' | 'withdraw' };

/** From where each decision may be taken: what is approved by mistake can be stopped. */
const FROM: Readonly<Record<RunDecision['decision'], readonly string[]>> = {
  approve: ['proposed'],
  withdraw: ['proposed', 'approved'],
};

/** Approves a proposed run, by another than who made it, or withdraws one that is not carried out. */
export async function decideRun<Code extends string>(
  tx: Handle,
  context: ErpContext,
  book: RunBook<Code>,
  ...[run, wish]: readonly [run: RunState | undefined, wish: RunDecision]
): Promise<Result<{ readonly version: number }, Code>> {
  const runs = run === undefined ? new Map<string, RunState>() : new Map([[run.id, run]]);
  const [decided] = await decideRuns(tx, context, book, runs, [wish]);
  assert(decided !== undefined, 'a wish is answered');
  return decided;
}

/** The same of many at once. */
export async function decideRuns<Code extends string>(
  tx: Handle,
  { by, clock }: ErpContext,
  book: RunBook<Code>,
  ...[runs, wishes]: readonly [runs: ReadonlyMap<string, RunState>, wishes: readonly RunDecision[]]
): Promise<readonly Result<{ readonly version: number }, Code>[]> {
  const decided = wishes.map(({ id, version, decision }) => {
    const run = runs.get(id);
    const problem = runProblem(book, run, { version, statuses: FROM[decision] });
    if (problem !== undefined) return problem;
    if (decision === 'approve' && run?.createdBy === by) {
      return refuse(book.codes.fourEyes, 'who proposes a run does not approve it');
    }
    return accept({ version: version + 1 });
  });
  const values = wishes.flatMap(({ id, decision }, at) =>
    decided[at]?.ok === true
      ? [{ id, status: decision === 'approve' ? 'approved' : 'withdrawn' }]
      : [],
  );
  if (values.length === 0) return decided;
  await rows(
    tx,
    sql`update ${sql.table(book.runs)} r set status = d.status,
        approved_by = case when d.status = 'approved' then ${by} else r.approved_by end,
        approved_at = case when d.status = 'approved' then ${clock()}::timestamptz
          else r.approved_at end,
        version = r.version + 1
      from ${unnested('d', { id: 'text', status: 'text' }, values)} where r.id = d.id`,
  );
  return decided;
}

/** Notes that runs have been carried out. */
export async function endRuns<Code extends string>(
  tx: Handle,
  { runs, done }: RunBook<Code>,
  ids: readonly string[],
): Promise<void> {
  await rows(
    tx,
    sql`update ${sql.table(runs)} set status = ${done}, version = version + 1
      where id = any(${[...ids]})`,
  );
}
