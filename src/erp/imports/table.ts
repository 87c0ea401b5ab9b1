/** A line of a table as it is written: by its heading what it says, or why nobody can tell. */
export type TableLine = { readonly line: number } & (
  | { readonly values: Readonly<Record<string, string | null>> }
  | {
      readonly problem: {
        readonly reason: string;
        readonly heading?: string;
        readonly value?: string;
      };
    }
);

/** A file of lines under headings, whoever can read it. It may be gone through more than once. */
export type Table = {
  readonly format: 'csv' | 'xlsx';
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly headings: readonly string[];
  /** The lines, a batch at a time. `broken` says why nothing after a place can be read. */
  lines(): AsyncIterable<{ readonly lines: readonly TableLine[]; readonly broken?: string }>;
};
