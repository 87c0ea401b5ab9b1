import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import { assert } from '#kernel';
import { dismissPosting } from './dead-letters.ts';
import type { Deed } from './dead-letters.ts';
import { intend } from './intend.ts';
import { findPostingForUpdate } from './list-postings.ts';
import type { Posting, PostingCause, PostingTarget } from './posting.ts';

/** What is to be booked instead. */
export type Replacement = {
  readonly businessKey: string;
  readonly payload: JsonObject;
  readonly target: PostingTarget;
  readonly cause: PostingCause;
};

/**
 * Gives a posting that waits for a person up for another one that takes its place: what waits behind
 * it in its lane goes out after that one. Fails with `postings.wrong-state`.
 */
export async function supersedePosting(
  transaction: Handle,
  id: string,
  replacement: Replacement,
  deed: Deed & { readonly reason: string },
): Promise<Posting> {
  const before = await findPostingForUpdate(transaction, id);
  await dismissPosting(transaction, id, deed); // Fails when there is none.
  assert(before !== undefined, 'what was dismissed was there');
  const { integration, operation, lane, priority, batchId, undoes } = before;
  const draft = { integration, operation, lane, priority, ...replacement };
  const { posting } = await intend(
    transaction,
    {
      ...draft,
      ...(batchId === undefined ? {} : { batchId }),
      ...(undoes === undefined ? {} : { undoes }),
    },
    deed.at,
  );
  const behind = await rows<{ id: string }>(
    transaction,
    sql`select id from postings.posting
      where integration = ${integration} and lane = ${lane} and sequence > ${before.sequence}
        and id <> ${posting.id} and state not in ('accepted', 'dismissed')
      order by sequence for update`,
  );
  for (const each of behind) {
    await rows(
      transaction,
      sql`update postings.posting set sequence = default where id = ${each.id}`,
    );
  }
  return posting;
}
