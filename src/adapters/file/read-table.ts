import { isUtf8 } from 'node:buffer';
import type { RowsPage } from '#adapter-kit';
import type { Clock } from '#kernel/time';
import type { EntityLayout } from './entity-layout.ts';
import type { OpenFile } from './folder/folder.ts';
import { readPages, readShape } from './formats.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** A file that somebody brings, of which nobody says how it is written. */
export type BroughtFile = {
  readonly name: string;
  readonly content: Buffer;
  readonly sheet?: string; // Of a workbook; else the first.
  readonly headerRow?: number; // Of a workbook; else row 1.
};

/** Lines under headings; or why there are none. Pages may be read more than once. */
export type ReadTable =
  | {
      readonly ok: true;
      readonly format: 'csv' | 'xlsx';
      readonly delimiter?: string;
      readonly encoding?: string;
      readonly headings: readonly string[];
      pages(): AsyncGenerator<RowsPage>;
    }
  | { readonly ok: false; readonly reason: string };

const GIB = 1_073_741_824;
const LIMITS = { ...DEFAULT_LIMITS, unpackedBytesMax: GIB, recordBytesMax: 262_144 };
const ZIP = 0x504b0304;
const OLE = 0xd0cf11e0; // An old or locked workbook: its reader says what to do.
const HEADER_BYTES_MAX = 65_536;

/**
 * Opens a file by what it holds: a workbook, or text whose encoding and delimiter are found out. The
 * first line, or `headerRow`, names the columns.
 */
export async function readTable(
  brought: BroughtFile,
  { clock, stop }: { readonly clock: Clock; readonly stop: AbortSignal },
): Promise<ReadTable> {
  const file = fileOf(brought.content);
  const found = layoutOf(brought);
  const context = { limits: LIMITS, clock, stop };
  const shape = await readShape(file, found, context);
  if (!shape.ok) return { ok: false, reason: shape.reason };
  const columns = shape.columns.filter((name) => name !== '');
  const layout: EntityLayout = { ...found, columns };
  return {
    ok: true,
    headings: columns,
    ...(layout.format === 'excel'
      ? { format: 'xlsx' }
      : { format: 'csv', ...('delimiter' in layout ? writtenAs(layout) : {}) }),
    pages: () => readPages(file, layout, context, undefined),
  };
}

const writtenAs = ({ delimiter, encoding }: { delimiter: string; encoding: string }) => ({
  delimiter,
  encoding,
});

function layoutOf({ name, content, sheet, headerRow = 1 }: BroughtFile): EntityLayout {
  const start = content.length < 4 ? 0 : content.readUInt32BE(0);
  const shared = { file: name, columns: [] };
  if (start === ZIP || start === OLE) {
    return { format: 'excel', ...shared, headerRow, ...(sheet === undefined ? {} : { sheet }) };
  }
  return {
    ...shared,
    delimiter: delimiterOf(content),
    quote: '"',
    encoding: isUtf8(content) ? 'utf-8' : 'windows-1252',
    header: true,
    lastTerminator: 'optional',
  };
}

/** What stands most often in the first line, outside of quotes. */
function delimiterOf(content: Buffer): string {
  const text = content.toString('latin1', 0, HEADER_BYTES_MAX);
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/);
  const [best = ','] = [';', '\t', ',', '|'].toSorted((a, b) => count(line, b) - count(line, a));
  return best;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** What is in memory, as a file that is open. */
function fileOf(content: Buffer): OpenFile {
  const look = { size: content.length, changedMs: 0, edition: 'brought' };
  return {
    ...look,
    read: (into, at, length, offset) =>
      Promise.resolve(content.copy(into, at, offset, Math.min(offset + length, content.length))),
    look: () => Promise.resolve(look),
    close: () => Promise.resolve(),
  };
}
