import type { Sentence } from '#kernel';
import { say } from '../sentences.ts';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { bytesOf } from '../bytes.ts';
import type { OpenFile } from '../folder/folder.ts';
import type { FileLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';

/** The parts of a zip archive. */
export type Archive = {
  has(part: string): boolean;
  /** Unpacks a part, checking its size and sum. Fails with `Unreadable`. */
  bytes(part: string): AsyncGenerator<Buffer>;
};

const RATIO_COUNTS_FROM = 16_777_216;
const OLE = 0xd0cf11e0; // What old .xls files and those locked by a password begin with.

/** Opens an archive by its directory. Nothing is unpacked yet. Fails with `Unreadable`. */
export async function openArchive(file: OpenFile, limits: FileLimits): Promise<Archive> {
  const start = Buffer.alloc(4);
  await file.read(start, 0, 4, 0);
  if (start.readUInt32BE(0) === OLE) {
    throw new Unreadable(say('old-workbook', {}));
  }
  const wrongs: { error?: unknown } = {};
  const reader = new FileReader(file, wrongs);
  try {
    const options = { autoClose: false, strictFileNames: false, validateEntrySizes: true };
    const zip = await fromRandomAccessReaderPromise(reader, file.size, options);
    const parts = await partsOf(zip, limits);
    return {
      has: (part) => parts.has(part.toLowerCase()),
      bytes: (part) => unpack({ zip, wrongs, limits }, parts.get(part.toLowerCase()), part),
    };
  } catch (error) {
    throw translated(error, wrongs, (why) => say('no-workbook', { why }));
  }
}

/** Reads ranges of our file for yauzl. What goes wrong there must not pass for a bad archive. */
class FileReader extends RandomAccessReader {
  readonly #file: OpenFile;
  readonly #wrongs: { error?: unknown };

  constructor(file: OpenFile, wrongs: { error?: unknown }) {
    super();
    this.#file = file;
    this.#wrongs = wrongs;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#watched(start, end), { objectMode: false });
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }

  async *#watched(start: number, end: number): AsyncGenerator<Buffer> {
    try {
      yield* bytesOf(this.#file, start, end);
    } catch (error) {
      this.#wrongs.error = error;
      throw error;
    }
  }
}

async function partsOf(zip: ZipFile, limits: FileLimits): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.partsMax) {
    throw new Unreadable(say('too-many-parts', { count: zip.entryCount, most: limits.partsMax }));
  }
  const parts = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    if (parts.has(name)) throw new Unreadable(say('part-twice', { part: entry.fileName }));
    parts.set(name, entry);
  }
  return parts;
}

type Unpacking = {
  readonly zip: ZipFile;
  readonly wrongs: { readonly error?: unknown };
  readonly limits: FileLimits;
};

async function* unpack(
  { zip, wrongs, limits }: Unpacking,
  entry: Entry | undefined,
  part: string,
): AsyncGenerator<Buffer> {
  if (entry === undefined) throw new Unreadable(say('part-missing', { part }));
  const { uncompressedSize: size, compressedSize } = entry;
  if (entry.isEncrypted() || !entry.canDecodeFileData()) {
    throw new Unreadable(say('part-locked', { part }));
  }
  if (size > limits.unpackedBytesMax) {
    throw new Unreadable(say('part-too-large', { part, size, most: limits.unpackedBytesMax }));
  }
  if (size > RATIO_COUNTS_FROM && size > compressedSize * limits.unpackedTimesMax) {
    throw new Unreadable(say('part-grows', { part, most: limits.unpackedTimesMax }));
  }
  let sum = 0;
  try {
    // An AsyncIterable of buffers; the sizes stated are held to by yauzl.
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!Buffer.isBuffer(chunk)) continue;
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw translated(error, wrongs, (why) => say('part-cut', { part, why }));
  }
  if (sum !== entry.crc32) throw new Unreadable(say('part-broken', { part }));
}

function translated(
  error: unknown,
  wrongs: { readonly error?: unknown },
  told: (why: string) => Sentence,
): unknown {
  if (wrongs.error !== undefined) return wrongs.error;
  if (error instanceof Unreadable) return error;
  return new Unreadable(told(error instanceof Error ? error.message : String(error)));
}
