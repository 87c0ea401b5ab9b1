import type { RecordKind } from '#canonical';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { conditionOf, orderBy, searchOf, textOf } from './fields.ts';
import type { Filter } from './fields.ts';
import { recordIdOf } from './record.ts';
import type { StoredRecord } from './record.ts';

/** Which records, and in which order. Fields are top-level content fields, or `key`. */
export type RecordQuery = {
  readonly kind: RecordKind;
  readonly integration?: string;
  readonly search?: string; // Words; each must be found somewhere.
  readonly filters: readonly Filter[];
  readonly sort?: { readonly field: string; readonly direction: 'asc' | 'desc' };
};

const COLUMNS = sql`id, integration, kind, key, content, version, seen_at as "seenAt",
  changed_at as "changedAt", source`;
const STREAM_PAGE = 500;

/** One record, if it is there. */
export async function findRecord(handle: Handle, id: string): Promise<StoredRecord | undefined> {
  const [found] = await rows<StoredRecord>(
    handle,
    sql`select ${COLUMNS} from records.record where id = ${id}`,
  );
  return found;
}

/** Which of these keys have a record. */
export async function existingKeys(
  handle: Handle,
  integration: string,
  kind: RecordKind,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const ids = keys.map((key) => recordIdOf(integration, kind, key));
  const found = await rows<{ key: string }>(
    handle,
    sql`select key from records.record where id = any(${ids})`,
  );
  return new Set(found.map(({ key }) => key));
}

/** One page of records and how many there are in all. */
export async function listRecords(
  handle: Handle,
  query: RecordQuery & { readonly offset: number; readonly limit: number },
): Promise<{ rows: StoredRecord[]; total: number }> {
  const { ids, total } = await (isSearch(query)
    ? searchOnce(handle, query)
    : readAndCount(handle, query));
  return { rows: await readInOrder(handle, ids), total };
}

/** How many records a query finds. */
export async function countRecords(handle: Handle, query: RecordQuery): Promise<number> {
  const [count] = await rows<{ total: number }>(
    handle,
    sql`select count(*)::integer as total from records.record where ${whereOf(query)}`,
  );
  return count?.total ?? 0;
}

type Ids = { readonly ids: readonly string[]; readonly total: number };
type Paged = RecordQuery & { readonly offset: number; readonly limit: number };

const isSearch = ({ search = '' }: RecordQuery): boolean => search.trim() !== '';

/** An index gives the page, another counts: neither waits for the other. */
async function readAndCount(handle: Handle, query: Paged): Promise<Ids> {
  const [page, total] = await Promise.all([
    rows<{ id: string }>(
      handle,
      sql`select id from records.record where ${whereOf(query)}
        order by ${orderOf(query)} limit ${query.limit} offset ${query.offset}`,
    ),
    countRecords(handle, query),
  ]);
  return { ids: page.map(({ id }) => id), total };
}

/** A search looks at every record, so page and count come from the same look. */
async function searchOnce(handle: Handle, query: Paged): Promise<Ids> {
  const found = await rows<{ id: string; total: number }>(
    handle,
    sql`select id, (count(*) over ())::integer as total from records.record
      where ${whereOf(query)}
      order by ${orderOf(query)} limit ${query.limit} offset ${query.offset}`,
  );
  const ids = found.map(({ id }) => id);
  const beyond = found.length === 0 && query.offset > 0;
  return { ids, total: beyond ? await countRecords(handle, query) : (found[0]?.total ?? 0) };
}

/** All records of a query in order, a page at a time: for exports. */
export async function* streamRecords(
  handle: Handle,
  query: RecordQuery,
): AsyncGenerator<StoredRecord, void, void> {
  const all = await rows<{ id: string }>(
    handle,
    sql`select id from records.record where ${whereOf(query)} order by ${orderOf(query)}`,
  );
  for (let start = 0; start < all.length; start += STREAM_PAGE) {
    const ids = all.slice(start, start + STREAM_PAGE).map(({ id }) => id);
    yield* await readInOrder(handle, ids);
  }
}

/** These records, without those that were deleted meanwhile. */
async function readInOrder(handle: Handle, ids: readonly string[]): Promise<StoredRecord[]> {
  if (ids.length === 0) return [];
  const found = await rows<StoredRecord>(
    handle,
    sql`select ${COLUMNS} from records.record where id = any(${[...ids]})`,
  );
  const byId = new Map(found.map((record) => [record.id, record]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Records of a kind whose `field` is one of `keys`; the field `key` finds what others point at. */
export async function recordsByReference(
  handle: Handle,
  reference: {
    readonly kind: RecordKind;
    readonly field: string;
    readonly keys: readonly string[];
    readonly integration: string;
  },
): Promise<StoredRecord[]> {
  const { kind, field, keys, integration } = reference;
  const sought = [...new Set(keys)];
  if (sought.length === 0) return [];
  const ids = sought.map((key) => recordIdOf(integration, kind, key));
  const where =
    field === 'key'
      ? sql`id = any(${ids})`
      : sql`kind = ${kind} and integration = ${integration}
          and ${textOf(kind, field)} = any(${sought})`;
  return rows<StoredRecord>(
    handle,
    sql`select ${COLUMNS} from records.record where ${where} order by id`,
  );
}

function whereOf(query: RecordQuery): ReturnType<typeof sql<unknown>> {
  const conditions = [sql`kind = ${sql.lit(query.kind)}`]; // In the text, so partial indexes fit.
  if (query.integration !== undefined) conditions.push(sql`integration = ${query.integration}`);
  conditions.push(...query.filters.map((filter) => conditionOf(query.kind, filter)));
  conditions.push(...searchOf(query.kind, query.search ?? ''));
  return sql`${sql.join(conditions, sql` and `)}`;
}

function orderOf(query: RecordQuery): ReturnType<typeof sql<unknown>> {
  const { field, direction } = query.sort ?? { field: 'key', direction: 'asc' };
  return orderBy(query.kind, field, direction);
}
