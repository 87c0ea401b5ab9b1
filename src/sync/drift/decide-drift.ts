import { containing, rows, sql } from '#database';
import type { Database } from '#database';
import type { Instant } from '#kernel/time';
import { syncError } from '../errors.ts';

/** A place where a source has come to look other than before, and what was decided about it. */
export type Drift = {
  readonly id: string;
  readonly integration: string;
  readonly entity: string;
  readonly path: string; // 'party.id', 'lines[].price'
  readonly kind: 'gone' | 'type' | 'new';
  readonly mapped: boolean; // A mapping reads it. What is gone and mapped holds its entity up.
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly sample: string | null; // Key of a document to look at.
  readonly status: 'open' | 'accepted' | 'refused' | 'passed';
  readonly noticedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
};

const COLUMNS = sql`id, integration, entity, path, kind, mapped, before, after, sample, status,
  noticed_at as "noticedAt", decided_at as "decidedAt", decided_by as "decidedBy"`;

const ORDERS = {
  noticedAt: sql`noticed_at`,
  '-noticedAt': sql`noticed_at desc`,
  place: sql`entity, path`,
  '-place': sql`entity desc, path desc`,
  kind: sql`kind`,
  '-kind': sql`kind desc`,
  status: sql`status`,
  '-status': sql`status desc`,
  integration: sql`integration`,
  '-integration': sql`integration desc`,
} as const;

/**
 * Drift, newest first unless asked otherwise. Without `status`: what is open or refused, which is
 * what holds things up.
 */
export async function listDrift(
  database: Database,
  query: {
    readonly integration?: string | undefined;
    readonly status?: Drift['status'] | undefined; // Absent: open and refused.
    readonly kind?: Drift['kind'] | undefined;
    readonly search?: string | undefined; // In the place and the sample.
    readonly sort?: keyof typeof ORDERS | undefined; // Absent: newest first.
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ rows: Drift[]; total: number }> {
  const conditions = [
    query.status === undefined ? sql`status in ('open', 'refused')` : sql`status = ${query.status}`,
  ];
  if (query.integration !== undefined) conditions.push(sql`integration = ${query.integration}`);
  if (query.kind !== undefined) conditions.push(sql`kind = ${query.kind}`);
  if (query.search !== undefined && query.search.trim() !== '') {
    const pattern = containing(query.search);
    conditions.push(sql`concat_ws(' ', entity, path, sample) ilike ${pattern}`);
  }
  const where = sql.join(conditions, sql` and `);
  const found = await rows<Drift>(
    database.kysely,
    sql`select ${COLUMNS} from sync.drift where ${where}
      order by ${ORDERS[query.sort ?? '-noticedAt']}, entity, path, id limit ${query.limit} offset ${query.offset}`,
  );
  const [count] = await rows<{ total: number }>(
    database.kysely,
    sql`select count(*)::integer as total from sync.drift where ${where}`,
  );
  return { rows: found, total: count?.total ?? 0 };
}

/** Accepts or refuses a drift. Fails with `sync.no-drift` when there is none of that id to decide. */
export async function decideDrift(
  database: Database,
  decision: {
    readonly id: string;
    readonly status: 'accepted' | 'refused';
    readonly by: string;
    readonly at: Instant;
  },
): Promise<Drift> {
  const { id, status, by, at } = decision;
  const [decided] = await rows<Drift>(
    database.kysely,
    sql`update sync.drift set status = ${status}, decided_at = ${at}, decided_by = ${by}
      where id = ${id} and status <> 'passed' returning ${COLUMNS}`,
  );
  if (decided !== undefined) return decided;
  throw syncError('not-found', 'sync.no-drift', `deciding about the drift ${id}`, {
    remedy: 'It is not there, or has passed: the source is as it was. Look at the list again.',
  });
}
