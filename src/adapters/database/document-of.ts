import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import type { Json, JsonObject } from '#kernel';
import { cellText, momentOf, readCell } from './cell.ts';
import type { Column } from './column.ts';
import type { Connection } from './connection.ts';
import type { Cell } from './dialect.ts';
import type { Layout } from './layout.ts';
import type { Point } from './place.ts';

const RAW_MAX = 2000;
const SEPARATOR = '|';

/** A header row taken apart. */
export type HeaderRow = {
  readonly point: Point;
  readonly key: string; // The document's.
  readonly cells: readonly Cell[];
  readonly version: Cell;
  readonly changedAt: Cell;
  readonly deleted: Cell;
};

/** The rows of one list of a document, as they stand under their header. */
export type ChildRows = { readonly as: string; readonly columns: readonly Column[] } & {
  readonly rows: readonly (readonly Cell[])[];
};

const sizeOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);

/** Makes a document of its rows, or says why it is none. */
export function documentOf(
  { profile }: Pick<Connection, 'profile'>,
  layout: Layout,
  row: HeaderRow,
  children: readonly ChildRows[],
): SourceDocument | DocumentProblem {
  const { cellCharacters, documentCharacters } = profile.limits;
  const whole = children.reduce(
    (sum, { rows }) => sum + rows.reduce((part, cells) => part + sizeOf(cells), 0),
    sizeOf(row.cells),
  );
  const large =
    largeOne(layout.columns, [row.cells], cellCharacters) ??
    children.map(({ columns, rows }) => largeOne(columns, rows, cellCharacters)).find(Boolean);
  const content = (): JsonObject => ({
    ...contentOf(layout.columns, row.cells),
    ...Object.fromEntries(
      children.map(({ as, columns, rows }) => [as, rows.map((cells) => contentOf(columns, cells))]),
    ),
  });
  if (large !== undefined || whole > documentCharacters) {
    const reason =
      large === undefined
        ? `is larger than ${documentCharacters} characters`
        : `has more than ${cellCharacters} characters in ${large}`;
    return { key: row.key, reason, raw: JSON.stringify(content()).slice(0, RAW_MAX) };
  }
  const { version, changedAt } = layout;
  const at = changedAt === undefined ? undefined : momentOf(changedAt, row.changedAt);
  return {
    key: row.key,
    content: content(),
    ...(version === undefined || row.version === null
      ? {}
      : { version: cellText(version, row.version) }),
    ...(at === undefined ? {} : { changedAt: at }),
    ...(isDeleted(layout, row) ? { deleted: true } : {}),
  };
}

export const isDocument = (made: SourceDocument | DocumentProblem): made is SourceDocument =>
  'content' in made;

/** A problem with a row that was read. */
export const problemOf = (
  { columns }: Layout,
  { key, cells }: HeaderRow,
  reason: string,
): DocumentProblem => ({
  key,
  reason,
  raw: JSON.stringify(contentOf(columns, cells)).slice(0, RAW_MAX),
});

function isDeleted({ entity, deleted }: Layout, row: HeaderRow): boolean {
  if (entity.deleted === undefined || deleted === undefined || row.deleted === null) return false;
  const said = cellText(deleted, row.deleted);
  return entity.deleted.is.some((one) => String(one) === said);
}

function contentOf(columns: readonly Column[], cells: readonly Cell[]): Record<string, Json> {
  return Object.fromEntries(
    columns.map((column, at) => [column.name, readCell(column, cells[at] ?? null)]),
  );
}

function largeOne(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  charactersMax: number,
): string | undefined {
  for (const [at, { name, category }] of columns.entries()) {
    const most = category === 'bytes' ? charactersMax * 2 : charactersMax;
    if (rows.some((cells) => (cells[at]?.length ?? 0) > most)) return name;
  }
  return undefined;
}

/** The key of a document: of several columns joined by '|', a '|' in one of them written '%7C'. */
export function keyText(columns: readonly Column[], texts: readonly string[]): string {
  const parts = columns.map((column, at) => cellText(column, texts[at] ?? ''));
  if (parts.length === 1) return parts[0] ?? '';
  return parts
    .map((part) => part.replaceAll('%', '%25').replaceAll(SEPARATOR, '%7C'))
    .join(SEPARATOR);
}

/** The parts of a key; undefined: it is none of so many columns. */
export function keyParts(key: string, count: number): readonly string[] | undefined {
  if (count === 1) return [key];
  const parts = key
    .split(SEPARATOR)
    .map((part) => part.replaceAll('%7C', SEPARATOR).replaceAll('%25', '%'));
  return parts.length === count ? parts : undefined;
}
