import { containing, rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import type { PostingCause } from './posting.ts';
import type { PostingState } from './progress.ts';

/** Postings that belong together, and how many of them stand where. */
export type Batch = {
  readonly id: string;
  readonly integration: string;
  readonly title: string;
  readonly cause: PostingCause;
  readonly undoes?: string; // The batch that it takes back.
  readonly createdAt: Instant;
  readonly counts: Readonly<Partial<Record<PostingState, number>>>;
};

const ORDERS = {
  createdAt: sql`b.created_at, b.id`,
  '-createdAt': sql`b.created_at desc, b.id desc`,
  title: sql`b.title, b.id`,
  '-title': sql`b.title desc, b.id desc`,
  integration: sql`b.integration, b.id`,
  '-integration': sql`b.integration desc, b.id desc`,
} as const;

/** A page of batches, the newest first unless asked otherwise. `search` looks into title and id. */
export async function listBatches(
  handle: Handle,
  query: {
    readonly integration?: string | undefined;
    readonly search?: string | undefined;
    readonly sort?: keyof typeof ORDERS | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly rows: readonly Batch[]; readonly total: number }> {
  const { integration, search = '', sort = '-createdAt', offset, limit } = query;
  const pattern = containing(search);
  const where = sql`(${integration ?? null}::text is null or b.integration = ${integration ?? null})
    and concat_ws(' ', b.title, b.id) ilike ${pattern}`;
  const [counted] = await rows<{ total: string }>(
    handle,
    sql`select count(*) as total from postings.batch b where ${where}`,
  );
  const found = await rows<
    Omit<Batch, 'undoes' | 'createdAt'> & { undoes: string | null; created_at: Instant }
  >(
    handle,
    sql`select b.id, b.integration, b.title, b.cause, b.undoes, b.created_at,
        coalesce((select json_object_agg(s.state, s.count) from (
          select p.state, count(*)::integer as count from postings.posting p
          where p.batch_id = b.id group by p.state) s), '{}') as counts
      from postings.batch b where ${where}
      order by ${ORDERS[sort]} limit ${limit} offset ${offset}`,
  );
  return {
    rows: found.map(({ undoes, created_at: createdAt, ...rest }) => ({
      ...rest,
      createdAt,
      ...(undoes === null ? {} : { undoes }),
    })),
    total: Number(counted?.total ?? 0),
  };
}
