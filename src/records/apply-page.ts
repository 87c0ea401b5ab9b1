import type { RecordKind } from '#canonical';
import { copyLines, copyText, notify, rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import { changedFields } from './changed-fields.ts';
import type { ChangedField } from './changed-fields.ts';
import { CHANGES_CHANNEL } from './read-changes.ts';
import { fingerprintOf, recordIdOf } from './record.ts';
import type { Cause, Draft, Source } from './record.ts';

/** Records of one kind from one integration, to be written together. At most about 2,000. */
export type Page = {
  readonly integration: string;
  readonly kind: RecordKind;
  readonly drafts: readonly (Draft | PreparedDraft)[]; // No key twice.
  readonly removedKeys?: readonly string[]; // Gone from the source. Unknown keys are passed over.
  readonly cause: Cause;
  readonly seenAt: Instant;
  /**
   * Nobody else writes this integration's records of this kind now: the state is written before the
   * log's lock is taken, so that two pages can be written at once. Another writer of the same
   * record makes the page fail.
   */
  readonly alone?: boolean;
  /** Waited for before the log's lock is taken: of pages written at once, each in its turn. */
  readonly turn?: () => Promise<unknown>;
};

export type Applied = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly lastPosition: bigint | undefined; // Undefined: nothing was logged.
};

type Existing = { readonly id: string; readonly hash: string; readonly version: number };

/** A draft in the form it is written in: what can be done ahead of the log's lock. */
export type PreparedDraft = {
  readonly id: string;
  readonly kind: RecordKind;
  readonly key: string;
  readonly text: string; // The content's canonical JSON.
  readonly hash: string;
  readonly copied: string; // `text` as COPY reads it: it goes into the state and into the log.
  readonly source: string; // Likewise.
  readonly sourceAt: Instant | undefined;
};
type Known = PreparedDraft & { readonly existing: Existing };
type Entry = {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changedFields: readonly ChangedField[];
  readonly source: string;
  readonly sourceAt: Instant | undefined;
};

const RECORD_COLUMNS =
  'id integration kind key content hash version source seen_at changed_at'.split(' ');
const CHANGE_COLUMNS =
  'position record_id kind cause before after changed_fields source seen_at source_at'.split(' ');

/** Prints and hashes a draft. What was read of it need not be kept until it is written. */
export function prepareDraft(draft: Draft): PreparedDraft {
  const { kind } = draft.record;
  const { key, integration } = draft.source;
  const { text, hash } = fingerprintOf(draft.record);
  return {
    id: recordIdOf(integration, kind, key),
    kind,
    key,
    text,
    hash,
    copied: copyText(text),
    source: copyText(JSON.stringify(draft.source)),
    sourceAt: draft.sourceAt,
  };
}

/**
 * Writes a page's state and its log entries within the caller's transaction. What has not changed
 * is not written at all. Holds the log's lock until the caller commits: map first, then apply.
 */
export async function applyPage(transaction: Handle, page: Page): Promise<Applied> {
  const prepared = page.drafts.map((draft) => ('text' in draft ? draft : prepareDraft(draft)));
  assert(
    prepared.every(({ kind }) => kind === page.kind),
    'a page holds one kind',
  );
  assert(new Set(prepared.map(({ id }) => id)).size === prepared.length, 'no key comes twice');
  const locked = page.alone === true ? undefined : await lockLog(transaction);
  const existing = await findExisting(transaction, prepared);
  const created: PreparedDraft[] = [];
  const changed: Known[] = [];
  for (const item of prepared) {
    const was = existing.get(item.id);
    if (was === undefined) created.push(item);
    else if (was.hash !== item.hash) changed.push({ ...item, existing: was });
  }
  await insertRecords(transaction, 'records.record', page, created);
  const entries = [
    ...created.map((item) => entryOf(item, undefined)),
    ...(await updateRecords(transaction, page, changed)),
    ...(await removeRecords(transaction, page)),
  ];
  await page.turn?.();
  const head = locked ?? (await lockLog(transaction));
  const lastPosition = head + BigInt(entries.length);
  if (entries.length > 0) {
    await appendEntries(transaction, page, entries, head);
    await rows(transaction, sql`update records.log_head set position = ${lastPosition}`);
    await notify(transaction, CHANGES_CHANNEL);
  }
  return {
    created: created.length,
    changed: changed.length,
    unchanged: prepared.length - created.length - changed.length,
    deleted: entries.length - created.length - changed.length,
    lastPosition: entries.length === 0 ? undefined : lastPosition,
  };
}

/** Whoever holds the log's lock writes to it next, from this position on. */
async function lockLog(transaction: Handle): Promise<bigint> {
  const [head] = await rows<{ position: string }>(
    transaction,
    sql`select position from records.log_head for update`,
  );
  assert(head !== undefined, 'the log has a head');
  return BigInt(head.position);
}

async function findExisting(
  transaction: Handle,
  prepared: readonly PreparedDraft[],
): Promise<ReadonlyMap<string, Existing>> {
  if (prepared.length === 0) return new Map();
  const found = await rows<Existing>(
    transaction,
    sql`select id, encode(hash, 'hex') as hash, version from records.record
      where id = any(${prepared.map(({ id }) => id)})`,
  );
  return new Map(found.map((row) => [row.id, row]));
}

async function insertRecords(
  transaction: Handle,
  table: string,
  page: Page,
  items: readonly (PreparedDraft | Known)[],
): Promise<void> {
  if (items.length === 0) return;
  const of = `${copyText(page.integration)}\t${page.kind}`;
  const lines = items.map((item) => {
    const { id, copied, hash, source } = item;
    const version = 'existing' in item ? item.existing.version + 1 : 1;
    const key = copyText(item.key);
    const changedAt = item.sourceAt ?? page.seenAt;
    return `${id}\t${of}\t${key}\t${copied}\t\\\\x${hash}\t${version}\t${source}\t${page.seenAt}\t${changedAt}\n`;
  });
  await copyLines(transaction, table, RECORD_COLUMNS, lines);
}

async function updateRecords(
  transaction: Handle,
  page: Page,
  items: readonly Known[],
): Promise<readonly Entry[]> {
  if (items.length === 0) return [];
  const ids = items.map(({ id }) => id);
  const before = await rows<{ id: string; content: Json; text: string }>(
    transaction,
    sql`select id, content, content::text as text from records.record where id = any(${ids})`,
  );
  await rows(
    transaction,
    sql`create temporary table if not exists records_page (like records.record) on commit delete rows`,
  );
  await insertRecords(transaction, 'records_page', page, items);
  await rows(
    transaction,
    sql`update records.record r set content = p.content, hash = p.hash, version = p.version,
      source = p.source, seen_at = p.seen_at, changed_at = p.changed_at
      from records_page p where p.id = r.id`,
  );
  await rows(transaction, sql`delete from records_page`);
  const contents = new Map(before.map((row) => [row.id, row]));
  return items.map((item) => entryOf(item, contents.get(item.id)));
}

async function removeRecords(transaction: Handle, page: Page): Promise<readonly Entry[]> {
  const keys = page.removedKeys ?? [];
  if (keys.length === 0) return [];
  const ids = keys.map((key) => recordIdOf(page.integration, page.kind, key));
  const removed = await rows<{ id: string; text: string; source: Source }>(
    transaction,
    sql`delete from records.record where id = any(${ids})
      returning id, content::text as text, source`,
  );
  return removed.map(({ id, text, source }) => ({
    id,
    before: copyText(text),
    after: null,
    changedFields: [],
    source: copyText(JSON.stringify(source)),
    sourceAt: undefined,
  }));
}

function entryOf(item: PreparedDraft, before: { content: Json; text: string } | undefined): Entry {
  return {
    id: item.id,
    before: before === undefined ? null : copyText(before.text),
    after: item.copied,
    changedFields: before === undefined ? [] : changedFields(before.content, contentOf(item)),
    source: item.source,
    sourceAt: item.sourceAt,
  };
}

function contentOf({ text }: PreparedDraft): Json {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed as JSON.
  return JSON.parse(text) as Json;
}

async function appendEntries(
  transaction: Handle,
  page: Page,
  entries: readonly Entry[],
  head: bigint,
): Promise<void> {
  const nothing = '\\N';
  const lines = entries.map((entry, at) => {
    const { id, before, after, source, sourceAt } = entry;
    const position = head + BigInt(at + 1);
    const fields =
      entry.changedFields.length === 0 ? '[]' : copyText(JSON.stringify(entry.changedFields));
    return `${position}\t${id}\t${page.kind}\t${page.cause}\t${before ?? nothing}\t${after ?? nothing}\t${fields}\t${source}\t${page.seenAt}\t${sourceAt ?? nothing}\n`;
  });
  await copyLines(transaction, 'records.change', CHANGE_COLUMNS, lines);
}
