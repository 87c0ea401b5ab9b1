import type { RecordKind } from '#canonical';
import { copyInto, notify, rows, sql } from '#database';
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
  readonly drafts: readonly Draft[]; // No key twice.
  readonly removedKeys?: readonly string[]; // Gone from the source. Unknown keys are passed over.
  readonly cause: Cause;
  readonly seenAt: Instant;
};

export type Applied = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly lastPosition: bigint | undefined; // Undefined: nothing was logged.
};

type Existing = { readonly id: string; readonly hash: string; readonly version: number };
type Prepared = {
  readonly id: string;
  readonly draft: Draft;
  readonly text: string;
  readonly hash: string;
  readonly existing: Existing | undefined;
};
type Entry = {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changedFields: readonly ChangedField[];
  readonly source: Source;
  readonly sourceAt: Instant | undefined;
};

const RECORD_COLUMNS =
  'id integration kind key content hash version source seen_at changed_at'.split(' ');
const CHANGE_COLUMNS =
  'position record_id kind cause before after changed_fields source seen_at source_at'.split(' ');

/**
 * Writes a page's state and its log entries within the caller's transaction. What has not changed
 * is not written at all. Holds the log's lock until the caller commits: map first, then apply.
 */
export async function applyPage(transaction: Handle, page: Page): Promise<Applied> {
  const [head] = await rows<{ position: string }>(
    transaction,
    sql`select position from records.log_head for update`,
  );
  assert(head !== undefined, 'the log has a head');
  const prepared = await prepare(transaction, page);
  const created = prepared.filter(({ existing }) => existing === undefined);
  const changed = prepared.filter(
    ({ existing, hash }) => existing !== undefined && existing.hash !== hash,
  );
  await insertRecords(transaction, 'records.record', page, created);
  const entries = [
    ...created.map((item) => entryOf(item, undefined)),
    ...(await updateRecords(transaction, page, changed)),
    ...(await removeRecords(transaction, page)),
  ];
  const lastPosition = BigInt(head.position) + BigInt(entries.length);
  if (entries.length > 0) {
    await appendEntries(transaction, page, entries, BigInt(head.position));
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

async function prepare(transaction: Handle, page: Page): Promise<readonly Prepared[]> {
  const ids = page.drafts.map((draft) => {
    assert(draft.record.kind === page.kind, 'a page holds one kind');
    return recordIdOf(page.integration, page.kind, draft.source.key);
  });
  assert(new Set(ids).size === ids.length, 'a page holds no key twice');
  if (ids.length === 0) return [];
  const found = await rows<Existing>(
    transaction,
    sql`select id, encode(hash, 'hex') as hash, version from records.record
      where id = any(${ids})`,
  );
  const existing = new Map(found.map((row) => [row.id, row]));
  return page.drafts.map((draft, at) => {
    const id = ids[at] ?? '';
    return { id, draft, ...fingerprintOf(draft.record), existing: existing.get(id) };
  });
}

async function insertRecords(
  transaction: Handle,
  table: string,
  page: Page,
  items: readonly Prepared[],
): Promise<void> {
  if (items.length === 0) return;
  const lines = items.map(({ id, draft, text, hash, existing }) => [
    id,
    page.integration,
    page.kind,
    draft.source.key,
    text,
    `\\x${hash}`,
    String((existing?.version ?? 0) + 1),
    JSON.stringify(draft.source),
    page.seenAt,
    draft.sourceAt ?? page.seenAt,
  ]);
  await copyInto(transaction, table, RECORD_COLUMNS, lines);
}

async function updateRecords(
  transaction: Handle,
  page: Page,
  items: readonly Prepared[],
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
  const removed = await rows<{ id: string; text: string; source: Source }>(
    transaction,
    sql`delete from records.record
      where kind = ${page.kind} and integration = ${page.integration} and key = any(${keys})
      returning id, content::text as text, source`,
  );
  return removed.map(({ id, text, source }) => ({
    id,
    before: text,
    after: null,
    changedFields: [],
    source,
    sourceAt: undefined,
  }));
}

function entryOf(item: Prepared, before: { content: Json; text: string } | undefined): Entry {
  return {
    id: item.id,
    before: before?.text ?? null,
    after: item.text,
    changedFields:
      before === undefined ? [] : changedFields(before.content, item.draft.record.content),
    source: item.draft.source,
    sourceAt: item.draft.sourceAt,
  };
}

async function appendEntries(
  transaction: Handle,
  page: Page,
  entries: readonly Entry[],
  head: bigint,
): Promise<void> {
  const lines = entries.map((entry, at) => [
    String(head + BigInt(at + 1)),
    entry.id,
    page.kind,
    page.cause,
    entry.before,
    entry.after,
    JSON.stringify(entry.changedFields),
    JSON.stringify(entry.source),
    page.seenAt,
    entry.sourceAt ?? null,
  ]);
  await copyInto(transaction, 'records.change', CHANGE_COLUMNS, lines);
}
