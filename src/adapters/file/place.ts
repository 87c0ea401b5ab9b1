import type { Cursor } from '#adapter-kit';
import { fileError } from './errors.ts';

/** A place between two rows. `edition` names the file's content it was taken in. */
export type Place = {
  readonly offset: number; // Bytes from the start of the file.
  readonly line: number; // Of the next row, from 1.
  readonly edition: string;
};

export function printPlace({ offset, line, edition }: Place): Cursor {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file makes the cursors.
  return `1:${offset}:${line}:${edition}` as Cursor;
}

/** Reads a cursor back. A place in another edition of the file means nothing in this one. */
export function parsePlace(cursor: Cursor, edition: string): Place {
  const match = /^1:(\d{1,15}):(\d{1,15}):(.+)$/.exec(cursor);
  if (match === null) {
    throw fileError('invalid', 'file.cursor-malformed', `reading the cursor '${cursor}'`, {
      remedy: 'Read the file from the start.',
    });
  }
  if (match[3] !== edition) {
    throw fileError('conflict', 'file.cursor-expired', 'resuming in a file that has changed', {
      remedy: 'Read the file from the start.',
    });
  }
  return { offset: Number(match[1]), line: Number(match[2]), edition };
}
