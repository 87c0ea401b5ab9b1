import type { SourceDocument } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { newId } from '#kernel';
import type { JsonObject } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { syncError } from '../errors.ts';
import { compareShapes } from './compare-shapes.ts';
import type { Difference, KnownPath } from './compare-shapes.ts';
import { lookAt } from './shape.ts';

const LOOKED_AT_MAX = 500;

/** Whose documents are looked at. */
export type Looking = {
  readonly pull: number;
  readonly integration: string;
  readonly entity: string;
  readonly mapped: ReadonlySet<string>; // Paths that a mapping reads.
  readonly judging: boolean; // False while the first snapshot is read: everything is new then.
  readonly at: Instant;
};

/** Keeps what was seen, in the transaction of the batch that was looked at. */
export type KeepShape = (handle: Handle) => Promise<void>;

/**
 * Looks whether documents look as before. What is new or of another type is noted. When a path that
 * a mapping reads is gone, nothing of the batch may be applied: it would empty that field in every
 * record. Fails with `sync.drift` until a person accepts it or the source is as before.
 */
export async function noticeDrift(
  database: Database,
  looking: Looking,
  documents: readonly SourceDocument[],
): Promise<KeepShape> {
  const contents = sampleOf(documents);
  if (contents.length === 0) return () => Promise.resolve();
  const known = await rows<KnownPath>(
    database.kysely,
    sql`select path, types, present::float8 as present, asked::float8 as asked,
        absent_in_a_row::float8 as "absentInARow"
      from sync.shape where pull = ${looking.pull}`,
  );
  const { shape: seen, holders } = lookAt(contents);
  if (looking.judging && known.length > 0) {
    const differences = compareShapes(known, seen, holders);
    await note(database, looking, differences, documents[0]?.key);
    await passOver(database, looking, [...seen.keys()]);
    await refuse(database, looking, differences);
  }
  const paths = [...new Set([...seen.keys(), ...known.map(({ path }) => path)])];
  const types = paths.map((path) => JSON.stringify([...(seen.get(path)?.types ?? [])]));
  return async (handle) => {
    await rows(
      handle,
      sql`insert into sync.shape as s (pull, path, types, present, asked, absent_in_a_row)
        select ${looking.pull}, path,
          array(select json_array_elements_text(types::json)), present, asked,
          case when present > 0 then 0 else asked end
        from unnest(${paths}::text[], ${types}::text[],
          ${paths.map((path) => seen.get(path)?.present ?? 0)}::bigint[],
          ${paths.map(holders)}::bigint[]) as d(path, types, present, asked)
        on conflict (pull, path) do update set
          types = array(select distinct t from unnest(s.types || excluded.types) t order by t),
          present = s.present + excluded.present, asked = s.asked + excluded.asked,
          absent_in_a_row = case when excluded.present > 0 then 0
            else s.absent_in_a_row + excluded.asked end`,
    );
  };
}

/** Enough of a large batch to know its looks, spread over it. */
function sampleOf(documents: readonly SourceDocument[]): readonly JsonObject[] {
  const there = documents.filter(({ deleted }) => deleted !== true);
  const step = Math.max(1, Math.floor(there.length / LOOKED_AT_MAX));
  return there.filter((_, at) => at % step === 0).map(({ content }) => content);
}

/** Writes down what is different, once, whatever becomes of the batch. */
async function note(
  database: Database,
  looking: Looking,
  differences: readonly Difference[],
  sample: string | undefined,
): Promise<void> {
  if (differences.length === 0) return;
  const { integration, entity, mapped, at } = looking;
  await transact(database, async (transaction) => {
    for (const { path, kind, before, after } of differences) {
      await rows(
        transaction,
        sql`insert into sync.drift (id, integration, entity, path, kind, mapped, before, after,
            sample, status, noticed_at)
          values (${newId('drift', millisecondsOf(at))}, ${integration}, ${entity}, ${path}, ${kind},
            ${mapped.has(path)}, ${[...before]}, ${[...after]}, ${sample ?? null}, 'open', ${at})
          on conflict do nothing`,
      );
    }
  });
}

/** A path that is back is no longer gone, whatever was decided about it. */
async function passOver(
  database: Database,
  { integration, entity, at }: Looking,
  present: readonly string[],
): Promise<void> {
  await rows(
    database.kysely,
    sql`update sync.drift set status = 'passed', decided_at = coalesce(decided_at, ${at})
      where integration = ${integration} and entity = ${entity} and kind = 'gone'
        and status in ('open', 'refused', 'accepted') and path = any(${[...present]})`,
  );
}

async function refuse(
  database: Database,
  { integration, entity, mapped }: Looking,
  differences: readonly Difference[],
): Promise<void> {
  const gone = differences.filter(({ kind, path }) => kind === 'gone' && mapped.has(path));
  if (gone.length === 0) return;
  const accepted = await rows<{ path: string }>(
    database.kysely,
    sql`select path from sync.drift where integration = ${integration} and entity = ${entity}
      and kind = 'gone' and status = 'accepted'`,
  );
  const missing = gone
    .map(({ path }) => path)
    .filter((path) => !accepted.some((a) => a.path === path));
  if (missing.length === 0) return;
  const what = missing.join(', ');
  throw syncError('invalid', 'sync.drift', `${entity}: the source no longer sends ${what}`, {
    remedy:
      'Nothing of it was changed here. Correct the source or the mapping; ' +
      'or accept the drift, and the fields made of it become empty.',
  });
}
