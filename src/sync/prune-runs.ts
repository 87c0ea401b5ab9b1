import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { EntitySummary } from './run.ts';

/** How many runs that changed nothing are kept: of each integration, and of each way to end. */
export const QUIET_KEPT = 200;

const CHANGES = ['created', 'changed', 'deleted', 'released', 'echoed'] as const;

/** Whether a run changed nothing here, and confirmed nothing that was written there. */
export const isQuiet = (entities: readonly EntitySummary[]): boolean =>
  entities.every((entity) => CHANGES.every((change) => (entity[change] ?? 0) === 0));

/**
 * Forgets the oldest runs of an integration that changed nothing, with what went over the wire in
 * them: a source that tells of its changes is read all day. What changed something stays, and so
 * does what rows in quarantine point at.
 */
export async function pruneRuns(handle: Handle, integration: string): Promise<number> {
  const pruned = await rows<{ id: string }>(
    handle,
    sql`with quiet as (
        select id, row_number() over (partition by status order by started_at desc, id desc) as place
        from sync.run where integration = ${integration} and quiet
      ), gone as (
        delete from sync.run r using quiet
        where r.id = quiet.id and quiet.place > ${QUIET_KEPT}
          and not exists (select from sync.quarantine q where q.run_id = r.id)
        returning r.id
      ), wire as (
        delete from sync.exchange e using gone where e.run_id = gone.id
      )
      select id from gone`,
  );
  return pruned.length;
}
