import type { Said } from '#kernel';

/** One row of a document with the rows looked up for it. */
export type Row = {
  readonly file: string;
  readonly line: number;
  /** First the row's own cells, then those of each lookup of its level, in the plan's order. */
  readonly cells: readonly (readonly (string | null)[])[];
};

/** All that becomes one record. */
export type Document = {
  readonly header: Row;
  readonly children: readonly (readonly Row[])[]; // In the plan's order.
};

/** Why a document is not a record yet, told so that a person can correct the source. */
export type MappingProblem = {
  readonly field?: string; // Canonical field.
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
  readonly value?: string;
  readonly reason: string;
  readonly said?: Said; // The same for other languages; absent: a mapping's own words.
};
