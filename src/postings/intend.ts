import { OPERATIONS } from '#adapter-kit';
import { notify, rows, sql } from '#database';
import type { Handle } from '#database';
import { assert, canonicalJson, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingCause, PostingDraft, PostingRow } from './posting.ts';
import { referenceOf } from './reference.ts';

/** Rings when there may be something to send. */
export const POSTINGS_CHANNEL = 'postings';

/**
 * Writes down that something is to be booked, in the caller's transaction. Asking again for the
 * same business key answers the posting that is there: `created` is false, whatever it says.
 */
export async function intend(
  transaction: Handle,
  draft: PostingDraft,
  at: Instant,
): Promise<{ readonly posting: Posting; readonly created: boolean }> {
  const { integration, operation, businessKey, target } = draft;
  const reference = referenceOf(integration, operation, businessKey);
  const lane = draft.lane ?? laneOf(draft);
  // Sequence is order of commit within a lane: whoever adds to it waits for who added before.
  await rows(
    transaction,
    sql`select pg_advisory_xact_lock(hashtextextended(${`${integration} ${lane}`}, 0))`,
  );
  const [made] = await rows<PostingRow>(
    transaction,
    sql`insert into postings.posting (id, integration, operation, kind, reference, business_key,
        payload, target_key, target_version, target_hash, lane, cause, priority, batch_id, undoes,
        state, next_try_at, created_at, updated_at)
      values (${newId('posting', millisecondsOf(at))}, ${integration}, ${operation},
        ${OPERATIONS[operation]}, ${reference}, ${businessKey}, ${canonicalJson(draft.payload)},
        ${target?.key ?? null}, ${target?.version ?? null}, ${target?.contentHash ?? null}, ${lane},
        ${canonicalJson(draft.cause)}, ${draft.priority ?? 0}, ${draft.batchId ?? null},
        ${draft.undoes ?? null}, 'intent', ${draft.notBefore ?? at}, ${at}, ${at})
      on conflict (integration, reference) do nothing
      returning ${POSTING_COLUMNS}`,
  );
  if (made !== undefined) {
    await notify(transaction, POSTINGS_CHANNEL);
    return { posting: postingOf(made), created: true };
  }
  const [there] = await rows<PostingRow>(
    transaction,
    sql`select ${POSTING_COLUMNS} from postings.posting
      where integration = ${integration} and reference = ${reference}`,
  );
  assert(there !== undefined, 'a posting that stood in the way is there');
  return { posting: postingOf(there), created: false };
}

/** Opens a batch: postings that are shown, and taken back, as one. Answers its id. */
export async function openBatch(
  handle: Handle,
  batch: {
    readonly integration: string;
    readonly title: string;
    readonly cause: PostingCause;
    readonly undoes?: string; // The batch that this one takes back.
  },
  at: Instant,
): Promise<string> {
  const id = newId('batch', millisecondsOf(at));
  await rows(
    handle,
    sql`insert into postings.batch (id, integration, title, cause, undoes, created_at)
      values (${id}, ${batch.integration}, ${batch.title}, ${canonicalJson(batch.cause)},
        ${batch.undoes ?? null}, ${at})`,
  );
  return id;
}

/** Changes to one document go out in the order they were asked for. */
function laneOf({ operation, target, businessKey }: PostingDraft): string {
  const kind = OPERATIONS[operation];
  return target === undefined ? `new ${kind} ${businessKey}` : `${kind} ${target.key}`;
}
