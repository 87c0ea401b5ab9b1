import { because } from '#kernel';
import type { Sentence } from '#kernel';
import { say } from '../sentences.ts';
import type { OpenFile } from '../folder/folder.ts';
import type { Item, ReadContext } from '../in-pages.ts';
import type { ExcelLayout } from '../entity-layout.ts';
import { columnsFault } from '../shape.ts';
import type { Shape } from '../shape.ts';
import { Unreadable } from '../unreadable.ts';
import { openArchive } from './archive.ts';
import { readStrings } from './read-strings.ts';
import { lettersOf, readSheet } from './sheet.ts';
import type { Cell, SheetRow } from './sheet.ts';
import { openWorkbook } from './workbook.ts';

const RAW_MAX = 2000;

/** The rows of a sheet below its header, a batch for each stretch of it. */
export async function* readExcel(
  file: OpenFile,
  layout: ExcelLayout,
  context: ReadContext,
): AsyncGenerator<readonly Item[]> {
  const { headerRow = 0, firstRow = headerRow + 1 } = layout;
  let columns: readonly string[] | undefined = headerRow === 0 ? layout.columns : undefined;
  for await (const rows of rowsOf(file, layout, context)) {
    const items: Item[] = [];
    for (const row of rows) {
      if (columns === undefined && row.at >= headerRow) columns = columnsOf(row, layout, context);
      else if (row.at >= firstRow && columns !== undefined)
        items.push(itemOf(row, columns, layout));
    }
    yield items;
  }
  if (columns === undefined) throw noHeader(headerRow);
}

/** Reads as far as the header. */
export async function readExcelShape(
  file: OpenFile,
  layout: ExcelLayout,
  context: ReadContext,
): Promise<Shape> {
  const { headerRow = 0 } = layout;
  try {
    for await (const rows of rowsOf(file, layout, context)) {
      if (headerRow === 0) return { ok: true, columns: layout.columns };
      const header = rows.find(({ at }) => at >= headerRow);
      if (header !== undefined) return { ok: true, columns: columnsOf(header, layout, context) };
    }
    throw noHeader(headerRow);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, ...error.why };
  }
}

async function* rowsOf(
  file: OpenFile,
  layout: ExcelLayout,
  { limits, stop }: ReadContext,
): AsyncGenerator<readonly SheetRow[]> {
  const archive = await openArchive(file, limits);
  const workbook = await openWorkbook(archive, layout, limits);
  const strings = await readStrings(archive, workbook.sharedStrings, { limits, stop });
  try {
    yield* readSheet(archive, workbook, strings, limits);
  } finally {
    strings.close();
  }
}

/** The names in a header by their place; '' where it says nothing. */
function columnsOf(
  header: SheetRow,
  layout: ExcelLayout,
  { limits }: ReadContext,
): readonly string[] {
  if (header.at !== layout.headerRow) throw noHeader(layout.headerRow ?? 0);
  const columns: string[] = [];
  for (const { column, text } of header.cells) {
    while (columns.length < column) columns.push('');
    columns.push(text.trim());
  }
  const fault = columnsFault(columns, layout.columns, limits);
  if (fault !== undefined)
    throw new Unreadable({ text: fault.reason, ...fault.said }, fault.column);
  return columns;
}

const noHeader = (row: number): Unreadable => new Unreadable(say('no-header-row', { row }));

function itemOf({ at, cells }: SheetRow, columns: readonly string[], layout: ExcelLayout): Item {
  const values: Record<string, string | null> = {};
  for (const name of columns) if (name !== '') values[name] = null;
  let wrong: { readonly cell: Cell; readonly why: (cell: string) => Sentence } | undefined;
  for (const cell of cells) {
    const name = columns[cell.column] ?? '';
    const { fault } = cell;
    if (name === '') {
      wrong ??= { cell, why: (place) => say('cell-unnamed', { cell: place }) };
    } else if (fault !== undefined && layout.columns.includes(name)) {
      wrong ??= { cell, why: fault };
    } else values[name] = cell.text;
  }
  if (wrong === undefined) return { at, values };
  const { cell, why } = wrong;
  const column = columns[cell.column] ?? '';
  return {
    at,
    problem: {
      ...(column === '' ? {} : { column }),
      value: cell.text.slice(0, 100),
      ...because(why(`${lettersOf(cell.column)}${at}`)),
      raw: cells
        .map(({ text }) => text)
        .join('\t')
        .slice(0, RAW_MAX),
      cells: layout.columns.map((name) => values[name] ?? null),
    },
  };
}
