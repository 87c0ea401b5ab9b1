import type { RecordKind } from '#canonical';
import { containing, listen, rows, sql } from '#database';
import type { Database, Handle } from '#database';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import type { ChangedField } from './changed-fields.ts';
import type { Cause, Source } from './record.ts';

/** One entry of the log: what a record was, and what it is. */
export type Change = {
  readonly position: bigint; // In the order of commit: a reader that saw it missed none before.
  readonly kind: RecordKind;
  readonly recordId: string;
  readonly objectId: string; // The thing the record speaks of. As yet each record is its own.
  readonly cause: Cause;
  readonly before: Readonly<Record<string, Json>> | undefined; // Undefined: created.
  readonly after: Readonly<Record<string, Json>> | undefined; // Undefined: deleted.
  readonly changedFields: readonly ChangedField[]; // Empty when created or deleted.
  readonly source: Source;
  readonly seenAt: Instant;
  readonly sourceAt?: Instant;
};

type Row = Omit<Change, 'position' | 'objectId' | 'before' | 'after' | 'sourceAt'> & {
  readonly position: string;
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
  readonly sourceAt: Instant | null;
};

/** The doorbell that rings when the log has grown. */
export const CHANGES_CHANNEL = 'records_changed';

const COLUMNS = sql`position, kind, record_id as "recordId", cause, before, after,
  changed_fields as "changedFields", source, seen_at as "seenAt", source_at as "sourceAt"`;

/** The log after a position, in order. */
export async function readChanges(
  handle: Handle,
  options: { readonly after: bigint; readonly limit: number },
): Promise<Change[]> {
  const found = await rows<Row>(
    handle,
    sql`select ${COLUMNS} from records.change where position > ${options.after}
      order by position limit ${options.limit}`,
  );
  return found.map(changeOf);
}

/** Where the log ends now; 0 when it is empty. */
export async function lastPosition(handle: Handle): Promise<bigint> {
  const [head] = await rows<{ position: string }>(
    handle,
    sql`select position from records.log_head`,
  );
  return BigInt(head?.position ?? '0');
}

/** Which of a record's changes. `search` looks into the fields that differ and the source. */
type HistoryQuery = {
  readonly what?: 'created' | 'changed' | 'deleted' | undefined;
  readonly search?: string | undefined;
  readonly oldestFirst?: boolean | undefined;
  readonly offset: number;
  readonly limit: number;
};

const WHAT = {
  created: sql`before is null`,
  changed: sql`before is not null and after is not null`,
  deleted: sql`after is null`,
} as const;

/** A page of what happened to one record, newest first unless asked otherwise. */
export async function historyOf(
  handle: Handle,
  recordId: string,
  query: HistoryQuery,
): Promise<{ readonly rows: readonly Change[]; readonly total: number }> {
  const { what, search = '', oldestFirst = false, offset, limit } = query;
  const pattern = containing(search);
  const where = sql`record_id = ${recordId} and ${what === undefined ? sql`true` : WHAT[what]}
    and (${search.trim() === ''} or concat_ws(' ', changed_fields::text, source::text) ilike ${pattern})`;
  const found = await rows<Row>(
    handle,
    sql`select ${COLUMNS} from records.change where ${where}
      order by ${oldestFirst ? sql`position` : sql`position desc`} limit ${limit} offset ${offset}`,
  );
  const [count] = await rows<{ total: number }>(
    handle,
    sql`select count(*)::integer as total from records.change where ${where}`,
  );
  return { rows: found.map(changeOf), total: count?.total ?? 0 };
}

/** Rings after every commit that added to the log. A doorbell: read the log to see what came. */
export function onChanges(
  database: Database,
  listener: () => void,
): Promise<{ close(): Promise<void> }> {
  return listen(database, CHANGES_CHANNEL, listener);
}

function changeOf(row: Row): Change {
  const { sourceAt, ...rest } = row;
  return {
    ...rest,
    position: BigInt(row.position),
    objectId: row.recordId,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    ...(sourceAt === null ? {} : { sourceAt }),
  };
}
