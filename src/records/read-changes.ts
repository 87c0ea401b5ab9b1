import type { RecordKind } from '#canonical';
import { listen, rows, sql } from '#database';
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

/** What happened to one record, newest first. At most 500 entries. */
export async function historyOf(handle: Handle, recordId: string): Promise<Change[]> {
  const found = await rows<Row>(
    handle,
    sql`select ${COLUMNS} from records.change where record_id = ${recordId}
      order by position desc limit 500`,
  );
  return found.map(changeOf);
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
