import { because } from '#kernel';
import type { Sentence } from '#kernel';
import type { OpenFile } from '../folder/folder.ts';
import { columnsFault } from '../shape.ts';
import type { Shape } from '../shape.ts';
import type { DelimitedLayout } from '../entity-layout.ts';
import type { FileLimits } from '../limits.ts';
import { say } from '../sentences.ts';
import { pieceReader } from './piece.ts';
import { splitterFor } from './split.ts';

/** The same, with where the rows begin. */
type DelimitedShape = Exclude<Shape, { readonly ok: true }> | (Sound & Start);
type Sound = Extract<Shape, { readonly ok: true }>;
type Start = { readonly offset: number; readonly line: number };

/** Reads what stands before the first row: a byte order mark and, where there is one, the header. */
export async function readDelimitedShape(
  file: OpenFile,
  layout: DelimitedLayout,
  limits: FileLimits,
): Promise<DelimitedShape> {
  const buffer = Buffer.alloc(3);
  await file.read(buffer, 0, 3, 0);
  const mark = buffer.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) {
    return refused(say('other-encoding', { found: 'UTF-16', encoding: layout.encoding }));
  }
  const marked = buffer.readUIntBE(0, 3) === 0xefbbbf;
  if (marked && layout.encoding !== 'utf-8') {
    return refused(say('other-encoding', { found: 'UTF-8', encoding: layout.encoding }));
  }
  const offset = marked ? 3 : 0;
  if (!layout.header) return { ok: true, columns: layout.columns, offset, line: 1 };
  const piece = await pieceReader(file, layout, limits.recordBytesMax)(offset);
  if (piece === undefined) return refused(say('no-header', {}));
  if (piece.wrong !== undefined) return refused(piece.wrong.why);
  const cut = splitterFor(layout)(piece.text, 0);
  if (cut?.values === undefined) {
    return refused(cut?.wrong ?? say('header-cut', {}));
  }
  const columns = cut.values.map((name) => name?.trim() ?? '');
  const wrong = columnsFault(columns, layout.columns, limits);
  if (wrong !== undefined) return { ok: false, ...wrong };
  const bytes = Buffer.byteLength(
    piece.text.slice(0, cut.end),
    layout.encoding === 'utf-8' ? 'utf8' : 'latin1',
  );
  return { ok: true, columns, offset: offset + bytes, line: 1 + cut.lines };
}

const refused = (why: Sentence): Extract<Shape, { readonly ok: false }> => ({
  ok: false,
  ...because(why),
});
