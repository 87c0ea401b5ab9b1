import type { RecordKind } from '#canonical';
import { containing, rows, sql } from '#database';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { syncError } from '../errors.ts';
import type { DecidedCase } from './decide.ts';

/** Where a conflict stands: `settled` by rules or by itself, `decided` by a person. */
type ConflictState = 'open' | 'settled' | 'decided' | 'withdrawn';

/** A change wanted here that met a change made there. */
export type Conflict = {
  readonly id: string;
  readonly integration: string;
  readonly kind: RecordKind;
  readonly key: string;
  readonly title: string;
  readonly postingId: string;
  readonly operation: string;
  readonly state: ConflictState;
  readonly revision: number;
  readonly payload: JsonObject;
  readonly base: JsonObject | null;
  readonly ours: JsonObject;
  readonly theirs: JsonObject;
  readonly theirsVersion: string | null;
  readonly theirsHash: string;
  readonly fields: readonly DecidedCase[];
  readonly asks: number;
  readonly oursBy: string;
  readonly oursAt: Instant;
  readonly theirsAt: Instant | null;
  readonly rulesVersion: number;
  readonly noticedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  readonly outcome: 'sent' | 'kept-theirs' | null;
  readonly sentAs: string | null;
  readonly decision: JsonObject | null;
};

/** Which conflicts; what is left out does not matter. `search` looks into what it is about. */
type ConflictFilter = {
  readonly integration?: string | undefined;
  readonly kind?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly search?: string | undefined;
  readonly transaction?: string | undefined; // That met it, or was sent in its place.
};

/** The columns of a row, in SQL. */
export const CONFLICT_COLUMNS = sql.raw(
  `id, integration, kind, key, title, posting_id as "postingId", operation, state, revision, payload,
    base, ours, theirs, theirs_version as "theirsVersion", theirs_hash as "theirsHash", fields, asks,
    ours_by as "oursBy", ours_at as "oursAt", theirs_at as "theirsAt",
    rules_version as "rulesVersion", noticed_at as "noticedAt", decided_at as "decidedAt",
    decided_by as "decidedBy", outcome, sent_as as "sentAs", decision`,
);

const SORTED_BY = {
  noticedAt: sql`noticed_at`,
  integration: sql`integration`,
  kind: sql`kind`,
  title: sql`title`,
  asks: sql`asks`,
  state: sql`state`,
} as const;
type Field = keyof typeof SORTED_BY;

/** What a list of conflicts can be ordered by; '-' is descending. */
type ConflictSort = Field | `-${Field}`;

/** A page of conflicts, the newest first unless asked otherwise. */
export async function listConflicts(
  handle: Handle,
  query: ConflictFilter & {
    readonly sort?: ConflictSort | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly rows: readonly Conflict[]; readonly total: number }> {
  const { sort = '-noticedAt', offset, limit } = query;
  const where = whereOf(query);
  const found = await rows<Conflict>(
    handle,
    sql`select ${CONFLICT_COLUMNS} from sync.conflict where ${where}
      order by ${orderOf(sort)} limit ${limit} offset ${offset}`,
  );
  return { rows: found, total: await countConflicts(handle, query) };
}

/** How many conflicts a filter finds. */
async function countConflicts(handle: Handle, filter: ConflictFilter): Promise<number> {
  const [counted] = await rows<{ total: number }>(
    handle,
    sql`select count(*)::integer as total from sync.conflict where ${whereOf(filter)}`,
  );
  return counted?.total ?? 0;
}

/** One conflict by its id. Fails with `sync.no-conflict`. */
export async function loadConflict(handle: Handle, id: string): Promise<Conflict> {
  const [found] = await rows<Conflict>(
    handle,
    sql`select ${CONFLICT_COLUMNS} from sync.conflict where id = ${id}`,
  );
  if (found !== undefined) return found;
  throw syncError('not-found', 'sync.no-conflict', `looking for the conflict ${id}`, {
    remedy: 'There is none of this id. Look at the list.',
  });
}

function orderOf(sort: ConflictSort): ReturnType<typeof sql> {
  const isField = (name: string): name is Field => Object.hasOwn(SORTED_BY, name);
  const name = sort.replace(/^-/, '');
  const by = SORTED_BY[isField(name) ? name : 'noticedAt'];
  return sort.startsWith('-') ? sql`${by} desc, id desc` : sql`${by}, id`;
}

function whereOf(filter: ConflictFilter): ReturnType<typeof sql> {
  const { integration, kind, states, search, transaction } = filter;
  const conditions = [sql`true`];
  if (transaction !== undefined) {
    conditions.push(sql`(posting_id = ${transaction} or sent_as = ${transaction})`);
  }
  if (integration !== undefined) conditions.push(sql`integration = ${integration}`);
  if (kind !== undefined) conditions.push(sql`kind = ${kind}`);
  if (states !== undefined) conditions.push(sql`state = any(${[...states]})`);
  if (search !== undefined && search.trim() !== '') {
    const pattern = containing(search.trim());
    conditions.push(
      sql`concat_ws(' ', title, key, integration, operation, ours_by, id) ilike ${pattern}`,
    );
  }
  return sql.join(conditions, sql` and `);
}
