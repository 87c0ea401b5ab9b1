import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import { all, beyond } from './conditions.ts';
import type { Bound } from './conditions.ts';
import type { Column } from './column.ts';
import { consistently } from './connection.ts';
import type { Line } from './connection.ts';
import type { Cell } from './dialect.ts';
import { documentOf, isDocument, keyText, problemOf } from './document-of.ts';
import type { ChildRows, HeaderRow } from './document-of.ts';
import type { ChildLayout, Layout } from './layout.ts';
import type { Point } from './place.ts';
import { join, raw, sql } from './sql.ts';
import type { Parameter, Sql } from './sql.ts';
import { columnSql } from './tables.ts';

/** What is to be read: which rows, in which order, after which. */
export type Wanted = {
  readonly layout: Layout;
  readonly where: readonly Sql[]; // Beside the layout's own.
  readonly by: 'key' | 'mark'; // In the order of the key, or of the watermark and then the key.
  readonly after?: Point;
  readonly rows: number;
};

/** A page, and the last row of it. */
export type Page = {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly DocumentProblem[];
  readonly last?: Point; // Absent: there was no row.
  readonly more: boolean;
};

const SHRINK = 8;

/** Reads one page: headers and all their child rows as of one moment. */
export async function readPage(line: Line, wanted: Wanted): Promise<Page> {
  for (let rows = wanted.rows; ; rows = Math.max(1, Math.ceil(rows / SHRINK))) {
    const page = await consistently(line, async () => await tryPage(line, { ...wanted, rows }));
    if (page !== undefined) return page;
  }
}

/** Undefined: its headers have more child rows than are read at once. */
async function tryPage(line: Line, wanted: Wanted): Promise<Page | undefined> {
  const { layout, rows } = wanted;
  const found = await readHeaders(line, wanted);
  const kept = found.slice(0, rows);
  const more = found.length > rows;
  const last = kept.at(-1)?.point;
  if (last === undefined) return { documents: [], problems: [], more };
  const children: Map<string, readonly (readonly Cell[])[]>[] = [];
  for (const child of layout.children) {
    const of = await readChildren(line, wanted, child, last);
    if (of === undefined && rows > 1) return undefined;
    children.push(of ?? new Map());
    if (of === undefined) return { ...tooMany(line, layout, kept), last, more };
  }
  const documents: SourceDocument[] = [];
  const problems: DocumentProblem[] = [];
  for (const [at, row] of kept.entries()) {
    const twin = [found[at - 1], found[at + 1]].some((other) => other?.key === row.key);
    const own = layout.children.map(
      ({ as, columns }, n): ChildRows => ({
        as,
        columns,
        rows: children[n]?.get(rowKey(row.point.key)) ?? [],
      }),
    );
    const made = twin
      ? problemOf(layout, row, 'has a key that another row has too: neither is taken')
      : documentOf(line, layout, row, own);
    if (isDocument(made)) documents.push(made);
    else problems.push(made);
  }
  return { documents, problems, last, more };
}

const tooMany = (
  { profile }: Line,
  layout: Layout,
  rows: readonly HeaderRow[],
): Pick<Page, 'documents' | 'problems'> => ({
  documents: [],
  problems: rows.map((row) =>
    problemOf(layout, row, `has more than ${profile.limits.childRows} child rows`),
  ),
});

const rowKey = (texts: readonly (string | null)[]): string => texts.join('\u0000');

async function readHeaders(line: Line, wanted: Wanted): Promise<readonly HeaderRow[]> {
  const { layout, by } = wanted;
  const { key, mark, version, changedAt, deleted } = layout;
  const before = by === 'mark' && mark !== undefined ? [mark, ...key] : key;
  const extra = [version, changedAt, deleted].filter((column) => column !== undefined);
  const cells = [...before, ...extra, ...layout.columns];
  const order = before.map((column) => columnSql(line, 'h', column));
  const found = await line.session.rows(
    sql`select ${selected(line, 'h', cells)} from ${layout.from}
      where ${conditions(line, wanted)} order by ${join(order, ', ')}
      ${line.dialect.limit(wanted.rows + 1)}`,
  );
  return found.map((row) => {
    let at = 0;
    const take = (column: Column | undefined): Cell =>
      column === undefined ? null : (row[at++] ?? null);
    const marked = before.length > key.length ? { mark: take(mark) } : {};
    const texts = key.map((column) => take(column) ?? '');
    const [seenVersion, seenAt, gone] = [take(version), take(changedAt), take(deleted)];
    return {
      point: { ...marked, key: texts },
      key: keyText(key, texts),
      version: seenVersion,
      changedAt: seenAt,
      deleted: gone,
      cells: row.slice(at),
    };
  });
}

/** The child rows of a page's headers, by header. Undefined: there are more than are read at once. */
async function readChildren(
  line: Line,
  wanted: Wanted,
  child: ChildLayout,
  last: Point,
): Promise<Map<string, readonly (readonly Cell[])[]> | undefined> {
  const { key } = wanted.layout;
  const most = line.profile.limits.childRows;
  const order = [
    ...key.map((column) => columnSql(line, 'h', column)),
    ...child.order.map((column) => columnSql(line, 'c', column)),
  ];
  const upTo = beyond(line, 'h', boundsOf(wanted.layout, last), 'up-to');
  const found = await line.session.rows(
    sql`select ${selected(line, 'h', key)}, ${selected(line, 'c', child.columns)}
      from ${child.from}
      where ${all([conditions(line, wanted), upTo, child.where])}
      order by ${join(order, ', ')} ${line.dialect.limit(most + 1)}`,
  );
  if (found.length > most) return undefined;
  const grouped = new Map<string, (readonly Cell[])[]>();
  for (const row of found) {
    const of = rowKey(row.slice(0, key.length));
    const rows = grouped.get(of) ?? [];
    rows.push(row.slice(key.length));
    grouped.set(of, rows);
  }
  return grouped;
}

const conditions = (line: Line, { layout, where, after }: Wanted): Sql =>
  all([
    layout.where,
    ...where,
    ...(after === undefined ? [] : [beyond(line, 'h', boundsOf(layout, after), 'after')]),
  ]);

/** A row by what orders it. Among rows without a watermark, that is the key alone. */
function boundsOf({ key, mark }: Layout, point: Point): readonly Bound[] {
  const keys = key.map((column, at) => ({ column, at: rawParameter(column, point.key[at] ?? '') }));
  if (mark === undefined || point.mark === undefined || point.mark === null) return keys;
  return [{ column: mark, at: rawParameter(mark, point.mark) }, ...keys];
}

/** The server's own text, given back to it. */
export const rawParameter = ({ category }: Column, text: string): Parameter =>
  category === 'bytes' ? Buffer.from(text, 'hex') : text;

/** Columns as exact text, under names of their own. */
export function selected(line: Line, alias: string, columns: readonly Column[]): Sql {
  const { cellCharacters } = line.profile.limits;
  const cells = columns.map((column, at) => {
    const of = line.dialect.textOf(column, columnSql(line, alias, column), cellCharacters);
    return sql`${of} as ${raw(`${alias}${at}`)}`;
  });
  return join(cells, ', ');
}
