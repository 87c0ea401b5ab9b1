import type { Operation } from '#adapter-kit';
import { containing, rows, sql } from '#database';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import type { Attempt, AttemptAction } from './journal.ts';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingRow } from './posting.ts';
import type { PostingState } from './progress.ts';

/** Which postings; what is left out does not matter. */
export type PostingFilter = {
  readonly integration?: string;
  readonly states?: readonly PostingState[];
  readonly forAPerson?: true; // Refused, moved on, or nobody can tell.
  readonly operation?: Operation;
  readonly batchId?: string;
  readonly search?: string; // In reference, business key, target, result key and reason.
};

/** How many postings of an integration are in each state. */
export type PostingCount = {
  readonly integration: string;
  readonly state: PostingState;
  readonly count: number;
  readonly forAPerson: number; // Of them, those that wait for somebody.
  readonly oldestAt: Instant; // Of the last change of the one that waits longest.
};

const SORTED_BY = {
  createdAt: sql`p.created_at`,
  updatedAt: sql`p.updated_at`,
  businessKey: sql`p.business_key`,
  operation: sql`p.operation`,
  integration: sql`p.integration`,
  state: sql`p.state`,
  attempts: sql`p.attempts`,
} as const;
type Field = keyof typeof SORTED_BY;

/** What a list of postings can be ordered by; '-' is descending. */
type PostingSort = Field | `-${Field}`;

/** A page of postings, the newest first unless asked otherwise. */
export async function listPostings(
  handle: Handle,
  query: PostingFilter & {
    readonly sort?: PostingSort | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly rows: readonly Posting[]; readonly total: number }> {
  const where = whereOf(query);
  const [counted] = await rows<{ total: string }>(
    handle,
    sql`select count(*) as total from postings.posting p where ${where}`,
  );
  const found = await rows<PostingRow>(
    handle,
    sql`select ${POSTING_COLUMNS} from postings.posting p where ${where}
      order by ${orderOf(query.sort ?? '-createdAt')} limit ${query.limit} offset ${query.offset}`,
  );
  return { rows: found.map(postingOf), total: Number(counted?.total ?? 0) };
}

function orderOf(sort: PostingSort): ReturnType<typeof sql> {
  const isField = (name: string): name is Field => Object.hasOwn(SORTED_BY, name);
  const name = sort.replace(/^-/, '');
  const by = SORTED_BY[isField(name) ? name : 'createdAt'];
  return sort.startsWith('-') ? sql`${by} desc, p.id desc` : sql`${by}, p.id`;
}

/** One posting by its id. */
export async function findPosting(handle: Handle, id: string): Promise<Posting | undefined> {
  const [row] = await rows<PostingRow>(
    handle,
    sql`select ${POSTING_COLUMNS} from postings.posting where id = ${id}`,
  );
  return row === undefined ? undefined : postingOf(row);
}

/** The same, locked until the transaction ends. */
export async function findPostingForUpdate(
  transaction: Handle,
  id: string,
): Promise<Posting | undefined> {
  const [row] = await rows<PostingRow>(
    transaction,
    sql`select ${POSTING_COLUMNS} from postings.posting where id = ${id} for update`,
  );
  return row === undefined ? undefined : postingOf(row);
}

/** A posting's story, from the beginning. */
export async function listAttempts(handle: Handle, id: string): Promise<readonly Attempt[]> {
  const found = await rows<{
    action: AttemptAction;
    by: string;
    started_at: Instant;
    finished_at: Instant | null;
    outcome: string | null;
    detail: JsonObject | null;
    exchanges: readonly JsonObject[] | null;
  }>(
    handle,
    sql`select action, by, started_at, finished_at, outcome, detail, exchanges
      from postings.attempt where posting_id = ${id} order by number`,
  );
  return found.map((row) => ({
    action: row.action,
    by: row.by,
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.exchanges === null ? {} : { exchanges: row.exchanges }),
  }));
}

/** For health and work lists: how many of each integration stand where, and since when. */
export async function countPostings(handle: Handle): Promise<readonly PostingCount[]> {
  const found = await rows<{
    integration: string;
    state: PostingState;
    count: string;
    for_a_person: string;
    oldest_at: Instant;
  }>(
    handle,
    sql`select integration, state, count(*) as count, min(updated_at) as oldest_at,
        count(*) filter (where ${FOR_A_PERSON}) as for_a_person
      from postings.posting p group by integration, state order by integration, state`,
  );
  return found.map(({ count, for_a_person: forAPerson, oldest_at: oldestAt, ...rest }) => ({
    ...rest,
    count: Number(count),
    forAPerson: Number(forAPerson),
    oldestAt,
  }));
}

/** What was handed over needs somebody only when nobody can tell any more what became of it. */
const FOR_A_PERSON = sql`(p.state in ('dead', 'conflict', 'uncertain')
  or p.state = 'handed-over' and p.why = 'uncertain')`;

/** A filter as SQL about `postings.posting p`. */
export function whereOf(filter: PostingFilter): ReturnType<typeof sql> {
  const { integration, states, forAPerson, operation, batchId, search } = filter;
  const like = search === undefined ? undefined : containing(search);
  return sql.join(
    [
      sql`true`,
      ...(integration === undefined ? [] : [sql`p.integration = ${integration}`]),
      ...(states === undefined ? [] : [sql`p.state = any(${[...states]})`]),
      ...(forAPerson === undefined ? [] : [FOR_A_PERSON]),
      ...(operation === undefined ? [] : [sql`p.operation = ${operation}`]),
      ...(batchId === undefined ? [] : [sql`p.batch_id = ${batchId}`]),
      ...(like === undefined
        ? []
        : [
            sql`(p.reference ilike ${like} or p.business_key ilike ${like}
              or p.target_key ilike ${like} or p.result_key ilike ${like} or p.reason ilike ${like})`,
          ]),
    ],
    sql` and `,
  );
}
