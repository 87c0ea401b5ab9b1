import type { OpenFile } from './folder/folder.ts';

const CHUNK = 262_144;

/** The bytes of a file from `start` up to `end`, in order. Ends early where the file does. */
export async function* bytesOf(
  file: Pick<OpenFile, 'read'>,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  for (let offset = start; offset < end; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, end - offset));
    const length = await file.read(chunk, 0, chunk.length, offset);
    if (length === 0) return;
    yield chunk.subarray(0, length);
    offset += length;
  }
}
