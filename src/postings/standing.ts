import type { SourceDocument } from '#adapter-kit';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { contentHashOf } from './destination.ts';
import type { Canonical } from './dry-run.ts';
import { addAttempt, detailOf, outcomeOf, saveProgress } from './journal.ts';
import { findPostingForUpdate } from './list-postings.ts';
import { isOursAlone } from './ours-alone.ts';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingRow } from './posting.ts';
import { POSTING_POLICY } from './policy.ts';
import { decide } from './progress.ts';
import { reasonOf } from './sentences.ts';

/** What the journal knows of documents that have just been read. */
export type Standing = {
  readonly echoes: ReadonlySet<string>; // Keys of those that are what we ourselves wrote.
  readonly overtaken: readonly string[]; // Postings still to be sent that saw something else there.
};

type Line = {
  readonly id: string | null; // Of a posting that waits; null: of one that is booked.
  readonly key: string;
  readonly version: string | null;
  readonly hash: string | null;
  readonly found: FoundByLooking | null;
};

/** A booking whose answer was lost: what was sent, and what was there before and at the look. */
type FoundByLooking = {
  readonly kind: string;
  readonly sent: JsonObject;
  readonly changes: boolean;
  readonly before: SourceDocument | null;
  readonly looked: SourceDocument;
};

/**
 * Looks a page of documents up in the journal, all at once. An echo is exact where the system tells
 * versions; else by the content as it was right after our write. What was found by looking is one
 * when it still is what was found, and that is what we wrote and nothing else.
 */
export async function standingOf(
  handle: Handle,
  page: {
    readonly integration: string;
    readonly kinds: readonly string[];
    readonly documents: readonly SourceDocument[];
  },
  canonicalOf: Canonical,
): Promise<Standing> {
  const { integration, kinds, documents } = page;
  const byKey = new Map(documents.map((document) => [document.key, document]));
  if (byKey.size === 0 || !(await isWrittenTo(handle, integration))) return NOTHING;
  const which = sql`integration = ${integration} and kind = any(${[...kinds]})`;
  const keys = [...byKey.keys()];
  const lines = await rows<Line>(
    handle,
    sql`select null as id, result_key as key, result_version as version, result_hash as hash,
          case when result_version is null and result_hash is null and looked is not null then
            json_build_object('kind', kind, 'sent', payload, 'changes', target_key is not null,
              'before', pre_image, 'looked', looked) end as found
        from postings.posting
        where ${which} and state = 'accepted' and result_key = any(${keys})
      union all
      select id, target_key, target_version, target_hash, null::json from postings.posting
        where ${which} and state = 'intent' and target_key = any(${keys}) and lease_until is null`,
  );
  const same = ({ key, version, hash, found }: Line): boolean | undefined => {
    const document = byKey.get(key);
    if (document === undefined || document.deleted === true) return undefined;
    if (found !== null) return isStill(found.looked, document) && wroteAllOf(found, canonicalOf);
    if (version !== null && document.version !== undefined) return version === document.version;
    return hash === null ? undefined : hash === contentHashOf(document.content);
  };
  const echoes = new Set<string>();
  for (const line of lines) if (line.id === null && same(line) === true) echoes.add(line.key);
  const overtaken = lines.flatMap((line) =>
    line.id !== null && !echoes.has(line.key) && same(line) === false ? [line.id] : [],
  );
  return { echoes, overtaken };
}

function isStill(looked: SourceDocument, now: SourceDocument): boolean {
  if (looked.version !== undefined && now.version !== undefined) {
    return looked.version === now.version;
  }
  return contentHashOf(looked.content) === contentHashOf(now.content);
}

function wroteAllOf(found: FoundByLooking, canonicalOf: Canonical): boolean {
  const { kind, sent, changes, before, looked } = found;
  const there = canonicalOf(kind, looked);
  const was = before === null ? undefined : canonicalOf(kind, before);
  if (there === undefined || (changes && was === undefined)) return false;
  return isOursAlone({ sent, before: changes ? was : undefined, there });
}

const NOTHING: Standing = { echoes: new Set(), overtaken: [] };

/** A system that was never written to costs a page next to nothing. */
async function isWrittenTo(handle: Handle, integration: string): Promise<boolean> {
  const found = await rows(
    handle,
    sql`select 1 from postings.posting where integration = ${integration} limit 1`,
  );
  return found.length > 0;
}

/** Holds up postings that have not been sent and whose target a reading has found changed. */
export async function noteOvertaken(
  transaction: Handle,
  ids: readonly string[],
  { by, at }: { readonly by: string; readonly at: Instant },
): Promise<void> {
  for (const id of ids) {
    const posting = await findPostingForUpdate(transaction, id);
    const { state } = posting?.progress ?? {};
    if (posting === undefined || state !== 'intent' || posting.leaseUntil !== undefined) continue;
    const { kind, target } = posting;
    const told = reasonOf('read-anew', { kind, key: target?.key ?? '' });
    const outcome = { outcome: 'rejected', why: 'conflict', ...told } as const;
    const event = { kind: 'answered', at, outcome } as const;
    const progress = decide(posting.progress, event, POSTING_POLICY, 0);
    if (!(await saveProgress(transaction, posting, progress, { at }))) continue;
    const line = { action: 'read', by, startedAt: at, finishedAt: at } as const;
    await addAttempt(transaction, id, {
      ...line,
      outcome: outcomeOf(progress),
      detail: detailOf(progress),
    });
  }
}

/** Which of these documents are there because we booked them. */
export async function createdByUs(
  handle: Handle,
  page: {
    readonly integration: string;
    readonly kinds: readonly string[];
    readonly keys: readonly string[];
  },
): Promise<ReadonlySet<string>> {
  const { integration, kinds, keys } = page;
  if (keys.length === 0 || !(await isWrittenTo(handle, integration))) return new Set();
  const found = await rows<{ key: string }>(
    handle,
    sql`select result_key as key from postings.posting
      where integration = ${integration} and kind = any(${[...kinds]}) and state = 'accepted'
        and target_key is null and result_key = any(${[...keys]})`,
  );
  return new Set(found.map(({ key }) => key));
}

/** What we have booked on a document, in order. */
export async function writingsOn(
  handle: Handle,
  target: { readonly integration: string; readonly kind: string; readonly key: string },
): Promise<readonly Posting[]> {
  const { integration, kind, key } = target;
  const found = await rows<PostingRow>(
    handle,
    sql`select ${POSTING_COLUMNS} from postings.posting
      where integration = ${integration} and kind = ${kind} and result_key = ${key}
        and state = 'accepted' order by sequence`,
  );
  return found.map(postingOf);
}
