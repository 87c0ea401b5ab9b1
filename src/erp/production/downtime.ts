import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { findWorkOrders } from './read-orders.ts';
import { workCentresById } from './work-centre.ts';

type Code = ProductionProblemCode;

/** A stop of a work centre, or of one of its machines. */
export type Downtime = {
  readonly id: string;
  readonly legalEntity: string;
  readonly workCentre: string;
  readonly machine: string; // '' is the whole work centre.
  readonly isPlanned: boolean; // A break or maintenance, not a breakdown.
  readonly reason: string;
  readonly order: string | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null; // Null: it still lasts.
};

/** A stop as it is told; without an end it still lasts. */
export type DowntimeDraft = Pick<Downtime, 'workCentre' | 'isPlanned' | 'reason' | 'startedAt'> & {
  readonly machine?: string;
  readonly order?: string;
  readonly endedAt?: Instant;
};

/** Notes stops. A machine that stands does not stop again before it runs. */
export async function recordDowntimes(
  tx: Handle,
  context: ErpContext,
  drafts: readonly DowntimeDraft[],
): Promise<readonly Result<{ id: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  const named = drafts.map(({ workCentre }) => workCentre);
  await lockCentres(tx, named);
  const centres = await workCentresById(tx, named);
  const orders = await findWorkOrders(
    tx,
    drafts.flatMap(({ order }) => order ?? []),
  );
  const lasting = await listDowntimes(tx, { legalEntity, workCentres: named, isLasting: true });
  const standing = new Set(lasting.map(keyOf));
  const made: (DowntimeDraft & { readonly id: string })[] = [];
  const results = drafts.map((draft): Result<{ id: string }, Code> => {
    if (centres.get(draft.workCentre)?.legalEntity !== legalEntity) {
      const message = `there is no work centre ${draft.workCentre}`;
      return refuse('production.no-such-work-centre', message, 'workCentre');
    }
    if (draft.order !== undefined && orders.get(draft.order)?.legalEntity !== legalEntity) {
      return refuse('production.no-such-order', `there is no work order ${draft.order}`, 'order');
    }
    const problem = draftProblem(draft, standing);
    if (problem !== undefined) return problem;
    if (draft.endedAt === undefined) standing.add(keyOf(draft));
    const id = newId('down', millisecondsOf(clock()));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await insertRows(
    tx,
    'erp_production.downtime',
    {
      id: 'text',
      legal_entity: 'text',
      work_centre: 'text',
      machine: 'text',
      is_planned: 'boolean',
      reason: 'text',
      order_id: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((draft) => ({
      id: draft.id,
      legal_entity: legalEntity,
      work_centre: draft.workCentre,
      machine: draft.machine ?? '',
      is_planned: draft.isPlanned,
      reason: draft.reason.trim(),
      order_id: draft.order,
      started_at: draft.startedAt,
      ended_at: draft.endedAt,
      created_by: by,
      created_at: clock(),
    })),
  );
  return results;
}

/** Notes that stops are over. */
export async function endDowntimes(
  tx: Handle,
  { legalEntity }: ErpContext,
  ends: readonly { readonly id: string; readonly endedAt: Instant }[],
): Promise<readonly Result<{ id: string }, Code>[]> {
  const lasting = await rows<{ id: string; startedAt: Instant }>(
    tx,
    sql`select id, started_at as "startedAt" from erp_production.downtime
      where id = any(${ends.map(({ id }) => id)}) and legal_entity = ${legalEntity}
        and ended_at is null order by id for update`,
  );
  const started = new Map(lasting.map((each) => [each.id, each.startedAt]));
  const over: { id: string; ended_at: Instant }[] = [];
  const results = ends.map(({ id, endedAt }): Result<{ id: string }, Code> => {
    const startedAt = started.get(id);
    if (startedAt === undefined) {
      return refuse('production.no-such-downtime', `no stop ${id} lasts`, 'id');
    }
    if (endedAt < startedAt) {
      return refuse('production.bad-times', 'it ends before it begins', 'endedAt');
    }
    started.delete(id);
    over.push({ id, ended_at: endedAt });
    return accept({ id });
  });
  await rows(
    tx,
    sql`update erp_production.downtime d set ended_at = e.ended_at
      from ${unnested('e', { id: 'text', ended_at: 'timestamptz' }, over)} where d.id = e.id`,
  );
  return results;
}

/** Stops of a legal entity, the newest first. */
export const listDowntimes = (
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly workCentres?: readonly string[] | undefined;
    readonly isLasting?: boolean | undefined;
    readonly from?: Instant | undefined; // That had not ended before.
    readonly to?: Instant | undefined; // That began before.
    readonly limit?: number | undefined;
  },
): Promise<readonly Downtime[]> => {
  const { legalEntity, workCentres, isLasting, from, to, limit = 1000 } = filter;
  const conditions = [
    sql`legal_entity = ${legalEntity}`,
    ...(workCentres === undefined ? [] : [sql`work_centre = any(${[...new Set(workCentres)]})`]),
    ...(isLasting === undefined ? [] : [sql`(ended_at is null) = ${isLasting}`]),
    ...(from === undefined ? [] : [sql`(ended_at is null or ended_at > ${from})`]),
    ...(to === undefined ? [] : [sql`started_at < ${to}`]),
  ];
  return rows<Downtime>(
    handle,
    sql`select id, legal_entity as "legalEntity", work_centre as "workCentre", machine,
        is_planned as "isPlanned", reason, order_id as "order", started_at as "startedAt",
        ended_at as "endedAt"
      from erp_production.downtime where ${sql.join(conditions, sql` and `)}
      order by started_at desc, id desc limit ${limit}`,
  );
};

const keyOf = ({ workCentre, machine = '' }: { workCentre: string; machine?: string }): string =>
  `${workCentre} ${machine}`;

function draftProblem(
  draft: DowntimeDraft,
  standing: ReadonlySet<string>,
): Refusal<Code> | undefined {
  if (draft.reason.trim() === '') {
    return refuse('production.reason-missing', 'a stop has a reason', 'reason');
  }
  const { startedAt, endedAt } = draft;
  if (endedAt !== undefined && endedAt < startedAt) {
    return refuse('production.bad-times', 'it ends before it begins', 'endedAt');
  }
  return endedAt === undefined && standing.has(keyOf(draft))
    ? refuse('production.downtime-lasts', 'it stands already', 'machine')
    : undefined;
}

const lockCentres = (tx: Handle, ids: readonly string[]): Promise<unknown> =>
  rows(
    tx,
    sql`select 1 from erp_production.work_centre where id = any(${[...new Set(ids)]})
      order by id for no key update`,
  );
