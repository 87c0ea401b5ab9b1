import type { RecordKind } from '#canonical';
import { containing, copyInto, rows, sql } from '#database';
import type { Database, Handle } from '#database';
import { derivedId } from '#kernel';
import type { Json, Said } from '#kernel';
import type { Instant } from '#kernel/time';
import type { MappingProblem } from './mapping/document.ts';

/** Something of a source that could not become a record, and what to correct. */
export type QuarantineItem = {
  readonly id: string;
  readonly integration: string;
  readonly runId: string; // The run that last saw it.
  readonly kind: RecordKind;
  readonly key?: string;
  readonly file: string;
  readonly line?: number; // From 1.
  readonly column?: string;
  readonly field?: string;
  readonly value?: string;
  readonly reason: string;
  readonly said?: Said; // The same for other languages.
  readonly raw: Json; // The rows as the source wrote them.
  readonly seenAt: Instant;
  readonly releasedAt?: Instant; // Since then it is no longer wrong.
};

/** A problem about to be put into quarantine. */
export type Held = {
  readonly key?: string;
  readonly perRow?: true; // Several rows have the same key and the same problem.
  readonly raw: Json;
  readonly problem: MappingProblem;
};

export type QuarantinePlace = {
  readonly integration: string;
  readonly mapping: string;
  readonly kind: RecordKind;
  readonly runId: string;
  readonly seenAt: Instant;
};

const TEMPORARY = 'sync_held';
const COLUMNS =
  'id integration run_id mapping kind key file line field column value reason raw seen_at said'.split(
    ' ',
  );
const RAW_MAX = 20_000;

/** Puts problems into quarantine; one that is there already is only marked as seen again. */
export async function quarantine(
  transaction: Handle,
  place: QuarantinePlace,
  held: readonly Held[],
): Promise<void> {
  if (held.length === 0) return;
  const lines = new Map(held.map((item) => lineOf(place, item)));
  await rows(
    transaction,
    sql`create temporary table if not exists ${sql.id(TEMPORARY)} (like sync.quarantine)
      on commit delete rows`,
  );
  await copyInto(transaction, TEMPORARY, COLUMNS, lines.values());
  await rows(
    transaction,
    sql`insert into sync.quarantine select * from ${sql.id(TEMPORARY)}
      on conflict (id) do update set run_id = excluded.run_id, line = excluded.line,
        raw = excluded.raw, said = excluded.said, released_at = null,
        seen_at = case when quarantine.released_at is null then quarantine.seen_at
          else excluded.seen_at end`,
  );
  await rows(transaction, sql`delete from ${sql.id(TEMPORARY)}`);
}

function lineOf(
  place: QuarantinePlace,
  { key, perRow, raw, problem }: Held,
): readonly [string, readonly (string | null)[]] {
  const { file, line, field, column, value, reason, said } = problem;
  const parts = [
    place.integration,
    place.mapping,
    perRow === true || key === undefined ? `${file}:${line}` : key,
  ];
  const id = derivedId('quarantine', [...parts, field ?? '', column ?? '', value ?? '', reason]);
  const text = JSON.stringify(raw);
  const row = [
    id,
    place.integration,
    place.runId,
    place.mapping,
    place.kind,
    key ?? null,
    file,
    line === undefined ? null : String(line),
    field ?? null,
    column ?? null,
    value === undefined ? null : clean(value),
    clean(reason),
    text.length > RAW_MAX ? JSON.stringify(clean(text.slice(0, RAW_MAX))) : text,
    place.seenAt,
    said === undefined ? null : clean(JSON.stringify(said)),
  ];
  return [id, row];
}

const clean = (text: string): string => text.replaceAll('\0', '');

/**
 * Releases what this run found in order: by key, or all that it did not see again. Answers how many
 * records or rows that is, without those now held for another reason.
 */
export async function release(
  transaction: Handle,
  place: QuarantinePlace,
  keys?: readonly string[],
): Promise<number> {
  const which =
    keys === undefined
      ? sql`run_id <> ${place.runId}`
      : sql`key = any(${[...keys]}) and run_id <> ${place.runId}`;
  const released = await rows<{ thing: string }>(
    transaction,
    sql`with released as (update sync.quarantine set released_at = ${place.seenAt}
      where integration = ${place.integration} and mapping = ${place.mapping}
        and released_at is null and ${which}
      returning coalesce(key, file || ':' || coalesce(line, 0)) as thing)
      select thing from released where thing not in (
        select coalesce(key, file || ':' || coalesce(line, 0)) from sync.quarantine
        where integration = ${place.integration} and mapping = ${place.mapping}
          and released_at is null and run_id = ${place.runId})`,
  );
  return new Set(released.map(({ thing }) => thing)).size;
}

/** How many records, or unreadable rows, are held. `waiting`: of these, for another record. */
export async function countHeld(
  handle: Handle,
  integration: string,
  mapping: string,
): Promise<{ held: number; waiting: number }> {
  const [found] = await rows<{ held: number; waiting: number }>(
    handle,
    sql`select count(distinct coalesce(key, file || ':' || coalesce(line, 0)))::integer as held,
        (count(*) filter (where reason like 'there is no %'))::integer as waiting
      from sync.quarantine
      where integration = ${integration} and mapping = ${mapping} and released_at is null`,
  );
  return found ?? { held: 0, waiting: 0 };
}

const ORDERS = {
  seenAt: sql`seen_at`,
  '-seenAt': sql`seen_at desc`,
  file: sql`file`,
  '-file': sql`file desc`,
  reason: sql`reason`,
  '-reason': sql`reason desc`,
  kind: sql`kind, key`,
  '-kind': sql`kind desc, key desc`,
  integration: sql`integration`,
  '-integration': sql`integration desc`,
} as const;

/** What a list of quarantine can be ordered by; '-' is descending. */
type QuarantineSort = keyof typeof ORDERS;

/**
 * What is held now, newest first unless asked otherwise. `search` looks into key, file, column,
 * value and reason.
 */
export async function listQuarantine(
  database: Pick<Database, 'kysely'>,
  query: {
    readonly integration?: string;
    readonly kind?: RecordKind;
    readonly search?: string;
    readonly released?: boolean; // Absent or false: only what is still held.
    readonly sort?: QuarantineSort;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ rows: QuarantineItem[]; total: number }> {
  const conditions = [
    query.released === true ? sql`released_at is not null` : sql`released_at is null`,
  ];
  if (query.integration !== undefined) conditions.push(sql`integration = ${query.integration}`);
  if (query.kind !== undefined) conditions.push(sql`kind = ${query.kind}`);
  if (query.search !== undefined && query.search.trim() !== '') {
    const pattern = containing(query.search);
    conditions.push(sql`concat_ws(' ', key, file, "column", value, reason) ilike ${pattern}`);
  }
  const where = sql.join(conditions, sql` and `);
  const found = await rows<Record<string, unknown>>(
    database.kysely,
    sql`select id, integration, run_id as "runId", kind, key, file, line, "column", field, value,
        reason, said, raw, seen_at as "seenAt", released_at as "releasedAt"
      from sync.quarantine where ${where} order by ${ORDERS[query.sort ?? '-seenAt']}, file, line, id
      limit ${query.limit} offset ${query.offset}`,
  );
  const [count] = await rows<{ total: number }>(
    database.kysely,
    sql`select count(*)::integer as total from sync.quarantine where ${where}`,
  );
  const items = found.map((row) => {
    const present = Object.entries(row).filter(([name, value]) => name === 'raw' || value !== null);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns selected above.
    return Object.fromEntries(present) as QuarantineItem;
  });
  return { rows: items, total: count?.total ?? 0 };
}
