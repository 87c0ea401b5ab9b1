/** What a file may not exceed, so that one bad file cannot exhaust the machine. */
export type FileLimits = {
  readonly recordBytesMax: number; // One row, with its line breaks.
  readonly columnsMax: number;
  readonly fileBytesMax: number;
  readonly linesMax: number;
  readonly pageRowsMax: number; // At most 2,000.
};

export const DEFAULT_LIMITS: FileLimits = {
  recordBytesMax: 1_048_576,
  columnsMax: 500,
  fileBytesMax: 16 * 1_073_741_824,
  linesMax: 200_000_000,
  pageRowsMax: 2000,
};
