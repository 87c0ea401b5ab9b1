import { isAscii, isUtf8 } from 'node:buffer';
import type { Sentence } from '#kernel';
import type { OpenFile } from '../folder/folder.ts';
import type { DelimitedLayout } from '../entity-layout.ts';
import { say } from '../sentences.ts';

/** A stretch of a file: whole lines as text, or one line that is none. */
export type Piece = {
  readonly offset: number; // Of its first byte.
  readonly end: number; // Of the byte after it.
  readonly text: string;
  readonly bytesPerCharacter: 1 | undefined; // Undefined: varies.
  readonly wrong?: Wrong;
  readonly last: 'no' | 'terminated' | 'cut'; // Whether the file ends here, and how.
};

type Wrong = { readonly why: Sentence; readonly value: string };

export type PieceReader = (offset: number) => Promise<Piece | undefined>;

/**
 * Reads a file in stretches, from any byte at which a line begins. Keeps one window of at most
 * twice `recordBytesMax`. A stretch holds `recordBytesMax` bytes or ends with the file, so a
 * record that begins it and does not end in it is too long.
 */
export function pieceReader(
  file: Pick<OpenFile, 'read' | 'size'>,
  layout: DelimitedLayout,
  recordBytesMax: number,
): PieceReader {
  const terminator = Buffer.from(layout.recordTerminator ?? '\n', 'latin1');
  const window = Buffer.allocUnsafe(Math.min(2 * recordBytesMax + 16, Math.max(file.size, 16)));
  let from = 0;
  let length = 0;

  async function fill(offset: number): Promise<Buffer> {
    const held = from + length - offset;
    const enough = offset >= from && (held >= recordBytesMax + 16 || from + length >= file.size);
    if (!enough) {
      const wanted = Math.min(window.length, file.size - offset);
      length = 0;
      from = offset;
      // Fewer: shrunk meanwhile; the reader of pages looks again and says so.
      length = await file.read(window, 0, wanted, offset);
    }
    return window.subarray(offset - from, length);
  }

  return async (offset) => {
    if (offset >= file.size) return undefined;
    const bytes = await fill(offset);
    if (bytes.length === 0) return undefined;
    const ends = offset + bytes.length >= file.size;
    const lastTerminator = bytes.lastIndexOf(terminator);
    if (lastTerminator === -1) {
      if (ends) return pieceOf(bytes, { offset, layout, last: 'cut' });
      return tooLong(offset, await endOfLine(file, offset + bytes.length, terminator), bytes);
    }
    const whole = bytes.subarray(0, lastTerminator + terminator.length);
    const last = ends && whole.length === bytes.length ? 'terminated' : 'no';
    const sound = soundLines(whole, terminator, layout);
    return pieceOf(sound, { offset, layout, last: sound.length === whole.length ? last : 'no' });
  };
}

function pieceOf(
  bytes: Buffer,
  at: { offset: number; layout: DelimitedLayout; last: Piece['last'] },
): Piece {
  const { offset, layout, last } = at;
  const fault = faultOf(bytes, layout);
  const single = layout.encoding !== 'utf-8' || isAscii(bytes);
  const text = fault === undefined ? decoded(bytes, layout) : bytes.toString('utf8');
  const end = offset + bytes.length;
  const piece = { offset, end, text, bytesPerCharacter: single ? 1 : undefined, last } as const;
  return fault === undefined ? piece : { ...piece, wrong: fault };
}

/** The lines up to the first that cannot be text; that line alone when it comes first. */
function soundLines(bytes: Buffer, terminator: Buffer, layout: DelimitedLayout): Buffer {
  if (!isFaulty(bytes, layout)) return bytes;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(terminator, start) + terminator.length;
    if (isFaulty(bytes.subarray(start, end), layout)) {
      return bytes.subarray(0, start === 0 ? end : start);
    }
    start = end;
  }
  return bytes;
}

const isFaulty = (bytes: Buffer, layout: DelimitedLayout): boolean =>
  bytes.includes(0) || (layout.encoding === 'utf-8' && !isUtf8(bytes));

function faultOf(bytes: Buffer, layout: DelimitedLayout): Wrong | undefined {
  if (!isFaulty(bytes, layout)) return undefined;
  const zero = bytes.indexOf(0);
  if (zero !== -1) return { why: say('byte-zero', { at: zero + 1 }), value: '0x00' };
  const at = firstNonUtf8(bytes);
  const value = `0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
  return { why: say('not-utf-8', { at: at + 1, value }), value };
}

function firstNonUtf8(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const offset = Buffer.byteLength(text.slice(0, at));
    if (bytes.readUIntBE(offset, Math.min(3, bytes.length - offset)) !== 0xefbfbd) return offset;
  }
  return 0;
}

function decoded(bytes: Buffer, layout: DelimitedLayout): string {
  if (layout.encoding !== 'windows-1252') {
    return bytes.toString(layout.encoding === 'utf-8' ? 'utf8' : 'latin1');
  }
  return new TextDecoder('windows-1252', { fatal: true }).decode(bytes);
}

function tooLong(offset: number, end: number, bytes: Buffer): Piece {
  const why = say('line-too-long', { size: end - offset });
  const text = bytes.toString('latin1', 0, 2000);
  const wrong = { why, value: text.slice(0, 100) };
  return { offset, end, text, bytesPerCharacter: undefined, last: 'no', wrong };
}

/** Seeks the end of a line that fits no window, without holding it. */
async function endOfLine(
  file: Pick<OpenFile, 'read' | 'size'>,
  from: number,
  terminator: Buffer,
): Promise<number> {
  const window = Buffer.allocUnsafe(262_144);
  let offset = Math.max(0, from - terminator.length);
  while (offset < file.size) {
    const bytesRead = await file.read(window, 0, window.length, offset);
    const at = window.subarray(0, bytesRead).indexOf(terminator);
    if (at !== -1) return offset + at + terminator.length;
    if (bytesRead < terminator.length) break;
    offset += Math.max(1, bytesRead - terminator.length);
  }
  return file.size;
}
