import type { OpenFile } from './folder.ts';
import type { EntityLayout } from './layout.ts';
import type { FileLimits } from './limits.ts';
import { pieceReader } from './piece.ts';
import { splitterFor } from './split.ts';

/** Where a file's rows begin and what their columns are called; or why that cannot be told. */
export type Shape =
  | {
      readonly ok: true;
      readonly columns: readonly string[];
      readonly offset: number;
      readonly line: number;
    }
  | { readonly ok: false; readonly reason: string; readonly column?: string };

/** Reads what stands before the first row: a byte order mark and, where there is one, the header. */
export async function readShape(
  file: OpenFile,
  layout: EntityLayout,
  limits: FileLimits,
): Promise<Shape> {
  const { buffer } = await file.handle.read(Buffer.alloc(3), 0, 3, 0);
  const mark = buffer.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) {
    return { ok: false, reason: `the file is UTF-16, not ${layout.encoding}` };
  }
  const marked = buffer.readUIntBE(0, 3) === 0xefbbbf;
  if (marked && layout.encoding !== 'utf-8') {
    return { ok: false, reason: `the file is UTF-8, not ${layout.encoding}` };
  }
  const offset = marked ? 3 : 0;
  if (!layout.header) return { ok: true, columns: layout.columns, offset, line: 1 };
  const piece = await pieceReader(file, layout, limits.recordBytesMax)(offset);
  if (piece === undefined) return { ok: false, reason: 'the file is empty: its header is missing' };
  if (piece.wrong !== undefined) return { ok: false, reason: `the header: ${piece.wrong.reason}` };
  const cut = splitterFor(layout)(piece.text, 0);
  if (cut?.values === undefined) {
    return { ok: false, reason: cut?.reason ?? 'the file ends within its header' };
  }
  const columns = cut.values.map((name) => name?.trim() ?? '');
  const wrong = headerFault(columns, layout, limits);
  if (wrong !== undefined) return { ok: false, ...wrong };
  const bytes = Buffer.byteLength(
    piece.text.slice(0, cut.end),
    layout.encoding === 'utf-8' ? 'utf8' : 'latin1',
  );
  return { ok: true, columns, offset: offset + bytes, line: 1 + cut.lines };
}

function headerFault(
  columns: readonly string[],
  layout: EntityLayout,
  limits: FileLimits,
): { reason: string; column?: string } | undefined {
  if (columns.length > limits.columnsMax) {
    return { reason: `the header names ${columns.length} columns, over ${limits.columnsMax}` };
  }
  const missing = layout.columns.find((name) => !columns.includes(name));
  if (missing !== undefined) {
    const list = columns.slice(0, 50).join(', ');
    return { reason: `column '${missing}' is missing; the header has: ${list}`, column: missing };
  }
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) {
    return { reason: `the header names column '${twice}' twice`, column: twice };
  }
  if (columns.includes('__proto__')) return { reason: `'__proto__' is no column name` };
  return undefined;
}
