import { rows, sql } from '#database';
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

/** A page of batches, the newest first. */
export async function listBatches(
  handle: Handle,
  query: { readonly integration?: string; readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly Batch[]; readonly total: number }> {
  const { integration, offset, limit } = query;
  const where = integration === undefined ? sql`true` : sql`b.integration = ${integration}`;
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
      order by b.created_at desc, b.id desc limit ${limit} offset ${offset}`,
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
