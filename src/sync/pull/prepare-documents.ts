import type { SourceDocument } from '#adapter-kit';
import { rows, sql } from '#database';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { prepareDraft } from '#records';
import type { PreparedDraft } from '#records';
import { documentHash } from './document-hash.ts';
import type { EntityPlan } from './entity-plan.ts';
import type { PullContext } from './pull-context.ts';
import type { PullState } from './pull-state.ts';
import { mapDocuments } from './sort-documents.ts';
import type { MappedDocuments, Origin } from './sort-documents.ts';

/** A document and what it looked like. */
export type Print = {
  readonly source: SourceDocument;
  readonly hash: Buffer;
};

/** One that looks other than last time; `isNew`: it was never brought in. */
export type FreshPrint = Print & { readonly isNew: boolean };

/** Documents with all that can be done of them before the batch before them is written. */
export type PreparedDocuments = {
  readonly prints: readonly Print[];
  readonly fresh: readonly FreshPrint[];
  readonly mapped: MappedDocuments<PreparedDraft>;
};

type Known = { readonly key: string; readonly hash: Buffer; readonly changedAt: Instant | null };

/**
 * Hashes documents, finds those that look new, maps and prints these. What is known of these documents
 * must not be about to change.
 */
export async function prepareDocuments(
  context: PullContext,
  entity: EntityPlan,
  state: PullState,
  documents: readonly SourceDocument[],
): Promise<PreparedDocuments> {
  const prints = documents.map((source) => ({ source, hash: documentHash(entity, source) }));
  const fresh = await freshOf(context, state, prints);
  const sources = fresh.map(({ source }) => source);
  const mapped = await mapDocuments(entity, sources, originOf(context), prepareDraft);
  return { prints, fresh, mapped };
}

/** What the records of a run are said to come from. */
export function originOf({ integration, runId, mappingVersion }: PullContext): Origin {
  return { integration, runId, mappingVersion };
}

/** Those that look other than last time; not those that come late, older than what is known. */
async function freshOf(
  context: PullContext,
  state: PullState,
  prints: readonly Print[],
): Promise<readonly FreshPrint[]> {
  if (prints.length === 0) return [];
  const known = await rows<Known>(
    context.database.kysely,
    sql`select key, hash, changed_at as "changedAt" from sync.pulled
      where pull = ${state.id} and key = any(${prints.map(({ source }) => source.key)})`,
  );
  const byKey = new Map(known.map((each) => [each.key, each]));
  return prints.flatMap((print): readonly FreshPrint[] => {
    const before = byKey.get(print.source.key);
    if (before === undefined) return [{ ...print, isNew: true }];
    if (before.hash.equals(print.hash)) return [];
    const { changedAt } = print.source;
    const isLate =
      changedAt !== undefined &&
      before.changedAt !== null &&
      millisecondsOf(changedAt) < millisecondsOf(before.changedAt);
    return isLate ? [] : [{ ...print, isNew: false }];
  });
}
