import { OPERATIONS } from '#adapter-kit';
import { isRecordKind } from '#canonical';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { intend } from '#postings';
import type { Posting, PostingDraft } from '#postings';
import { keepBase, lastSeen } from '#sync/conflicts';
import type { Destinations } from './destinations.ts';

type Side = Pick<Awaited<ReturnType<Destinations['of']>>, 'entityOf'>;

/** A draft with what its author saw of the document it is to change. */
export type SeenDraft = { readonly draft: PostingDraft; readonly base: JsonObject | undefined };

/**
 * A change that does not say which version it was made from was made from what Rialto last read: what
 * somebody has changed there since is then noticed.
 */
export async function seenDraft(
  handle: Handle,
  draft: PostingDraft,
  { entityOf }: Side,
): Promise<SeenDraft> {
  const { integration, operation, target } = draft;
  const kind = OPERATIONS[operation];
  const entity = entityOf(kind);
  if (target === undefined || entity === undefined || !isRecordKind(kind)) {
    return { draft, base: undefined };
  }
  const seen = await lastSeen(handle, { integration, entity, kind, key: target.key });
  if (seen === undefined) return { draft, base: undefined };
  if (target.version === undefined) {
    return { draft: { ...draft, target: seen.target }, base: seen.content };
  }
  return { draft, base: target.version === seen.target.version ? seen.content : undefined };
}

/** Writes a draft down with what its author saw. */
export async function intendSeen(
  transaction: Handle,
  { draft, base }: SeenDraft,
  at: Instant,
): Promise<{ readonly posting: Posting; readonly created: boolean }> {
  const made = await intend(transaction, draft, at);
  if (made.created && base !== undefined) await keepBase(transaction, made.posting, base, at);
  return made;
}
