import { say } from '../sentences.ts';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unreadable } from '../unreadable.ts';

/** The texts that a workbook's cells share, by number. However many: the rest waits on disk. */
export type Strings = {
  add(text: string): void;
  get(number: number): string | undefined;
  close(): void;
};

type Block = { texts: string[]; chars: number; saved: { at: number; length: number } | undefined };

const BLOCK = 512;
const TEXT_CHARS = 40; // What a text takes besides its characters.
const KEPT_CHARS_MAX = 12_000_000;

/** Opens a table of texts. Its file is made only when it is needed, and is gone with `close`. */
export function openStrings(keptCharsMax = KEPT_CHARS_MAX): Strings {
  const blocks: { saved: Block['saved'] }[] = [];
  const kept = new Map<number, Block>(); // Least recently used first.
  let keptChars = 0;
  let count = 0;
  let spill: Spill | undefined;

  const keep = (number: number, block: Block): void => {
    kept.delete(number);
    kept.set(number, block);
    for (const [oldest, old] of kept) {
      if (keptChars <= keptCharsMax || oldest === number) return;
      spill ??= openSpill();
      old.saved ??= spill.write(JSON.stringify(old.texts));
      blocks[oldest] = { saved: old.saved };
      kept.delete(oldest);
      keptChars -= old.chars;
    }
  };
  const fetch = (number: number): Block => {
    const saved = blocks[number]?.saved;
    if (saved === undefined || spill === undefined) throw new Unreadable(say('text-lost', {}));
    const texts = copiesOf(spill.read(saved));
    const chars = texts.reduce((sum, text) => sum + text.length + TEXT_CHARS, 0);
    keptChars += chars;
    return { texts, chars, saved };
  };
  return {
    add(text) {
      const number = Math.floor(count / BLOCK);
      const block = kept.get(number) ?? { texts: [], chars: 0, saved: undefined };
      block.texts.push(text);
      block.chars += text.length + TEXT_CHARS;
      keptChars += text.length + TEXT_CHARS;
      count += 1;
      // A text cut out of a longer one keeps all of that alive: a copy does not.
      if (block.texts.length === BLOCK) block.texts = copiesOf(JSON.stringify(block.texts));
      keep(number, block);
    },
    get(number) {
      if (!(number >= 0 && number < count)) return undefined;
      const at = Math.floor(number / BLOCK);
      const block = kept.get(at) ?? fetch(at);
      keep(at, block);
      return block.texts[number % BLOCK];
    },
    close: () => spill?.close(),
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only texts are ever printed so.
const copiesOf = (printed: string): string[] => JSON.parse(printed) as string[];

type Spill = {
  write(text: string): { at: number; length: number };
  read(place: { at: number; length: number }): string;
  close(): void;
};

function openSpill(): Spill {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-texts-')); // For our account only.
  const handle = openSync(join(folder, 'texts'), 'wx+', 0o600);
  let end = 0;
  return {
    write(text) {
      const bytes = Buffer.from(text);
      const at = end;
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(handle, bytes, done, bytes.length - done, at + done);
      }
      end += bytes.length;
      return { at, length: bytes.length };
    },
    read({ at, length }) {
      const bytes = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const read = readSync(handle, bytes, done, length - done, at + done);
        if (read === 0) throw new Unreadable(say('text-lost', {}));
        done += read;
      }
      return bytes.toString();
    },
    close() {
      ftruncateSync(handle, 0);
      closeSync(handle);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
