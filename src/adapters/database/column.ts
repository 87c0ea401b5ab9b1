/** What a column's values are, whichever server they are in. */
export type Category =
  | 'boolean'
  | 'bytes'
  | 'date'
  | 'instant' // A moment: with a zone, or kept in UTC.
  | 'json'
  | 'local' // Day and time without a zone.
  | 'number'
  | 'text' // Also what has a text form of its own: times, intervals, identifiers.
  | 'unreadable';

/** A column as the server's catalog describes it. */
export type Column = {
  readonly name: string;
  readonly type: string; // In the server's own words: 'numeric(12,2)'.
  readonly category: Category;
  readonly nullable: boolean;
  readonly scale?: number; // Digits after the point that a number keeps; absent: as many as wanted.
  readonly large?: true; // May hold more than a row should.
};

/** A table or view as the server's catalog describes it. */
export type Table = {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of each index, in order, and whether it is unique. A view has none. */
  readonly indexes: readonly Index[];
};

export type Index = { readonly columns: readonly string[]; readonly unique: boolean };
