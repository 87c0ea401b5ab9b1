import { because } from '#kernel';
import { say } from '../sentences.ts';
import type { Cursor, RowProblem, RowsPage, SourceRow } from '#adapter-kit';
import type { OpenFile } from '../folder/folder.ts';
import { readDelimitedShape } from './header.ts';
import type { DelimitedLayout } from '../entity-layout.ts';
import type { FileLimits } from '../limits.ts';
import { pieceReader } from './piece.ts';
import type { Piece } from './piece.ts';
import { assertUnchanged } from '../unchanged.ts';
import { parsePlace, printPlace } from '../place.ts';
import { splitterFor } from './split.ts';
import type { Cut, Splitter } from './split.ts';

const RAW_MAX = 2000;
const RECORD_START_MAX = 20_000; // Enough to find what a line is joined by.

/** Where the reading is, and the page it is filling. */
type Reading = {
  readonly layout: DelimitedLayout;
  readonly limits: FileLimits;
  readonly columns: readonly string[];
  readonly split: Splitter;
  offset: number;
  line: number;
  rows: SourceRow[];
  problems: RowProblem[];
};

/** Reads the rows of one open file after a cursor, page by page, in the order of the file. */
export async function* readDelimited(
  file: OpenFile,
  layout: DelimitedLayout,
  limits: FileLimits,
  after: Cursor | undefined,
): AsyncGenerator<RowsPage> {
  const place = after === undefined ? undefined : parsePlace(after, file.edition);
  const shape = await readDelimitedShape(file, layout, limits);
  if (!shape.ok) {
    if (place !== undefined) return;
    const { ok: _, ...why } = shape;
    const problem = { file: layout.file, ...why };
    const next = printPlace({ offset: file.size, line: 1, edition: file.edition });
    yield { rows: [], problems: [problem], next };
    return;
  }
  const reading: Reading = {
    layout,
    limits,
    columns: shape.columns,
    split: splitterFor(layout),
    offset: place?.offset ?? shape.offset,
    line: place?.line ?? shape.line,
    rows: [],
    problems: [],
  };
  const readPiece = pieceReader(file, layout, limits.recordBytesMax);
  for (let piece = await readPiece(reading.offset); piece !== undefined; ) {
    for (const _ of readPiecePages(reading, piece)) yield page(reading, file);
    if (reading.line > limits.linesMax) break;
    piece = await readPiece(reading.offset);
  }
  await assertUnchanged(file, layout.file);
  if (reading.line > limits.linesMax && reading.offset < file.size) {
    report(reading, because(say('too-many-lines', { most: limits.linesMax })));
    reading.offset = file.size;
  }
  if (reading.rows.length + reading.problems.length > 0) yield page(reading, file);
}

/** Takes every record out of a piece; pauses whenever a page is full. */
function* readPiecePages(reading: Reading, piece: Piece): Generator<undefined> {
  if (piece.wrong !== undefined) {
    const cells = certainIn(reading, piece.text, (cell) => /^[\x20-\x7e]*$/.test(cell ?? ''));
    const { why, value } = piece.wrong;
    report(reading, { ...because(why), value, raw: piece.text.slice(0, RAW_MAX), cells });
    advance(reading, piece.end, 1);
    if (isFull(reading)) yield;
    return;
  }
  const open = piece.last === 'cut' && reading.layout.lastTerminator === 'optional';
  const text = open ? piece.text + (reading.layout.recordTerminator ?? '\n') : piece.text;
  for (let at = 0; at < text.length; ) {
    const cut = reading.split(text, at) ?? unfinished(reading, piece, at);
    if (cut === undefined) return; // Goes on in the next piece, which begins here.
    take(reading, cut, text.slice.bind(text, at, cut.end));
    const width =
      piece.bytesPerCharacter === 1 ? cut.end - at : Buffer.byteLength(text.slice(at, cut.end));
    advance(reading, Math.min(reading.offset + width, piece.end), cut.lines);
    at = cut.end;
    if (isFull(reading)) yield;
    if (reading.line > reading.limits.linesMax) return;
  }
}

/** What to make of a record that its piece ends within. */
function unfinished(reading: Reading, piece: Piece, at: number): Cut | undefined {
  if (piece.last === 'cut') {
    return { end: piece.text.length, lines: 1, wrong: say('cut-off', {}) };
  }
  // A piece that this record begins holds as much as a record may; else the next piece will tell.
  if (at > 0 && piece.last === 'no') return undefined;
  const end = piece.text.indexOf('\n', at) + 1;
  const wrong = say('open-quote', { most: reading.limits.recordBytesMax });
  return { end: end === 0 ? piece.text.length : end, lines: 1, wrong };
}

function take(reading: Reading, cut: Cut, raw: () => string): void {
  const { columns, layout } = reading;
  if (cut.values === undefined) {
    const text = raw();
    const cells = certainIn(reading, text, () => true);
    const why = because(cut.wrong ?? say('no-row', {}));
    report(reading, { ...why, raw: text.slice(0, RAW_MAX), cells });
    return;
  }
  const { values } = cut;
  if (values.length === 1 && values[0] === null && columns.length > 1) return; // An empty line.
  if (values.length !== columns.length) {
    const why = say('other-count', { count: values.length, expected: columns.length });
    // Whatever went wrong did so at or before the last of them.
    const cells = values.slice(0, Math.min(values.length, columns.length) - 1);
    report(reading, { ...because(why), raw: raw().slice(0, RAW_MAX), cells });
    return;
  }
  const row: Record<string, string | null> = {};
  for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ''] = values[at] ?? null;
  reading.rows.push({ file: layout.file, line: reading.line, values: row });
}

/** The columns that a broken line begins with, up to the first that is in doubt; never the last. */
function certainIn(
  reading: Reading,
  text: string,
  isCertain: (cell: string | null) => boolean,
): readonly (string | null)[] {
  const end = reading.layout.recordTerminator ?? '\n';
  const line = text.slice(0, RECORD_START_MAX);
  const values = reading.split(line.endsWith(end) ? line : line + end, 0)?.values ?? [];
  const doubtful = values.findIndex((cell) => !isCertain(cell));
  return values.slice(0, doubtful < 0 ? -1 : Math.min(doubtful, values.length - 1));
}

function report(reading: Reading, problem: Omit<RowProblem, 'file' | 'line'>): void {
  reading.problems.push({ file: reading.layout.file, line: reading.line, ...problem });
}

function advance(reading: Reading, offset: number, lines: number): void {
  reading.offset = offset;
  reading.line += lines;
}

const isFull = ({ rows, problems, limits }: Reading): boolean =>
  rows.length + problems.length >= limits.pageRowsMax;

function page(reading: Reading, file: OpenFile): RowsPage {
  const { rows, problems, offset, line } = reading;
  reading.rows = [];
  reading.problems = [];
  return { rows, problems, next: printPlace({ offset, line, edition: file.edition }) };
}
