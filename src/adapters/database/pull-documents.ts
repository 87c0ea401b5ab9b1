import type { DocumentProblem, DocumentsPage, PullFrom } from '#adapter-kit';
import type { Column } from './column.ts';
import { all } from './conditions.ts';
import { entityOf } from './connection.ts';
import type { Connection, Line } from './connection.ts';
import { layOut } from './layout.ts';
import type { Layout } from './layout.ts';
import { cursorOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { rawParameter, readPage } from './read-page.ts';
import type { Page } from './read-page.ts';
import { join, raw, sql, value } from './sql.ts';
import type { Sql } from './sql.ts';
import { columnSql } from './tables.ts';

/** Yields the documents of an entity, all of them or those that changed. */
export async function* pullDocuments(
  connection: Connection,
  name: string,
  from: PullFrom,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const entity = entityOf(connection, name);
  stop.throwIfAborted();
  const keys = entity.key.length;
  const mode = from.mode;
  const place: Place =
    from.after === undefined
      ? { entity: name, mode }
      : placeOf(from.after, { entity: name, mode, keys });
  if (place.done === true) {
    yield lastPage(place, entity.changes.by === 'watermark');
    return;
  }
  const session = await connection.open(stop);
  try {
    const line = { ...connection, session };
    const layout = await layOut(line, entity);
    if (mode === 'snapshot') yield* pullSnapshot(line, layout, place, stop);
    else yield* pullChanges(line, layout, place, stop);
  } finally {
    await session.end();
  }
}

async function* pullSnapshot(
  line: Line,
  layout: Layout,
  from: Place,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const begun = from.at !== undefined;
  const high = begun ? from.high : await highest(line, layout);
  let place: Place = { ...from, ...(high === undefined ? {} : { high }) };
  const keyless = begun ? [] : await withoutKey(line, layout);
  for (let first = true; ; first = false) {
    stop.throwIfAborted();
    const page = await readPage(line, {
      layout,
      where: [],
      by: 'key',
      rows: line.profile.pageRows,
      ...(place.at === undefined ? {} : { after: place.at }),
    });
    place = movedTo(place, page);
    const found = bodyOf(page, first ? keyless : []);
    if (page.more) {
      yield { ...found, next: cursorOf(place) };
      continue;
    }
    yield { ...lastPage({ ...place, done: true }, layout.mark !== undefined), ...found };
    return;
  }
}

/** The last page of a snapshot, with nothing on it. */
function lastPage({ entity, mode, high = null }: Place, tells: boolean): DocumentsPage {
  return {
    documents: [],
    problems: [],
    next: cursorOf({ entity, mode, high, done: true }),
    last: true,
    ...(tells ? { changesFrom: cursorOf({ entity, mode: 'changes', since: high }) } : {}),
  };
}

/** First the rows without a watermark, which nobody can tell anything of; then those in its order. */
async function* pullChanges(
  line: Line,
  layout: Layout,
  from: Place,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const { mark } = layout;
  if (mark === undefined) return;
  const high = from.at === undefined ? await highest(line, layout) : from.high;
  let place: Place = { ...from, high: high ?? null };
  let unmarked = mark.nullable && (from.at === undefined || from.at.mark === null);
  for (;;) {
    stop.throwIfAborted();
    const { at } = place;
    const known = at !== undefined && (at.mark === null) === unmarked ? { after: at } : {};
    const page = await readPage(line, {
      layout,
      where: [unmarked ? isNull(line, mark) : changedSince(line, layout, mark, place)],
      by: unmarked ? 'key' : 'mark',
      rows: line.profile.pageRows,
      ...known,
    });
    const { last } = page;
    if (last !== undefined) {
      place = { ...place, at: unmarked ? { mark: null, key: last.key } : last };
    }
    if (!page.more && !unmarked) {
      const { entity, mode } = place;
      yield {
        ...bodyOf(page),
        next: cursorOf({ entity, mode, since: high ?? null }),
        last: true,
      };
      return;
    }
    if (page.documents.length + page.problems.length > 0) {
      yield { ...bodyOf(page), next: cursorOf(place) };
    }
    if (!page.more) unmarked = false;
  }
}

const bodyOf = (
  { documents, problems }: Page,
  more: readonly DocumentProblem[] = [],
): Pick<DocumentsPage, 'documents' | 'problems'> => ({
  documents,
  problems: [...more, ...problems],
});

const movedTo = (place: Place, { last }: Page): Place =>
  last === undefined ? place : { ...place, at: last };

const isNull = (line: Line, mark: Column): Sql => sql`${columnSql(line, 'h', mark)} is null`;

/** From the overlap before the last time on; ties included, since more of them may have come. */
function changedSince(line: Line, { entity }: Layout, mark: Column, { since }: Place): Sql {
  const own = columnSql(line, 'h', mark);
  if (since === undefined || since === null) return sql`${own} is not null`;
  const overlap = entity.changes.by === 'watermark' ? entity.changes.overlap : 0;
  const typed = line.dialect.valueOf(mark, value(rawParameter(mark, since)), 'compare');
  return sql`${own} >= ${line.dialect.before(mark, typed, overlap)}`;
}

/**
 * The highest watermark there is, as the server writes it: from there, less the overlap, changes are
 * asked for next time. Times beyond tomorrow are somebody's mistake, and would hide all that follows.
 */
async function highest(line: Line, layout: Layout): Promise<string | null | undefined> {
  const { mark } = layout;
  if (mark === undefined) return undefined;
  const { dialect, session } = line;
  const own = columnSql(line, 'h', mark);
  const sane = mark.category === 'number' ? [] : [sql`${own} <= ${dialect.tomorrow(mark)}`];
  const top = dialect.textOf(mark, sql`max(${own})`, line.profile.limits.cellCharacters);
  const [[found = null] = []] = await session.rows(
    sql`select ${top} from ${layout.from} where ${all([layout.where, ...sane])}`,
  );
  return found;
}

/** Rows that can be no documents, since a column of the key is empty: told once, by their number. */
async function withoutKey(line: Line, layout: Layout): Promise<readonly DocumentProblem[]> {
  const nullable = layout.key.filter((column) => column.nullable);
  const [first] = nullable;
  if (first === undefined) return [];
  const empty = nullable.map((column) => isNull(line, column));
  const [found] = await line.session.rows(
    sql`select ${raw("'1'")} from ${layout.from} where (${join(empty, ' or ')})
      order by ${columnSql(line, 'h', first)} ${line.dialect.limit(1)}`,
  );
  if (found === undefined) return [];
  const names = nullable.map(({ name }) => name).join(', ');
  return [{ reason: `there are rows whose key is empty (${names}): they cannot be read`, raw: '' }];
}
