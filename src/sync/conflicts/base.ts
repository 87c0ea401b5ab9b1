import type { SourceDocument } from '#adapter-kit';
import type { RecordKind } from '#canonical';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { contentHashOf } from '#postings';
import type { Posting, PostingTarget } from '#postings';
import { findRecord, recordIdOf } from '#records';

/** Where a document stood when it was last read: what a change of it is made against. */
export type LastSeen = {
  readonly target: PostingTarget;
  readonly content: JsonObject | undefined; // Undefined: no record was made of it.
};

/** What Rialto last read of a document. Undefined: it was never read. */
export async function lastSeen(
  handle: Handle,
  document: {
    readonly integration: string;
    readonly entity: string; // What the source calls documents of the kind.
    readonly kind: RecordKind;
    readonly key: string;
  },
): Promise<LastSeen | undefined> {
  const { integration, entity, kind, key } = document;
  const [pulled] = await rows<{ version: string | null; contentHash: string | null }>(
    handle,
    sql`select d.version, d.content_hash as "contentHash" from sync.pulled d
      join sync.pull p on p.id = d.pull
      where p.integration = ${integration} and p.entity = ${entity} and d.key = ${key}`,
  );
  if (pulled === undefined) return undefined;
  const { version, contentHash } = pulled;
  const content = (await findRecord(handle, recordIdOf(integration, kind, key)))?.content;
  return {
    target: {
      key,
      ...(version === null ? {} : { version }),
      ...(contentHash === null ? {} : { contentHash }),
    },
    content,
  };
}

/** Keeps what the author of a posting saw of its target, in the transaction that writes it down. */
export async function keepBase(
  transaction: Handle,
  { id, integration }: Pick<Posting, 'id' | 'integration'>,
  content: JsonObject,
  at: Instant,
): Promise<void> {
  await rows(
    transaction,
    sql`insert into sync.posting_base (posting_id, integration, content, created_at)
      values (${id}, ${integration}, ${canonicalJson(content)}, ${at})
      on conflict (posting_id) do nothing`,
  );
}

type CanonicalOf = (kind: string, document: SourceDocument) => JsonObject | undefined;

/** What its author saw, and what we ourselves have booked on the target since. */
export type Beginning = {
  readonly base: JsonObject | undefined;
  readonly ownWrites: readonly JsonObject[];
  readonly onlyOurs: boolean; // What is there now is the last of those.
};

/**
 * Finds what a posting was made against: as kept; else as the journal has it; else as it was last
 * read, if that is the version it names. Only we have written since if each of our own bookings was
 * made on the one before, and what is there now is the last of them.
 */
export async function beginningOf(
  handle: Handle,
  posting: Posting & { readonly target: PostingTarget },
  context: {
    readonly writings: readonly Posting[]; // What we have booked on the target, in order.
    readonly seen: LastSeen | undefined;
    readonly now: SourceDocument;
    readonly canonicalOf: CanonicalOf;
  },
): Promise<Beginning> {
  const { writings, seen, now, canonicalOf } = context;
  const { target, kind } = posting;
  const [kept] = await rows<{ content: JsonObject }>(
    handle,
    sql`select content from sync.posting_base where posting_id = ${posting.id}`,
  );
  const before = (written: Posting): JsonObject | undefined =>
    written.preImage === undefined ? undefined : canonicalOf(kind, written.preImage);
  const known = (): JsonObject | undefined => {
    for (const written of writings) {
      const content = before(written);
      if (content === undefined) continue;
      if (isAt(written.preImage, target)) return content;
      if (isResult(written, target)) return { ...content, ...written.payload };
    }
    return seen !== undefined && isSame(seen.target, target) ? seen.content : undefined;
  };
  const since = writingsSince(posting, writings);
  let place: PostingTarget | undefined = target;
  for (const written of since) {
    place = place !== undefined && isAt(written.preImage, place) ? afterOf(written) : undefined;
  }
  const ownWrites = since.map(({ payload }) => payload);
  const onlyOurs = place !== undefined && isAt(now, place);
  return { base: kept?.content ?? known(), ownWrites, onlyOurs };
}

/** What we have booked since the author of a posting looked. */
function writingsSince(
  { target, createdAt }: Posting & { readonly target: PostingTarget },
  writings: readonly Posting[],
): readonly Posting[] {
  const first = writings.findIndex(({ preImage }) => isAt(preImage, target));
  if (first >= 0) return writings.slice(first);
  const seen = writings.findIndex((written) => isResult(written, target));
  if (seen >= 0) return writings.slice(seen + 1);
  return writings.filter(({ updatedAt }) => updatedAt >= createdAt);
}

/** Where a document stands after what we booked; a place without either is like no other. */
function afterOf({ target, progress, resultHash }: Posting): PostingTarget {
  const version = progress.result?.version;
  return {
    key: target?.key ?? '',
    ...(version === undefined ? {} : { version }),
    ...(resultHash === undefined ? {} : { contentHash: resultHash }),
  };
}

function isAt(document: SourceDocument | undefined, place: PostingTarget): boolean {
  if (document === undefined) return false;
  const { version } = document;
  if (place.version !== undefined && version !== undefined) return place.version === version;
  return place.contentHash !== undefined && place.contentHash === contentHashOf(document.content);
}

function isResult(written: Posting, target: PostingTarget): boolean {
  return isSame(afterOf(written), target);
}

function isSame(one: PostingTarget, other: PostingTarget): boolean {
  if (one.version !== undefined && other.version !== undefined) {
    return one.version === other.version;
  }
  return one.contentHash !== undefined && one.contentHash === other.contentHash;
}
