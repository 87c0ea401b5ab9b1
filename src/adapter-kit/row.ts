import type { Said } from '#kernel';

declare const opaque: unique symbol;

/** Where an adapter got to. Only its maker can read it; sync stores and returns it. */
export type Cursor = string & { readonly [opaque]: 'cursor' };

/** One row as the source wrote it: raw text by column name. `null`: the source said nothing. */
export type SourceRow = {
  readonly file: string;
  // The physical line it begins on, from 1, the header counted; in a sheet its row, in XML the
  // number of its element.
  readonly line: number;
  readonly values: Readonly<Record<string, string | null>>;
};

/**
 * A stretch of source that could not be read as a row, and why. It becomes a quarantine item: while
 * an entity has any, its snapshot is not complete, so an absent key is no proof of deletion.
 */
export type RowProblem = {
  readonly file: string;
  readonly line?: number; // Absent: the whole file.
  readonly column?: string;
  readonly value?: string;
  readonly reason: string;
  readonly said?: Said; // The same for other languages.
  readonly raw?: string; // The line as far as it could be read, cut at 2,000 characters.
  /** Its first columns, in the layout's order, as far as they are certain. */
  readonly cells?: readonly (string | null)[];
};

/** At most 2,000 rows in source order; `next` is the place after the last of them. */
export type RowsPage = {
  readonly rows: readonly SourceRow[];
  readonly problems: readonly RowProblem[];
  readonly next: Cursor;
};

/** What stands behind one entity now. An equal fingerprint means equal rows. */
export type EntityState = {
  readonly entity: string;
  readonly fingerprint: string; // SHA-256 of content and layout, hex; empty when not readable.
  readonly rowsExpected?: number; // Where the source states a count.
  readonly ready: boolean;
  readonly notReadyBecause?: string;
  readonly said?: Said; // The same for other languages.
};
