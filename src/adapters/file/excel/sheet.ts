import type { Sentence } from '#kernel';
import { say } from '../sentences.ts';
import type { FileLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { parsePlainXml } from '../xml/parse.ts';
import type { Archive } from './archive.ts';
import { isoOfSerial } from './date.ts';
import { decimalText } from './number.ts';
import { unescaped } from './read-strings.ts';
import type { Strings } from './strings.ts';
import type { Workbook } from './workbook.ts';

/** What a cell says. `fault`: why that cannot be told. */
export type Cell = {
  readonly column: number; // From 0.
  readonly text: string;
  readonly fault?: (cell: string) => Sentence;
};

/** A row with the cells that say something, in the order of their columns. */
export type SheetRow = { readonly at: number; readonly cells: readonly Cell[] };

/** A cell as it is stored. */
type Stored = { column: number; type: string; style: number; value: string; formula: boolean };

const COLUMNS_MAX = 16_384;

/** The rows of a sheet, a batch for each stretch of it. Rows without a word are left out. */
export async function* readSheet(
  archive: Archive,
  workbook: Workbook,
  strings: Strings,
  limits: FileLimits,
): AsyncGenerator<readonly SheetRow[]> {
  let rows: SheetRow[] = [];
  let cells: Cell[] = [];
  let row = 0;
  let cell: Stored | undefined;
  let [column, phonetic] = [-1, 0];
  let place: 'value' | 'formula' | undefined;
  const parsing = parsePlainXml(archive.bytes(workbook.sheet), limits, {
    open(name, { r, t, s }) {
      if (name === 'c') {
        column = r === undefined ? column + 1 : columnOf(r, column);
        cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: '', formula: false };
      } else if (name === 'v' || (name === 't' && phonetic === 0)) place = 'value';
      else if (name === 'row') {
        row = rowNumber(r, row);
        [cells, column] = [[], -1];
      } else if (name === 'f' && cell !== undefined) [cell.formula, place] = [true, 'formula'];
      else if (name === 'rPh') phonetic += 1;
    },
    text(text) {
      if (place === 'value' && cell !== undefined) cell.value += text;
    },
    close(name) {
      place = undefined;
      if (name === 'c' && cell !== undefined) {
        const told = tellCell(cell, workbook, strings);
        if (told !== undefined) cells.push(told);
        cell = undefined;
      } else if (name === 'row' && cells.length > 0) rows.push({ at: row, cells });
      else if (name === 'rPh') phonetic -= 1;
    },
  });
  try {
    for await (const _ of parsing) {
      const batch = rows;
      rows = [];
      yield batch;
    }
  } catch (error) {
    yield rows; // What came before the fault is not lost.
    throw error;
  }
}

function tellCell(stored: Stored, workbook: Workbook, strings: Strings): Cell | undefined {
  const { column, type, value, formula } = stored;
  const place = { column, text: value };
  if (type === 'e') return { ...place, fault: (cell) => say('cell-error', { cell, error: value }) };
  if (formula && value === '' && type !== 'str') {
    return { ...place, fault: (cell) => say('cell-no-result', { cell }) };
  }
  if (value === '') return undefined;
  switch (type) {
    case 's': {
      const text = strings.get(Number(value));
      if (text !== undefined) return text === '' ? undefined : { column, text };
      return { ...place, fault: (cell) => say('cell-no-text', { cell, number: value }) };
    }
    case 'b':
      return { column, text: value === '1' || value === 'true' ? 'true' : 'false' };
    case 'n':
      return tellNumber(stored, workbook);
    case 'd': // ISO text already.
      return place;
    case 'str':
    case 'inlineStr':
      return { column, text: unescaped(value) };
    default:
      return { ...place, fault: (cell) => say('cell-of-unknown-type', { cell, type }) };
  }
}

function tellNumber({ column, style, value }: Stored, workbook: Workbook): Cell {
  const text = decimalText(value);
  if (text === undefined) {
    return { column, text: value, fault: (cell) => say('cell-no-number', { cell, value }) };
  }
  const format = workbook.temporal[style];
  if (format === undefined) return { column, text };
  // What stands for no day goes on as the number it is: whoever wants a date will say so.
  return { column, text: isoOfSerial(Number(value), format, workbook.from1904) ?? text };
}

function rowNumber(stated: string | undefined, before: number): number {
  const row = stated === undefined ? before + 1 : Number(stated);
  if (Number.isInteger(row) && row > before) return row;
  throw new Unreadable(say('row-order', { row: stated ?? '', before }));
}

/** The column of a cell by its place: 'AB12' is 27. */
function columnOf(place: string, before: number): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const letter = place.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  column -= 1;
  if (column > before && column < COLUMNS_MAX) return column;
  throw new Unreadable(say('cell-order', { cell: place.slice(0, 20) }));
}

/** A column as a person sees it: 0 is 'A', 27 'AB'. */
export function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter;
}
